"""E1: one record of legal size stopped the exchange of all countries for ever.

Three reproductions of the finding: 2,000 half-legible weapons in an event, 20 of them with 2,500
recipients, and many such events in a bundle. A malicious node skips the checks of the node.
"""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from producers.events.draft import EventOrigin, build_draft
from producers.events.sealing import Signing, seal_all
from producers.model import Draft, MappedRow, Refusal
from producers.node import CountryNode
from producers.outbox import verdicts
from schemas import bounds, words
from schemas.avro.codec import log_format
from schemas.crypto.sealing import read_signed
from schemas.event.event_type import event_type
from schemas.examples import example
from schemas.model import Cord
from schemas.normalise import COUNTERS
from tests.support.node import NODE, offline, row, weapons, write
from tests.support.pipeline import Pipeline
from tests.support.receipts import receipt_record
from tests.support.signed_bundles import (
    START,
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    ecuador,
    items_of,
    seizure,
    weapon,
)

POISON = "AB?00001?C"
MANY = [f"@{'g' * 50}{number}" for number in range(2_500)]
ORIGIN = EventOrigin("co-ponal", "CO", "CO-PONAL", b"secret")


@pytest.fixture
def co() -> Node:
    return colombia()


@pytest.fixture
def world(co: Node) -> ExchangeBuilder:
    return ExchangeBuilder(co, ecuador())


def observed(line: Pipeline) -> int:
    return sum(len(record["rows"]) for record in line.records("observations"))


def fields(line: Pipeline) -> list[tuple[str, str, str]]:
    return [
        (item["verdict"], item["code"], item["field"])
        for record in line.records("receipt")
        for item in record["items"]
    ]


def at_the_node(item: Item) -> Draft | list[Refusal]:
    envelope = {**example(item.type).envelope, **item.envelope}
    row = MappedRow(7, item.payload, envelope, item.reference)
    return build_draft(row, ORIGIN, event_type(item.type), START)


def test_thousands_of_half_legible_weapons_are_accepted_and_not_compared(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, seizure("S-1", [POISON] * 1_999 + ["ABC12345"]))
    began = time.process_time()
    tracemalloc.start()
    line = world.run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert fields(line) == [("accepted", "TOO_MANY_READINGS", "items[0].weapon")]
    assert observed(line) == 1, "the legible weapon is compared all the same"
    assert peak < 100e6
    assert time.process_time() - began < 20, "105 s before, without tracemalloc"
    assert words.remedy("TOO_MANY_READINGS", "es")


def test_a_single_half_legible_weapon_is_compared_with_all_it_could_be(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("W-1", "STOLEN", POISON))
    line = world.run()
    assert fields(line) == [("accepted", "", "")]
    assert 500 < observed(line) <= bounds.MAX_UNREAD_READINGS


def test_more_recipients_than_there_are_authorities_are_refused_by_node_and_intake(
    world: ExchangeBuilder, co: Node
) -> None:
    poison = seizure("S-1", [POISON] * 20, envelope={"recipients": MANY})
    assert [(refusal.code, refusal.field) for refusal in at_the_node(poison)] == [  # type: ignore[union-attr]
        ("TOO_MANY_ENTRIES", "recipients")
    ]
    world.publish(co, poison)
    line = world.run()
    assert fields(line) == [("rejected", "TOO_MANY_ENTRIES", "recipients")]
    assert observed(line) == 0


def test_long_recipients_are_refused_by_their_length(world: ExchangeBuilder, co: Node) -> None:
    names = [f"@{'g' * 60}{number}" for number in range(64)]
    world.publish(co, seizure("S-1", ["ABC12345"], envelope={"recipients": names}))
    assert fields(world.run()) == [("rejected", "TEXT_TOO_LONG", "recipients")]


@pytest.mark.parametrize("field", ["condition", "case_reference", "exercise", "justification"])
def test_no_text_of_the_envelope_is_long(world: ExchangeBuilder, co: Node, field: str) -> None:
    poison = weapon("W-1", "STOLEN", envelope={field: "x" * 5_000})
    assert [(refusal.code, refusal.field) for refusal in at_the_node(poison)] == [  # type: ignore[union-attr]
        ("TEXT_TOO_LONG", field)
    ]
    world.publish(co, weapon("W-0", "STOLEN", "ZZ98765"), poison)
    assert fields(world.run()) == [("accepted", "", ""), ("rejected", "TEXT_TOO_LONG", field)]


def test_an_event_that_names_too_many_things_is_refused_with_field_and_remedy(
    world: ExchangeBuilder, co: Node
) -> None:
    poison = seizure("S-1", [f"AB-1O{23457 + number}" for number in range(1_500)])
    (refusal,) = at_the_node(poison)  # type: ignore[misc]
    a_mark = COUNTERS["weapon"](poison.payload["items"][0]["weapon"])
    field = f"items[{bounds.MAX_OBSERVATIONS_PER_EVENT // a_mark}].weapon"
    assert (refusal.code, refusal.field) == ("TOO_MANY_OBSERVATIONS", field)
    assert words.remedy(refusal.code, "es")
    world.publish(co, poison)
    assert fields(world.run()) == [("rejected", "TOO_MANY_OBSERVATIONS", field)]


def test_a_list_longer_than_any_list_is_refused(world: ExchangeBuilder, co: Node) -> None:
    long = seizure("S-1", ["ABC12345"])
    long.payload["route"] = [{"country": None, "place": None}] * 60_000
    (refusal,) = at_the_node(long)  # type: ignore[misc]
    assert (refusal.code, refusal.field) == ("TOO_MANY_ENTRIES", "route")
    world.publish(co, long)
    assert fields(world.run()) == [("rejected", "TOO_MANY_ENTRIES", "route")]


