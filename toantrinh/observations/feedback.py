"""The record of one feedback (phản ánh, kiến nghị): sent, looked up by its code, answered, looked up again."""

from __future__ import annotations

from toantrinh.observations.scenario import Scenario, Trial


class FeedbackSent(Trial):
    """Sending. `code` is the tracking code that was shown; `found` whether it could be looked up (None: no lookup)."""

    code: str = ""
    confirmed: bool = False
    found: bool | None = None


class FeedbackAnswered(Trial):
    """The officer's answer and whether the citizen saw it: `seen` is None when the citizen could not look."""

    answer: str = ""
    seen: bool | None = None


class FeedbackScenario(Scenario):
    """One feedback from the form to the answer."""

    sent: FeedbackSent = FeedbackSent()
    answered: FeedbackAnswered = FeedbackAnswered()
