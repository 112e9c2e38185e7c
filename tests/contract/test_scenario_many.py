"""The scenario at 100,000 records: nothing is taken for another by accident, no noise does more
than it says, and memory stays flat.
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from producers.scenario.world.serials import canonical

MANY = 100_000
NO_SERIAL = frozenset({"placeholder", "obliterated"})
KEEPING = frozenset({"serial-lost-zero", "serial-apostrophe"})
"""Noise of a serial's cell that puts no words around it, and leaves all of it but zeros."""

PEAK = """
import sys
from pathlib import Path
from producers.scenario.generate import generate
generate(int(sys.argv[1]), "many", Path(sys.argv[2]))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@dataclass(frozen=True)
class GeneratedScenario:
    """A scenario on the disk. `peak_mib`: the most memory of the process that generated it."""

    folder: Path
    peak_mib: float


def generate_apart(records: int, folder: Path) -> GeneratedScenario:
    """Generate a scenario in a process of its own, whose memory is measured."""
    finished = subprocess.run(
        [sys.executable, "-c", PEAK, str(records), str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return GeneratedScenario(folder, int(finished.stdout) / 1024)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> GeneratedScenario:
    """The scenario of all tests of this file: it takes long, so it is generated once."""
    return generate_apart(MANY, tmp_path_factory.mktemp("scenario") / "many")


@pytest.fixture(scope="module")
def truth(scenario: GeneratedScenario) -> list[dict[str, Any]]:
    with (scenario.folder / "truth.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def weapons(truth: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**record, **record["is"]} for record in truth if record["kind"] == "weapon"]


def test_no_two_weapons_look_alike_unless_a_trap_says_so(weapons: list[dict[str, Any]]) -> None:
    alike: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for weapon in weapons:
        alike[canonical(weapon["serial"]), weapon["make"], weapon["type"]].append(weapon)
    doubles = [item for item in alike.values() if len(item) > 1]
    assert doubles
    assert {record["story"] for double in doubles for record in double} == {
        "same-serial-other-calibre"
    }


def test_no_record_as_written_is_taken_for_another_weapon(weapons: list[dict[str, Any]]) -> None:
    """Mistyped records are not taken for another weapon either."""
    meant: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for weapon in weapons:
        for record in weapon["records"]:
            of_cell = {name for name in record["noise"] if name.startswith("serial-")}
            unclear = NO_SERIAL & set(record["noise"]) or of_cell - KEEPING
            if "?" not in record["written"] and not unclear:
                meant[canonical(record["written"]), weapon["make"], weapon["type"]].add(
                    weapon["serial"]
                )
    assert [texts for texts in meant.values() if len(texts) > 1] == []


def test_noise_leaves_the_serial_recognisable_unless_it_says_otherwise(
    weapons: list[dict[str, Any]],
) -> None:
    lost = {"typo", "partial", "illegible", "placeholder", "obliterated"}
    for weapon in weapons:
        for record in weapon["records"]:
            if any(name.startswith("serial-") for name in record["noise"]):
                continue  # words and damage around it: tests of field_noise
            same = canonical(record["written"]) == canonical(weapon["serial"])
            assert same != bool(lost & set(record["noise"])), record
            assert (record["certainty"] == "certain") == same


def test_no_two_other_things_are_equal_unless_a_trap_says_so(truth: list[dict[str, Any]]) -> None:
    """Numbers of two countries are equal where a trap lays it, and there alone."""
    traps = {
        "document": {"equal-numbers-of-two-countries"},
        "plate": {"equal-plates-of-two-countries"},
        "phone": {"equal-numbers-at-home", "emergency-number"},
        "imei": {"no-imei"},
        "account": {"same-account-other-bank", "same-account-other-country"},
        "ammunition_lot": {"same-lot-other-box"},
    }
    names = {
        "document": "number",
        "plate": "plate",
        "phone": "national",
        "imei": "imei",
        "account": "number",
        "ammunition_lot": "lot",
    }
    for kind, name in names.items():
        alike: dict[str, set[str]] = defaultdict(set)
        counted: Counter[str] = Counter()
        for record in truth:
            if record["kind"] == kind:
                counted[record["is"][name]] += 1
                alike[record["is"][name]].add(record["story"])
        assert {
            story for number, count in counted.items() if count > 1 for story in alike[number]
        } == traps[kind], kind


def test_every_rule_owes_indicators_in_every_country(truth: list[dict[str, Any]]) -> None:
    country = {
        (record["node"], record["reference"]): record["country"]
        for item in truth
        for record in item["records"]
    }
    seen: dict[str, set[str]] = defaultdict(set)
    for entry in truth:
        for owed in entry["expected"]:
            seen[owed["rule"]] |= {
                country[node, reference] for node, reference in owed["references"]
            }
    assert len(seen) == 9
    assert all(countries == {"BO", "CO", "EC", "PE"} for countries in seen.values()), seen


def test_memory_does_not_grow_with_the_number_of_records(
    scenario: GeneratedScenario, tmp_path: Path
) -> None:
    few = generate_apart(MANY // 10, tmp_path / "few")
    assert scenario.peak_mib < few.peak_mib + 4
