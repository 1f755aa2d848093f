"""Finding a procedure, and all that is published about it."""

from __future__ import annotations

import io
import zipfile

import pytest

from .conftest import Visitor


def names(visitor: Visitor) -> list[str]:
    return [" ".join(one.text_content().split()) for one in visitor.page.xpath("//li[@class='result']//h3")]


def total(visitor: Visitor) -> int:
    return int(visitor.page.xpath("string(//*[contains(@class,'result-count')]/strong)"))


@pytest.mark.parametrize(
    "keyword", ["đăng ký khai sinh", "dang ky khai sinh", "ĐĂNG KÝ  KHAI SINH", "đăng ký khai sinh"]
)
def test_a_keyword_finds_the_service_with_and_without_diacritics(visitor: Visitor, keyword: str) -> None:
    visitor.get("/thu-tuc", params={"tu-khoa": keyword})
    assert names(visitor)[0] == "Thủ tục đăng ký khai sinh"


@pytest.mark.parametrize("code", ["1.001193", " 1.001193 ", "1.001193.000.00.00.H99"])
def test_a_procedure_code_finds_that_procedure_alone(visitor: Visitor, code: str) -> None:
    visitor.get("/thu-tuc", params={"tu-khoa": code})
    assert names(visitor) == ["Thủ tục đăng ký khai sinh"]


@pytest.mark.parametrize(
    "filters",
    [{"doi-tuong": "to-chuc"}, {"linh-vuc": "ho-tich"}, {"muc-do": "mot-phan"}, {"co-quan": "H99.21"}],
)
def test_each_filter_narrows_the_list(visitor: Visitor, filters: dict[str, str]) -> None:
    visitor.get("/thu-tuc")
    everything = total(visitor)
    visitor.get("/thu-tuc", params=filters)
    assert 0 < total(visitor) < everything


def test_the_counts_by_level_add_up(visitor: Visitor) -> None:
    visitor.get("/thu-tuc")
    counts = [
        int(one.text_content().rsplit("(", 1)[1].rstrip(") \n"))
        for one in visitor.page.xpath("//ul[@class='level-tabs']//a")
    ]
    assert counts[0] == sum(counts[1:]) == total(visitor)


def test_ten_services_stand_on_a_page_and_no_service_on_two(visitor: Visitor) -> None:
    visitor.get("/thu-tuc")
    first, wanted = names(visitor), total(visitor)
    assert len(first) == 10
    seen = list(first)
    for number in range(2, (wanted + 9) // 10 + 1):
        visitor.get("/thu-tuc", params={"trang": number})
        seen += names(visitor)
    assert len(seen) == len(set(seen)) == wanted


def test_nonsense_gets_a_message_that_helps(visitor: Visitor) -> None:
    visitor.get("/thu-tuc", params={"tu-khoa": "zzqx khongco"})
    assert "Không tìm thấy thủ tục phù hợp" in visitor.words


def test_markup_in_the_keyword_comes_back_as_text(visitor: Visitor) -> None:
    visitor.get("/thu-tuc", params={"tu-khoa": "<script>alert(1)</script>\"'"})
    assert "<script>alert(1)" not in visitor.answer.text
    assert "<script>alert(1)" in visitor.words


@pytest.mark.parametrize("page", ["-1", "0", "999999999999", "ba", "²"])
def test_an_odd_page_number_shows_a_page(visitor: Visitor, page: str) -> None:
    visitor.get("/thu-tuc", params={"trang": page})
    assert visitor.answer.status_code == 200 and names(visitor)


def test_form_templates_are_real_documents(visitor: Visitor) -> None:
    visitor.get("/thu-tuc/1.001193")
    docx, pdf = (str(one) for one in visitor.page.xpath("//a[contains(@href,'/bieu-mau/')]/@href")[:2])
    assert (
        "word/document.xml" in zipfile.ZipFile(io.BytesIO(visitor.session.get(visitor._whole(docx)).content)).namelist()
    )
    assert visitor.session.get(visitor._whole(pdf)).content.startswith(b"%PDF-")


def test_an_unknown_form_template_is_not_invented(visitor: Visitor) -> None:
    assert visitor.get("/bieu-mau/khong-co.docx").status_code == 404
    assert visitor.get("/bieu-mau/..%2f..%2fsecrets.json").status_code == 404


def test_a_service_that_only_informs_offers_no_submission(visitor: Visitor) -> None:
    code = visitor.portal.rows("SELECT code FROM services WHERE level = 'thong_tin'")[0][0]
    visitor.get(f"/thu-tuc/{code}")
    assert not visitor.page.xpath("//a[starts-with(@href, '/nop-ho-so/')]")
    visitor.log_in("A", f"/nop-ho-so/{code}")
    assert "chưa nhận hồ sơ trực tuyến" in visitor.words
