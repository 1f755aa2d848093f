"""What WCAG 2.1 adds for those who enlarge the screen: content that comes with the pointer; advice, without points."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.tour import TourRecord
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, tool_error
from toantrinh.observations.journey import Reach
from toantrinh.observations.tour import HoverContent
from toantrinh.verdicts import Evidence

MOST_NAMED = 4


@check("keyboard.hover-dismissable")
def test_content_on_hover_can_be_dismissed(tour: TourRecord) -> None:
    """1.4.13: Nội dung nổi tắt bằng Esc, rê chuột vào được."""
    if tour.tour is None or tour.tour.hovers is None:
        not_tested(tour.why or "chưa rê chuột được trên trang nào")
    shown, lost = tour.tour.hovers, [one for one in tour.tour.missed if one.look == "hovers"]
    faults = {one: said for one in shown if (said := fault_of(one))}
    if lost and not faults:
        told = "; ".join(f"{one.name} ({one.why})" for one in lost)
        (tool_error if any(one.reach is Reach.TOOL_ERROR for one in lost) else not_tested)(f"chưa xem được: {told}")
    if not shown:
        not_applicable("không thấy nội dung nào hiện ra khi rê chuột ở trang chủ và trang thủ tục")
    if not faults:
        return
    tour.evidence[:] = [Evidence(path=one.shot, title=said) for one, said in faults.items() if one.shot]
    told = "; ".join(f"{said} ({one.content})" for one, said in list(faults.items())[:MOST_NAMED])
    grounds = Grounds(
        expected="Esc tắt được mà không rời chuột; rê chuột vào được",
        seen="; ".join(f"{one.markup} → “{one.text[:60]}”" for one in faults),
        where="; ".join(f"{one.address} {one.trigger}" for one in faults),
        identity="hover: " + " ".join(sorted(one.trigger for one in faults))[:300],
    )
    if any(is_sure(one) for one in faults):
        fail(told, grounds)
    needs_review(told, grounds)


def fault_of(one: HoverContent) -> str:
    """What is wrong with what appeared, in words."""
    wrong = [] if one.dismissed else ["không tắt được bằng Esc"]
    wrong += ["mất khi rê chuột vào"] if one.hoverable is False else []
    return f"nội dung hiện khi rê chuột vào “{one.name}” {', '.join(wrong)}" if wrong else ""


def is_sure(one: HoverContent) -> bool:
    """What covers no words need not be dismissed; what goes away may have waited for a slower hand.

    It has to go with the pointer and to come with it again: else it may have come of itself.
    """
    return one.covers and not one.dismissed and one.hoverable is not None
