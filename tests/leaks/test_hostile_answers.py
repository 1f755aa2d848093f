"""Answers that are made to keep a reader busy are read as fast as others."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from toantrinh.advisories.model import load_advisories
from toantrinh.observers.leaks.error_marks import traces_in
from toantrinh.observers.leaks.libraries import libraries_in
from toantrinh.observers.leaks.listings import ENTRY
from toantrinh.observers.leaks.named_paths import SETTING, named_paths
from toantrinh.observers.leaks.source_maps import secrets_in
from toantrinh.observers.prober.likeness import text_of, title_of
from toantrinh.observers.prober.masking import masked

ENDLESS = ("<", "<script>", "<title>", "a.", "a-b.", "abcdEFGH0123+/", "com.liferay.", "at a.b", "/**", "password")


@pytest.mark.parametrize("piece", ENDLESS)
@pytest.mark.timeout(60)  # seconds; one that looks back from every letter takes hours
def test_nothing_is_read_again_from_every_letter(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert traces_in(text) == () and secrets_in(text) == [] and title_of(text) == ""
    assert libraries_in("https://cong.example/a.js", text, load_advisories()) == ()
    assert len(text_of(text)) <= 200_000 and masked(text[:16_000])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Trước</p><script>var a = '<p>không</p>';</script><p>Sau</p>", "Trước Sau"),
        ("<p>Trước</p><!-- <p>ẩn</p> --><p>Sau</p>", "Trước Sau"),
        ("<p>Trước</p><style>p { color: red }</STYLE ><p>Sau</p>", "Trước Sau"),
        ("<p>Trước</p><script>mãi không đóng <p>Sau</p>", "Trước"),
        ("<title>Tên</title><p>A &amp; B</p>", "A & B"),
    ],
)
def test_scripts_and_comments_are_no_text(source: str, text: str) -> None:
    assert text_of(source) == text


SETTINGS = [one for one in named_paths("left_files") if one.sign and one.path in ("/.git/config", "/.aws/credentials")]
READERS: list[tuple[str, Callable[[str], object]]] = [
    ("<input name=token ", masked),
    ('<input value="" ', masked),
    ("<a href=x ", ENTRY.findall),
    ("<a ", ENTRY.findall),
    ("\n", SETTING.findall),
    *(("\n", one.sign.findall) for one in SETTINGS if one.sign),
]


@pytest.mark.parametrize(("piece", "read"), READERS, ids=lambda one: repr(one) if isinstance(one, str) else "")
def test_what_is_never_closed_takes_no_more_time_than_its_length(piece: str, read: Callable[[str], object]) -> None:
    def takes(times: int) -> float:
        best = []
        for _ in range(3):
            started = time.thread_time()
            read(piece * times)
            best.append(time.thread_time() - started)
        return min(best)

    few = 900 if len(piece) > 1 else 8000
    assert len(SETTINGS) == 2 and takes(8 * few) < 24 * takes(few)  # a square would take 64 times as long
