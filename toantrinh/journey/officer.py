"""The officer's side: log in, find the dossier, receive, process, approve, issue; with what the officer accounts
may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from toantrinh.downloads import kind_of
from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import Hands
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey import form
from toantrinh.journey.identity import code_field, give_code, give_password, password_field
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import OfficerFacts, Reach, StepName

ACTS = ("officer-receive", "officer-process", "officer-approve", "officer-issue")
WORDS = {
    "officer-receive": "tiếp nhận",
    "officer-process": "xử lý",
    "officer-approve": "phê duyệt",
    "officer-issue": "trả kết quả",
}
SUPPLEMENT = "officer-supplement"
MOST_ROUNDS = 10
MOST_ASKS = 4
MOST_FILES = 5
FILES = ("pdf", "docx", "doc", "jpg", "png", "zip", "xlsx")
BODY = ("main", "dialog", "", "aside")


def settle_dossier(who: Traveller, code: str, after_act: Callable[[str], None]) -> bytes:
    """Takes the dossier through the officer's acts and returns the issued file, if it is offered.

    `after_act(words)` is called after each act.

    Raises StepEnded `not-tried` without an officer account or address, `absent` or `refused` where it stops.
    """
    officers = officer_accounts(who)
    citizen = who.hands
    acts: list[str] = []
    said: list[str] = []
    issued = b""
    found = False
    try:
        for name in officers:
            with officers_browser(who, name):
                view = open_dossier(who, enter(who, name), code)
                found = True
                issued = _act(who, view, acts, said, after_act) or issued
            if ACTS[-1] in acts:
                break
        if ACTS[-1] not in acts:
            who.book.begin(StepName.OFFICER, citizen)
            missing = ", ".join(WORDS[act] for act in ACTS if act not in acts)
            raise StepEnded(Reach.ABSENT, f"cán bộ không thấy cách: {missing}")
    finally:
        who.hands = citizen
        who.facts["officer"] = OfficerFacts(found=found, acts=tuple(WORDS[act] for act in acts), said=tuple(said))
    return issued


def officer_accounts(who: Traveller) -> list[str]:
    """Names of the officers' accounts in the file, in the order of their acts. Raises StepEnded without any."""
    who.book.begin(StepName.OFFICER)
    names: list[str] = [name for name in ("officer", "approver") if name in who.system.accounts]
    if not names or not who.path("officer"):
        raise StepEnded(
            Reach.NOT_TRIED, "tệp hệ thống không có tài khoản cán bộ (accounts.officer) hoặc địa chỉ (paths.officer)"
        )
    return names


@contextmanager
def officers_browser(who: Traveller, name: str) -> Iterator[None]:
    """Gives the traveller an officer's browser, with the log-in of this process if there is one, and the citizen's
    back."""
    known = {"storage_state": who.sessions[name]} if name in who.sessions else {}
    context = who.new_context(**known)
    citizen, who.hands = who.hands, Hands(context.new_page(), Watch(context, who.system))
    who.book.begin(StepName.OFFICER, who.hands)
    try:
        yield
        who.book.close()
    finally:
        who.hands = citizen
    context.close()  # one that was left early is closed with the traveller: its step is still open


def enter(who: Traveller, name: str) -> View:
    """The officers' first page, logged in as the account `name`."""
    account = who.system.accounts[name]
    view = who.go(who.path("officer") or "")
    given = False
    for _ in range(3):
        who.book.see(view, log_in_expected=True)
        if field := code_field(view, who.lexicon):
            view = give_code(who, view, field, account)
        elif field := password_field(view):
            view, given = give_password(who, view, field, account), True
        else:
            break
    if given:
        who.sessions[name] = who.hands.page.context.storage_state()
    return view


def open_dossier(who: Traveller, view: View, code: str) -> View:
    """The officer's page of a dossier, looked for from `view`. Raises StepEnded when it is not found."""
    who.book.shot("Danh sách hồ sơ của cán bộ")
    for _ in range(3):
        if link := dossier_link(view, code):
            return who.press(view, link)
        box = view.best(who.lexicon["officer-search"], roles=form.TEXT_ROLES, least=35)
        if box is not None and box.value != code:
            try:
                who.hands.fill(view, box, code)
                view = who.hands.enter(view, box)
            except CannotAct as error:
                raise StepEnded(Reach.TOOL_ERROR, str(error)) from error
            continue
        queue = view.best(who.lexicon["officer-queue"])
        if queue is None:
            break
        view = who.press(view, queue)
    who.book.looked_for("officer-search", "officer-queue")
    who.book.shot("Không thấy hồ sơ")
    raise StepEnded(Reach.ABSENT, f"cán bộ không tìm thấy hồ sơ {code}")


def dossier_link(view: View, code: str) -> Control | None:
    """The link to what has this code: named by it, or standing in its row."""
    links = [c for c in view.controls if c.role == "link" and c.landmark not in ("header", "nav", "footer")]
    return next((c for c in links if code in c.name), None) or next((c for c in links if code in c.row), None)


