"""Wrong passwords: whether they are slowed or stopped, and whether the answer tells which accounts there are.

Most are for a name that nobody has. For the test account's own name there are at most four, fewer than any usual lock
counts (OWASP ASVS 2.2.1 and common practice: five or more), and the right password follows. Each counts as a request.

Where none of these is slowed, nothing is proved: ASVS 2.2.1 allows up to a hundred failures an hour on one account, and
a lock after ten, or after fifty, is a lock. More tries would lock real accounts or fill their logs, and a rate that is
reckoned from twelve tries says nothing of the thirteenth. So that is for a person, who can read the configuration.
"""

from __future__ import annotations

import random
import re
import statistics

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.watch import SAFE, Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey import identity
from toantrinh.journey.identity import TEXT_ROLES, log_in, password_field
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.journey import StepName
from toantrinh.observations.session import Attempt, GuessingFacts, State
from toantrinh.observers.prober.budget import Budget
from toantrinh.observers.prober.permission import refusal
from toantrinh.scenarios.complaints import general_complaint
from toantrinh.scenarios.logging_in import WRONG_PASSWORD, password_page
from toantrinh.scenarios.trying import news, picture
from toantrinh.secrets import resolve

SUBJECT = "session"
MOST_NOBODY, MOST_OWN = 8, 4
SLOWER_S = 0.4  # twice in a row so much above the slowest of the first three: no chance
STOPPED = (423, 429)
BRAKING = ("bi khoa", "tam khoa", "qua nhieu", "nhieu lan", "thu lai sau", "locked", "too many", "try again later")


def guess(who: Traveller, budget: Budget) -> GuessingFacts:
    """Tries wrong passwords until the system brakes, or the few that are allowed are used up.

    Raises StepEnded and CannotAct where the traveller does not reach the place that asks for a password.
    """
    who.book.begin(StepName.LOG_IN)
    view, password = password_page(who)
    place = view.address.split("?")[0]
    if no := refusal(who.system, "POST", view.address, intrusive=True):
        reach = State.ABSENT if no[0] is Ended.FOREIGN else State.OPEN
        return GuessingFacts(place=place, reach=reach, why=f"mật khẩu được hỏi ở {place}: {no[1]}")
    if who.account is None or not who.account.username:
        return GuessingFacts(place=place, why="tài khoản không có tên đăng nhập để thử")
    own = resolve(who.account.username).reveal()
    door = _Door(who, budget, view, password)
    nobody = nobody_like(own)
    for number in range(MOST_NOBODY):
        if number == 1 and not door.attempt(own, own_name=True):
            break
        if not door.attempt(nobody, own_name=False):
            break
    if not door.stopped:
        while sum(one.own_name for one in door.attempts) < MOST_OWN and door.attempt(own, own_name=True):
            continue
        door.let_in()
    return GuessingFacts(
        place=place,
        reach=State.HELD if door.braked else State.UNSURE if not door.why else State.OPEN,
        why=door.why,
        attempts=tuple(door.attempts),
        braked=door.braked,
        shots=picture(who, "Sau nhiều lần nhập sai mật khẩu"),
        spent=len(door.attempts),
        limit=MOST_NOBODY + MOST_OWN,
    )


