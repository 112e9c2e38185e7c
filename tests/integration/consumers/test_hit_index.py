"""The index of hit look-ups follows the log, and says what the store says; the command answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest

from consumers.query.hit_lookup.lines import HitLine, read_hit_line
from consumers.query.hit_lookup.records import Records, StoredThings, asking_for_hits
from consumers.query.released_labels import ReleasedLabels
from consumers.query.store_reader import StoreReader
from consumers.serving.index_follower import IndexFollower
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.kafka_access import ProcessName
from infra.keys import keyring
from schemas import topics
from schemas.model import THING_PARTITIONS
from schemas.release.reader_text import parse_reader
from streams.rules import read_rule_book
from tests.support.node import row
from tests.support.pipeline_harness import Pipeline, codes

pytestmark = pytest.mark.integration
SERIAL, UNKNOWN = "HLX710001", "HLX710002"
ASKER = asking_for_hits(parse_reader("EC/analyst/AMBER"))
LINE = HitLine("weapon", SERIAL, make="GLOCK", type="PISTOL")


@pytest.fixture(scope="module")
def follower(pipeline: Pipeline) -> Iterator[IndexFollower]:
    """The index as the API has it, with the permissions of the API."""
    settings = pipeline.settings.acting_as(ProcessName.API)
    number = pipeline.generation
    with closing(IndexFollower(settings, lambda: number)) as index:
        index.start()
        yield index


def by_store(pipeline: Pipeline, ids: tuple[str, ...]) -> Records:
    number = pipeline.generation
    client = connect(pipeline.settings, StoreUser.READER, database_of(number))
    try:
        store = StoreReader(client, read_rule_book(), ReleasedLabels(client))
        return StoredThings(store).of_things(ids, ASKER)
    finally:
        client.disconnect()


def plain(records: Records) -> Mapping[str, set[Any]]:
    return {id_: set(of_thing) for id_, of_thing in records.items()}


def test_the_index_says_what_the_store_says_and_the_command_answers(
    pipeline: Pipeline, follower: IndexFollower
) -> None:
    secret = keyring.load_mechanism_keys(pipeline.settings).thing_secret
    things = read_hit_line(LINE, secret).things
    for partition in range(THING_PARTITIONS):  # what is unreadable must not end the index
        pipeline.send(topics.observations(pipeline.generation), partition, b"broken", "broken")
    for node in ("co-ponal", "pe-sucamec"):
        report = pipeline.publish(node, row(7101, SERIAL), name=f"hit-index-{node}.csv")
        assert codes(report) == []
    pipeline.eventually(lambda: len(_owners(by_store(pipeline, things))) == 2, "the store has it")
    pipeline.eventually(
        lambda: len(_owners(follower.of_things(things, ASKER) or {})) == 2, "the index has it"
    )
    assert plain(follower.of_things(things, ASKER) or {}) == plain(by_store(pipeline, things))
    given = ("--make", "GLOCK", "--type", "PISTOL", "--kind", "weapon", "--basis", "CAN-552")
    asked_as = ("--as", "EC/analyst/AMBER")
    hit = pipeline.quipu("hit-lookup", "ask", "--number", SERIAL, *given, *asked_as)
    assert (hit.returncode, hit.stdout.splitlines()[0]) == (0, "HIT"), hit.stderr
    assert "PONAL" in hit.stdout and "SUCAMEC" in hit.stdout
    none = pipeline.quipu("hit-lookup", "ask", "--number", UNKNOWN, *given, *asked_as)
    assert none.stdout.splitlines()[0] == "NO HIT"
    reference = re.search(r"Reference: (\S+)", hit.stdout)
    assert reference is not None

    def seen(*options: str) -> list[Any]:
        done = pipeline.quipu("hit-lookup", "asked", "--json", *options)
        assert done.returncode == 0, done.stderr
        return [hit for hit in json.loads(done.stdout) if hit["reference"] == reference[1]]

    pipeline.eventually(lambda: bool(seen("--mine", *asked_as)), "who asked sees it")
    (own,) = seen("--mine", *asked_as)
    assert (own["owners"], own["events"]) == (["CO/PONAL", "PE/SUCAMEC"], [])
    (owned,) = seen("--as", "PE/analyst/AMBER")
    assert (len(owned["events"]), owned["owners"], owned["legal_basis"]) == (1, [], "CAN-552")
    assert seen("--as", "BO/analyst/AMBER") == [], "nobody else hears of it"
    draft = pipeline.quipu("hit-lookup", "follow-up", reference[1], "--to", "PE/SUCAMEC", *asked_as)
    assert json.loads(draft.stdout)["case_reference"] == reference[1]


def _owners(records: Records) -> set[tuple[str, str]]:
    return {
        (record.shown.country, record.shown.authority)
        for of_thing in records.values()
        for record in of_thing
    }
