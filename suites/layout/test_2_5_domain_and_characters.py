"""2.5 Tên miền, bảng mã."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.judgement import Grounds, fail, not_applicable, not_tested
from toantrinh.observations.addresses import AddressFacts, NameKind
from toantrinh.observations.site import PageFacts

DOMAIN = re.compile(r"(?:dichvucong|e-services)\.[a-z0-9-]+\.gov\.vn|dichvucong\.gov\.vn")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)
# UTF-8 that was read as Windows-1252 and encoded once more: "á" as "Ã¡", "ế" as "áº¿".
TWICE_ENCODED = re.compile(r"Ã[¡-¿]|áº[¡-¿]|á»[¡-¿]|Ä[‘ƒ]|Æ°")


@check("layout.domain-pattern")
def test_domain_pattern(site: SiteRecord) -> None:
    """Cổng ở dichvucong.<tên>.gov.vn; bản tiếng Anh ở e-services.<tên>.gov.vn."""
    if site.system.is_loopback:
        not_applicable("hệ thống chạy trên chính máy này (loopback) nên không có tên miền")
    if not DOMAIN.fullmatch(site.system.host):
        fail(
            f"tên miền {site.system.host} không đúng mẫu",
            Grounds(expected="dichvucong.<tên>.gov.vn", seen=site.system.host, where=site.system.base_url),
        )


@check("layout.utf8-declared")
def test_utf8_declared_and_used(site: SiteRecord) -> None:
    """Mọi trang khai báo UTF-8 và nội dung là UTF-8 hợp lệ."""

    def fault(page: PageFacts) -> str:
        sent = CHARSET.search(page.headers.get("content-type", ""))
        declared = [name for name in (sent.group(1) if sent else "", page.declared_charset) if name]
        wrong = [name for name in declared if name.lower().replace("-", "") != "utf8"]
        if wrong:
            return f"khai báo bảng mã {', '.join(wrong)}"
        if not declared:
            return f"không khai báo bảng mã (trình duyệt đoán {page.charset})"
        if page.replaced:
            return f"{page.replaced} ký tự hỏng (không phải UTF-8)"
        twice = TWICE_ENCODED.findall(page.text)
        return f"chữ bị mã hóa hai lần, chẳng hạn “{twice[0]}”" if len(twice) >= 3 else ""

    site.each(site.pages(), fault, expected="charset=utf-8 và nội dung UTF-8 hợp lệ")


@check("layout.precomposed")
def test_precomposed_vietnamese(site: SiteRecord) -> None:
    """Chữ tiếng Việt trên trang ở dạng dựng sẵn (NFC)."""

    def fault(page: PageFacts) -> str:
        words = ", ".join(f"“{word}”" for word in page.decomposed[:5])
        return f"chữ tổ hợp (không dựng sẵn): {words}" if words else ""

    site.each(site.pages(), fault, expected="Unicode dựng sẵn (TCVN 6909)")


@check("layout.language-declared")
def test_language_declared(site: SiteRecord) -> None:
    """Phần tử html của mọi trang tiếng Việt có lang="vi"."""

    def fault(page: PageFacts) -> str:
        if page.language.lower().split("-")[0] == "vi":
            return ""
        return f'khai báo lang="{page.language}"' if page.language else "không khai báo lang"

    site.each(site.vietnamese(), fault, expected='lang="vi"')


@check("layout.ipv6")
def test_ipv6(addresses: AddressFacts) -> None:
    """Tên miền của cổng có bản ghi AAAA."""
    seen = f"A: {', '.join(addresses.ipv4) or 'không có'}; AAAA: {', '.join(addresses.ipv6) or 'không có'}"
    grounds = Grounds(expected="bản ghi AAAA", seen=seen, where=addresses.host)
    if addresses.kind is NameKind.NONE:
        fail(f"tên miền {addresses.host} không có địa chỉ IPv6", grounds)
    if addresses.kind is not NameKind.PUBLISHED:
        not_tested(addresses.why, grounds)
