"""What vendors make of files that ought to be refused: faults are named for what they are, look-alikes stay silent."""

from __future__ import annotations

import html
import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from flask import Response, redirect
from flask.typing import ResponseReturnValue
from PIL import Image
from playwright.sync_api import Browser

from fixtures.uploads import UploadsSeen
from suites.security import test_4_5_uploads as suite
from tests.prober.conftest import Serve, serve
from tests.prober.scripted import Heard, Said
from tests.session_security.conftest import verdict_of
from tests.suites_functional.mistakes import journey_to
from tests.uploads.vendors import PAGE, Kept, Vendor, named_line, round_at, visited
from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.http_answers import AnswersSeen, HttpAnswer
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.uploads import UploadsRecord
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

__all__ = ["serve"]

Check = Callable[[UploadsSeen], None]
DISGUISED = suite.test_disguised_executables_are_refused
SCRIPT = suite.test_script_bearing_uploads_are_harmless
HARMFUL = suite.test_harmful_uploads_are_refused
NAMES = suite.test_file_names_are_held
DOWNLOADS = suite.test_downloads_are_safe


class Renaming(Vendor):
    """Refuses with a page that is loaded again, keeps under names of its own."""

    def refusal(self, kept: Kept) -> str:
        return "" if kept.content.startswith(b"%PDF-") else "Tệp không đúng loại"

    def take(self, kept: Kept) -> ResponseReturnValue:
        if why := self.refusal(kept):
            self.said = f"<p role=alert>{why}</p>"
            return redirect("/giay-to", 303)
        self.said = ""
        return super().take(kept)

    def look(self) -> ResponseReturnValue:
        return self.page(getattr(self, "said", ""))


class Open(Vendor):
    """Takes whatever comes and shows it by the name it came with."""

    def refusal(self, kept: Kept) -> str:
        return ""

    def line(self, key: str, kept: Kept) -> str:
        return named_line(key, kept)


class ElsewhereHost(Open):
    """Gives all files out from a host of its own, which no file of ours names."""

    def line(self, key: str, kept: Kept) -> str:
        return f'<li><a href="http://tep.vendor.invalid/{key}">{html.escape(kept.name)}</a></li>'


class AsBytes(Open):
    """Gives all files out as bytes to be saved, under a safe name."""


@dataclass
class ReEncoding(Vendor):
    """Draws every picture anew, and takes what claims to be one for a picture."""

    accept: str = ".jpg,.png"

    def refusal(self, kept: Kept) -> str:
        return "" if kept.content.startswith(b"\xff\xd8\xff") or b"<svg" in kept.content else "Tệp không đúng loại"

    def give(self, key: str) -> ResponseReturnValue:
        out = io.BytesIO()
        Image.new("RGB", (40, 40), "white").save(out, "JPEG")
        headers = {"X-Content-Type-Options": "nosniff"}
        return Response(out.getvalue(), content_type="image/jpeg", headers=headers)


def inline(kept: Kept, media: str, **headers: str) -> Response:
    return Response(kept.content, content_type=media, headers={"X-Content-Type-Options": "nosniff", **headers})


class Shown(Open):
    """Shows every file in the browser by its extension."""

    headers: ClassVar[dict[str, str]] = {}

    def give(self, key: str) -> ResponseReturnValue:
        end = self.files[key].name.rsplit(".", 1)[-1]
        known = {"svg": "image/svg+xml", "html": "text/html", "pdf": "application/pdf"}
        return inline(self.files[key], known.get(end, "application/octet-stream"), **self.headers)


class Sandboxed(Shown):
    headers: ClassVar[dict[str, str]] = {"Content-Security-Policy": "sandbox"}


def test_a_vendor_that_renames_and_reloads_passes_everything(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Renaming(), tmp_path, monkeypatch) as record:
        said = {check.__name__: verdict_of(check, record) for check in (DISGUISED, SCRIPT, NAMES, DOWNLOADS, HARMFUL)}
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    assert len(record.data.files) == 17 and record.data.exchanges.spent <= 30


