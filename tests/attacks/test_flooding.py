"""E2: nobody hides a true indicator by publishing many records on the same thing.

The attacker is record admitted country with all its authorities and nodes. Each test compares what a
reader or an owner sees with the flood, and without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.hits.decide import OwnerHit, changes_to_send, live_hits
from schemas.model import Label, Reader
from schemas.release.reader_text import parse_reader
from schemas.release.rules import release
from streams.correlation.assess import Indicator, indicators_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.correlation.thing_classes import CROWD
from streams.rules import read_rule_book
from tests.support.effort import examples
from tests.support.members import Member, Statement, evidence, written
from tests.support.signed_bundles import (
    ExchangeBuilder,
    Item,
    Node,
    control,
    ecuador,
    peru,
    seizure,
    weapon,
)

BOOK = read_rule_book()
RULE = "stolen-weapon-seized-abroad"
FLOOD = 51
READERS = (
    *(parse_reader(f"{country}/analyst/AMBER") for country in ("BO", "CO", "EC", "PE", "MEC")),
    parse_reader("PE/SUCAMEC/analyst/RED"),
    parse_reader("CO/analyst/RED", exercise="SIMULACRO"),
)
Shown = list[Indicator]


# -- through intake, with signed and sealed records


def exchange(*flooders: Node) -> tuple[ExchangeBuilder, Node, Node]:
    owner, other = ecuador(), peru()
    return ExchangeBuilder(owner, other, *flooders), owner, other


def malo(name: str = "co-malo", authority: str = "MALO") -> Node:
    return Node(name, "CO", authority, secret=name.encode())


def flood(world: ExchangeBuilder, node: Node, items: Sequence[Item], **changes: Any) -> None:
    for start in range(0, len(items), 25):
        world.publish(node, *items[start : start + 25], **changes)


def seen(world: ExchangeBuilder, without: Iterable[Node] = ()) -> dict[Reader, Shown]:
    """What each reader is shown; `without`: as if these nodes had never published."""
    hidden = {f"quipu.bundles.{node.country.lower()}" for node in without}
    line = world.pipeline()
    for message in world.log:
        if message.topic not in hidden:
            line.take([message], world.key_lists)
    line.correlate_all()
    return {reader: line.indicators(reader) for reader in READERS}


def hits(world: ExchangeBuilder) -> list[OwnerHit]:
    return live_hits(world.run().evidence(), BOOK)


def true_pair(world: ExchangeBuilder, owner: Node, other: Node, serial: str = "ABC12345") -> None:
    world.publish(owner, weapon(f"T-{serial}", "STOLEN", serial))
    world.publish(other, weapon(f"T-{serial}", "SEIZED", serial))


def records(count: int, **changes: Any) -> list[Item]:
    return [weapon(f"M-{number}", "SEIZED", **changes) for number in range(count)]


ADDRESSED = {
    "to everybody": {},
    "to the victim alone": {"recipients": ["PE"], "tlp": "AMBER"},
    "as an exercise": {"exercise": "SIMULACRO"},
}


@pytest.mark.parametrize("envelope", ADDRESSED.values(), ids=ADDRESSED)
@pytest.mark.parametrize("before", [True, False])
def test_51_records_of_one_node_hide_no_true_indicator(
    envelope: dict[str, Any], before: bool
) -> None:
    node = malo()
    world, owner, other = exchange(node)
    if not before:
        true_pair(world, owner, other)
    flood(world, node, records(FLOOD, envelope=envelope))
    if before:
        true_pair(world, owner, other)
    shown, true = seen(world), seen(world, [node])
    assert shown == true
    assert any(indicator.rule == RULE for indicator in shown[READERS[0]])


def test_a_flood_that_begins_with_a_true_record_keeps_its_own_records_out() -> None:
    """The flooder's records are evidence while they are few, and none once they are many."""
    node = malo()
    world, owner, other = exchange(node)
    true_pair(world, owner, other)
    flood(world, node, records(10))
    few = seen(world)[READERS[0]]
    assert {
        row.row.country for indicator in few if indicator.rule == RULE for row in indicator.evidence
    } == {*("CO", "EC", "PE")}
    flood(world, node, [weapon(f"N-{number}", "SEIZED") for number in range(FLOOD)])
    assert seen(world) == seen(world, [node])


