"""The scorecard on paper: `index.html` as Chromium prints it: tagged, with bookmarks (ISO 32000-2)."""

from __future__ import annotations

import argparse
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.browsers import opened_browser
from toantrinh.bundle.contents import contents_of
from toantrinh.bundle.manifest import faults_of_files, manifest_of, unpack
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.reports.html import FILE_NAME as PAGE
from toantrinh.scorecard import FILE_NAME as CARD
from toantrinh.scorecard import validate_scorecard
from toantrinh.scorecard_model import Scorecard
from toantrinh.store import disk_mistake, write_whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser, PdfMargins, Route

NOBODY = ("localhost",)  # the only host that the browser would find; the page asks for none
MARGIN: PdfMargins = {"top": "14mm", "bottom": "18mm", "left": "13mm", "right": "13mm"}
FOOT = (
    '<div style="font:8px sans-serif;color:#444;width:100%;padding:0 13mm;display:flex;justify-content:space-between">'
    '<span>{words}</span><span><span class="pageNumber"></span>/<span class="totalPages"></span></span></div>'
)


def pdf_command(chosen: argparse.Namespace) -> int:
    """`toantrinh pdf RUN`: writes the scorecard of a run's folder or of a bundle as PDF. Raises UserMistake."""
    place: Path = chosen.run
    with tempfile.TemporaryDirectory(prefix="toantrinh-in-") as passing:
        folder = _folder(place, Path(passing))
        card = validate_scorecard(folder / CARD)
        if not (folder / PAGE).is_file():
            raise UserMistake(f"there is no {PAGE} here to be printed.", shown(place), "Judge it again: --replay.")
        with opened_browser(NOBODY, path=chosen.browser_path) as browser:
            raw = pdf_of(folder / PAGE, card, browser)
    out = chosen.out or place.resolve().with_name(f"{place.resolve().name.removesuffix('.zip')}.pdf")
    try:
        write_whole(out, raw)
    except OSError as error:
        raise disk_mistake(out, error) from None
    print(f"{shown(out)}: {len(raw) / 1e6:.1f} MB")
    return 0


def pdf_of(page: Path, card: Scorecard, browser: Browser) -> bytes:
    """The page printed on A4, with its run and the page number at the foot of each sheet. Its scripts do not run, and
    nothing but files beside it is read."""
    words = f"{card.system.name} · {card.run.id} · {card.criteria_set.id} {card.criteria_set.version}"
    context = browser.new_context(java_script_enabled=False, offline=True, locale="vi-VN")
    try:
        folder = page.resolve().parent

        def beside(route: Route) -> None:
            if route.request.url.startswith((f"{folder.as_uri()}/", "data:")):
                route.continue_()
            else:
                route.abort()

        context.route("**/*", beside)
        sheet = context.new_page()
        sheet.goto(page.resolve().as_uri())
        return sheet.pdf(
            format="A4", margin=MARGIN, print_background=True, tagged=True, outline=True, display_header_footer=True,
            header_template="<span></span>", footer_template=FOOT.format(words=escape(words)),
        )  # fmt: skip
    finally:
        context.close()


def _folder(place: Path, passing: Path) -> Path:
    """The folder of the run: itself, or a bundle unpacked where it may pass away. Raises UserMistake."""
    if place.is_dir():
        return place
    with contents_of(place) as contents:
        manifest = manifest_of(contents)
        for fault in faults_of_files(contents, manifest):
            raise UserMistake(f"{fault}.", shown(place), "Ask for the bundle again: this one was altered or damaged.")
        unpack(contents, manifest, passing)
    return passing