class _Door:
    """The form that asks for the password, pressed again and again. `braked` says how it was seen to slow down."""

    def __init__(self, who: Traveller, budget: Budget, view: View, password: Control) -> None:
        self._who, self._budget, self._view, self._password = who, budget, view, password
        self._clean = view
        self.attempts: list[Attempt] = []
        self.braked = self.why = ""

    @property
    def stopped(self) -> bool:
        return bool(self.braked or self.why)

    def attempt(self, name: str, *, own_name: bool) -> bool:
        """One wrong password for `name`; False when no more is to be tried."""
        self.why = self._budget.spend(SUBJECT)
        if self.why:
            return False
        who, watch = self._who, self._who.hands.watch
        view, password = self._view, self._password
        if captcha := view.best(who.lexicon["captcha"], roles=TEXT_ROLES, least=50):
            if self.attempts:
                self.braked = "sau lần nhập sai, trang đòi mã captcha"
                return False
            try:
                identity.give_captcha(who, view, captcha)
            except StepEnded:
                self.braked = "mỗi lần thử đều đòi mã captcha"
                return False
        field = view.best(who.lexicon["user-name"], roles=TEXT_ROLES, where=lambda c: c.form == password.form, least=30)
        field = field or next((c for c in view.fields if c.role in TEXT_ROLES and c.form == password.form), None)
        if field is None:
            self.why = "không thấy ô tên đăng nhập"
            return False
        who.hands.fill(view, field, name)
        who.hands.fill(view, password, WRONG_PASSWORD)
        button = view.best(
            who.lexicon["log-in-submit"], roles=("button",), where=lambda c: c.form == password.form, least=30
        )
        since, dialogs = len(watch.seen), len(watch.dialogs)
        after = who.hands.press(view, button) if button else who.hands.enter(view, password)
        seconds, status = _answer_since(watch, since)
        said = news(self._clean, after, watch.dialogs[dialogs:])
        message = general_complaint(who, said) or next((m.text for m in after.messages), "")
        neutral = re.sub(r"\d+", "0", message.replace(name, "…"))[:300]
        self.attempts.append(Attempt(own_name=own_name, seconds=round(seconds, 2), message=neutral, status=status))
        self.braked = self._braking()
        again = password_field(after)
        if again is None and not self.braked:
            self.why = "sau lần nhập sai, trang không hỏi mật khẩu nữa"
        self._view, self._password = after, again or password
        return not self.stopped

    def let_in(self) -> None:
        """The right password, so that no failure stays counted."""
        try:
            log_in(self._who, self._view)
        except (StepEnded, CannotAct) as end:
            self.why = self.why or f"sau các lần nhập sai, mật khẩu đúng không vào được: {end}"

    def _braking(self) -> str:
        first, last = self.attempts[0], self.attempts[-1]
        if last.status in STOPPED:
            return f"lần nhập sai thứ {len(self.attempts)} bị trả HTTP {last.status}"
        known, told = fold(first.message), fold(last.message)
        if any(word in told and word not in known for word in BRAKING):
            return f"lần nhập sai thứ {len(self.attempts)}: “{last.message}”"
        times = [one.seconds for one in self.attempts if one.own_name == last.own_name]
        slowest = max(times[:3])
        if len(times) >= 5 and min(times[-2:]) >= slowest + SLOWER_S:
            usual = statistics.median(times[:3])
            return f"chậm dần: từ {usual:.1f} giây lên {times[-1]:.1f} giây ở lần nhập sai thứ {len(times)}"
        return ""


def nobody_like(name: str) -> str:
    """A log-in name of the shape of `name` that nobody has, a new one each time.

    Personal numbers begin with the code of a province, of which 099 is none (Thông tư 59/2021/TT-BCA); telephone
    numbers of ten digits no longer begin with 01 (plan of the Ministry of Information and Communications, 2018).
    """
    chance = random.SystemRandom()

    def digits(count: int) -> str:
        return "".join(chance.choice("0123456789") for _ in range(count))

    if name.isascii() and name.isdigit():
        start = "099" if len(name) == 12 else "01" if len(name) == 10 else "0" * min(4, len(name))
        return start + digits(len(name) - len(start))
    person, at, host = name.rpartition("@")
    return f"khong-co-that-{digits(6)}{at}{host}" if at and person else f"khongcothat{digits(6)}"


def _answer_since(watch: Watch, since: int) -> tuple[float, int | None]:
    """(seconds, status) of the slowest answer to what was sent since; without one nothing can be told."""
    sent = [one for one in watch.seen[since:] if one.request.method not in SAFE]
    took = [((one.ended or one.started) - one.started, one.status) for one in sent]
    return max(took, key=lambda one: one[0], default=(0.0, None))