def test_a_retracted_flood_is_as_one_that_was_never_published() -> None:
    node = malo()
    world, owner, other = exchange(node)
    true_pair(world, owner, other)
    items = records(FLOOD)
    flood(world, node, items)
    flood(
        world, node, [control("retraction", f"R-{n}", node.id_of(m)) for n, m in enumerate(items)]
    )
    assert seen(world) == seen(world, [node])


def test_versions_of_one_event_are_one_record() -> None:
    node = malo()
    world, owner, other = exchange(node)
    true_pair(world, owner, other)
    version = weapon("M", "SEIZED", envelope={"case_reference": "0"})
    world.publish(node, version)
    for number in range(1, FLOOD):
        envelope = {"case_reference": str(number)}
        version = weapon("M", "SEIZED", envelope=envelope, supersedes=version)
        world.publish(node, version)
    shown = [indicator for indicator in seen(world)[READERS[0]] if indicator.rule == RULE]
    assert [(indicator.status, indicator.members) for indicator in shown] == [("live", 3)]


def test_many_nodes_lanes_and_authorities_of_one_country_are_one_flood() -> None:
    nodes = [malo(f"co-malo{number}", f"MALO{number % 9}") for number in range(18)]
    world, owner, other = exchange(*nodes)
    for number, node in enumerate(nodes):
        lane = ("routine", "urgent")[number % 2]
        flood(world, node, [weapon(f"M-{n}", "SEIZED") for n in range(3)], lane=lane)
    true_pair(world, owner, other)
    assert seen(world) == seen(world, nodes)


def test_the_honest_authority_of_the_flooders_country_stays() -> None:
    node, honest = malo(), Node("co-ponal", "CO", "PONAL")
    world, _owner, other = exchange(node, honest)
    true_pair(world, honest, other)
    before = seen(world)
    flood(world, node, records(FLOOD))
    assert seen(world) == before


def serials(count: int) -> list[str]:
    return [f"SER{number:05d}" for number in range(count)]


def mass_flood(count: int) -> None:
    node = malo()
    world, owner, other = exchange(node)
    for serial in serials(count):
        true_pair(world, owner, other, serial)
    for number in range(FLOOD):
        world.publish(node, seizure(f"M-{number}", serials(count)))
    shown = seen(world)
    assert shown == seen(world, [node])
    assert sum(indicator.rule == RULE for indicator in shown[READERS[0]]) == count


def test_51_seizures_of_many_serials_hide_none_of_them() -> None:
    mass_flood(8)


@pytest.mark.long_attack
def test_51_seizures_of_a_hundred_serials_hide_none_of_them() -> None:
    mass_flood(100)


def test_no_hit_ends_because_somebody_publishes_more() -> None:
    node = malo()
    world, owner, other = exchange(node)
    true_pair(world, owner, other)
    sent = {(hit.indicator, hit.owner): hit.content for hit in hits(world)}
    assert {hit_owner.authority for _, hit_owner in sent} == {"POLICIA", "SUCAMEC"}
    flood(world, node, records(FLOOD))
    changes = changes_to_send(hits(world), sent)
    assert [change.owner.authority for change in changes if change.owner.authority != "MALO"] == []


# -- laws, over any flood


def test_one_record_that_comes_and_is_erased_makes_no_others_be_written_again() -> None:
    """ADR 0042: it was the last of its class, so each time a row of every record was written."""
    many = [Statement("add", member(n, "CO/MALO", "STOLEN"), n) for n in range(1, 501)]
    comes_and_goes = [
        Statement(op, member(1_000 + n, "EC/MALO", "SEIZED"), 10_000 + 2 * n + (op == "erase"))
        for n in range(10)
        for op in ("add", "erase")
    ]
    rows = list(written([*many, *comes_and_goes], BOOK))
    assert max(map(len, rows[len(many) :])) < 20
    assert max(map(len, rows)) < 2 * CROWD * len(BOOK.of_kind("weapon"))


def label(country: str, authority: str, **changes: Any) -> Label:
    open_label = Label(country, authority, ("ALL",), "GREEN", (), None, "investigation", None)
    return replace(open_label, **changes)


