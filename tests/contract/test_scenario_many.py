"""The scenario at 100,000 records: no weapon is taken for another by accident, and no noise does more than it says."""

import json
import time
from collections import defaultdict
from typing import Any

import pytest

from producers.scenario.generate import generate
from producers.scenario.serials import canonical

MANY = 100_000


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("scenario")
    started = time.perf_counter()
    generate(MANY, "many", folder)
    print(f"{MANY / (time.perf_counter() - started):,.0f} records/s")
    with (folder / "truth.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_no_two_weapons_look_alike_unless_a_trap_says_so(truth: list[dict[str, Any]]) -> None:
    alike: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in truth:
        alike[canonical(one["serial"]), one["make"], one["type"]].append(one)
    doubles = [each for each in alike.values() if len(each) > 1]
    assert doubles
    assert {one["story"] for each in doubles for one in each} == {"same-serial-other-calibre"}


def test_no_record_as_written_is_taken_for_another_weapon(truth: list[dict[str, Any]]) -> None:
    """Not even mistyped ones."""
    weapons: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in truth:
        for record in one["records"]:
            if "?" not in record["serial"] and not {"placeholder", "obliterated"} & set(record["noise"]):
                weapons[canonical(record["serial"]), one["make"], one["type"]].add(one["serial"])
    assert [each for each in weapons.values() if len(each) > 1] == []


def test_noise_leaves_the_serial_recognisable_unless_it_says_otherwise(truth: list[dict[str, Any]]) -> None:
    lost = {"typo", "partial", "illegible", "placeholder", "obliterated"}
    for one in truth:
        for record in one["records"]:
            same = canonical(record["serial"]) == canonical(one["serial"])
            assert same != bool(lost & set(record["noise"])), record
            assert record["certain"] == same
