"""Two runs of a system, side by side: what is said of each result, in each format, and when a pipeline stops."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cards import SYSTEM, card_of, printed
from toantrinh.changes.comparing import Change, compare
from toantrinh.changes.telling import FORMATS, TITLES, in_a_sentence, told
from toantrinh.command_line import main
from toantrinh.scorecard import write_scorecard
from toantrinh.scorecard_model import Scorecard
from toantrinh.verdicts import CheckResult, Decision, Verdict

CHECK, OTHER = "pay.amount-equals-fee", "support.faq"
SERVICE = "1.000656"
ACCEPTED = Decision(
    said="explanation", by="Trần Thị A", date="2026-11-20", expires="2027-01-01", reason="cổng thanh toán trả sai",
    kind="third-party", machine=Verdict.FAIL, accepted_by="Lê Văn B", accepted_on="2026-11-21", place="thu.explanations.yaml:2", counts=True,
)  # fmt: skip


def said(verdict: Verdict, *, share: float | None = None, seen: str = "18.000 đồng", **more: Any) -> CheckResult:
    """A result on one service."""
    known = {Verdict.PASS: 1.0, Verdict.FAIL: 0.0, Verdict.PARTIAL: 0.5}
    return CheckResult(
        check=CHECK, service=SERVICE, verdict=verdict, share=known.get(verdict) if share is None else share,
        message="" if verdict is Verdict.PASS else "số tiền khác mức phí", seen=seen, **more,
    )  # fmt: skip


def card(*results: CheckResult, **facts: Any) -> Scorecard:
    return card_of(printed(results), **facts)


def change_of(before: CheckResult | None, after: CheckResult | None) -> list[Change]:
    found = compare(*(card(*([] if one is None else [one])) for one in (before, after)))
    return [one.change for one in found.changes if one.check.id == CHECK]


P, F, H = said(Verdict.PASS), said(Verdict.FAIL), said(Verdict.PARTIAL)
OPEN, REVIEW, OURS = said(Verdict.NOT_TESTED), said(Verdict.NEEDS_REVIEW), said(Verdict.TOOL_ERROR)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (P, F, [Change.NEW]),
        (said(Verdict.NOT_APPLICABLE), H, [Change.NEW]),
        (OPEN, F, [Change.FIRST_SEEN]),
        (REVIEW, H, [Change.FIRST_SEEN]),
        (None, F, [Change.FIRST_SEEN]),
        (H, F, [Change.WORSE]),
        (F, H, [Change.BETTER]),
        (F, F, [Change.SAME]),
        (F, said(Verdict.FAIL, seen="28.000 đồng"), [Change.ANOTHER]),
        (F, P, [Change.MENDED]),
        (F, said(Verdict.NOT_APPLICABLE), [Change.MENDED]),
        (F, OPEN, [Change.LOST]),
        (P, REVIEW, [Change.LOST]),
        (P, OURS, [Change.LOST]),
        (F, None, [Change.LOST]),
        (F, said(Verdict.FAIL, decision=ACCEPTED), [Change.DECIDED]),
        (P, P, []),
        (OPEN, REVIEW, []),
        (None, P, []),
        (P, said(Verdict.NOT_APPLICABLE), []),
    ],
)  # fmt: skip
def test_what_became_of_a_result(before: CheckResult | None, after: CheckResult | None, change: list[Change]) -> None:
    assert change_of(before, after) == change


def test_what_only_the_measure_changed_is_named_beside_it() -> None:
    before = card(P, fonts={"serif": "Liberation Serif", "Arial": "Liberation Sans"})
    after = card(F, browser="firefox", fonts={"serif": "DejaVu Serif", "Arial": "Liberation Sans"}, complete=False)
    criteria = after.criteria_set.model_copy(update={"version": "9.9", "sha256": "b" * 64})
    tool = after.tool.model_copy(update={"version": "9.0"})
    found = compare(before, after.model_copy(update={"criteria_set": criteria, "tool": tool}))
    assert [line.split(":")[0] for line in found.measure] == [
        "công cụ", "bộ tiêu chí", "trình duyệt", "phông chữ serif", f"lần chạy sau ({after.run.id}) chưa trọn",
    ]  # fmt: skip
    assert compare(before, card(F)).measure == ()


def test_a_check_that_is_gone_or_new_is_of_the_measure_and_no_fault_mended() -> None:
    before = card(F)
    group = before.groups[0]
    fewer = [
        one.model_copy(update={"checks": tuple(check for check in one.checks if check.id != CHECK)})
        for one in group.criteria
    ]
    after = before.model_copy(
        update={"groups": (group.model_copy(update={"criteria": tuple(fewer)}), *before.groups[1:])}
    )
    found = compare(before, after)
    assert [one.change for one in found.changes if one.check.id == CHECK] == [Change.LOST]
    assert found.measure == (f"phép kiểm bỏ: {CHECK}",)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_the_same(form: str) -> None:
    comparison = compare(
        card(P, CheckResult(check=OTHER, verdict=Verdict.FAIL, share=0, message="trống | [x](y)")), card(F)
    )
    text = told(comparison, form)
    new, lost = comparison.of(Change.NEW), comparison.of(Change.LOST)
    assert [one.check.id for one in new] == [CHECK] and [one.check.id for one in lost] == [OTHER]
    if form == "json":
        data = json.loads(text)
        assert data["counts"] == {kind.value: len(comparison.of(kind)) for kind in Change}
        assert [(one["change"], one["check"], one["service"]) for one in data["changes"]] == [
            (one.change.value, one.check.id, one.service) for one in comparison.changes
        ]
        assert data["after"]["score"] == comparison.after.score.model_dump()
    else:
        assert f"{TITLES[Change.NEW]} (1)" in text and f"{TITLES[Change.LOST]} (1)" in text
        assert "đạt → không đạt: số tiền khác mức phí" in text
        assert text.endswith("1 mới hỏng; 1 không còn biết.")
        assert ("trống \\| \\[x\\](y)" in text) is (form == "markdown")


def test_nothing_changed_is_said() -> None:
    assert in_a_sentence(compare(card(P), card(P))) == "Không có gì thay đổi."
    assert in_a_sentence(compare(card(F), card(F))) == "1 vẫn hỏng như trước."


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two runs: right before, charged now."""
    folders = tmp_path / "truoc", tmp_path / "sau"
    for folder, result, id in zip(folders, (P, F), ("2026-11-21T2000", "2026-11-22T2000"), strict=True):
        folder.mkdir()
        write_scorecard(card(result, id=id), folder / "scorecard.json")
    return folders


