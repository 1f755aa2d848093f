"""Which files are tried at a place, in which order, and under which names. Each name carries a token of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from toantrinh.documents import make_document
from toantrinh.driver.hands import File
from toantrinh.journey.papers import MIME
from toantrinh.observations.uploads import Group
from toantrinh.observers.uploads import contents

Content = bytes | Callable[[str], bytes]
MOST = 17
DOCM = "application/vnd.ms-word.document.macroEnabled.12"
HEADER = "X-Kiem-Thu"
MARKED = "data-kt"  # the attribute that a name becomes where it is not escaped
LONG = 300  # letters; most file systems hold 255 bytes (POSIX NAME_MAX)


@dataclass(frozen=True)
class Bait:
    """A file to be tried. `token`: the letters by which it is known again. `inflated`: bytes, of an archive."""

    key: str
    group: Group
    token: str
    file: File
    about: str
    inflated: int = 0


@dataclass(frozen=True)
class Place:
    """What is asked at the place: the kind of a good document, and whether DOCX is one that it takes."""

    kind: str
    docx: bool


def good(place: Place, token: str) -> Bait:
    """The control: a document that the place asks for."""
    file = File(
        f"{token}-dung-loai.{place.kind}", MIME[place.kind], make_document(place.kind, f"Tệp đúng loại {token}")
    )
    return Bait("good", Group.GOOD, token, file, f"tài liệu {place.kind.upper()} đúng loại")


def baits(place: Place, stem: str) -> list[Bait]:
    """The files in their order; the test virus last, since it is looked for again at the end."""
    made: list[Bait] = []
    kind, mime = place.kind, MIME[place.kind]

    def add(
        group: Group,
        key: str,
        name: str,
        media: str,
        content: bytes | Callable[[str], bytes],
        about: str,
        inflated: int = 0,
    ) -> None:
        token = f"{stem}{chr(ord('a') + len(made))}"
        named = name.replace("@", token)
        body = content if isinstance(content, bytes) else content(token)
        made.append(Bait(key, group, token, File(named, media, body), about, inflated))

    mz, paper = contents.program(), make_document(kind, "Tệp thử tên")
    add(Group.DISGUISED, "double-extension", f"@.{kind}.exe", mime, mz, f"chương trình hai phần mở rộng .{kind}.exe")
    add(Group.DISGUISED, "program-as-document", f"@.{kind}", mime, mz, f"chương trình (MZ) mang tên .{kind}")
    add(Group.DISGUISED, "script-extension", f"@.php.{kind}", mime, contents.php(), f"mã PHP mang tên .php.{kind}")
    add(Group.DISGUISED, "macro-document", "@.docm", DOCM, contents.macro_document("docm"), "tài liệu có macro (.docm)")
    if place.docx:
        hidden = contents.macro_document("docx")
        add(Group.DISGUISED, "hidden-macro", "@.docx", MIME["docx"], hidden, "macro trong tệp .docx (vbaProject.bin)")
    add(Group.SCRIPT, "svg", "@.svg", "image/svg+xml", contents.svg, "ảnh SVG có mã kịch bản")
    add(Group.SCRIPT, "html", "@.html", mime, contents.html, f"trang HTML có mã kịch bản, tự khai là {mime}")
    add(
        Group.SCRIPT,
        "html-as-document",
        f"@.{kind}",
        mime,
        contents.html,
        f"trang HTML có mã kịch bản mang tên .{kind}",
    )
    add(Group.NAME, "path-up", f"../@-len.{kind}", mime, paper, "tên có ../")
    add(Group.NAME, "absolute-path", f"/tmp/@-goc.{kind}", mime, paper, "tên là đường dẫn tuyệt đối")
    add(
        Group.NAME, "line-break", f"@-ngat\0\r\n{HEADER}: co\r\n.{kind}", mime, paper,
        "tên có ký tự NUL và xuống dòng",
    )  # fmt: skip
    markup = f"@'\"><img src=x {MARKED}=@ onerror={contents.CALLED}('@',self.origin)>.{kind}"
    add(Group.NAME, "markup", markup, mime, paper, "tên có dấu nháy và thẻ HTML")
    add(Group.NAME, "long", f"@-{'a' * LONG}.{kind}", mime, paper, f"tên dài {LONG} ký tự")
    turned = unicodedata.normalize("NFD", f"@-giấy tờ\u202e.{kind}")
    add(Group.NAME, "turned", turned, mime, paper, "tên dựng sẵn Unicode tách dấu, có ký tự đảo chiều chữ")
    bomb = contents.BOMB_BYTES
    if place.docx:
        add(
            Group.HARMFUL, "inflating-document", "@.docx", MIME["docx"], contents.inflating_document(),
            "tài liệu .docx phình ra khi giải nén", bomb,
        )  # fmt: skip
    else:
        add(
            Group.HARMFUL, "inflating-archive", "@.zip", "application/zip", contents.inflating_archive(),
            "tệp ZIP phình ra khi giải nén", bomb,
        )  # fmt: skip
    virus = contents.eicar()
    add(Group.HARMFUL, "eicar", f"@.{kind}", mime, virus, f"tệp thử vi-rút EICAR mang tên .{kind}")
    if place.docx:
        inside = contents.docx_with({"word/media/eicar.com": virus}, stored=True)
        add(Group.HARMFUL, "eicar-inside", "@.docx", MIME["docx"], inside, "tài liệu .docx chứa tệp thử vi-rút EICAR")
    assert len(made) <= MOST
    return made


def readable(name: str) -> str:
    """A name with what cannot be printed written as its code, cut to 90 letters."""
    written = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in name)
    return written if len(written) <= 90 else f"{written[:80]}… ({len(name)} ký tự)"
