"""The table of faults: what each one is, which plan makes it, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from tests.faults import faults, ours
from tests.faults.fault_proxy import Plan
from tests.main_job_started import Portal

JOURNEY = (
    "publish.detail-labels", "publish.fee-and-time", "submit.code-in-legal-form", "submit.receipt-with-date",
    "submit.survives-reload", "emc.tag-on-every-step",
)  # fmt: skip
PAGES = ("layout.emblem-and-name", "layout.footer-contacts", "emc.tag-alive")
EVERY = JOURNEY + PAGES
NO_SUCH_HOST = "dinh-danh.tinh.example"


@dataclass(frozen=True)
class Scene:
    """What a plan may need to know: the portal, and the number of the main job's process once it is there."""

    portal: Portal
    pid: Callable[[], int]


@dataclass(frozen=True)
class Case:
    """One fault. `same`: its verdicts must be those of the undisturbed run, all of them. `harms`: the observations that
    it may harm (`journey`, `pages`); the others must be unharmed. `says`: a pattern that the run must say. `again`: the
    same command is given once more after it."""

    name: str
    title: str
    plan: Callable[[Scene], Plan]
    same: bool = False
    harms: tuple[str, ...] = ("journey", "pages")
    says: str = ""
    hosts: tuple[str, ...] = ()
    again: bool = False
    checks: tuple[str, ...] = JOURNEY


def _passing(fault: faults.Fault) -> Callable[[Scene], Plan]:
    return lambda scene: faults.now_and_then(fault)


FORM = r"^/ho-so/[^/]+/(ky-nop|to-khai|nguoi-nop)$"
CASES = (
    Case("delays", "every answer comes 50–400 ms late", lambda scene: faults.always(faults.delayed), same=True),
    Case("reset-before", "now and then the connection is reset before an answer", _passing(faults.reset_before)),
    Case("reset-within", "now and then the connection is reset within an answer", _passing(faults.reset_within)),
    Case("truncated", "now and then a page is truncated", _passing(faults.truncated)),
    Case("garbled", "now and then the second half of a page is noise", _passing(faults.garbled), checks=EVERY),
    Case("errors-500", "now and then a 500", _passing(faults.status(500))),
    Case("refusals-429", "now and then a 429", _passing(faults.status(429))),
    Case("refusals-429-wait", "now and then a 429 with Retry-After: 1", _passing(faults.status(429, Retry_After="1"))),
    Case(
        "no-such-host", "the name of the identity provider does not resolve",
        lambda scene: _all_redirects(f"http://{NO_SUCH_HOST}"), harms=("journey",), checks=EVERY, hosts=(NO_SUCH_HOST,),
        says=NO_SUCH_HOST,
    ),
    Case(
        "network-gone", "in the middle of a journey the network is gone for good",
        lambda scene: faults.from_then_on(r"^/ho-so/", faults.reset_before, nth=2), says="đóng kết nối giữa chừng",
    ),
    Case(
        "stalled", "one page stops in the middle and never ends",
        lambda scene: faults.at(r"^/ho-so/", faults.stalled, nth=2),
    ),
    Case(
        "refusals-429-for-good", "in the middle of a journey the portal begins to refuse: 429, Retry-After: 900",
        lambda scene: faults.from_then_on(r"^/ho-so/", faults.status(429, Retry_After="900"), nth=2),
        says="yêu cầu đợi 900 giây",
    ),
    Case(
        "errors-500-for-good", "in the middle of a journey a machine in between begins to answer 500",
        lambda scene: faults.from_then_on(r"^/ho-so/", faults.status(500), nth=2), says="500",
    ),
    Case(
        "dates", "every answer is dated a day back",
        lambda scene: faults.always(faults.at_another_time(timedelta(days=-1))), same=True,
    ),
    Case(
        "browser-killed-journey", "the browser is killed in the middle of a journey",
        lambda scene: faults.at(r"^/ho-so/", faults.after(lambda: ours.kill_browser(scene.pid())), nth=2),
        harms=("journey",), checks=EVERY,
    ),
    Case(
        "page-killed", "the process of the page is killed in the middle of a journey",
        lambda scene: faults.at(r"^/ho-so/", faults.after(lambda: ours.kill_browser(scene.pid(), "renderer")), nth=2),
        harms=("journey",), checks=EVERY,
    ),
    Case(
        "disk-full", "the disk is full in the middle of a journey",
        lambda scene: faults.at(r"^/ho-so/", faults.after(lambda: ours.fill_disk(scene.pid())), nth=2),
        says="the disk is full", again=True,
    ),
    Case(
        "handles", "no file handle is left in the middle of a journey",
        lambda scene: faults.at(r"^/ho-so/", faults.after(lambda: ours.take_handles(scene.pid())), nth=2),
        again=True,
    ),
    *(
        Case(
            f"logged-out-{nth}", f"the server ends the session at page {nth} after the log-in",
            lambda scene, nth=nth: faults.at(r"^/(ho-so|danh-gia|thong-bao|kho-giay-to)", faults.after(lambda: ours.end_sessions(scene.portal.data)), nth=nth),  # type: ignore[misc]
        )
        for nth in range(1, 8)
    ),
)  # fmt: skip


def _all_redirects(address: str) -> Plan:
    return faults.always(faults.led_to("identity", address))
