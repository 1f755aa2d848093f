"""Nhóm 5: Khả năng truy cập thông tin thuận tiện."""
