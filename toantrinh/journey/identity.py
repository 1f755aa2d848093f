"""Logging in as a citizen: choice of the national e-identity, account and password, one-time code, consent, way
back."""

from __future__ import annotations

from urllib.parse import urlsplit

from toantrinh.accounts import Account
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import Lexicon
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.mistakes import UserMistake
from toantrinh.observations.journey import LogInFacts, Reach, StepName
from toantrinh.secrets import resolve

MOST_PAGES = 8
MOST_TRIES = 3  # of a person with a one-time code
TEXT_ROLES = ("textbox", "searchbox", "spinbutton")


class AccountRefused(StepEnded):
    """The password or code of an account was not accepted. Entered again and again, it might lock the account."""


def needs_log_in(view: View, lexicon: Lexicon) -> bool:
    """True when the page asks for a password or a one-time code, or offers nothing but ways to log in."""
    if password_field(view) or code_field(view, lexicon):
        return True
    body = [c for c in view.controls if view.in_body(c)]
    ways = [c for c in body if c.role in ("button", "link") and lexicon["log-in-national"].nearness(c.label) >= 45]
    return bool(ways) and not any(c.is_field for c in body)


def password_field(view: View) -> Control | None:
    """The field for a password, if the page asks for one (a PIN for signing is none)."""
    return next((c for c in view.fields if c.type == "password" and c.landmark not in ("header", "footer")), None)


def code_field(view: View, lexicon: Lexicon) -> Control | None:
    """The field for a one-time code, if the page asks for one."""
    marked = next((c for c in view.fields if c.autocomplete == "one-time-code"), None)
    return marked or view.best(lexicon["one-time-code"], roles=TEXT_ROLES, least=55)


def log_in(who: Traveller, view: View) -> View:
    """Goes through the log-in until the page is the system's own again and asks for nothing more.

    Raises StepEnded with `not-tried` when the file lends no account, or when a captcha or a code cannot be answered.
    A refusal of the account is kept among the facts (`log_in_refused`).
    """
    try:
        return _through_the_door(who, view)
    except AccountRefused as refusal:
        who.facts["log_in_refused"] = refusal.why
        raise


def _through_the_door(who: Traveller, view: View) -> View:
    who.book.begin(StepName.LOG_IN)
    if (view_after := who.platform.log_in(who, view)) is not None:
        view = view_after
    elif who.account is None or not who.account.password:
        view = _let_person_in(who, view)
    offered: list[str] = []
    one_time_code = False
    for _ in range(MOST_PAGES):
        who.book.see(view, log_in_expected=True)
        if who.at_home(view.address) and not needs_log_in(view, who.lexicon):
            break
        if who.account is None:
            raise StepEnded(Reach.NOT_TRIED, "chưa ai đăng nhập xong trong cửa sổ trình duyệt")
        if not offered and not one_time_code:
            who.book.shot("Đăng nhập", routine=True)
        if code := code_field(view, who.lexicon):
            one_time_code = True
            view = give_code(who, view, code, who.account)
        elif password := password_field(view):
            view = give_password(who, view, password, who.account)
        else:
            view = _choose_way(who, view, offered)
    else:
        raise StepEnded(Reach.UNANSWERED, f"qua {MOST_PAGES} trang vẫn chưa đăng nhập xong" + _said(view))
    who.book.shot("Sau khi đăng nhập", routine=True)
    named = (
        who.service.code in view.text
        or who.lexicon["apply"].nearness(view.heading) >= 50
        or who.service.name in view.text
    )
    who.facts["log_in"] = LogInFacts(
        offered=tuple(dict.fromkeys(offered)),
        hosts=who.hands.watch.hosts(),
        one_time_code=one_time_code,
        back_at=view.address,
        service_named_after=named,
    )
    return view


