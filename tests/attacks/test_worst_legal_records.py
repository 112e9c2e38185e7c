"""E1: what the worst legal records cost, and what they cost the others.

The short tests search the worst bundle that every bound allows, without Kafka. The long one lets
ten nodes write such bundles into a running exchange.
"""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil
import pytest
from kafka import TopicPartition

from infra.kafka.clients import open_consumer, open_producer
from infra.keys import keyring
from infra.orchestration.stack import RunningStack
from infra.registry import founding
from infra.registry.nodes import NodeRegistration, add_node
from infra.settings import Settings
from schemas import bounds, topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import ReceiptRecord
from schemas.model import Cord, Message
from streams.folding.slices import HANDED_OVER_UNITS, Slice
from streams.intake.fold import ROWS_AHEAD, IntakeInputs
from streams.intake.parsed_bundle import parse_bundles
from streams.rules import RuleHistory
from tests.support.exchange_lease import ExchangeLease
from tests.support.pipeline_harness import HandmadeNode
from tests.support.receipts import opened
from tests.support.signed_bundles import (
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    control,
    ecuador,
    seizure,
    weapon,
)

LONG_LABEL = {
    "recipients": [f"@{'g' * 28}{number:02d}" for number in range(bounds.MAX_RECIPIENTS)],
    "handling": ["H3"],
    "condition": "x" * bounds.MAX_CONDITION_LENGTH,
}
MOST_BYTES = 1_500_000_000
MOST_DELAY_MS = 5_000
MOST_ROWS = HANDED_OVER_UNITS + ROWS_AHEAD + bounds.MAX_OBSERVATIONS_PER_EVENT
"""Of one slice: what is kept before it is sent."""


def unread_serial(number: int) -> str:
    """A serial of 900 readings that shares none with that of another number."""
    return f"?{number:06d}?"


def unread_weapons(first: int, count: int = 100, **changes: Any) -> list[Item]:
    """Weapons of a bundle, each with as many readings as an event may have."""
    return [
        weapon(f"W-{number}", "STOLEN", unread_serial(number), **changes)
        for number in range(first, first + count)
    ]


WORST = {
    "unread marks": lambda: unread_weapons(0),
    "unread marks with long labels": lambda: unread_weapons(0, envelope=LONG_LABEL),
    "unread marks with long traits": lambda: unread_weapons(
        0, calibre="9" * bounds.MAX_MARK_LENGTH
    ),
    "legible marks": lambda: [
        seizure(f"S-{number}", [f"AB{number:02d}{part:05d}" for part in range(1_100)])
        for number in range(3)
    ],
    "many events": lambda: [
        weapon(f"W-{number}", "STOLEN", f"AB{number:06d}", other_markings=None)
        for number in range(900)
    ],
    "long lists": lambda: [
        Item(
            "seizure",
            f"S-{number}",
            seizure("S", ["AB12345"]).payload
            | {"route": [{"country": None, "place": None}] * 2_000},
        )
        for number in range(100)
    ],
}


@dataclass
class Cost:
    """What a bundle costs: slices, rows, and the most rows of one slice."""

    slices: int = 0
    rows: int = 0
    most_rows: int = 0

    def add(self, part: Slice) -> None:
        self.slices += 1
        rows = sum(
            len(log_format(name).read(output.value)["rows"])
            for output in part.step.outputs
            for name in ("observations", "evidence")
            if name in output.topic
        )
        self.rows += rows
        self.most_rows = max(self.most_rows, rows)


def intake_cost(world: ExchangeBuilder, messages: list[Message]) -> tuple[Cost, list[Message]]:
    """Cost of one batch, and the observations that it gives."""
    line, cost = world.pipeline(), Cost()
    memory = line.memory(messages[0].topic, 0)
    inputs = IntakeInputs(world.config, world.key_lists)
    bundles = parse_bundles(messages)
    for part in line.intake.fold_slices(bundles, inputs, memory.get, memory.scan):
        cost.add(part)
        line.write(part.step.outputs)
    return cost, [message for number in range(4) for message in line.observations(number)]


def test_a_bundle_of_unread_marks_is_handed_over_in_parts() -> None:
    co = colombia()
    world = ExchangeBuilder(co)
    cost, _ = intake_cost(world, [world.publish(co, *unread_weapons(0, 25))])
    assert HANDED_OVER_UNITS < cost.rows <= bounds.MAX_OBSERVATIONS_PER_BUNDLE
    assert cost.most_rows <= MOST_ROWS
    assert cost.slices > 25


