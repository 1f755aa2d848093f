"""The scorecard as frozen models: everything that a run says of a system, with the wording of what judged it.

`scorecard.json` is a published contract (`scorecard.schema.json`): what is there keeps its meaning within a major
`schema_version`. Numbers carry at most two decimals; points are sums of the figures shown.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from toantrinh import __version__
from toantrinh.criteria_model import Bilingual, Severity, Source
from toantrinh.verdicts import FINDINGS, Decision, Evidence, Verdict

SCHEMA_VERSION = "1.1"


def _two_decimals(number: float) -> float:
    return round(number, 2)


Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_two_decimals)]
Share = Annotated[float, Field(ge=0, le=1), AfterValidator(_two_decimals)]
Level = Literal["toàn trình", "một phần", "thông tin"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Tool(_Part):
    """The program that judged."""

    name: str = "toantrinh"
    version: str = __version__


class RunFacts(_Part):
    """One run. Times are ISO 8601 with their zone; `complete` is False when the run was stopped or limited.

    `fonts`: the face that the browser drew with, by family that a page may ask for.
    """

    id: str
    started: str
    finished: str
    base_url: str
    browser: str
    fonts: dict[str, str] = {}
    command: str
    seed: int
    complete: bool
    replay_of: str | None = None
    notes: tuple[str, ...] = ()


class VerifiedFacts(_Part):
    """Who checked that the system's file finds all that is there, and when."""

    by: str
    date: str
    note: str = ""


class SystemFacts(_Part):
    """The system under test. `digest` is the SHA-256 of its file's content."""

    id: str
    name: str
    kind: Literal["ministry", "province", "national", "other"]
    platform: str
    verified: VerifiedFacts | None = None
    authorisation: str = ""
    digest: str = ""


class TestOutcome(_Part):
    """One of the five tests of TT 01/2023/TT-VPCP on one service."""

    __test__ = False  # its name is the field's word, not a pytest class

    verdict: Verdict
    why: str = ""


class FiveTests(_Part):
    """The five tests of TT 01/2023/TT-VPCP for toàn trình, each on its own."""

    published_fully: TestOutcome
    forms_downloadable: TestOutcome
    filled_and_sent_online: TestOutcome
    whole_dossier_electronic: TestOutcome
    fee_online: TestOutcome


class JourneyStep(_Part):
    """One step of a service's journey; `screenshot` is relative to the run's folder, `duration_ms` is wall time."""

    step: str
    title: str
    reached: bool
    reach: str = ""
    why: str = ""
    duration_ms: Number = 0.0
    screenshot: str | None = None
    address: str = ""


class ServiceFacts(_Part):
    """One service: the level it declares, the level a browser got through, and the way there.

    `tests` left out are taken from the results of the `level.*` checks.
    """

    code: str
    name: str
    declared_level: Level
    measured_level: Level | None = None
    why: str = ""
    tests: FiveTests | None = None
    journey: tuple[JourneyStep, ...] = ()


class GradeBound(_Part):
    """A grade and its lower bound in points, inclusive."""

    grade: str
    lower: Number = Field(alias="from")


class CatalogueFacts(_Part):
    """The catalogue of checks that was used."""

    version: str
    sha256: str


class CriteriaFacts(_Part):
    """The criteria set that was used, and what of it is official."""

    id: str
    version: str
    date: str
    title: str
    title_en: str
    law: str
    points: Number
    sha256: str
    catalogue: CatalogueFacts
    official: Bilingual
    own: Bilingual
    grades: tuple[GradeBound, ...]


class ScoreSpan(_Part):
    """Points, both ends included; equal when nothing is open."""

    low: Number
    high: Number


class GradeSpan(_Part):
    """The grade of the low end and of the high end."""

    low: str
    high: str


class ResultRow(_Part):
    """What a check said of one service (`service` None: of the whole system)."""

    service: str | None
    verdict: Verdict
    share: Share | None
    message: str
    expected: str
    seen: str
    where: str
    identity: str
    duration_ms: Number
    evidence: tuple[Evidence, ...]
    fingerprint: str = ""
    decision: Decision | None = None

    @property
    def excused(self) -> bool:
        """True for a finding whose explanation was accepted: it is shown, and costs nothing."""
        return self.decision is not None and self.decision.said == "explanation" and self.decision.counts


class StaleLine(_Part):
    """An entry of a decision file that is not applied, where it stands (`place`: file and line), and why."""

    place: str
    check: str
    service: str | None = None
    state: Literal["unknown-check", "unknown-service", "gone", "lapsed", "expired", "double", "future", "decided"]
    why: str


class DecisionFile(_Part):
    """A file of decisions that was read: its name, its SHA-256 and how many entries it holds."""

    name: str
    sha256: str
    entries: int


class DecisionFacts(_Part):
    """What people said in this scorecard: which files were read, and which of their entries are stale.

    `not_asked`: entries on checks that this run did not ask or could not judge; they stay as they are.
    """

    files: tuple[DecisionFile, ...] = ()
    stale: tuple[StaleLine, ...] = ()
    not_asked: int = 0


class CheckRow(_Part):
    """A check inside a criterion, with the wording that judged it.

    `share` is what it earned (None while open or not applicable), `low` and `high` the ends of what it may have earned
    (None when not applicable). A finding whose explanation was accepted keeps its verdict and earns its whole share.
    """

    id: str
    verdict: Verdict
    share: Share | None
    low: Share | None
    high: Share | None
    weight: Number
    message: str
    evidence: tuple[Evidence, ...]
    title: str
    title_en: str
    subject: Literal["service", "system"]
    severity: Severity
    law: Source
    expected: str
    mend: str
    results: tuple[ResultRow, ...]

    @property
    def excused(self) -> bool:
        """True when it found faults and all of them were explained, with acceptance."""
        return self.verdict in FINDINGS and any(result.excused for result in self.results) and self.low == 1


class CriterionRow(_Part):
    """A criterion with its points."""

    id: str
    title: str
    title_en: str
    words: str
    source: Source
    rule: Literal["mean", "all"]
    points: Number
    low: Number
    high: Number
    verdict: Verdict
    message: str
    checks: tuple[CheckRow, ...]


class GroupRow(_Part):
    """A group with its points: the sums of its criteria."""

    id: str
    title: str
    title_en: str
    points: Number
    low: Number
    high: Number
    criteria: tuple[CriterionRow, ...]


class Scorecard(_Part):
    """The whole scorecard of one run of one system under one criteria set."""

    schema_version: str = SCHEMA_VERSION
    tool: Tool
    run: RunFacts
    system: SystemFacts
    criteria_set: CriteriaFacts
    score: ScoreSpan
    grade: GradeSpan
    groups: tuple[GroupRow, ...]
    advice: tuple[CheckRow, ...]
    services: tuple[ServiceFacts, ...]
    decisions: DecisionFacts = DecisionFacts()