def _choose_way(who: Traveller, view: View, offered: list[str]) -> View:
    ways = view.ranked(who.lexicon["log-in-national"], where=view.in_body, least=45)
    ways.sort(key=lambda way: urlsplit(way.href).hostname not in (None, *who.system.allowed_hosts))
    offered += [way.label for way in ways]
    way = (
        next(iter(ways), None)
        or view.best(who.lexicon["consent"], where=view.in_body)
        or view.best(who.lexicon["log-in"])
    )
    if way is None:
        if who.person is not None and who.person.sees_window:
            who.person.wait_for("làm tiếp việc đăng nhập trong cửa sổ trình duyệt")
            return who.hands.settle()
        raise StepEnded(Reach.ABSENT, "không thấy cách đăng nhập")
    return who.press(view, way)


def _let_person_in(who: Traveller, view: View) -> View:
    """The page after a person has logged in by hand in the window. Raises StepEnded where nobody can."""
    who.book.shot("Đăng nhập")
    if who.person is not None and who.person.sees_window:
        who.person.wait_for(f"đăng nhập “{who.service.account}” trong cửa sổ trình duyệt")
        return who.hands.settle()
    raise StepEnded(Reach.NOT_TRIED, who.no_account or _no_account(who))


def _no_account(who: Traveller) -> str:
    name = who.service.account
    if who.account is None:
        return f"tệp hệ thống không có tài khoản “{name}” (accounts.{name})"
    return f"chưa có phiên đăng nhập của “{name}”: chạy toantrinh login {who.system.id} --account {name}"


def give_password(who: Traveller, view: View, password: Control, account: Account) -> View:
    """Fills account name and password of the form that holds `password` and sends it."""
    if not account.password:
        raise StepEnded(Reach.NOT_TRIED, _no_account(who))
    name = view.best(who.lexicon["user-name"], roles=TEXT_ROLES, where=lambda c: c.form == password.form, least=30)
    name = name or next(
        (c for c in view.fields if c.role in TEXT_ROLES and c.form == password.form and c is not password), None
    )
    if captcha := view.best(who.lexicon["captcha"], roles=TEXT_ROLES, least=50):
        give_captcha(who, view, captcha)
    try:
        if name:
            who.hands.fill(view, name, resolve(account.username).reveal())
        return answer(who, view, password, resolve(account.password).reveal())
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error


def give_captcha(who: Traveller, view: View, field: Control) -> None:
    """Answers a captcha as the body has lent or a person reads it; without either the step was not tried."""
    if who.system.captcha is not None:
        _write(who, view, field, resolve(who.system.captcha.answer).reveal())
    elif not ask_person(who, view, field, "mã bảo mật"):
        who.book.shot("Mã bảo mật", routine=True)
        raise StepEnded(Reach.NOT_TRIED, "trang hỏi mã bảo mật, tệp hệ thống không có câu trả lời (captcha.answer)")


def give_code(who: Traveller, view: View, field: Control, account: Account) -> View:
    """Gives the one-time code of an account, or the one that a person types (three tries), and sends it."""
    if who.person is None or account.otp_secret or account.otp:
        code = one_time_code_of(account)
        who.attachments.hide(code)
        return answer(who, view, field, code)
    for left in reversed(range(MOST_TRIES)):
        typed = ask_person(who, view, field, "mã xác thực một lần (OTP)")
        if not typed:
            break
        try:
            return answer(who, view, field, typed)
        except StepEnded:
            if not left:
                raise
            view = who.hands.settle()
            field = code_field(view, who.lexicon) or field
    raise StepEnded(Reach.NOT_TRIED, "trang hỏi mã xác thực, không ai nhập")


def ask_person(who: Traveller, view: View, field: Control, what: str) -> str:
    """What the person in the loop typed for a field, in the terminal or in the window; it stands in the field then.

    Empty when nobody is there, or nobody knew.
    """
    from playwright.sync_api import Error

    if who.person is None:
        return ""
    question = f"{who.system.name}, {who.service.code}: {what} (“{field.label}”)"
    try:
        typed = who.person.answer(question, who.hands.page.screenshot(type="png", animations="disabled"))
        if typed:
            who.attachments.hide(typed)
            _write(who, view, field, typed)
        return typed or str(view.element(field).input_value())
    except Error as error:
        raise StepEnded(Reach.TOOL_ERROR, first_line(error)) from error


