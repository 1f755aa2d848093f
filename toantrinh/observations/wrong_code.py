"""The record of looking up dossier codes that do not exist."""

from __future__ import annotations

from toantrinh.observations.scenario import Scenario, Trial


class WrongCode(Trial):
    """One wrong code: what was entered, the HTTP status of the answer (None: no new document), and what was there.

    `answer` is the sentence that says so; `status_shown` and `codes_shown` are those of a dossier, if one was shown.
    """

    code: str = ""
    http_status: int | None = None
    page_kind: str = ""
    answer: str = ""
    status_shown: str = ""
    codes_shown: tuple[str, ...] = ()


class WrongCodes(Scenario):
    """A code of the right form that was never given, and one that is no code at all."""

    unknown: WrongCode = WrongCode()
    malformed: WrongCode = WrongCode()