@pytest.mark.long_attack
@pytest.mark.parametrize("name", WORST)
def test_the_worst_bundle_costs_no_more_than_its_bounds(name: str) -> None:
    co = colombia()
    world = ExchangeBuilder(co)
    make: Callable[[], list[Item]] = WORST[name]
    message = world.publish(co, *make())
    assert len(message.value) <= bounds.MAX_BUNDLE_BYTES
    tracemalloc.start()
    cost, observations = intake_cost(world, [message])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert cost.rows <= bounds.MAX_OBSERVATIONS_PER_BUNDLE
    assert cost.most_rows <= MOST_ROWS
    assert peak < 150e6, "what is kept at a time does not grow with the bundle"
    assert all(len(message.value) <= bounds.MAX_MESSAGE_BYTES for message in observations)
    assert cost.rows // bounds.MAX_OBSERVATIONS_PER_EVENT <= cost.slices


@pytest.mark.long_attack
def test_thousands_of_retractions_are_handed_over_in_parts() -> None:
    """A retraction may not be refused, and withdraws all that its target names."""
    co = colombia()
    world = ExchangeBuilder(co)
    events = [
        seizure(f"S-{n}", [f"AB{n:02d}{part:05d}" for part in range(1_000)]) for n in range(40)
    ]
    for event in events:
        world.publish(co, event)
    retractions = [
        control("retraction", f"R-{n}", co.id_of(event)) for n, event in enumerate(events)
    ]
    world.publish(co, *retractions)
    cost, _ = intake_cost(world, world.log)
    assert cost.rows == 80_000
    assert cost.most_rows <= MOST_ROWS


def test_evidence_of_a_thing_with_very_many_members_is_handed_over_in_parts() -> None:
    """All members give evidence at once when the first of another country comes."""
    co, ec = colombia(), ecuador()
    world = ExchangeBuilder(co, ec)
    for first in range(0, 1_500, 300):
        world.publish(co, *(weapon(f"W-{first + n}", "STOLEN") for n in range(300)))
    world.publish(ec, weapon("E-1", "SEIZED"))
    line = world.pipeline()
    for message in world.log:
        line.take([message], world.key_lists)
    rules, cost = RuleHistory.of_book(line.book), Cost()
    for number in range(4):
        messages = line.observations(number)
        memory = line.memory("observations", number)
        for part in line.things.fold_slices(messages, memory.get, memory.scan, rules):
            cost.add(part)
            memory.write(part.step)
            assert not part.heavy, "all countries share the partition: it must not wait"
    assert cost.rows > 1_500
    assert cost.slices > cost.rows // 2_000


# -- on a running exchange

ATTACKERS = {
    f"{country.lower()}-malo{partition}{number}": (country, partition)
    for country in ("BO", "CO", "EC")
    for partition in (0, 1)
    for number in range(2 if (country, partition) != ("EC", 1) else 0)
}
VICTIM, NEIGHBOUR = "pe-vict", "ec-vecino"
OTHERS = {VICTIM: ("PE", 0), NEIGHBOUR: ("EC", 1)}
UNITS = ("topics", "founding", "migrations", "worker", "sink", "hits", "api")
ENGINES = ("kafka", "clickhouse")
PROCESSES = ("worker-1", "sink", "hits", "api")
ATTACK_S = 200
"""How long the victim goes on publishing, unless all bundles of the attackers are answered."""
EVERY_S = 3
PEOPLE = {**ATTACKERS, **OTHERS}


def found_attacked(settings: Settings) -> None:
    """Ten nodes of three countries that attack, one of the fourth, and its neighbour."""
    founding.found_mechanism(settings, 1_000)
    for name, (country, partition) in PEOPLE.items():
        add_node(settings, NodeRegistration(name, country, name.upper(), partition, ()))
    founding.close_founding(settings)


@dataclass
class Memories:
    """Watches the resident memory of processes, in bytes, by name."""

    processes: dict[str, psutil.Process]
    peaks: dict[str, int] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.stopped.wait(0.1):
            for name, process in self.processes.items():
                size = process.memory_info().rss
                self.peaks[name] = max(self.peaks.get(name, 0), size)


