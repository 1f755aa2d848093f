"""What a browser's answers leave in the record: everything that the judges need, and no value of a cookie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.headers.small_system import NAME, SECRET, System, party, serving
from toantrinh.driver.answer_shapes import keeps_shared
from toantrinh.driver.http_answers import AnswerBook
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.observations.http_answers import AnswersSeen, HttpAnswer

LOCAL = frozenset({"127.0.0.1"})


@pytest.fixture(scope="module")
def system() -> Iterator[str]:
    """The address of the small system, with its party on another port."""
    with serving(party) as other, serving(System(other).answer) as address:
        yield address


@pytest.fixture
def book(system: str, page: Page) -> AnswerBook:
    """A book that hears what the page is answered."""
    book = AnswerBook(OwnHosts(system, LOCAL), {"họ tên": (NAME,)})
    book.listen(page.context)
    return book


def seen(book: AnswerBook, page: Page, *addresses: str, step: str = "home") -> AnswersSeen:
    """What is written down of these addresses, one after the other."""
    for address in addresses:
        page.goto(address)
        book.look(page, page.inner_text("body"))
    book.close(page.context, page, step)
    return book.record()


def at(record: AnswersSeen, path: str) -> HttpAnswer:
    (found,) = [one for one in record.answers if one.address.split("?")[0].endswith(path)]
    return found


def test_redirects_errors_and_pictures_are_answers_too(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/sent?ma=123", f"{system}/khong-co")
    assert {(one.address.removeprefix(system), one.kind, one.status, one.body) for one in record.answers} == {
        ("/sent?ma=…", "document", 302, False),
        ("/", "document", 200, True),
        ("/a.png", "image", 404, True),
        ("/khong-co", "document", 404, True),
    }


def test_no_value_of_a_cookie_is_kept(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/sent", f"{system}/script-cookie", step="log-in")
    assert SECRET not in record.model_dump_json()
    (cookie,) = at(record, "/sent").cookies
    assert (cookie.name, cookie.http_only, cookie.same_site, cookie.opaque) == ("sid", True, "Lax", True)
    held = {one.name: one for one in record.cookies}
    assert held["sid"].set_by == f"GET {system}/sent" and held["sid"].changed == ("log-in",)
    assert held["k"].set_by == "" and not held["k"].http_only


def test_a_cookie_that_stays_is_changed_in_no_later_step(system: str, page: Page, book: AnswerBook) -> None:
    seen(book, page, f"{system}/sent")
    record = seen(book, page, f"{system}/again", step="form")
    assert [one.changed for one in record.cookies] == [("home",)] and not record.cookies[0].gone
    page.context.clear_cookies()
    assert [one.gone for one in seen(book, page, f"{system}/again", step="rating").cookies] == [True]


def test_a_cookie_of_a_party_on_the_same_machine_is_not_the_systems(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/enter")
    assert [one.name for one in record.cookies] == ["state"]
    assert all(one.address.startswith(system) for one in record.answers)


def test_nonces_stand_beside_one_set_of_headers(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/", f"{system}/again", f"{system}/")
    home, again = at(record, "/"), at(record, "/again")
    assert home.headers == again.headers and home.count == 2 and again.count == 1
    assert len({*home.nonces, *again.nonces}) == 3
    assert "'nonce-seen'" in record.table[home.headers]["content-security-policy"]


def test_only_documents_that_lack_a_header_are_asked(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/", f"{system}/meta", f"{system}/khong-co")
    assert at(record, "/").written is None
    written = at(record, "/meta").written
    assert written is not None and (written.policies, written.referrer) == (("script-src 'self'",), "same-origin")
    nothing = at(record, "/khong-co").written
    assert nothing is not None and nothing.policies == ()


def test_a_document_that_was_left_before_it_was_asked_stays_unknown(system: str, page: Page, book: AnswerBook) -> None:
    page.goto(f"{system}/meta")
    record = seen(book, page, f"{system}/")
    assert at(record, "/meta").written is None


def test_personal_data_is_looked_for_where_it_may_be_shared(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/own", f"{system}/own-private")
    assert at(record, "/own").personal == ("họ tên",) and at(record, "/own-private").personal == ()
    assert NAME not in record.model_dump_json()


def test_answers_behind_an_application_are_heard(system: str, page: Page, book: AnswerBook) -> None:
    page.goto(f"{system}/app")
    page.wait_for_function("document.title === 'xong'")
    book.look(page, page.inner_text("body"))
    book.close(page.context, page, "form")
    record = book.record()
    me, places = at(record, "/api/me"), at(record, "/api/places")
    assert me.kind == "fetch" and me.bearer and me.personal == ("họ tên",) and places.personal == ()
    assert not at(record, "/api/nothing").body and not at(record, "/app").bearer


def test_files_of_other_hosts_are_named_with_their_integrity(system: str, page: Page, book: AnswerBook) -> None:
    record = seen(book, page, f"{system}/files")
    assert [(one.address.rsplit("/", 1)[1], one.integrity) for one in record.strangers] == [
        ("lib.js", False),
        ("pinned.js", True),
        ("loose.js", False),  # no digest: browsers take no notice
    ]


def test_a_file_of_a_host_that_is_out_of_reach_is_named_too(system: str, page: Page, book: AnswerBook) -> None:
    page.route("**/pinned.js", lambda route: route.abort())
    page.route("**/lib.js", lambda route: route.abort())
    assert [one.integrity for one in seen(book, page, f"{system}/files").strangers] == [False, True, False]


def test_a_party_may_keep_its_own_files(system: str, page: Page, book: AnswerBook) -> None:
    page.goto(f"{system}/enter")
    page.add_script_tag(url="/lib.js")
    assert seen(book, page).strangers == ()


def test_a_page_without_files_of_others_is_not_asked_for_them(system: str, page: Page, book: AnswerBook) -> None:
    assert seen(book, page, f"{system}/").strangers == ()


# Cache-Control, Vary, whether a shared cache may keep it and give it to others (RFC 9111)
CACHING = [
    ("no-store", "", False),
    ("private, max-age=60", "", False),
    ("no-cache", "", False),
    ("max-age=0, must-revalidate", "", False),
    ("public, max-age=60", "", True),
    ("max-age=60", "", True),
    ("s-maxage=60, max-age=0", "", True),
    ("s-maxage=0, max-age=60", "", False),
    ("public, max-age=60", "Accept-Encoding, Cookie", False),
    ("", "", True),
    ("", "Cookie", False),
]


@pytest.mark.parametrize(("said", "vary", "shared"), CACHING)
def test_what_a_shared_cache_may_keep(said: str, vary: str, shared: bool) -> None:
    headers = {name: value for name, value in {"cache-control": said, "vary": vary}.items() if value}
    assert (keeps_shared(headers) != "") is shared
