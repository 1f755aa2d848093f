"""At a gateway where money may be real nothing is made to fail, left or paid twice without leave."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from fixtures.journeys import JourneyRecord
from fixtures.scenarios import ScenarioRecord
from suites.functional import test_1_08_payment as s08
from toantrinh.driver.eyes import View
from toantrinh.journey import payment
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach
from toantrinh.observations.second_dossier import SecondDossier
from toantrinh.scenarios.misfortunes import UNASKED, Misfortunes
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

PAYS = (
    s08.test_failed_payment_leaves_it_payable,
    s08.test_abandoned_payment_leaves_it_payable,
    s08.test_pressing_twice_pays_once,
)


def test_without_leave_a_fee_is_paid_once_and_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    system = load_system("demo").model_copy(update={"base_url": "https://cong.example"})
    who = cast(Traveller, SimpleNamespace(system=system))
    before, after = cast(View, object()), cast(View, object())
    monkeypatch.setattr(payment, "pay_at_gateway", lambda traveller, view: after)
    monkeypatch.setattr(s08, "_needs_payment", lambda journey: None)
    way = Misfortunes()
    assert way.at_gateway(who, before) is after
    assert not way.stuck
    with pytest.raises(StepEnded, match="không trả lần nữa") as ended:
        way.at_gateway(who, before)
    assert ended.value.reach is Reach.BLOCKED
    record = SecondDossier(name="second-dossier", failed=way.failed, abandoned=way.abandoned, paid=way.paid)
    assert {one.why for one in (record.failed, record.abandoned, record.paid)} == {UNASKED}
    told = ScenarioRecord(record, True, "observations/x.json")
    for test in PAYS:
        with pytest.raises(Judgement, match="intrusive") as said:
            test(cast(JourneyRecord, None), told)
        assert said.value.verdict is Verdict.NOT_TESTED