def _write(who: Traveller, view: View, field: Control, value: str) -> None:
    try:
        who.hands.fill(view, field, value)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error


def answer(who: Traveller, view: View, field: Control, value: str) -> View:
    """Fills one field and sends its form. Raises AccountRefused when the same page asks for the same field again, and
    StepEnded `not-tried` when that is for the captcha alone, or when the page sends nothing and says nothing."""
    before = (view.address, field.key)
    try:
        who.hands.fill(view, field, value)
        after = send_form(who, view, field)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error
    if after.address.split("?")[0] == before[0].split("?")[0] and any(c.key == before[1] for c in after.fields):
        who.book.shot("Đăng nhập bị từ chối")
        if refused := captcha_refused(who, view, field, after):
            raise StepEnded(
                Reach.NOT_TRIED, f"mã bảo mật của trang đăng nhập không được chấp nhận; trang báo: {refused}"
            )
        raise AccountRefused(
            Reach.NOT_TRIED, f"“{field.label}” không được chấp nhận: xem lại tài khoản trong tệp hệ thống{_said(after)}"
        )
    return after


def send_form(who: Traveller, view: View, field: Control) -> View:
    """Sends the form of a field that has been filled; a press that nothing came of is made once more, by Enter.

    What nobody received was not refused. Raises StepEnded `not-tried` when nothing comes of Enter either.
    """
    button = view.best(
        who.lexicon["log-in-submit"],
        roles=("button",),
        where=lambda c: c.form == field.form and c.frame == field.frame,
        least=30,
    )
    asked = len(who.hands.watch.seen)

    def nothing_came(after: View) -> bool:
        same = after.born == view.born and after.messages == view.messages and after.dialogs == view.dialogs
        return same and not any(c.invalid for c in after.fields) and not who.hands.watch.spoke_since(asked)

    after = who.hands.press(view, button) if button else who.hands.enter(view, field)
    again = next((c for c in after.fields if c.key == field.key), None)
    if button is None or again is None or not nothing_came(after):
        return after
    who.hands.watch.note(f"bấm “{button.label}” không gửi gì: gửi lại bằng Enter")
    after = who.hands.enter(after, again)
    if nothing_came(after) and any(c.key == field.key for c in after.fields):
        who.book.shot("Đăng nhập không gửi gì")
        raise StepEnded(
            Reach.NOT_TRIED, f"bấm “{button.label}” rồi nhấn Enter ở “{field.label}”: trang không gửi gì, không báo gì"
        )
    return after


def captcha_refused(who: Traveller, view: View, field: Control, after: View) -> str:
    """The words by which a form that held a captcha beside `field` refuses the captcha, and not the account.

    Empty when the form held none, or when what is said is of the account, or of either.
    """
    beside = who.lexicon["captcha"]
    if not any(
        beside.nearness(c.label) >= 50 and (c.frame, c.form) == (field.frame, field.form) and c is not field
        for c in view.fields
        if c.role in TEXT_ROLES
    ):
        return ""
    known = {message.text for message in view.messages}
    said = [message.text for message in after.messages if message.text not in known]
    said = said or [message.text for message in after.messages]
    said += [c.error for c in after.fields if c.invalid and c.error and c.error not in said]
    if any(who.lexicon.says("account-refused", words) for words in said):
        return ""
    return next((words for words in said if who.lexicon.says("captcha-refused", words)), "")


def one_time_code_of(account: Account) -> str:
    """The one-time code of this moment (RFC 6238), or the fixed one; without either the step was not tried."""
    if account.otp_secret:
        import pyotp

        try:
            return pyotp.TOTP(resolve(account.otp_secret).reveal()).now()
        except ValueError as error:
            raise UserMistake(
                f"the secret of the one-time codes is no good: {error}.", "otp_secret", "Copy it again, in base32."
            ) from None
    if account.otp:
        return resolve(account.otp).reveal()
    raise StepEnded(Reach.NOT_TRIED, "trang hỏi mã xác thực, tài khoản không có otp_secret hay otp")


def _said(view: View) -> str:
    return "; trang báo: " + " / ".join(m.text for m in view.messages[:3]) if view.messages else ""
