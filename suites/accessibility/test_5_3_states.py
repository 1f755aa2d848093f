"""5.3 Trình đọc màn hình: lỗi của biểu mẫu, ở các trang đã báo lỗi trong hành trình (WCAG 3.3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.checks import check
from fixtures.tour import TourRecord
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.observations.mistakes import Place
from toantrinh.observations.tour import ErrorsShown, FieldError, StateFacts
from toantrinh.verdicts import Evidence

MOST_PICTURES = 6


@check("keyboard.errors-announced")
def test_errors_are_announced(tour: TourRecord) -> None:
    """Lỗi được báo cho trình đọc màn hình: trong vùng thông báo trực tiếp, hoặc nhận tiêu điểm."""
    shown = _shown(tour)
    silent = [(state, errors) for state, errors in shown if not _announced(errors)]
    if not silent:
        return
    tour.look_at([state for state, _ in silent])
    _picture(tour, [(state, one) for state, errors in silent for one in errors.fields])
    certain = [state for state, errors in silent if errors.same_document]
    told = "; ".join(f"{state.name}: {_messages(errors)}" for state, errors in silent)
    grounds = Grounds(
        expected='vùng role="alert" hoặc aria-live có chữ báo lỗi, hoặc tiêu điểm chuyển tới chỗ báo lỗi',
        seen=f"{told}; tiêu điểm ở {silent[0][1].focus or 'đầu trang'}",
        where="; ".join(f"{state.address} {_selectors(errors)}" for state, errors in silent),
        identity="errors-announced",
    )
    if not certain:  # a page that is loaded anew is read from its beginning
        needs_review(f"trang tải lại mà không có vùng báo lỗi, không chuyển tiêu điểm: {told}", grounds)
    if len(certain) == len(shown):
        fail(f"lỗi hiện ra mà trình đọc màn hình không được báo: {told}", grounds)
    partial(1 - len(certain) / len(shown), f"lỗi hiện ra mà trình đọc màn hình không được báo: {told}", grounds)


@check("keyboard.errors-tied")
def test_errors_are_tied_to_their_fields(tour: TourRecord) -> None:
    """Thông báo lỗi gắn với ô của nó, để nghe được khi tới ô."""
    said = [(state, one) for state, errors in _shown(tour) for one in errors.fields if one.message]
    loose = [(state, one) for state, one in said if not one.tied and one.place is not Place.LINKED]
    if not loose:
        return
    beside = [(state, one) for state, one in loose if one.place is Place.BESIDE]
    tour.look_at(list({state.name: state for state, _ in beside or loose}.values()))
    _picture(tour, beside or loose)
    told = "; ".join(f"“{one.message}” ở ô {one.label} ({state.name})" for state, one in (beside or loose))
    grounds = Grounds(
        expected="ô sai có aria-describedby hoặc aria-errormessage trỏ tới thông báo",
        seen=told,
        where="; ".join(f"{state.address} {one.selector}" for state, one in (beside or loose)),
        identity="errors-tied",
    )
    if not beside:
        needs_review(f"thông báo lỗi ở chỗ khác, không gắn với ô: {told}", grounds)
    if len(beside) == len(said):
        fail(f"không thông báo lỗi nào gắn với ô của nó: {told}", grounds)
    partial(1 - len(beside) / len(said), f"thông báo lỗi không gắn với ô: {told}", grounds)


@check("keyboard.focus-after-error")
def test_focus_after_an_error(tour: TourRecord) -> None:
    """Có lỗi thì tiêu điểm tới lỗi, hoặc ở yên chỗ người dùng đang đứng và lỗi được báo; không bao giờ mất (2.4.3)."""
    shown = _shown(tour)
    away = [(state, errors) for state, errors in shown if not _leads_to_the_error(errors)]
    if not away:
        return
    tour.look_at([state for state, _ in away])
    lost = [state for state, errors in away if errors.same_document and not errors.focus]
    told = "; ".join(f"{state.name}: tiêu điểm ở {errors.focus or 'đầu trang'}" for state, errors in away)
    grounds = Grounds(
        expected="tiêu điểm ở bảng tóm tắt lỗi hoặc ô sai đầu tiên",
        seen=told,
        where="; ".join(f"{state.address} {_selectors(errors)}" for state, errors in away),
        identity="focus-after-error",
    )
    if not lost:
        needs_review(f"lỗi hiện ra ở chỗ khác với tiêu điểm: {told}", grounds)
    if len(lost) == len(shown):
        fail(f"lỗi hiện ra thì mất tiêu điểm: {told}", grounds)
    partial(1 - len(lost) / len(shown), f"lỗi hiện ra thì mất tiêu điểm: {told}", grounds)


def _leads_to_the_error(errors: ErrorsShown) -> bool:
    """True when the focus is where the errors are told, or stays where it was while they are announced."""
    if errors.focus_moved or errors.title_tells or all(one.native for one in errors.fields if one.message):
        return True
    return bool(errors.focus) and _announced(errors)


def _shown(tour: TourRecord) -> list[tuple[StateFacts, ErrorsShown]]:
    """The states in which the system itself says what is wrong; ends the check as open without one."""
    states = tour.need().states
    found = [(state, state.errors) for state in states if state.errors and any(f.message for f in state.errors.fields)]
    if not found:
        not_tested("chưa thấy thông báo lỗi nào khi gửi biểu mẫu sai")
    tour.look_at([state for state, _ in found])
    return found


def _picture(tour: TourRecord, fields: Sequence[tuple[StateFacts, FieldError]]) -> None:
    """The fields at fault, outlined, before the whole states."""
    shots = [Evidence(path=one.shot, title=f"{state.name}: {one.label}") for state, one in fields if one.shot]
    tour.evidence[:0] = shots[:MOST_PICTURES]


def _announced(errors: ErrorsShown) -> bool:
    """True when the errors come to a screen reader by themselves; the browser's own bubble does."""
    own: list[FieldError] = [one for one in errors.fields if one.message and not one.native]
    if not own or errors.focus_moved or errors.title_tells:
        return True
    lexicon = load_lexicon()
    return any(
        lexicon.says("refusal", text) or any(fold(one.message) in fold(text) for one in own)
        for text in errors.announced
    )


def _messages(errors: ErrorsShown) -> str:
    return ", ".join(f"“{one.message}”" for one in errors.fields if one.message and not one.native)


def _selectors(errors: ErrorsShown) -> str:
    return ", ".join(one.selector for one in errors.fields if one.message and not one.native)
