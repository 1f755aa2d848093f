"""4.5 Dữ liệu đầu vào: tham số."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.parameters import Parameters
from suites.security.parameter_findings import judge


@check("input.no-database-error")
def test_database_errors_never_surface(parameters: Parameters) -> None:
    """Dấu nháy và giá trị sai kiểu không làm lộ lỗi truy vấn hay đổi kết quả bất thường."""
    data = parameters.data
    judge(
        data.quotes, data.quote_choice, parameters, "tham số",
        "giá trị của tham số đi thẳng vào câu truy vấn",
        "cùng trang như với một từ vô hại, không có lỗi cơ sở dữ liệu",
        posts=True,
    )  # fmt: skip


@check("input.path-parameters-held")
def test_path_parameters_are_held(parameters: Parameters) -> None:
    """Sửa tham số tệp không cho ra tệp ngoài phạm vi."""
    data = parameters.data
    judge(
        data.paths, data.path_choice, parameters, "tham số chỉ tệp",
        "tham số đọc được tệp của máy chủ",
        "tệp ngoài phạm vi không được trả về",
    )  # fmt: skip


@check("input.redirect-parameters-held")
def test_redirect_parameters_are_held(parameters: Parameters) -> None:
    """Tham số trở về trỏ sang máy khác bị bỏ qua."""
    data = parameters.data
    judge(
        data.redirects, data.redirect_choice, parameters, "tham số chỉ nơi trở về",
        "tham số dẫn người dùng sang máy lạ",
        "chỉ chuyển tới trang của chính hệ thống",
    )  # fmt: skip
