"""Small scripted systems whose parameters are asked about, and what the checks of 4.5 say of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from fixtures.parameters import Parameters
from suites.security import test_4_5_parameters as suite
from tests.leaks.conftest import verdict_of
from tests.prober.conftest import Probe, Serve, probe, serve
from tests.prober.scripted import Heard, Said, Scripted
from toantrinh.observations.page_parts import FormFacts
from toantrinh.observations.parameters import ParametersRecord
from toantrinh.observers.parameters.going import by_browser
from toantrinh.observers.parameters.observing import observe_parameters
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.prober.role import Role
from toantrinh.store import Attachments
from toantrinh.systems import load_system

__all__ = ["Ask", "probe", "quoted", "rerouted", "serve", "value_of", "walked"]

HOME = "<!doctype html><title>Cổng dịch vụ công</title><h1>Trang chủ</h1><p>Tra cứu, nộp hồ sơ trực tuyến.</p>"
FOUND = (
    "<!doctype html><title>Kết quả</title><h1>Kết quả tìm kiếm</h1><p>Đăng ký khai sinh, đăng ký lại, "
    "khai sinh có yếu tố nước ngoài, trích lục bản sao, liên thông thẻ bảo hiểm y tế</p>"
)
NOTHING = "<!doctype html><title>Kết quả</title><h1>Kết quả tìm kiếm</h1><p>Rất tiếc, chưa thấy gì phù hợp.</p>"
MISSING = Said(404, "<!doctype html><title>Không tìm thấy</title><h1>Không tìm thấy trang</h1>")

Ask = Callable[..., tuple[Parameters, Scripted]]


def value_of(heard: Heard, name: str) -> str:
    """The parameter as the server reads it; empty when there is none."""
    return parse_qs(urlsplit(heard.path).query, keep_blank_values=True).get(name, [""])[0]


def page(address: str, links: Sequence[str], forms: Sequence[FormFacts], posts: Sequence[str] = ()) -> Any:
    """As much of a page's facts as is read."""
    return SimpleNamespace(
        address=address + "/",
        links=[SimpleNamespace(address=address + link) for link in links],
        resources=[],
        forms=forms,
        post_forms=[address + post for post in posts],
    )


@pytest.fixture
def ask(serve: Serve, probe: Probe, tmp_path: Path) -> Ask:
    """Asks a scripted system everything about the parameters in `links`, `forms` and in what was `heard`."""

    def run(
        answer: Callable[[Heard], Said],
        *links: str,
        forms: Sequence[FormFacts] = (),
        heard: Sequence[Request] = (),
        citizen: Role | None = None,
        trusted: Collection[str] = (),
        posts: Sequence[str] = (),
        elsewhere: Sequence[Request] = (),
        browser: Browser | None = None,
        home: Callable[[], Said] = lambda: Said(200, HOME),
        **limits: Any,
    ) -> tuple[Parameters, Scripted]:
        server = serve(lambda one: home() if one.path == "/" else answer(one))
        forms = [FormFacts(address=server.address + form.address, fields=form.fields) for form in forms]
        heard = [Request(server.address + r.address, r.method, r.headers, r.data, r.private) for r in heard]
        heard += elsewhere
        record = observe_parameters(
            probe(server, **{"requests": 300, "run": 300, **limits}),
            [page(server.address, links, forms, posts)],
            [],
            heard,
            Attachments(tmp_path, "security/parameters", lambda text: text),
            citizen=citizen,
            trusted=trusted,
            words="khai sinh",
            goes=by_browser(browser, load_system("demo", base_url=server.address)) if browser else None,
        )
        kept = ParametersRecord.model_validate_json(record.model_dump_json())
        return Parameters(kept, "observations/security/parameters.json"), server

    return run


def quoted(record: Parameters) -> tuple[Any, str]:
    return verdict_of(suite.test_database_errors_never_surface, record)


def walked(record: Parameters) -> tuple[Any, str]:
    return verdict_of(suite.test_path_parameters_are_held, record)


def rerouted(record: Parameters) -> tuple[Any, str]:
    return verdict_of(suite.test_redirect_parameters_are_held, record)
