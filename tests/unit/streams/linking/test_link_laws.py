"""The laws of links, on made-up histories: order, doubles and interleaving do not matter; what was
retracted or erased leaves no trace; a block that shrinks gives its links back.
"""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.codec import log_format
from schemas.model import NEWEST_FORM
from schemas.topics import OBJECTS_FORM
from streams.folding.erasure_mark import ROLL_MS
from streams.folding.overlay import Step
from streams.linking import LinkFold
from streams.linking.comparers import COMPARERS
from streams.linking.comparison_rows import block_of
from streams.linking.members import ERASED
from streams.matching import BirthDate, PersonDocument, PersonRecord
from streams.matching.objects import ObjectMeasure, ObjectRecord
from tests.support.linked_world import (
    SECRET,
    LinkedWorld,
    Reading,
    Statement,
    comparer_of,
    event_id,
    keys_of,
    node_of,
    number_of,
    packed,
    read,
)
from tests.support.pipeline import Memory

GIVEN = (("JUAN",), ("JUAN", "CARLOS"), ("ROSA",))
SURNAMES = (("QUISPE", "MAMANI"), ("QUISPE",), ("KISPE", "MAMANI"))
BIRTHS = (BirthDate(1984, 3, 7), BirthDate(1984, 7, 3), None)
DOCUMENTS = ((), (PersonDocument("PE", "national_id", "41234567"),))
PERSONS = st.builds(
    PersonRecord,
    given=st.sampled_from(GIVEN),
    surnames=st.sampled_from(SURNAMES),
    birth=st.sampled_from(BIRTHS),
    documents=st.sampled_from(DOCUMENTS),
)
HEIGHT, WIDTH = ObjectMeasure("HEIGHT", 245.0), ObjectMeasure("WIDTH", 140.0)
OBJECTS = st.builds(
    ObjectRecord,
    type=st.sampled_from(("silverware", "painting")),
    measures=st.sampled_from(((HEIGHT, WIDTH), (HEIGHT, ObjectMeasure("WIDTH", 139.0)), ())),
    inscriptions=st.sampled_from((("1762", "devocion", "perez"), ())),
    description=st.sampled_from((("cordero", "espig", "mixtiline", "periform"), ("querubin",))),
)
WAYS = ("alcantarill", "boqueron", "butron", "inhibidor", "lanza", "satelital")
METHODS = st.builds(ObjectRecord, description=st.sampled_from((WAYS, WAYS[:5], WAYS[3:])))
RECORDS = st.one_of(PERSONS, OBJECTS, METHODS)
NO_CAP = 99
FORMS = (OBJECTS_FORM - 1, NEWEST_FORM)
"""A form whose rows are spread over the partitions of blocks, and one with a row for an event."""


@st.composite
def histories(draw: st.DrawFn, ends: tuple[str, ...] = ("", "withdraw", "erase")) -> LinkedWorld:
    """Up to seven events of three nodes, each with event or two versions and perhaps an end."""
    stories: list[list[Statement]] = []
    for event in range(draw(st.integers(2, 7))):
        records = st.lists(RECORDS, min_size=1, max_size=2).map(tuple)
        versions = draw(st.lists(records, min_size=1, max_size=2))
        story = [Statement(event, "add", statement) for statement in versions]
        end = draw(st.sampled_from(ends))
        stories.append([*story, Statement(event, end)] if end else story)
    log: list[Statement] = []
    while any(stories):
        story = draw(st.sampled_from([story for story in stories if story]))
        log.append(story.pop(0))
    return LinkedWorld(log, draw(st.sampled_from(FORMS)))


def erased(world: LinkedWorld) -> set[bytes]:
    return {event_id(statement.event) for statement in world.statements if statement.op == "erase"}


