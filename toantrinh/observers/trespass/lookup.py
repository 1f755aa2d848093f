"""The public lookup as anybody uses it: what it shows of a person, and whether one captcha answer opens it twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urljoin, urlsplit

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import tracking
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import CaptchaAgain, Lookup
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import alike
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, frozen, role_of_context
from toantrinh.observers.trespass.own_data import NAME, OwnData
from toantrinh.observers.trespass.places import CALLS
from toantrinh.observers.trespass.reading import open_why
from toantrinh.ownership import at_home
from toantrinh.scenarios.trying import picture
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Request

MOST_BODIES = 12
NO_CAPTCHA = "trang tra cứu không hỏi captcha"
SENT_ALONG = ("content-type", "accept")  # and whatever begins with x-


@dataclass
class Sent:
    """The request that carried the code and the captcha's answer, and what came of it. Never written down.

    `page`: the document that showed what was found.
    """

    role: Role = field(repr=False)
    method: str
    address: str
    headers: dict[str, str]
    body: str = field(repr=False)
    status: int
    onward: str
    text: str = field(repr=False)
    page: str = field(repr=False)
    at: str


def look_up(who: Traveller, code: str, own: OwnData) -> tuple[Lookup, Sent | None, str]:
    """Looks the dossier up by its code as somebody who has not logged in.

    Returns what is shown; the request that asked, when it carried the answer to a captcha; and why there is none.
    """
    from playwright.sync_api import Error

    heard: list[Request] = []
    who.hands.watch.context.on("requestfinished", lambda request: heard.append(request))
    try:
        view, box = tracking.open_look_up(who)
        before = len(heard)
        captcha = view.best(who.lexicon["captcha"], roles=tracking.ROLES, least=50)
        view = tracking.enter_code(who, view, box, code)
        who.book.see(view)
        tracking.must_show(who, view, code, tracking.answer_for(who, view, code))
        asked = [one for one in heard[before:] if at_home(one.url, who.system.base_url)]
        sent = _sent(who, asked, code) if captcha else None
        record = _shown(who, own, view.text, _bodies(asked), view.address)
    except StepEnded as end:
        return _unseen(end.why)
    except (CannotAct, Error) as error:
        return _unseen(first_line(error))
    unknown = "không nhận ra yêu cầu đã mang câu trả lời captcha"
    return record, sent, "" if sent else unknown if captcha else NO_CAPTCHA


def ask_again(prober: Prober, sent: Sent, code: str, other: str) -> tuple[Answer, Answer]:
    """Sends the same answer to the captcha again, for `other` in the place of `code`: (answer, where it leads)."""

    def changed(text: str) -> str:
        for form in dict.fromkeys((code, quote(code), quote_plus(code))):
            text = text.replace(form, form.replace(code, other) if form == code else quote_plus(other))
        return text

    answer = prober.ask(
        sent.role, changed(sent.address), "tra cứu thêm một lần bằng câu trả lời captcha đã dùng", method=sent.method,
        body=changed(sent.body) if sent.method != "GET" else None, headers=sent.headers, intrusive=True,
        refusal_is_answer=True,
    )  # fmt: skip
    return answer, prober.follow(sent.role, answer, 2) if answer.onward else answer


def told_of_captcha(
    prober: Prober, sent: Sent, came: tuple[Answer, Answer], code: str, attachments: Attachments
) -> CaptchaAgain:
    """Whether the second answer is what the first was: found, under the code that was asked for."""
    answer, last = came
    if why := open_why(answer):
        return CaptchaAgain(state=State.UNASKED, exchange=answer.number, why=why)
    if answer.onward or sent.onward:
        same = urlsplit(answer.onward).path == urlsplit(sent.onward).path
        again = same and last.ok and code in last.text and alike(last.text, sent.page, last.address, sent.at)
    else:
        again = answer.status == sent.status and alike(answer.text, sent.text, answer.address, sent.address)
    state = State.FOUND if again else State.CLEAN
    return CaptchaAgain(
        state=state, exchange=answer.number, shown=prober.show(answer, attachments) if again else ""
    )  # fmt: skip


def _unseen(why: str) -> tuple[Lookup, None, str]:
    return Lookup(state=State.UNASKED, why=why), None, why


def _shown(who: Traveller, own: OwnData, text: str, bodies: list[str], address: str) -> Lookup:
    """Facts on the page and in the answers behind it; a name alone needs a person to decide."""
    shown = own.in_text(text)
    hidden = tuple(name for name in own.in_text("\n".join(bodies)) if name not in shown)
    seen = (*shown, *hidden)
    shots = picture(who, "Kết quả tra cứu công khai")
    named = set(seen) == {NAME}
    return Lookup(
        state=State.CLEAN if not seen else State.UNSURE if named else State.FOUND,
        address=address.split("?")[0],
        seen=seen,
        only_in_data=hidden,
        picture=shots[0].path if shots else "",
        why="hiện đầy đủ họ tên người nộp" if named else "",
    )


def _bodies(asked: list[Request]) -> list[str]:
    """What the documents and calls of the lookup brought, at most twelve."""
    wanted = [one for one in asked if one.resource_type in (*CALLS, "document")][-MOST_BODIES:]
    return [text for one in wanted if (text := _text(one))]


def _text(request: Request) -> str:
    from playwright.sync_api import Error

    try:
        response = request.response()
        return response.text() if response and not 300 <= response.status < 400 else ""
    except Error:  # gone with its page
        return ""


def _sent(who: Traveller, asked: list[Request], code: str) -> Sent | None:
    forms = {code, quote(code), quote_plus(code)}
    for request in asked:
        body = request.post_data or ""
        response = request.response()
        if response is None or not any(form in body or form in request.url for form in forms):
            continue
        if request.method == "GET" and "?" not in request.url:
            continue
        headers = {k: v for k, v in request.headers.items() if k in SENT_ALONG or k.startswith("x-")}
        where = response.headers.get("location", "")
        return Sent(
            role=frozen(role_of_context("nobody", who.hands.watch.context)),
            method=request.method,
            address=request.url,
            headers=headers,
            body=body,
            status=response.status,
            onward=urljoin(request.url, where) if where and 300 <= response.status < 400 else "",
            text=_text(request),
            page=who.hands.page.content(),
            at=who.hands.page.url,
        )
    return None
