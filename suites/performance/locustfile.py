"""Load by hand, with Locust's own page, or on many machines with its master and workers.

    locust -f suites/performance/locustfile.py --system=demo                       Locust's page at http://localhost:8089
    locust -f suites/performance/locustfile.py --system=demo --headless
    locust -f suites/performance/locustfile.py --system=demo --master              and on each of the other machines:
    locust -f suites/performance/locustfile.py --worker --master-host=ADDRESS

What is sent was recorded by the newest run of `pytest suites/performance --system=…`; errands that need a log-in are
left out, for nobody has logged in here. `--plan=FILE` sends that plan (plan.json of a run) instead. How often, how many
and when is for the system's file to allow, here as there; the number of users on Locust's page says nothing.
"""

from __future__ import annotations

from typing import Any

from locust import LoadTestShape, events
from locust.runners import WorkerRunner

from toantrinh.load.by_hand import ByHand, add_options
from toantrinh.load.cluster import Citizen, Hand

__all__ = ["Citizen", "Plan"]


class Plan(LoadTestShape):
    """As many citizens as the plan has, until it is over."""

    by_hand: ByHand | None = None

    def reset_time(self) -> None:
        """The test begins, perhaps not for the first time."""
        super().reset_time()
        if self.by_hand:
            self.by_hand.again()

    def tick(self) -> tuple[int, float] | None:
        """Citizens, and how many of them come a second; None at the end."""
        return self.by_hand.citizens() if self.by_hand else None


@events.init_command_line_parser.add_listener
def options(parser: Any) -> None:
    """Our own options beside Locust's."""
    add_options(parser)


@events.init.add_listener
def begin(environment: Any, **_: Any) -> None:
    """A worker waits for a plan; any other makes one, or says in one line why not."""
    if isinstance(environment.runner, WorkerRunner):
        environment.shape_class = None
        Hand(environment)
    else:
        Plan.by_hand = ByHand(environment)
