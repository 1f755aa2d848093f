"""The record of one journey: a dossier taken from the search box to the returned result, one record per step.

Facts only: what was there, what was pressed, what came back. Whether it is good is for the suites.
"""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.http_answers import AnswersSeen
from toantrinh.observations.page import BeaconRecord, Facts, ProofOfPage, RequestRecord


class StepName(StrEnum):
    """The steps of a journey, in the order in which a citizen meets them."""

    HOME = "home"
    SEARCH = "search"
    DETAIL = "detail"
    LOG_IN = "log-in"
    FORM = "form"
    PAPERS = "papers"
    SIGN = "sign"
    PAY = "pay"
    SUBMIT = "submit"
    LOOK_UP = "look-up"
    OFFICER = "officer"
    NOTICE = "notice"
    RESULT = "result"
    RATING = "rating"

    @property
    def vietnamese(self) -> str:
        """Its Vietnamese name, as reports show it."""
        return TITLES[self]


TITLES = {
    StepName.HOME: "Trang chủ",
    StepName.SEARCH: "Tìm kiếm",
    StepName.DETAIL: "Chi tiết thủ tục",
    StepName.LOG_IN: "Đăng nhập",
    StepName.FORM: "Kê khai biểu mẫu",
    StepName.PAPERS: "Đính kèm giấy tờ",
    StepName.SIGN: "Ký số",
    StepName.PAY: "Thanh toán",
    StepName.SUBMIT: "Nộp hồ sơ",
    StepName.LOOK_UP: "Tra cứu hồ sơ",
    StepName.OFFICER: "Cán bộ giải quyết",
    StepName.NOTICE: "Thông báo",
    StepName.RESULT: "Nhận kết quả",
    StepName.RATING: "Đánh giá",
}


BY_HAND = "đi từ phiên mà một người đã đăng nhập (toantrinh login)"


class Reach(StrEnum):
    """How far the journey got with a step."""

    REACHED = "reached"
    ABSENT = "absent"  # we looked and found nothing to press or fill
    REFUSED = "refused"  # the system said no, or showed an error
    UNANSWERED = "unanswered"  # the form did not accept what we answered: perhaps our fault
    BLOCKED = "blocked"  # a page that is not the system's own (firewall, captcha, maintenance)
    NOT_NEEDED = "not-needed"  # this service has no such step
    NOT_TRIED = "not-tried"  # no account, no authorisation, or a step before it was not reached
    TOOL_ERROR = "tool-error"


class Shot(Facts):
    """A picture of the page: path in the run's folder, and what it shows."""

    path: str
    title: str


class Step(Facts):
    """One step. `duration_ms` is wall time from its first act to its last answer, our own looking included.

    `notes`: what we did besides, such as a request made a second time.
    """

    name: StepName
    reach: Reach
    why: str = ""
    address: str = ""
    duration_ms: float = 0.0
    proof: tuple[ProofOfPage, ...] = ()
    shots: tuple[Shot, ...] = ()
    requests: tuple[RequestRecord, ...] = ()
    beacons: tuple[BeaconRecord, ...] = ()
    messages: tuple[str, ...] = ()
    looked_for: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class SearchFacts(Facts):
    """The search from the home page. `rank` is 1 for the first result, None when the service was not among them."""

    query: str
    field: str
    results: tuple[str, ...]
    rank: int | None


class FormTemplate(Facts):
    """A form template offered on the detail page and what came when it was downloaded.

    `why` says why it was not taken wholly (our limits, a foreign host, no answer); then it can carry no verdict.
    """

    label: str
    address: str
    status: int | None
    bytes: int
    kind: str  # pdf | docx | doc | xlsx | html | empty | unknown, judged by content
    sound: bool
    why: str = ""


class DetailFacts(Facts):
    """The public page of the procedure: its label-value pairs, level label, templates."""

    labels: dict[str, str]
    text_length: int
    code_shown: bool
    level_label: str
    templates: tuple[FormTemplate, ...]
    apply_label: str


class LogInFacts(Facts):
    """How the log-in went: hosts passed through, ways offered, and where it came back to."""

    offered: tuple[str, ...]
    hosts: tuple[str, ...]
    one_time_code: bool
    back_at: str
    service_named_after: bool