def member(event: int, published_by: str, status: str, **changes: Any) -> Member:
    country, _, authority = published_by.partition("/")
    traits = {"status": status, "calibre": changes.pop("calibre", "9X19")}
    own = label(country, authority, **changes)
    return Member(event, "weapon", country, "weapon_record", traits, label=own)


OWNERS = ("EC/POLICIA", "EC/FISCALIA", "PE/SUCAMEC", "PE/PNP", "BO/FELCN", "CO/PONAL")
MARKINGS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {},
    {"tlp": "AMBER"},
    {"recipients": ("PE",), "tlp": "AMBER"},
    {"recipients": ("PE/SUCAMEC",), "tlp": "AMBER+STRICT"},
    {"tlp": "RED"},
    {"exercise": "SIMULACRO"},
)


def true_members(chance: Random) -> list[Member]:
    pair = [member(1, "EC/POLICIA", "STOLEN"), member(2, "PE/SUCAMEC", "SEIZED")]
    return pair + [
        member(
            number,
            chance.choice(OWNERS),
            chance.choice(("STOLEN", "SEIZED", "REGISTERED")),
            calibre=chance.choice(("9X19", "9X19", "7.62X39")),
            **chance.choice(MARKINGS),
        )
        for number in range(3, chance.randint(3, 9))
    ]


def flood_members(chance: Random, count: int, markings: Sequence[dict[str, Any]]) -> list[Member]:
    authorities = chance.choice((1, 1, 2, 5))
    return [
        member(
            number,
            f"CO/MALO{chance.randrange(authorities)}",
            chance.choice(("STOLEN", "SEIZED", "DESTROYED")),
            calibre=chance.choice(("9X19", "38 SPECIAL", "7.62X39")),
            **chance.choice(markings),
        )
        for number in chance.sample(range(1_000, 9_000), count)
    ]


def times(chance: Random, true: list[Member], others: list[Member]) -> list[Statement]:
    """All records at times of their own; the true ones keep theirs, whatever the flood does."""
    statements = [Statement("add", record, 1_000 * number) for number, record in enumerate(true, 1)]
    free = [time for time in range(1, 12_000) if time % 1_000]
    moments = chance.sample(free, len(others))
    return statements + [
        Statement("add", record, at) for record, at in zip(others, moments, strict=True)
    ]


def shuffled(statements: list[Statement], chance: Random) -> list[EvidenceRow]:
    """Evidence of the log however its partitions were interleaved; each keeps its order."""
    by_topic: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda record: record.time):
        by_topic.setdefault(statement.topic, []).append(statement)
    mixed = []
    while by_topic:
        topic = chance.choice(sorted(by_topic))
        mixed.append(by_topic[topic].pop(0))
        if not by_topic[topic]:
            del by_topic[topic]
    return evidence(mixed, BOOK, chance.randint(1, 9))


def retractions(members: Iterable[Member], since: int = 20_000) -> list[Statement]:
    return [Statement("withdraw", record, since + number) for number, record in enumerate(members)]


def shown_to(reader: Reader, rows: list[EvidenceRow]) -> Shown:
    return indicators_for(rows, reader, None, BOOK)


LAW = settings(max_examples=examples(5), deadline=None)
SEED = st.integers(0, 2**32)


@LAW
@given(SEED)
def test_a_large_flood_of_one_authority_changes_no_indicator_of_anybody(seed: int) -> None:
    """It adds at most a hub, where its own records pair with those of somebody."""
    chance = Random(seed)
    true = true_members(chance)
    status = chance.choice(("STOLEN", "SEIZED"))
    others = [
        member(number, "CO/MALO", status) for number in chance.sample(range(1_000, 9_000), 60)
    ]
    rows = shuffled(times(chance, true, others), chance)
    alone = evidence(times(chance, true, []), BOOK)
    for reader in READERS:
        shown, true_ones = shown_to(reader, rows), shown_to(reader, alone)
        ids = {indicator.id for indicator in true_ones}
        assert [indicator for indicator in shown if indicator.id in ids] == true_ones
        assert {indicator.status for indicator in shown if indicator.id not in ids} <= {"hub"}


