"""The confirmation: dossier code, receipt, promised date, and whether all of it survives a reload."""

from __future__ import annotations

import re

from toantrinh.downloads import kind_of
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.files import file_behind
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import payment
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import PayFacts, Reach, StepName, SubmitFacts

LEGAL_CODE = re.compile(r"\b\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}(?:\.\d+)*-\d{6}-\d{4,}\b")
NEWER_CODE = re.compile(r"\b[A-Z]\d{2}(?:\.\d+){0,4}-\d{6}-\d{4,}\b")
OWN_CODE = re.compile(
    r"(?=.*\d)(?!\d\.\d{6}$)(?!\d{1,2}/\d{1,2}/\d{4}$)[A-Za-z0-9][\w./-]{5,}"
)  # no TTHC code, no date
WITHIN = 5  # words between "Mã hồ sơ" and the code: "của bạn là"
DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")


def code_in(who: Traveller, view: View) -> str:
    """The dossier code on the page: one in a known form, else the value beside "Mã hồ sơ", else what a sentence of a
    page that confirms calls so ("Mã hồ sơ của bạn: HS20260115000001"); empty when there is none.
    """
    for form in (LEGAL_CODE, NEWER_CODE):
        if found := form.search(view.main) or form.search(view.text):
            return found.group()
    beside = (view.value_of(who.lexicon["dossier-code"]) or "").split()
    if beside and any(c.isdigit() for c in beside[0]):
        return beside[0]
    return _in_a_sentence(who, view.main) if who.lexicon.says("submitted", view.main) else ""


def _in_a_sentence(who: Traveller, text: str) -> str:
    tokens = text.split()
    folded = [fold(token) for token in tokens]
    names = [name.split() for name in who.lexicon["dossier-code"].words]
    for at in range(len(tokens)):
        for name in names:
            end = at + len(name)
            if folded[at:end] == name:
                near = (token.strip(".,;:()“”\"'") for token in tokens[end : end + WITHIN])
                if code := next(filter(OWN_CODE.fullmatch, near), ""):
                    return code
    return ""


def is_confirmation(who: Traveller, view: View, pressed_submit: bool) -> bool:
    """True when the page shows a dossier code after the dossier was sent."""
    return (
        bool(code_in(who, view))
        and (pressed_submit or who.lexicon.says("submitted", view.main))
        and who.at_home(view.address)
    )


def read_confirmation(who: Traveller, view: View) -> View:
    """Reads the confirmation, fetches the receipt, reloads the page and reads the code again."""
    who.book.begin(StepName.SUBMIT)
    who.book.see(view)
    who.book.shot("Xác nhận nộp hồ sơ", routine=True)
    code = code_in(who, view)
    said = next((m.text for m in view.messages if who.lexicon.says("submitted", m.text)), view.heading)
    receipt = next(
        (c for c in view.ranked(who.lexicon["receipt"], least=45) if c.landmark not in ("header", "nav", "footer")),
        None,
    )
    size, promised = 0, _promised(who, view)
    if receipt and receipt.href.startswith("http") and not receipt.href.endswith("#"):
        _, body, _ = who.fetch(receipt.href)
        size = len(body) if kind_of(body) in ("pdf", "html", "docx") else 0
    elif receipt:
        size = len(_pressed_for(who, view, receipt))
    again = _reload(who, view)
    code_again = code_in(who, again)
    pay = who.facts.get("pay")
    if isinstance(pay, PayFacts):
        shown = payment.payment_receipt(who, again)
        completed = pay.completed or who.lexicon.says("paid", again.main)
        who.facts["pay"] = pay.model_copy(update={"receipt": pay.receipt or shown, "completed": completed})
    who.facts["submit"] = SubmitFacts(
        code=code,
        said=said,
        receipt=receipt.label if receipt else "",
        receipt_bytes=size,
        promised=promised,
        code_after_reload=code_again,
        delivery_offered=_delivery(who),
    )
    return again


def _pressed_for(who: Traveller, view: View, receipt: Control) -> bytes:
    body, address = file_behind(who.hands, view, receipt)
    if not body and address:
        _, body, _ = who.fetch(address)
    return body if kind_of(body) in ("pdf", "html", "docx") else b""


def _reload(who: Traveller, view: View) -> View:
    try:
        return who.hands.go(view.address)
    except CannotAct as error:
        who.book.ended(Reach.REFUSED, f"không mở lại được trang xác nhận: {error}")
        return view


def _promised(who: Traveller, view: View) -> str:
    value = view.value_of(who.lexicon["promised-date"], least=60) or ""
    found = DATE.search(value)
    return found.group() if found else ""


def _delivery(who: Traveller) -> tuple[str, ...]:
    pages = who.facts.get("delivery")
    return tuple(pages) if isinstance(pages, list) else ()
