"""Ways of sending: by a page's script, which may refuse, and with the whole application alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from tests.session_security.conftest import verdict_of
from tests.uploads.kinds import (
    DISGUISED,
    NAMES,
    SCRIPT,
    Open,
    Shown,
    inline,
)
from tests.uploads.vendors import Kept, Vendor, visited
from toantrinh.observations.mistakes import Outcome
from toantrinh.verdicts import Verdict

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
        return super().take(kept) if "Mozilla" in request.headers["User-Agent"] else ("Từ chối", 403)


def test_where_only_the_page_could_be_asked_that_is_said(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Single(script=SCRIPT_CHECK), tmp_path, monkeypatch, "double-extension") as record:
        verdict, said = verdict_of(DISGUISED, record)
    assert (
        verdict is Verdict.NOT_TESTED and "chỉ trang từ chối" in said and "tệp đúng loại cũng không được nhận" in said
    )


PEEKS = """<script>const form = document.querySelector('form');
form.addEventListener('submit', event => {
  const name = new FormData(form).get('tep').name, wrong = !/[.](pdf|docx)$/.test(name);
  if (wrong) event.preventDefault();
  said.textContent = wrong ? `Tệp ${name} không đúng loại. Vui lòng chọn tệp khác.` : '';
})</script><p id=said role=alert></p>"""


@pytest.mark.parametrize("taken", [True, False])
def test_a_script_that_reads_the_form_and_refuses_is_no_refusal_by_the_server(
    taken: bool, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = Shown(script=PEEKS) if taken else Vendor(script=PEEKS)
    with visited(chromium, vendor, tmp_path, monkeypatch, "svg", "html") as record:
        verdict, said = verdict_of(SCRIPT, record)
    assert {one.outcome for one in record.data.files} == {Outcome.REFUSED}
    assert {one.direct for one in record.data.files} == {Outcome.ACCEPTED if taken else Outcome.REFUSED}
    assert verdict is (Verdict.FAIL if taken else Verdict.PASS), said


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


@dataclass
class WholeForm(Vendor):
    """Its files go with the application; what is wrong with either is said on the page that comes back."""

    says: bool = True

    def take(self, kept: Kept) -> ResponseReturnValue:
        said = "" if request.form["ten"] else "<p role=alert>Vui lòng nhập họ tên</p>"
        if self.says and self.refusal(kept):
            said += "<p role=alert>Tệp giấy khai sinh không đúng định dạng PDF</p>"
        return self.page(said) if said else "<h1>Đã nộp hồ sơ thành công</h1><p>Mã hồ sơ: H99-261122-0001</p>"

    def page(self, said: str = "") -> str:
        assert not self.files
        return f"""<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng</title><main><h1>Tờ khai</h1>{said}
        <form method=post action=/gui enctype=multipart/form-data>
        <label>Họ tên <input name=ten required value="An"></label>
        <label>Giấy khai sinh (PDF) <input type=file name=tep accept=".pdf"></label>
        <button>Nộp hồ sơ</button></form><script>document.forms[0].noValidate = true</script></main></html>"""


@pytest.mark.parametrize("says", [True, False])
def test_files_that_go_with_the_application_are_tried_and_nothing_is_handed_in(
    says: bool, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = WholeForm(says=says)
    with visited(chromium, vendor, tmp_path, monkeypatch, "double-extension", "script-extension") as record:
        verdict, said = verdict_of(DISGUISED, record)
    assert record.data.waits and vendor.posts == 4
    assert all(not one.accepted for one in record.data.files)
    assert verdict is (Verdict.PASS if says else Verdict.NOT_TESTED), said
    assert says or "tệp chỉ được gửi cùng cả hồ sơ" in said
