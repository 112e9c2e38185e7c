"""The scenario through the whole pure line: the product's rules find exactly the indicators that the truth owes."""

from pathlib import Path

import pytest

from producers.event import judge
from producers.model import Draft
from producers.scenario.check import Found, compare
from producers.scenario.generate import generate
from producers.scenario.national import NODES
from producers.scenario.truth import Reference, read
from schemas.codec import log_format
from schemas.model import EventId, Version
from schemas.seal import new_key, seal
from tests.support.knots import MECHANISM_READER, Node, World
from tests.support.scenario import NOW, drafts

RECORDS = 1_000
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


def test_the_rules_find_exactly_what_the_truth_owes(folder: Path) -> None:
    sealed, references = drafts_by_node(folder)
    nodes = {node.name: Country(node.name, node.country, node.authority) for node in NODES}
    world = World(*nodes.values())
    world.now = NOW
    for name, node in nodes.items():
        for start in range(0, len(sealed[name]), A_BUNDLE):
            batch = sealed[name][start : start + A_BUNDLE]
            keys = [new_key() for _ in batch]
            world.publish(node, *(node.event_of(one, key) for one, key in zip(batch, keys, strict=True)), keys=keys)
    line = world.run()
    found: list[Found] = [
        (one.rule, one.grade, frozenset(references[member.event_id] for member in one.evidence))
        for one in line.indicators(MECHANISM_READER)
    ]
    outcome = compare(read(folder / "truth.jsonl"), found)
    assert (outcome.certain.invented, outcome.certain.missed) == ((), ())
    assert (outcome.possible.invented, outcome.possible.missed) == ((), ())
    assert outcome.certain.found > 50
    assert outcome.possible.found > 2
