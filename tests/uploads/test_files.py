"""The files themselves: harmless, small, known again; and headers as browsers read them."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from toantrinh.downloads import kind_of
from toantrinh.observers.uploads import contents
from toantrinh.observers.uploads.baits import MOST, Place, baits, readable
from toantrinh.observers.uploads.disposition import is_well_formed, name_in

HOUSE = Path(__file__).parents[2]
LARGEST = 100 * 1024


@pytest.mark.parametrize("place", [Place("pdf", True), Place("pdf", False), Place("jpg", False)])
def test_the_files_are_few_small_and_known_by_their_tokens(place: Place) -> None:
    made = baits(place, "kt0a1b2c")
    assert len(made) <= MOST and len({one.key for one in made}) == len(made)
    tokens = [one.token for one in made]
    assert len(set(tokens)) == len(tokens) and {len(token) for token in tokens} == {9}
    for one in made:
        assert one.token in one.file.name
        assert len(one.file.content) <= LARGEST


def test_an_archive_inflates_to_what_is_said() -> None:
    for archive in (contents.inflating_archive(), contents.inflating_document()):
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            assert max(part.file_size for part in parts.infolist()) == contents.BOMB_BYTES <= 100 * 1024 * 1024
    assert kind_of(contents.inflating_document()) == "docx"


def test_the_test_virus_is_the_real_one_and_stands_in_no_file_of_the_project() -> None:
    virus = contents.eicar()
    assert (len(virus), hashlib.sha256(virus).hexdigest()[:16]) == (68, "275a021bbfb6489e")
    found = subprocess.run(
        ["git", "grep", "--untracked", "-l", "-F", virus[:40].decode()], cwd=HOUSE, capture_output=True, check=False
    )
    assert (found.returncode, found.stdout) == (1, b"")


@pytest.mark.parametrize(("kind", "main"), [("docm", b"macroEnabled.main"), ("docx", b"document.main+xml")])
def test_macro_documents_are_what_they_say(kind: str, main: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(contents.macro_document(kind))) as parts:
        assert "word/vbaProject.bin" in parts.namelist() and main in parts.read("[Content_Types].xml")


def test_names_are_kept_readable() -> None:
    assert readable("a\0\r\n\u202e.pdf") == "a\\x00\\r\\n\\u202e.pdf"
    assert readable("giấy tờ.pdf") == "giấy tờ.pdf"
    assert readable("a" * 300).endswith("(300 ký tự)")


@pytest.mark.parametrize(
    ("header", "name", "well"),
    [
        ("", "", True),
        ("attachment", "", True),
        ('inline; filename="a b.pdf"', "a b.pdf", True),
        ("attachment; filename=a.pdf;", "a.pdf", True),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''gi%E1%BA%A5y%20t%E1%BB%9D.pdf", "giấy tờ.pdf", True),
        ('attachment; filename="giấy tờ.pdf"', "giấy tờ.pdf", True),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf', True),
        ('attachment; filename="a"b.pdf"', "a", False),
        ("attachment; filename=a b.pdf", "a b.pdf", False),
        ("attachment; filename*=x-unknown''%61.pdf", "", True),
    ],
)
def test_a_disposition_is_read_as_browsers_do(header: str, name: str, well: bool) -> None:
    assert is_well_formed(header) is well
    assert name_in(header) == name or not well
