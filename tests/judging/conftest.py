"""An invented but plausible run of an invented system, for tests of what is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from toantrinh.criteria import CriteriaSet, load_catalogue, load_criteria
from toantrinh.scorecard import JourneyStep, RunFacts, Scorecard, ServiceFacts, SystemFacts, build_scorecard
from toantrinh.verdicts import CheckResult, Evidence, Verdict

RUN = RunFacts(
    id="2026-11-21T2000",
    started="2026-11-21T20:00:04+07:00",
    finished="2026-11-21T20:01:12+07:00",
    base_url="https://dichvucong.saomai.example",
    browser="Chromium 140",
    command="pytest --system=saomai --seed=20261121",
    seed=20261121,
    complete=True,
)
SYSTEM = SystemFacts(
    id="saomai",
    name="Cổng Dịch vụ công tỉnh Sao Mai",
    kind="province",
    platform="generic",
    digest="6c0f1d6e8f5fd8f1f2a2f7d0d7b1c8f4a9d5e6c7b8a90123456789abcdef0123",
)
SERVICES = {
    "1.001193": ("Đăng ký khai sinh", "toàn trình", "toàn trình"),
    "2.000815": ("Chứng thực bản sao từ bản chính", "một phần", "một phần"),
    "1.004222": ("Đăng ký thường trú", "toàn trình", "toàn trình"),
    "1.000894": ("Đăng ký kết hôn", "toàn trình", "một phần"),
    "2.001159": ("Cấp Phiếu lý lịch tư pháp số 1 cho công dân Việt Nam", "toàn trình", "toàn trình"),
    "1.002693": ("Cấp giấy phép xây dựng nhà ở riêng lẻ", "toàn trình", None),
}
STEPS = {
    "search": "Tìm kiếm",
    "detail": "Xem chi tiết",
    "log-in": "Đăng nhập",
    "form": "Điền biểu mẫu",
    "papers": "Nộp giấy tờ",
    "sign": "Ký số",
    "pay": "Thanh toán",
    "submit": "Nộp hồ sơ",
    "track": "Tra cứu",
    "result": "Nhận kết quả",
    "rating": "Đánh giá",
}
SHOT = "evidence/shots/form.png"
TINY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082".replace(" ", "")
)

# check → (services that fail, or None for the whole system; message; seen; where)
FAILS: dict[str, tuple[tuple[str, ...] | None, str, str, str]] = {
    "search.without-diacritics": (
        ("1.000894", "1.002693"),
        "Gõ không dấu không thấy thủ tục.",
        "Không có kết quả cho “dang ky ket hon”.",
        "Trang kết quả tìm kiếm, /thu-tuc?tu-khoa=dang+ky+ket+hon",
    ),
    "level.declared-equals-measured": (
        ("1.000894",),
        "Công bố toàn trình nhưng chỉ đi được đến mức một phần: kết quả phải nhận trực tiếp.",
        "Bước nhận kết quả chỉ có “Nhận tại Bộ phận Một cửa”.",
        "Trang lệ phí và nhận kết quả, ô “Hình thức nhận kết quả”",
    ),
    "papers.from-store": (
        tuple(SERVICES),
        "Giấy tờ đã có trong kho vẫn bị đòi tải lên lại.",
        "Không có nút lấy từ kho ở 3 giấy tờ đã có.",
        "Bước giấy tờ",
    ),
    "track.unit-shown": (("2.000815",), "Không nêu đơn vị đang xử lý.", "Cột “Đơn vị” để trống.", "Trang tra cứu"),
    "support.feedback-answer": (None, "Chưa thấy câu trả lời.", "Trạng thái “Đã gửi” sau 60 giây.", "Trang phản ánh"),
    "emc.one-site-id": (None, "Hai mã trang đo khác nhau.", "4064 ở trang chủ, 4065 ở luồng nộp.", "Mã đo trên trang"),
}
OPEN_GROUPS = ("3", "4")
REVIEWED = "approval.security-level"
BROKEN = "layout.ipv6"


@pytest.fixture(scope="session")
def scorecard() -> Scorecard:
    """The scorecard of the invented run."""
    return sample_scorecard()


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    """The folder of the invented run, with the evidence that its scorecard names."""
    picture = tmp_path / SHOT
    picture.parent.mkdir(parents=True)
    picture.write_bytes(TINY_PNG)
    (tmp_path / "observations").mkdir()
    (tmp_path / "observations" / "journey.json").write_text("{}", encoding="utf-8")
    return tmp_path


def sample_scorecard() -> Scorecard:
    """A scorecard of the invented run."""
    criteria = load_criteria()
    results = list(sample_results(criteria))
    return build_scorecard(RUN, SYSTEM, criteria, load_catalogue(), results, tuple(sample_services()))


def sample_results(criteria: CriteriaSet) -> Iterator[CheckResult]:
    """Results of the invented run: most pass, some fail, groups 3 and 4 are not tested."""
    catalogue = load_catalogue()
    for group in criteria.groups:
        for criterion in group.criteria:
            for share in criterion.checks:
                check = catalogue.check(share.id)
                if share.id == REVIEWED:
                    yield CheckResult(check=share.id, verdict=Verdict.NEEDS_REVIEW, message="Cần người xem hồ sơ.")
                elif share.id == BROKEN:
                    yield CheckResult(check=share.id, verdict=Verdict.TOOL_ERROR, message="Không có máy phân giải tên.")
                elif group.id not in OPEN_GROUPS:
                    for service in SERVICES if check.subject == "service" else (None,):
                        yield _result(share.id, service)


def _result(check: str, service: str | None) -> CheckResult:
    wrong = FAILS.get(check)
    if wrong and (wrong[0] is None or service in wrong[0]):
        return CheckResult(
            check=check,
            service=service,
            verdict=Verdict.FAIL,
            message=wrong[1],
            seen=wrong[2],
            where=wrong[3],
            identity=f"{check}:{wrong[1]}",
            evidence=(
                Evidence(path=SHOT, title="Bước giấy tờ, màn hình 1366"),
                Evidence(path="observations/journey.json", title="Bản ghi hành trình", kind="observation"),
            ),
        )
    if check == "pay.free-asks-nothing" and service != "1.001193":
        return CheckResult(check=check, service=service, verdict=Verdict.NOT_APPLICABLE, message="Thủ tục có thu phí.")
    if service == "1.002693" and check.split(".")[0] in ("result", "rating", "track"):
        return CheckResult(check=check, service=service, verdict=Verdict.NOT_TESTED, message="Bước nộp hồ sơ chưa qua.")
    return CheckResult(check=check, service=service, verdict=Verdict.PASS, share=1, message="Đã thấy đúng.")


def sample_services() -> Iterator[ServiceFacts]:
    """The services of the invented run, with their journeys."""
    for code, (name, declared, measured) in SERVICES.items():
        stops = list(STEPS).index("submit") if measured is None else len(STEPS)
        yield ServiceFacts(
            code=code,
            name=name,
            declared_level=declared,
            measured_level=measured,
            why="Nộp hồ sơ bị từ chối: “Hệ thống đang bận”." if measured is None else "",
            journey=tuple(
                JourneyStep(
                    step=step,
                    title=title,
                    reached=index < stops,
                    reach="reached" if index < stops else "refused" if index == stops else "not-tried",
                    why="Hệ thống đang bận" if index == stops else "",
                    duration_ms=420 + 137 * index,
                    screenshot=SHOT if index <= stops else None,
                    address=f"/ho-so/…/{step}" if index > 2 else f"/{step}",
                )
                for index, (step, title) in enumerate(STEPS.items())
            ),
        )
