"""A short way through the system, undisturbed and while the measuring host misbehaves. Times in ms."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.journey import Reach, Shot
from toantrinh.observations.page import Facts


class Disturbance(StrEnum):
    """What becomes of every request to the measuring host."""

    SLOW = "slow"  # held for `delay_s`, then let go
    REFUSED = "refused"
    ERROR = "error"  # HTTP 500
    HTML = "html"  # an HTML page instead of the script
    BROKEN = "broken"  # a script that ends in the middle, or throws

    @property
    def vietnamese(self) -> str:
        """When it happens, as a report says it."""
        return _WHEN[self]


_WHEN = {
    Disturbance.SLOW: "khi máy đo trả lời chậm",
    Disturbance.REFUSED: "khi máy đo từ chối kết nối",
    Disturbance.ERROR: "khi máy đo trả lỗi 500",
    Disturbance.HTML: "khi máy đo trả HTML thay cho mã",
    Disturbance.BROKEN: "khi mã đo bị hỏng",
}


class Place(StrEnum):
    """The places of the way, in its order."""

    HOME = "home"
    DETAIL = "detail"
    LOG_IN = "log-in"
    FORM = "form"
    SENT = "sent"

    @property
    def vietnamese(self) -> str:
        """Its Vietnamese name, as reports show it."""
        return _PLACES[self]


_PLACES = {
    Place.HOME: "Trang chủ",
    Place.DETAIL: "Tìm và mở thủ tục",
    Place.LOG_IN: "Trang đăng nhập",
    Place.FORM: "Trang đầu của biểu mẫu",
    Place.SENT: "Gửi trang đầu của biểu mẫu",
}


class Stop(Facts):
    """A place that was reached: how long that took, from the act to the page at rest, our own looking included."""

    place: Place
    address: str
    heading: str
    duration_ms: float


class Passage(Facts):
    """The way gone once. `met`: requests to the measuring host that were disturbed. `why`: what ended it early."""

    disturbed: bool
    stops: tuple[Stop, ...]
    reach: Reach = Reach.REACHED
    why: str = ""
    met: int = 0
    errors: tuple[str, ...] = ()
    shots: tuple[Shot, ...] = ()

    def at(self, place: Place) -> Stop | None:
        """The stop at this place; None when it was not reached."""
        return next((stop for stop in self.stops if stop.place is place), None)


class Interference(Facts):
    """One disturbance of the measuring host, with undisturbed passages between; `hosts` are those disturbed.

    `left_behind`: drafts that stay in the system.
    """

    disturbance: Disturbance
    service: str
    delay_s: float
    hosts: tuple[str, ...]
    passages: tuple[Passage, ...]
    left_behind: tuple[str, ...] = ()

    @property
    def plain(self) -> list[Passage]:
        """The undisturbed passages."""
        return [passage for passage in self.passages if not passage.disturbed]

    @property
    def disturbed(self) -> list[Passage]:
        """The disturbed passages."""
        return [passage for passage in self.passages if passage.disturbed]

    def lost(self) -> list[Place]:
        """Places that every undisturbed passage reached and some disturbed one did not, or found another page at."""
        return [place for place in Place if any(not one for one in self.arrivals(place))]

    def arrivals(self, place: Place) -> list[bool]:
        """Whether each disturbed passage came to this place; empty where an undisturbed one did not."""
        stops = [passage.at(place) for passage in self.plain]
        headings = {stop.heading if stop else None for stop in stops}
        if None in headings or not headings:
            return []
        known = [passage.at(place) for passage in self.disturbed]
        return [stop is not None and (len(headings) > 1 or stop.heading in headings) for stop in known]
