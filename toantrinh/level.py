"""The measured level of a service: how far a browser really got, whatever the portal declares.

Toàn trình (NĐ 42/2022 Điều 11 khoản 1): all information is provided, performing and settling happen entirely online,
the result comes back online or by post. Một phần: online, but short of that. The five tests are those of
TT 01/2023/TT-VPCP, as far as a browser can see them.
"""

from __future__ import annotations

from dataclasses import dataclass

from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.journey.money import amounts_in
from toantrinh.journey.tracking import NATIONAL
from toantrinh.observations.journey import Journey, Reach, StepName

FULL, PART, INFORMATION = "toàn trình", "một phần", "thông tin"

DETAIL_LABELS = (
    "Mã thủ tục", "Số quyết định", "Cấp thực hiện", "Loại thủ tục", "Lĩnh vực", "Trình tự thực hiện",
    "Cách thức thực hiện", "Thành phần hồ sơ", "Đối tượng thực hiện", "Cơ quan thực hiện", "Cơ quan có thẩm quyền",
    "Địa chỉ tiếp nhận HS", "Kết quả thực hiện", "Căn cứ pháp lý",
)  # fmt: skip
"""The fourteen labels of a procedure's public page (FIELD.md §4)."""

SYNONYMS = {
    "Địa chỉ tiếp nhận HS": ("Địa chỉ tiếp nhận hồ sơ", "Nơi tiếp nhận"),
    "Mã thủ tục": ("Mã TTHC", "Mã thủ tục hành chính"),
    "Số quyết định": ("Quyết định công bố",),
    "Cơ quan có thẩm quyền": ("Cơ quan có thẩm quyền quyết định",),
    "Kết quả thực hiện": ("Kết quả", "Kết quả giải quyết"),
    "Căn cứ pháp lý": ("Cơ sở pháp lý",),
    "Thành phần hồ sơ": ("Hồ sơ gồm", "Giấy tờ phải nộp"),
    "Đối tượng thực hiện": ("Đối tượng",),
    "Cách thức thực hiện": ("Hình thức nộp",),
}

TEST_WORDS = {
    "published-fully": "thông tin thủ tục được công khai đầy đủ",
    "forms-downloadable": "biểu mẫu tải về được",
    "filled-and-sent-online": "biểu mẫu điền và gửi trên mạng, ký số khi cần",
    "whole-dossier-electronic": "toàn bộ hồ sơ nộp bằng bản điện tử",
    "fee-online": "phí, lệ phí nộp trực tuyến",
    "result-comes-back": "kết quả trả trên mạng hoặc qua bưu chính",
}
"""The five tests of TT 01/2023/TT-VPCP, and the return of the result (NĐ 42/2022 Điều 11 khoản 1), in words."""

WAY = (
    StepName.LOG_IN, StepName.FORM, StepName.PAPERS, StepName.SIGN, StepName.PAY, StepName.SUBMIT,
)  # fmt: skip


@dataclass(frozen=True)
class MeasuredLevel:
    """`level` is None while too much was not seen. Each test is True, False, or None (not seen)."""

    level: str | None
    tests: dict[str, bool | None]
    why: str


def value_of(labels: dict[str, str], label: str) -> str | None:
    """The value under a label of the detail page, its synonyms included; None when the label is not there."""
    wanted = {fold(word) for word in (label, *SYNONYMS.get(label, ()))}
    return next((value for name, value in labels.items() if fold(name) in wanted), None)


def missing_labels(journey: Journey) -> tuple[str, ...]:
    """Which of the fourteen labels are absent or empty on the detail page."""
    assert journey.detail is not None
    return tuple(label for label in DETAIL_LABELS if not (value_of(journey.detail.labels, label) or "").strip(" -–."))


