"""The names of fields and buttons on the wire (`CongDan_soCmnd`, `HoSoOnline_btnTiepTuc`) and what they stand for."""

from __future__ import annotations

import re

TOKEN, EVENT = "__RequestVerificationToken", "__EVENTTARGET"
ACTION = "thao-tac"
_CASCADE = "cap-nhat"

_KNOWN = {
    "_csrf": TOKEN,
    "tu-khoa": "TimKiem_tuKhoa",
    "doi-tuong": "TimKiem_maDoiTuong",
    "linh-vuc": "TimKiem_maLinhVuc",
    "muc-do": "TimKiem_mucDo",
    "co-quan": "TimKiem_maCoQuan",
    "ho_ten": "CongDan_hoTen",
    "so_dinh_danh": "CongDan_soCmnd",
    "ngay_sinh": "CongDan_ngaySinh",
    "gioi_tinh": "CongDan_gioiTinh",
    "nop_cho": "CongDan_loaiDoiTuong",
    "dien_thoai": "CongDan_diDong",
    "thu_dien_tu": "CongDan_email",
    "tinh": "CongDan_maTinhThanh",
    "xa": "CongDan_maPhuongXa",
    "dia_chi": "CongDan_diaChi",
    "ma_ho_so": "TraCuu_soHoSo",
    "ma_bao_mat": "TraCuu_txtCaptcha",
}
_MEANT = {wire: plain for plain, wire in _KNOWN.items()}
_PREFIX, _UPLOAD, _STORE, _BUTTON = "HoSoOnline_", "HoSoOnline_fileDinhKem_", "HoSoOnline_khoGiayTo_", "HoSoOnline_btn"


def field_name(key: str) -> str:
    """The name on the wire of the field that the portal calls `key`."""
    if key in _KNOWN:
        return _KNOWN[key]
    for plain, wire in (("tep-", _UPLOAD), ("kho-", _STORE)):
        if key.startswith(plain):
            return wire + _joined(key.removeprefix(plain), "-")
    return _PREFIX + _joined(key, "_")


def button_name(action: str) -> str:
    """The name of the button for an action: `tiep-tuc`, or `tai-len:<paper>` for one paper."""
    verb, _, paper = action.partition(":")
    name = _joined(verb, "-")
    return f"{_BUTTON}{name[:1].upper()}{name[1:]}" + (f"_{_joined(paper, '-')}" if paper else "")


def meant(name: str, value: str = "") -> tuple[str, str]:
    """What a name and its value on the wire stand for; names of nobody's stay as they are."""
    if name == EVENT:
        return (ACTION, _action(value) if value.startswith(_BUTTON) else _CASCADE) if value else (name, value)
    if name in _MEANT:
        return _MEANT[name], value
    if name.startswith(_BUTTON):
        return ACTION, _action(name)
    for plain, wire in (("tep-", _UPLOAD), ("kho-", _STORE)):
        if name.startswith(wire):
            return plain + _parted(name.removeprefix(wire), "-"), value
    if name.startswith(_PREFIX):
        return _parted(name.removeprefix(_PREFIX), "_"), value
    return name, value


def _action(button: str) -> str:
    verb, _, paper = button.removeprefix(_BUTTON).partition("_")
    action = _parted(verb[:1].lower() + verb[1:], "-")
    return f"{action}:{_parted(paper, '-')}" if paper else action


def _joined(key: str, separator: str) -> str:
    return re.sub(f"{separator}([a-z])", lambda found: found[1].upper(), key)


def _parted(name: str, separator: str) -> str:
    return re.sub("[A-Z]", lambda found: separator + found[0].lower(), name)
