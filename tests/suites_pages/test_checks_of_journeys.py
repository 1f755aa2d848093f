"""The EMC and session checks that read journeys: every case is a journey's record with what was sent in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from fixtures.journeys import JourneyRecord
from fixtures.pages import JourneysRecord
from suites.emc import test_6_1_tag_on_every_page as e61
from suites.emc import test_6_3_each_service as e63
from suites.emc import test_6_4_label_and_no_harm as e64
from suites.security import test_4_3_session as s43
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.journey import Journey, Reach, Step, StepName, SubmitFacts
from toantrinh.observations.page import BeaconRecord, PageKind, ProofOfPage, RequestRecord
from toantrinh.redaction import Redactor
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
HOME = "http://127.0.0.1:8080"
CODE = "1.001193"
SYSTEM = load_system("demo", base_url=HOME)
SECRETS = Redactor(["001190000017", "SAOMAI", "Thu-nghiem-2026"])


def beacon(path: str = "/", **parameters: str) -> BeaconRecord:
    page = f"{HOME}{path}"
    sent = {"idsite": "4064", "rec": "1", "url": page, "random": "0f9c2a77b1d3", **parameters}
    return BeaconRecord(address="http://127.0.0.1:9/tracking", method="POST", parameters=sent, status=204, page=page)


def viewed(code: str = CODE) -> BeaconRecord:
    return beacon("/thu-tuc/1", code=code, dvc="-1", extra="")


def submitted(code: str = CODE) -> BeaconRecord:
    return beacon("/ho-so/x", code=code, dvc="1", extra="")


def step(
    name: StepName, path: str, *beacons: BeaconRecord, tag: bool = True, script_done: bool = True, **facts: Any
) -> Step:
    """A reached step on one page of the system, loaded as a document; `tag`: its tag asks for the script."""
    address = f"{HOME}{path}"
    script = RequestRecord(
        method="GET",
        address="http://127.0.0.1:9/embed/gov-tracking.min.js",
        kind="script",
        duration_ms=5.0 if script_done else None,
    )
    document = RequestRecord(method="GET", address=address, kind="document", status=200, duration_ms=20.0)
    proof = ProofOfPage(address=address, title="t", status=200, kind=PageKind.PAGE, step=name)
    return Step(
        name=name, reach=Reach.REACHED, address=address, proof=(proof,),
        requests=(document, script) if tag else (document,), beacons=beacons, **facts,
    )  # fmt: skip


def journey(*steps: Step, code: str = "000.00.00.H99-261121-0007") -> Journey:
    submit = SubmitFacts(
        code=code, said="", receipt="", receipt_bytes=0, promised="", code_after_reload=code, delivery_offered=()
    )
    return Journey(
        service=CODE, name="Đăng ký khai sinh", declared="toàn trình", fee=8000, account="citizen", persona="Nguyễn Thị Thử Nghiệm",
        viewport=(1366, 768), steps=steps, submit=submit if code else None,
    )  # fmt: skip


DETAIL = step(StepName.DETAIL, "/thu-tuc/1", beacon("/thu-tuc/1"), viewed())
DONE = step(StepName.SUBMIT, "/ho-so/x", beacon("/ho-so/x"), submitted())
RIGHT = journey(DETAIL, DONE)
OUTSIDE = Step(
    name=StepName.PAY, reach=Reach.REACHED, address="http://127.0.0.1:7/thanh-toan",
    proof=(ProofOfPage(address="http://127.0.0.1:7/thanh-toan", title="t", status=200, kind=PageKind.PAGE, step="pay"),),
    requests=(RequestRecord(method="GET", address="http://127.0.0.1:7/thanh-toan", kind="document", status=200),),
)  # fmt: skip
IN_PAGE = step(StepName.SIGN, "/ho-so/x").model_copy(update={"requests": ()})
Check = Callable[..., None]

OF_ONE: list[tuple[str, Check, Journey, Verdict, str]] = [
    ("tag on all steps", e61.test_tag_on_every_step, RIGHT, P, ""),
    ("step without tag", e61.test_tag_on_every_step, journey(DETAIL, step(StepName.SUBMIT, "/ho-so/x", tag=False)), HALF, "Nộp hồ sơ"),
    ("stopped before the receipt", e61.test_tag_on_every_step, journey(DETAIL), OPEN, "chưa tới trang xác nhận"),
    ("script asked for, left too early to send", e61.test_tag_on_every_step, journey(DETAIL, step(StepName.SUBMIT, "/ho-so/x")), P, ""),
    ("gateway's page is not the system's", e61.test_tag_on_every_step, journey(DETAIL, OUTSIDE, DONE), P, ""),
    ("step without a page of its own", e61.test_tag_on_every_step, journey(DETAIL, IN_PAGE, DONE), P, ""),
    ("view event", e63.test_view_event, RIGHT, P, ""),
    ("no view event", e63.test_view_event, journey(step(StepName.DETAIL, "/thu-tuc/1", beacon("/thu-tuc/1"))), F, "-1"),
    ("view event of another service", e63.test_view_event, journey(step(StepName.DETAIL, "/thu-tuc/1", viewed("1.000656"))), F, CODE),
    ("view event with the localised code", e63.test_view_event, journey(step(StepName.DETAIL, "/x", viewed(f"{CODE}.000.00.00.H99"))), P, ""),
    ("script still loading", e63.test_view_event, journey(step(StepName.DETAIL, "/x", script_done=False)), REVIEW, "chưa tải xong"),
    ("submission event", e63.test_submission_event, RIGHT, P, ""),
    ("only the view event", e63.test_submission_event, journey(DETAIL, step(StepName.SUBMIT, "/x", viewed())), F, "trackDVC"),
    ("flag rec=1 is no submission", e63.test_submission_event, journey(DETAIL, step(StepName.SUBMIT, "/x", beacon("/x", code=CODE))), F, CODE),
    ("not submitted", e63.test_submission_event, journey(DETAIL), OPEN, ""),
    ("once", e63.test_submission_event_is_sent_once, RIGHT, P, ""),
    ("again after a reload", e63.test_submission_event_is_sent_once, journey(DETAIL, step(StepName.SUBMIT, "/x", submitted(), submitted())), F, "2 sự kiện"),
    ("none to count", e63.test_submission_event_is_sent_once, journey(DETAIL, step(StepName.SUBMIT, "/x")), OPEN, "để đếm"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "seen", "wanted", "said"), [case[1:] for case in OF_ONE], ids=[case[0] for case in OF_ONE]
)
def test_of_one_journey(check: Check, seen: Journey, wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(check, JourneyRecord(seen, True, "observations/journey.json"), SYSTEM)
    assert verdict is wanted, words
    assert said in words


def asked(address: str) -> Journey:
    return journey(
        step(StepName.FORM, "/x").model_copy(
            update={"requests": (RequestRecord(method="GET", address=address, kind="document", status=200),)}
        )
    )


def sent(**parameters: str) -> Journey:
    return journey(step(StepName.FORM, "/x", beacon("/x", **parameters)))


NAME = "Nguyễn Thị Thử Nghiệm"
OF_ALL: list[tuple[str, Check, list[Journey], Verdict, str]] = [
    ("as many events as dossiers", e63.test_events_equal_dossiers, [RIGHT, RIGHT], P, ""),
    ("dossier without event", e63.test_events_equal_dossiers, [RIGHT, journey(DETAIL)], F, "2 hồ sơ"),
    ("event without dossier", e63.test_events_equal_dossiers, [RIGHT, journey(DETAIL, DONE, code="")], F, "1 hồ sơ"),
    ("no dossier", e63.test_events_equal_dossiers, [journey(DETAIL, code="")], OPEN, "không có hồ sơ"),
    ("nothing personal", e64.test_no_personal_data_is_sent, [RIGHT], P, ""),
    ("name in the title", e64.test_no_personal_data_is_sent, [sent(title=f"Hồ sơ của {NAME}")], F, "họ tên"),
    ("name without diacritics", e64.test_no_personal_data_is_sent, [sent(title="nguyen-thi-thu-nghiem")], F, "họ tên"),
    ("another name", e64.test_no_personal_data_is_sent, [sent(title="Nguyễn Thị Thử")], P, ""),
    ("number in the address", e64.test_no_personal_data_is_sent, [sent(url=f"{HOME}/ho-so?cccd=001190000017")], F, "url"),
    ("number hidden in the record", e64.test_no_personal_data_is_sent, [sent(url=f"{HOME}/ho-so?cccd=•••")], F, "url"),
    ("mail in base64", e64.test_no_personal_data_is_sent, [sent(u=base64.b64encode(b"thu.nghiem@congdan.example").decode())], F, "thư điện tử"),
    ("telephone hashed", e64.test_no_personal_data_is_sent, [sent(u=hashlib.md5(b"0912000017").hexdigest())], F, "số điện thoại"),
    ("captcha answer", e64.test_no_personal_data_is_sent, [sent(url=f"{HOME}/tra-cuu?ma-bao-mat=SAOMAI")], P, ""),
    ("mark inside a longer word", e64.test_no_personal_data_is_sent, [sent(url=f"{HOME}/x?merchant=•••-DVC")], P, ""),
    ("no beacon", e64.test_no_personal_data_is_sent, [journey(step(StepName.FORM, "/x"))], OPEN, "không có tín hiệu"),
    ("plain addresses", s43.test_nothing_secret_in_an_address, [RIGHT], P, ""),
    ("password in the address", s43.test_nothing_secret_in_an_address, [asked(f"{HOME}/login?mat-khau=x")], F, "mat-khau"),
    ("session in the path", s43.test_nothing_secret_in_an_address, [asked(f"{HOME}/x;jsessionid=0A1B2C3D4E5F")], F, "mã phiên"),
    ("number in the path", s43.test_nothing_secret_in_an_address, [asked(f"{HOME}/cong-dan/001190000017")], F, "tài khoản"),
    ("code of the identity flow", s43.test_nothing_secret_in_an_address, [asked(f"{HOME}/dang-nhap/ket-qua?code=abc&state=def")], P, ""),
    ("empty password field", s43.test_nothing_secret_in_an_address, [asked(f"{HOME}/tim?password=&tu-khoa=mat+khau")], P, ""),
    ("identity provider's own address", s43.test_nothing_secret_in_an_address, [asked("http://127.0.0.1:5/login?otp=123456"), RIGHT], P, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "seen", "wanted", "said"), [case[1:] for case in OF_ALL], ids=[case[0] for case in OF_ALL]
)
def test_of_all_journeys(check: Check, seen: list[Journey], wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(check, JourneysRecord(SYSTEM, seen, SECRETS.clean))
    assert verdict is wanted, words
    assert said in words
