"""Which pages are loaded, and when: before any load is sent, the search with its results, the form where it was met."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures import loading
from fixtures.loading import all_places, places_of
from toantrinh.observations.loading import LoadingPage
from toantrinh.observations.page import PageKind, ProofOfPage
from toantrinh.observations.site import PageFacts, PageName, PageVisit
from toantrinh.observers.loading.form_place import Way
from toantrinh.observers.loading.one_load import Place
from toantrinh.store import Observed, Outcome

HOME, SEARCH, DETAIL, FORM = LoadingPage
AT = "https://dichvucong.example.vn"


def seen(name: PageName, kind: PageKind = PageKind.PAGE, why: str = "") -> Observed[PageVisit]:
    proof = ProofOfPage(address=f"{AT}/{name}", title="", status=200, kind=kind, step=name, why=why)
    page = PageFacts.model_construct(name=name, proof=proof, own=True)
    visit = PageVisit.model_construct(name=name, way="", looked_for=(), page=page)
    return Observed[PageVisit].model_construct(key="x", outcome=Outcome.OBSERVED, data=visit, reason="")


def lost(reason: str) -> Observed[PageVisit]:
    return Observed[PageVisit](key="x", outcome=Outcome.NETWORK, made="", duration_ms=0, reason=reason)


VISITS = {name: seen(name) for name in (PageName.HOME, PageName.SERVICES, PageName.SERVICE)}


def test_public_pages_are_where_their_visits_ended() -> None:
    places, missing = places_of(VISITS)

    assert [(one.page, one.address) for one in places] == [
        (HOME, f"{AT}/home"), (SEARCH, f"{AT}/services"), (DETAIL, f"{AT}/service"),
    ]  # fmt: skip
    assert not missing


def test_a_page_that_was_not_seen_is_named_with_its_reason() -> None:
    walled = seen(PageName.SERVICE, PageKind.LOG_IN_WALL, "trang hỏi mật khẩu")

    places, missing = places_of({PageName.HOME: seen(PageName.HOME), PageName.SERVICE: walled})
    _, unheard = places_of({PageName.HOME: lost("không kết nối được")})

    assert [one.page for one in places] == [HOME]
    assert missing[DETAIL] == "Chi tiết thủ tục: trang hỏi mật khẩu"
    assert "không thấy đường tới trang này" in missing[SEARCH]
    assert unheard[HOME] == "Trang chủ: không kết nối được"


@pytest.mark.parametrize("results", ["", f"{AT}/tim?q=khai+sinh"])
def test_the_form_and_the_results_are_those_that_were_met(results: str) -> None:
    form = Place(FORM, f"{AT}/ho-so/1")

    places, missing = all_places(VISITS, lambda: Way(results, form))  # type: ignore[arg-type]

    found = {one.page: one.address for one in places}
    assert found[SEARCH] == (results or f"{AT}/services")
    assert found[FORM] == form.address and not missing


def test_without_a_form_the_others_are_loaded() -> None:
    places, missing = all_places(VISITS, lambda: Way(why="tệp hệ thống không có tài khoản"))  # type: ignore[arg-type]

    assert [one.page for one in places] == [HOME, SEARCH, DETAIL]
    assert missing == {FORM: "Biểu mẫu: tệp hệ thống không có tài khoản"}


def test_a_log_in_is_never_shown_with_its_place() -> None:
    assert "bí mật" not in repr(Place(FORM, AT, {"cookies": ["bí mật"]}, ("bí mật",)))


def test_pages_are_loaded_before_load_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def item(name: str, *fixtures: str, group: str = "performance") -> Any:
        return SimpleNamespace(name=name, path=Path(group, "test.py"), fixturenames=fixtures, check=name)

    monkeypatch.setattr(loading, "run_of", lambda config: object())
    monkeypatch.setattr(loading, "check_of", lambda one: one.check)
    items = [
        item("search", group="functional"), item("mean", "load"), item("stable", "site"),
        item("first", "quiet_loads"), item("shown", "quiet_loads"), item("beside", "quiet_loads", "busy_loads"),
    ]  # fmt: skip

    loading.pytest_collection_modifyitems(None, items)  # type: ignore[arg-type]

    assert [one.name for one in items] == ["search", "first", "shown", "mean", "stable", "beside"]
