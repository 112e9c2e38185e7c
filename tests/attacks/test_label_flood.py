"""E2, E1: an authority that gives each record another label costs every question without bound.

Labels differ in recipients or in the words of a condition. A question reads what decides of each
label, and asks the release rules for each. Ten nodes that used up MAX_LABELS also ended the bound of
finding B3: rows of every label were read then, and their time told of hidden ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.query.released_labels import MAX_LABELS, ReleasedLabels
from consumers.query.store_reader import StoreReader
from consumers.sink.table_rows import Batch
from consumers.sink.writer import TableWriter
from consumers.store.sql import MIGRATIONS, rows_as_dicts
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from infra.orchestration.stack import RunningStack
from schemas import topics
from schemas.bounds import MAX_LABELS_PER_NODE
from schemas.crypto.sealing import new_key
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release import label_codec
from schemas.release.reader_text import parse_reader
from schemas.release.rules import release
from streams.correlation.assess import indicators_for
from streams.correlation.crowding import most_that_decide
from streams.correlation.evidence_rows import EvidenceRow
from streams.intake import label_quota
from streams.rules import read_rule_book
from tests.support import derived
from tests.support.effort import examples
from tests.support.engines import unique
from tests.support.members import Member, adds, evidence
from tests.support.signed_bundles import (
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    control,
    ecuador,
    items_of,
    weapon,
)

BOOK = read_rule_book()
READERS = tuple(
    parse_reader(text)
    for text in ("CO/analyst/AMBER", "EC/POLICIA/analyst/AMBER", "PE/analyst/AMBER")
)
ACCEPTED, FULL = ("accepted", ""), ("rejected", "TOO_MANY_LABELS")


# -- at intake


def labelled(number: int, **envelope: Any) -> Item:
    return weapon(
        f"W-{number}", "STOLEN", envelope={"recipients": ["EC", f"@g{number}"], **envelope}
    )


def quota(labels: int, node: Node, *others: Node) -> ExchangeBuilder:
    world = ExchangeBuilder(node, *others)
    world.configure("LabelQuota", {"labels": labels}, world.now)
    return world


def test_a_new_exchange_bounds_the_labels_of_a_node() -> None:
    """E1: before, the thousandth label of a node was taken as the first was."""
    node = colombia()
    world = quota(MAX_LABELS_PER_NODE, node)
    items = [labelled(number) for number in range(MAX_LABELS_PER_NODE + 50)]
    for start in range(0, len(items), 50):
        world.publish(node, *items[start : start + 50])
    assert items_of(world.run()) == [ACCEPTED] * MAX_LABELS_PER_NODE + [FULL] * 50


@pytest.mark.parametrize(
    "change",
    [
        {"recipients": ["EC", "@other"]},
        {"tlp": "AMBER"},
        {"handling": ["H1"]},
        {"handling": ["H3"], "condition": "ask first"},
        {"exercise": "SIMULACRO"},
    ],
    ids=str,
)
def test_each_part_of_a_label_makes_it_another(change: dict[str, Any]) -> None:
    node = colombia()
    world = quota(1, node)
    world.publish(node, labelled(0), weapon("W-1", "STOLEN", envelope=labelled(0).envelope))
    world.publish(node, labelled(0, **change))
    assert items_of(world.run())[:2] == [ACCEPTED] * 2
    assert items_of(world.run())[2] == FULL


def test_a_node_that_used_up_its_labels_goes_on_with_those_that_it_has() -> None:
    """It also retracts and erases, and nodes of others have their own quota."""
    node, other = colombia(), ecuador()
    world = quota(3, node, other)
    items = [labelled(number) for number in range(4)]
    world.publish(node, *items)
    again = weapon("W-9", "STOLEN", envelope=items[1].envelope)
    world.publish(node, again, control("retraction", "R-1", node.id_of(items[0])))
    world.publish(node, control("erasure", "E-1", node.id_of(items[1])))
    world.publish(other, labelled(77))
    assert items_of(world.run()) == [ACCEPTED] * 3 + [FULL] + [ACCEPTED] * 4


def test_labels_of_retractions_have_a_quota_too() -> None:
    """Else they would fill the labels of the table of events."""
    node = colombia()
    world = quota(2, node)
    item = labelled(0)
    world.publish(node, item)
    for number in range(3):
        act = control("retraction", f"R-{number}", node.id_of(item))
        act.envelope.update(recipients=["EC", f"@g{number}"])
        world.publish(node, act)
    assert items_of(world.run()) == [ACCEPTED] * 3 + [FULL]


def test_an_older_exchange_takes_every_label_until_config_says_otherwise() -> None:
    """A verdict that was given stays: what came before counts for nothing, in a rebuild too."""
    node = colombia()
    world = ExchangeBuilder(node)
    world.publish(node, *(labelled(number) for number in range(5)))
    world.configure("LabelQuota", {"labels": 2}, world.now + 2_000)
    world.now += 3_000
    world.publish(node, *(labelled(number) for number in range(3, 7)))
    verdicts = items_of(world.run())
    assert verdicts == [ACCEPTED] * 5 + [("duplicate", "")] * 2 + [FULL] * 2


def test_an_erasure_changes_no_later_verdict() -> None:
    """Labels are read in the signed event, which stays when its key goes."""
    node = colombia()
    world = quota(2, node)
    items = [labelled(number) for number in range(3)]
    world.publish(node, *items, keys=[new_key() for _ in items])
    before = items_of(world.run())
    (cord, sequence), *_ = world.key_lists
    world.forget_keys(node, cord, sequence, 0, 1)
    assert items_of(world.run()) == before == [ACCEPTED] * 2 + [FULL]


def test_the_state_of_a_node_s_labels_is_bounded() -> None:
    node = colombia()
    world = quota(10, node)
    world.publish(node, *(labelled(number) for number in range(40)))
    rows = world.run().memory(topics.bundles("CO"), 0).rows
    kinds = [key[:1] for key in rows if key[:1] in (label_quota.LABEL, label_quota.COUNT)]
    assert len(kinds) == 11


# -- at a question


def flood(chance: Random, count: int) -> list[Member]:
    """Records of one authority, most with a label of its own."""
    members = []
    for number in range(count):
        recipients = ("EC", f"@g{number}") if chance.random() < 0.8 else ("PE",)
        own = derived.LABEL | {"authority": "MALO", "recipients": list(recipients)}
        members.append(member(1_000 + number, "CO", "SEIZED", own))
    return members


def member(event: int, country: str, status: str, own: dict[str, Any]) -> Member:
    label = label_codec.read(label_codec.write(own | {"country": country}))
    traits = {"status": status, "calibre": "9X19"}
    return Member(event, "weapon", country, "weapon_record", traits, label=label)


def as_read(rows: list[EvidenceRow], reader: Reader, most: int) -> list[EvidenceRow]:
    """What queries/evidence.sql reads for a reader: of each authority the first events by id."""
    groups: dict[Any, list[EvidenceRow]] = {}
    for row in sorted(rows, key=lambda row: row.event_id):
        if row.label is not None and release(row.label, reader).released:
            place = (row.indicator, row.role, row.country, row.label.authority)
            groups.setdefault(place, []).append(row)
    return [row for group in groups.values() for row in group[:most]]


@settings(max_examples=examples(5), deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_not_read_of_an_authority_decides_nothing(seed: int) -> None:
    chance = Random(seed)
    pair = [
        member(1, "EC", "STOLEN", derived.LABEL | {"authority": "POLICIA"}),
        member(2, "PE", "SEIZED", derived.LABEL | {"authority": "SUCAMEC"}),
    ]
    members = pair + flood(chance, chance.randint(20, 120))
    chance.shuffle(members)
    rows, rule = evidence(adds(members), BOOK), BOOK.by_id["stolen-weapon-seized-abroad"]
    for reader in READERS:
        whole = indicators_for(rows, reader, None, BOOK)
        part = indicators_for(as_read(rows, reader, rule.hub + 1), reader, None, BOOK)
        for before, after in zip(whole, part, strict=True):
            assert (before.id, before.status) == (after.id, after.status)
            assert before.status == "hub" or before == after


# -- in the store


@pytest.fixture(scope="module")
def client(stack: RunningStack) -> Iterator[Client]:
    name = unique("quipu_labels")
    migrator = connect(stack.settings, StoreUser.MIGRATOR)
    migrate(migrator, MIGRATIONS, name)
    migrator.disconnect()
    writer = TableWriter(connect(stack.settings, StoreUser.WRITER, name))
    writer.write(flooding_batch())
    writer.close()
    client = connect(stack.settings, StoreUser.MIGRATOR, name)
    yield client
    client.disconnect()


LABELS, EVENTS_A_LABEL = 300, 10
THING, INDICATOR = derived.id16("thing"), derived.id16("indicator")


def flooding_batch() -> Batch:
    """Make 3,000 records of one authority on one thing, ten of each label."""
    batch = Batch()
    for number in range(LABELS):
        own = label_codec.write(derived.LABEL | {"recipients": ["EC", f"@g{number}"]})
        places = range(number * EVENTS_A_LABEL, (number + 1) * EVENTS_A_LABEL)
        batch.add_observations(
            derived.observations(
                places[0],
                [
                    derived.observation(THING, derived.id16("event", place), place, label=own)
                    for place in places
                ],
            )
        )
        batch.add_evidence(
            derived.evidence(
                [
                    derived.evidence_row(
                        INDICATOR, THING, derived.id16("event", place), place, label=own
                    )
                    for place in places
                ]
            )
        )
    return batch


@pytest.mark.integration
@pytest.mark.parametrize("table", ["evidence", "observations"])
def test_a_question_reads_as_many_rows_of_an_authority_as_decide(
    client: Client, table: str
) -> None:
    """E2: before, it read as many of each label: 3,000 here, and without bound."""
    reader = parse_reader("EC/analyst/AMBER")
    labels = ReleasedLabels(client).of(table, reader)
    assert (len(labels.labels), labels.all_labels) == (LABELS, 0)
    id_ = to_uuid_text(INDICATOR if table == "evidence" else THING)
    most = most_that_decide(BOOK)
    parameters = {"ids": [id_], "as_of": 2**50, "most": most, **labels._asdict()}
    rows = rows_as_dicts(client, table, parameters)
    assert len(rows) == most < LABELS * EVENTS_A_LABEL
    assert StoreReader(client, BOOK, ReleasedLabels(client)).things(
        [to_uuid_text(THING)], reader, None
    )


def test_a_few_nodes_do_not_end_the_bound_of_labels() -> None:
    """B3: with more than MAX_LABELS rows of every label are read, and their time tells of hidden."""
    assert MAX_LABELS >= 25 * 2 * MAX_LABELS_PER_NODE
