"""Log-out, and whether a page that is for the citizen alone is closed afterwards: here, and with the former cookies.

A page says that it is closed (401, 403, a wall, a log-in), or shows that it is open (the person's own words, what logs
out). Whatever says neither is for a person to look at; an error, a block or nothing at all is no answer.
"""

from __future__ import annotations

from toantrinh.driver.eyes import View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.proof import logged_in, prove
from toantrinh.journey.identity import needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import LogOutTrial
from toantrinh.observations.page import PageKind, ProofOfPage
from toantrinh.scenarios.trying import picture, sure
from toantrinh.secrets import resolve

OWN_PAGES = (("my-dossiers", "my-dossiers"), ("notices", "notices"), ("document-store", "store"))
CLOSED = (401, 403)
BETWEEN = (PageKind.BLOCK, PageKind.CAPTCHA, PageKind.MAINTENANCE)  # these stand between us and the system
SHORTEST = 6  # characters of a word that names one person


def try_log_out(who: Traveller) -> LogOutTrial:
    """Logs out of an own page and opens it again, then once more with the cookies of the former session."""
    own = own_page(who)
    if own is None:
        return LogOutTrial(reach=Reach.NOT_TRIED, why="không thấy trang nào của riêng người dân để thử")
    button = own.best(who.lexicon["log-out"], least=60)
    if button is None:
        who.book.looked_for("log-out")
        return LogOutTrial(
            reach=Reach.ABSENT, why="không thấy nút đăng xuất", address=own.address, shots=picture(who, "Đã đăng nhập")
        )
    trial = LogOutTrial(reach=Reach.REACHED, address=own.address, pressed=button.label, own_page=own.heading)
    context = who.hands.page.context
    cookies = context.cookies()
    after = who.press(own, button)
    if after.dialogs:
        words = who.lexicon["log-out"]
        again = after.best(words, where=lambda c: c.landmark == "dialog", least=40)
        after = who.press(after, again) if again else sure(who, after)
    try:
        view = who.hands.go(own.address)
        closed = _is_closed(who, own, view)
    except StepEnded as end:
        shots = picture(who, "Trang cá nhân sau khi đăng xuất")
        reach = end.reach if end.reach is Reach.TOOL_ERROR else Reach.BLOCKED
        return trial.model_copy(update={"reach": reach, "why": f"mở lại “{own.heading}”: {end.why}", "shots": shots})
    shots = picture(who, "Trang cá nhân sau khi đăng xuất")
    dead, untold = None, ""
    if closed is None and _same_words(own, view):
        context.clear_cookies()
        closed = False if _seen_closed(who, own)[0] else None  # a stranger is kept out: what was in sight was open
    elif closed and cookies:
        context.clear_cookies()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        dead, untold = _seen_closed(who, own)
    context.clear_cookies()
    return trial.model_copy(
        update={"asked_again": closed, "old_session_dead": dead, "old_session_untold": untold, "shots": shots}
    )


def own_page(who: Traveller) -> View | None:
    """A page that only the citizen may see, found by its link."""
    for intent, page in OWN_PAGES:
        view = who.way_to(intent, page)
        if view is None or not who.at_home(view.address) or needs_log_in(view, who.lexicon):
            continue
        if _proof(who, view, who.hands.watch.status_of(view.address)).holds:
            return view
    return None


def _seen_closed(who: Traveller, own: View) -> tuple[bool | None, str]:
    """Whether the own page is closed when it is opened now; None with the reason when that cannot be told."""
    try:
        closed = _is_closed(who, own, who.hands.go(own.address))
    except StepEnded as end:
        return None, end.why
    return closed, "" if closed is not None else "không nhận ra trang hiện ra"


def _is_closed(who: Traveller, own: View, view: View) -> bool | None:
    """True when the own page is closed, False when it is open, None when nothing tells.

    Raises StepEnded `blocked` for a page that is no answer: an error, a firewall, maintenance, another host, nothing.
    """
    status = who.hands.watch.status_of(view.address)
    offers_log_in = logged_in(view, who.lexicon) is False
    if status in CLOSED:
        said = _proof(who, view, None)
        if offers_log_in or needs_log_in(view, who.lexicon) or said.kind not in BETWEEN:
            return True
        raise _no_answer(said)
    proof = _proof(who, view, status)
    if proof.kind is PageKind.LOG_IN_WALL:
        return True
    if not proof.holds:
        raise _no_answer(proof)
    if needs_log_in(view, who.lexicon):
        return True
    if logged_in(view, who.lexicon) is True or any(word in view.text for word in own_words(who, own)):
        return False
    return True if offers_log_in and view.heading != own.heading else None


def _proof(who: Traveller, view: View, status: int | None) -> ProofOfPage:
    return prove(view, status=status, allowed_hosts=who.system.allowed_hosts, step="log-out", lexicon=who.lexicon)


def _no_answer(proof: ProofOfPage) -> StepEnded:
    return StepEnded(Reach.BLOCKED, f"{proof.kind}: {proof.why} ({proof.address})")


def own_words(who: Traveller, own: View) -> tuple[str, ...]:
    """What the own page showed of the person alone: name, numbers, address, name of the account."""
    person = who.persona
    known = [person.full_name, person.cccd, person.phone, person.email]
    if who.account is not None and who.account.username:
        known.append(resolve(who.account.username).reveal())
    return tuple(word for word in known if len(word) >= SHORTEST and word in own.text)


def _same_words(own: View, view: View) -> bool:
    """True when the page says what the own page said."""
    return own.heading == view.heading and fold(own.main) == fold(view.main)
