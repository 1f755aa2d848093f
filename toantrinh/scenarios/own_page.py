"""Whether what came after a trial is the system's own page. What stands between us and it is never held against it."""

from __future__ import annotations

from toantrinh.driver.eyes import View
from toantrinh.driver.proof import prove
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.page import PageKind, ProofOfPage

GONE = (404, 410)
IN_BETWEEN = (PageKind.BLOCK, PageKind.CAPTCHA, PageKind.MAINTENANCE, PageKind.LOG_IN_WALL)


def proof_of_own_page(who: Traveller, view: View, step: StepName, *, still_there: bool) -> ProofOfPage:
    """Proof of a page after a trial: an own page, or an own error page.

    `still_there`: what was tried stands on it still, so that words of blocks or log-ins are the page's own. Raises
    StepEnded `blocked` for a page that is not the system's answer: firewall, captcha, maintenance, log-in wall, another
    host, a page that lacks its scripts.
    """
    watch = who.hands.watch
    proof = prove(
        view,
        status=watch.status_of(view.address),
        allowed_hosts=who.system.allowed_hosts,
        step=step,
        lexicon=who.lexicon,
    )
    if proof.kind is PageKind.BLANK and (hosts := watch.foreign_scripts()):
        raise StepEnded(Reach.BLOCKED, f"{proof.why}: trang cần kịch bản của {', '.join(hosts)}")
    if proof.kind is PageKind.ELSEWHERE or (proof.kind in IN_BETWEEN and not still_there):
        raise StepEnded(Reach.BLOCKED, f"{proof.kind}: {proof.why} ({view.address})")
    return proof


def see_own_page(who: Traveller, view: View, step: StepName) -> View:
    """`view`, proven to be the system's own answer to somebody who came back to it: its page, or its word that what
    was there is gone (404, 410).

    Raises StepEnded `blocked` for any other error page too: one that fails for the moment tells nothing of what was
    kept.
    """
    proof = proof_of_own_page(who, view, step, still_there=False)
    if proof.holds or (proof.kind is PageKind.ERROR and proof.status in GONE):
        return view
    raise StepEnded(Reach.BLOCKED, f"{proof.kind}: {proof.why} ({view.address})")
