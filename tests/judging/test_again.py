"""The command beside each finding: the same system by the same means, that check alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cards import card_of, printed
from toantrinh.reports import html
from toantrinh.reports.again import KEPT, again
from toantrinh.verdicts import CheckResult, Verdict

OPTIONS = Path(__file__).parents[2] / "fixtures" / "options.py"


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("pytest --system=hue", "pytest --system=hue --check=a.b"),
        ("pytest --system hue -n 2 -q --fresh suites/functional", "pytest --system=hue --check=a.b"),
        ("pytest --system=hue --check=c.d --service=1.000001 --criterion=1.1 -k x", "pytest --system=hue --check=a.b"),
        ("pytest --system='cổng thử.yaml' --base-url=http://127.0.0.1:1", "pytest '--system=cổng thử.yaml' --base-url=http://127.0.0.1:1 --check=a.b"),
        ("pytest --replay=reports/hue/1 --reports-dir=/srv --sign-with=khoa", "pytest --replay=reports/hue/1 --check=a.b"),
        ("pytest --system", "pytest --system= --check=a.b"),
        ("pytest 'nửa chừng", "pytest 'nửa chừng"),
    ],
)
def test_what_narrowed_it_goes_and_the_rest_stays(command: str, asked: str) -> None:
    assert again(command, "--check=a.b") == asked


def test_every_option_that_stays_is_one() -> None:
    known = OPTIONS.read_text(encoding="utf-8")
    assert all(f'"{option}"' in known for option in KEPT)


def test_the_page_says_of_each_finding_how_to_ask_again_and_of_a_pass_nothing() -> None:
    rows = [
        CheckResult(check="channel.hsts", verdict=Verdict.FAIL, share=0, message="không có"),
        CheckResult(check="pay.amount-equals-fee", service="1.000656", verdict=Verdict.PASS, share=1),
        CheckResult(check="pay.amount-equals-fee", service="1.001193", verdict=Verdict.FAIL, share=0, message="khác"),
        CheckResult(check="leak.listing", verdict=Verdict.PASS, share=1),
    ]
    page = html.render(card_of(printed(rows), command="pytest --system=thu -n 2 --service=1.000656"))
    assert "<code>pytest --system=thu --check=channel.hsts</code>" in page
    assert "<code>pytest --system=thu --check=pay.amount-equals-fee --service=1.001193</code>" in page
    assert "--check=leak.listing" not in page
