"""Help, site map, search engine files and the English version."""

from __future__ import annotations

import re

import pytest

from .conftest import Site

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
PAGES = ("/hoi-dap", "/huong-dan", "/lien-he", "/gioi-thieu", "/kha-nang-truy-cap", "/so-do-cong", "/so-lieu",
         "/phan-anh-kien-nghi", "/tra-cuu", "/can-bo/dang-nhap")  # fmt: skip
ENGLISH = ("/en/", "/en/procedures", "/en/procedures/1.001193", "/en/guide", "/en/faq", "/en/contact")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_heading_a_title_and_the_tag(site: Site, path: str) -> None:
    visitor = site.visitor()
    text = visitor.get(path)
    assert visitor.status == 200
    assert len(re.findall("<h1", text)) == 1
    assert "– Cổng Dịch vụ công tỉnh Sao Mai</title>" in text
    assert "_govaq" in text and 'lang="vi"' in text


@pytest.mark.parametrize("path", ENGLISH)
def test_english_pages_are_english(site: Site, path: str) -> None:
    visitor = site.visitor()
    text = visitor.get(path)
    assert visitor.status == 200 and '<html lang="en">' in text
    own = re.sub(r'<(\w+)[^>]*\blang="vi"[^>]*>.*?</\1>', " ", text, flags=re.S)
    visitor.text = re.sub(r"“[^”]*”", " ", own)  # names of Vietnamese buttons are quoted as they stand on the pages
    foreign = [word for word in visitor.words.split() if VIETNAMESE.search(word)]
    assert len(foreign) <= len(visitor.words.split()) * 0.02, foreign


def test_english_search_finds_by_english_word_code_and_vietnamese_name(site: Site) -> None:
    visitor = site.visitor()
    for word in ("driving licence", "1.002809", "giay phep lai xe"):
        visitor.get(f"/en/procedures?q={word}")
        assert "Renewal of a driving licence" in visitor.words
    visitor.get("/en/procedures?q=spaceship")
    assert "No procedure found" in visitor.words


def test_english_list_pages_and_narrows_by_level(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/en/procedures?page=3")
    assert visitor.text.count('class="result"') == 4
    visitor.get("/en/procedures?level=thong-tin")
    assert "4 procedures found" in visitor.words


def test_all_links_of_the_site_map_lead_somewhere(site: Site) -> None:
    visitor = site.visitor()
    main = visitor.get("/so-do-cong").split("<main")[1].split("</main>")[0]
    for address in re.findall(r'href="(/[^"]*)"', main):
        answer = site.app.test_client().get(address.replace("&amp;", "&"))
        assert answer.status_code in (200, 302), address


def test_search_engines_get_a_map_of_public_pages_only(site: Site) -> None:
    visitor = site.visitor()
    listed = visitor.get("/sitemap.xml")
    assert "<loc>http://localhost/thu-tuc/1.001193</loc>" in listed and "/can-bo" not in listed
    assert "Disallow: /can-bo" in visitor.get("/robots.txt")


def test_the_guide_has_a_picture_for_each_step(site: Site) -> None:
    assert site.visitor().get("/huong-dan").count('<svg class="drawing"') == 7
