"""3.5 Ổn định."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NoReturn

from fixtures.checks import check
from fixtures.load import Load
from fixtures.pages import SiteRecord
from suites.performance.load_rules import LIMITED, judged_of, kinds, limited_by_address, seconds
from suites.performance.stability_rules import FELT_S, drift_words, surely_drifts, worse_after
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, partial
from toantrinh.observations.load_run import StageName
from toantrinh.observations.site import PageFacts, ResourceFacts
from toantrinh.observers.site.wayfinding import at_home

TEXT = re.compile(r"^text/|javascript|json|[+/]xml|svg|wasm|font/(?:ttf|otf)", re.I)
COMPRESSED = frozenset({"gzip", "br", "zstd", "deflate"})
CAPTCHA = re.compile(r"captcha|ma-?_?bao-?_?mat|ma-?_?xac-?_?nhan|securimage|verif", re.I)
LEAST_BYTES = 1024
STATIC = ("script", "stylesheet", "font", "image")
MAX_AGE = re.compile(r"(?:max-age|s-maxage)\s*=\s*\"?(\d+)", re.I)


@check("load.soak-no-drift")
def test_soak_shows_no_drift(load: Load) -> None:
    """Chạy lâu ở tải thường, thời gian phản hồi không tăng dần."""
    load.normal()
    drift, tail = load.data.drift, load.tail_of_normal()
    if drift.why_unknown:
        not_tested(f"chưa đủ để thấy xu hướng: {drift.why_unknown}; chạy lâu hơn với --soak=5m{tail}")
    said = drift_words(drift)
    grounds = load.grounds("không tăng dần", said, "3.5 --soak=10m")
    if surely_drifts(drift):
        load.blame(f"chậm dần: {said}{tail}", grounds)
    if drift.drifts and drift.rise > FELT_S:
        needs_review(f"có thể chậm dần: {said}; đợt đo ngắn, chạy lại với --soak=10m{tail}", grounds)
    load.remark(f"{said}{tail}")


@check("load.soak-no-error")
def test_soak_shows_no_error(load: Load) -> None:
    """Chạy lâu ở tải thường không phát sinh lỗi."""
    stage = load.normal()
    figures, tail = judged_of(load, stage), load.tail_of_normal()
    wrong, count = sum(one.wrong for one in figures), sum(one.count for one in figures)
    faulty = [one for one in figures if one.wrong]
    named = ", ".join(f"{one.title} {one.wrong}/{one.count}" for one in faulty)
    said = f"{wrong}/{count} lượt lỗi trong {stage.lasted:.0f} giây: {kinds(faulty)}; {named}"
    grounds = load.grounds("không lượt lỗi nào", said, "3.5 --soak=10m", ", ".join(one.title for one in faulty))
    if wrong > 1 and limited_by_address(load, stage):
        needs_review(f"{said}; {LIMITED}{tail}", grounds)
    if wrong > 1:
        load.blame(f"{said}{tail}", grounds)
    if wrong:
        needs_review(f"{said}; chỉ một lượt, cần đo lại{tail}", grounds)
    if never := [one for one in stage.operations if one not in figures]:
        what = ", ".join(f"{one.title} ({one.count} lượt: {kinds([one])})" for one in never)
        needs_review(
            f"không lượt nào ra đúng trang: {what}; do hệ thống chặn hoặc kịch bản tải chưa đúng{tail}", grounds
        )
    if not count or not stage.whole:
        needs_review(f"tải thường chưa chạy trọn{tail}", grounds)
    load.remark(f"0 lỗi trong {count} lượt, {stage.seconds:.0f} giây")


@check("load.peak-recovers")
def test_recovers_after_the_peak(load: Load) -> None:
    """Sau đợt tải đỉnh ngắn, thời gian phản hồi trở về mức trước đỉnh."""
    load.normal()
    after, peak = load.data.stage(StageName.RECOVERY), load.data.after_peak
    tail, sending = load.tail(load.data.normal), load.data.normal
    grounds = load.grounds(
        "như trước đỉnh", f"trước đỉnh {seconds(peak.before)}, sau đỉnh {seconds(peak.after)}{tail}", "3.5"
    )
    if load.data.answers_again is not None:
        _after_a_stop(load, grounds)
    if sending.stopped and not after.whole:
        needs_review(f"chưa xem được lúc hồi phục{tail}", grounds)
    load.need_trust(after.why_not_trusted)
    figures, before = judged_of(load, after), judged_of(load, load.data.stage(StageName.NORMAL))
    wrong, count = sum(one.wrong for one in figures), sum(one.count for one in figures)
    if wrong and not any(one.wrong for one in before):
        said = f"sau đỉnh {wrong}/{count} lượt lỗi ({kinds(figures)}), trước đỉnh không có"
        if wrong > 1 and not limited_by_address(load, after):
            load.blame(said, grounds)
        needs_review(f"{said}; {LIMITED if wrong > 1 else 'cần đo lại'}", grounds)
    if peak.ratio is None or peak.between is None:
        not_tested(f"quá ít lượt sau đỉnh để kết luận ({peak.count} lượt)", grounds)
    said = f"sau đỉnh chờ {seconds(peak.after)}, trước đỉnh {seconds(peak.before)} ({peak.count} lượt)"
    if worse_after(peak, peak.ratio) and load.data.drift.drifts:
        needs_review(f"{said}; đã chậm dần từ trước đỉnh nên không rõ đỉnh có để lại gì", grounds)
    if worse_after(peak, peak.between.low):
        load.blame(f"chưa hồi phục: {said}", grounds)
    if worse_after(peak, peak.ratio):
        needs_review(f"có thể chưa hồi phục: {said}", grounds)
    load.remark(said)


def _after_a_stop(load: Load, grounds: Grounds) -> NoReturn:
    """Ends the check where the system broke in the peak or after it."""
    said = f"đợt đỉnh làm hệ thống ngừng{load.tail(load.data.normal)}"
    if load.data.answers_again:
        needs_review(f"{said}; ngừng gửi một lúc thì trả lời lại, cần xem thời gian hồi phục", grounds)
    stages = [load.data.stage(name) for name in (StageName.PEAK, StageName.RECOVERY)]
    said = f"chưa hồi phục: {said}; ngừng gửi rồi xem lại vài lần, hệ thống vẫn không trả đúng trang"
    if any(limited_by_address(load, stage) for stage in stages):
        needs_review(f"{said}; {LIMITED}", grounds)
    load.blame(said, grounds)


@check("speed.compressed")
def test_text_is_compressed(site: SiteRecord) -> None:
    """Tệp văn bản trên 1 KB được nén bằng gzip, br hoặc zstd."""
    files = [
        file
        for file in _own_files(site.pages())
        if TEXT.search(file.content_type) and file.body_bytes is not None and file.body_bytes > LEAST_BYTES
    ]
    if not files:
        not_applicable("không có tệp văn bản nào trên 1 KB")
    bare = [file for file in files if not {e.strip().lower() for e in file.encoding.split(",")} & COMPRESSED]
    _share(files, bare, "không nén", "gzip, br hoặc zstd")


@check("speed.cacheable")
def test_static_files_can_be_cached(site: SiteRecord) -> None:
    """Tệp tĩnh có thời hạn lưu đệm hoặc nhãn xác thực; lần xem lại không tải lại toàn bộ."""
    files = [f for f in _own_files(site.pages()) if f.kind in STATIC and f.status == 200 and not _made_once(f)]
    if not files:
        not_applicable("không có tệp tĩnh nào trên máy của hệ thống")
    _share(files, [file for file in files if not is_cacheable(file)], "không lưu đệm được", "Cache-Control hoặc ETag")


def _made_once(file: ResourceFacts) -> bool:
    """True for a captcha's picture: it is made anew each time, and keeping it would be the fault."""
    return file.kind == "image" and bool(CAPTCHA.search(file.address))


