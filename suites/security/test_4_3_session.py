"""4.3 Phiên và xác thực."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from fixtures.checks import check
from fixtures.idle import IdleSession
from fixtures.pages import JourneysRecord
from fixtures.session import SessionRecord
from suites.personal_data import found_in, personal_facts
from suites.security.session_cookies import sessions_in
from suites.security.session_policy import life_of, load_session_policy
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested
from toantrinh.observations.journey import Journey
from toantrinh.observations.session import GuessingFacts, State, Tried
from toantrinh.system_model import System

# Names under which an address must carry nothing. `code` and `state` belong to the identity flow (OpenID Connect).
SECRET_NAMES = re.compile(
    r"(?:mat-?_?khau|password|passwd|pwd|otp|ma-?otp|ma-?pin|pin|session-?_?id|sessid|phpsessid|jsessionid|sid|"
    r"access_?token|refresh_?token|auth_?token|jwt|so-?_?dinh-?_?danh|cccd|cmnd|so-?cccd|so-?cmnd)",
    re.I,
)
NOT_STATED = (
    "tệp hệ thống không nêu giới hạn không dùng; thêm dòng: session: {idle_minutes: 15}, "
    "với số phút mà đơn vị vận hành nêu"
)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=([\w.!-]{8,})", re.I)


@check("session.id-renewed")
def test_the_session_id_changes_at_log_in(session_visit: SessionRecord) -> None:
    """Cookie có từ trước khi đăng nhập không mở được trang cá nhân sau khi đăng nhập; cookie phiên đổi giá trị."""
    facts, tried = session_visit.data, session_visit.data.renewed
    expected = "giá trị cookie phiên sau đăng nhập khác trước đăng nhập"
    if tried.state is State.OPEN and (sure := sessions_in(facts.cookies, facts.at_log_in).sure):
        same = [one.name for one in sure if one.name in facts.kept]
        if not same:
            return
        message = f"cookie {', '.join(same)} giữ nguyên giá trị khi đăng nhập, không thử được bằng yêu cầu"
        needs_review(message, session_visit.grounds(tried, expected))
    session_visit.judge(tried, "mã phiên không đổi khi đăng nhập", expected=expected, identity="session.id-renewed")


@check("session.dies-at-log-out")
def test_the_session_dies_on_the_server(session_visit: SessionRecord) -> None:
    """Phiên cũ gửi lại sau khi đăng xuất không mở được trang cá nhân."""
    session_visit.judge(
        session_visit.data.log_out,
        "đăng xuất rồi mà phiên cũ vẫn sống ở máy chủ",
        expected="phiên bị hủy ở máy chủ khi đăng xuất",
        identity="session.dies-at-log-out",
    )


@check("session.back-after-log-out")
def test_back_shows_nothing_of_the_account(session_visit: SessionRecord) -> None:
    """Nút Quay lại sau khi đăng xuất không hiện dữ liệu của người đã thoát."""
    session_visit.judge(
        session_visit.data.back,
        "nút Quay lại hiện trang cá nhân sau khi đăng xuất",
        expected="Cache-Control: no-store cho trang cá nhân",
        identity="session.back-after-log-out",
    )


@check("session.idle-limit")
def test_an_idle_session_ends(idle_session: IdleSession) -> None:
    """Phiên bỏ không quá giới hạn bị hủy ở máy chủ."""
    limit, record = idle_session.stated, idle_session.record
    if limit is None:
        not_tested(NOT_STATED)
    if record is None:
        lives = ", ".join(f"{one.name}: {life_of(one)}" for one in idle_session.cookies) or "chưa thấy"
        needs_review(
            f"tệp hệ thống nêu phiên hết hạn sau {limit:g} phút không dùng; còn phải chờ "
            f"{idle_session.left_s / 60:.0f} phút nữa mới hỏi lại được (--idle-wait); thời hạn cookie phiên: {lives}"
        )
    record.judge(
        record.data.tried,
        f"quá giới hạn {limit:g} phút không dùng mà phiên vẫn sống ở máy chủ",
        expected=f"bỏ không {limit:g} phút thì phiên bị hủy ở máy chủ",
        identity="session.idle-limit",
    )


@check("session.idle-short")
def test_the_idle_limit_is_short(system: System) -> None:
    """Giới hạn không dùng mà đơn vị vận hành nêu không dài hơn mức khuyến nghị."""
    policy, stated = load_session_policy(), system.session.idle_minutes
    if stated is None:
        not_tested(NOT_STATED)
    if stated > policy.idle_minutes:
        fail(
            f"phiên hết hạn sau {stated:g} phút không dùng, dài hơn {policy.idle_minutes:g} phút",
            Grounds(
                f"không quá {policy.idle_minutes:g} phút ({policy.source.title}, chính sách ngày {policy.date})",
                f"{stated:g} phút, theo tệp hệ thống",
                "session.idle_minutes của tệp hệ thống",
            ),
        )


@check("session.wrong-passwords-slowed")
def test_wrong_passwords_are_slowed(guessing: GuessingFacts) -> None:
    """Sau một số lần nhập sai, lần thử tiếp theo bị làm chậm, đòi thêm bước hoặc tạm khóa."""
    if guessing.reach is State.ABSENT:
        not_applicable(guessing.why)
    if guessing.braked:
        return
    own = sum(one.own_name for one in guessing.attempts)
    tried = f"{len(guessing.attempts) - own} lần với tên không ai có, {own} lần với tài khoản thử"
    grounds = Grounds(
        "lần thử tiếp theo bị làm chậm, đòi thêm bước hoặc tạm khóa",
        "thời gian trả lời (giây): " + ", ".join(f"{one.seconds:.1f}" for one in guessing.attempts),
        guessing.place,
        "session.wrong-passwords-slowed",
    )
    if guessing.why or guessing.reach is State.OPEN:
        not_tested(f"{guessing.why} (đã nhập sai {tried})", grounds)
    needs_review(f"nhập sai liên tiếp không thấy bị chậm hay chặn: {tried}; ngưỡng khóa có thể cao hơn", grounds)


@check("session.same-message")
def test_wrong_user_and_wrong_password_look_alike(guessing: GuessingFacts) -> None:
    """Tên không có thật và mật khẩu sai nhận cùng một thông báo."""
    if guessing.reach is State.ABSENT:
        not_applicable(guessing.why)
    unknown = [one.message for one in guessing.attempts if not one.own_name]
    known = [one.message for one in guessing.attempts if one.own_name][:1]
    if not unknown or not known:
        not_tested(guessing.why or guessing.braked or "chưa thử được cả hai trường hợp")
    if not (all(known) and all(unknown[:2])):
        not_tested("không nhận ra thông báo nào sau khi nhập sai")
    if known[0] not in unknown:
        fail(
            "thông báo cho biết tài khoản có tồn tại hay không",
            Grounds(
                "cùng một thông báo",
                f"tài khoản có thật: “{known[0]}”; tên không ai có: “{unknown[0]}”",
                f"{guessing.place} (khách chưa đăng nhập)",
                "session.same-message",
            ),
        )


@check("session.forgery-token")
def test_another_site_changes_nothing(session_visit: SessionRecord) -> None:
    """Thay đổi gửi từ trang web lạ, thiếu mã chống giả mạo, sai mã hay mã của phiên khác, không được lưu."""
    session_visit.judge(
        session_visit.data.forgery,
        "trang web lạ thay đổi được dữ liệu của người đang đăng nhập",
        expected="thao tác ghi thiếu mã, sai mã hoặc dùng mã của phiên khác bị từ chối",
        identity="session.forgery-token",
    )


@check("session.identity-flow-held")
def test_the_identity_flow_holds(session_visit: SessionRecord) -> None:
    """Luồng định danh từ chối state sai, mã của người khác, mã dùng lại, địa chỉ trở về lạ."""
    facts = session_visit.data
    if not facts.flow:
        if facts.why_no_flow:
            not_applicable(facts.why_no_flow)
        not_tested(facts.why_no_witness or "chưa thử được luồng định danh")
    expected = "state, mã và địa chỉ trở về sai đều bị từ chối"
    by_state = {state: [one for one in facts.flow if one.tried.state is state] for state in State}
    for state, end in ((State.BROKEN, fail), (State.UNSURE, needs_review), (State.OPEN, not_tested)):
        if found := by_state[state]:
            session_visit.look_at(*(one.tried for one in found))
            said = "; ".join(f"{one.title}: {_told(one.tried)}{session_visit.said(one.tried)}" for one in found)
            grounds = session_visit.grounds(found[0].tried, expected, "+".join(one.title for one in found))
            prefix = "luồng định danh không giữ được – " if state is State.BROKEN else "luồng định danh: "
            end(prefix + said, grounds)


@check("session.nothing-secret-in-address")
def test_nothing_secret_in_an_address(all_journeys: JourneysRecord) -> None:
    """Không địa chỉ hay tín hiệu đo nào chứa mật khẩu, mã phiên, mã một lần hay số định danh."""
    asked = [(journey, where, address) for journey in all_journeys.journeys for where, address in _addresses(journey)]
    own = urlsplit(all_journeys.system.base_url).netloc
    mine = [row for row in asked if urlsplit(row[2]).netloc == own or row[1].endswith("(tín hiệu đo)")]
    if not mine:
        not_tested("các hành trình không đi tới địa chỉ nào của hệ thống")
    facts = {name: values for name, values in personal_facts(all_journeys.system).items() if name == "số định danh"}
    leaks: dict[str, str] = {}
    for journey, where, address in mine:
        for what in (*secret_parameters(address), *found_in(address, facts, all_journeys.clean)):
            shown = all_journeys.clean(address).split("?")[0]
            leaks.setdefault(f"{what} trong địa chỉ {shown}", f"{where}, {journey.service}")
    if leaks:
        said = "; ".join(f"{what} ({where})" for what, where in leaks.items())
        fail(
            f"địa chỉ mang bí mật: {said}",
            Grounds("không có bí mật trong địa chỉ", "; ".join(leaks), "; ".join(leaks.values())),
        )


def _told(tried: Tried) -> str:
    return tried.what or tried.why


def secret_parameters(address: str) -> list[str]:
    """The names of parameters of an address that carry a secret: named like one and not empty."""
    parts = urlsplit(address)
    pairs = [*parse_qsl(parts.query), *parse_qsl(parts.fragment)]
    found = [f"tham số “{name}”" for name, value in pairs if value and SECRET_NAMES.fullmatch(name)]
    return found + (["mã phiên"] if SESSION_IN_PATH.search(parts.path) else [])


def _addresses(journey: Journey) -> list[tuple[str, str]]:
    """(where, address) of everything that the journey's browser asked for, and all that its beacons carry."""
    found = [(step.name.vietnamese, request.address) for step in journey.steps for request in step.requests]
    for step in journey.steps:
        for beacon in step.beacons:
            found += [
                (f"{step.name.vietnamese} (tín hiệu đo)", value)
                for value in (*beacon.parameters.values(), beacon.body)
                if value
            ]
    return found