class Attack:
    """Sends bundles of nodes with their key lists, and reads what came of them."""

    def __init__(self, stack: RunningStack) -> None:
        self.settings = stack.settings
        self.nodes = {name: self._node(name) for name in PEOPLE}
        self.world = ExchangeBuilder(*self.nodes.values())
        self.world.private = keyring.load_mechanism_keys(self.settings).unwrap
        self._producer = open_producer(self.settings.kafka, max_request_size=1_500_000)

    def _node(self, name: str) -> HandmadeNode:
        country, partition = PEOPLE[name]
        keys = keyring.load_node_keys(self.settings, name)
        return HandmadeNode(
            name, country, name.upper(), partition, keys.id_secret, keys.signing, key=keys.key_id
        )

    def publish(self, name: str, *items: Item) -> None:
        node: Node = self.nodes[name]
        message = self.world.publish(node, *items)
        cord = Cord(name, "routine", 1)
        sequence = node.ends[cord][0]
        list_ = self.world.key_lists[cord, sequence]
        key = f"{cord}/{sequence}".encode()
        self._producer.send(list_.topic, partition=node.partition, key=key, value=list_.value).get(
            30
        )
        self._producer.send(message.topic, partition=node.partition, value=message.value).get(30)

    def attack(self) -> None:
        """Send three bundles of each attacker, each of another kind of worst legal record.

        The third also floods the things of the victim and its neighbour.
        """
        kinds = list(WORST.values())
        for number, name in enumerate(ATTACKERS):
            self.publish(name, *unread_weapons(1_000 * number))
            self.publish(name, *kinds[number % len(kinds)]())
            self.publish(
                name,
                *(
                    weapon(f"F-{event}", "SEIZED", f"ZZ{event % 99:05d}", other_markings=None)
                    for event in range(900)
                ),
            )

    def unanswered(self) -> int:
        """Count the attackers' bundles that have no receipt."""
        names = [topics.receipts(1, country, name) for name, (country, _) in ATTACKERS.items()]
        answered = {
            (record["cord"]["node"], record["sequence"])
            for record in map(self.receipt, self.messages(*names))
        }
        return 3 * len(ATTACKERS) - len(answered)

    def messages(self, *names: str) -> list[Any]:
        consumer = open_consumer(self.settings.kafka, auto_offset_reset="earliest")
        places = [
            TopicPartition(name, number)
            for name in names
            for number in consumer.partitions_for_topic(name) or ()
        ]
        consumer.assign(places)
        ends, messages = consumer.end_offsets(places), []
        while any(consumer.position(place) < ends[place] for place in places):
            for records in consumer.poll(timeout_ms=200).values():
                messages += records
        consumer.close()
        return messages

    def verdict_delays(self) -> list[int]:
        """From the append of each bundle of the victim to that of its receipt, in ms."""
        return [
            message.timestamp - record["appended_at"]
            for message in self.messages(topics.receipts(1, "PE", VICTIM))
            if (record := self.receipt(message))["cord"]["node"] == VICTIM
        ]

    def receipt(self, message: Any) -> ReceiptRecord:
        """Read what the mechanism signed."""
        return log_format("receipt").read(opened(self.settings, message.topic, message.value))

    def evidence_delays(self) -> list[int]:
        """From the append of the victim's bundles to that of the evidence from them, in ms."""
        return [
            message.timestamp - row["position"]["appended_at"]
            for message in self.messages(topics.evidence(1))
            for row in log_format("evidence").read(message.value)["rows"]
            if row["country"] == "PE" and row["rule"] == "stolen-weapon-seized-abroad"
        ]


@pytest.fixture
def attacked(lease: ExchangeLease) -> Iterator[RunningStack]:
    with lease.running("worst-records", only=UNITS, founder=found_attacked) as stack:
        yield stack


@pytest.mark.long_attack
@pytest.mark.integration
def test_ten_nodes_that_send_the_worst_legal_records_delay_nobody_and_fill_no_memory(
    attacked: RunningStack, lease: ExchangeLease
) -> None:
    attack = Attack(attacked)
    attack.publish(VICTIM, weapon("P-0", "SEIZED", "ZZ00000"))
    attack.publish(
        NEIGHBOUR, *(weapon(f"E-{number}", "STOLEN", f"ZZ{number:05d}") for number in range(99))
    )
    of_stack = [(lease.engines, name) for name in ENGINES] + [
        (attacked, name) for name in PROCESSES
    ]
    memories = Memories({name: psutil.Process(_pid(stack, name)) for stack, name in of_stack})
    watching = threading.Thread(target=memories.watch)
    watching.start()
    try:
        attack.attack()
        sent, began = 0, time.monotonic()
        while attack.unanswered() and time.monotonic() < began + ATTACK_S:
            sent += 1
            attack.publish(VICTIM, weapon(f"P-{sent}", "SEIZED", f"ZZ{sent:05d}"))
            time.sleep(EVERY_S)
        attack_s, unanswered = time.monotonic() - began, attack.unanswered()
        deadline = time.monotonic() + 60
        while len(attack.evidence_delays()) <= sent and time.monotonic() < deadline:
            time.sleep(2)
    finally:
        memories.stopped.set()
        watching.join()
    verdicts, evidence = attack.verdict_delays(), attack.evidence_delays()
    print(f"{unanswered} bundles unanswered after {attack_s:.0f} s, {sent} records")
    print(f"verdicts {verdicts} ms, evidence {evidence} ms, memory {memories.peaks}")
    assert len(verdicts) == sent + 1
    assert len(evidence) > sent
    assert max(verdicts) <= MOST_DELAY_MS
    assert max(evidence) <= MOST_DELAY_MS
    assert max(memories.peaks.values()) < MOST_BYTES


def _pid(stack: RunningStack, name: str) -> int:
    pid = stack.pid(name)
    assert pid is not None, f"{name} runs"
    return pid