def is_cacheable(file: ResourceFacts) -> bool:
    """True when a second visit can do without fetching the whole file again (RFC 9111 §4.2, §4.3)."""
    control = file.cache_control.lower()
    if "no-store" in control:
        return False
    age = MAX_AGE.search(control)
    lasts_s = float(age.group(1)) if age else file.expires_in_s or 0
    return file.validator or lasts_s > 0


def _own_files(pages: Iterable[PageFacts]) -> list[ResourceFacts]:
    """The files of the system's own origin, each once, in the order in which they were first seen."""
    found: dict[str, ResourceFacts] = {}
    for page in pages:
        for file in page.resources:
            if at_home(file.address, page.address) and 200 <= file.status < 300:
                found.setdefault(file.address, file)
    return list(found.values())


def _share(files: list[ResourceFacts], faulty: list[ResourceFacts], what: str, expected: str) -> None:
    if not faulty:
        return
    named = "; ".join(f"{file.address} ({file.body_bytes or '?'} byte)" for file in faulty[:6])
    message = f"{len(faulty)}/{len(files)} tệp {what}: {named}"
    grounds = Grounds(
        expected=expected, seen=f"{len(faulty)} tệp {what}", where=", ".join(file.address for file in faulty[:6])
    )
    if len(faulty) == len(files):
        fail(message, grounds)
    partial(1 - len(faulty) / len(files), message, grounds)
