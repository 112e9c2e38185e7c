"""The scenario of networks: its bytes, its truth, and what its plots and traps really consist of."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from infra.cli.root import main
from producers.model import Draft
from producers.scenario.networks.entry import Entry, Plot
from producers.scenario.networks.files import MAPPINGS, TYPES, mapping_of
from producers.scenario.networks.generate import TELLERS, draw, generate_networks, kinds
from producers.scenario.networks.money import LIMITS
from tests.support.scenario import drafts

SIDE = "transactions[0]"
RECORDS = 2_500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("networks")
    generate_networks(RECORDS, "2018", path)
    return path


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "plots.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def plots() -> dict[str, list[Plot]]:
    """Several plots of each kind, as they are drawn."""
    by_kind = defaultdict[str, list[Plot]](list)
    for plot in draw(12_000, "plots"):
        by_kind[plot.kind].append(plot)
    return by_kind


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    folder: Path, tmp_path: Path
) -> None:
    for seed, name in (("2018", "same"), ("2019", "other")):
        generate_networks(RECORDS, seed, tmp_path / name)
    assert digest(folder) == digest(tmp_path / "same") != digest(tmp_path / "other")


def digest(folder: Path) -> str:
    parts = [path.name.encode() + path.read_bytes() for path in sorted(folder.iterdir())]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def test_each_row_becomes_an_event_by_the_mapping_of_its_type(folder: Path) -> None:
    results = Counter[str]()
    for _file, kind, item in drafts(folder):
        results[kind.name] += isinstance(item, Draft)
        assert isinstance(item, Draft), item
    assert set(results) == set(TYPES)
    assert {path.stem for path in MAPPINGS.glob("networks-*")} == set(map(mapping_of, TYPES))


def test_every_kind_comes_and_its_truth_names_records_that_exist(
    folder: Path, truth: list[dict[str, Any]]
) -> None:
    table = kinds()
    assert set(TELLERS) == set(table) == {line["kind"] for line in truth}
    written = {
        (file["node"], file["type"], row.split(";", 1)[0])
        for file in json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["files"]
        for row in (folder / file["file"]).read_text(encoding="utf-8").splitlines()[1:]
    }
    named = [
        (record["node"], record["type"], record["reference"])
        for line in truth
        for record in line["records"]
    ]
    assert set(named) <= written
    assert len(named) == len(set(named))
    for line in truth:
        assert line["is_trap"] == line["kind"].startswith("trap_") == (not line["finds"])
        assert line["es"] and line["en"]


def amounts(plot: Plot) -> list[float]:
    return [float(entry.cells[f"{SIDE}.amount"]) for entry in plot.entries]


def chain_of(plot: Plot) -> bool:
    """Whether each transfer leaves the account that the one before reached."""
    ends = [(entry.cells[f"{SIDE}.from.account.number"], entry.cells[f"{SIDE}.to.account.number"]) for entry in plot.entries]  # fmt: skip
    return all(before[1] == after[0] for before, after in pairwise(ends))


def gaps(plot: Plot) -> Iterator[float]:
    for before, after in pairwise(plot.entries):
        yield (after.at - before.at).total_seconds() / 86_400


def test_paths_respect_time_and_amount_and_traps_break_one_of_the_two(
    plots: dict[str, list[Plot]],
) -> None:
    for kind in ("layering", "round_trip", "trap_order", "trap_amounts", "trap_corrected"):
        for plot in plots[kind]:
            losses = [b / a for a, b in pairwise(amounts(plot))]
            is_kept = all(0.95 < loss <= 1 for loss in losses)
            is_ordered = all(0 < gap < 3 for gap in gaps(plot))
            assert chain_of(plot), kind
            assert (is_kept, is_ordered) == (kind != "trap_amounts", kind != "trap_order"), kind
            assert [bool(e.corrected) for e in plot.entries].count(True) == (
                kind == "trap_corrected"
            )
    for plot in plots["layering"]:
        assert len({entry.country for entry in plot.entries}) > 1 or len(plot.entries) >= 4


def test_a_round_trip_ends_at_its_owner(plots: dict[str, list[Plot]]) -> None:
    for plot in plots["round_trip"]:
        first, last = plot.entries[0].cells, plot.entries[-1].cells
        path = f"{SIDE}.from.person.document.number"
        assert first[path] == last[path.replace(".from.", ".to.")]
        assert first[f"{SIDE}.from.account.number"] != last[f"{SIDE}.to.account.number"]


def test_cash_stays_below_the_limit_and_sales_are_far_from_it(
    plots: dict[str, list[Plot]],
) -> None:
    for plot in plots["structuring"]:
        limit = LIMITS[plot.entries[0].country]
        assert all(0.85 * limit < amount < limit for amount in amounts(plot))
        assert (
            len({entry.cells[f"{SIDE}.from.person.document.number"] for entry in plot.entries}) == 1
        )
    for plot in plots["trap_shop"]:
        assert max(amounts(plot)) < 0.2 * LIMITS[plot.entries[0].country]


def test_a_convoy_meets_four_times_and_buses_never(plots: dict[str, list[Plot]]) -> None:
    for plot in plots["convoy"]:
        days = meetings(plot.entries)
        assert len(days) == 4
        assert all(len(plates) == 2 for plates in days.values())
    for plot in plots["trap_buses"]:
        assert all(len(plates) == 1 for plates in meetings(plot.entries).values())
    for plot in plots["trap_lorries"]:
        assert all(len(plates) == 6 for plates in meetings(plot.entries).values())
    assert all(len(meetings(plot.entries)) == 2 for plot in plots["trap_festival"])


def meetings(entries: list[Entry]) -> dict[datetime, set[str]]:
    """Vehicles by the first crossing of those that are within ten minutes of each other."""
    groups: dict[datetime, set[str]] = {}
    for entry in sorted(entries, key=lambda entry: entry.at):
        start = next((at for at in groups if (entry.at - at).total_seconds() <= 600), entry.at)
        groups.setdefault(start, set()).add(entry.cells["conveyance.plate"])
    return groups


def test_serials_follow_each_other_in_two_countries_and_in_traps_lack_something(
    plots: dict[str, list[Plot]],
) -> None:
    for kind, path in (
        ("serial_run", "items[0].weapon"),
        ("trap_makes", "items[0].weapon"),
        ("trap_dealer", "weapon"),
    ):
        for plot in plots[kind]:
            numbers = sorted(int(entry.cells[f"{path}.serial"][2:]) for entry in plot.entries)
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
            makes = {entry.cells[f"{path}.make"] for entry in plot.entries}
            countries = {entry.country for entry in plot.entries}
            assert (len(makes) == 1) == (kind != "trap_makes")
            assert (len(countries) == 1) == (kind == "trap_dealer")


def test_networks_hang_together_over_two_countries(plots: dict[str, list[Plot]]) -> None:
    for kind in ("mining", "trafficking", "culture", "corruption"):
        for plot in plots[kind]:
            assert len({entry.country for entry in plot.entries}) == 2, kind
            assert connected([things(entry) for entry in plot.entries]), kind


def things(entry: Entry) -> set[str]:
    ends = (".number", ".plate")
    return {value for path, value in entry.cells.items() if path.endswith(ends) and value}


def connected(groups: list[set[str]]) -> bool:
    seen, waiting = groups[0], groups[1:]
    while joined := [group for group in waiting if group & seen]:
        seen = seen.union(*joined)
        waiting = [group for group in waiting if group not in joined]
    return not waiting


def test_the_command_writes_it_and_never_over_something_else(tmp_path: Path) -> None:
    arguments = ["scenario", "--set", "networks", "--records", "600", "--out", str(tmp_path / "n")]
    runner = CliRunner(env={"QUIPU_LANG": "en"})
    assert "traps" in runner.invoke(main, arguments).output
    repeated = runner.invoke(main, arguments)
    assert repeated.exit_code != 0
    assert "another folder" in repeated.output
