"""Wrong answers that the portal meets with a dialog: a complaint is heard, a question leaves open what it thinks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from suites.functional import test_1_05_form as s05
from tests.scenarios.small_pages import visiting
from tests.suites_functional.mistakes import record
from toantrinh.driver.answers import Answerer
from toantrinh.journey import form
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.mistakes import AnswersTrial, Outcome, Place, RoughApplication
from toantrinh.observations.scenario import Trial
from toantrinh.scenarios.wrong_answers import try_wrong_answers
from toantrinh.verdicts import Verdict

FORM = """<style>.swal2-container{position:fixed;inset:0;background:#0006;z-index:1060}
.swal2-popup{margin:150px auto;width:420px;background:#fff;padding:20px}</style>
<main><h1>Tờ khai chặt cây</h1><div><label for=ten>Họ và tên *</label><input id=ten name=ten></div>
<div><label for=dt>Số điện thoại *</label><input id=dt name=dt></div>
<div><label for=dc>Địa chỉ *</label><input id=dc name=dc></div>
<button type=button id=di>Tiếp tục</button></main>
<script>
const show = (words, buttons) => { const box = document.createElement('div'); box.className = 'swal2-container';
  box.innerHTML = `<div class=swal2-popup role=dialog><h2>Thông báo</h2><p>${words}</p>${buttons.map((one) => `<button type=button>${one}</button>`).join('')}</div>`;
  document.body.append(box); for (const one of box.querySelectorAll('button')) one.onclick = () => box.remove(); };
const next = () => { document.querySelector('main').innerHTML = '<h1>Bước 2</h1><p>Kiểm tra lại</p>'; };
const wrong = () => [[ten, 'Họ và tên'], [dt, 'Số điện thoại'], [dc, 'Địa chỉ']].find(([field]) => !field.value) || (/^0\\d{9}$/.test(dt.value) ? null : [dt, 'Số điện thoại']);
di.onclick = () => { %s };
</script>"""
COMPLAINS = "const one = wrong(); one ? show(%s, ['OK']) : next();"
CASES = {
    "a complaint in the words of most": COMPLAINS % "`Vui lòng nhập ${one[1]}`",
    "a complaint in other words": COMPLAINS % "`${one[1]} còn thiếu hoặc sai, đề nghị xem lại`",
}


def rough(chromium: Browser, script: str, folder: Path) -> RoughApplication:
    """What came of wrong answers at a form whose button runs this script."""
    with visiting(chromium, {"GET /khai": FORM % script}, folder) as who:
        who.book.begin(StepName.FORM)
        answerer = Answerer(who.persona, {})
        form.fill_page(who, who.go("/khai"), answerer)
        _, trials = try_wrong_answers(who, who.hands.settle(), lambda v: form.fill_page(who, v, answerer)[0])
    return RoughApplication(name="rough-application", form=Trial(reach=Reach.REACHED), answers=tuple(trials))


def outcomes(trials: tuple[AnswersTrial, ...]) -> set[Outcome]:
    return {answer.outcome for trial in trials for answer in trial.answers}


@pytest.mark.parametrize("script", CASES.values(), ids=list(CASES))
def test_a_dialog_that_complains_is_a_refusal_that_names_the_field(
    script: str, chromium: Browser, tmp_path: Path
) -> None:
    data = rough(chromium, script, tmp_path)
    assert all(trial.stayed for trial in data.answers), data.answers
    assert Outcome.ACCEPTED not in outcomes(data.answers)
    refused = [a for trial in data.answers for a in trial.answers if a.outcome is Outcome.REFUSED]
    assert {a.label for a in refused} == {"Họ và tên", "Số điện thoại", "Địa chỉ"}
    assert all(a.place is Place.NAMED and a.message for a in refused), refused
    with pytest.raises(Judgement) as said:
        s05.test_empty_fields_are_refused(record(data))
    assert said.value.verdict is Verdict.PARTIAL


def test_a_dialog_that_asks_leaves_open_what_the_page_thinks(chromium: Browser, tmp_path: Path) -> None:
    script = "show('Bạn có chắc chắn thông tin đã kê khai là chính xác?', ['Đồng ý', 'Hủy'])"
    data = rough(chromium, script, tmp_path)
    assert outcomes(data.answers) == {Outcome.UNSEEN}, data.answers
    with pytest.raises(Judgement) as said:
        s05.test_empty_fields_are_refused(record(data))
    assert said.value.verdict is Verdict.NOT_TESTED
    which = "hộp thoại “Thông báo Bạn có chắc chắn thông tin đã kê khai là chính xác?” (Đồng ý / Hủy) còn đợi trả lời"
    assert which in str(said.value)


def test_a_form_that_lets_go_on_has_accepted_them(chromium: Browser, tmp_path: Path) -> None:
    assert outcomes(rough(chromium, "next()", tmp_path).answers) == {Outcome.ACCEPTED}


def test_a_dialog_that_tells_of_the_sent_dossier_has_accepted_them(chromium: Browser, tmp_path: Path) -> None:
    script = "next(); show('Nộp hồ sơ thành công', ['Xem hồ sơ'])"
    assert outcomes(rough(chromium, script, tmp_path).answers) == {Outcome.ACCEPTED}
