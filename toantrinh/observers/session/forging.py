"""Whether another site can change something in the citizen's name: a harmless line of the account, told by its owner.

The change is made once by hand in the browser, to learn what the page sends. Then it is sent as a page of another site
would send it (Fetch Standard; RFC 6265bis §5.2): with the cookies that browsers let go there, the headers that no
script can leave out, and none that it could not add. Without token, with a wrong one, with that of a visitor. The line
is set right again at the end.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.identity import TEXT_ROLES, needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.http_answers import HeldCookie
from toantrinh.observations.journey import Reach
from toantrinh.observations.session import State, Tried
from toantrinh.observers.prober.permission import refusal
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.session.forged import Sent, request_with
from toantrinh.observers.session.tokens import tokens_of_visitor
from toantrinh.scenarios.trying import picture

ELSEWHERE = "https://toantrinh.invalid"  # RFC 2606
HARMLESS = re.compile(r"\b(dia chi|so nha|duong pho|thon|to dan pho|ghi chu|biet danh|address|street|nickname|note)\b")
NEVER = re.compile(r"thu dien tu|e-?mail|mat khau|password|mst|ma so")
SAVES = re.compile(r"^(luu|cap nhat|ghi lai|ghi nhan|save|update)\b(?!.*nhap)")
CROSS_SITE = {
    "Origin": ELSEWHERE,
    "Referer": ELSEWHERE + "/",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}
RIGHT = "yêu cầu đúng, gửi lại"
SIBLING = {**CROSS_SITE, "Sec-Fetch-Site": "same-site"}


@dataclass
class _Line:
    """The line of the account that is changed. `address`: its page; `key`: its field."""

    who: Traveller
    prober: Prober
    address: str
    key: str
    original: str
    numbers: list[int] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def now(self) -> tuple[View, Control | None]:
        """The page as it is now, and the field on it."""
        view = self.who.hands.go(self.address)
        return view, next((one for one in view.fields if one.key == self.key), None)

    def write(self, value: str) -> bool:
        """Saves a value by hand; False when that cannot be done."""
        view, control = self.now()
        button = _button(view, control) if control else None
        if control is None or button is None:
            return False
        self.who.hands.fill(view, control, value)
        self.who.hands.press(view, button)
        return True

    def holds(self, words: str) -> bool:
        """True when the saved line carries these words."""
        _, control = self.now()
        return control is not None and words in control.value


def try_forging(who: Traveller, prober: Prober, owner: Role, cookies: Iterable[HeldCookie]) -> Tried:
    """Changes the line by hand, sends forged changes, and looks each time whether the line has changed."""
    if no := refusal(who.system, "POST", who.system.base_url + "/", intrusive=True):
        return Tried(why=no[1])
    try:
        view = who.way_to("own-account", "account")
    except (StepEnded, CannotAct) as end:
        return Tried(why=f"không mở được trang tài khoản: {end}")
    if view is None or not who.at_home(view.address) or needs_log_in(view, who.lexicon):
        return Tried(why="không thấy trang tài khoản để thử một thay đổi vô hại")
    control = next((one for one in view.fields if _harmless(one) and _button(view, one)), None)
    if control is None:
        return Tried(why="trang tài khoản không có dòng vô hại nào (như địa chỉ) sửa và lưu được", place=view.address)
    line = _Line(who, prober, view.address, control.key, control.value)
    try:
        tried = _forged(line, owner, cookies)
    except (StepEnded, CannotAct) as end:
        tried = Tried(why=f"đang thử thì trang không dùng được nữa: {end}", place=line.address)
    left = _restored(line)
    told: dict[str, object] = {"exchanges": tuple(line.numbers), "shown": tuple(line.shown)}
    if not left:
        told["why"] = "; ".join(filter(None, (tried.why, f"chưa trả lại được “{control.label}” như cũ: xem tài khoản")))
    return tried.model_copy(update=told)


def _forged(line: _Line, owner: Role, cookies: Iterable[HeldCookie]) -> Tried:
    who, place = line.who, line.address.split("?")[0]
    marks = [f"KT{number}" for number in random.SystemRandom().sample(range(1000, 9999), 6)]
    since = len(who.hands.watch.seen)
    if not line.write(f"{line.original} {marks[0]}") or not line.holds(marks[0]):
        return Tried(
            why="lưu bằng tay mà không thấy thay đổi, nên không biết thay đổi giả có thành hay không", place=place
        )
    sent = request_with(who.hands.watch.seen[since:], marks[0], who.system.base_url)
    if sent is None:
        return Tried(why="không nhận ra yêu cầu nào của trang mang thay đổi", place=place)
    going = [one.name for one in cookies if one.same_site in ("", "None") and not one.gone]
    kept = {name: value for name, value in owner.cookies(sent.address).items() if name in going}
    for number, (title, request) in enumerate(_variants(sent, line), 1):
        whole = owner.cookies(sent.address)
        if not _changes(line, owner, request, (marks[0], marks[number]), title, SIBLING, whole):
            continue
        from_elsewhere = _changes(line, owner, request, (marks[0], marks[-1]), title, CROSS_SITE, kept)
        shots = picture(who, "Thay đổi giả đã lưu")
        if from_elsewhere:
            what = f"thay đổi gửi từ trang web lạ ({title}) vẫn được lưu"
            return Tried(state=State.BROKEN, what=what, why="", place=place, shots=shots)
        what = f"thay đổi {title} gửi từ trang khác cùng tên miền gốc vẫn được lưu; từ trang web lạ thì không"
        return Tried(state=State.UNSURE, what=what, why="", place=place, shots=shots)
    own = {"Origin": who.system.base_url, "Referer": line.address, "Sec-Fetch-Site": "same-origin", **sent.headers}
    if not _changes(line, owner, sent, (marks[0], marks[-1]), RIGHT, own, owner.cookies(sent.address)):
        return Tried(
            why="chính yêu cầu đúng, gửi lại, cũng không được lưu: bị từ chối không hẳn vì là giả", place=place
        )
    return Tried(state=State.HELD, what="thay đổi giả bị từ chối, yêu cầu đúng được nhận", why="", place=place)


def _variants(sent: Sent, line: _Line) -> list[tuple[str, Sent]]:
    """(what it lacks, the request) of each forgery."""
    found = [("thiếu mã chống giả mạo", sent.without_tokens())]
    if sent.tokens:
        found.append(
            ("mang mã chống giả mạo sai", sent.with_tokens({name: _other(v) for name, v in sent.tokens.items()}))
        )
    if theirs := tokens_of_visitor(line.prober, sent.tokens):
        found.append(("mang mã chống giả mạo của phiên khác", sent.with_tokens(dict(theirs))))
    return found


def _changes(
    line: _Line,
    owner: Role,
    sent: Sent,
    marks: tuple[str, str],
    title: str,
    headers: dict[str, str],
    jar: dict[str, str],
) -> bool:
    """Sends one forged change, the second of `marks` in place of the first; True when its owner sees it afterwards."""
    old, new = marks
    role = Role(owner.key, owner.name if title == RIGHT else f"{owner.name}, bị trang web lạ lợi dụng")
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
    answer = line.prober.ask(
        role,
        sent.address,
        title if title == RIGHT else f"thay đổi giả: {title}",
        method=sent.method,
        body=sent.body.replace(old, new),
        headers={**headers, **cookie, "Content-Type": sent.kind if title == RIGHT else sent.simple_kind},
        intrusive=True,
        refusal_is_answer=True,
        keeps_cookies=False,
    )
    line.numbers.append(answer.number)
    if answer.ended.unasked:
        raise StepEnded(Reach.NOT_TRIED, answer.exchange.why)
    changed = line.holds(new)
    if changed and title != RIGHT:
        line.shown.append(line.prober.show(answer, line.who.attachments))
    return changed


def _restored(line: _Line) -> bool:
    try:
        _, control = line.now()
        if control is not None and control.value == line.original:
            return True
        return line.write(line.original) and line.holds(line.original)
    except (StepEnded, CannotAct):
        return False


def _harmless(control: Control) -> bool:
    label = fold(control.label)
    fits = control.role in TEXT_ROLES and control.enabled and not control.readonly and len(control.value) >= 3
    roomy = control.maxlength <= 0 or len(control.value) + 8 <= control.maxlength
    return fits and roomy and bool(HARMLESS.search(label)) and not NEVER.search(label)


def _button(view: View, control: Control) -> Control | None:
    return next(
        (
            one
            for one in view.controls
            if one.role == "button"
            and (one.form, one.frame) == (control.form, control.frame)
            and SAVES.search(fold(one.label))
        ),
        None,
    )


def _other(token: str) -> str:
    """A token of the same shape that nobody was given."""
    return "".join(chr(ord(c) + 1) if c in "abcdefghABCDEFGH12345678" else c for c in token[::-1])
