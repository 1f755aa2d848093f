"""The citizen's own list of dossiers: the draft found again, and taken away when all is done."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl

from toantrinh.driver.endings import Unreached
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct, WentAway
from toantrinh.journey.application import forward_controls
from toantrinh.journey.form import form_fields
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.mistakes import ReturnTrial
from toantrinh.scenarios.own_list import open_list
from toantrinh.scenarios.own_page import see_own_page
from toantrinh.scenarios.trying import news, picture, sure
from toantrinh.scenarios.values import Values, is_there, kept, values

MOST_DRAFTS = 3
MOST_STEPS_BACK = 3
LATE_MS = 800  # within which a list that shows no draft may still become another
CHANGED = "words => document.body.innerText !== words"


def save_button(who: Traveller, view: View) -> Control | None:
    """What saves a draft on this page."""
    return view.best(who.lexicon["save-draft"], where=view.in_body, least=45)


def try_draft(who: Traveller, view: View) -> tuple[View, ReturnTrial]:
    """Saves the answered page as a draft, leaves, finds it in the own list, opens it; the page then.

    Without a button to save, a draft that the portal kept by itself will do.
    """
    standing, address = values(view), view.address
    save = save_button(who, view)
    said: tuple[str, ...] = ()
    if save is not None:
        after = who.press(view, save)
        who.book.see(after)
        said = news(view, after)
    pressed = save.label if save else ""
    found, opened = open_draft(who, standing, address)
    if found is None:
        who.book.looked_for("save-draft", "my-dossiers", "draft")
        shots = picture(who, "Nơi tìm bản nháp")
        back = who.go(address)
        why = (
            f"đã bấm “{pressed}” nhưng không thấy bản nháp trong danh sách hồ sơ của tôi"
            if save
            else "không thấy nút lưu nháp, cũng không thấy bản nháp nào được tự lưu"
        )
        return back, ReturnTrial(reach=Reach.ABSENT, why=why, address=address, said=said, pressed=pressed, shots=shots)
    return found, ReturnTrial(
        reach=Reach.REACHED,
        address=found.address,
        said=said,
        pressed=pressed,
        arrived=is_there(standing, found),
        found_by=opened,
        kept=kept(standing, found),
        shots=picture(who, "Bản nháp mở lại"),
    )


def open_draft(who: Traveller, standing: Values, address: str) -> tuple[View | None, str]:
    """The draft's page on which the answers stood, and by which link it was opened; None when no draft is listed.

    A draft may open at a later step: from there one goes back, or to the page's own address.
    """
    seen: set[str] = set()
    best: tuple[View | None, str] = (None, "")
    for _ in range(MOST_DRAFTS):
        rows = draft_links(who, own_list(who))
        link = next((one for one in rows if one.href not in seen or not one.href), None)
        if link is None or (not link.href and seen):
            return (see_own_page(who, who.go(best[0].address), StepName.FORM), best[1]) if best[0] else best
        seen.add(link.href)
        opened = see_own_page(who, who.press(who.hands.settle(), link), StepName.FORM)
        view = see_own_page(who, _to_the_answers(who, opened, standing, address), StepName.FORM)
        best = (view, link.label)
        if not any(one.lost for one in kept(standing, view)) and is_there(standing, view):
            return best
    return best


def own_list(who: Traveller) -> View:
    """The page of the citizen's own dossiers. Raises StepEnded when there is no way to it, or it cannot be seen."""
    who.book.begin(StepName.NOTICE)
    try:
        view = open_list(who)
    except Unreached:
        raise
    except StepEnded as end:  # a list that fails for the moment tells nothing of what stands in it
        raise StepEnded(Reach.BLOCKED if end.reach is Reach.REFUSED else end.reach, end.why) from end
    if view is None:
        raise StepEnded(Reach.ABSENT, "không thấy mục hồ sơ của tôi")
    return view


def draft_links(who: Traveller, view: View) -> list[Control]:
    """The links and buttons that open a draft of this service, in the order of the list."""
    name, code, draft = fold(who.service.name), who.service.code, who.lexicon["draft"]
    go_on, delete = who.lexicon["continue-draft"], who.lexicon["delete-draft"]
    found = []
    for control in view.controls:
        if control.role not in ("link", "button") or not view.in_body(control):
            continue
        about = f"{control.name} {control.row}"
        mine = name in fold(about) or code in about
        if not mine or not who.lexicon.says("draft", about) or delete.nearness(control.label) >= 60:
            continue
        if name in fold(control.name) or draft.nearness(control.label) >= 45 or go_on.nearness(control.label) >= 45:
            found.append(control)
    # A row that holds the rows of others is the layout's, and what stands in it a tab or a filter.
    return [
        one for one in found if not any(other.row and other.row != one.row and other.row in one.row for other in found)
    ]


