"""Errors of databases that surface, and answers that change like a query; with all that only looks like one."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable

import pytest

from tests.parameters.conftest import FOUND, NOTHING, Ask, quoted, value_of
from tests.prober.scripted import Heard, Said
from toantrinh.observers.leaks.error_marks import marks, traces_in
from toantrinh.observers.parameters import quotes
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.parameters.quotes import DATABASE_ERRORS
from toantrinh.verdicts import Verdict

SEARCH = "/tim?tu-khoa=khai+sinh"
JSON = (("Content-Type", "application/json"),)
SURFACED = {
    "Oracle": "java.lang.Exception: ORA-01756: quoted string not properly terminated",
    "SQL Server": "Unclosed quotation mark after the character string ''.",
    "MySQL/MariaDB": "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server",
    "PostgreSQL": 'ERROR:  unterminated quoted string at or near "&#39;"',
    "SQLite": "sqlite3.OperationalError: unrecognized token: &quot;'&quot;",
    "MongoDB": "MongoServerError: unknown operator: $ne",
    "Hibernate/JPA": "org.hibernate.exception.SQLGrammarException: could not extract ResultSet",
    "Entity Framework": "Microsoft.EntityFrameworkCore.Query.InvalidQueryException",
    "PHP PDO": "PDOException: SQLSTATE[42000]: Syntax error",
    "ODBC/JDBC": "java.sql.SQLException: Invalid column",
    "Python": "sqlalchemy.exc.ProgrammingError: (psycopg2.errors.SyntaxError)",
}
SPOKEN = (
    "<h1>Hướng dẫn quản trị</h1><p>Khi gặp lỗi SQL, lỗi cơ sở dữ liệu Oracle, MySQL hay PostgreSQL, hãy gọi 1022. "
    "Không nhập dấu nháy vào ô tìm kiếm. SQL syntax, JDBC, ODBC, Hibernate là tên của công nghệ.</p>"
)


def services() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", check_same_thread=False)
    base.execute("CREATE TABLE services (number INTEGER, name TEXT)")
    rows = [(n, f"đăng ký khai sinh {' '.join(f'{word}{sign}' for word in ('loai', 'nguoi', 'noi'))}")
            for n, sign in enumerate("abcdefgh")]  # fmt: skip
    base.executemany("INSERT INTO services VALUES (?, ?)", rows)
    return base


def asked(query: str, said: Callable[[str], Said] | None = None) -> Callable[[Heard], Said]:
    """A system that puts its parameter into a query by hand; `said`: what it makes of an error."""
    base = services()

    def answer(heard: Heard) -> Said:
        try:
            rows = base.execute(query.format(value_of(heard, "tu-khoa") or value_of(heard, "so"))).fetchall()
        except sqlite3.Error as error:
            return said(str(error)) if said else Said(200, NOTHING)
        return Said(
            200, f"<title>Kết quả</title><ul>{''.join(f'<li>{name}' for (name,) in rows)}</ul>" if rows else NOTHING
        )

    return answer


@pytest.mark.parametrize("name", SURFACED)
def test_the_errors_of_each_database_are_known_by_their_form(name: str) -> None:
    assert name in {one.name for one in traces_in(f"<p>{SURFACED[name]}</p>", marks(DATABASE_ERRORS))}


def test_words_about_databases_are_no_error() -> None:
    assert traces_in(SPOKEN, marks(DATABASE_ERRORS)) == ()


@pytest.mark.parametrize("name", SURFACED)
def test_an_error_that_comes_with_a_quote_alone_fails(ask: Ask, name: str) -> None:
    def answer(heard: Heard) -> Said:
        odd = value_of(heard, "tu-khoa").count("'") % 2
        return Said(500 if odd else 200, SURFACED[name] if odd else FOUND)

    verdict, words = quoted(ask(answer, SEARCH)[0])
    assert verdict is Verdict.FAIL and name in words
    assert (
        "tham số “tu-khoa” của GET /tim" in words and "(khách chưa đăng nhập) → HTTP 500" in words and "curl" in words
    )


def test_an_error_inside_a_whole_page_fails_too(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        odd = value_of(heard, "tu-khoa").count("'") % 2
        return Said(200, FOUND + (f"<b>{SURFACED['MySQL/MariaDB']}</b>" if odd else ""))

    assert quoted(ask(answer, SEARCH)[0])[0] is Verdict.FAIL


def test_words_in_the_place_of_a_number_that_bring_an_error_fail(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        wrong = not re.fullmatch(r"-?\d{1,18}", value_of(heard, "id"))
        return (
            Said(500, "Conversion failed when converting the varchar value 'x' to data type int")
            if wrong
            else Said(200, FOUND)
        )

    verdict, words = quoted(ask(answer, "/xem?id=5")[0])
    assert verdict is Verdict.FAIL and "SQL Server" in words


@pytest.mark.parametrize(
    "shown", ["everywhere", "for the harmless word, too", "once only"], ids=lambda shown: shown.replace(" ", "-")
)
def test_an_error_that_is_not_the_values_doing_is_no_fault(ask: Ask, shown: str) -> None:
    seen: list[str] = []

    def answer(heard: Heard) -> Said:
        value = value_of(heard, "tu-khoa")
        seen.append(value)
        error = {
            "everywhere": True,
            "for the harmless word, too": value != "khai sinh",
            "once only": value.endswith("h'") and seen.count(value) == 1,
        }[shown]
        return Said(200, FOUND + (SURFACED["Oracle"] if error else ""))

    assert quoted(ask(answer, SEARCH)[0])[0] is Verdict.PASS


def test_a_query_put_together_by_hand_is_known_by_its_answers(ask: Ask) -> None:
    verdict, words = quoted(ask(asked("SELECT name FROM services WHERE name LIKE '%{}%'"), SEARCH)[0])
    assert verdict is Verdict.FAIL and "kiểu LIKE" in words and "hai lần như nhau" in words


def test_a_number_put_into_a_query_by_hand_is_known_by_its_answers(ask: Ask) -> None:
    verdict, words = quoted(ask(asked("SELECT name FROM services WHERE number = {}"), "/xem?so=5")[0])
    assert verdict is Verdict.FAIL and "phép trừ viết xuôi và viết ngược" in words


@pytest.mark.parametrize(
    "kind", ["words as words", "any word will do", "the first number counts", "AND as an operator", "as it likes"]
)
def test_a_search_that_takes_words_as_words_is_silent(ask: Ask, kind: str) -> None:
    times = [0]

    def answer(heard: Heard) -> Said:
        value = value_of(heard, "tu-khoa") or value_of(heard, "so")
        times[0] += 1
        found = {
            "words as words": value in ("khai sinh", "5"),
            "any word will do": "sinh" in value or value.startswith("5"),
            "the first number counts": value[:1] in "k5",
            "AND as an operator": {*re.findall(r"\w+", value.lower())} - {"and"}
            <= {"khai", "sinh", "1", "2", "3", "5"},
            "as it likes": times[0] % 3 > 0,
        }[kind]
        return Said(200, f"{FOUND}<p>{value}</p>" if found else f"{NOTHING}<p>Bạn tìm “{value}”</p>")

    record, _ = ask(answer, SEARCH, "/xem?so=5")
    assert quoted(record)[0] is Verdict.PASS and len(record.data.quotes) == 2


PROCEDURES = ("đăng ký khai sinh lần đầu", "đăng ký lại khai sinh", "khai sinh có yếu tố nước ngoài",
              "trích lục khai sinh bản sao", "cấp phép xây dựng", "đăng ký kết hôn")  # fmt: skip


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_a_search_that_counts_different_words_is_silent(ask: Ask, share: float) -> None:
    """Of the different words asked for, so many are in what is found; AND and OR are left out."""

    def answer(heard: Heard) -> Said:
        words = {*re.findall(r"\w+", value_of(heard, "tu-khoa").lower())} - {"and", "or"}
        hits = [one for one in PROCEDURES if words and len(words & {*one.split()}) / len(words) >= share]
        return Said(200, f"<title>Kết quả</title><ul>{''.join(f'<li>{one}' for one in hits)}</ul>" if hits else NOTHING)

    assert quoted(ask(answer, SEARCH)[0])[0] is Verdict.PASS


@pytest.mark.parametrize("kind", ["different numbers", "the first number", "the last number"])
def test_a_search_for_numbers_is_silent(ask: Ask, kind: str) -> None:
    def answer(heard: Heard) -> Said:
        numbers = re.findall(r"\d+", value_of(heard, "so"))
        found = {
            "different numbers": set(numbers) <= {"5", "0", "6", "1", "7", "2"} and len(set(numbers)) <= 2,
            "the first number": numbers[:1] == ["5"],
            "the last number": numbers[-1:] == ["5"],
        }[kind]
        return Said(200, FOUND if found else NOTHING)

    assert quoted(ask(answer, "/xem?so=5")[0])[0] is Verdict.PASS


def test_the_true_and_the_false_condition_say_the_same_words() -> None:
    pairs = [*quotes.EQUAL, *quotes.LIKE, *quotes._number_pairs("5"), *quotes._number_pairs("041")]
    assert all(sorted(re.findall(r"\w+", true)) == sorted(re.findall(r"\w+", false)) for true, false in pairs)


@pytest.mark.parametrize("falls_back", ["the first page", "nothing asked", "the newest article"])
def test_a_page_about_an_error_to_which_wrong_values_lead_is_no_error(ask: Ask, falls_back: str) -> None:
    """Questions and answers of an IT desk: a page that is not there shows another one, where an error is talked about."""
    newest = "Khắc phục lỗi ORA-00942: table or view does not exist ở máy trạm"

    def answer(heard: Heard) -> Said:
        asked = value_of(heard, "trang")
        right = re.fullmatch(r"\d{1,6}", asked) is not None
        about = {
            "the first page": not right or asked == "1",
            "nothing asked": not right,
            "the newest article": bool(asked) and not right,
        }[falls_back]
        said = f"<li><a href='/b/1'>{newest}</a>" if about else f"<li>Bài số {asked} về cách nộp hồ sơ"
        return Said(200, f"<title>Hỏi đáp</title><ul>{said}</ul>")

    verdict, words = quoted(ask(answer, "/hoi-dap?trang=5")[0])
    assert verdict is (Verdict.NEEDS_REVIEW if falls_back == "the newest article" else Verdict.PASS)
    assert verdict is Verdict.PASS or "ORA-00942" in words


@pytest.mark.parametrize(("status", "verdict"), [(500, Verdict.FAIL), (200, Verdict.NEEDS_REVIEW)])
def test_an_error_that_comes_without_the_parameter_too_is_an_error_where_the_server_says_so(
    ask: Ask, status: int, verdict: Verdict
) -> None:
    def answer(heard: Heard) -> Said:
        right = re.fullmatch(r"\d{1,18}", value_of(heard, "id"))
        return Said(200, FOUND) if right else Said(status, f"<p>{SURFACED['Oracle']}</p>")

    assert quoted(ask(answer, "/xem?id=5")[0])[0] is verdict


def test_a_fault_at_a_lone_quote_is_for_a_person(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(500, "<h1>Lỗi</h1>") if value_of(heard, "tu-khoa").count("'") % 2 else Said(200, FOUND)

    verdict, words = quoted(ask(answer, SEARCH)[0])
    assert verdict is Verdict.NEEDS_REVIEW and "HTTP 500" in words


def test_a_fault_at_everything_odd_is_silent(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, FOUND) if value_of(heard, "tu-khoa") == "khai sinh" else Said(500, "<h1>Lỗi</h1>")

    assert quoted(ask(answer, SEARCH)[0])[0] is Verdict.PASS


def test_json_that_a_page_sends_to_read_is_asked_too(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        word = json.loads(heard.body)["loc"]["tu"]
        bad = isinstance(word, str) and word.count("'") % 2
        return Said(500 if bad else 200, json.dumps({"loi": SURFACED["PostgreSQL"]} if bad else {"so": 3}), JSON)

    record, server = ask(answer, heard=[Request("/api/tim", "POST", {}, {"loc": {"tu": "khai sinh"}, "trang": 1})])
    verdict, words = quoted(record)
    assert verdict is Verdict.FAIL and "tham số “loc.tu” của POST /api/tim" in words
    assert all(one.method == "POST" for one in server.heard if one.path.startswith("/api"))


def test_nothing_that_waits_writes_or_joins_is_ever_sent(ask: Ask) -> None:
    _, server = ask(asked("SELECT name FROM services WHERE name LIKE '%{}%'"), SEARCH, "/xem?so=5")
    sent = " ".join(server.paths).lower()
    assert len(server.paths) > 12
    assert not re.search(r"sleep|waitfor|benchmark|union|;|%3b|insert|update|delete|drop|--|/\*", sent)
    assert {one.method for one in server.heard} == {"GET"}
