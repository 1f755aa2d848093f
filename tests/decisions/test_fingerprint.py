"""The fingerprint: the same for the same finding in two runs, another when the finding is another."""

from __future__ import annotations

import pytest

from toantrinh.decisions.fingerprint import fingerprint, steady
from toantrinh.verdicts import CheckResult, Verdict

# The same finding, as two runs say it.
SAME = [
    ("http://127.0.0.1:40123/ho-so/vLiDfCuC61wl-iXv/le-phi", "http://127.0.0.1:8080/ho-so/wtvlRqJxuYf2ZaAg/le-phi"),
    ("hồ sơ H99.99.99-261122-00042 không thấy", "hồ sơ H99.99.99-261123-00117 không thấy"),
    ("Mã hồ sơ 000.12.34.H56-261122-0007", "Mã hồ sơ 000.12.34.H56-270101-0193"),
    ("lấy lúc 05:32 23/11/2026, tính theo ngày nộp", "lấy lúc 17:08 01/12/2026, tính theo ngày nộp"),
    ("gửi 2026-11-22T20:00:04+07:00", "gửi 2026-12-01T08:15:59+07:00"),
    ("byte đầu tiên sau 3.412 ms, trang sau 5,2 giây", "byte đầu tiên sau 3.987 ms, trang sau 4,8 giây"),
    ("chậm 3412ms", "chậm 2999ms"),
    ("12,5% lỗi trong 2410 yêu cầu", "9,75% lỗi trong 1998 yêu cầu"),
    ("mã phiên 7f3a9c0012de44b1 không đổi", "mã phiên 0b11ce7743aa9d02 không đổi"),
    ("thông báo số 48213", "thông báo số 51877"),
    ("nhận Bé '\" onplay=mkhxsc(2) ><mkhxsc-2>", "nhận Bé '\" onplay=hpdfm1(2) ><hpdfm1-2>"),
    ("tệp kt3f09a1.html còn mở được", "tệp ktb11c70.html còn mở được"),
    ("nhận  được\nthông báo", "nhận được thông báo"),
]  # fmt: skip

# Two findings.
OTHER = [
    ("http://127.0.0.1:8080/ho-so/vLiDfCuC61wl-iXv/le-phi", "http://127.0.0.1:8080/ho-so/vLiDfCuC61wl-iXv/ky-nop"),
    ("thu 8.000 đồng", "thu 18.000 đồng"),
    ("thủ tục 1.001193 không thấy", "thủ tục 1.000656 không thấy"),
    ("3/14 trang", "14/14 trang"),
    ("trả mã 404", "trả mã 500"),
    ("#o-thanh-toan > p:nth-of-type(1)", "#o-thanh-toan > p:nth-of-type(2)"),
    ("tương phản 4,2:1", "tương phản 1,3:1"),
    ("nút button-2", "nút footer-2"),
    ("thiếu object-src", "thiếu base-uri"),
    ("máy chủ ngoài https://cdn.example.vn/a.js", "máy chủ ngoài https://cdn.example.com/a.js"),
]  # fmt: skip


def of(seen: str, **other: object) -> str:
    return fingerprint(CheckResult(check="a.b", verdict=Verdict.FAIL, seen=seen).model_copy(update=other))


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same_finding_in_two_runs_has_one_fingerprint(one: str, two: str) -> None:
    assert of(one) == of(two), (steady(one), steady(two))


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_another_finding_has_another(one: str, two: str) -> None:
    assert of(one) != of(two), steady(one)


def test_the_address_of_the_system_is_left_out_and_that_of_others_stays() -> None:
    result = CheckResult(
        check="a.b", verdict=Verdict.FAIL, where="https://dvc.example.vn/thu-tuc https://dvc.example.vn.lạ/x"
    )
    moved = result.model_copy(update={"where": "https://thu.example.vn:8443/thu-tuc https://dvc.example.vn.lạ/x"})
    assert fingerprint(result, "https://dvc.example.vn") == fingerprint(moved, "https://thu.example.vn:8443")
    assert fingerprint(result, "https://dvc.example.vn") != fingerprint(moved, "https://dvc.example.vn")


def test_verdict_cause_and_service_are_in_it_and_time_and_evidence_are_not() -> None:
    plain = of("x")
    assert of("x", duration_ms=812.0) == of("x", share=0.5) == plain
    assert len({plain, of("x", verdict=Verdict.PARTIAL), of("x", identity="y"), of("x", service="1.001193")}) == 4


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NOT_TESTED, Verdict.TOOL_ERROR, Verdict.NOT_APPLICABLE])
def test_nothing_that_people_do_not_speak_of_has_one(verdict: Verdict) -> None:
    assert of("x", verdict=verdict) == ""
