"""Following the dossier: public lookup by code, the citizen's own page of it, notices."""

from __future__ import annotations

import re

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.identity import give_captcha
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import NoticeFacts, Reach, StatusSeen, StepName

NATIONAL = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
"""The ten dossier statuses of Cổng DVCQG (FIELD.md §4), by number."""

DATED = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
ROLES = ("textbox", "searchbox", "spinbutton")


def look_up(who: Traveller, code: str, after: str) -> View:
    """Looks the dossier up by its code on the public page, as anybody could."""
    view, box = open_look_up(who)
    view = enter_code(who, view, box, code)
    who.book.see(view)
    who.book.shot(f"Tra cứu ({after})")
    must_show(who, view, code, answer_for(who, view, code, after))
    return view


def answer_for(who: Traveller, view: View, code: str, after: str = "") -> StatusSeen:
    """What a lookup of `code` has shown. A page that says it knows no such dossier shows no status, whichever words
    stand on it besides (a list of what each status means)."""
    seen = status_of(who, view, after, "lookup")
    return seen.model_copy(update={"status": ""}) if _denied(who, view, code) else seen


def _denied(who: Traveller, view: View, code: str) -> bool:
    """True when nothing was found: what is said of the code says so and names no status; where no status is labelled,
    any message that says so."""
    messages = [m.text for m in view.messages]
    about = [said for said in (*view.text.splitlines(), *messages) if code in said and not _national(said)]
    labelled = view.value_of(who.lexicon["status"], least=60)
    return any(who.lexicon.says("nothing-found", said) for said in (about if labelled else [*about, *messages]))


def must_show(who: Traveller, view: View, code: str, seen: StatusSeen) -> None:
    """Raises StepEnded, with what the page says, where a lookup of `code` came to nothing: a page of no status."""
    if captcha_refused(who, view) and not view.value_of(who.lexicon["status"], least=60):
        raise StepEnded(Reach.NOT_TRIED, "mã bảo mật không được chấp nhận: xem lại captcha.answer" + _said(view))
    _keep(who, seen)
    if code in view.text and not seen.status and not who.lexicon.says("nothing-found", view.text):
        raise StepEnded(Reach.ABSENT, f"tra cứu {code}: không nhận ra trạng thái trong lời của trang" + _said(view))
    if code not in view.text or not seen.status:
        raise StepEnded(Reach.REFUSED, f"tra cứu {code} không cho biết trạng thái" + _said(view))


def open_look_up(who: Traveller) -> tuple[View, Control]:
    """The public lookup and its field for the code. Raises StepEnded `absent` where either is missing."""
    who.book.begin(StepName.LOOK_UP)
    view = who.way_to("look-up", "lookup")
    if view is None:
        who.book.looked_for("look-up")
        raise StepEnded(Reach.ABSENT, "trang chủ không có lối đến tra cứu hồ sơ")
    who.book.see(view)
    box = code_box(who, view)
    if box is None:
        who.book.looked_for("look-up", "dossier-code")
        who.book.shot("Không thấy ô tra cứu")
        raise StepEnded(Reach.ABSENT, "trang tra cứu không có ô mã hồ sơ")
    return view, box


def enter_code(who: Traveller, view: View, box: Control, code: str) -> View:
    """Enters a code, with the captcha's answer where one is asked for, and sends it; what is seen then."""
    if captcha := view.best(who.lexicon["captcha"], roles=ROLES, least=50):
        give_captcha(who, view, captcha)
    try:
        who.hands.fill(view, box, code)
        button = view.best(who.lexicon["look-up-button"], roles=("button",), where=lambda c: c.form == box.form)
        return who.hands.press(view, button) if button else who.hands.enter(view, box)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error


def captcha_refused(who: Traveller, view: View) -> bool:
    """True when the page asks for the captcha again and complains of it, or of nothing else."""
    field = view.best(who.lexicon["captcha"], roles=ROLES, least=50)
    if field is None:
        return False
    complaints = [c for c in view.fields if c.invalid]
    return field.invalid or not complaints


def code_box(who: Traveller, view: View) -> Control | None:
    """The field for a dossier code on the lookup page."""
    return view.best(
        who.lexicon["dossier-code"],
        roles=ROLES,
        where=lambda c: c.landmark not in ("header", "nav", "footer"),
        least=45,
    )


def look_at_own(who: Traveller, address: str, after: str) -> View:
    """The citizen's own page of the dossier, opened again after an act of the officer."""
    view = who.go(address)
    who.book.see(view)
    _keep(who, status_of(who, view, after, "own"))
    return view


def _keep(who: Traveller, seen: StatusSeen) -> None:
    known = who.facts.get("statuses")
    who.facts["statuses"] = (*(known if isinstance(known, tuple) else ()), seen)


def status_of(who: Traveller, view: View, after: str, where: str) -> StatusSeen:
    """The status, the dated history and the unit that a page shows; the national word when it shows one."""
    beside = view.value_of(who.lexicon["status"], least=60) or ""
    lines = [line.strip() for line in view.text.splitlines()]
    alone = next((word for line in lines for word in NATIONAL.values() if fold(line) == fold(word)), "")
    dated = [line for line in lines if DATED.search(line)]
    return StatusSeen(
        after=after,
        where=where,
        status=(_national(beside) or beside or alone)[:120],
        history=tuple(line[:200] for line in dict.fromkeys([*view.dated, *dated]))[:40],
        unit=(view.value_of(who.lexicon["unit"], least=60) or "")[:200],
        dated_lines=len(dated),
    )


def _national(text: str) -> str:
    """The national word that a status names; empty when it names none."""
    folded = fold(text)
    return next(
        (word for word in sorted(NATIONAL.values(), key=len, reverse=True) if f" {fold(word)} " in f" {folded} "), ""
    )


def read_notices(who: Traveller, code: str) -> None:
    """Opens the citizen's notices and keeps those about this dossier."""
    who.book.begin(StepName.NOTICE, who.hands)
    view = who.way_to("notices", "notices")
    if view is None:
        who.book.looked_for("notices")
        raise StepEnded(Reach.ABSENT, "không thấy lối đến thông báo của người dân")
    who.book.see(view)
    who.book.shot("Thông báo")
    about = [line.strip() for line in view.text.splitlines() if code in line]
    who.facts["notice"] = NoticeFacts(notices=tuple(line[:240] for line in dict.fromkeys(about))[:20])
    if not about and fold(who.service.name) in fold(view.text):
        raise StepEnded(Reach.ABSENT, f"thông báo có tên thủ tục nhưng không có mã hồ sơ {code}")
    if not about:
        raise StepEnded(Reach.REFUSED, f"không có thông báo nào về hồ sơ {code}")


def _said(view: View) -> str:
    return "; trang báo: " + " / ".join(m.text for m in view.messages[:3]) if view.messages else ""
