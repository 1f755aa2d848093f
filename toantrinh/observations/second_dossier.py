"""The record of the second dossier of a service: paid with misfortune, sent twice, supplemented, withdrawn.

Counts are what a citizen can see: dossiers in the own list, receipt numbers on the own pages, orders at the gateway.
"""

from __future__ import annotations

from toantrinh.observations.journey import Step
from toantrinh.observations.page import BeaconRecord
from toantrinh.observations.scenario import Scenario, Trial


class PaymentMisfortune(Trial):
    """A payment that did not happen, and whether the fee could be paid afterwards.

    `amount`: what the gateway asked (VND). `in_list`: whether the dossier was found again among the citizen's own
    (None when not looked for). `payable`: True when the gateway asked for the money again, False when the system's own
    page was seen and led there no more, None when neither was seen. `beacons`: what was sent from then until the next
    act; `sent_before`: the dossier had been sent before its fee was asked for.
    """

    amount: int | None = None
    in_list: bool | None = None
    called_paid: bool = False
    payable: bool | None = None
    sent_before: bool = False
    beacons: tuple[BeaconRecord, ...] = ()


class PaidOnce(Trial):
    """Paying, with the last button pressed twice. `receipts`: distinct receipt numbers that the own pages show.

    `asked_again`: whether the dossier, once called paid, led to a gateway that asked for money again (None: not seen).
    """

    amount: int | None = None
    called_paid: bool = False
    receipts: tuple[str, ...] = ()
    asked_again: bool | None = None


class SentOnce(Trial):
    """Sending, with the button pressed twice, then Back and pressing again.

    `listed_before`, `listed_after`: codes of this service's dossiers in the citizen's list; None when the list was not
    seen. `back`: what Back led to. `code_after_back`: the code that pressing again gave; empty when nothing could be
    pressed. `beacons`: what was sent from the first press on.
    """

    code: str = ""
    pressed_twice: bool = False
    listed_before: tuple[str, ...] | None = None
    listed_after: tuple[str, ...] | None = None
    back: str = ""
    pressed_after_back: bool = False
    code_after_back: str = ""
    beacons: tuple[BeaconRecord, ...] = ()


class SupplementAsked(Trial):
    """The officer's request for more papers, and what the citizen saw of it. `reason` is what the officer wrote."""

    reason: str = ""
    status_before: str = ""
    status: str = ""
    reason_shown: bool = False
    notices: tuple[str, ...] | None = None


class SupplementAnswered(Trial):
    """The citizen's answer: what was pressed, how many papers were attached, and the status before and after."""

    pressed: str = ""
    attached: int = 0
    status_before: str = ""
    status: str = ""


class Withdrawn(Trial):
    """The withdrawal: what was pressed, what the system said, and the status after it.

    `offered_at_first`: whether it was offered before any officer had the dossier.
    """

    pressed: str = ""
    status_before: str = ""
    status: str = ""
    confirmed: bool = False
    offered_at_first: bool = False


class SecondDossier(Scenario):
    """What became of the second dossier of a service. `fee` as the journey's record has it (VND)."""

    fee: int | None = None
    steps: tuple[Step, ...] = ()
    failed: PaymentMisfortune = PaymentMisfortune()
    abandoned: PaymentMisfortune = PaymentMisfortune()
    paid: PaidOnce = PaidOnce()
    sent: SentOnce = SentOnce()
    asked: SupplementAsked = SupplementAsked()
    answered: SupplementAnswered = SupplementAnswered()
    withdrawn: Withdrawn = Withdrawn()