@LAW
@given(SEED)
def test_no_flood_takes_a_true_record_or_an_owners_hit_away(seed: int) -> None:
    """Whatever its size, its markings and how it is divided: the indicator stays, with its pairs."""
    chance = Random(seed)
    true = true_members(chance)
    others = flood_members(chance, chance.randint(1, 90), MARKINGS)
    statements = times(chance, true, others)
    alone = evidence(times(chance, true, []), BOOK)
    gone = chance.sample(others, chance.randint(0, len(others)))
    rows = shuffled([*statements, *retractions(gone)], chance)
    for reader in READERS:
        after = {indicator.id: indicator for indicator in shown_to(reader, rows)}
        for before in shown_to(reader, alone):
            events = {item.row.event_id for item in after[before.id].evidence}
            assert {item.row.event_id for item in before.evidence} <= events
    owners = {(hit.indicator, hit.owner) for hit in live_hits(rows, BOOK)}
    assert {(hit.indicator, hit.owner) for hit in live_hits(alone, BOOK)} <= owners


@LAW
@given(SEED)
def test_what_is_hidden_or_retracted_of_a_flood_changes_nothing(seed: int) -> None:
    chance = Random(seed)
    true = true_members(chance)
    others = flood_members(chance, chance.randint(40, 90), MARKINGS)
    gone = chance.sample(others, chance.randint(0, len(others)))
    rows = shuffled([*times(chance, true, others), *retractions(gone)], chance)
    retracted = {record.event.to_bytes(16, "big") for record in gone}
    for reader in READERS:
        visible = [
            row
            for row in rows
            if row.event_id not in retracted and row.label and release(row.label, reader).released
        ]
        assert shown_to(reader, rows) == shown_to(reader, visible)


@LAW
@given(SEED)
def test_what_the_store_does_not_read_of_a_flood_decides_nothing(seed: int) -> None:
    """`queries/evidence.sql` reads as many events of a role and label as a hub has, and one more."""
    chance = Random(seed)
    others = flood_members(chance, chance.randint(60, 140), MARKINGS[:5])
    rows = shuffled(times(chance, true_members(chance), others), chance)
    groups: dict[Any, list[EvidenceRow]] = {}
    for row in sorted(rows, key=lambda row: row.event_id):
        groups.setdefault((row.indicator, row.role, row.label), []).append(row)
    read = [row for group in groups.values() for row in group[: BOOK.by_id[RULE].hub + 1]]
    for reader in READERS:
        whole = shown_to(reader, rows)
        for before, after in zip(whole, shown_to(reader, read), strict=True):
            assert (before.id, before.status) == (after.id, after.status)
            assert before.status == "hub" or before == after


@LAW
@given(SEED)
def test_the_order_of_the_log_decides_nothing(seed: int) -> None:
    """The same records at other places of the log: the same events are evidence."""
    chance = Random(seed)
    true = true_members(chance)
    others = flood_members(chance, chance.randint(40, 90), MARKINGS)

    def events(statements: list[Statement], reader: Reader) -> list[Any]:
        return [
            (
                indicator.id,
                indicator.status,
                indicator.members,
                sorted(item.row.event_id for item in indicator.evidence),
            )
            for indicator in shown_to(reader, shuffled(statements, chance))
        ]

    once = times(chance, true, others)
    again = [
        replace(statement, time=time)
        for statement, time in zip(once, chance.sample(range(1, 30_000), len(once)), strict=True)
    ]
    for reader in READERS:
        assert events(once, reader) == events(again, reader)


@LAW
@given(SEED)
def test_a_hub_of_many_countries_hides_nothing_either(seed: int) -> None:
    """Countries that conspire make a hub at most; who shares the value stays to be seen."""
    chance = Random(seed)
    pair = [member(1, "EC/POLICIA", "STOLEN"), member(2, "PE/SUCAMEC", "SEIZED")]
    others = [
        replace(record, country=country, label=replace(record.label, country=country))
        for record in flood_members(chance, chance.randint(51, 90), [{}])
        for country in [chance.choice(("BO", "CO", "AR"))]
    ]
    rows = shuffled(times(chance, pair, others), chance)
    shown = {indicator.rule: indicator for indicator in shown_to(READERS[0], rows)}
    assert {1, 2} <= {int.from_bytes(item.row.event_id, "big") for item in shown[RULE].evidence}
    owners = {hit.owner.authority for hit in live_hits(rows, BOOK) if hit.live}
    assert {"POLICIA", "SUCAMEC"} <= owners
