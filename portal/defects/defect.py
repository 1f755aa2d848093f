"""What a defect is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """One fault as real systems have it. `checks` are the ids of the checks that must catch it.

    `for_a_person`: those of them that end as needs-review, since from outside nobody can be sure (True: all).
    `is_lookalike`: no fault, only something that resembles one. It must cost nothing, so no check is named.
    `like`: the checks that might take a look-alike for a fault. `blinds`: those that cannot tell where it is.
    `service`: the code of the procedure that shows it, where not every one does. `needs`: options of the portal without
    which it does not show, such as `--tls`.
    """

    name: str
    title: str
    checks: tuple[str, ...] = ()
    for_a_person: bool | tuple[str, ...] = False
    is_lookalike: bool = False
    like: tuple[str, ...] = ()
    blinds: tuple[str, ...] = ()
    service: str = ""
    needs: str = ""

    def leaves_open(self, check: str) -> bool:
        """True when the check can only ask a person about it."""
        return self.for_a_person is True or (self.for_a_person is not False and check in self.for_a_person)
