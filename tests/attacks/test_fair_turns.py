"""E1: the partitions of a worker's process have their turns while others have the worst records.

The partitions, their states, folds and pace are those of the worker; lists stand for Kafka, so
that what is measured is the worker alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from infra.kafka_access import KafkaAccess
from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import Message, Output
from streams.folding.overlay import Step
from streams.folding.slices import SlicedFold
from streams.intake.fold import IntakeInputs
from streams.intake.parsed_bundle import parse_bundles
from streams.rules import RuleHistory
from streams.worker.pace import Pace
from streams.worker.partition import Partition, PartitionEnvironment
from streams.worker.processor_protocol import BoundFold
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore
from tests.support.pipeline import Pipeline
from tests.support.signed_bundles import ExchangeBuilder, Node, weapon

VICTIM = Node("pe-vict", "PE", "VICT")
NEIGHBOUR = Node("ec-vecino", "EC", "VECINO", 1)
ATTACKERS = [
    Node(f"{country.lower()}-malo{number}", country, f"MALO{number}", number % 2)
    for country in ("BO", "CO", "EC")
    for number in range(4 if country == "BO" else 3)
]
RECORDS = 6
EVERY_S = 1.0


class FoldProcessor:
    """Runs a fold on what a partition collects."""

    events = 0

    def __init__(self, line: Pipeline, world: ExchangeBuilder) -> None:
        self._line, self._inputs = line, IntakeInputs(world.config, world.key_lists)
        self._rules = RuleHistory.of_book(line.book)

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        if "observations" in messages[0].topic:
            things = self._line.things
            return SlicedFold(
                lambda get, scan: things.fold_slices(messages, get, scan, self._rules)
            )
        bundles, intake = parse_bundles(messages), self._line.intake
        return SlicedFold(lambda get, scan: intake.fold_slices(bundles, self._inputs, get, scan))

    def prepare_idle(self, heard_until: int) -> BoundFold:
        return lambda _get, _scan: Step()

    def bookmark(self) -> int:
        return 0

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        return False

    def close(self) -> None:
        """Do nothing, because nothing is open."""


@dataclass
class Process:
    """The partitions of one worker process, fed from lists without end."""

    world: ExchangeBuilder
    folder: Path
    partitions: dict[tuple[str, int], Partition] = field(default_factory=dict)
    waiting: dict[tuple[str, int], asyncio.Queue[Any]] = field(default_factory=dict)
    feeders: list[asyncio.Task[None]] = field(default_factory=list)
    offsets: dict[tuple[str, int], int] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)
    appended: dict[int, float] = field(default_factory=dict)
    """When each bundle of the victim was appended, by its offset (s of this process's CPU time).

    Delays are what this process works meanwhile: other programs of the machine do not count.
    """
    verdict_delays: list[float] = field(default_factory=list)
    evidence_delays: list[float] = field(default_factory=list)

    def open(self) -> None:
        line, buffers = self.world.pipeline(), SharedBuffers()
        environment = PartitionEnvironment(
            KafkaAccess("127.0.0.1:1"), self.send, self.failures.append, Pace()
        )
        names = [(topics.bundles(country), 2) for country in ("BO", "CO", "EC", "PE")]
        for topic, count in [*names, (topics.observations(1), 4)]:
            for number in range(count):
                place = topic, number
                state = StateStore(self.folder / f"{topic}-{number}", StateHeader("id", 1), buffers)
                processor = FoldProcessor(line, self.world)
                self.partitions[place] = Partition(place, state, processor, environment)
                self.partitions[place].start()
                self.waiting[place] = asyncio.Queue()
                self.feeders.append(asyncio.create_task(self._feed(place)))

    async def _feed(self, place: tuple[str, int]) -> None:
        while True:
            await self.partitions[place].enqueue(await self.waiting[place].get())

    def append(self, topic: str, partition: int, value: bytes, appended_at: int) -> int:
        offset = self.offsets.get((topic, partition), 0)
        self.offsets[topic, partition] = offset + 1
        message = SimpleNamespace(
            topic=topic,
            partition=partition,
            offset=offset,
            timestamp=appended_at,
            key=None,
            value=value,
        )
        event = SimpleNamespace(message=message, ack=lambda: True)
        self.waiting[topic, partition].put_nowait(event)
        return offset

    async def send(self, outputs: Sequence[Output]) -> None:
        now = time.process_time()
        for output in outputs:
            if output.topic == topics.observations(1):
                self.append(output.topic, output.partition, output.value, 0)
            elif output.topic == topics.receipts(1, "PE", VICTIM.name):
                record = log_format("receipt").read(output.value)
                self.verdict_delays.append(now - self.appended[record["offset"]])
            elif output.topic == topics.evidence(1):
                for row in log_format("evidence").read(output.value)["rows"]:
                    if row["country"] == "PE" and row["rule"] == "stolen-weapon-seized-abroad":
                        offset = row["position"]["offset"]
                        self.evidence_delays.append(now - self.appended[offset])

    def publish(self, message: Message) -> None:
        offset = self.append(message.topic, message.partition, message.value, message.appended_at)
        if message.topic == topics.bundles("PE"):
            self.appended[offset] = time.process_time()

    def close(self) -> None:
        for feeder in self.feeders:
            feeder.cancel()
        for partition in self.partitions.values():
            partition.close()


async def attack(world: ExchangeBuilder, folder: Path) -> tuple[Process, int]:
    """Publish the worst bundles of ten nodes, then the victim's; also the peak memory, in bytes."""
    process, own = Process(world, folder), psutil.Process()
    log = list(world.log)
    process.open()
    peak = own.memory_info().rss
    for message in log[:-RECORDS]:
        process.publish(message)
    for message in log[-RECORDS:]:
        process.publish(message)
        until = time.monotonic() + EVERY_S
        while time.monotonic() < until:
            await asyncio.sleep(0.05)
            peak = max(peak, own.memory_info().rss)
    deadline = time.monotonic() + 60
    while len(process.evidence_delays) < RECORDS and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
        peak = max(peak, own.memory_info().rss)
    process.close()
    return process, peak


@pytest.mark.long_attack
def test_the_worst_records_of_ten_nodes_delay_no_record_of_another_country(
    tmp_path: Path,
) -> None:
    world = ExchangeBuilder(VICTIM, NEIGHBOUR, *ATTACKERS)
    world.publish(
        NEIGHBOUR,
        *(weapon(f"E-{number}", "STOLEN", f"ZZ{number:05d}") for number in range(RECORDS)),
    )
    for attacker in ATTACKERS:
        for first in (0, 100):
            items = [
                weapon(f"W-{number}", "STOLEN", f"?{number:06d}?")
                for number in range(first, first + 100)
            ]
            world.publish(attacker, *items)
    for number in range(RECORDS):
        world.publish(VICTIM, weapon(f"P-{number}", "SEIZED", f"ZZ{number:05d}"))
    process, peak = asyncio.run(attack(world, tmp_path))
    verdicts, evidence = process.verdict_delays, process.evidence_delays
    print([round(delay, 2) for delay in (*verdicts, *evidence)], f"{peak / 1e6:.0f} MB")
    assert not process.failures
    assert len(verdicts) == RECORDS
    assert len(evidence) >= RECORDS
    assert max(verdicts) < 5
    assert max(evidence) < 5
    assert peak < 1_500_000_000
