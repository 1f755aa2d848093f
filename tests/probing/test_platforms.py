"""The third depth of adaptation: a small class beside the platform's file, loaded by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.probing.conftest import Serve, Site
from toantrinh.journey.walk import make_journey
from toantrinh.mistakes import UserMistake
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.platforms import Platform, load_platform
from toantrinh.store import Attachments
from toantrinh.systems import HOUSE, load_system

# A product whose words nobody knows: the button is a picture, the log-in a riddle, a dialog stands before the form.
TOY = '''
from toantrinh.platforms import Platform


class Toy(Platform):
    def find(self, who, view, intent):
        if intent == "apply":
            return next((c for c in view.controls if c.id == "xyz-17"), None)
        return None

    def log_in(self, who, view):
        riddle = next((c for c in view.fields if c.field == "riddle"), None)
        if riddle is None:
            return None
        who.hands.fill(view, riddle, "bốn mươi hai")
        return who.hands.enter(view, riddle)

    def before_form(self, who, view):
        shut = next((c for c in view.controls if c.id == "shut"), None)
        return who.press(view, shut) if shut else view

    def way_to(self, who, page):
        return who.go("/where/is/it") if page == "lookup" else None
'''
FILE = """
name: Cổng đồ chơi
base_url: {address}
platform: toy
pace: {{pause_ms: 0}}
accounts: {{citizen: {{session: true}}}}
services:
  - {{code: "3.000001", name: Cấp giấy phép chơi cờ, declared: một phần, fee: 0}}
"""
PAGES = {
    "/": "<title>Cổng đồ chơi</title><form action=/kq><input name=q placeholder='Tìm kiếm thủ tục'><button>Tìm kiếm</button></form>",
    "/kq": "<h1>Kết quả</h1><ul><li>3.000001 <a href=/tt/3.000001>Cấp giấy phép chơi cờ</a></ul>",
    "/tt/3.000001": "<h1>Cấp giấy phép chơi cờ</h1><p>Trình tự: nộp đơn.</p><a id=xyz-17 href=/do>☺</a>",
    "/do": "<h1>Ai đó</h1><form action=/khai><p>Mật khẩu <input type=password name=p></p><p>Câu đố <input name=riddle></p><button>⇒</button></form>",
    "/khai": """<h1>Tờ khai</h1><form action=/xong><p>Họ và tên <input name=ten required></p><button id=send hidden>Nộp hồ sơ</button></form>
      <a href='#' id=shut onclick="send.hidden=false;this.remove();return false">☒</a>""",
    "/xong": "<h1>Nộp hồ sơ thành công</h1><p>Mã hồ sơ: <b>H46.12-261121-0031</b></p>",
    "/where/is/it": "<h1>Tra cứu hồ sơ</h1><form action=/where/is/it><p>Mã hồ sơ <input name=ma></p><button>Tra cứu</button></form><p>Trạng thái: Mới đăng ký</p><p>H46.12-261121-0031</p>",
}


@pytest.fixture
def systems(tmp_path: Path) -> Path:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "toy.yaml").write_text("labels: {}\n", encoding="utf-8")
    (tmp_path / "platforms" / "toy.py").write_text(TOY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def site(serve: Serve) -> Iterator[Site]:
    yield serve(dict(PAGES))


def journey(chromium: Browser, site: Site, systems: Path) -> Journey:
    (systems / "cong.yaml").write_text(FILE.format(address=site.address), encoding="utf-8")
    system = load_system("cong", systems_dir=systems)
    return make_journey(chromium, system, system.services[0], Attachments(systems / "run", "x", str))


def test_each_hook_helps_where_words_do_not(chromium: Browser, site: Site, systems: Path) -> None:
    made = journey(chromium, site, systems)
    assert made.reached(StepName.SUBMIT), made.stopped_at()
    assert made.submit and made.submit.code == "H46.12-261121-0031"
    assert made.reached(StepName.LOOK_UP), made.step(StepName.LOOK_UP).why


def test_without_the_class_the_same_portal_is_not_understood(chromium: Browser, site: Site, systems: Path) -> None:
    (systems / "platforms" / "toy.py").unlink()
    made = journey(chromium, site, systems)
    assert made.detail and not made.detail.apply_label
    assert made.step(StepName.FORM).reach is Reach.ABSENT


def test_a_class_that_does_not_load_is_one_line(tmp_path: Path) -> None:
    for name, code, said in (
        ("a", "import nothing_of_this_name", "does not load: ModuleNotFoundError"),
        ("b", "x = 1", "expected one subclass of Platform, found 0"),
        ("c", "from toantrinh.platforms import Platform\nclass A(Platform): ...\nclass B(Platform): ...", "found 2"),
    ):
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        with pytest.raises(UserMistake, match=said) as mistake:
            load_platform(tmp_path / f"{name}.py")
        assert "\n" not in str(mistake.value)


@pytest.mark.parametrize("name", ["generic", "igate", "opencps", "dvcqg"])
def test_every_shipped_platform_makes_a_system(name: str, tmp_path: Path) -> None:
    (tmp_path / "hue.yaml").write_text(f"name: Huế\nbase_url: https://dichvucong.example.vn\nplatform: {name}\n", encoding="utf-8")
    system = load_system("hue", systems_dir=tmp_path)
    assert type(load_platform(system.platform_code)) is Platform
    text = (HOUSE / "platforms" / f"{name}.yaml").read_text(encoding="utf-8")
    assert name == "generic" or "Not verified on the live product" in text
