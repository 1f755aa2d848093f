"""How a script's plan becomes the two plans of a run."""

from __future__ import annotations

from pathlib import Path

from tests.suites_performance.worlds import system_of
from toantrinh.load.plan import Ask, Crowd, Errand, FormPart, Operation, Phase, Take
from toantrinh.observations.load_script import LoadScript
from toantrinh.observers.load_run.plans import plans_of

HOME, SEARCH = (Operation(name=name, asks=(Ask(path=f"/{name}"),)) for name in ("home", "search"))
TAKING = Operation(name="home", asks=(Ask(path="/", takes=(Take(name="v1", left="a", right="b"),)),))
CARRYING = Operation(name="detail", asks=(Ask(path="/x/{{v1|url}}"),))
PAPER = FormPart(name="tep", file=Path("a.pdf"), file_name="a.pdf")
SUBMITTING = (
    Operation(name="form", asks=(Ask(path="/f"),)),
    Operation(name="upload", asks=(Ask(path="/u", method="POST", parts=(PAPER,)),)),
    Operation(name="upload", asks=(Ask(path="/u", method="POST"),)),
    Operation(name="submit", asks=(Ask(path="/s", method="POST"),)),
)


def script(*looking: Operation) -> LoadScript:
    errands = (Errand(name="look", operations=looking), Errand(name="submit", operations=SUBMITTING, account="citizen"))
    host = system_of().base_url.partition("://")[2]
    return LoadScript(home=system_of().base_url, service="1.000656", errands=errands, hosts=(host,))


def test_normal_load_then_a_peak_then_steps_up_to_the_required_number(tmp_path: Path) -> None:
    normal, steps = plans_of(script(HOME, SEARCH), system_of(), tmp_path, 1)
    rates = [(phase.name, phase.rate) for phase in normal.phases if isinstance(phase, Phase)]
    assert rates == [("tải thường", 4), ("đợt đỉnh", 12), ("sau đỉnh", 4)]
    assert [phase.citizens for phase in steps.phases if isinstance(phase, Crowd)] == [50, 100, 150, 200]
    assert normal.seconds + steps.seconds < 45
    assert plans_of(script(HOME), system_of(), tmp_path, 1, 600)[0].phases[0].seconds == 600


def test_no_more_is_submitted_than_the_file_allows(tmp_path: Path) -> None:
    for most in (0, 1, 2, 10):
        plans = plans_of(script(HOME), system_of(submissions_at_most=most), tmp_path, 1)
        assert sum(errand.at_most or 0 for plan in plans for errand in plan.errands if errand.account) == most
        assert all(errand.at_most for plan in plans for errand in plan.errands if errand.account)


def test_no_more_citizens_than_may_be_sent(tmp_path: Path) -> None:
    _, steps = plans_of(script(HOME), system_of(citizens_at_most=3), tmp_path, 1)
    assert [phase.citizens for phase in steps.phases if isinstance(phase, Crowd)] == [1, 2, 3]


def test_in_a_crowd_acts_that_need_no_earlier_one_stand_alone(tmp_path: Path) -> None:
    _, steps = plans_of(script(HOME, SEARCH), system_of(), tmp_path, 1)
    assert [[one.name for one in errand.operations] for errand in steps.errands[:2]] == [["home"], ["search"]]
    _, steps = plans_of(script(TAKING, CARRYING), system_of(), tmp_path, 1)
    assert [one.name for one in steps.errands[0].operations] == ["home", "detail"]
    assert len(steps.errands[-1].operations) == 4, "an application is never torn apart"


def test_going_on_from_the_papers_is_no_upload(tmp_path: Path) -> None:
    normal, _ = plans_of(script(HOME), system_of(), tmp_path, 1)
    assert [one.name for one in normal.errands[-1].operations] == ["form", "upload", "form", "submit"]
