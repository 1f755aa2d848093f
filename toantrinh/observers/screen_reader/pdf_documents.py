"""The PDF templates that the pages offer: whether they are tagged, have text, and say their language and title."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from toantrinh.downloads import kind_of
from toantrinh.driver.fetching import Limits, fetch
from toantrinh.driver.lexicon import fold
from toantrinh.observations.reading import DocumentFacts, DocumentsFacts, ReadingFacts, ReadLink
from toantrinh.observations.site import PageName
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

MOST_ASKED = 12
MOST_PDF = 8
MOST_PAGES = 20
MOST_DEPTH = 4
LIMITS = Limits(most_bytes=12 * 1024 * 1024, seconds=20.0)
TEMPLATE = ("mau don", "bieu mau", "to khai", "mau so", "tai mau", "tai ve", "tai bieu", "mau pdf", "tep mau")
OTHER_KINDS = (".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".jpg", ".png", ".html", ".htm")
SHOWS_TEXT = (b"Tj", b"TJ", b"'", b'"')


def documents_of(context: BrowserContext, system: System, pages: Mapping[PageName, ReadingFacts]) -> DocumentsFacts:
    """Fetches what the links of these pages offer as PDF, at most eight, and reads each."""
    found: list[DocumentFacts] = []
    seen: list[str] = []
    for link in candidates(pages):
        if len(seen) >= MOST_ASKED or len(found) >= MOST_PDF:
            break
        seen.append(link.address)
        got = fetch(context, link.address, system.allowed_hosts, limits=LIMITS)
        named = unquote(urlsplit(link.address).path).lower().endswith(".pdf")
        if kind_of(got.content) == "pdf":
            found.append(document_of(link.name, link.address, got.content))
        elif named and got.why:
            found.append(DocumentFacts(name=link.name, address=link.address, why=got.why))
    return DocumentsFacts(documents=tuple(found), seen=tuple(seen))


def candidates(pages: Mapping[PageName, ReadingFacts]) -> list[ReadLink]:
    """Links that may lead to a template: those to a .pdf first, then downloads and those whose words say so."""
    links = {link.address: link for page in pages.values() for link in page.links if link.address.startswith("http")}
    paths = {address: unquote(urlsplit(address).path).lower() for address in links}
    sure = [link for address, link in links.items() if paths[address].endswith(".pdf")]
    likely = [
        link
        for address, link in links.items()
        if link not in sure
        and not paths[address].endswith(OTHER_KINDS)
        and link.landmark not in ("nav", "header", "footer")
        and (link.download or any(word in fold(f"{link.name} {link.context[:40]}") for word in TEMPLATE))
    ]
    return [*sure, *sorted(likely, key=lambda link: not link.download)]


def document_of(name: str, address: str, content: bytes) -> DocumentFacts:
    """What the file itself says (ISO 32000-1, 14.7 and 14.8; 14.9.2 for the language)."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            reader.decrypt(b"")
        root: Any = reader.root
        marks = _inside(root, "/MarkInfo")
        marked = bool(_inside(marks, "/Marked")) if marks is not None else False
        tree = _inside(root, "/StructTreeRoot")
        info = _inside(reader.trailer_view, "/Info")
        pages = list(_leaves(_inside(root, "/Pages")))
        shown = [_shows(page) for page in pages[:MOST_PAGES]]
        return DocumentFacts(
            name=name,
            address=address,
            tagged=marked and tree is not None and _inside(tree, "/K") is not None,
            has_text=any(text for text, _ in shown),
            pictures=any(picture for _, picture in shown),
            language=str(_inside(root, "/Lang") or ""),
            title=str(_inside(info, "/Title") or "").strip() if info is not None else "",
            pages=len(pages),
        )
    except Exception as error:  # whatever a broken file makes the reader stumble over
        return DocumentFacts(name=name, address=address, why=f"tệp PDF không đọc được ({type(error).__name__})")


def _inside(container: Any, name: str) -> Any:
    try:
        return container[name]
    except (KeyError, TypeError):
        return None


def _leaves(node: Any, depth: int = 0) -> Any:
    """The pages of a page tree; `Resources` of a parent hold for its pages."""
    if node is None or depth > 12:
        return
    kids = _inside(node, "/Kids")
    if kids is None:
        yield node
        return
    for at in range(min(len(kids), 500)):
        yield from _leaves(kids[at], depth + 1)


def _shows(page: Any) -> tuple[bool, bool]:
    """(a page shows text, it shows pictures)."""
    resources, above = _inside(page, "/Resources"), page
    while resources is None and (above := _inside(above, "/Parent")) is not None:
        resources = _inside(above, "/Resources")
    contents = _inside(page, "/Contents")
    parts = [contents[at] for at in range(len(contents))] if isinstance(contents, list) else [contents]
    return _looked(b"\n".join(part.data for part in parts if part is not None), resources, 0)


def _looked(stream: bytes, resources: Any, depth: int) -> tuple[bool, bool]:
    text = b"BT" in stream and any(shows in stream for shows in SHOWS_TEXT) and _inside(resources, "/Font") is not None
    picture = b"BI" in stream and b"EI" in stream and not text
    drawn = _inside(resources, "/XObject")
    if drawn is None or depth > MOST_DEPTH:
        return text, picture
    for name in list(drawn)[:40]:
        part = drawn[name]
        if _inside(part, "/Subtype") == "/Image":
            picture = True
        elif _inside(part, "/Subtype") == "/Form" and not text:
            inner = _looked(part.data, _inside(part, "/Resources") or resources, depth + 1)
            text, picture = text or inner[0], picture or inner[1]
    return text, picture