@given(histories(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_links_do_not_depend_on_order_interleaving_doubles_or_crashes(
    world: LinkedWorld, cap: int, chance: Random
) -> None:
    ordered, mixed = read(world, cap), read(world, cap, chance)
    assert mixed.table(erased(world)) == ordered.table(erased(world))
    assert mixed.table(erased(world), compacted=True) == ordered.table(erased(world))


@given(histories(("", "erase")), st.integers(1, 4))
def test_two_records_are_linked_if_a_shared_block_is_within_its_cap_and_they_are_alike(
    world: LinkedWorld, cap: int
) -> None:
    newest: dict[int, tuple[PersonRecord | ObjectRecord, ...]] = {}
    for statement in world.statements:
        newest[statement.event] = statement.records
        if statement.op == "erase":
            del newest[statement.event]
    sizes: dict[tuple[str, int], int] = {}
    for event, records in newest.items():
        for key in {key for record in records for key in keys_of(record)}:
            sizes[key, node_of(event)] = sizes.get((key, node_of(event)), 0) + 1
    expected = set()
    for event, other in combinations(newest, 2):
        for number, record in enumerate(newest[event]):
            for other_number, other_record in enumerate(newest[other]):
                shared = set(keys_of(record)) & set(keys_of(other_record))
                counts = any(
                    max(sizes[key, node_of(event)], sizes[key, node_of(other)]) <= cap
                    for key in shared
                )
                if counts and are_alike(record, other_record):
                    numbers = number_of(number, record), number_of(other_number, other_record)
                    expected |= {(event, numbers[0], other, numbers[1])}
    assert held(read(world, cap), world) == {
        (event_id(event), number, event_id(other), other_number)
        for event, number, other, other_number in expected
    } | {
        (event_id(other), other_number, event_id(event), number)
        for event, number, other, other_number in expected
    }


def are_alike(record: PersonRecord | ObjectRecord, other: PersonRecord | ObjectRecord) -> bool:
    return comparer_of(record).compare(packed(record), packed(other)) is not None


def held(reading: Reading, world: LinkedWorld, until: int = 10**6) -> set[tuple[object, ...]]:
    """The links that hold at a position: event, person, other event, other person."""
    newest: dict[tuple[object, ...], tuple[int, bool]] = {}
    for row in sorted(reading.table(erased(world)), key=lambda row: int(str(row[5]))):
        if int(str(row[5])) <= until:
            newest[row[:5]] = (0, "b'add'" in str(row[-1]))
    return {pair[:4] for pair, (_at, holds) in newest.items() if holds}


@given(histories(("", "withdraw")), st.integers(2, 4), st.randoms(use_true_random=False))
def test_retracted_is_as_if_never_seen(world: LinkedWorld, cap: int, chance: Random) -> None:
    ended = {statement.event for statement in world.statements if statement.op == "withdraw"}
    rest = world.without(ended)
    assert held(read(world, cap, chance), world) == held(read(rest, cap), rest)


@given(histories(), st.integers(0, 20))
def test_the_past_is_what_was_known_then(world: LinkedWorld, known: int) -> None:
    then = LinkedWorld(world.statements[:known], world.form)
    gone = erased(world)
    now = {link for link in held(read(world, NO_CAP), world, known - 1) if not gone & set(link)}
    before = {link for link in held(read(then, NO_CAP), then) if not gone & set(link)}
    assert now == before


@given(histories(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_after_an_erasure_nothing_of_the_record_is_left_and_a_rebuild_agrees(
    world: LinkedWorld, cap: int, chance: Random
) -> None:
    events = {statement.event for statement in world.statements if statement.op == "erase"}
    rest = world.without(events)
    live = read(world, cap, chance)
    assert live.table(erased(world)) == read(rest, cap).table(set())
    rebuilt = read(world, cap, chance, world.without_keys_of(events))
    assert rebuilt.table(erased(world)) == live.table(erased(world))
    for event in events:
        traces = [event_id(event)]
        rests = [b"".join(_content(memory) for memory in live.memories)]
        rests += [message.value + (message.key or b"") for message in live.newest()]
        assert not any(trace in text for trace in traces for text in rests)
    erased_records = {
        record
        for statement in world.statements
        if statement.event in events
        for record in statement.records
    }
    other = {record for statement in rest.statements for record in statement.records}
    for record in erased_records - other:
        assert not any(packed(record) in _content(memory) for memory in live.memories)
        keys = set(keys_of(record)) - {key for event in other for key in keys_of(event)}
        blocks = [block_of(SECRET, key) for key in keys]
        state = b"".join(_content(memory) for memory in live.memories)
        assert not any(block in state for block in blocks)


def _content(memory: Memory) -> bytes:
    """All that the state holds, but for the marks that an event was erased."""
    return b"".join(key + value for key, value in memory.rows.items() if not key.startswith(ERASED))


def test_what_is_written_names_no_person_and_opens_with_the_event_key_alone() -> None:
    record = PersonRecord(given=("JUAN",), surnames=("QUISPE", "MAMANI"))
    world = LinkedWorld([Statement(0, "add", (record,)), Statement(1, "add", (record,))])
    values = [value for nodes in world.messages.values() for node in nodes for value in node]
    assert values
    for value in values:
        assert b"QUISPE" not in value
        for row in log_format("observations").read(value)["rows"]:
            assert not any(block_of(SECRET, key)[1:] in value for key in keys_of(record))
            assert row["key"][1:] == bytes(15)
    assert read(world, 9, keys={}).written == []


def test_a_minute_after_an_erasure_kafka_is_made_to_begin_another_segment() -> None:
    record = PersonRecord(
        given=("JUAN",), surnames=("QUISPE", "MAMANI"), birth=BirthDate(1984, 3, 7)
    )
    statements = (Statement(0, "add", (record,)), Statement(1, "add", (record,)))
    erased_too = LinkedWorld([*statements, Statement(0, "erase")])
    fold = LinkFold(1)
    for number, memory in enumerate(read(erased_too, 9).memories):
        has_links = any(erased_too.messages[number])
        early = fold.fold_idle(number, ROLL_MS - 1, memory.get, memory.scan)
        assert early == Step({}, [])
        due = fold.fold_idle(number, ROLL_MS, memory.get, memory.scan)
        assert [output.value for output in due.outputs] == [b""] * has_links
        memory.write(due)
        assert fold.fold_idle(number, ROLL_MS, memory.get, memory.scan) == Step({}, [])
    for number, memory in enumerate(read(LinkedWorld(statements), 9).memories):
        assert fold.fold_idle(number, ROLL_MS, memory.get, memory.scan) == Step({}, [])


def test_no_two_comparers_share_a_byte_or_a_letter_and_each_knows_its_own_records() -> None:
    letters = [letter for comparer in COMPARERS for letter in comparer.caps]
    assert len({comparer.format_byte for comparer in COMPARERS}) == len(COMPARERS)
    assert len({comparer.kind for comparer in COMPARERS}) == len(COMPARERS)
    assert len(set(letters)) == len(letters)
    person = PersonRecord(given=("JUAN",), surnames=("QUISPE", "MAMANI"))
    chalice = ObjectRecord("silverware", measures=(HEIGHT, WIDTH), inscriptions=("1762",))
    for record in (person, chalice, ObjectRecord(description=WAYS)):
        comparer = comparer_of(record)
        assert comparer.unpack(comparer.pack(record)) == record
        assert comparer.pack(record)[:1] == comparer.format_byte
        assert {key[0] for key in comparer.keys(record)} <= comparer.caps.keys()
        for other in COMPARERS:
            if other is not comparer:
                with pytest.raises(ValueError, match="unknown format"):
                    other.unpack(comparer.pack(record))


def test_the_records_of_the_laws_are_linked_by_each_comparer() -> None:
    chalice = ObjectRecord("silverware", measures=(HEIGHT, WIDTH), inscriptions=("1762", "perez"))
    person = PersonRecord(("JUAN",), ("QUISPE", "MAMANI"), birth=BirthDate(1984, 3, 7))
    method = ObjectRecord(description=WAYS)
    records = (person, chalice, method)
    world = LinkedWorld([Statement(0, "add", records), Statement(1, "add", records[::-1])])
    rows = [log_format("link").read(message.value) for message in read(world, NO_CAP).newest()]
    assert {row["kind"] for row in rows} == {"person", "object", "method"}


def test_an_event_is_one_row_unless_its_generation_has_a_former_form() -> None:
    person = PersonRecord(("JUAN", "CARLOS"), ("QUISPE", "MAMANI"), birth=BIRTHS[0])
    statement = Statement(0, "add", (person,))
    rows = [
        sum(
            len(messages)
            for of_node in LinkedWorld([statement], form).messages.values()
            for messages in of_node
        )
        for form in FORMS
    ]
    assert rows[0] > rows[1] == 1
