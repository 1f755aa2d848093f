"""Nhóm 3: Hiệu năng."""
