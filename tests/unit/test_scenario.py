"""The scenario itself: its bytes, its counts, its traps, its truth."""

import ast
import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from infra.cli import main
from producers.scenario import noise, traps
from producers.scenario.check import compare
from producers.scenario.generate import generate
from producers.scenario.places import read as read_places
from producers.scenario.serials import Pattern, canonical
from producers.scenario.truth import Expected, Member, expected, hidden
from schemas.codes import code_lists

HERE = Path(__file__).parents[2] / "producers" / "scenario"
MANY = 10_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(MANY, "many", path)
    return path


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    with (folder / "truth.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def digest(path: Path) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(path.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        generate(1000, seed, tmp_path / name)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert digest(tmp_path / "one")["truth.jsonl"] != digest(tmp_path / "three")["truth.jsonl"]


def test_a_seed_means_the_same_bytes_for_ever(tmp_path: Path) -> None:
    """On purpose: a change of these bytes changes every figure ever measured against them. Say so in the commit."""
    generate(200, "2018", tmp_path)
    (tmp_path / "README.md").unlink()  # its words may change
    assert (
        hashlib.sha256("".join(digest(tmp_path).values()).encode()).hexdigest()
        == "29cd394c5362359e4aed0286686673087730dcaae65cd49f9937f1214108a5df"
    )


def test_it_imports_nothing_of_the_matcher() -> None:
    """Nor anything else of ours: what makes the input and the truth stands alone. Commands and the demo, which runs the line, use it."""
    for path in [path for path in HERE.glob("*.py") if not path.stem.startswith(("demo", "commands"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            ours = [name for name in imported(node) if name.split(".")[0] in ("schemas", "streams", "consumers", "producers", "infra")]
            assert all(name.startswith("producers.scenario") and "demo" not in name for name in ours), (path.name, ours)


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_manifest_counts_every_row(folder: Path) -> None:
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    rows: Counter[str] = Counter()
    for one in manifest["files"]:
        assert rows_of(folder / one["file"]) == one["rows"], one["file"]
        rows[one["kind"]] += one["rows"] - one["repeated"]
    repeated = sum(one["repeated"] for one in manifest["files"])
    assert rows["records"] == MANY
    assert 0.005 * MANY < repeated < 0.011 * MANY
    assert rows["corrections"] == manifest["noise"]["corrected"]


def rows_of(path: Path) -> int:
    if path.suffix == ".csv":
        with path.open(encoding="latin-1", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1
    text = path.read_text(encoding="utf-8")
    return len(json.loads(text)) if path.suffix == ".json" else len(text.splitlines())


@pytest.mark.parametrize("records", [1, 2, 9, 400])
def test_any_number_of_records_is_met_exactly(records: int, tmp_path: Path) -> None:
    manifest = generate(records, "n", tmp_path)
    assert sum(one["rows"] - one["repeated"] for one in manifest["files"] if one["kind"] == "records") == records


def test_a_scenario_can_be_made_again_in_its_folder_but_not_over_other_files(tmp_path: Path) -> None:
    generate(300, "1", tmp_path / "a")
    generate(300, "2", tmp_path / "a")
    generate(300, "2", tmp_path / "b")
    assert digest(tmp_path / "a") == digest(tmp_path / "b")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.txt").write_text("mine")
    for out in (tmp_path / "c", tmp_path / "c" / "mine.txt"):
        refused = CliRunner().invoke(main, ["--lang", "en", "scenario", "--records", "10", "--out", str(out)])
        assert refused.exit_code == 2
        assert "SCENARIO" in refused.output
        assert "no scenario" in refused.output


def test_the_command_says_what_it_wrote_and_what_to_do_next(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["scenario", "--records", "500", "--out", str(tmp_path / "s")])
    assert told.exit_code == 0
    assert "indicadores" in told.output
    assert "quipu publish" in told.output


def test_a_sixth_of_the_records_crosses_a_border(folder: Path) -> None:
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    assert 0.12 * MANY <= manifest["crossing_records"] <= 0.20 * MANY


def test_ten_thousand_records_have_every_trap_and_every_noise(folder: Path) -> None:
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    assert all(manifest["stories"].get(name, 0) >= 5 for name in traps.KINDS)
    assert set(noise.WORDS) == set(manifest["noise"])


@pytest.mark.parametrize("text", ["@@@#####", "IM######@", "#######", "@@@###", "245~~######", "@######@", "###-#####"])
def test_serials_of_a_pattern_differ_in_three_positions(text: str) -> None:
    pattern, rng = Pattern(text, "distance"), Random("distance")
    issued = [serial for serial in (pattern.issue(rng) for _ in range(400)) if serial]
    for number, one in enumerate(issued):
        for other in issued[:number]:
            assert sum(one[place] != other[place] for place in pattern.variable) >= 3


def test_a_pattern_ends_before_it_repeats() -> None:
    pattern, rng = Pattern("####", "end"), Random("end")
    issued = []
    while (serial := pattern.issue(rng)) is not None:
        issued.append(serial)
    assert len(issued) == len(set(issued)) > 50


@pytest.mark.parametrize(
    ("written", "meant"), [("369J257", "369257"), ("tkx-i2.345", "TKX12345"), ("IM 12345 A", "112345A"), ("BER12Z", "8122"), ("ABC", "A8C")]
)
def test_the_canonical_form_reads_as_the_vocabulary_says(written: str, meant: str) -> None:
    assert canonical(written) == meant


def test_places_are_of_their_country_and_exist() -> None:
    known = set(code_lists()["subdivision"].codes)
    for place, weight in read_places():
        assert place.subdivision in known
        assert place.subdivision.startswith(place.country)
        assert weight > 0
        assert -23 < place.latitude < 13
        assert -82 < place.longitude < -57


def member(name: str, country: str, status: str, certainty: str = "certain", calibre: bool = True) -> Member:
    return Member((country, name), country, status, certainty, calibre)


def test_truth_owes_what_the_three_rules_say() -> None:
    registered, stolen, seized = member("1", "CO", "REGISTERED"), member("2", "CO", "STOLEN"), member("3", "PE", "SEIZED")
    refs = [one.reference for one in (registered, stolen, seized)]
    assert expected([registered, stolen, seized]) == [
        Expected("weapon-in-two-countries", "certain", frozenset(refs)),
        Expected("stolen-weapon-seized-abroad", "certain", frozenset(refs[1:])),
        Expected("registered-weapon-seized-abroad", "certain", frozenset([refs[0], refs[2]])),
    ]


def test_truth_owes_nothing_for_legal_trade_nor_for_one_country() -> None:
    trade = [member("1", "CO", "REGISTERED"), member("2", "CO", "EXPORTED"), member("3", "PE", "IMPORTED"), member("4", "PE", "REGISTERED")]
    assert expected(trade) == []
    assert expected([member("1", "CO", "STOLEN"), member("2", "CO", "SEIZED")]) == []


@pytest.mark.parametrize(("certainty", "calibre"), [("possible", True), ("certain", False), ("possible", False)])
def test_an_uncertain_member_gives_a_possible_match(certainty: str, calibre: bool) -> None:
    found = expected([member("1", "CO", "LOST"), member("2", "PE", "SEIZED", certainty, calibre)])
    assert {one.grade for one in found} == {"possible"}


def test_two_uncertain_members_give_none_and_a_mistyped_one_is_hidden() -> None:
    assert expected([member("1", "CO", "LOST", "possible"), member("2", "PE", "SEIZED", "possible")]) == []
    mistyped = [member("1", "CO", "LOST"), member("2", "PE", "SEIZED", "mistyped")]
    assert expected(mistyped) == []
    assert [one.rule for one in hidden(mistyped)] == ["weapon-in-two-countries", "stolen-weapon-seized-abroad"]


def test_the_truth_of_every_trap_is_silence_or_what_its_correction_brings(truth: list[dict[str, Any]]) -> None:
    owing = {one["story"] for one in truth if one["trap"] and one["expected"]}
    assert owing == {"corrected-to"}
    assert all(one["expected"] for one in truth if one["story"] == "corrected-to")


def test_comparison_counts_inventions_and_misses_by_indicator_and_by_pair() -> None:
    a, b, c, d = (("n", name) for name in "abcd")
    owed = [Expected("r", "certain", frozenset([a, b, c])), Expected("r", "possible", frozenset([a, d]))]
    found = [("r", "certain", frozenset([a, b])), ("r", "certain", frozenset([c, d]))]
    outcome = compare(owed, found, [Expected("r", "hidden", frozenset([b, d]))])
    assert (outcome.certain.precision, outcome.certain.recall) == (0.5, 1 / 3)
    assert (len(outcome.certain.invented), len(outcome.certain.missed)) == (2, 1)
    assert (outcome.possible.precision, outcome.possible.recall, outcome.possible.exact) == (1.0, 0.0, False)
    assert outcome.recall_of_all == 1 / 4
    assert compare(owed, [(e.rule, e.grade, e.references) for e in owed]).certain.exact
