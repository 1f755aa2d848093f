"""The end of the journey: the result that comes back, and the rating that is asked for."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urldefrag

from toantrinh.downloads import kind_of
from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import form
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import RatingFacts, Reach, ResultFacts, StepName
from toantrinh.signatures import Signed, signature_of

FEWEST_GRADES = 3  # buttons that grade come several together
GRADE = re.compile(r"(rat |khong |chua )?(hai long|tot|kem|binh thuong|tuyet voi)|[1-5] (sao|stars?)")
BODY = ("main", "dialog", "", "aside")
MOST_FILES = 40
FILE_NAME = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|jpe?g|png)(?:$|[?#\s)])|tải (?:về|xuống)|download", re.I)
FILES = ("pdf", "docx", "doc", "jpg", "png", "zip", "xlsx")


def take_result(who: Traveller, view: View, issued: bytes) -> None:
    """Downloads the result from the citizen's page of the dossier and looks for it in the citizen's store."""
    who.book.begin(StepName.RESULT)
    who.book.looked_for("result")
    who.book.shot("Kết quả")
    for link in view.ranked(who.lexicon["result"], where=lambda c: c.landmark in BODY, least=40):
        body = _download(who, view, link)
        if kind_of(body) in FILES:
            break
    else:
        raise StepEnded(Reach.ABSENT, "trang hồ sơ không có kết quả để tải")
    kind = kind_of(body)
    signed = signature_of(body) if kind == "pdf" else Signed("none")
    who.facts["result"] = ResultFacts(
        label=link.label,
        path=who.attachments.save(f"ket-qua.{kind}", body),
        bytes=len(body),
        kind=kind,
        sha256=hashlib.sha256(body).hexdigest(),
        issued_sha256=hashlib.sha256(issued).hexdigest() if issued else "",
        signature=signed.state,
        signer=signed.signer,
        issuer=signed.issuer,
        kept_in_store=_kept(who, body),
    )


def _download(who: Traveller, view: View, link: Control) -> bytes:
    if link.href.startswith("http"):
        return who.fetch(link.href)[1]
    from playwright.sync_api import Error

    try:
        with who.hands.page.expect_download(timeout=8_000) as coming:
            view.element(link).click(timeout=5_000)
        path = coming.value.path()
        return path.read_bytes()
    except Error:
        return b""


def _kept(who: Traveller, body: bytes) -> bool:
    """True when one of the files in the citizen's document store is this very result."""
    view = who.way_to("document-store", "store")
    if view is None:
        return False
    who.book.see(view)
    who.book.shot("Kho giấy tờ")
    return any(who.fetch(address)[1] == body for address in _files_of(view)[:MOST_FILES])


def _files_of(view: View) -> list[str]:
    """Addresses on the page that may be files, each once; those that are marked or named as files come first."""
    own = urldefrag(view.address).url
    links = [
        c
        for c in view.controls
        if c.role == "link" and c.href.startswith("http") and c.landmark in BODY and urldefrag(c.href).url != own
    ]
    surely = [c for c in links if c.download or FILE_NAME.search(c.href) or FILE_NAME.search(c.name)]
    return list(dict.fromkeys(c.href for c in [*surely, *links]))


def rate(who: Traveller, address: str) -> None:
    """Gives the best rating where one is asked for, and looks whether it is asked a second time."""
    who.book.begin(StepName.RATING)
    view = who.go(address)
    who.book.see(view)
    if not _stars(who, view):
        link = view.best(who.lexicon["rate"], where=lambda c: c.landmark in BODY)
        if link is None:
            who.book.looked_for("rate")
            who.book.shot("Không thấy phần đánh giá")
            who.facts["rating"] = RatingFacts(asked=False, given="", said="", asked_again=False)
            raise StepEnded(Reach.ABSENT, "có kết quả rồi mà không được mời đánh giá")
        view = who.press(view, link)
        who.book.see(view)
    stars = _stars(who, view)
    if not stars:
        raise StepEnded(Reach.ABSENT, "trang đánh giá không có gì để chọn")
    given, view = _give(who, view, stars)
    who.book.see(view)
    who.book.shot("Đánh giá")
    said = next((m.text for m in view.messages if who.lexicon.says("rated", m.text)), "")
    thanked = bool(said) or who.lexicon.says("rated", view.main)
    again = who.go(address)
    who.facts["rating"] = RatingFacts(
        asked=True,
        given=given,
        said=said or ("cảm ơn" if thanked else ""),
        asked_again=bool(_stars(who, again)) or _asks(who, again),
    )
    if not thanked:
        raise StepEnded(Reach.ABSENT, "đã gửi đánh giá nhưng trang không xác nhận")


def _asks(who: Traveller, view: View) -> bool:
    return view.best(who.lexicon["rate"], roles=("button",), where=lambda c: c.landmark in BODY, least=70) is not None


def _stars(who: Traveller, view: View) -> list[Control]:
    """The choices of a rating: radio buttons (or buttons) with grades of satisfaction or one to five stars."""
    radios = [c for c in view.controls if c.role == "radio" and c.enabled and c.landmark in BODY]
    word = who.lexicon["best-rating"]
    graded = [
        c for c in view.controls if c.role == "button" and c.enabled and c.landmark in BODY and _is_grade(c.label)
    ]
    choices = [c for c in radios if word.nearness(c.label) >= 40] or (graded if len(graded) >= FEWEST_GRADES else [])
    return sorted(choices, key=lambda c: -word.nearness(c.label))


def _is_grade(label: str) -> bool:
    return GRADE.fullmatch(fold(label)) is not None


def _give(who: Traveller, view: View, stars: list[Control]) -> tuple[str, View]:
    best = stars[0]
    try:
        if best.role == "radio":
            who.hands.tick(view, best)
            view = who.hands.settle()
        else:
            view = who.hands.press(view, best)
            if who.lexicon.says("rated", view.main):
                return best.label, view
        view, _, _ = form.fill_page(who, view, Answerer(who.persona, who.system.answers))
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error
    button = view.best(who.lexicon["rate-submit"], roles=("button",), where=lambda c: c.landmark in BODY)
    if button is None:
        raise StepEnded(Reach.ABSENT, "không thấy nút gửi đánh giá")
    return best.label, who.press(view, button)