@pytest.mark.parametrize("place", ["folder", "file", "bundle"])
def test_a_run_is_a_folder_a_file_or_a_bundle(
    runs: tuple[Path, Path], place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = runs
    if place == "file":
        after = after / "scorecard.json"
    elif place == "bundle":
        with zipfile.ZipFile(tmp_path / "sau.zip", "w") as packed:
            packed.write(after / "scorecard.json", "scorecard.json")
        after = tmp_path / "sau.zip"
    assert main(["diff", str(before), str(after)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Cổng thử: 2026-11-21T2000") and "1 mới hỏng." in out


@pytest.mark.parametrize(
    ("after", "limit", "status"),
    [
        (F, "new", 1), (P, "new", 0), (said(Verdict.FAIL, decision=ACCEPTED), "new", 0), (F, "any", 1), (P, "any", 0),
        (F, "grade:A", 1), (F, "grade:e", 0), (F, "", 0),
    ],
)  # fmt: skip
def test_a_pipeline_stops_where_it_said(
    runs: tuple[Path, Path], after: CheckResult, limit: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write_scorecard(card(after), runs[1] / "scorecard.json")
    limits = [f"--fail-on={limit}"] if limit else []
    assert main(["diff", *map(str, runs), *limits]) == status, capsys.readouterr().out


def test_it_is_written_where_it_is_wanted(
    runs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "thay-doi.md"
    assert main(["diff", *map(str, runs), "--format=markdown", f"--out={out}"]) == 0
    assert out.read_text(encoding="utf-8").startswith("# Cổng thử: 2026") and capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "told_so"),
    [
        (["{before}", "{none}"], "there is no run here"),
        (["{before}", "{other}"], "these are runs of two systems: 'thu' and 'khac'"),
        (["{before}", "{broken}"], "no JSON"),
        (["{before}", "{empty_zip}"], "scorecard.json in it: không có"),
        (["{before}", "{after}", "--fail-on=worse"], "--fail-on=worse means nothing"),
        (["{before}", "{after}", "--fail-on=grade:Z"], "Say new, any, or grade:A|B"),
        (["{before}", "{after}", "--out={before}"], "truoc"),
    ],
)
def test_each_mistake_is_one_line(
    runs: tuple[Path, Path], tmp_path: Path, arguments: list[str], told_so: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {name: tmp_path / name for name in ("none", "other", "broken", "empty_zip")}
    places["other"].mkdir()
    other = card(P, system=SYSTEM.model_copy(update={"id": "khac"}))
    write_scorecard(other, places["other"] / "scorecard.json")
    places["broken"].write_text("{", encoding="utf-8")
    places["empty_zip"] = tmp_path / "empty.zip"
    zipfile.ZipFile(places["empty_zip"], "w").close()
    known = {**places, "before": runs[0], "after": runs[1]}
    assert main(["diff", *(one.format(**known) for one in arguments)]) == 2
    err = capsys.readouterr().err
    assert told_so in err and len(err.strip().splitlines()) == 1
