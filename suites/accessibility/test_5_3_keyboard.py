"""5.3 Keyboard and focus, on single pages."""

from __future__ import annotations

from collections.abc import Iterator

from fixtures.checks import check
from fixtures.keyboard import KeyboardRecord
from suites.accessibility.focus_order import jumps_of
from suites.accessibility.keyboard_causes import Fault, gathered, grounds, told
from toantrinh.judgement import fail, needs_review, not_applicable, not_tested
from toantrinh.observations.keyboard import KeyboardFacts, Trap
from toantrinh.observations.site import PageName

LEAST_PIXELS = 12  # clearly changed pixels of a focus that is seen
MANY_BEFORE_MAIN = 5  # stops before the main content that are worth skipping


@check("keyboard.no-trap")
def test_no_trap(by_keyboard: KeyboardRecord) -> None:
    """Từ mọi phần tử đều rời đi được bằng Tab, Shift+Tab hoặc Esc (WCAG 2.1.2)."""
    pages = by_keyboard.seen()
    expected = "Tab và Shift+Tab đi hết trang; hộp thoại đóng được bằng Esc"
    stuck = gathered(by_keyboard, pages, lambda facts: (_trap(one, facts) for one in facts.traps if not one.way_out))
    if stuck:
        fail(f"bàn phím mắc kẹt: {told(stuck)}", grounds(stuck, expected))
    doubts = gathered(
        by_keyboard, pages, lambda facts: (_trap(one, facts) for one in facts.traps if one.way_out == "back")
    )
    if doubts:
        needs_review(f"chỉ lùi ra được, không đi tới được: {told(doubts)}", grounds(doubts, expected))
    held = gathered(by_keyboard, pages, _holding)
    if held:
        needs_review(f"hộp thoại giữ bàn phím, chưa thấy phím nào đóng: {told(held)}", grounds(held, expected))
    open_ends = [name.vietnamese for name, facts in pages.items() if facts.ended in ("many", "frame")]
    if len(open_ends) == len(pages):
        not_tested(f"chưa đi hết trang nào: {', '.join(open_ends)}")


def _trap(trap: Trap, facts: KeyboardFacts) -> Fault:
    round_of = " → ".join(trap.selectors[:4])
    why = f"{trap.direction} quẩn ở {round_of}, không tới được {', '.join(trap.unreached[:3])}"
    return Fault(
        f"trap {trap.selectors[0]}", trap.selectors[0], trap.markup, why, facts.shots.get(trap.selectors[0], "")
    )


def _holding(facts: KeyboardFacts) -> Iterator[Fault]:
    """Dialogs from which Tab does not lead, and that neither Escape nor a button that says so closed."""
    for one in facts.dialogs:
        if one.modal and one.focus == "inside" and not (one.leaks or one.closed_by or one.left_open):
            why = f"“{one.opener_name}” mở {one.dialog}: Tab không ra, Esc không đóng, không thấy nút đóng"
            yield Fault(f"held {one.dialog}", one.dialog, one.dialog_markup, why, one.picture)


@check("keyboard.focus-visible")
def test_focus_visible(by_keyboard: KeyboardRecord) -> None:
    """Ảnh chụp có và không có tiêu điểm khác nhau rõ ở mỗi phần tử (WCAG 2.4.7)."""
    pages = by_keyboard.seen()
    if not any(facts.looks for facts in pages.values()):
        not_tested("không chụp được phần tử nào khi nhận tiêu điểm")
    expected = "khác nhau rõ giữa lúc có và không có tiêu điểm: viền, nền, gạch chân hoặc con trỏ soạn thảo"
    unseen = gathered(by_keyboard, pages, _unseen)
    if unseen:
        fail(f"tiêu điểm không nhìn thấy ở {len(unseen)} loại phần tử: {told(unseen)}", grounds(unseen, expected))
    faint = gathered(by_keyboard, pages, _faint)
    if faint:
        needs_review(f"tiêu điểm chỉ thấy mờ hoặc chưa chắc: {told(faint)}", grounds(faint, expected))


