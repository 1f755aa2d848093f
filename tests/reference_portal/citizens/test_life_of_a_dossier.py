"""After handing in: notices, supplement, further fee, withdrawal, result, rating."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal.deadlines import promised_day
from portal.papers import signature

from .conftest import Application, Portal
from .test_papers import PDF

Act = Callable[..., None]


@pytest.fixture
def sent(apply: Callable[..., Application]) -> Application:
    """A dossier that was handed in."""
    application = apply()
    application.until("nop")
    return application


def status(portal: Portal, application: Application) -> int:
    return int(portal.rows("SELECT status FROM dossiers WHERE id = ?", application.id)[0][0])


def test_the_citizen_sees_what_the_officer_does(sent: Application, act: Act) -> None:
    act(sent.id, "tiep-nhan")
    page = sent.visitor
    page.get(sent.address)
    assert "Được tiếp nhận" in page.words and "Phạm Văn Lãnh Đạo" in page.words
    page.get("/thong-bao")
    assert "được tiếp nhận" in page.words


def test_a_request_for_more_papers_is_answered_online(portal: Portal, sent: Application, act: Act) -> None:
    act(sent.id, "tiep-nhan", "xu-ly")
    act(sent.id, "bo-sung", ly_do="Đề nghị chụp lại giấy chứng sinh rõ hơn", han="31/12/2099")
    page = sent.visitor
    page.get(sent.address)
    assert "Đề nghị chụp lại giấy chứng sinh rõ hơn" in page.words and "Bổ sung hồ sơ" in page.words
    page.get(f"{sent.address}/bo-sung")
    page.send({"thao-tac": "gui"})
    assert page.error("noi_dung")
    page.send({"thao-tac": "gui", "noi_dung": "Tôi gửi lại bản rõ"}, files={"tep-giay-chung-sinh": ("ro.pdf", PDF)})
    assert page.answer.url == sent.address and "Đã gửi nội dung bổ sung" in page.words and "ro.pdf" in page.words
    assert status(portal, sent) == 4


def test_a_demanded_fee_is_paid_online_and_the_case_goes_on(portal: Portal, sent: Application, act: Act) -> None:
    act(sent.id, "tiep-nhan")
    act(sent.id, "nop-phi", so_tien="12000", ly_do="Phí cấp thêm bản sao")
    assert status(portal, sent) == 6
    page = sent.visitor
    page.get(sent.address)
    assert "12.000 đồng" in page.words
    page.send()
    sent.press_at_gateway("Thanh toán")
    assert page.answer.url == sent.address and status(portal, sent) == 2
    assert portal.rows(
        "SELECT count(*), sum(amount) FROM payments WHERE dossier_id = ? AND state = 'paid'", sent.id
    ) == [(2, 20000)]


def test_a_dossier_can_be_withdrawn_with_a_reason(portal: Portal, sent: Application) -> None:
    page = sent.visitor
    page.get(f"{sent.address}/rut")
    page.send({"ly_do": " "})
    assert page.error("ly_do") and status(portal, sent) == 1
    page.send({"ly_do": "Nộp nhầm"})
    assert "Công dân yêu cầu rút hồ sơ" in page.words and status(portal, sent) == 7
    page.get(f"{sent.address}/rut")
    assert "không rút được" in page.words


def test_the_result_is_signed_downloaded_kept_and_rated_once(portal: Portal, sent: Application, act: Act) -> None:
    page = sent.visitor
    assert page.get(f"{sent.address}/ket-qua").status_code == 404
    act(sent.id, "tiep-nhan", "xu-ly", "phe-duyet", "tra-ket-qua")
    result = page.get(f"{sent.address}/ket-qua")
    assert result.headers["Content-Disposition"].startswith("attachment")
    report = signature.verify(result.content, signature.keys(portal.data))
    assert report.valid and "Ủy ban nhân dân phường Sao Mai" in report.signatures[0].signer
    kept = portal.rows("SELECT id FROM stored_documents WHERE dossier_id = ?", sent.id)
    assert page.get(f"/kho-giay-to/{kept[0][0]}?tai=1").content == result.content
    page.get(f"/danh-gia/{sent.id}")
    page.send({"nhan_xet": "Nhanh"})
    assert page.error("so_sao")
    page.send({"so_sao": "5", "nhan_xet": "Nhanh"})
    assert "Bạn đã đánh giá 5/5 sao" in page.words
    page.post(f"/danh-gia/{sent.id}", {"so_sao": "1"})
    assert portal.rows("SELECT stars FROM ratings WHERE dossier_id = ?", sent.id) == [(5,)]


def test_a_rating_waits_for_the_result(portal: Portal, sent: Application) -> None:
    page = sent.visitor
    page.get(f"/danh-gia/{sent.id}")
    assert "sau khi nhận kết quả" in page.words
    page.post(f"/danh-gia/{sent.id}", {"so_sao": "5"})
    assert not portal.rows("SELECT 1 FROM ratings WHERE dossier_id = ?", sent.id)


@pytest.mark.parametrize(
    ("submitted", "days", "promised"),
    [
        (datetime(2026, 11, 20, 10), 3, date(2026, 11, 25)),  # Friday: Saturday and Sunday do not count
        (datetime(2026, 11, 22, 3), 1, date(2026, 11, 23)),  # Sunday night
        (datetime(2026, 8, 31, 9), 2, date(2026, 9, 4)),  # the two days of the National Day
        (datetime(2026, 11, 23, 9), 0, date(2026, 11, 23)),  # the same day
        (datetime(2026, 11, 23, 18), 0, date(2026, 11, 24)),  # after closing time
    ],
)
def test_the_promised_day_counts_working_days(submitted: datetime, days: int, promised: date) -> None:
    assert promised_day(submitted, days) == promised
