"""Answers that are made to keep a reader busy are read as fast as others."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from toantrinh.advisories.model import load_advisories
from toantrinh.observations.exchanges import Ended
from toantrinh.observers.channel.plain_http import TO_HTTPS
from toantrinh.observers.leaks.error_marks import traces_in
from toantrinh.observers.leaks.libraries import libraries_in
from toantrinh.observers.leaks.listings import ENTRY
from toantrinh.observers.leaks.named_paths import SETTING, named_paths
from toantrinh.observers.leaks.source_maps import secrets_in
from toantrinh.observers.parameters.where_to import is_kept_by_form, refresh_of, script_names
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import text_of, title_of
from toantrinh.observers.prober.masking import masked
from toantrinh.observers.trespass.officers import _PASSWORD
from toantrinh.observers.trespass.own_data import readable

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
API_DOCS = next(one for one in named_paths("debug_pages") if one.path == "/v2/api-docs")


def page(source: str) -> Answer:
    return Answer(
        SimpleNamespace(ended=Ended.ANSWERED, status=200), "/", (("Content-Type", "text/html"),), source.encode()
    )  # type: ignore[arg-type]


def refresh(source: str) -> object:
    return refresh_of(page(source))


def scripts(source: str) -> object:
    return script_names(page(source), "la.example")


def forms(source: str) -> object:
    return is_kept_by_form(page(source), "la.example")


READERS: list[tuple[str, Callable[[str], object]]] = [
    ("<input name=token ", masked),
    ('<input value="" ', masked),
    ("<a href=x ", ENTRY.findall),
    ("<a ", ENTRY.findall),
    ("\n", SETTING.findall),
    *(("\n", one.sign.findall) for one in SETTINGS if one.sign),
    ('"swagger":"2"', lambda text: API_DOCS.sign and API_DOCS.sign.search(f"{{{text}")),
    ("<script ", readable),
    ("<input ", _PASSWORD.search),
    ("http-equiv=refresh ", TO_HTTPS.search),
    *(
        (piece, read)
        for piece in ("<!--", "<script>", "<textarea>", "<title>", "<form ")
        for read in (refresh, scripts, forms)
    ),
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