def _unseen(facts: KeyboardFacts) -> Iterator[Fault]:
    for look in facts.looks:
        if look.sure and not look.slightly and not look.caret:
            why = "không điểm ảnh nào đổi khi nhận tiêu điểm"
            yield Fault(f"unseen {look.kind}", look.selector, look.markup, why, look.picture)


def _faint(facts: KeyboardFacts) -> Iterator[Fault]:
    for look in facts.looks:
        if look.changed < LEAST_PIXELS and not look.caret and (look.slightly or not look.sure):
            why = f"{look.slightly} điểm ảnh đổi, {look.changed} đổi rõ"
            yield Fault(f"faint {look.kind}", look.selector, look.markup, why, look.picture)


@check("keyboard.focus-order")
def test_focus_order(by_keyboard: KeyboardRecord) -> None:
    """Thứ tự Tab theo thứ tự nhìn; không có tabindex dương gây nhảy (WCAG 2.4.3).

    What is opened over a page has an order of its own, which its place on the screen does not tell.
    """
    pages = by_keyboard.of_pages()
    expected = "Tab đi theo thứ tự đọc"
    forced = gathered(by_keyboard, pages, lambda facts: _jumps(facts, sure=True))
    if forced:
        fail(f"thứ tự tiêu điểm nhảy: {told(forced)}", grounds(forced, expected))
    doubts = gathered(by_keyboard, pages, lambda facts: _jumps(facts, sure=False))
    if doubts:
        needs_review(f"thứ tự tiêu điểm ngược thứ tự nhìn: {told(doubts)}", grounds(doubts, expected))


def _jumps(facts: KeyboardFacts, *, sure: bool) -> Iterator[Fault]:
    for jump in jumps_of(facts.stops):
        if jump.sure is sure:
            after = jump.after
            picture = facts.shots.get(after.selector, "")
            yield Fault(f"jump {jump.cause} {after.selector}", after.selector, after.markup, jump.why, picture)


@check("keyboard.skip-link")
def test_skip_link(by_keyboard: KeyboardRecord) -> None:
    """Phần tử nhận tiêu điểm đầu tiên đưa thẳng tới nội dung chính (WCAG 2.4.1)."""
    pages = {name: facts for name, facts in by_keyboard.seen().items() if facts.skip}
    if not pages:
        not_tested("chưa đi từ đầu trang nào")
    expected = (
        "liên kết “Bỏ qua tới nội dung” trong các điểm dừng đầu tiên; Enter rồi Tab tới trong hoặc sau nội dung chính"
    )
    broken = gathered(by_keyboard, pages, _skips_nothing)
    if broken:
        fail(f"liên kết bỏ qua không đưa tới nội dung: {told(broken)}", grounds(broken, expected))
    without = gathered(by_keyboard, pages, _no_skip_link)
    if without:
        message = f"không có liên kết bỏ qua: {told(without)}"
        if by_keyboard.verified:
            fail(message, grounds(without, expected))
        needs_review(message, grounds(without, expected))
    unmarked = gathered(by_keyboard, pages, _nowhere_to_skip)
    if unmarked:
        needs_review(f"không biết nội dung chính bắt đầu từ đâu: {told(unmarked)}", grounds(unmarked, expected))


def _skips_nothing(facts: KeyboardFacts) -> Iterator[Fault]:
    skip = facts.skip
    if not skip or not skip.selector or facts.traps:
        return
    why = ""
    if skip.target and not skip.target_found:
        why = f"không có phần tử nào mang id “{skip.target}”"
    elif skip.lands in ("same-place", "before-target"):
        why = "Tab kế tiếp vẫn ở trước nội dung chính"
    elif skip.lands in ("in-target", "after-target") and skip.before_main and skip.skipped == 0:
        why = "không bỏ qua phần tử nào"
    if why:
        yield Fault(f"skip {skip.markup}", skip.selector, skip.markup, why, facts.shots.get(skip.selector, ""))


