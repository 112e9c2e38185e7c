"""The scenario through the real mappings and normalisation: every row maps, and what the vocabulary joins is exactly what is true."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from producers.model import Draft, Refusal
from producers.scenario.check import Comparison, Found, compare
from producers.scenario.generate import generate
from producers.scenario.truth import LOST, RECORDED, Reference, read, read_hidden
from schemas.normalise.weapon import adjacent
from schemas.observed import Observed
from tests.support.scenario import Taken, drafts

RECORDS = 4_000
Seen = tuple[Reference, str, str, Observed]  # reference, country, status, observation


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(RECORDS, "matching", path)
    return path


@pytest.fixture(scope="module")
def taken(folder: Path) -> list[Taken]:
    return list(drafts(folder))


def observations(taken: list[Taken]) -> list[Seen]:
    """Of the newest version of every item."""
    newest: dict[tuple[str, bytes], tuple[str, dict[str, Any], list[Observed]]] = {}
    for one, kind, made in taken:
        assert isinstance(made, Draft), (one["file"], made)
        payload = kind.read(made.payload)
        newest[one["node"], made.id] = one["country"], payload, kind.observe(payload)
    return [
        ((node, payload["source_reference"]), country, payload.get("status", "SEIZED"), seen)
        for (node, _), (country, payload, all_seen) in newest.items()
        for seen in all_seen
    ]


def fit(a: Seen, b: Seen) -> bool:
    one, other = a[3].traits.get("calibre"), b[3].traits.get("calibre")
    return one is None or other is None or one == other or adjacent(one, other)


def found(seen: list[Seen], parts: tuple[int, ...] = (0, 1, 2), fit: Callable[[Seen, Seen], bool] = fit) -> Iterator[Found]:
    """The three rules, brute force over each thing. `parts` of its key (serial, make, type) are looked at."""
    things: dict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for one in seen:
        key = one[3].value.split("|")
        things[tuple(key[part] for part in parts)].append(one)
    for members in things.values():
        exported = {country for _, country, status, _ in members if status == "EXPORTED"}
        standing = [m for m in members if m[2] != "REGISTERED" or m[1] not in exported]
        evidence: dict[tuple[str, str], set[Reference]] = defaultdict(set)
        for a, b in combinations(standing, 2):
            if a[1] != b[1] and fit(a, b) and (grade := grade_of(a[3], b[3])):
                for rule in rules(a[2], b[2]):
                    evidence[rule, grade] |= {a[0], b[0]}
        for (rule, grade), references in evidence.items():
            yield rule, grade, frozenset(references)


def grade_of(a: Observed, b: Observed) -> str:
    if "certain" not in (a.certainty, b.certainty):
        return ""
    return "certain" if a.certainty == b.certainty and "calibre" in a.traits and "calibre" in b.traits else "possible"


def rules(a: str, b: str) -> Iterator[str]:
    both = {a, b}
    if both <= RECORDED:
        yield "weapon-in-two-countries"
    if "SEIZED" in both and both & LOST:
        yield "stolen-weapon-seized-abroad"
    if both == {"SEIZED", "REGISTERED"}:
        yield "registered-weapon-seized-abroad"


@pytest.fixture(scope="module")
def seen(taken: list[Taken]) -> list[Seen]:
    return observations(taken)


@pytest.fixture(scope="module")
def outcome(folder: Path, seen: list[Seen]) -> Comparison:
    return compare(read(folder / "truth.jsonl"), found(seen), read_hidden(folder / "truth.jsonl"))


def test_every_row_of_every_file_becomes_a_valid_event(taken: list[Taken]) -> None:
    refused = [(one["file"], made) for one, _, made in taken if isinstance(made, Refusal)]
    assert refused == []


def test_a_row_sent_again_is_the_same_item_and_a_correction_a_new_version(taken: list[Taken]) -> None:
    versions: dict[bytes, set[bytes]] = defaultdict(set)
    corrected: set[bytes] = set()
    for one, _, made in taken:
        assert isinstance(made, Draft)
        versions[made.id].add(made.version)
        if one["kind"] == "corrections":
            corrected.add(made.id)
    assert len(versions) == RECORDS
    assert corrected
    assert {id_ for id_, each in versions.items() if len(each) > 1} == corrected


def test_the_vocabulary_finds_exactly_the_certain_matches(outcome: Comparison) -> None:
    assert outcome.certain.invented == ()
    assert outcome.certain.missed == ()
    assert outcome.certain.found > 300


def test_the_vocabulary_finds_the_possible_matches(outcome: Comparison) -> None:
    assert outcome.possible.invented == ()
    assert outcome.possible.missed == ()
    assert outcome.possible.found > 20


def test_typing_errors_cost_less_than_one_in_a_hundred_matches(outcome: Comparison) -> None:
    assert outcome.recall_of_all >= 0.98


@pytest.mark.parametrize("parts", [(0, 2), (0, 1), (1, 2)], ids=["without make", "without type", "without serial"])
def test_a_matcher_that_leaves_out_a_part_of_the_key_invents_matches(parts: tuple[int, ...], folder: Path, seen: list[Seen]) -> None:
    if 0 not in parts:
        seen = seen[::10]  # enough: everything of a make would match
    assert compare(read(folder / "truth.jsonl"), found(seen, parts)).certain.invented


def test_a_matcher_that_ignores_the_calibre_invents_matches(folder: Path, seen: list[Seen]) -> None:
    assert compare(read(folder / "truth.jsonl"), found(seen, fit=lambda _a, _b: True)).certain.invented
