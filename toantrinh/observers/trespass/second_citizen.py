"""The second test citizen: another person with an account of their own, logged in to ask for what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.equipment import Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.observers.trespass.heard import Ear, is_in, let_in
from toantrinh.persona import from_account
from toantrinh.scenarios.logging_in import OFFICERS
from toantrinh.scenarios.own_list import open_list
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NO_SECOND = "tệp hệ thống không có tài khoản công dân thứ hai (accounts.citizen_b)"


def second_account(system: System, first: str) -> str:
    """The name of another test citizen's account; empty when the file lends none."""
    mine = system.accounts.get(first)
    others = [
        name
        for name, account in system.accounts.items()
        if name != first and name not in OFFICERS and (account.password or account.session) and account != mine
    ]
    return min(others, key=lambda name: (name != "citizen_b", name)) if others else ""


@contextmanager
def second_citizen(
    browser: Browser,
    system: System,
    service: Service,
    name: str,
    attachments: Attachments,
    equipment: Equipment,
    sessions: MutableMapping[str, Any] | None,
    refused: MutableMapping[str, str],
) -> Iterator[tuple[Traveller | None, str]]:
    """The second citizen in a browser context of their own; or nobody, and why."""
    if not name:
        yield None, NO_SECOND
        return
    if _same_person(system, name, service.account):
        yield None, f"tài khoản “{name}” và “{service.account}” là cùng một người"
        return
    theirs = service.model_copy(update={"account": name})
    way = travelling(
        browser, system, theirs, attachments, equipment=equipment, sessions=sessions, resume=True,
        no_account=refused.get(name, ""),
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        yield who, ""
        if said := who.facts.get("log_in_refused"):
            refused[name] = str(said)


def ear_of(who: Traveller, first: Ear) -> tuple[Ear | None, str]:
    """What the second citizen's browser sends, once they are in; or nothing, and why.

    Where the `first` one's sends a credential that theirs has not sent yet, their own list is opened, too.
    """
    from playwright.sync_api import Error

    ear = Ear(who.hands.watch.context, who.system.base_url, who.system.allowed_hosts)
    try:
        inside = let_in(who)
    except StepEnded as end:
        return None, f"công dân thứ hai không đăng nhập được: {end.why}"
    except (CannotAct, Error) as error:
        return None, f"công dân thứ hai không đăng nhập được: {first_line(error)}"
    if not inside:
        return None, "không thấy dấu hiệu công dân thứ hai đã đăng nhập"
    if first.secret_names - ear.secret_names:
        with suppress(StepEnded, CannotAct, Error):
            open_list(who)
    return ear, ""


def still_in(who: Traveller) -> bool:
    from playwright.sync_api import Error

    try:
        return is_in(who)
    except (StepEnded, CannotAct, Error):
        return False


def _same_person(system: System, one: str, other: str) -> bool:
    mine, theirs = system.accounts[one], system.accounts[other]
    return mine.person is not None and from_account(mine).cccd == from_account(theirs).cccd
