"""Date fields with a calendar: typed where typing is allowed, else pressed together in the calendar that opens."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import Hands
from toantrinh.driver.window import CannotAct, first_line

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

CALENDAR = (Path(__file__).parent / "calendar.js").read_text(encoding="utf-8")
PICK_MS = 9_000
CLICK_MS = 2_500
OPENER = """element => {
  const named = /calendar|date|picker|trigger|ngày/i;
  const words = one => [one.getAttribute('class'), one.getAttribute('aria-label'), one.title, one.src].join(' ');
  for (let node = element.parentElement, depth = 0; node && depth < 3; node = node.parentElement, depth += 1) {
    if (node.querySelectorAll('input:not([type=hidden]),select,textarea').length > 1) return null;
    const found = Array.from(node.querySelectorAll('button,a,i,span,img,svg'))
      .find(one => one.getBoundingClientRect().width > 4 && named.test(words(one)));
    if (found) return found;
  }
  return null;
}"""


def fill_date(hands: Hands, view: View, control: Control, value: str) -> str:
    """Enters the date `value` (dd/mm/yyyy) and returns what the field then shows.

    Raises CannotAct when the field takes it neither by typing nor from its calendar.
    """
    from playwright.sync_api import Error

    day = datetime.datetime.strptime(value, "%d/%m/%Y").date()
    try:
        element = view.element(control)
        element.evaluate(CALENDAR, ["mark", 0, 0, 0, 0])
        if not control.readonly and (typed := _typed(hands, element, _written(day, control))):
            return typed
        return _picked(hands, element, day)
    except (Error, AssertionError) as error:
        raise CannotAct(f"“{control.label}”: {first_line(error)}") from error


def _written(day: datetime.date, control: Control) -> str:
    """The date in the order and with the marks that the field's hint shows; dd/mm/yyyy without a hint."""
    hint = re.search(
        r"\b(d{1,2}|m{1,2}|y{4})([./-])(d{1,2}|m{1,2})\2(d{1,2}|y{4}|y{2})\b",
        f"{control.placeholder} {control.description}".lower(),
    )
    if not hint:
        return f"{day:%d/%m/%Y}"
    parts = {"d": f"{day:%d}", "m": f"{day:%m}", "y": f"{day:%Y}"}
    return hint.group(2).join(parts[hint.group(at)[0]] for at in (1, 3, 4))


def _typed(hands: Hands, element: ElementHandle, words: str) -> str:
    """What the field keeps of `words` once it has been left; empty when it does not keep them."""
    from playwright.sync_api import Error

    try:
        hands.write(element, words, CLICK_MS)
    except Error:
        return ""
    hands.page.keyboard.press("Tab")
    kept = str(element.evaluate("element => new Promise(done => requestAnimationFrame(() => done(element.value)))"))
    return kept if re.sub(r"\D", "", kept) == re.sub(r"\D", "", words) else ""


def _picked(hands: Hands, element: ElementHandle, day: datetime.date) -> str:
    why = _pick(hands, element, element, day)
    if why:
        opener = element.evaluate_handle(OPENER).as_element()
        why = _pick(hands, element, opener, day) if opener else why
    kept = str(element.evaluate("element => element.value || ''"))
    if why or not kept:
        hands.page.keyboard.press("Escape")
        raise CannotAct(f"the calendar did not take {day:%d/%m/%Y}: {why or 'the field stays empty'}")
    return kept


def _pick(hands: Hands, element: ElementHandle, press: ElementHandle, day: datetime.date) -> str:
    element.evaluate("element => element.blur()")
    element.evaluate(CALENDAR, ["mark", 0, 0, 0, 0])
    hands.click(press, CLICK_MS)
    return str(element.evaluate(CALENDAR, ["pick", day.year, day.month, day.day, PICK_MS]))
