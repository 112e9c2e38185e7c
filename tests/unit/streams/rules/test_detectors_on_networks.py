"""The rules over many records, against plots and traps that were written apart from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.detectors import measure_detectors
from producers.scenario.networks.score import FormTally

RECORDS = 6_000
COMPUTED_ELSEWHERE = {"pair"}
"""The worker finds pairs of records on one thing."""


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FormTally]:
    folder: Path = tmp_path_factory.mktemp("networks") / "exports"
    return measure_detectors(RECORDS, "tests", folder).by_form


def test_nine_of_ten_plots_are_found_and_traps_stay_silent(tallies: dict[str, FormTally]) -> None:
    measured = {form: tally for form, tally in tallies.items() if form not in COMPUTED_ELSEWHERE}
    assert measured.keys() == {
        "count",
        "distinct",
        "path",
        "run",
        "sequence",
        "sum",
        "together",
        "network",
    }
    for form, tally in measured.items():
        assert tally.recall >= 0.9, (form, tally.missed)
        assert tally.precision >= 0.9, (form, tally.wrong)


def test_the_measure_counts_what_is_missed(tallies: dict[str, FormTally]) -> None:
    pair = tallies["pair"]
    assert pair.plots == pair.missed.total() > 0
    assert pair.recall == 0
