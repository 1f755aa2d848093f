"""Figures of samples: what counts as waited, as wrong, and as slowest."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from toantrinh.load.measures import measure, waited
from toantrinh.load.samples import Came, Sample, read_samples, samples_of


def sample(seconds: float, *, came: Came = Came.RIGHT, planned: float = 0.0, began: float | None = None) -> Sample:
    begun = planned if began is None else began
    return Sample(0, 0, planned, begun, begun + seconds, came, 200, 100, int(began is not None))


def test_percentiles_are_of_operations() -> None:
    figures = measure(samples_of(sample(number / 100, planned=number / 10) for number in range(1, 101)))
    assert figures.percentiles == pytest.approx({50: 0.50, 90: 0.90, 95: 0.95, 99: 0.99})
    assert figures.mean == pytest.approx(0.505) and figures.slowest == pytest.approx(1.0)
    assert figures.per_second == pytest.approx(100 / (10 + 1.0 - 0.1)) and figures.error_share == 0


def test_who_was_held_up_waited_since_the_arrival() -> None:
    assert measure(samples_of([sample(0.1, planned=1.0, began=4.0)])).mean == pytest.approx(3.1)


def test_a_late_start_of_our_own_is_no_wait() -> None:
    late = sample(0.1, planned=1.0, began=4.0)._replace(held=0)
    assert measure(samples_of([late])).mean == pytest.approx(0.1)


def test_a_time_out_is_never_quicker_than_the_slowest_answer() -> None:
    samples = samples_of([sample(5.0), sample(2.0, came=Came.TIMEOUT), sample(1.0)])
    assert list(waited(samples)) == pytest.approx([5.0, 5.0, 1.0])
    assert measure(samples).errors == {Came.TIMEOUT: 1}


def test_nothing_is_made_of_nothing() -> None:
    figures = measure(samples_of([]))
    assert figures.count == 0 and figures.mean is None and figures.error_share == 0.0


def test_samples_come_back_from_their_file_even_when_it_was_cut_off(tmp_path: Path) -> None:
    lines = ["operation,phase,planned,began,ended,came,status,bytes,held", "0,0,1.0,1.0,2.5,0,200,10,0", "0,0,1.0,1"]
    plain, packed = tmp_path / "samples.csv", tmp_path / "samples.csv.gz"
    plain.write_text("\n".join(lines), encoding="ascii")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(read_samples(plain).seconds) == list(read_samples(packed).seconds) == [1.5]


def test_another_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="ascii")
    with pytest.raises(ValueError, match="expected samples of a load run"):
        read_samples(tmp_path / "x.csv")