@pytest.mark.parametrize(
    ("vendor", "check", "keys"),
    [
        (ElsewhereHost(), DISGUISED, ("double-extension", "program-as-document")),
        (ElsewhereHost(), SCRIPT, ("svg", "html")),
        (ElsewhereHost(), HARMFUL, ("eicar",)),
        (ElsewhereHost(), NAMES, ("path-up", "markup")),
        (AsBytes(), DISGUISED, ("program-as-document", "script-extension")),
        (AsBytes(), SCRIPT, ("svg", "html", "html-as-document")),
        (AsBytes(), DOWNLOADS, ("svg", "path-up")),
        (ReEncoding(), SCRIPT, ("svg", "html")),
        (ReEncoding(), DOWNLOADS, ("svg",)),
        (Sandboxed(), SCRIPT, ("svg", "html")),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Vendor) else "",
)
def test_what_only_looks_like_a_fault_is_none(
    vendor: Vendor,
    check: Check,
    keys: tuple[str, ...],
    chromium: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with visited(chromium, vendor, tmp_path, monkeypatch, *keys) as record:
        verdict, said = verdict_of(check, record)
    assert any(one.accepted for one in record.data.files)
    assert verdict in (Verdict.PASS, Verdict.NEEDS_REVIEW), said
    if check in (SCRIPT, DOWNLOADS):
        assert verdict is Verdict.PASS, said


def test_script_that_runs_where_it_is_opened_is_found_with_a_picture(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Shown(), tmp_path, monkeypatch, "svg", "html", "html-as-document") as record:
        verdict, said = verdict_of(SCRIPT, record)
        shown = [one.path for one in record.evidence if "chạy" in one.title]
    assert verdict is Verdict.FAIL
    assert "ảnh SVG có mã kịch bản mở ra thì chạy ở http://127.0.0.1" in said and "curl -sS" in said
    assert "công dân A" in said and "mang tên .pdf" not in said
    assert shown and all((tmp_path / path).is_file() for path in shown)
    verdict, said = verdict_of(DOWNLOADS, record)
    assert verdict is Verdict.FAIL and "kiểu image/svg+xml được mở ngay trong trình duyệt" in said


class Executing(Open):
    """Its web server runs PHP wherever it sees it in a name."""

    def give(self, key: str) -> ResponseReturnValue:
        kept = self.files[key]
        run = ".php" in kept.name and b"<?php" in kept.content
        return inline(Kept(kept.name, "", b"kt-1764-kt") if run else kept, "text/html" if run else "application/pdf")


def test_a_server_that_runs_an_uploaded_program_is_found(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Executing(), tmp_path, monkeypatch, "script-extension") as record:
        verdict, said = verdict_of(DISGUISED, record)
    assert verdict is Verdict.FAIL and "máy chủ chạy mã PHP" in said


@dataclass
class Scanning(Open):
    """Takes all files, and looks for viruses afterwards: `after` says what it makes of them."""

    after: str = "removes"

    def line(self, key: str, kept: Kept) -> str:
        note = " (đang quét mã độc)" if self.after == "says so" else ""
        return f'<li><a href="/tep/{key}">{html.escape(kept.name)}</a>{note}</li>'

    def give(self, key: str) -> ResponseReturnValue:
        answer = super().give(key)
        if self.after == "removes":
            self.files.clear()
        return answer


@pytest.mark.parametrize(
    ("after", "expected", "words"),
    [
        ("removes", Verdict.PASS, ""),
        ("says so", Verdict.NEEDS_REVIEW, "đang quét"),
        ("nothing", Verdict.FAIL, "cuối lần thử vẫn còn nguyên"),
    ],
)
def test_a_virus_counts_when_it_is_still_there_at_the_end(
    after: str, expected: Verdict, words: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Scanning(after=after), tmp_path, monkeypatch, "eicar", "eicar-inside") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert (verdict, words in said) == (expected, True), said


@dataclass
class Unpacking(Vendor):
    """Unpacks what is sent: an archive that inflates is an error, or (`ends`) the end of all service."""

    ends: bool = False
    over: bool = False

    def take(self, kept: Kept) -> ResponseReturnValue:
        if len(kept.content) < 90_000:
            return super().take(kept)
        self.over = self.ends
        return super().take(kept) if self.ends else ("Lỗi bộ nhớ", 500)

    def home(self) -> ResponseReturnValue:
        return ("Hết bộ nhớ", 503) if self.over else super().home()


@pytest.mark.parametrize(
    ("ends", "words"),
    [(False, "máy chủ lỗi 500 khi nhận tài liệu .docx phình ra"), (True, "ngừng phục vụ (HTTP 503)")],
)
def test_a_system_that_breaks_on_an_archive_is_found(
    ends: bool, words: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Unpacking(ends=ends), tmp_path, monkeypatch, "inflating-document") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert verdict is Verdict.FAIL and words in said, said


class RawName(Open):
    def line(self, key: str, kept: Kept) -> str:
        return f'<li><a href="/tep/{key}">{kept.name}</a></li>'


class InAttribute(Open):
    """Repeats the name where it can do nothing: in an attribute that is quoted, and in a comment."""

    def refusal(self, kept: Kept) -> str:
        return Vendor.refusal(self, kept)

    def line(self, key: str, kept: Kept) -> str:
        name = html.escape(kept.name)
        return f'<li><!-- {name} --><a href="/tep/{key}" title="{name}">{name}</a></li>'


class ByPath(Open):
    """Its folder of the dossier is left by `..`, as its web server resolves it."""

    def take(self, kept: Kept) -> ResponseReturnValue:
        up = kept.name.startswith("../")
        self.files = {f"{kept.name[3:] if up else '81/' + kept.name.split('/')[-1]}": kept}
        return redirect("/giay-to", 303)


class Breaking(Vendor):
    def take(self, kept: Kept) -> ResponseReturnValue:
        return ("Lỗi máy chủ", 500) if len(kept.name) > 255 else super().take(kept)


@pytest.mark.parametrize(
    ("vendor", "key", "expected", "words"),
    [
        (RawName(), "markup", Verdict.FAIL, "trở thành phần tử của trang"),
        (InAttribute(), "markup", Verdict.PASS, ""),
        (ByPath(), "path-up", Verdict.FAIL, "tệp nằm ở /tep, ngoài /tep/81"),
        (Open(), "path-up", Verdict.NEEDS_REVIEW, "trang hiện “../kt"),
        (Breaking(), "long", Verdict.NEEDS_REVIEW, "máy chủ lỗi 500"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Vendor) else "",
)
def test_names_are_judged_by_what_becomes_of_them(
    vendor: Vendor, key: str, expected: Verdict, words: str,
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with visited(chromium, vendor, tmp_path, monkeypatch, key) as record:
        verdict, said = verdict_of(NAMES, record)
    assert (verdict, words in said) == (expected, True), said


SCRIPT_CHECK = """<script>document.querySelector('[type=file]').addEventListener('change', event => {
  if (!/[.](pdf|docx)$/.test(event.target.files[0].name)) { event.target.value = ''; said.textContent = 'Tệp không đúng loại'; }
  else said.textContent = '';
})</script><p id=said role=alert></p>"""


class PageOnly(Open):
    """Its page looks at names, its server at nothing."""

    def give(self, key: str) -> ResponseReturnValue:
        kept = self.files[key]
        return inline(kept, kept.mime, **{"Content-Disposition": f'attachment; filename="{kept.name}"'})


@pytest.mark.parametrize("taken", [True, False])
def test_what_the_page_refuses_is_asked_of_the_server_too(
    taken: bool, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = PageOnly(script=SCRIPT_CHECK) if taken else Vendor(script=SCRIPT_CHECK)
    with visited(chromium, vendor, tmp_path, monkeypatch, "double-extension") as record:
        verdict, said = verdict_of(DISGUISED, record)
        tried = record.data.files[0]
    assert tried.outcome is not Outcome.ACCEPTED and tried.direct is (Outcome.ACCEPTED if taken else Outcome.REFUSED)
    assert verdict is (Verdict.FAIL if taken else Verdict.PASS), said
    assert not taken or "hỏi thẳng, trang thì từ chối" in said


class Single(PageOnly):
    """Its server wants what only its page knows: the upload cannot be repeated."""

    def take(self, kept: Kept) -> ResponseReturnValue:
        from flask import request

        return super().take(kept) if "Mozilla" in request.headers["User-Agent"] else ("Từ chối", 403)


def test_where_only_the_page_could_be_asked_that_is_said(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Single(script=SCRIPT_CHECK), tmp_path, monkeypatch, "double-extension") as record:
        verdict, said = verdict_of(DISGUISED, record)
    assert (
        verdict is Verdict.NOT_TESTED and "chỉ trang từ chối" in said and "tệp đúng loại cũng không được nhận" in said
    )


@dataclass
class Banning(Vendor):
    """Bans whoever sends a bad file: from then on everybody is refused."""

    banned: bool = False

    def take(self, kept: Kept) -> ResponseReturnValue:
        self.banned = self.banned or bool(self.refusal(kept))
        return self.page("<p role=alert>Tệp không đúng loại</p>") if self.banned else super().take(kept)


class SaysYes(Vendor):
    """Answers 200 and “Đã nhận” to everything, and has nothing."""

    def take(self, kept: Kept) -> ResponseReturnValue:
        return self.page("<p role=status>Đã nhận.</p>")


class Dropping(Open):
    """Takes files, and gives them back without end, or in a circle."""

    def give(self, key: str) -> ResponseReturnValue:
        if self.files[key].name.endswith("svg"):
            return redirect(f"/tep/{key}", 302)

        def forever():  # type: ignore[no-untyped-def]
            until = time.monotonic() + 20
            while time.monotonic() < until:
                yield b"x" * 65536

        return Response(forever(), content_type="application/pdf")


@pytest.mark.parametrize(
    ("vendor", "keys", "verdicts"),
    [
        (Banning(), ("double-extension", "program-as-document"), {Verdict.NOT_TESTED}),
        (SaysYes(), ("double-extension",), {Verdict.NEEDS_REVIEW, Verdict.NOT_TESTED}),
        (Dropping(), ("program-as-document", "svg"), {Verdict.NEEDS_REVIEW}),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Vendor) else "",
)
def test_systems_that_ban_say_yes_or_never_end_are_not_accused(
    vendor: Vendor, keys: tuple[str, ...], verdicts: set[Verdict],
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with visited(chromium, vendor, tmp_path, monkeypatch, *keys) as record:
        said = [verdict_of(DISGUISED, record)]
        if "svg" in keys:
            said.append(verdict_of(SCRIPT, record))
    assert {verdict for verdict, _ in said} <= verdicts, said


BY_SCRIPT = """<script>document.querySelector('form').addEventListener('submit', event => {
  event.preventDefault();
  const data = new FormData(event.target), name = data.get('tep').name;
  fetch('/gui', { method: 'POST', body: data }).then(answer => answer.json()).then(told => {
    done.textContent = told.why || ''; list.textContent = told.data ? name : '';
  });
})</script><p id=done role=alert></p><p id=list></p>"""


class ByScript(Shown):
    """Its page sends by script and shows names alone; where a file lies stands in the answer's JSON."""

    def take(self, kept: Kept) -> ResponseReturnValue:
        if kept.content.startswith(b"MZ"):
            return {"why": "Tệp không đúng loại"}
        super().take(kept)
        return {"data": {"name": kept.name, "url": f"/tep/{next(iter(self.files))}"}}


def test_files_are_found_again_by_what_the_answer_to_the_upload_says(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = ByScript(script=BY_SCRIPT)
    with visited(chromium, vendor, tmp_path, monkeypatch, "double-extension", "svg", "path-up") as record:
        said = {check: verdict_of(check, record) for check in (DISGUISED, SCRIPT, NAMES)}
    assert said[DISGUISED][0] is Verdict.PASS, said
    assert said[SCRIPT][0] is Verdict.FAIL and "ảnh SVG có mã kịch bản mở ra thì chạy" in said[SCRIPT][1]
    assert said[NAMES][0] is Verdict.NEEDS_REVIEW


def test_files_that_the_browser_was_given_on_the_journey_are_judged_too() -> None:
    def row(address: str, headers: int, kind: str = "application/pdf") -> HttpAnswer:
        return HttpAnswer(
            method="GET",
            address=address,
            kind="document",
            status=200,
            content_type=kind,
            headers=headers,
            step="result",
        )

    table = ({"content-disposition": "attachment; filename=…"}, {"x-content-type-options": "nosniff"}, {})
    rows = (row("/bien-nhan", 0), row("/ket-qua", 1), row("/trang-chu", 2, "text/html"), row("/khong-ro", -1))
    service = load_system("demo").services[0]
    heard = journey_to(service, "/").model_copy(update={"answers": AnswersSeen(table=table, answers=rows)})
    nothing = Exchanges(subject="input", seed=1, exchanges=(), spent=0, limit=1)
    record = UploadsSeen(UploadsRecord(name="uploads", exchanges=nothing), heard)
    verdict, said = verdict_of(DOWNLOADS, record)
    assert verdict is Verdict.FAIL and said.startswith("thiếu X-Content-Type-Options: nosniff: /bien-nhan |")
    empty = UploadsSeen(UploadsRecord(name="uploads", exchanges=nothing, downloads_why="không có hồ sơ"))
    assert verdict_of(DOWNLOADS, empty) == (
        Verdict.NOT_TESTED,
        "chưa thấy tệp nào của hồ sơ được tải về: không có hồ sơ |  | ",
    )


def test_a_connection_that_breaks_on_a_file_is_named_and_no_accusation(
    serve: Serve, chromium: Browser, tmp_path: Path
) -> None:
    page = PAGE.format(said="", accept=".pdf", script="", files="{files}")
    kept: list[str] = []

    def answer(heard: Heard) -> Said:
        if heard.method == "GET":
            files = "".join(f'<li><a href="/tep/{name}">{name}</a></li>' for name in kept)
            return Said(200, page.replace("{files}", files) if heard.path == "/giay-to" else "%PDF-1")
        if b"%PDF-" not in heard.body:
            return Said(act="drop")
        kept[:] = re.findall(r'filename="(?:[^"]*/)?(\w+)', heard.body.decode("utf-8", "replace"))
        return Said(303, "", (("Location", "/giay-to"),))

    with round_at(chromium, serve(answer).address, tmp_path) as record:
        said = [verdict_of(check, record) for check in (DISGUISED, SCRIPT)]
    assert record.data.before and record.data.before.accepted
    assert [verdict for verdict, _ in said] == [Verdict.NOT_TESTED, Verdict.NOT_TESTED], said
    assert "chưa thử được chương trình hai phần mở rộng" in said[0][1]
    assert "3 tệp liền nhau không gửi được" in said[1][1]