def _no_skip_link(facts: KeyboardFacts) -> Iterator[Fault]:
    skip = facts.skip
    if skip and not skip.selector and skip.before_main is not None and skip.before_main >= MANY_BEFORE_MAIN:
        first = facts.stops[0]
        why = f"{skip.before_main} điểm dừng đứng trước nội dung chính mà không có liên kết bỏ qua"
        yield Fault("no skip link", first.selector, first.markup, why, facts.shots.get(first.selector, ""))


def _nowhere_to_skip(facts: KeyboardFacts) -> Iterator[Fault]:
    skip = facts.skip
    if skip and not skip.selector and skip.before_main is None and len(facts.stops) >= MANY_BEFORE_MAIN:
        first = facts.stops[0]
        why = "không có liên kết bỏ qua và không đánh dấu nội dung chính (main)"
        yield Fault("no main", first.selector, first.markup, why, facts.shots.get(first.selector, ""))


@check("keyboard.focus-into-dialog")
def test_focus_into_dialog(by_keyboard: KeyboardRecord) -> None:
    """Sau khi mở, tiêu điểm ở trong hộp thoại và không ra nền (WCAG 2.4.3)."""
    pages = _with_dialogs(by_keyboard)
    expected = "tiêu điểm ở trong hộp thoại ngay khi mở, và Tab không ra nền khi hộp thoại còn mở"
    outside = gathered(by_keyboard, pages, lambda facts: _outside(facts, sure=True))
    if outside:
        fail(f"mở hộp thoại mà tiêu điểm ở ngoài: {told(outside)}", grounds(outside, expected))
    doubts = gathered(by_keyboard, pages, lambda facts: _outside(facts, sure=False))
    if doubts:
        needs_review(f"có thể là hộp thoại mà tiêu điểm không vào: {told(doubts)}", grounds(doubts, expected))


def _outside(facts: KeyboardFacts, *, sure: bool) -> Iterator[Fault]:
    for one in facts.dialogs:
        why = ""
        if one.focus == "outside" or (one.focus == "next-tab" and one.modal):
            why = f"“{one.opener_name}” mở {one.dialog} nhưng tiêu điểm ở lại ngoài"
        elif one.leaks:
            why = f"Tab từ {one.dialog} ra nền, tới {one.leaks}"
        if why and sure is one.marked:
            yield Fault(f"dialog {one.dialog}", one.opener, one.opener_markup, why, one.picture)


@check("keyboard.focus-after-dialog")
def test_focus_after_dialog(by_keyboard: KeyboardRecord) -> None:
    """Đóng hộp thoại thì tiêu điểm về phần tử đã mở nó (WCAG 2.4.3)."""
    pages = _with_dialogs(by_keyboard)
    expected = "tiêu điểm về phần tử đã mở hộp thoại"
    lost = gathered(by_keyboard, pages, lambda facts: _after(facts, "lost"))
    if lost:
        fail(f"đóng hộp thoại thì mất tiêu điểm: {told(lost)}", grounds(lost, expected))
    doubts = gathered(by_keyboard, pages, lambda facts: _after(facts, "elsewhere"))
    if doubts:
        needs_review(f"đóng hộp thoại thì tiêu điểm về chỗ khác: {told(doubts)}", grounds(doubts, expected))
    if not any(one.back in ("opener", "field", "gone") for facts in pages.values() for one in facts.dialogs):
        not_tested("hộp thoại đã mở không đóng được bằng Esc hay nút đóng, hoặc đang điền dở nên không đóng thử")


def _after(facts: KeyboardFacts, back: str) -> Iterator[Fault]:
    for one in facts.dialogs:
        entered = one.marked or one.focus == "inside"
        if entered and one.back == back:
            why = f"đóng {one.dialog} bằng {one.closed_by}, tiêu điểm ở {one.back_at}"
            yield Fault(f"after {one.dialog}", one.opener, one.opener_markup, why, one.picture)


def _with_dialogs(record: KeyboardRecord) -> dict[PageName, KeyboardFacts]:
    pages = {name: facts for name, facts in record.seen().items() if facts.dialogs}
    if not pages:
        not_applicable("không có hộp thoại nào mở ra ở các trang và trạng thái đã xem")
    return pages
