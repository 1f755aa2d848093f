"""What the generator is told by word of mouth alone: secrets, and the cookies of a log-in that lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import persona_of, travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.load.plan import Handed
from toantrinh.observations.journey import StepName
from toantrinh.observations.load_script import LoadScript
from toantrinh.observers.trespass.heard import Ear, let_in
from toantrinh.secrets import resolve
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

Cookies = tuple[dict[str, str | bool | float], ...]
KEPT = ("name", "value", "domain", "path", "secure")


def handed_for(
    browser: Browser,
    system: System,
    script: LoadScript,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
) -> Handed:
    """What is to be handed for a script that was recorded before: the account's session goes on, or is begun anew.

    Raises NotObserved where nobody is let in, or what the browser showed the system then is not seen again.
    """
    service = next((one for one in system.services if one.code == script.service), None)
    if service is None:
        raise NotObserved(Outcome.NOT_TESTED, f"tệp hệ thống không còn thủ tục {script.service}")
    values = {name: value for value, name in secrets_of(system, service).items()}
    if not script.account:
        return Handed(values=used(script, values))
    way = travelling(
        browser, system, service, attachments, equipment=equipment, on_step=on_step, no_account=no_account,
        sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        context = who.hands.watch.context
        ear = Ear(context, system.base_url, system.allowed_hosts)
        try:
            if not let_in(who):
                raise NotObserved(Outcome.NOT_TESTED, f"chưa đăng nhập được bằng tài khoản “{script.account}”")
            if script.session and script.detail:
                who.go(script.detail)
        except (StepEnded, CannotAct) as end:
            raise NotObserved(Outcome.NOT_TESTED, f"chưa đăng nhập lại được: {end}") from end
        sent = ear.role(script.account, context).headers
        for name, header in script.session.items():
            if header not in sent:
                raise NotObserved(Outcome.NOT_TESTED, f"trình duyệt không gửi lại {header or 'mã phiên'} như khi ghi")
            values[name] = sent[header].rpartition(" ")[2]
        return Handed(values=used(script, values), cookies={script.account: cookies_of(context, system)})


def secrets_of(system: System, service: Service) -> dict[str, str]:
    """The secrets and a person's numbers that requests may carry: value → the name that stands for it.

    Raises UserMistake.
    """
    found = {resolve(system.captcha.answer).reveal(): "captcha"} if system.captcha else {}
    if (account := system.account_of(service)) is not None:
        lent = {"user-name": account.username, "password": account.password, "sign-pin": account.sign_pin}
        person = persona_of(system, service)  # the numbers of a person, whose account is lent
        found |= {number: name for name, number in (("citizen-number", person.cccd), ("phone", person.phone))}
        found |= {resolve(reference).reveal(): name for name, reference in lent.items() if reference}
    return {value: name for value, name in found.items() if value}


def used(script: LoadScript, values: Mapping[str, str]) -> dict[str, str]:
    """Of these values those whose names stand in the script."""
    text = "".join(errand.model_dump_json() for errand in script.errands)
    return {name: value for name, value in values.items() if "{{" + name in text}


def cookies_of(context: BrowserContext, system: System) -> Cookies:
    """The cookies that a browser sends to the system's own hosts."""
    own = OwnHosts.of(system)
    return tuple(
        {name: one[name] for name in KEPT if name in one}  # type: ignore[literal-required]
        for one in context.cookies()
        if own.takes(str(one.get("domain", "")))
    )