def test_a_text_that_belongs_to_a_thing_is_not_repeated_by_its_readings(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("W-1", "STOLEN", POISON, calibre="9" * 200_000))
    assert fields(world.run()) == [("rejected", "TEXT_TOO_LONG", "weapon.calibre")]


def test_events_of_a_bundle_share_its_observations_whatever_is_erased(
    world: ExchangeBuilder, co: Node
) -> None:
    """A malicious node fills a bundle with half-legible weapons of 900 readings."""
    world.publish(co, *(weapon(f"W-{number}", "STOLEN", POISON) for number in range(150)))
    line = world.run()
    assert set(items_of(line)) == {("rejected", "TOO_MANY_OBSERVATIONS")}
    world.forget_keys(co, Cord("co-ponal", "routine", 1), 0, 0, 1, 2)
    assert items_of(world.run())[3:] == items_of(line)[3:]


def test_the_node_seals_so_that_no_event_exceeds_its_share(world: ExchangeBuilder) -> None:
    serials = [f"AB{number:05d}" for number in range(1_800)]
    drafts = [at_the_node(seizure(f"S-{number}", serials)) for number in range(60)]
    good = [draft for draft in drafts if isinstance(draft, Draft)]
    node = world.nodes["co-ponal"]
    signing = Signing(node.key_id, node.signing, "CO", {"mechanism": world.private.public_key()})
    sizes = []
    for bundle in seal_all(Cord("co-ponal", "routine", 1), 0, bytes(32), good, signing):
        events = log_format("bundle").read(read_signed(bundle.bundle)["body"])["events"]
        sizes.append(len(events))
        most = max(draft.observations for draft in bundle.drafts)
        assert most <= bounds.observation_share(len(events))
    assert sum(sizes) == 60
    assert len(sizes) > 1


def test_a_bundle_of_empty_events_is_refused_as_a_whole(world: ExchangeBuilder, co: Node) -> None:
    """Its receipt was larger than any message of Kafka: the worker ended, and ended again."""
    world.publish(co, *[b""] * 100_000, keys=[bytes(32)] * 100_000, with_keys=False)
    line = world.run()
    assert [record["code"] for record in line.records("receipt")] == ["TOO_MANY_EVENTS"]
    assert [record["code"] for record in line.records("reject")] == ["TOO_MANY_EVENTS"]


def test_what_is_quoted_in_a_reject_is_cut(world: ExchangeBuilder, co: Node) -> None:
    """A key id of 1.4 MB made a reject that Kafka refuses: the worker ended, and ended again."""
    world.append(co, b"", key_id="\0" * 1_400_000)
    world.publish(co, weapon("W-1", "STOLEN"), lane="x" * 800_000)
    line = world.run()
    outputs = [message for messages in line.written.values() for message in messages]
    assert all(len(message.value) < 10_000 for message in outputs)
    assert [record["code"] for record in line.records("reject")] == ["UNKNOWN_KEY", "BROKEN_FORMAT"]


def test_corrections_of_one_event_without_end_are_refused(world: ExchangeBuilder, co: Node) -> None:
    """Each further version reads all before it."""
    newest = weapon("W-1", "STOLEN", "AA00000")
    world.publish(co, newest)
    for number in range(0, bounds.MAX_VERSIONS_PER_EVENT + 1, 100):
        corrections = []
        for step in range(100):
            serial = f"AA{number + step + 1:05d}"
            newest = weapon("W-1", "STOLEN", serial, supersedes=newest)
            corrections.append(newest)
        world.publish(co, *corrections)
    answers = items_of(world.run())
    assert answers.count(("accepted", "")) == bounds.MAX_VERSIONS_PER_EVENT
    assert set(answers[bounds.MAX_VERSIONS_PER_EVENT :]) == {("rejected", "TOO_MANY_VERSIONS")}


def test_a_long_label_is_written_once_for_all_observations(
    world: ExchangeBuilder, co: Node
) -> None:
    """160 KB of a bundle became 2.84 GB of observations, and evidence of as much."""
    names = [f"@{'g' * 28}{number:02d}" for number in range(64)]
    serials = [f"AB{number:05d}" for number in range(1_900)]
    poison = seizure("S-1", serials, envelope={"recipients": names})
    message = world.publish(co, poison)
    world.publish(world.nodes["ec-policia"], seizure("S-2", serials))
    line = world.run()
    assert observed(line) == 3_800
    for name in ("observations", "evidence"):
        written = [
            value
            for (topic, _), values in line.written.items()
            for value in values
            if name in topic
        ]
        rows = sum(len(log_format(name).read(value.value)["rows"]) for value in written)
        assert sum(len(value.value) for value in written) < 400 * rows + 10_000
    assert len(message.value) < bounds.MAX_EVENT_BYTES


def test_an_officer_sees_which_accepted_records_are_not_compared(tmp_path: Path) -> None:
    with CountryNode(offline(tmp_path), NODE) as node:
        path = write(tmp_path, row(1, "?00001?"), row(2))
        report = node.publish(path, weapons(tmp_path), wait=0)
        items = node.outbox.rows("SELECT item, id, version FROM items ORDER BY item")
        codes = ("TOO_MANY_READINGS", "")
        answer = [
            {
                "index": index,
                "id": id_,
                "version": version,
                "verdict": "accepted",
                "code": code,
                "field": code and "weapon",
            }
            for (index, id_, version), code in zip(items, codes, strict=True)
        ]
        cord = Cord(NODE, "routine", 1)
        verdicts.apply_receipts(node.outbox, [receipt_record(cord, 0, answer)], {})
        assert report.counts()["accepted"] == 2
        for every in (True, False):
            assert [(item.outcome, item.code) for item in report.items(every)] == [
                ("accepted", "TOO_MANY_READINGS")
            ]
