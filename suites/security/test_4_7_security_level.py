"""4.7 Hồ sơ cấp độ."""

from __future__ import annotations

from fixtures.checks import check
from toantrinh.judgement import Grounds, needs_review
from toantrinh.system_model import System


@check("approval.security-level")
def test_approved_security_level(system: System) -> None:
    """Có quyết định phê duyệt cấp độ 3 trở lên, được người đánh giá xem và đính kèm."""
    needs_review(
        "người đánh giá xem và đính kèm quyết định phê duyệt hồ sơ đề xuất cấp độ",
        Grounds(
            expected="quyết định phê duyệt cấp độ 3 trở lên", seen="chưa có tài liệu đính kèm", where=system.base_url
        ),
    )
