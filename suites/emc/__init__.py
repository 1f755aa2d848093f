"""Nhóm 6: Kết nối với Hệ thống EMC."""
