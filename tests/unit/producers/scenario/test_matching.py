"""The scenario through the real mappings and normalisation: every row maps, and what the vocabulary
joins is exactly what is true.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from producers.model import Draft, Refusal
from producers.scenario.alike.draw import EVERY
from producers.scenario.generate import generate
from producers.scenario.truth.score import Comparison, Finding, compare
from producers.scenario.truth.truth import (
    LOST,
    RECORDED,
    Expected,
    Member,
    Reference,
    expected,
    read,
    read_hidden,
    read_traps,
)
from schemas.event.event_type import EventType
from schemas.normalise.weapon import calibres_fit
from schemas.observation import WHOLE, Observation
from tests.support.scenario import Taken, drafts

RECORDS = 4_000
WEAPON_RULES = (
    "weapon-in-two-countries",
    "stolen-weapon-seized-abroad",
    "registered-weapon-seized-abroad",
)
Sighting = tuple[Reference, str, str, Observation]  # reference, country, status, observation


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(RECORDS, "matching", path)
    return path


@pytest.fixture(scope="module")
def readings(folder: Path) -> list[Taken]:
    return list(drafts(folder))


def newest(
    readings: list[Taken],
) -> Iterator[tuple[Reference, str, Draft, dict[str, Any], Observation]]:
    """Reference, type, draft, payload and observation, of the newest version of every item."""
    last: dict[tuple[str, bytes], tuple[EventType, Draft]] = {}
    for record, kind, result in readings:
        assert isinstance(result, Draft), (record["file"], result)
        last[record["node"], result.id] = kind, result
    for (node, _), (kind, result) in last.items():
        payload = kind.read(result.payload)
        for observation in kind.observe(payload):
            yield (node, payload["source_reference"]), kind.name, result, payload, observation


def observations(readings: list[Taken]) -> list[Sighting]:
    """Of weapons, as far as the foundation's three rules look at them."""
    return [
        (reference, draft.envelope["country"], payload.get("status", "SEIZED"), seen)
        for reference, type_, draft, payload, seen in newest(readings)
        if seen.kind == "weapon" and type_ in ("weapon_record", "seizure")
    ]


def members(readings: list[Taken]) -> list[tuple[Observation, Member]]:
    """Every observation of other things, as the truth's own rules see a record of it."""
    find_matches = []
    for reference, type_, draft, payload, seen in newest(readings):
        at, until = draft.envelope["occurred_from"], payload.get("valid_until")
        status = next(
            (
                payload[name]
                for name in ("status", "category", "direction", "outcome")
                if name in payload
            ),
            "SEIZED",
        )
        member = Member(
            reference, draft.envelope["country"], type_, status, seen.certainty, True, seen.traits.get("role", ""),
            seen.traits.get("involvement", ""), None if at is None else at // 60_000,
            None if until is None else int(datetime.fromisoformat(until).replace(tzinfo=UTC).timestamp()) // 60 + 29 * 60,
            draft.envelope["exercise"] or "", seen.traits.get(WHOLE, ""),
        )  # fmt: skip
        if seen.kind != "weapon":
            find_matches.append((seen, member))
    return find_matches


def joined(
    every: list[tuple[Observation, Member]], key: Callable[[Observation], tuple[str, ...]]
) -> Iterator[Finding]:
    """What the truth's rules say where things of one key are one."""
    things: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for seen, member in every:
        things[seen.kind, *key(seen)].append(member)
    for (kind, *_), of_one in things.items():
        yield from (
            (e.rule, e.grade, e.references) for e in expected(kind, of_one) if not e.exercise
        )


def fit(a: Sighting, b: Sighting) -> bool:
    text, other = a[3].traits.get("calibre"), b[3].traits.get("calibre")
    return text is None or other is None or text == other or calibres_fit(text, other)


def find_matches(
    sightings: list[Sighting],
    parts: tuple[int, ...] = (0, 1, 2),
    fit: Callable[[Sighting, Sighting], bool] = fit,
) -> Iterator[Finding]:
    """The three rules, brute force over each thing. `parts` of its key (serial, make, type) are
    looked at.
    """
    things: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        key = sighting[3].value.split("|")
        things[tuple(key[part] for part in parts)].append(sighting)
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


def grade_of(a: Observation, b: Observation) -> str:
    if "certain" not in (a.certainty, b.certainty):
        whole = all(WHOLE in seen.traits and "calibre" in seen.traits for seen in (a, b))
        return "possible" if whole else ""
    return (
        "certain"
        if a.certainty == b.certainty and "calibre" in a.traits and "calibre" in b.traits
        else "possible"
    )


def rules(a: str, b: str) -> Iterator[str]:
    both = {a, b}
    if both <= RECORDED:
        yield "weapon-in-two-countries"
    if "SEIZED" in both and both & LOST:
        yield "stolen-weapon-seized-abroad"
    if both == {"SEIZED", "REGISTERED"}:
        yield "registered-weapon-seized-abroad"


@pytest.fixture(scope="module")
def sightings(readings: list[Taken]) -> list[Sighting]:
    return observations(readings)


