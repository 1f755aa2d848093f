"""Empty forms to download, as DOCX to type in and as PDF to print."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from portal.careless_letters import without_tags
from portal.defects import has_defect
from portal.papers.eform import DECLARATION
from portal.papers.typesetting import typeset

Kind = Literal["docx", "pdf"]
KINDS: tuple[Kind, ...] = ("docx", "pdf")
MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

_SEED = Path(__file__).parent.parent / "seed" / "services.yaml"
_APPLICANT = (
    "Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Số định danh cá nhân", "Nơi cư trú", "Số điện thoại", "Thư điện tử",
)  # fmt: skip
_FALLBACK = ("Nội dung đề nghị", "Lý do", "Giấy tờ kèm theo")


@dataclass(frozen=True)
class FormSection:
    """A part of a form: its title (may be empty) and the labels to be filled in."""

    title: str
    labels: tuple[str, ...]


def form_template(title: str, fields: Iterable[str | Mapping[str, Any]], kind: Kind, agency: str = "") -> bytes:
    """The empty form `title` as DOCX or PDF.

    `fields` are labels, or field definitions of a service's form (`label`, `section`): those of one section stand
    together.
    Raises ValueError for another kind.
    """
    sections = (FormSection("Người yêu cầu", _APPLICANT), *_sections(fields))
    addressee = agency or "………………………………………………………"
    if kind == "docx":
        return _docx(title, addressee, sections)
    if kind == "pdf":
        parts = [{"title": part.title, "labels": list(part.labels)} for part in sections]
        made = typeset("form", {"title": title, "agency": addressee, "sections": parts})
        return without_tags(made) if has_defect("a11y.templates-untagged") else made
    raise ValueError(f"no form of kind {kind!r}: one of {', '.join(KINDS)}")


@lru_cache(maxsize=256)
def template_file(name: str, kind: Kind) -> bytes:
    """The form that the services call `template: <name>`; a form of a general kind when no service names it."""
    title, fields = _known_templates().get(name, (_title_of(name), ()))
    return form_template(title, fields or _FALLBACK, kind)


def template_names() -> tuple[str, ...]:
    """The names of all forms that some service asks for."""
    return tuple(_known_templates())


@lru_cache(maxsize=1)
def _known_templates() -> dict[str, tuple[str, tuple[Mapping[str, Any], ...]]]:
    import yaml

    if not _SEED.exists():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    services = yaml.load(_SEED.read_text(encoding="utf-8"), Loader=loader)["services"]
    known: dict[str, tuple[str, tuple[Mapping[str, Any], ...]]] = {}
    for service in services:
        for document in service.get("documents") or ():
            name = document.get("template")
            if name and name not in known:
                known[name] = (document["name"], tuple(service.get("form") or ()))
    return known


def _title_of(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "Đơn đề nghị"


def _sections(fields: Iterable[str | Mapping[str, Any]]) -> Sequence[FormSection]:
    labels: dict[str, list[str]] = {}
    for entry in fields:
        section, label = ("", entry) if isinstance(entry, str) else (entry.get("section") or "", entry["label"])
        labels.setdefault(section or "Nội dung đề nghị", []).append(label)
    return [FormSection(section, tuple(of_section)) for section, of_section in labels.items()]


def _docx(title: str, addressee: str, sections: Sequence[FormSection]) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.8), Cm(2), Cm(2)
    document.core_properties.title = title
    document.core_properties.language = "vi-VN"
    document.core_properties.author = "Cổng Dịch vụ công tỉnh Sao Mai"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)

    def line(text: str, *, bold: bool = False, italic: bool = False, centred: bool = True, style: str = "") -> Any:
        paragraph = document.add_paragraph(style=style or "Normal")
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        run.font.name = "Times New Roman"
        paragraph.paragraph_format.space_after = Pt(4)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    line("BẢN THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ", italic=True)
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    line("Độc lập – Tự do – Hạnh phúc", bold=True).paragraph_format.space_after = Pt(18)
    line(title.upper(), bold=True, style="Heading 1")
    line(f"Kính gửi: {addressee}").paragraph_format.space_after = Pt(12)
    for section in sections:
        if section.title:
            line(section.title, bold=True, centred=False, style="Heading 2")
        for label in section.labels:
            dotted = line(f"{label}: \t", centred=False)
            dotted.paragraph_format.tab_stops.add_tab_stop(Cm(16.2), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    line(DECLARATION, centred=False)
    line("…………………, ngày …… tháng …… năm ………", italic=True)
    line("NGƯỜI KHAI", bold=True)
    line("(Ký, ghi rõ họ tên)", italic=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
