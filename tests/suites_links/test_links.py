"""The walk over the links, and the two checks that read it: small portals served for real, opened by a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from fixtures.journeys import JourneyRecord
from fixtures.links import LinksRecord
from suites.layout import test_2_2_navigation as l22
from tests.suites_pages.conftest import verdict_of
from tests.suites_pages.small_portal import WORDS, File, Portal, served
from toantrinh.observations.journey import FormPage, Journey, Reach, Step, StepName
from toantrinh.observations.links import LinkState, LinkWalk, WalkedPage
from toantrinh.observations.page import PageKind, ProofOfPage, RequestRecord
from toantrinh.observations.site import LinkFacts, RobotsFacts
from toantrinh.observers.comparing import pattern_of, place_of
from toantrinh.observers.crawl.link_source import SourceText
from toantrinh.observers.crawl.link_walk import walk_links
from toantrinh.observers.crawl.links import links_of
from toantrinh.observers.site.wayfinding import Linked
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
NAMES = (
    "thu-tuc",
    "tra-cuu",
    "huong-dan",
    "hoi-dap",
    "phan-anh",
    "lien-he",
    "so-lieu",
    "so-do",
    "tin-tuc",
    "gioi-thieu",
)
MENU = "".join(f'<a href="/{name}">Mục {name}</a> ' for name in NAMES)


def html(main: str = "", title: str = "Cổng dịch vụ công", menu: str = MENU, status: int = 200) -> File:
    body = f"<header><a href='/'>Trang chủ</a> {menu}</header><main id=noi-dung><h1>{title}</h1>{main}<p>{WORDS}</p></main>"
    return File(
        "text/html; charset=utf-8", f"<!doctype html><html lang=vi><title>{title}</title>{body}</html>", status=status
    )


def portal(home: str = "", menu: str = MENU, **more: File) -> Portal:
    """A sound portal of eleven pages; `home` is added to the first, `more` are further addresses."""
    pages: Portal = {f"/{name}": html(title=f"Trang {name}", menu=menu) for name in NAMES}
    return {**pages, "/": html(home, menu=menu), **{f"/{name.replace('_', '-')}": page for name, page in more.items()}}


def link(to: str, words: str = "Liên kết này", **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<p><a href="{to}"{more}>{words}</a></p>'


@pytest.fixture
def walked(chromium: Browser, tmp_path: Path) -> Callable[..., LinksRecord]:
    """The record of a walk over a portal."""

    def walk(
        what: Portal, robots: str = "", visited: dict[str, tuple[str, ...]] | None = None, most: int = 60
    ) -> LinksRecord:
        with served(what) as address:
            system = load_system("demo", base_url=address)
            rules = RobotsFacts(address=f"{address}/robots.txt", status=200, content_type="text/plain", text=robots)
            seen = [
                Linked(
                    f"{address}{path}",
                    tuple(LinkFacts(text="x", address=f"{address}{to}", role="link", landmark="") for to in leads),
                )
                for path, leads in (visited or {}).items()
            ]
            kept = Attachments(tmp_path, "site/links", lambda text: text)
            found = walk_links(chromium, system, f"{address}/", seen, rules, kept, most=most)
        return LinksRecord(found, f"{address}/", True)

    return walk


ERROR = html("<p>Không tìm thấy trang.</p>", "Không tìm thấy trang", menu="", status=200)
FAULTY: list[tuple[str, Portal, Verdict, tuple[str, ...]]] = [
    ("gone", portal(link("/mat")), HALF, ("/mat", "“Liên kết này”", 'a[href="/mat"]')),
    ("error", portal(link("/loi"), loi=html("", "Lỗi hệ thống", menu="", status=500)), HALF, ("/loi", "500")),
    ("in the menu", portal(menu=MENU + '<a href="/mat">Mất</a>'), F, ("“Mất”", "ở 11 trang")),
    ("error page with status 200", portal(link("/nham"), nham=ERROR), HALF, ("/nham", "khong tim thay trang")),
    ("place in another page", portal(link("/huong-dan#buoc-9")), HALF, ("không có chỗ “#buoc-9”",)),
    ("place in this page, no script", portal(link("#buoc-9")), HALF, ("không có chỗ “#buoc-9”",)),
    ("redirects without end", portal(link("/vong"), vong=File("text/html", "", {"Location": "/vong"}, status=302)), HALF, ("/vong",)),
    ("file", portal(link("/to-khai.pdf", "Tờ khai")), HALF, ("/to-khai.pdf", "“Tờ khai”")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "verdict", "words"), [pytest.param(*row[1:], id=row[0]) for row in FAULTY])
def test_a_broken_link_is_named_with_its_place(
    walked: Callable[..., LinksRecord], what: Portal, verdict: Verdict, words: tuple[str, ...]
) -> None:
    record = walked(what)
    said, message = verdict_of(l22.test_no_broken_link, record)
    assert said is verdict, message
    assert all(word in message for word in words), message
    broken = [target for target in record.walk.targets if target.state in (LinkState.BROKEN, LinkState.NO_ANCHOR)]
    assert len(broken) == 1 and broken[0].shot.endswith(".png")


SCRIPT = "<script>document.body.insertAdjacentHTML('beforeend', '<p id=buoc-2>Bước 2</p>')</script>"
LOG_IN = html('<form><label>Mật khẩu <input type="password"></label></form>', "Đăng nhập", menu="")
SILENT: list[tuple[str, Portal, str]] = [
    ("clean", portal(link("/huong-dan#noi-dung") + link("#noi-dung") + link("mailto:a@b.c") + link("javascript:void(0)")), ""),
    ("closed", portal(link("/kin") + link("/cam"), kin=File("text/html", "401", status=401), cam=File("text/html", "403", status=403)), ""),
    ("log-in wall", portal(link("/rieng"), rieng=File("text/html", "", {"Location": "/vao"}, status=302), vao=LOG_IN), ""),
    ("another host", portal(link("https://dichvucong.gov.vn/mat") + link("/ra"), ra=File("text/html", "", {"Location": "https://khac.example/"}, status=302)), ""),
    ("top", portal(link("#") + link("#top") + link("/huong-dan#") + link("/huong-dan#:~:text=ngay")), ""),
    ("script's own", portal(link("#hop", "Mở hộp", role="button") + link("#the", "Thẻ", **{"data-toggle": "tab"})), ""),
    ("made by a script", portal(link("/dan#buoc-2"), dan=html(SCRIPT, "Hướng dẫn từng bước")), ""),
    ("tab", portal(link("/dan#the-2"), dan=html('<button data-tab="the-2">Thẻ 2</button><script>0</script>', "Hướng dẫn")), ""),
    ("place in a script's route", portal(link("/#/huong-dan#buoc-2") + link("/#/huong-dan") + "<script>0</script>"), ""),
    ("speaks of errors", portal(link("/cach"), cach=html("", "Không tìm thấy hồ sơ: hướng dẫn cách xử lý")), ""),
    ("robots.txt", portal(link("/noi-bo/mat")), "User-agent: *\nDisallow: /noi-bo/\n"),
    ("log-out", portal(link("/thoat", "Đăng xuất"), thoat=File("text/html", "500", status=500)), ""),
    ("maintenance", portal(link("/bao-tri"), bao_tri=html("<p>Hệ thống đang bảo trì.</p>", "Hệ thống đang bảo trì", menu="", status=503)), ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "robots"), [pytest.param(*row[1:], id=row[0]) for row in SILENT])
def test_what_looks_like_a_broken_link_and_is_none(
    walked: Callable[..., LinksRecord], what: Portal, robots: str
) -> None:
    record = walked(what, robots)
    assert verdict_of(l22.test_no_broken_link, record) == (P, "")


def test_a_place_that_a_script_may_supply_is_left_to_a_person(walked: Callable[..., LinksRecord]) -> None:
    record = walked(portal(link("#buoc-9") + "<script>0</script>"))
    said, message = verdict_of(l22.test_no_broken_link, record)
    assert said is REVIEW and "#buoc-9" in message
    assert record.evidence[0].path.endswith(".png") and "cần người xem" in record.evidence[0].title


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://a.example/#/x#y", "https://a.example/#/x"),
        ("https://a.example/#/x", "https://a.example/#/x"),
        ("https://a.example/x#y", "https://a.example/x"),
        ("https://a.example#y", "https://a.example/"),
    ],
)
def test_a_place_in_a_page_is_that_page(address: str, place: str) -> None:
    assert place_of(address) == place


def test_too_few_links_that_were_let_in_say_nothing(walked: Callable[..., LinksRecord]) -> None:
    closed: Portal = {"/": html(), **{f"/{name}": File("text/html", "403", status=403) for name in NAMES}}
    assert verdict_of(l22.test_no_broken_link, walked(closed))[0] is OPEN


def test_the_walk_keeps_its_bounds_and_takes_some_of_each_template(walked: Callable[..., LinksRecord]) -> None:
    many = "".join(link(f"/thu-tuc/1.{n:06d}") for n in range(200))
    pages = {f"/thu-tuc/1.{n:06d}": html(title=f"Thủ tục {n}") for n in range(200)}
    record = walked({**portal(many), **pages}, most=15)
    asked = [target.address for target in record.walk.targets]
    assert len(asked) == 15 and record.walk.left > 100
    assert {pattern_of(address) for address in asked} >= {f"/{name}" for name in NAMES}
    assert sum("/thu-tuc/" in address for address in asked) <= 8


def test_pages_that_only_the_visit_saw_are_walked_too(walked: Callable[..., LinksRecord]) -> None:
    record = walked(portal(an=html(title="Trang ẩn")), visited={"/": ("/chi-trong-trinh-duyet",), "/an": ()})
    by_path = {target.address.split("/", 3)[3]: target for target in record.walk.targets}
    assert by_path["chi-trong-trinh-duyet"].state is LinkState.BROKEN
    assert by_path["an"].state is LinkState.SOUND
    assert {page.presses for page in record.walk.pages if page.address.endswith("/an")} == {None}


def test_links_are_read_in_the_browser_as_they_stand(page: Page) -> None:
    page.set_content(
        "<div id=goc></div><a href='https://a.example/x#y' onclick='0'>Một</a><a name=cu></a>"
        "<script>Array.prototype.toJSON = JSON.stringify = () => { throw 1 };"
        "goc.attachShadow({mode: 'open'}).innerHTML = '<a href=\"https://a.example/z\" id=trong>Hai</a>'</script>"
    )
    found = links_of(page)
    assert [(one.text, one.address, one.acts) for one in found.links] == [
        ("Hai", "https://a.example/z", False),
        ("Một", "https://a.example/x#y", True),
    ]
    assert {"goc", "cu", "trong"} <= set(found.anchors)


def test_links_are_read_from_the_source_with_its_base() -> None:
    text = SourceText(
        "https://a.example/x/",
        '<base href="/nen/"><title>Tên</title><a href="mot" role=button><img alt="Ảnh"></a><template><a href=no></a></template>'
        "<h1 id=dau>Đầu</h1><script>var a = '<a href=khong>'</script><a href='http://[loi'>x</a>",
    )
    assert [(one.text, one.address, one.acts) for one in text.found.links] == [
        ("Ảnh", "https://a.example/nen/mot", True)
    ]
    assert (text.title, text.heading, text.scripts, text.found.anchors) == ("Tên", "Đầu", 1, ("dau",))


HOME = "https://dichvucong.saomai.gov.vn"


def journey(*between: str, searches: int = 1, verified: bool = True, reach: Reach = Reach.REACHED) -> JourneyRecord:
    """A journey by search to the form; `between`: pages after the apply button and before the form."""

    def step(name: StepName, *paths: str, asked: str = "", reach: Reach = Reach.REACHED) -> Step:
        proof = [ProofOfPage(address=HOME + p, title="t", status=200, kind=PageKind.PAGE, step=name) for p in paths]
        made = [RequestRecord(method="GET", address=HOME + asked, kind="document", status=200)] if asked else []
        return Step(name=name, reach=reach, address=HOME + paths[-1], proof=tuple(proof), requests=tuple(made))

    steps = (
        step(StepName.HOME, "/"),
        step(StepName.SEARCH, *("/tim", "/tim?q=x")[-searches:]),
        step(StepName.DETAIL, "/thu-tuc/1.001193"),
        step(StepName.FORM, *between, "/ho-so/1/to-khai", asked="/nop/1.001193", reach=reach),
    )
    form = FormPage(address=f"{HOME}/ho-so/1/to-khai", heading="Tờ khai", fields=(), pressed="Tiếp tục")
    made = Journey(
        service="1.001193",
        name="Đăng ký khai sinh",
        declared="toàn trình",
        fee=0,
        account="citizen",
        persona="x",
        viewport=(1366, 768),
        steps=steps,
        form=(form,),
    )
    return JourneyRecord(made, verified, "observations/journey/x.json")


def walk(*pages: tuple[str, int, tuple[str, ...]], depth_whole: int = 2) -> LinksRecord:
    read = tuple(
        WalkedPage(address=HOME + a, presses=n, links=tuple(HOME + to for to in links)) for a, n, links in pages
    )
    return LinksRecord(
        LinkWalk(seed=1, most=60, pages=read, targets=(), left=0, depth_whole=depth_whole), f"{HOME}/", True
    )


FAR = walk(("/", 0, ("/linh-vuc",)), ("/linh-vuc", 1, ("/ho-tich",)), ("/ho-tich", 2, ("/thu-tuc/1.001193",)))
BY_LINK = walk(("/", 0, ("/thu-tuc/1.001193",)))
AT_ONCE = walk(("/", 0, ("/thu-tuc",)), ("/thu-tuc", 1, ("/nop/1.001193",)))


@pytest.mark.parametrize(
    ("record", "links", "verdict", "words"),
    [
        pytest.param(journey(), FAR, P, "", id="search, result, apply"),
        pytest.param(journey("/truong-hop"), FAR, F, "mất 4 lần bấm (qua ô tìm kiếm)", id="a page between"),
        pytest.param(journey("/truong-hop"), BY_LINK, P, "", id="a link of the home page is shorter"),
        pytest.param(journey("/truong-hop"), AT_ONCE, P, "", id="apply in the list"),
        pytest.param(journey(searches=2), FAR, F, "mất 4 lần bấm", id="the search is on a page of its own"),
        pytest.param(journey("/a", verified=False), FAR, REVIEW, "4 lần bấm", id="the file is not verified"),
        pytest.param(journey("/a"), walk(depth_whole=0), REVIEW, "4 lần bấm", id="too little was read"),
        pytest.param(journey(reach=Reach.NOT_TRIED), BY_LINK, OPEN, "", id="the form was not tried"),
    ],
)
def test_presses_to_the_form(record: JourneyRecord, links: LinksRecord, verdict: Verdict, words: str) -> None:
    said, message = verdict_of(l22.test_three_clicks, record, links)
    assert said is verdict and words in message, message
