"""3.5 Ổn định."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.judgement import Grounds, fail, not_applicable, partial
from toantrinh.observations.site import PageFacts, ResourceFacts
from toantrinh.observers.site.wayfinding import at_home

TEXT = re.compile(r"^text/|javascript|json|[+/]xml|svg|wasm|font/(?:ttf|otf)", re.I)
COMPRESSED = frozenset({"gzip", "br", "zstd", "deflate"})
CAPTCHA = re.compile(r"captcha|ma-?_?bao-?_?mat|ma-?_?xac-?_?nhan|securimage|verif", re.I)
LEAST_BYTES = 1024
STATIC = ("script", "stylesheet", "font", "image")
MAX_AGE = re.compile(r"(?:max-age|s-maxage)\s*=\s*\"?(\d+)", re.I)


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