@pytest.fixture(scope="module")
def outcome(folder: Path, sightings: list[Sighting]) -> Comparison:
    hidden = (
        expected
        for expected in read_hidden(folder / "truth.jsonl")
        if expected.rule in WEAPON_RULES
    )
    return compare(of_weapons(folder), find_matches(sightings), hidden)


def of_weapons(folder: Path) -> list[Expected]:
    return [expected for expected in read(folder / "truth.jsonl") if expected.rule in WEAPON_RULES]


def of_other_things(folder: Path) -> list[Expected]:
    return [
        expected
        for expected in read(folder / "truth.jsonl")
        if expected.rule not in (*WEAPON_RULES, "weapon-traced")
    ]


def test_every_row_of_every_file_becomes_a_valid_event(readings: list[Taken]) -> None:
    refused = [
        (record["file"], result) for record, _, result in readings if isinstance(result, Refusal)
    ]
    assert refused == []


def test_a_row_sent_again_is_the_same_item_and_a_correction_a_new_version(
    readings: list[Taken],
) -> None:
    versions: dict[bytes, set[bytes]] = defaultdict(set)
    corrected: set[bytes] = set()
    for record, _, result in readings:
        assert isinstance(result, Draft)
        versions[result.id].add(result.version)
        if record["kind"] == "corrections":
            corrected.add(result.id)
    assert len(versions) == RECORDS + 2 * (RECORDS // EVERY)
    assert corrected
    assert {id_ for id_, datas in versions.items() if len(datas) > 1} == corrected


def test_the_vocabulary_finds_exactly_the_certain_matches(outcome: Comparison) -> None:
    assert outcome.certain.invented == ()
    assert outcome.certain.missed == ()
    assert outcome.certain.found_count > 150


def test_the_vocabulary_finds_the_possible_matches(outcome: Comparison) -> None:
    assert (outcome.possible.precision, outcome.possible.recall) == (1.0, 1.0)
    assert outcome.possible.found_count > 10


def test_typing_errors_and_lost_numbers_cost_few_matches(outcome: Comparison) -> None:
    assert 0.9 <= outcome.recall_of_all < 1


@pytest.mark.parametrize(
    "parts", [(0, 2), (0, 1), (1, 2)], ids=["without make", "without type", "without serial"]
)
def test_a_matcher_that_leaves_out_a_part_of_the_key_invents_matches(
    parts: tuple[int, ...], folder: Path, sightings: list[Sighting]
) -> None:
    if 0 not in parts:
        sightings = sightings[::10]  # enough: everything of a make would match
    assert compare(of_weapons(folder), find_matches(sightings, parts)).certain.invented


def test_a_matcher_that_ignores_the_calibre_invents_matches(
    folder: Path, sightings: list[Sighting]
) -> None:
    assert compare(
        of_weapons(folder), find_matches(sightings, fit=lambda _a, _b: True)
    ).certain.invented


def test_the_vocabulary_joins_other_things_exactly_where_they_are_one(
    folder: Path, readings: list[Taken]
) -> None:
    came = list(joined(members(readings), lambda seen: (seen.issuer, seen.value)))
    outcome = compare(of_other_things(folder), came)
    assert (outcome.certain.invented, outcome.certain.missed) == ((), ())
    assert (outcome.possible.precision, outcome.possible.recall) == (1.0, 1.0)
    assert outcome.certain.found_count > 100
    assert outcome.possible.found_count > 1


SPRUNG_WITHOUT_ISSUER = {
    "equal-numbers-of-two-countries", "equal-plates-of-two-countries", "same-account-other-bank", "same-account-other-country",
}  # fmt: skip


def test_a_matcher_that_leaves_out_the_issuer_springs_the_traps_of_equal_numbers(
    folder: Path, readings: list[Taken]
) -> None:
    came = list(joined(members(readings), lambda seen: (seen.value,)))
    sprung = compare(of_other_things(folder), came, traps=read_traps(folder / "truth.jsonl")).sprung
    assert {name for name, _ in sprung} == SPRUNG_WITHOUT_ISSUER


def test_a_matcher_that_reads_numbers_as_dialled_at_home_springs_the_trap_of_equal_numbers(
    folder: Path, readings: list[Taken]
) -> None:
    came = list(
        joined(
            members(readings),
            lambda seen: (seen.issuer, seen.value[-9:] if seen.kind == "phone" else seen.value),
        )
    )
    sprung = compare(of_other_things(folder), came, traps=read_traps(folder / "truth.jsonl")).sprung
    assert {name for name, _ in sprung} == {"equal-numbers-at-home"}


def test_a_matcher_that_leaves_out_make_and_calibre_springs_the_trap_of_lots(
    folder: Path, readings: list[Taken]
) -> None:
    came = list(
        joined(
            members(readings),
            lambda seen: (
                seen.issuer,
                seen.value.split("|")[0] if seen.kind == "ammunition_lot" else seen.value,
            ),
        )
    )
    sprung = compare(of_other_things(folder), came, traps=read_traps(folder / "truth.jsonl")).sprung
    assert {name for name, _ in sprung} == {"same-lot-other-box"}
