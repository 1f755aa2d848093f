"""Orders under way beside others, and worlds that know which document they are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from toantrinh.observers.asking import page_world
from toantrinh.observers.asking.meanwhile import Meanwhile
from toantrinh.observers.asking.page_world import World, ask
from toantrinh.observers.asking.patience import born_of

LATE = "ms => new Promise((done) => setTimeout(() => { window.ended = [...(window.ended || []), ms]; done(ms); }, ms))"
TITLE = "() => document.title"


def titled(title: str) -> str:
    return f"data:text/html;charset=utf-8,<!doctype html><title>{title}</title><p>Nộp hồ sơ</p>"


def test_an_order_goes_on_while_others_are_given(page: Page) -> None:
    slow = Meanwhile(lambda: (page.evaluate(LATE, 400), page.evaluate(LATE, 10)))
    assert page.evaluate(LATE, 50) == 50
    assert slow.result() == (400, 10)
    assert page.evaluate("ended") == [50, 400, 10]


@pytest.mark.parametrize("order", [lambda page: 5, lambda page: page.evaluate("5")], ids=["at-once", "later"])
def test_several_orders_end_as_they_do(page: Page, order: Callable[[Page], int]) -> None:
    first, second = Meanwhile(lambda: order(page)), Meanwhile(lambda: page.evaluate(LATE, 100))
    failing = Meanwhile(lambda: page.evaluate("() => { throw new Error('sai') }"))
    assert page.evaluate("3") == 3
    assert "sai" in str(failing.wait())
    assert (first.result(), second.result(), first.wait()) == (5, 100, None)
    with pytest.raises(Error, match="sai"):
        failing.result()


def test_a_page_that_is_closed_ends_what_was_asked_of_it(page: Page) -> None:
    never = Meanwhile(lambda: page.evaluate("() => new Promise(() => {})"))
    page.close()
    assert "closed" in str(never.wait())


def test_a_question_is_for_the_document_that_is_there(page: Page) -> None:
    page.goto(titled("Trang một"))
    born, early = born_of(page), World(page, "({ title: () => document.title })")
    assert ask(page, TITLE) == early.call("title") == "Trang một"
    page.goto(titled("Trang hai"))
    assert ask(page, TITLE) == "Trang hai" and born_of(page) != born
    with pytest.raises((Error, RuntimeError), match="Cannot find context"):
        early.call("title")


def test_a_world_of_the_same_number_in_another_document_is_not_taken_for_ours(page: Page) -> None:
    page.goto(titled("Trang một"))
    early = World(page)
    assert early.answer(TITLE) == "Trang một"
    # As another process numbers its worlds: what was our world's number is that of the page's own scripts now.
    place = page_world._PLACES[page.main_frame]["toantrinh"]
    page.evaluate("document.__defineGetter__('title', () => 'lời của trang')")
    place.context = next(number for number in range(1, 9) if _is_pages_own(place.session, number))
    with pytest.raises(RuntimeError, match="Cannot find context"):
        early.answer(TITLE)
    assert ask(page, TITLE) == "Trang một"


def _is_pages_own(session: Any, number: int) -> bool:
    try:
        told = session.send("Runtime.evaluate", {"expression": "document.title", "contextId": number})
    except Error:
        return False
    return bool(told["result"].get("value") == "lời của trang")
