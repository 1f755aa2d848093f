"""Which defects one portal has at a time, and which checks are asked of it."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping

from portal.defects.defect import Defect
from tests.matrix.runs import Judged
from toantrinh.criteria import load_catalogue

QUIET = ("load.", "speed.")  # measured in time: only while nothing else goes on
WHILE_LOADED = "speed.under-load"  # a loading that rests on load, too
# They judge pages, but what they ask about is there only for somebody who has logged in, or with a procedure.
LOGGED_IN = frozenset({
    "headers.personal-not-shared", "headers.cookie-flags", "input.no-database-error", "input.path-parameters-held",
    "input.redirect-parameters-held",
})  # fmt: skip
APPLYING = frozenset({"headers.framing-of-forms", "headers.inline-allowed"})  # these show in applications only
SEED, SAMPLE = 7, 6
DEAR = (  # never looked at by lot
    "scenario/tour", "scenario/markers", "scenario/by-keyboard", "interference/", "security/trespass", "scenario/uploads",
)  # fmt: skip
MOST = 20  # defects at the same time in one portal
# What observations take, about, of the clean portal: they only say which defects go together, the same in every matrix.
SECONDS = {
    "scenario/tour": 47, "loading/": 23, "interference/slow": 24, "journey/": 15, "security/trespass": 15,
    "scenario/rough": 14, "scenario/markers": 13, "scenario/uploads": 11, "interference/": 8, "scenario/by-keyboard": 8,
    "scenario/second": 8, "catalogue/list": 7, "security/session": 7,
}  # fmt: skip
LITTLE = 2  # the others
# Nothing can be sent in where the measuring script is broken, too; without any beacon most checks of 6 cannot look.
ALONE = frozenset({"emc.form-waits", "emc.blocked-by-own-policy", "emc.script-gone"})
# Of these one hides the other: a page whose errors say nothing cannot say them in silence; a payment without a receipt
# has none that repeats what was typed; who is let in by an old session shows nothing of the state, and so on. They are
# looked for in different portals.
APART = (
    frozenset(
        {"a11y.errors-in-silence", "a11y.errors-loose", "a11y.errors-say-nothing", "a11y.focus-lost-after-error"}
    ),
    frozenset({"headers.framing-of-forms", "headers.inline-allowed"}),
    frozenset({"headers.personal-shared", "session.pages-stored"}),
    frozenset({"payment.no-receipt", "input.raw-receipt"}),
    frozenset({"supplement.silent", "supplement.unanswerable"}),
    frozenset({"session.same-id", "identity.state-unchecked"}),
    frozenset({"login.no-message", "passwords.tells-who"}),
    frozenset({"layout.figures-alone", "emc.broken-on-figures"}),
)
CODE = re.compile(r"\b\d\.\d{6}\b")


def near_of(defect: Defect) -> tuple[str, ...]:
    """The checks that the defect, or what only looks like one, is about."""
    return defect.checks or defect.like


def touched_by(defect: Defect) -> frozenset[str]:
    """The checks that say something else, or nothing, where it is."""
    return frozenset((*near_of(defect), *defect.blinds))


def is_quiet(defect: Defect) -> bool:
    """True when it is measured in time."""
    return any(check.startswith(QUIET) for check in near_of(defect))


def kinds_of(clean: Judged) -> dict[str, frozenset[str]]:
    """The kinds of observations that each check reads, whatever the procedure."""
    return {check: frozenset(CODE.sub("*", key) for key in keys) for check, keys in clean.read.items() if keys}


def timed_of(defect: Defect) -> frozenset[str]:
    """The checks to ask of what is measured in time: all of its kind."""
    near = set(near_of(defect))
    rooms = tuple(room for room in QUIET if any(check.startswith(room) for check in near))
    timed = {check.id for check in load_catalogue().checks if check.id.startswith(rooms)}
    return frozenset(near | (timed if "load." in rooms else timed - {WHILE_LOADED}))


def asked_of(defects: Collection[Defect], reads: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The checks to ask of one portal with these defects: those that they name, all that rest on the same observations,
    and a sample of the rest. `reads`: kinds of observations by check."""
    near = frozenset[str]().union(*(near_of(one) for one in defects))
    seen = frozenset[str]().union(*(reads.get(check, frozenset()) for check in near))
    others = {check: kinds - seen for check, kinds in reads.items() if not check.startswith(QUIET)}
    free = {check for check, more in others.items() if not more}
    rest = sorted(check for check in others.keys() - free if not any(kind.startswith(DEAR) for kind in others[check]))
    lot = random.Random(f"{SEED} {' '.join(sorted(one.name for one in defects))}")
    return near | free | {*lot.sample(rest, min(SAMPLE, len(rest)))}


def on_pages(reads: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """What is read of the pages by the checks of the whole system, whether or not they look into an application
    besides."""
    asked = {check.id for check in load_catalogue().checks if check.subject == "system"}
    applications = ("scenario/", "journey/")
    read = {check: {one for one in kinds if not one.startswith(applications)} for check, kinds in reads.items()}
    return {
        check: frozenset(kinds)
        for check, kinds in read.items()
        if check in asked and any(one.startswith("site/") for one in kinds)
    }


def seconds_of(checks: Iterable[str], reads: Mapping[str, frozenset[str]]) -> int:
    """What the observations of these checks take, about."""
    kinds = frozenset[str]().union(*(reads.get(check, frozenset()) for check in checks))
    return sum(next((took for start, took in SECONDS.items() if kind.startswith(start)), LITTLE) for kind in kinds)


def _hides(defect: Defect, others: Iterable[Defect]) -> bool:
    """True when one of the others hides this one, or this one them."""
    names = {one.name for one in others}
    return any(defect.name in some and names & some for some in APART)


def together(defects: Iterable[Defect], reads: Mapping[str, frozenset[str]]) -> list[list[Defect]]:
    """Groups of defects that one portal may have at the same time, so that each is still told from the others: no check is
    touched by two of them. Those that need the same observations go together; the dearest groups first."""
    groups: list[tuple[list[Defect], set[str]]] = []  # with the checks touched

    def dear(checks: Iterable[str]) -> int:
        return seconds_of(checks, reads)

    for defect in sorted(defects, key=lambda one: (-dear(near_of(one)), one.name)):
        near = touched_by(defect)
        free = [] if defect.name in ALONE else [
            group for group in groups
            if len(group[0]) < MOST and group[0][0].name not in ALONE and not near & group[1] and not _hides(defect, group[0])
        ]  # fmt: skip
        if not free:
            free = [([], set())]
            groups += free
        best = min(free, key=lambda group: dear(group[1] | near) - dear(group[1]))
        best[0].append(defect)
        best[1].update(near)
    return [group for group, checks in sorted(groups, key=lambda group: -dear(group[1]))]
