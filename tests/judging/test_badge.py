"""The badge of a run says what the scorecard says, in letters that fit, and escapes what a system is called."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from tests.cards import SYSTEM, card_of, printed
from toantrinh.command_line import main
from toantrinh.criteria import load_catalogue, load_criteria
from toantrinh.reports import html
from toantrinh.reports.badge import COLOURS, LEFT, OPEN, badge
from toantrinh.reports.words import grades, span
from toantrinh.scorecard import write_scorecard
from toantrinh.scorecard_model import Scorecard
from toantrinh.verdicts import CheckResult, Verdict

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "</title><script>window.hurt=1</script>\"'&" + "Cổng dịch vụ công của một bộ có tên dài " * 3
ALL = [CheckResult(check=one.id, verdict=Verdict.PASS, share=1) for one in load_catalogue().checks]


def final(**system: str) -> Scorecard:
    """Everything passes, and nothing is open."""
    return card_of(printed(ALL), system=SYSTEM.model_copy(update=system))


def words_of(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("card", "colour", "last"),
    [(final(), COLOURS["A"], "100 điểm · A"), (card_of([]), OPEN, ""), (card_of(printed(ALL), complete=False), OPEN, "chưa trọn")],
    ids=["final", "open", "cut off"],
)  # fmt: skip
def test_it_says_the_score_and_is_grey_while_anything_is_open(card: Scorecard, colour: str, last: str) -> None:
    svg = badge(card)
    name, said = words_of(svg)
    assert name == card.system.name and said.endswith(last)
    assert said.startswith(f"{span(card.score.low, card.score.high)} điểm · {grades(card.grade.low, card.grade.high)}")
    assert f'fill="{colour}"' in svg and svg == badge(card)
    assert card.run.id in (ElementTree.fromstring(svg).findtext(f"{SVG}title") or "")


def test_every_grade_has_a_colour_on_which_white_can_be_read() -> None:
    css = (Path(html.__file__).parent / "templates" / "scorecard.css").read_text(encoding="utf-8")
    assert all(f"--g{grade}: {colour}" in css for grade, colour in COLOURS.items())
    assert COLOURS.keys() == {one.grade for one in load_criteria("qd473-2024", load_catalogue()).grades}

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert all(1.05 / (light(colour) + 0.05) >= 4.5 for colour in (*COLOURS.values(), OPEN, LEFT))


def test_a_name_that_means_harm_is_only_a_name_and_fits(page: Page) -> None:
    svg = badge(final(name=EVIL))
    page.set_content(svg)
    assert page.evaluate("() => window.hurt") is None
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('svg, text')].map(one => { const r = one.getBoundingClientRect(); return [r.left, r.right]; })"
    )
    (left, right), *texts = boxes
    assert texts[0][0] > left and texts[0][1] < texts[1][0] and texts[1][1] < right
    assert len(words_of(svg)[0]) <= 48 and words_of(svg)[0].endswith("…")


def test_the_command_writes_it_or_prints_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = final()
    write_scorecard(card, tmp_path / "scorecard.json")
    assert main(["badge", str(tmp_path)]) == 0
    assert capsys.readouterr().out == badge(card)
    assert main(["badge", str(tmp_path / "scorecard.json"), "--out", str(tmp_path / "diem.svg")]) == 0
    assert (tmp_path / "diem.svg").read_text(encoding="utf-8") == badge(card)
    assert main(["badge", str(tmp_path / "none")]) == 2
    assert "there is no run here" in capsys.readouterr().err
