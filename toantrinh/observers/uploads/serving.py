"""Whether the system still serves: the home page and the citizen's own page, asked before and after the same way."""

from __future__ import annotations

import time

from toantrinh.observations.uploads import Serving
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody

BREATH_S = 1.0  # what fails once is asked again after this


class Served:
    """The two questions. `before` has to be called first."""

    def __init__(self, prober: Prober, owner: Role, own_page: str) -> None:
        self._prober = prober
        self._places = [(nobody(), prober.system.base_url + "/"), (owner, own_page.split("#")[0])]
        self._before: list[Answer] = []

    def before(self) -> None:
        """Asks both."""
        self._before = [self._ask(role, address, "trước khi gửi tệp phình") for role, address in self._places]

    def after(self) -> tuple[Serving, ...]:
        """Asks both again; one that fails although it did not before is asked once more."""
        rows = []
        for (role, address), before in zip(self._places, self._before, strict=True):
            answer = self._ask(role, address, "sau khi gửi tệp phình")
            if _serves(before) and not _serves(answer) and not answer.ended.unasked:
                time.sleep(BREATH_S)
                answer = self._ask(role, address, "sau khi gửi tệp phình, hỏi lại")
            rows.append(
                Serving(
                    address=answer.exchange.address,
                    before_ms=before.exchange.ms if _serves(before) else None,
                    after_ms=answer.exchange.ms,
                    status=answer.exchange.status,
                    why=answer.exchange.why,
                    exchange=answer.number,
                )
            )
        return tuple(rows)

    def _ask(self, role: Role, address: str, when: str) -> Answer:
        return self._prober.ask(role, address, f"hệ thống còn phục vụ không, {when}", refusal_is_answer=True)


def _serves(answer: Answer) -> bool:
    return answer.status is not None and answer.status < 500
