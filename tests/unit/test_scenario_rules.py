"""The scenario through the whole pure line: the product's rules find exactly the indicators that the truth owes, in each world."""

from dataclasses import replace
from pathlib import Path

import pytest

from producers.event import judge
from producers.model import Draft
from producers.scenario.check import Found, compare
from producers.scenario.generate import generate
from producers.scenario.national import NODES
from producers.scenario.snares import EXERCISE
from producers.scenario.truth import Reference, read, read_traps
from schemas.codec import log_format
from schemas.model import EventId, Version
from schemas.seal import new_key, seal
from streams.correlation.memory import Pipeline
from tests.support.knots import MECHANISM_READER, Node, World
from tests.support.scenario import NOW, drafts

RECORDS = 2_000
A_BUNDLE = 50


class Country(Node):
    """A node that seals what the country's mapping made."""

    def event_of(self, one: Draft, key: bytes) -> bytes:
        return log_format("event").write({"envelope": one.envelope, "schema": one.schema, "sealed": seal(one.payload, key, one.id)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(RECORDS, "rules", path)
    return path


def drafts_by_node(folder: Path) -> tuple[dict[str, list[Draft]], dict[EventId, Reference]]:
    """What each node would seal: what was taken before is not sealed again, a correction supersedes."""
    known: dict[EventId, list[Version]] = {}
    sealed: dict[str, list[Draft]] = {node.name: [] for node in NODES}
    references: dict[EventId, Reference] = {}
    for one, kind, made in drafts(folder):
        assert isinstance(made, Draft)
        judged = judge(made, known.get(made.id, []), "TYPING_ERROR" if one["kind"] == "corrections" else None, b"secret")
        if isinstance(judged, Draft):
            known.setdefault(made.id, []).append(judged.version)
            sealed[one["node"]].append(judged)
            references[made.id] = (one["node"], kind.read(made.payload)["source_reference"])
        else:
            assert judged.code == "ALREADY_TAKEN"
    return sealed, references


@pytest.fixture(scope="module")
def line(folder: Path) -> tuple[Pipeline, dict[EventId, Reference]]:
    sealed, references = drafts_by_node(folder)
    nodes = {node.name: Country(node.name, node.country, node.authority) for node in NODES}
    world = World(*nodes.values())
    world.now = NOW
    for name, node in nodes.items():
        for start in range(0, len(sealed[name]), A_BUNDLE):
            batch = sealed[name][start : start + A_BUNDLE]
            keys = [new_key() for _ in batch]
            world.publish(node, *(node.event_of(one, key) for one, key in zip(batch, keys, strict=True)), keys=keys)
    return world.run(), references


def found(line: tuple[Pipeline, dict[EventId, Reference]], exercise: str | None = None) -> list[Found]:
    told, references = line
    return [
        (one.rule, one.grade, frozenset(references[member.event_id] for member in one.evidence))
        for one in told.indicators(replace(MECHANISM_READER, exercise=exercise))
        if one.status == "live"
    ]


def test_the_rules_find_exactly_what_the_truth_owes(folder: Path, line: tuple[Pipeline, dict[EventId, Reference]]) -> None:
    path = folder / "truth.jsonl"
    outcome = compare(read(path), found(line), traps=read_traps(path))
    assert outcome.sprung == ()
    assert (outcome.certain.invented, outcome.certain.missed) == ((), ())
    assert (outcome.possible.invented, outcome.possible.missed) == ((), ())
    assert len(outcome.rules) == 9
    assert all(outcome.of(rule, "certain").found > 0 for rule in outcome.rules)
    assert outcome.possible.found > 2


def test_an_exercise_shows_to_those_in_it_and_to_nobody_else(folder: Path, line: tuple[Pipeline, dict[EventId, Reference]]) -> None:
    path = folder / "truth.jsonl"
    in_exercise = compare(read(path, EXERCISE), found(line, EXERCISE))
    assert in_exercise.certain.exact
    assert in_exercise.certain.found >= 2
    drill = {reference for one in read(path, EXERCISE) for reference in one.references}
    assert not any(drill & references for _, _, references in found(line))
