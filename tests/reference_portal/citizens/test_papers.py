"""Papers of a dossier: taken, refused, replaced, removed, taken from the store."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image

from portal.papers import forms

from .conftest import Application, Portal, Visitor

KEY = "giay-chung-sinh"
PDF = forms.form_template("Giấy chứng sinh (thử nghiệm)", ["Họ và tên"], "pdf")


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, kind)
    return made.getvalue()


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.fixture
def papers(apply: Callable[..., Application]) -> Application:
    """An application at its step of papers."""
    application = apply()
    application.until("giay-to")
    return application


def upload(application: Application, name: str, content: bytes, key: str = KEY) -> Visitor:
    page = application.step("giay-to")
    page.send({"thao-tac": f"tai-len:{key}"}, files={f"tep-{key}": (name, content)})
    return page


def shown(page: Visitor, key: str = KEY) -> str:
    return " ".join(page.page.get_element_by_id(f"giay-to-{key}").xpath("string(.//*[@class='file-name'])").split())


def test_each_paper_has_its_place_and_says_what_it_takes(papers: Application) -> None:
    page = papers.step("giay-to").page
    asked = papers.visitor.portal.rows("SELECT key FROM service_documents WHERE service_code = '1.001193'")
    for (key,) in asked:
        hint = page.get_element_by_id(f"tep-{key}-goi-y").text_content()
        assert page.get_element_by_id(f"tep-{key}").get("type") == "file" and "PDF" in hint and "5 MB" in hint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("giấy chứng sinh.pdf", PDF),
        ("anh.JPG", picture("JPEG")),
        ("anh.jpeg", picture("JPEG")),
        ("anh.png", picture("PNG")),
    ],
)
def test_a_good_file_is_taken_and_shown(papers: Application, name: str, content: bytes) -> None:
    page = upload(papers, name, content)
    assert name in shown(page)
    address = page.page.xpath(f"//*[@id='giay-to-{KEY}']//a[contains(@href,'/tep/')]/@href")[0]
    assert page.session.get(page._whole(address)).content == content


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("rong.pdf", b"", "rỗng"),
        ("to.pdf", PDF + b"\n" * (5 * 1024 * 1024 + 1), "vượt quá giới hạn 5 MB"),
        ("bang.xlsx", packed(xl=b"x"), "không đúng loại"),
        ("gia.pdf", b"MZ" + b"\0" * 2000, "không phải PDF hợp lệ"),
        ("gia.jpg", PDF, "không phải JPG hợp lệ"),
        ("hong.png", picture("PNG")[:40], "không phải PNG hợp lệ"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "không đúng loại"),
        ("trang.html", b"<script>alert(1)</script>", "không đúng loại"),
        ("hai-duoi.exe.pdf", PDF, "không đúng loại"),
        ("ma-doc.pdf", PDF + b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "không an toàn"),
        ("co-ma.pdf", PDF.replace(b"%PDF-1", b"%PDF-1", 1) + b"<< /JavaScript (app.alert(1)) >>", "không an toàn"),
        ("khong-duoi", PDF, "không đúng loại"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(papers: Application, name: str, content: bytes, says: str) -> None:
    page = upload(papers, name, content)
    assert says in page.error(f"tep-{KEY}")
    assert not shown(page)


@pytest.mark.parametrize(
    "content",
    [
        packed(**{"word__document.xml": b"<w/>"}),
        packed(**{"[Content_Types].xml": b"macroEnabled", "word__document.xml": b"<w/>"}),
        packed(**{"[Content_Types].xml": b"<t/>", "word__document.xml": b"\0" * (101 * 1024 * 1024)}),
        b"PK\x03\x04 not an archive",
    ],
    ids=["no content types", "macros", "bomb", "broken"],
)
def test_a_word_file_is_judged_by_what_is_inside(papers: Application, content: bytes) -> None:
    page = upload(papers, "to-khai.docx", content, key="to-khai")
    assert "không phải DOCX hợp lệ" in page.error("tep-to-khai")


def test_a_word_file_is_taken_where_it_is_allowed(papers: Application) -> None:
    content = forms.form_template("Tờ khai", ["Họ và tên"], "docx")
    assert "to-khai.docx" in shown(upload(papers, "to-khai.docx", content, key="to-khai"), "to-khai")
    assert "không đúng loại" in upload(papers, "to-khai.docx", content).error(f"tep-{KEY}")


def test_a_path_in_a_file_name_leads_nowhere(papers: Application, portal: Portal) -> None:
    page = upload(papers, "..\\..\\etc/../../tmp/gia<b>y.pdf", PDF)
    assert shown(page) == "Đã đính kèm: giaby.pdf"
    assert not list(portal.data.glob("*.pdf"))


def test_a_file_can_be_replaced_and_removed(papers: Application, portal: Portal) -> None:
    upload(papers, "mot.pdf", PDF)
    page = upload(papers, "hai.png", picture("PNG"))
    assert "hai.png" in shown(page) and "mot.pdf" not in page.words
    page.send({"thao-tac": f"go:{KEY}"})
    assert not shown(page)
    assert not portal.rows("SELECT 1 FROM dossier_files WHERE dossier_id = ?", papers.id)


def test_a_refused_file_leaves_the_one_before(papers: Application) -> None:
    upload(papers, "mot.pdf", PDF)
    page = upload(papers, "hai.pdf", b"")
    assert "rỗng" in page.error(f"tep-{KEY}") and "mot.pdf" in shown(page)


def test_going_on_without_a_required_paper_is_refused(papers: Application) -> None:
    page = papers.step("giay-to")
    page.send({"thao-tac": "tiep-tuc"})
    assert page.error(f"tep-{KEY}") == "Vui lòng đính kèm: Giấy chứng sinh."


def test_a_chosen_file_goes_up_with_the_button_that_goes_on(papers: Application) -> None:
    page = papers.step("giay-to")
    page.send({"thao-tac": "tiep-tuc"}, files={f"tep-{KEY}": ("a.pdf", PDF)})
    assert page.answer.url.endswith("/le-phi")


def test_a_paper_of_the_store_serves_instead_of_an_upload(papers: Application) -> None:
    page = papers.step("giay-to")
    (held,) = page.page.xpath(f"//select[@id='kho-{KEY}']/option[@value!='']/@value")
    page.send({f"kho-{KEY}": held, "thao-tac": f"kho:{KEY}"})
    assert "giay-chung-sinh.pdf" in shown(page) and "từ kho giấy tờ" in page.words


def test_a_paper_of_somebody_elses_store_is_refused(papers: Application, portal: Portal) -> None:
    (other,) = portal.rows("SELECT id FROM stored_documents WHERE citizen_id = 2")[0]
    page = papers.step("giay-to")
    page.send({f"kho-{KEY}": other, "thao-tac": f"kho:{KEY}"})
    assert page.error(f"kho-{KEY}") and not shown(page)


def test_a_paper_can_be_put_into_the_store(citizen_b: Visitor) -> None:
    citizen_b.get("/kho-giay-to")
    citizen_b.send({"loai_giay_to": "cho_o"}, files={"tep": ("cho-o.pdf", PDF)})
    assert "Đã thêm giấy tờ vào kho" in citizen_b.words and "cho-o.pdf" in citizen_b.words
    citizen_b.send({"loai_giay_to": ""}, files={"tep": ("cho-o.exe", b"MZ")})
    assert citizen_b.error("loai_giay_to") and "không đúng loại" in citizen_b.error("tep")
