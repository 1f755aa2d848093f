"""The site map for people and the files for search engines."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from flask import Blueprint, Response, render_template

from portal.catalogue import current_catalogue
from portal.defects import has_defect
from portal.settings import current_settings

blueprint = Blueprint("site_map", __name__)


@dataclass(frozen=True)
class Branch:
    """One part of the portal: (title, address) of its pages."""

    title: str
    pages: tuple[tuple[str, str], ...]


BRANCHES = (
    Branch(
        "Thủ tục và hồ sơ",
        (
            ("Trang chủ", "/"),
            ("Danh sách thủ tục hành chính", "/thu-tuc"),
            ("Dịch vụ công trực tuyến toàn trình", "/thu-tuc?muc-do=toan-trinh"),
            ("Dịch vụ công trực tuyến một phần", "/thu-tuc?muc-do=mot-phan"),
            ("Dịch vụ cung cấp thông tin trực tuyến", "/thu-tuc?muc-do=thong-tin"),
            ("Tra cứu hồ sơ", "/tra-cuu"),
        ),
    ),
    Branch(
        "Dành cho người đã đăng nhập",
        (
            ("Đăng nhập", "/dang-nhap"),
            ("Hồ sơ của tôi", "/ho-so-cua-toi"),
            ("Kho giấy tờ", "/kho-giay-to"),
            ("Thông báo", "/thong-bao"),
            ("Tài khoản", "/tai-khoan"),
        ),
    ),
    Branch(
        "Hỗ trợ",
        (
            ("Hướng dẫn sử dụng", "/huong-dan"),
            ("Câu hỏi thường gặp", "/hoi-dap"),
            ("Phản ánh, kiến nghị", "/phan-anh-kien-nghi"),
            ("Liên hệ", "/lien-he"),
        ),
    ),
    Branch(
        "Thông tin công khai",
        (
            ("Tình hình giải quyết hồ sơ", "/so-lieu"),
            ("Giới thiệu Cổng", "/gioi-thieu"),
            ("Bảo vệ dữ liệu cá nhân", "/bao-ve-du-lieu"),
            ("Khả năng truy cập", "/kha-nang-truy-cap"),
            ("Sơ đồ Cổng", "/so-do-cong"),
            ("Dành cho cán bộ", "/can-bo/dang-nhap"),
        ),
    ),
)
ENGLISH = (
    ("Home", "/en/"),
    ("Procedures", "/en/procedures"),
    ("Guide", "/en/guide"),
    ("Frequently asked questions", "/en/faq"),
    ("Contact", "/en/contact"),
)
CLOSED = ("/can-bo", "/ho-so", "/tai-khoan", "/kho-giay-to", "/thong-bao", "/nop-ho-so", "/dang-nhap")


@blueprint.get("/so-do-cong")
def page() -> str:
    """Sơ đồ Cổng."""
    return render_template("information/site_map.html", branches=BRANCHES, english_pages=ENGLISH, active="site-map")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The public pages for search engines (sitemaps.org)."""
    origin = current_settings().portal_url
    paths = [path for branch in BRANCHES for _, path in branch.pages if not path.startswith(CLOSED) and "?" not in path]
    paths += [path for _, path in ENGLISH]
    for entry in current_catalogue().entries:
        paths += [f"/thu-tuc/{entry.code}", f"/en/procedures/{entry.code}"]
    lines = "".join(f"<url><loc>{escape(origin + path)}</loc></url>\n" for path in paths)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    return Response(body, content_type="application/xml; charset=utf-8")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What search engines leave alone: what belongs to one person or to officers."""
    left_alone = ("/",) if has_defect("layout.robots-closed") else CLOSED
    closed = "".join(f"Disallow: {path}\n" for path in left_alone)
    return Response(
        f"User-agent: *\n{closed}Sitemap: {current_settings().portal_url}/sitemap.xml\n",
        content_type="text/plain; charset=utf-8",
    )
