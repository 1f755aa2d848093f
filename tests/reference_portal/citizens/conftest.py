"""A real portal process with its outside parties, and citizens who go through it by HTTP."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pyotp
import pytest
import requests
from lxml import html

ROOT = Path(__file__).parents[3]
PASSWORD, PIN = "Thu-nghiem-2026", "246810"
PEOPLE = {
    "A": ("001190000017", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
    "B": ("001088000025", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"),
}


@dataclass(frozen=True)
class Portal:
    """A running portal: its addresses and its data folder."""

    url: str
    identity: str
    gateway: str
    collector: str
    data: Path

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the portal's database says."""
        with contextlib.closing(sqlite3.connect(self.data / "portal.sqlite3", timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def change(self, query: str, *values: Any) -> None:
        """Change the portal's database behind its back."""
        with contextlib.closing(sqlite3.connect(self.data / "portal.sqlite3", timeout=20)) as database:
            database.execute(query, values)
            database.commit()


@contextlib.contextmanager
def running(data: Path, *options: str) -> Iterator[Portal]:
    """A portal on free ports with its data in `data`, stopped at the end."""
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(data), "--until-stdin-closes", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdin is not None
    try:
        said = json.loads(process.stdout.readline())
        yield Portal(said["portal"], said["identity"], said["gateway"], said["collector"], data)
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


def new_session() -> requests.Session:
    """A connection that takes nothing from the machine's environment (proxies, certificate bundles)."""
    session = requests.Session()
    session.trust_env = False
    return session


@dataclass
class Visitor:
    """A browser without scripts: cookies, the last page, and its forms."""

    portal: Portal
    session: requests.Session = field(default_factory=new_session)
    answer: requests.Response = field(default_factory=requests.Response)
    _parsed: tuple[requests.Response, Any] | None = field(default=None, repr=False)

    def get(self, address: str, **options: Any) -> requests.Response:
        self.answer = self.session.get(self._whole(address), timeout=30, **options)
        return self.answer

    def send(self, values: dict[str, Any] | None = None, *, form: int = 0, **options: Any) -> requests.Response:
        """Fill and send the `form`-th form in the content of the page."""
        chosen = self.page.xpath("//main//form[@method='post']")[form]
        filled = {name: value for name, value in chosen.form_values()}
        filled.update(values or {})
        target = self._whole(chosen.get("action") or self.answer.url)
        self.answer = self.session.post(target, data=filled, timeout=30, **options)
        return self.answer

    def post(self, address: str, values: dict[str, Any], **options: Any) -> requests.Response:
        """Send values with the anti-forgery token of the last page."""
        token = self.page.xpath("//input[@name='_csrf']/@value")[0]
        self.answer = self.session.post(self._whole(address), data={"_csrf": token, **values}, timeout=30, **options)
        return self.answer

    @property
    def page(self) -> Any:
        if self._parsed is None or self._parsed[0] is not self.answer:
            self._parsed = (self.answer, html.fromstring(self.answer.text, base_url=self.answer.url))
        return self._parsed[1]

    @property
    def words(self) -> str:
        """What a person reads in the content of the page."""
        return " ".join(self.page.xpath("string(//main)").split())

    def value(self, key: str) -> str:
        return str(self.page.get_element_by_id(key).value or "")

    def error(self, key: str) -> str:
        """The message beside a field."""
        found = self.page.xpath(f"//*[@id='{key}-loi']")
        return " ".join(found[0].text_content().split()) if found else ""

    def log_in(self, who: str = "A", address: str = "/ho-so-cua-toi") -> Visitor:
        number, secret = PEOPLE[who]
        self.get(f"/dang-nhap/vneid?tiep={address}")
        self._identity_form(number, PASSWORD)
        self._identity_form(pyotp.TOTP(secret).now())
        assert self.answer.url.startswith(self.portal.url), self.words
        return self

    def _identity_form(self, *values: str) -> None:
        form = self.page.xpath("//form[.//input[not(@type='hidden')]]")[0]
        fields = [one for one in form.inputs if one.get("type") != "hidden" and one.name]
        filled = dict(form.form_values()) | {one.name: value for one, value in zip(fields, values, strict=False)}
        target = requests.compat.urljoin(self.answer.url, form.get("action") or "")
        self.answer = self.session.post(target, data=filled, timeout=30)

    def _whole(self, address: str) -> str:
        base = self.portal.url if address.startswith("/") else self.answer.url or self.portal.url
        return requests.compat.urljoin(base, address)


@dataclass
class Application:
    """An application on its way, as citizen A makes it for a birth registration."""

    visitor: Visitor
    address: str

    CONTENT: ClassVar[dict[str, str]] = {
        "ho_ten_tre": "Nguyễn Bé Thử",
        "ngay_sinh_tre": "5/9/2026",
        "gioi_tinh_tre": "nam",
        "quan_he": "me",
        "ho_ten_me": "Nguyễn Thị Thử Nghiệm",
    }

    SAMPLES = ("Thử nghiệm", "001190000017", "0109999982", "0912345678", "29A1", "1234567")

    @property
    def id(self) -> str:
        return self.address.rsplit("/", 1)[1]

    def step(self, name: str) -> Visitor:
        self.visitor.get(f"{self.address}/{name}")
        return self.visitor

    def until(self, last: str) -> Visitor:
        """Go on to the step `last`, everything before it filled in."""
        for name, act in (
            ("noi-dung", self.applicant),
            ("giay-to", self.content),
            ("le-phi", self.papers),
            ("ky-nop", self.pay),
        ):
            act()
            if name == last:
                return self.step(name)
        self.submit()
        return self.visitor

    def applicant(self) -> None:
        self.step("nguoi-nop").send({"thao-tac": "tiep-tuc"})

    def content(self) -> None:
        self.step("noi-dung").send({**self.CONTENT, "thao-tac": "tiep-tuc"})

    def any_content(self, questions: list[dict[str, Any]]) -> None:
        """Answer the questions that a service asks, after what is already filled in."""
        answers = dict(self.step("noi-dung").page.xpath("//main//form")[0].form_values())
        for one in questions:
            key, kind, pattern = one["key"], one["type"], one.get("pattern")
            if (answers.get(key) or "").strip():
                continue
            if kind in ("select", "radio"):
                answers[key] = one["options"][0][0]
            elif kind == "checkbox":
                answers[key] = "co"
            elif kind in ("province", "commune"):
                answers[key] = "01" if kind == "province" else "01002"
            elif kind == "number":
                answers[key] = str(one.get("min") or 1)
            elif kind == "date":
                answers[key] = "05/09/2024"
            elif kind in ("text", "textarea"):
                answers[key] = next((word for word in self.SAMPLES if not pattern or re.fullmatch(pattern, word)), "")
        self.visitor.send({**answers, "thao-tac": "tiep-tuc"})

    def any_papers(self, files: dict[str, tuple[str, bytes]]) -> None:
        """Bring every paper: from the store where it is held, else the file of the first type that it takes."""
        for paper in self.step("giay-to").page.xpath("//section[contains(@class,'paper')]"):
            key = paper.get("id").removeprefix("giay-to-")
            held = paper.xpath(".//select/option[@value!='']/@value")
            if held:
                self.visitor.send({f"kho-{key}": held[0], "thao-tac": f"kho:{key}"})
            else:
                taken = paper.xpath(".//input[@type='file']/@accept")[0].split(",")[0].strip(".")
                self.visitor.send({"thao-tac": f"tai-len:{key}"}, files={f"tep-{key}": files[taken]})
            assert not self.visitor.error(f"tep-{key}"), self.visitor.error(f"tep-{key}")
        self.step("giay-to").send({"thao-tac": "tiep-tuc"})

    def papers(self) -> None:
        page = self.step("giay-to").page
        held = page.xpath("//select[@id='kho-giay-chung-sinh']/option[@value!='']/@value")[0]
        self.visitor.send({"kho-giay-chung-sinh": held, "thao-tac": "kho:giay-chung-sinh"})
        self.step("giay-to").send({"thao-tac": "tiep-tuc"})

    def to_gateway(self) -> None:
        self.step("le-phi").send({"thao-tac": "thanh-toan"})
        assert self.visitor.answer.url.startswith(self.visitor.portal.gateway), self.visitor.words

    def press_at_gateway(self, words: str) -> None:
        """Press the button with these words on the gateway's page."""
        button = next(
            one for one in self.visitor.page.xpath("//form//button") if " ".join(one.text_content().split()) == words
        )
        form = next(one for one in button.iterancestors("form"))
        filled = dict(form.form_values())
        if button.get("name"):
            filled[button.get("name")] = button.get("value", "")
        target = requests.compat.urljoin(self.visitor.answer.url, form.get("action") or "")
        self.visitor.answer = self.visitor.session.post(target, data=filled, timeout=30)

    def pay(self) -> None:
        self.to_gateway()
        self.press_at_gateway("Thanh toán")

    def submit(self) -> None:
        self.step("ky-nop").send({"ma_pin": PIN, "cam_doan": "co", "thao-tac": "nop"})


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One portal for all tests here; each test makes the dossiers that it needs."""
    with running(tmp_path_factory.mktemp("portal"), "--captcha-answer", "SAOMAI") as started:
        yield started


@pytest.fixture
def visitor(portal: Portal) -> Visitor:
    """Somebody who has not logged in."""
    return Visitor(portal)


@pytest.fixture(scope="session")
def citizen_a(portal: Portal) -> Visitor:
    """Citizen A, logged in once for all tests."""
    return Visitor(portal).log_in("A")


@pytest.fixture(scope="session")
def citizen_b(portal: Portal) -> Visitor:
    """Citizen B, logged in once for all tests."""
    return Visitor(portal).log_in("B")


@pytest.fixture
def apply(portal: Portal, citizen_a: Visitor) -> Callable[..., Application]:
    """Begin an application of citizen A."""

    def begun(service: str = "1.001193", who: Visitor = citizen_a) -> Application:
        who.get(f"/nop-ho-so/{service}")
        dossier = who.answer.url.split("/ho-so/")[1].split("/")[0]
        portal.change("UPDATE dossiers SET changed_at = '2026-01-02 00:00:00.000000' WHERE id = ?", dossier)
        return Application(who, f"{portal.url}/ho-so/{dossier}")

    return begun


@pytest.fixture
def act(portal: Portal) -> Callable[..., None]:
    """Let an officer (a leader) act on a dossier."""
    officer = Visitor(portal)
    officer.get("/can-bo/dang-nhap")
    officer.send({"ten_dang_nhap": "canbo.lanhdao", "mat_khau": "Can-bo-2026"})

    def acted(dossier: str, *actions: str, **values: Any) -> None:
        for action in actions:
            officer.get(f"/can-bo/ho-so/{dossier}")
            officer.post(f"/can-bo/ho-so/{dossier}/{action}", values)
            assert officer.answer.ok, officer.words

    return acted
