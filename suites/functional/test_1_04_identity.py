"""1.4 Đăng nhập, định danh."""

from __future__ import annotations

from urllib.parse import urlsplit

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.run import Run
from fixtures.scenarios import ScenarioRecord
from toantrinh.judgement import fail, needs_review
from toantrinh.observations.journey import LogInFacts, StepName
from toantrinh.observations.mistakes import LogInScenario

NATIONAL_HOSTS = ("xacthuc.dichvucong.gov.vn", "sso.dancuquocgia.gov.vn", "vneid.gov.vn")


@check("login.national-identity")
def test_national_identity_is_offered(journey: JourneyRecord) -> None:
    """Đăng nhập được bằng tài khoản định danh điện tử quốc gia."""
    facts = _logged_in(journey)
    if (
        not facts.offered
        and not any(host.split(":")[0] in NATIONAL_HOSTS for host in facts.hosts)
        and len(facts.hosts) < 2
    ):
        message = "không thấy cách đăng nhập bằng định danh điện tử quốc gia"
        grounds = journey.grounds(StepName.LOG_IN, "VNeID hoặc Cổng Dịch vụ công quốc gia", "đăng nhập tại chỗ")
        if journey.verified:
            fail(message, grounds)
        needs_review(message, grounds)


@check("login.real-redirect")
def test_redirect_is_real(journey: JourneyRecord, run: Run) -> None:
    """Đăng nhập đi qua chính hệ thống định danh, không nhận mật khẩu thay."""
    facts = _logged_in(journey)
    own = urlsplit(run.system.base_url).netloc
    if all(host == own for host in facts.hosts):
        fail(
            "mật khẩu định danh được hỏi trên chính cổng, không chuyển sang hệ thống định danh",
            journey.grounds(StepName.LOG_IN, "chuyển sang máy chủ định danh", f"chỉ qua {own}"),
        )


@check("login.wrong-password-refused")
def test_wrong_password_is_refused(door: ScenarioRecord[LogInScenario]) -> None:
    """Mật khẩu sai bị từ chối kèm thông báo."""
    trial = door.data.password
    door.need(trial)
    if trial.logged_in:
        fail("mật khẩu sai vẫn đăng nhập được", door.grounds(trial, "bị từ chối, vẫn chưa đăng nhập", "đã đăng nhập"))
    if trial.message:
        return
    message = "mật khẩu sai bị từ chối nhưng không có thông báo"
    grounds = door.grounds(
        trial, "thông báo tài khoản hoặc mật khẩu không đúng", "; ".join(trial.said) or "không có gì"
    )
    if door.verified and trial.asked_again:
        fail(message, grounds)
    needs_review(message if trial.asked_again else "sau mật khẩu sai không nhận ra trang nào hiện ra", grounds)


@check("login.log-out-ends-session")
def test_log_out_ends_the_session(door: ScenarioRecord[LogInScenario]) -> None:
    """Đăng xuất thì phiên kết thúc."""
    trial = door.data.log_out
    door.need(trial)
    page = f"trang “{trial.own_page}”"
    if trial.asked_again is None:
        needs_review(
            f"đăng xuất rồi mở lại {page}: không nhận ra là còn mở hay đã đóng",
            door.grounds(trial, "trang cá nhân đòi đăng nhập lại", "không đòi đăng nhập, không có nút đăng xuất"),
        )
    if not trial.asked_again:
        fail(
            f"đăng xuất rồi vẫn mở được {page}",
            door.grounds(trial, "trang cá nhân đòi đăng nhập lại", "trang cá nhân vẫn hiện"),
        )
    if trial.old_session_dead is False:
        fail(
            f"đăng xuất chỉ xóa cookie ở trình duyệt: phiên cũ vẫn mở được {page}",
            door.grounds(trial, "phiên bị hủy ở máy chủ", "cookie cũ vẫn dùng được"),
        )
    if trial.old_session_untold:
        needs_review(
            f"đăng xuất rồi dùng lại cookie cũ mở {page}: {trial.old_session_untold}",
            door.grounds(trial, "phiên bị hủy ở máy chủ", trial.old_session_untold),
        )


@check("login.returns-to-service")
def test_returns_to_the_service(journey: JourneyRecord) -> None:
    """Đăng nhập xong quay lại đúng dịch vụ đang làm."""
    facts = _logged_in(journey)
    if not facts.service_named_after:
        fail(
            "đăng nhập xong không quay lại dịch vụ đang làm",
            journey.grounds(StepName.LOG_IN, f"trang của dịch vụ {journey.journey.service}", facts.back_at),
        )


def _logged_in(journey: JourneyRecord) -> LogInFacts:
    journey.need(StepName.LOG_IN)
    facts = journey.journey.log_in
    assert facts is not None
    return facts
