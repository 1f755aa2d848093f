"""Nhóm 4: An toàn thông tin."""
