"""What becomes a secret only while something is observed, such as a one-time code, is not kept either."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from toantrinh.store import Attachments, Store


class Told(BaseModel):
    text: str


def test_a_code_that_was_typed_stands_neither_in_the_observation_nor_in_its_evidence(tmp_path: Path) -> None:
    def how(attachments: Attachments) -> Told:
        attachments.hide("911220")
        attachments.save("page.txt", "mã 911220, hồ sơ 1911220-01, 250 ms")
        return Told(text="đã gõ 911220 với thu-nghiem")

    Store(tmp_path, lambda text: text.replace("thu-nghiem", "•••")).observe("journey/x", Told, how)
    observed = (tmp_path / "observations/journey/x.json").read_text(encoding="utf-8")
    assert "đã gõ ••• với •••" in observed
    kept = (tmp_path / "evidence/journey/x/page.txt").read_text(encoding="utf-8")
    assert kept == "mã •••, hồ sơ 1911220-01, 250 ms"  # a number in which the code is only a part is another number


def test_another_observation_knows_nothing_of_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.observe("a", Told, lambda attachments: (attachments.hide("911220"), Told(text="x"))[1])
    store.observe("b", Told, lambda attachments: Told(text="911220"))
    assert "911220" in (tmp_path / "observations/b.json").read_text(encoding="utf-8")