def measure(journey: Journey) -> MeasuredLevel:
    """The level at which the journey really went through, with the five tests of TT 01/2023 one by one."""
    tests = {
        "published-fully": published_fully(journey),
        "forms-downloadable": forms_downloadable(journey),
        "filled-and-sent-online": sent_online(journey),
        "whole-dossier-electronic": whole_dossier(journey),
        "fee-online": fee_online(journey),
    }
    back = result_comes_back(journey)
    sent = tests["filled-and-sent-online"]
    if sent is None:
        why = journey.stopped_at()
        offered = journey.detail is not None and bool(journey.detail.apply_label)
        if tests["published-fully"] and not offered and journey.detail is not None and journey.declared == INFORMATION:
            return MeasuredLevel(INFORMATION, tests, "thông tin được công khai, không có nút nộp trực tuyến")
        return MeasuredLevel(None, tests, why)
    if not sent:
        return MeasuredLevel(INFORMATION if journey.detail else None, tests, journey.stopped_at())
    wrong = [name for name, passed in {**tests, "result-comes-back": back}.items() if passed is False]
    unseen = [name for name, passed in {**tests, "result-comes-back": back}.items() if passed is None]
    if wrong:
        return MeasuredLevel(PART, tests, "không đạt: " + ", ".join(TEST_WORDS[name] for name in wrong))
    if unseen:
        return MeasuredLevel(None, tests, "chưa thấy: " + ", ".join(TEST_WORDS[name] for name in unseen))
    return MeasuredLevel(FULL, tests, "đi hết từ tìm kiếm đến nhận kết quả trên mạng")


def published_fully(journey: Journey) -> bool | None:
    """Test 1: all information of the procedure is on its public page."""
    return not missing_labels(journey) if journey.detail else None


def forms_downloadable(journey: Journey) -> bool | None:
    """Test 2: form templates can be downloaded as real documents."""
    if journey.detail is None:
        return None
    return any(t.sound for t in journey.detail.templates) and all(t.sound for t in journey.detail.templates)


def sent_online(journey: Journey) -> bool | None:
    """Test 3: the form is filled and sent online, signed where a signature is required."""
    if journey.submit is not None and journey.submit.code:
        signed = journey.sign.signed if journey.sign else None
        return signed is not False
    for name in WAY:
        reach = journey.step(name).reach
        if reach is Reach.REFUSED:
            return False
        if reach in (Reach.BLOCKED, Reach.TOOL_ERROR, Reach.NOT_TRIED, Reach.ABSENT, Reach.UNANSWERED):
            return None
    return None


def whole_dossier(journey: Journey) -> bool | None:
    """Test 4: every required document had a place and went electronically."""
    if journey.submit is None:
        return None
    return all(place.attached or place.from_store for place in journey.uploads if place.required)


def fee_online(journey: Journey) -> bool | None:
    """Test 5: a fee is paid online; a service without a fee passes."""
    if journey.submit is None:
        return None
    fee = journey.fee if journey.fee is not None else published_fee(journey)
    if not fee:
        return True
    if journey.pay is None:
        return False
    return journey.pay.completed


def published_fee(journey: Journey) -> int | None:
    """The fee that the detail page states for filing online, in VND; None when it states none."""
    if journey.detail is None:
        return None
    text = value_of(journey.detail.labels, "Phí, lệ phí") or value_of(journey.detail.labels, "Lệ phí") or ""
    amounts = amounts_in(text) or amounts_in(value_of(journey.detail.labels, "Cách thức thực hiện") or "")
    return amounts[0] if amounts else None


def result_comes_back(journey: Journey) -> bool | None:
    """Whether the result comes back online or by post (Điều 11 khoản 1); None while the dossier was not settled."""
    if journey.result is not None:
        return True
    lexicon = load_lexicon()
    offered = journey.submit.delivery_offered if journey.submit else ()
    distant = [
        way for way in offered
        if max(lexicon[name].nearness(way) for name in ("delivery-online", "delivery-postal")) >= 40
        and lexicon["delivery-in-person"].nearness(way) < 40
    ]  # fmt: skip
    if offered and not distant:
        return False
    settled = any(seen.status == NATIONAL[10] for seen in journey.statuses)
    if settled and any(lexicon["delivery-postal"].nearness(way) >= 40 for way in distant):
        return True  # it comes by post, where no browser sees it
    return False if journey.step(StepName.RESULT).reach is Reach.ABSENT and not distant else None
