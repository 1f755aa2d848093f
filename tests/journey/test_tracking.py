"""What a lookup shows of a dossier, and what it does not."""

from __future__ import annotations

import pytest

from tests.journey.test_rating_and_lists import shown, who
from toantrinh.journey import tracking
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach

__all__ = ["who"]
CODE = "000.00.21.H99-261123-0001"
FOUND = f"<h1>Tra cứu</h1><dl><dt>Mã hồ sơ</dt><dd>{CODE}</dd><dt>Trạng thái</dt><dd>Đang xử lý</dd></dl>"
ALONE = f"<h1>Hồ sơ {CODE}</h1><p>Đang xử lý</p>"
UNKNOWN = f'<h1>Tra cứu</h1><div role="alert">Không tìm thấy hồ sơ có mã {CODE}.</div>'
LEGEND = "<h2>Ý nghĩa các trạng thái</h2><dl><dt>Mới đăng ký</dt><dd>…</dd><dt>Đang xử lý</dt><dd>…</dd></dl>"
ROW = f"<table><tr><th>Mã</th><th>Trạng thái</th><th>Ghi chú</th></tr><tr><td>{CODE}</td><td>Đang xử lý</td><td>Không có thông tin</td></tr></table>"
NO_NOTICE = '<div role="status">Không có thông tin mới</div>'
NO_LETTERS = "<h2>Văn bản liên quan</h2><p>Không có dữ liệu</p>"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (FOUND, "Đang xử lý"),
        (ALONE, "Đang xử lý"),
        (UNKNOWN, ""),
        (UNKNOWN + LEGEND, ""),  # the words of a legend are nobody's status
        (ROW, "Đang xử lý"),  # a field of it is empty
        (ALONE + NO_LETTERS, "Đang xử lý"),  # something else was not found
        (FOUND + NO_NOTICE, "Đang xử lý"),  # what the page calls the status is one, whatever a message says of others
    ],
)
def test_the_status_that_a_lookup_shows(who: Traveller, body: str, status: str) -> None:
    assert tracking.answer_for(who, shown(who, body), CODE).status == status


def test_a_lookup_that_knows_nothing_is_a_refusal(who: Traveller) -> None:
    view = shown(who, UNKNOWN + LEGEND)
    with pytest.raises(StepEnded, match="không cho biết trạng thái") as ended:
        tracking.must_show(who, view, CODE, tracking.answer_for(who, view, CODE))
    assert ended.value.reach is Reach.REFUSED
