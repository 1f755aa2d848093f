"""The files that the citizen's own dossier of this run gives out: papers, receipt, result; each asked for once."""

from __future__ import annotations

from toantrinh.driver.window import CannotAct
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.uploads import Returned
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.trespass.own_data import is_file
from toantrinh.observers.trespass.places import is_askable
from toantrinh.observers.uploads.coming_back import returned
from toantrinh.ownership import at_home

MOST = 12
SURE = 60
NEVER = ("destructive", "log-out", "delete-draft", "remove-file", "withdraw", "pay")


def own_downloads(who: Traveller, prober: Prober, role: Role, journey: Journey) -> tuple[tuple[Returned, ...], str]:
    """(the files behind the links of the dossier's own page, why there are none)."""
    address = journey.step(StepName.SUBMIT).address
    if journey.submit is None or not address:
        return (), "lần chạy này chưa nộp hồ sơ nào"
    try:
        view = who.go(address)
    except (StepEnded, CannotAct) as end:
        return (), f"không mở lại được trang hồ sơ: {end}"
    never = [who.lexicon[intent] for intent in NEVER]
    links = [
        c.href
        for c in view.controls
        if c.role == "link" and view.in_body(c) and all(word.nearness(c.label) < SURE for word in never)
    ]
    asked = [link for link in dict.fromkeys(one.split("#")[0] for one in links) if is_askable(link)]
    found = []
    for link in [one for one in asked if at_home(one, who.system.base_url)][:MOST]:
        answer = prober.ask(role, link, "tệp của hồ sơ, mở lại bởi chính chủ", refusal_is_answer=True)
        attached = answer.header("content-disposition").strip() != ""
        if answer.ok and (attached or is_file(answer.body)):
            found.append(returned(prober, answer, who.system.base_url))
    return tuple(found), "" if found else f"không liên kết nào trong {len(asked)} liên kết của trang hồ sơ cho tệp"
