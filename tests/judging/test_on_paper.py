"""The scorecard as PDF: tagged, with bookmarks and page numbers, from a run or a bundle; nothing is fetched for it."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cards import card_of, printed
from tests.judging.test_formats import RESULTS
from tests.main_job_started import HOUSE
from toantrinh.bundle.packing import pack_run
from toantrinh.reports import html
from toantrinh.reports.words import span
from toantrinh.scorecard import FILE_NAME, write_scorecard
from toantrinh.store import Store


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run, as far as its reports go."""
    folder = tmp_path / "thu" / "2026-11-22T2000"
    folder.mkdir(parents=True)
    card = card_of(printed(RESULTS))
    write_scorecard(card, folder / FILE_NAME)
    html.write(card, folder)
    return folder


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine and what is asked of it."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def printed_from(*words: Path | str) -> tuple[int, str, str]:
    """How `toantrinh pdf` ends, and what it says: a program of its own, as for whoever calls it."""
    command = [sys.executable, "-m", "toantrinh", "pdf", *map(str, words)]
    ended = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, encoding="utf-8", timeout=120)
    return ended.returncode, ended.stdout, ended.stderr


def letters(text: str) -> str:
    """The text without its spaces: where glyphs of two fonts meet, a reader of PDF may see some that are not there."""
    return "".join(text.split())


def test_a_run_becomes_a_tagged_pdf_with_bookmarks(run: Path) -> None:
    status, out, err = printed_from(run)
    target = run.with_name(f"{run.name}.pdf")
    assert status == 0 and target.name in out, err
    paper = PdfReader(target)
    catalogue = paper.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalogue
    assert str(catalogue["/Lang"]).startswith("vi")
    card = card_of(printed(RESULTS))
    first = letters(paper.pages[0].extract_text())
    assert letters(card.system.name) in first and span(card.score.low, card.score.high) in first
    assert f"1/{len(paper.pages)}" in first and card.run.id in first
    titles = {str(entry.title) for entry in paper.outline if not isinstance(entry, list)}
    titles |= {
        str(one.title)
        for entry in paper.outline
        if isinstance(entry, list)
        for one in entry
        if not isinstance(one, list)
    }
    assert len(titles) >= len(card.groups)


def test_scripts_and_strangers_of_a_page_stay_out(run: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    page = run / html.FILE_NAME
    (run.parent / "khac.txt").write_text("tệp của người khác", encoding="utf-8")
    evil = f"<script>document.title='bị đổi'; fetch('{address}/script')</script><img src='{address}/anh'><iframe src='../khac.txt'></iframe>"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{evil}</main>"), encoding="utf-8")
    out = run / "x.pdf"
    assert printed_from(run, "--out", out)[0] == 0
    assert out.stat().st_size > 10_000 and paths == []
    assert not any("tệpcủangườikhác" in letters(sheet.extract_text()) for sheet in PdfReader(out).pages)
    assert "bị đổi" not in str((PdfReader(out).metadata or {}).get("/Title", ""))


def test_a_bundle_is_printed_beside_itself_and_an_altered_one_is_not(run: Path) -> None:
    Store(run).write_manifest()
    bundle = pack_run(run)
    assert printed_from(bundle)[0] == 0
    assert bundle.with_suffix(".pdf").is_file()
    raw = bytearray(bundle.read_bytes())
    raw[len(raw) // 2] ^= 1
    bundle.write_bytes(raw)
    status, _, err = printed_from(bundle)
    assert status == 2 and "altered or damaged" in err


@pytest.mark.parametrize("place", ["nowhere", "empty"])
def test_what_is_no_run_is_told_in_one_line(place: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, _, err = printed_from(tmp_path / place)
    said = err.strip()
    assert status == 2 and said.count("\n") == 0 and place in said
