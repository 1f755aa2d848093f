"""The record of one feedback (phản ánh, kiến nghị): sent, looked up by its code, answered, looked up again."""

from __future__ import annotations

from toantrinh.observations.scenario import Scenario, Trial


class FeedbackLookUp(Trial):
    """Looking a feedback up by its code.

    `found`: False when the lookup says that it does not know the code, or breaks; None when there is no lookup, or what
    it answers cannot be told. `shows_text`: the words that were looked for (of the citizen or the officer) stand there.
    """

    found: bool | None = None
    shows_text: bool = False


class FeedbackSent(Trial):
    """Sending. `code` is the tracking code that was shown; `found` whether it could be looked up, as `look_up` says."""

    code: str = ""
    confirmed: bool = False
    found: bool | None = None
    look_up: FeedbackLookUp | None = None


class FeedbackAnswered(Trial):
    """The officer's answer and whether the citizen saw it: `seen` is None when the citizen could not look."""

    answer: str = ""
    seen: bool | None = None


class FeedbackScenario(Scenario):
    """One feedback from the form to the answer."""

    sent: FeedbackSent = FeedbackSent()
    answered: FeedbackAnswered = FeedbackAnswered()
