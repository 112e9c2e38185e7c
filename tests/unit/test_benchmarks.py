"""What the benchmarks stand on: their events are always the same, their aims are judged rightly,
two results that differ fail.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.against_quix import DiffersError, compare
from benchmarks.compare import report
from benchmarks.figures import Figure, write
from benchmarks.population import REPORTED_AT, STATIONS, generate_sentences, mapped
from benchmarks.workers import GroupRun, figures_of
from producers.events.draft import EventOrigin, build_draft
from producers.model import Draft
from schemas.event.event_type import event_type

ROW = ("add", "weapon-in-two-countries", "certain", "aa", "bb", "recorded")


def test_groups_of_workers_are_compared_with_one_worker() -> None:
    alone = GroupRun(1000.0, (16,), (20.0,), frozenset({ROW}))
    four = GroupRun(1700.0, (4, 4, 4, 4), (5.0, 10.0, 5.0, 5.0), frozenset({ROW}))
    figures = figures_of([alone, four], {"events": 3})
    assert [(figure.name, figure.value) for figure in figures] == [
        ("workers_1_ratio", 1.0),
        ("workers_4_ratio", 1.7),
    ]
    assert figures[1].detail["busiest_share"] == 0.4
    with pytest.raises(DiffersError):
        figures_of([alone, replace(four, evidence=frozenset())], {})


def test_the_population_is_the_same_every_time_and_a_longer_one_begins_with_the_shorter() -> None:
    shorter = list(generate_sentences(3000))
    assert shorter == list(generate_sentences(3000))
    assert shorter == list(generate_sentences(9000))[:3000]


def test_about_a_fifth_of_the_records_are_of_weapons_recorded_more_than_once() -> None:
    times = Counter(sentence.weapon for sentence in generate_sentences(20_000))
    share = sum(count for count in times.values() if count > 1) / 20_000
    assert 0.15 < share < 0.25


def test_a_node_refuses_none_of_the_events() -> None:
    kind = event_type("weapon_record")
    for sentence in generate_sentences(200):
        station = STATIONS[sentence.station]
        origin = EventOrigin(
            station.node, station.country, station.authority, b"secret of this node"
        )
        assert isinstance(build_draft(mapped(sentence), origin, kind, REPORTED_AT), Draft)


def test_evidence_that_only_one_pipeline_has_fails_the_comparison_and_is_named() -> None:
    compare(frozenset([ROW]), frozenset([ROW]))
    with pytest.raises(DiffersError, match=r"only Quix has .*'aa'"):
        compare(frozenset(), frozenset([ROW]))


@pytest.mark.parametrize(
    ("value", "at_least", "met"),
    [(10.0, True, True), (9.9, True, False), (10.0, False, True), (10.1, False, False)],
)
def test_an_aim_is_met_at_its_very_value_and_on_its_right_side(
    value: float, at_least: bool, met: bool
) -> None:
    assert Figure("figure", value, "ms", 10.0, at_least).met is met


def test_figures_of_a_partial_run_leave_the_others_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "out" / "latest.json"
    write([Figure("first", 1.0, "ms")], path)
    write([Figure("second", 2.0, "ms")], path)
    assert set(json.loads(path.read_text())["figures"]) == {"first", "second"}


def test_two_commits_are_compared_by_their_medians_and_more_is_better_for_the_later() -> None:
    def runs(rates: list[int], delays: list[int]) -> list[Any]:
        return [
            {
                "events_per_s": {"value": rate, "at_least": True},
                "p99_ms": {"value": delay, "at_least": False},
            }
            for rate, delay in zip(rates, delays, strict=True)
        ]

    lines = list(report(runs([100, 90, 300], [10, 10, 10]), runs([50, 60, 40], [5, 5, 900])))
    assert [line.split()[:4] for line in lines[1:]] == [
        ["events_per_s", "100.00", "50.00", "0.50"],
        ["p99_ms", "10.00", "5.00", "2.00"],
    ]
