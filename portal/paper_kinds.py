"""The kinds of paper that a citizen's store knows; a service's document names the kind that serves as it."""

KINDS: dict[str, str] = {
    "can_cuoc": "Thẻ căn cước",
    "giay_chung_sinh": "Giấy chứng sinh",
    "giay_ket_hon": "Giấy chứng nhận kết hôn",
    "cho_o": "Giấy tờ chứng minh chỗ ở hợp pháp",
    "giay_phep_lai_xe": "Giấy phép lái xe",
    "giay_kham_suc_khoe": "Giấy khám sức khỏe",
}