def discard_draft(who: Traveller, address: str, *, saved: bool = True) -> str:
    """Takes the draft away whose pages are at `address`; what is left behind, in words, when that is not possible.

    Where nobody knows whether a draft was `saved`, that is said, and a system without a list of dossiers leaves none.
    """
    from playwright.sync_api import Error

    what = f"bản nháp {who.service.code}"
    unsure = what if saved else f"{what} (không rõ đã được lưu chưa)"
    try:
        listed = own_list(who)
    except StepEnded as end:
        return "" if not saved and end.reach is Reach.ABSENT else unsure
    except (CannotAct, Error):
        return unsure
    try:
        view, rows = _drafts_in(who, listed)
        if not rows:
            return ""
        own = [c for c in rows if not c.href or _of_one_dossier(c.href, address)]
        if not own or (not own[0].href and len(rows) > 1):  # never another draft than that of this application
            return unsure
        row = own[0]
        delete = next(
            (
                c
                for c in view.ranked(who.lexicon["delete-draft"], where=view.in_body, least=60)
                if c.row == row.row and c.index > row.index
            ),
            None,
        )
        if delete is None:
            return what
        after = sure(who, who.press(view, delete))
        if _gone(row, rows, _drafts_in(who, after)[1]):
            return ""
        left = _drafts_in(who, own_list(who))[1]  # the page that was seen may still be the one from before
        return "" if _gone(row, rows, left) else what
    except (StepEnded, CannotAct, Error):
        return what


def _gone(draft: Control, before: list[Control], after: list[Control]) -> bool:
    """True when there are fewer drafts, or none at this one's own address: a tab may speak of drafts as well."""
    return len(after) < len(before) or (bool(draft.href) and draft.href not in {one.href for one in after})


def _drafts_in(who: Traveller, view: View) -> tuple[View, list[Control]]:
    """The list and its drafts; one that shows none is looked at once more: its rows may come later than its page."""
    from playwright.sync_api import Error

    rows = draft_links(who, view)
    if rows:
        return view, rows
    page = who.hands.page
    with suppress(Error):  # nothing came; what was on its way to another document is seen below
        page.wait_for_function(CHANGED, arg=page.inner_text("body", timeout=LATE_MS), timeout=LATE_MS)
    view = who.hands.settle()
    return view, draft_links(who, view)


def _of_one_dossier(one: str, other: str) -> bool:
    """True when one address begins with the other's path, as the pages of one dossier do, and where both name
    something by the same word of their query they name the same."""
    (left, _, asked), (right, _, wanted) = one.partition("?"), other.partition("?")
    here, there = left.rstrip("/").split("/"), right.rstrip("/").split("/")
    told, known = dict(parse_qsl(asked)), dict(parse_qsl(wanted))
    short = min(len(here), len(there))
    return here[:short] == there[:short] and all(told[name] == known[name] for name in told.keys() & known.keys())


def _to_the_answers(who: Traveller, view: View, standing: Values, address: str) -> View:
    who.book.begin(StepName.FORM)
    for _ in range(MOST_STEPS_BACK):
        if is_there(standing, view):
            return view
        opens = None if form_fields(view) else _go_on(who, view)
        leads = opens or back_button(who, view)
        if leads is None:
            break
        try:
            view = who.hands.press(view, leads)
        except WentAway:  # the page was still on its way
            view = who.hands.settle()
        except CannotAct as error:
            raise StepEnded(Reach.TOOL_ERROR, f"không bấm được {error}") from error
    return view if is_there(standing, view) else who.go(address)


def _go_on(who: Traveller, view: View) -> Control | None:
    """On a page that only shows the draft: what leads into its form."""
    leads = [control for _, control in forward_controls(who, view)]
    return view.best(who.lexicon["continue-draft"], where=view.in_body, least=60) or next(iter(leads), None)


def back_button(who: Traveller, view: View) -> Control | None:
    """What leads to the step before."""
    return view.best(who.lexicon["back"], where=view.in_body, least=60)
