"""6.4 Không gây hại: cổng vẫn chạy và nhanh như thường khi máy đo chậm, ngừng hoặc trả dữ liệu rác."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from fixtures.checks import check
from fixtures.interference import InterferenceRecord
from toantrinh.judgement import Grounds, fail, needs_review, not_tested
from toantrinh.observations.interference import Disturbance, Interference, Place

WAITING_SHARE = 0.2  # of the collector's delay: a page that takes so much longer waits for the collector
WAITING_FACTOR = 1.5  # and at least so many times as long as undisturbed


@check("emc.works-while-slow")
def test_works_while_slow(interference: InterferenceRecord) -> None:
    """Khi máy đo trả lời sau 10 giây, quãng đường đi hết với thời gian như bình thường."""
    record = interference.under(Disturbance.SLOW)
    judge_speed(record, sure=True)  # a page that waits says more than what is not there yet
    judge_function([record])
    judge_speed(record, sure=False)


@check("emc.works-while-down")
def test_works_while_down(interference: InterferenceRecord) -> None:
    """Khi máy đo từ chối kết nối hoặc trả lỗi 500, quãng đường vẫn đi hết."""
    judge_function([interference.under(one) for one in (Disturbance.REFUSED, Disturbance.ERROR)])


@check("emc.works-with-rubbish")
def test_works_with_rubbish(interference: InterferenceRecord) -> None:
    """Khi mã đo là HTML hoặc là đoạn mã hỏng, quãng đường vẫn đi hết."""
    judge_function([interference.under(one) for one in (Disturbance.HTML, Disturbance.BROKEN)])


def judge_function(records: Sequence[Interference]) -> None:
    """Fails where a place reached undisturbed is never reached disturbed; asks a person where it is at times."""
    said: list[tuple[Interference, Place, str]] = []
    doubtful: list[tuple[Interference, Place, str]] = []
    for record in records:
        if not any(passage.met for passage in record.disturbed):
            not_tested(f"{record.disturbance.vietnamese}: không có yêu cầu nào tới máy đo trên quãng đường thử")
        for place in record.lost()[:1]:  # what comes behind it is lost with it
            whys = [one.why for one in record.disturbed if one.why] or ["hiện trang khác"]
            words = f"{record.disturbance.vietnamese}: “{place.vietnamese}” không như bình thường ({whys[-1]})"
            never = not any(record.arrivals(place)) and len(record.disturbed) > 1
            (said if never else doubtful).append((record, place, words))
    if said:
        fail("; ".join(words for _, _, words in said), _grounds(said))
    if doubtful:
        words = "; ".join(words for _, _, words in doubtful)
        needs_review(f"{words}; lúc được lúc không", _grounds(doubtful))


def judge_speed(record: Interference, *, sure: bool) -> None:
    """Fails where a place takes longer by a good part of the collector's delay, in every passage.

    Where that is so in some passages only, a person is asked, unless only what is `sure` is wanted.
    """
    waiting = []
    for place in Place:
        plain = [stop.duration_ms / 1000 for one in record.plain if (stop := one.at(place))]
        slow = [stop.duration_ms / 1000 for one in record.disturbed if (stop := one.at(place))]
        if not plain or not slow:
            continue
        usual, now = median(plain), median(slow)
        if now - usual < WAITING_SHARE * record.delay_s or now < WAITING_FACTOR * usual:
            continue
        figures = f"{place.vietnamese}: {_seconds(usual)} thành {_seconds(now)}"
        waiting.append((figures, min(slow) > max(plain) and len(slow) > 1))
    if not waiting:
        return
    said = "; ".join(figures for figures, _ in waiting)
    grounds = Grounds(
        expected=f"nhanh như bình thường dù máy đo trả lời sau {record.delay_s:g} giây",
        seen=f"{said} (trung vị của {len(record.disturbed)} lần)",
        where=", ".join(record.hosts),
    )
    if any(always for _, always in waiting):
        fail(f"trang chờ máy đo: {said}", grounds)
    if not sure:
        needs_review(f"có lúc chậm hơn khi máy đo chậm: {said}", grounds)


def _grounds(lost: Sequence[tuple[Interference, Place, str]]) -> Grounds:
    addresses = [stop.address for record, place, _ in lost for one in record.plain[:1] if (stop := one.at(place))]
    errors = [error for record, _, _ in lost for one in record.disturbed for error in one.errors]
    return Grounds(
        expected="đi hết quãng đường như khi không bị cản",
        seen="; ".join([*(words for _, _, words in lost), *dict.fromkeys(errors[:3])]),
        where=", ".join(dict.fromkeys(addresses)),
    )


def _seconds(value: float) -> str:
    return f"{value:.1f} giây".replace(".", ",")