def _act(who: Traveller, view: View, acts: list[str], said: list[str], after_act: Callable[[str], None]) -> bytes:
    """Presses the next act that the page offers until none is offered any more; the issued file when it can be seen."""
    answerer = Answerer(who.persona, who.system.answers)
    for _ in range(MOST_ROUNDS):
        found = _next_act(who, view, acts)
        if found is None:
            break
        act, button = found
        address = view.address
        view, _, _ = form.fill_page(who, view, answerer) if _same_form_has_fields(view, button) else (view, [], [])
        button = _again(view, button)
        view = who.press(view, button)
        if view.dialogs and (
            confirm := view.best(who.lexicon[act], where=lambda c: c.landmark == "dialog")
            or view.best(who.lexicon["continue"], where=lambda c: c.landmark == "dialog")
        ):
            view = who.press(view, confirm)
        who.book.see(view)
        if act in (ACTS[0], ACTS[-1]):
            who.book.shot(f"Cán bộ: {WORDS[act]}")
        acts.append(act)
        said += [m.text for m in view.messages[:2] if m.text not in said]
        if act != ACTS[-1]:  # the result is looked at next, and its status with it
            after_act(WORDS[act])
            who.book.begin(StepName.OFFICER, who.hands)
        if view.address.split("?")[0] != address.split("?")[0] and _next_act(who, view, acts) is None:
            view = who.go(address)
    return _issued_file(who, view) if ACTS[-1] in acts else b""


def _next_act(who: Traveller, view: View, acts: list[str]) -> tuple[str, Control] | None:
    for act in ACTS:
        if act in acts:
            continue
        button = view.best(who.lexicon[act], roles=("button",), where=lambda c: c.landmark in BODY, least=50)
        if button is not None:
            return act, button
    return None


def _same_form_has_fields(view: View, button: Control) -> bool:
    return button.form >= 0 and any(c.form == button.form and (c.required or c.marked) for c in form.form_fields(view))


def _again(view: View, button: Control) -> Control:
    return next((c for c in view.controls if c.key == button.key and c.form == button.form), button)


def _issued_file(who: Traveller, view: View) -> bytes:
    """The result as the officer's page offers it: a file behind a link that is named, or stands in a row, as result."""
    word = who.lexicon["result"]
    links = [c for c in view.controls if c.role == "link" and c.href.startswith("http") and c.landmark in BODY]
    near = sorted(links, key=lambda c: -max(word.nearness(c.label), int(who.lexicon.says("result", c.row)) * 50))
    for link in near[:MOST_FILES]:
        if max(word.nearness(link.label), int(who.lexicon.says("result", link.row)) * 50) < 40:
            break
        _, body, _ = who.fetch(link.href)
        if kind_of(body) in FILES:
            return body
    return b""


def ask_supplement(who: Traveller, code: str, reason: str) -> tuple[str, ...]:
    """Asks the citizen for more papers, in the name of the first officer who may; what the page said then.

    Raises StepEnded `not-tried` without an officer, `absent` where no officer is offered it.
    """
    for name in officer_accounts(who):
        with officers_browser(who, name):
            view = open_dossier(who, enter(who, name), code)
            if _offered(who, view, SUPPLEMENT) is None and (receive := _offered(who, view, ACTS[0])):
                view = who.press(view, receive)
            if _offered(who, view, SUPPLEMENT) is not None:
                return _ask(who, view, reason)
    who.book.begin(StepName.OFFICER, who.hands)
    who.book.looked_for(SUPPLEMENT)
    raise StepEnded(Reach.ABSENT, "cán bộ không thấy cách yêu cầu bổ sung")


def _offered(who: Traveller, view: View, intent: str) -> Control | None:
    return view.best(who.lexicon[intent], where=lambda c: c.landmark in BODY, least=50)


def _ask(who: Traveller, view: View, reason: str) -> tuple[str, ...]:
    for attempt in range(MOST_ASKS):
        button = _offered(who, view, SUPPLEMENT)
        if button is None:
            break
        if has_text := [c for c in form.form_fields(view) if c.form == button.form >= 0 and c.role == "textbox"]:
            longest = next((c for c in has_text if c.tag == "textarea"), has_text[0])
            answerer = Answerer(who.persona, {**who.system.answers, longest.label: reason})
            view, _, _ = form.fill_page(who, view, answerer, attempt=attempt)
            button = _again(view, button)
        view = who.press(view, button)
        dialog = view.best(who.lexicon[SUPPLEMENT], where=lambda c: c.landmark == "dialog") or view.best(
            who.lexicon["continue"], where=lambda c: c.landmark == "dialog"
        )
        if dialog is not None and not any(c.landmark == "dialog" for c in form.form_fields(view)):
            view = who.press(view, dialog)
        who.book.see(view)
        if has_text and not any(c.invalid for c in view.fields) and _gone(view, has_text):
            break
    who.book.shot("Cán bộ: yêu cầu bổ sung")
    return tuple(m.text for m in view.messages[:2])


def _gone(view: View, fields: list[Control]) -> bool:
    return not {c.key for c in fields} & {c.key for c in view.fields}
