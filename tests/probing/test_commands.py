"""The commands of the command line: what they print, with which status they leave, what they write and never write."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.probing.conftest import HOUSE, Serve
from tests.strangers.may_portal import CODE, NAME, Office
from toantrinh.command_line import main
from toantrinh.probing.rehearsal import Rehearsed, Sight, rehearse
from toantrinh.store import Attachments
from toantrinh.system_model import System
from toantrinh.systems import load_system


def toantrinh(*arguments: str, cwd: Path = HOUSE) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "toantrinh", *arguments], cwd=cwd, capture_output=True, timeout=120, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_from_an_address_to_a_file_that_is_checked(may: tuple[str, Office], tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    status, said = toantrinh("probe", may[0], "--out", "systems/may.yaml", "--name", "Cổng huyện Mây", cwd=tmp_path)
    assert status == 0 and f"{CODE}  {NAME}" in said and "toantrinh check may" in said, said
    text = (tmp_path / "systems" / "may.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ") and "name: Cổng huyện Mây" in text
    status, said = toantrinh("validate", "systems/may.yaml", cwd=tmp_path)
    assert status == 0 and "1 services" in said
    before = len(may[1].dossiers)
    status, said = toantrinh("check", "may", cwd=tmp_path)
    assert status == 1 and "KHÔNG THẤY" in said and "Ô tra cứu hồ sơ       thấy        “Số hồ sơ”" in said, said
    assert len(may[1].dossiers) == before


def test_a_file_is_never_written_over_without_being_told(may: tuple[str, Office], tmp_path: Path) -> None:
    file = tmp_path / "may.yaml"
    file.write_text("name: của tôi\n", encoding="utf-8")
    asked = len(may[1].dossiers)
    status, said = toantrinh("probe", may[0], "--out", str(file))
    assert status == 2 and "the file is there already" in said and "--force" in said
    assert file.read_text(encoding="utf-8") == "name: của tôi\n" and asked == len(may[1].dossiers)


def test_a_page_that_is_no_portal_leaves_no_file_unless_wanted(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": "<title>Nhật ký của tôi</title><h1>Nhật ký</h1><p>Hôm nay trời mưa."})
    status, said = toantrinh("probe", site.address, "--out", str(tmp_path / "a.yaml"))
    assert status == 2 and "nothing there is a portal" in said and not (tmp_path / "a.yaml").exists()
    assert "Traceback" not in said
    status, _ = toantrinh("probe", site.address, "--out", str(tmp_path / "a.yaml"), "--force")
    assert status == 0 and load_system(str(tmp_path / "a.yaml")).services == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("probe", "http://127.0.0.1:1"), "the connection is refused"),
        (("probe", "ftp://x"), "expected an address"),
        (("probe", "http://không-có.example"), "its name is unknown"),
        (("check", "demoo"), "Did you mean demo"),
        (("check", "demo", "--service", "1.001194"), "has no service 1.001194. Did you mean"),
        (("check", "demo", "--base-url", "http://127.0.0.1:1", "--browser-path", "/nowhere"), "there is no program /nowhere"),
    ],
)
def test_what_the_user_can_mend_is_one_line(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], may: tuple[str, Office]) -> None:
    given = [may[0] if word == "http://127.0.0.1:1" and "--browser-path" in arguments else word for word in arguments]
    if "--browser-path" in arguments or "không" in arguments[-1]:
        status, words = toantrinh(*given)
    else:
        status, words = main(list(given)), capsys.readouterr().err
    assert status == 2 and said in words and len(words.strip().splitlines()) == 1


def rows(chromium: Browser, name: str, address: str, folder: Path) -> dict[str, Rehearsed]:
    system = load_system(name, base_url=address)
    return {row.step: row for row in rehearse(chromium, system, system.services[0], Attachments(folder, "x", str))}


def test_every_step_of_the_reference_portal_is_found(chromium: Browser, reference: str, tmp_path: Path) -> None:
    seen = rows(chromium, "demo", reference, tmp_path)
    assert {row.sight for row in seen.values()} == {Sight.FOUND} and len(seen) >= 15
    assert "VNeID" in seen["Đăng nhập"].by and "Họ và tên" in seen["Trang đầu biểu mẫu"].by


def test_a_rehearsal_stops_at_the_first_page_of_the_form(chromium: Browser, may: tuple[str, Office], tmp_path: Path) -> None:
    before = dict(may[1].dossiers)
    seen = rows(chromium, str(HOUSE / "tests" / "strangers" / "may.yaml"), may[0], tmp_path)
    assert seen["Trang đầu biểu mẫu"].sight is Sight.FOUND and may[1].dossiers == before
    assert seen["Hướng dẫn"].sight is Sight.NOT_FOUND and "Hướng dẫn sử dụng" in seen["Hướng dẫn"].by
    assert seen["Đăng nhập của cán bộ"].sight is Sight.NOT_LOOKED


def test_what_is_only_read_is_not_pressed(chromium: Browser, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = serve(
        {
            "/": "<title>Cổng</title><form action=/kq><input name=q placeholder='Tìm kiếm thủ tục'><button>Tìm kiếm</button></form><a href=/vao>Đăng nhập</a>",
            "/kq": "<h1>Kết quả</h1><ul><li>3.000001 <a href=/tt/3.000001>Cấp giấy phép chơi cờ</a></ul>",
            "/tt/3.000001": "<h1>Cấp giấy phép chơi cờ</h1><p>Trình tự: nộp đơn.</p><a href=/nop>Nộp trực tuyến</a>",
            "/vao": "<h1>Đăng nhập</h1><form><p>Tên đăng nhập <input name=u></p><p>Mật khẩu <input name=p type=password></p><button>Đăng nhập</button></form>",
        }
    )
    file = tmp_path / "x.yaml"
    file.write_text(f'name: Cổng\nbase_url: {site.address}\nservices:\n  - {{code: "3.000001", name: Cấp giấy phép chơi cờ, declared: một phần}}\n', encoding="utf-8")
    system = load_system(str(file))
    monkeypatch.setattr(System, "is_loopback", property(lambda self: False))
    seen = {row.step: row for row in rehearse(chromium, system, system.services[0], Attachments(tmp_path, "x", str))}
    assert seen["Nút nộp trực tuyến"].sight is Sight.FOUND and seen["Đăng nhập"].sight is Sight.FOUND
    assert seen["Trang đầu biểu mẫu"].sight is Sight.NOT_LOOKED and "chỉ đọc" in seen["Trang đầu biểu mẫu"].by
    assert not any("/nop" in asked for asked in site.asked) and all(asked.startswith("GET") for asked in site.asked)


def test_the_command_line_starts_at_once() -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert toantrinh("--help")[0] == 0
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3, times


def test_a_home_page_that_does_not_open_is_no_success(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": "<title>Bảo trì</title><h1>Hệ thống đang bảo trì</h1>"})
    file = tmp_path / "x.yaml"
    file.write_text(f'name: Cổng\nbase_url: {site.address}\nservices:\n  - {{code: "3.000001", name: Cấp giấy phép chơi cờ, declared: một phần}}\n', encoding="utf-8")
    status, said = toantrinh("check", str(file))
    assert status == 1 and "không mở được trang chủ" in said and "maintenance" in said and "Trang chủ không mở được" in said, said
