"""A supplement or a withdrawal that the portal does not take from us is our answer refused, no fault of the portal."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.scenarios.small_pages import visiting
from toantrinh.driver.endings import StepEnded
from toantrinh.journey.withdrawal import withdraw
from toantrinh.observations.journey import Reach
from toantrinh.scenarios.supplement import answer

STYLE = """<style>.swal2-container{position:fixed;inset:0;background:#0006;z-index:1060}
.swal2-popup{margin:150px auto;width:420px;background:#fff;padding:20px}</style><script>
const show = (words, buttons) => { const box = document.createElement('div'); box.className = 'swal2-container';
  box.innerHTML = `<div class=swal2-popup role=dialog><p>${words}</p>${buttons.map((one) => `<button type=button>${one}</button>`).join('')}</div>`;
  document.body.append(box); for (const one of box.querySelectorAll('button')) one.onclick = () => box.remove(); };
const turn = (status) => { localStorage.status = status; };
</script>"""
OWN = (
    STYLE
    + """<header><a href=/>Trang chủ</a></header><main><h1>Hồ sơ H46.12-261121-0001</h1><p>Trạng thái: <b id=tt></b></p>
<p>Hồ sơ nộp ngày 21/11/2026 tại Ủy ban nhân dân xã Đồi, thủ tục cấp phép chặt tỉa cây xanh.</p>%s</main>
<script>tt.textContent = localStorage.status || '%s';</script>"""
)
ASKED, NEW, MORE = "Yêu cầu bổ sung giấy tờ", "Mới đăng ký", "Đang xử lý"
SUPPLEMENT = (
    STYLE
    + """<header><a href=/>Trang chủ</a></header><main><h1>Bổ sung hồ sơ</h1><div id=loi></div>
<form onsubmit="event.preventDefault(); send()"><label>Nội dung trả lời * <textarea name=nd></textarea></label>
<label>Giấy tờ <input type=file name=tep accept=.pdf></label><button>Gửi bổ sung</button></form></main>
<script>const send = () => { %s };</script>"""
)


def supplement(chromium: Browser, script: str, folder: Path) -> str:
    """The status after the supplement was answered at a page whose button runs this script."""
    own = OWN % ("<a href=/bo-sung>Bổ sung hồ sơ</a>", ASKED)
    with visiting(chromium, {"GET /ho-so": own, "GET /bo-sung": SUPPLEMENT % script}, folder) as who:
        return answer(who, f"{who.system.base_url}/ho-so", ASKED).status


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("loi.innerHTML = '<p role=alert>Nội dung trả lời không hợp lệ</p>'", "Nội dung trả lời không hợp lệ"),
        ("show('Vui lòng nhập mã văn bản đến', ['OK'])", "Vui lòng nhập mã văn bản đến"),
        ("show('Bạn chắc chắn muốn bổ sung?', ['Đồng ý', 'Hủy'])", "Bạn chắc chắn muốn bổ sung?"),
    ],
)
def test_a_supplement_that_is_not_taken_is_unanswered(
    script: str, words: str, chromium: Browser, tmp_path: Path
) -> None:
    with pytest.raises(StepEnded) as end:
        supplement(chromium, script, tmp_path)
    assert end.value.reach is Reach.UNANSWERED and words in end.value.why


def test_a_supplement_that_is_taken_while_its_button_stays_is_answered(chromium: Browser, tmp_path: Path) -> None:
    assert supplement(chromium, f"turn('{MORE}')", tmp_path) == MORE


def test_a_supplement_that_is_said_to_be_sent_and_changes_nothing_is_recorded(
    chromium: Browser, tmp_path: Path
) -> None:
    script = "loi.innerHTML = '<p role=status>Đã gửi thành công</p>'"
    assert supplement(chromium, script, tmp_path) == ASKED


def withdrawal(chromium: Browser, script: str, folder: Path) -> tuple[bool, str]:
    """(whether it is withdrawn, the status then) at a page whose button runs this script."""
    own = OWN % (f'<button type=button onclick="{script}">Rút hồ sơ</button><div id=hoi></div>', NEW)
    with visiting(chromium, {"GET /ho-so": own}, folder) as who:
        done = withdraw(who, f"{who.system.base_url}/ho-so")
    return done.confirmed, done.after


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("show('Ông bà muốn thôi giải quyết?', ['Nhất trí', 'Thôi'])", "Ông bà muốn thôi giải quyết?"),
        ("this.remove(); hoi.innerHTML = '<label>Lý do rút * <input></label><button type=button>Chuyển</button>'", "Lý do rút"),
        ("hoi.innerHTML = '<p role=alert>Lý do không hợp lệ</p>'", "Lý do không hợp lệ"),
    ],
)  # fmt: skip
def test_a_withdrawal_whose_question_we_do_not_answer_is_unanswered(
    script: str, words: str, chromium: Browser, tmp_path: Path
) -> None:
    with pytest.raises(StepEnded) as end:
        withdrawal(chromium, script, tmp_path)
    assert end.value.reach is Reach.UNANSWERED and words in end.value.why


def test_a_withdrawal_that_asks_nothing_and_does_nothing_is_recorded(chromium: Browser, tmp_path: Path) -> None:
    assert withdrawal(chromium, "this.remove()", tmp_path) == (False, NEW)


def test_a_withdrawal_behind_a_last_question_is_confirmed_by_the_status(chromium: Browser, tmp_path: Path) -> None:
    script = "turn('Công dân yêu cầu rút hồ sơ'); show('Ông bà có muốn in phiếu?', ['In phiếu', 'Thôi'])"
    assert withdrawal(chromium, script, tmp_path) == (True, "Công dân yêu cầu rút hồ sơ")
