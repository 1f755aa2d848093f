"""Nhóm 2: Cấu trúc, bố cục."""
