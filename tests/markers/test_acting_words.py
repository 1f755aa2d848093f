"""Addresses that act by themselves are told from those that only show something, however alike their words are."""

from __future__ import annotations

import pytest

from toantrinh.observers.acting_words import acts

ACT = [
    "/nop-ho-so?thu-tuc=1.004194",
    "/nopHoSo?ma=1",
    "/taohoso?ma=1",
    "/ho-so/tao-moi?ma=1.004194",
    "/ho-so/cancel?id=H1",
    "/ho-so/remove?id=H1",
    "/ho-so/xoa/81",
    "/ho-so-huy?ma=1",
    "/binh-chon?sao=5",
    "/ho-so/xac-nhan-rut?ma=H1",
    "/ho-so/rut?ma=H1",
    "/ho-so/thu-hoi?ma=H1",
    "/web/guest/hs?p_p_id=x&p_p_lifecycle=1&_x_ma=1",
    "/web/guest/hs?_x_javax.portlet.action=gui",
    "/subscribe?mail=a",
    "/ban-tin/unsubscribe?mail=a",
    "/ban-tin/dang-ky?mail=a",
    "/dang-ky-nhan-tin?mail=a",
    "/danh-gia/gui?sao=5&ma=H1",
    "/khao-sat/gui.do?diem=5",
    "/thich?bai=3",
    "/thanh-toan?ma=H1",
    "/pay?ma=H1",
    "/dang-xuat?tiep=/",
    "/auth/log-out?next=/",
    "/api/deleteFile?id=1",
    "/servlet/doDelete?id=1",
    "/hs?action=delete&id=1",
    "/hs?xoa=81",
    "/cập-nhật?ma=1",
    "/c%E1%BA%ADp-nh%E1%BA%ADt?ma=1",
    "/#/ho-so/xoa?id=1",
]
SHOW = [
    "/thu-tuc/1.004194/huong-dan-nop?tab=1",
    "/thu-tuc?tu-khoa=nộp+hồ+sơ",
    "/tim?q=hủy&submit=Tìm",
    "/thu-tuc/dang-ky-khai-sinh?tab=giay-to",
    "/thu-tuc/xac-nhan-tinh-trang-hon-nhan?tab=1",
    "/thu-tuc/xoa-dang-ky-thuong-tru?tab=1",
    "/ho-so-da-huy?trang=2",
    "/ho-so/cho-thanh-toan?trang=2",
    "/thanh-toan/lich-su?trang=2",
    "/thanh-toan/bien-lai?ma=1",
    "/nop-ho-so/huong-dan?muc=1",
    "/danh-gia?ma=H1",
    "/tin-tuc?trang=2",
    "/xem-them?trang=2",
    "/dao-tao?nam=2026",
    "/luu-tru?nam=2026",
    "/address?tinh=1",
    "/dang-nhap?returnUrl=/",
    "/dang-ky?returnUrl=/",
    "/tai-khoan/dang-ky?returnUrl=/",
    "/sign-in?returnUrl=/",
    "/web/guest/hs?p_p_id=x&p_p_lifecycle=0",
    "/hs?action=view&id=1",
    "/api/getCancelList?trang=1",
    "/ho-so/81/tep/2",
    "/#/thu-tuc?tu-khoa=xóa",
    "/",
]


@pytest.mark.parametrize("address", ACT)
def test_what_acts_is_known(address: str) -> None:
    assert acts(f"https://dichvucong.example{address}")


@pytest.mark.parametrize("address", SHOW)
def test_what_only_shows_is_not_shut_out(address: str) -> None:
    assert not acts(f"https://dichvucong.example{address}")
