"""A wrong password, then the right one; then log-out (see `logging_out`).

Tried once for the whole system, with the account that the fewest services need: some identity providers end all of an
account's sessions at its log-out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.proof import logged_in
from toantrinh.journey import identity
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.identity import TEXT_ROLES, log_in, needs_log_in, password_field
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.mistakes import LogInScenario, LogOutTrial, PasswordTrial
from toantrinh.scenarios.complaints import general_complaint
from toantrinh.scenarios.logging_out import try_log_out
from toantrinh.scenarios.trying import news, picture, scenario_key, tried
from toantrinh.secrets import resolve
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "log-in"
KEY = scenario_key(NAME)
WRONG_PASSWORD = "Sai-mat-khau-2026"
MOST_PAGES = 5
OFFICERS = ("officer", "approver")


def make_log_in_scenario(
    browser: Browser,
    system: System,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    refused: dict[str, str] | None = None,
) -> LogInScenario:
    """Makes the mistakes at the door, once, and returns the record. `refused`: accounts that were refused before."""
    service = spared_account(system)
    if service is None:
        why = "tệp hệ thống không có tài khoản công dân (accounts.citizen)"
        return LogInScenario(name=NAME, reach=Reach.NOT_TRIED, why=why)
    if why := (refused or {}).get(service.account, ""):
        return LogInScenario(name=NAME, reach=Reach.NOT_TRIED, why=why)
    with travelling(browser, system, service, attachments, equipment=equipment, on_step=on_step) as who:
        who.book.pictures = False
        who.book.begin(StepName.LOG_IN)
        seen: list[View] = []
        password = tried(PasswordTrial, lambda: _wrong_password(who, seen))
        log_out = tried(LogOutTrial, lambda: _log_out(who, seen[-1] if seen else None))
    return LogInScenario(name=NAME, password=password, log_out=log_out)


def spared_account(system: System) -> Service | None:
    """A service that is submitted by the citizen's account that the fewest services need, or stands for one."""
    uses = {name: 0 for name, lent in system.accounts.items() if name not in OFFICERS and lent.password}
    for service in system.services:
        if service.account in uses:
            uses[service.account] += 1
    if not uses or not system.services:
        return None
    name = min(uses, key=lambda account: (uses[account], account))
    return system.services[0].model_copy(update={"account": name})


def _wrong_password(who: Traveller, seen: list[View]) -> PasswordTrial:
    assert who.account is not None
    view, password = password_page(who)
    seen.append(view)
    name = view.best(who.lexicon["user-name"], roles=TEXT_ROLES, where=lambda c: c.form == password.form, least=30)
    name = name or next((c for c in view.fields if c.role in TEXT_ROLES and c.form == password.form), None)
    if captcha := view.best(who.lexicon["captcha"], roles=TEXT_ROLES, least=50):
        identity.give_captcha(who, view, captcha)
    if name and who.account.username:
        who.hands.fill(view, name, resolve(who.account.username).reveal())
    who.hands.fill(view, password, WRONG_PASSWORD)
    dialogs = len(who.hands.watch.dialogs)
    after = identity.send_form(who, view, password)
    seen.append(after)
    who.book.see(after, log_in_expected=True)
    said = news(view, after, who.hands.watch.dialogs[dialogs:])
    return PasswordTrial(
        reach=Reach.REACHED,
        address=after.address.split("?")[0],
        said=said,
        message=general_complaint(who, said) or _alert(after),
        shots=picture(who, "Sau khi nhập mật khẩu sai"),
        logged_in=not needs_log_in(after, who.lexicon) and logged_in(after, who.lexicon) is True,
        asked_again=password_field(after) is not None or needs_log_in(after, who.lexicon),
    )


def _alert(view: View) -> str:
    return next((m.text for m in view.messages if m.kind in ("alert", "styled")), "")


def password_page(who: Traveller) -> tuple[View, Control]:
    """The page that asks for the password, on the way that a citizen takes to it."""
    view = who.way_to("log-in", "log-in")
    if view is None:
        raise StepEnded(Reach.ABSENT, "không thấy đường đến trang đăng nhập")
    for _ in range(MOST_PAGES):
        who.book.see(view, log_in_expected=True)
        if password := password_field(view):
            return view, password
        way = next(iter(view.ranked(who.lexicon["log-in-national"], where=view.in_body, least=45)), None)
        way = way or view.best(who.lexicon["log-in"])
        if way is None:
            break
        view = who.press(view, way)
    raise StepEnded(Reach.NOT_TRIED, "không đến được trang hỏi mật khẩu")


def _log_out(who: Traveller, view: View | None) -> LogOutTrial:
    _let_in(who, view)
    return try_log_out(who)


def _let_in(who: Traveller, view: View | None) -> View:
    """Logged in with the right password, from where the wrong one was refused or from the start."""
    if view is not None and not needs_log_in(view, who.lexicon) and who.at_home(view.address):
        if logged_in(view, who.lexicon) is True:
            return view
        view = None
    if view is None or not needs_log_in(view, who.lexicon):
        view = who.way_to("log-in", "log-in") or who.go("")
    try:
        return log_in(who, view)
    except StepEnded as end:
        raise StepEnded(Reach.NOT_TRIED, f"không đăng nhập được: {end.why}") from end
