"""A judged system with a finding and a result that needs a person, and the files that people write beside it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cards import card_of, printed
from toantrinh.decisions.fingerprint import fingerprint
from toantrinh.scorecard import write_scorecard
from toantrinh.verdicts import CheckResult, Evidence, Verdict

TODAY = datetime.date.today()
LATER = TODAY + datetime.timedelta(days=200)
SERVICES = ("1.001193", "1.000656")
PICTURE = "evidence/page.png"

FAILED = [
    CheckResult(check="pay.amount-equals-fee", service=code, verdict=Verdict.FAIL, share=0, message="số tiền khác mức phí",
                expected="8.000 đồng", seen="18.000 đồng", where="http://127.0.0.1:4711/ho-so/vLiDfCuC61wl-iXv/le-phi",
                identity="amount", evidence=(Evidence(path=PICTURE, title="Lệ phí"),))
    for code in SERVICES
]  # fmt: skip
OPEN = CheckResult(
    check="approval.security-level", verdict=Verdict.NEEDS_REVIEW, message="người đánh giá xem quyết định"
)
FEEDBACK = CheckResult(check="support.feedback-code", verdict=Verdict.FAIL, share=0, message="không cấp mã theo dõi")
PASSED = CheckResult(check="support.faq", verdict=Verdict.PASS, share=1)
RESULTS = [*FAILED, OPEN, FEEDBACK, PASSED]


def entry(result: CheckResult, **said: Any) -> dict[str, Any]:
    """An entry on a result, as it stands in a file; `None` leaves a key out."""
    known = {"check": result.check, "service": result.service, "identity": result.identity, "seen": fingerprint(result)}
    return {
        key: value for key, value in {**known, "by": "Trần Thị A", "date": TODAY, **said}.items() if value is not None
    }


def explained(result: CheckResult, **said: Any) -> dict[str, Any]:
    """A sound explanation."""
    usual = {"kind": "third-party", "reason": "cổng thanh toán quốc gia trả sai số tiền", "expires": LATER}
    return entry(result, **{**usual, **said})


def reviewed(result: CheckResult, **said: Any) -> dict[str, Any]:
    """A sound decision."""
    return entry(result, **{"verdict": "pass", "grounds": "đã xem quyết định phê duyệt", **said})


ACCEPTED = {"by": "Lê Văn B", "date": TODAY}
REFUSED = {"by": "Lê Văn B", "date": TODAY, "grounds": "số tiền do chính cổng ghi vào lệnh thanh toán"}


@pytest.fixture
def system_file(tmp_path: Path) -> Path:
    """A system's file in a folder of its own."""
    path = tmp_path / "systems" / "thu.yaml"
    path.parent.mkdir()
    path.write_text("name: Cổng thử\nbase_url: http://127.0.0.1:1\n", encoding="utf-8")
    return path


@pytest.fixture
def write(system_file: Path) -> Callable[..., Path]:
    """Writes explanations and reviews beside the system's file."""

    def written(explanations: Sequence[dict[str, Any]] = (), reviews: Sequence[dict[str, Any]] = ()) -> Path:
        for what, key, entries in (("explanations", "explanations", explanations), ("review", "decisions", reviews)):
            text = yaml.safe_dump({key: list(entries)}, allow_unicode=True, sort_keys=False)
            system_file.with_name(f"thu.{what}.yaml").write_text(text, encoding="utf-8")
        return system_file

    return written


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Reports with one run of the system, which nobody has spoken of."""
    folder = tmp_path / "reports" / "thu" / "2026-11-22T2000"
    (folder / "evidence").mkdir(parents=True)
    (folder / PICTURE).write_bytes(b"\x89PNG")
    write_scorecard(card_of(printed(RESULTS)), folder / "scorecard.json")
    (folder.parent / "latest").symlink_to(folder.name)
    return tmp_path / "reports"