class FieldRecord(Facts):
    """One field of the e-form, as found, and what was answered (test data only)."""

    label: str
    group: str
    role: str
    type: str
    required: bool
    marked: bool
    prefilled: bool
    readonly: bool
    answer: str
    error: str = ""
    name_source: str = ""


class FormPage(Facts):
    """One page (or state) of the form: its fields, its messages, and the words on the button that led on."""

    address: str
    heading: str
    fields: tuple[FieldRecord, ...]
    pressed: str
    messages: tuple[str, ...] = ()


class UploadPlace(Facts):
    """A place where a document is asked for. `from_store`: a document already held was offered here."""

    label: str
    row: str
    required: bool
    accept: str
    from_store: bool
    attached: str
    shown_after: bool


class SignFacts(Facts):
    """Signing inside the flow."""

    offered: str
    signed: bool
    said: str


class PayFacts(Facts):
    """The payment: the amount asked (VND), the host of the gateway, and what the portal said when it came back."""

    amount: int | None
    gateway: str
    completed: bool
    said: str
    receipt: str


class SubmitFacts(Facts):
    """The confirmation: the code as it is written, the receipt, the promised date, and both again after a reload."""

    code: str
    said: str
    receipt: str
    receipt_bytes: int
    promised: str
    code_after_reload: str
    delivery_offered: tuple[str, ...]


class StatusSeen(Facts):
    """What the lookup, or the citizen's own page, said at one moment: after which act of the officer.

    `history`: the lines that hold a date, each once; `dated_lines`: how many there were, alike ones counted each.
    """

    after: str
    where: str
    status: str
    history: tuple[str, ...]
    unit: str
    dated_lines: int | None = None


class OfficerFacts(Facts):
    """The officer's acts that succeeded, in order, and the words on the buttons."""

    found: bool
    acts: tuple[str, ...]
    said: tuple[str, ...]


class NoticeFacts(Facts):
    """Notices about this dossier that reached the citizen."""

    notices: tuple[str, ...]


class ResultFacts(Facts):
    """The returned result as the citizen downloaded it, and the digest of what the officer's side offered."""

    label: str
    path: str
    bytes: int
    kind: str
    sha256: str
    issued_sha256: str
    signature: str  # a key of toantrinh.signatures.STATES
    signer: str
    kept_in_store: bool
    issuer: str = ""


class RatingFacts(Facts):
    """The rating asked after the result."""

    asked: bool
    given: str
    said: str
    asked_again: bool


class Journey(Facts):
    """One service's journey. Facts are None where the step was not reached.

    `by_hand`: it began in a session that a person had logged in. `log_in_refused`: what was said when the account's
    password or code was not accepted; empty when that did not happen.
    """

    service: str
    name: str
    declared: str
    fee: int | None
    account: str
    persona: str
    viewport: tuple[int, int]
    by_hand: bool = False
    steps: tuple[Step, ...]
    search: SearchFacts | None = None
    detail: DetailFacts | None = None
    log_in: LogInFacts | None = None
    log_in_refused: str = ""
    form: tuple[FormPage, ...] = ()
    uploads: tuple[UploadPlace, ...] = ()
    unanswered: tuple[str, ...] = ()
    sign: SignFacts | None = None
    pay: PayFacts | None = None
    submit: SubmitFacts | None = None
    statuses: tuple[StatusSeen, ...] = ()
    officer: OfficerFacts | None = None
    notice: NoticeFacts | None = None
    result: ResultFacts | None = None
    rating: RatingFacts | None = None
    answers: AnswersSeen = AnswersSeen()
    taken_back: bool | None = None  # whether the dossier was withdrawn in the end; None when that was not tried

    def step(self, name: StepName) -> Step:
        """The record of a step; one that was never come to is `not-tried`."""
        found = next((step for step in self.steps if step.name is name), None)
        if found is None and name is StepName.LOG_IN and self.by_hand:
            return Step(name=name, reach=Reach.NOT_TRIED, why=BY_HAND)
        return found or Step(name=name, reach=Reach.NOT_TRIED, why=self.stopped_at())

    def reached(self, name: StepName) -> bool:
        """True when the step was reached."""
        return self.step(name).reach is Reach.REACHED

    def stopped_at(self) -> str:
        """Why the journey went no further, in one line; empty when it went through."""
        last = next((s for s in self.steps if s.reach not in (Reach.REACHED, Reach.NOT_NEEDED)), None)
        return f"{last.name.vietnamese}: {last.why}" if last else ""
