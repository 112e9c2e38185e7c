"""persons_share and persons_growth: what the comparison of persons costs a worker, in CPU time.

The same bundles go through the worker's folds twice in one process, part by part in turn: with the
job that links persons, and without it. Kafka's share, which is the same for both, is left out: so
the share of the whole worker is better than this one. State is a RocksDB, as in the worker.
`persons_growth`: cost of an event with persons in the last tenth over that in the second.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.exchange import Knot, seal_everywhere, up
from benchmarks.figures import Figure, load
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings
from schemas import topics
from schemas.crypto.node_messages import open_event_keys
from schemas.event.event_type import released_types
from schemas.exchange_config import ConfigHistory
from schemas.model import (
    Cord,
    EpochMs,
    LegacyGeneration,
    Message,
    Offset,
    Output,
    PartitionNumber,
)
from streams.correlation.evidence_fold import EvidenceFold
from streams.folding.overlay import Get, Scan, Step
from streams.intake.fold import DecryptionKeys, IntakeFold
from streams.intake.parsed_bundle import parse_bundles
from streams.linking import LinkFold, SealedRef
from streams.rules import RuleHistory, read_rule_book
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore

EVENTS = 20_000
PARTS = 10
SHARE_AIM, GROWTH_AIM = 0.6, 1.3
BUNDLES_PER_BATCH = 8
WITHOUT_LINKS = LegacyGeneration(1, 2)


@dataclass
class FoldedLine:
    """The folds of one worker over states of its own. `cpu_s`: what they took so far."""

    generation: int
    folder: Path
    keys: DecryptionKeys
    buffers: SharedBuffers
    cpu_s: float = 0.0
    links: int = 0
    _states: dict[tuple[str, int], StateStore] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._intake = IntakeFold(self.generation, self.keys, released_types())
        self._evidence = EvidenceFold(self.generation)
        self._link = LinkFold(self.generation)
        self._rules = RuleHistory.of_book(read_rule_book())

    def take(
        self, batch: Sequence[Knot], config: ConfigHistory, keys: Mapping[SealedRef, bytes]
    ) -> None:
        """Fold bundles of one country, and all that follows from them."""
        messages = [_message(topics.bundles(knot.country), 0, knot.bundle) for knot in batch]
        lists = {
            (_cord(knot), knot.sequence): _message(topics.keys(knot.country), 0, knot.key_list)
            for knot in batch
        }
        began = time.process_time()
        step = self._run(
            messages[0],
            lambda get, scan: self._intake.fold(parse_bundles(messages), get, scan, config, lists),
        )
        for topic, fold in (
            (topics.observations(self.generation), self._correlate),
            (topics.persons(self.generation), lambda part: self._link_persons(part, keys)),
        ):
            for partition in range(topics.COMPARED_PARTITIONS):
                part = [output for output in step.outputs if _is_in(output, topic, partition)]
                if part:
                    fold([_message(topic, partition, output.value) for output in part])
        self.cpu_s += time.process_time() - began

    def _correlate(self, messages: Sequence[Message]) -> None:
        self._run(
            messages[0],
            lambda get, scan: self._evidence.fold(messages, get, scan, self._rules),
        )

    def _link_persons(self, messages: Sequence[Message], keys: Mapping[SealedRef, bytes]) -> None:
        step = self._run(messages[0], lambda get, scan: self._link.fold(messages, get, scan, keys))
        self.links += len(step.outputs)

    def _run(self, first: Message, fold: Callable[[Get, Scan], Step]) -> Step:
        state = self._state(first.topic, first.partition)
        step = fold(state.get, state.scan)
        state.write(step.changes, 0, 0)
        return step

    def _state(self, topic: str, partition: int) -> StateStore:
        place = topic, partition
        if place not in self._states:
            header = StateHeader("benchmark", int(self.generation))
            folder = self.folder / f"{topic}-{partition}"
            self._states[place] = StateStore(folder, header, self.buffers)
        return self._states[place]


def measure(settings: Settings, events: int = EVENTS) -> list[Figure]:
    """Measure both figures on one log of so many events."""
    before = load()
    knots = seal_everywhere(settings, events, events // PARTS)
    mechanism = keyring.load_mechanism_keys(settings)
    keys = DecryptionKeys(mechanism.recipient, mechanism.private_keys, mechanism.thing_secret)
    with up(settings) as stack:
        config_log = ConfigLog(stack.settings)
        config = config_log.refresh()
        config_log.close()
    costs: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory(prefix="quipu-bench-") as folder:
        buffers = SharedBuffers()
        without = FoldedLine(WITHOUT_LINKS, Path(folder) / "without", keys, buffers)
        linking = FoldedLine(1, Path(folder) / "with", keys, buffers)
        for number in range(PARTS):
            part = [knot for knot in knots if knot.last * PARTS // events == number]
            began = without.cpu_s, linking.cpu_s
            for batch in _batches(part):
                opened = _event_keys(batch, config, keys)
                without.take(batch, config, {})
                linking.take(batch, config, opened)
            size = sum(knot.events for knot in part)
            costs.append(
                (
                    round((without.cpu_s - began[0]) / size * 1e6, 1),
                    round((linking.cpu_s - began[1]) / size * 1e6, 1),
                )
            )
    detail = {
        "events": events,
        "links": linking.links,
        "without_us": [cost[0] for cost in costs],
        "with_us": [cost[1] for cost in costs],
        "load": [before, load()],
    }
    share, growth = without.cpu_s / linking.cpu_s, costs[-1][1] / costs[1][1]
    return [
        Figure("persons_share", round(share, 2), "of the speed", SHARE_AIM, True, detail),
        Figure("persons_growth", round(growth, 2), "times", GROWTH_AIM, False, detail),
    ]


def _batches(knots: Sequence[Knot]) -> Iterator[list[Knot]]:
    """Yield bundles of one country, a few at a time."""
    waiting: dict[str, list[Knot]] = {}
    for knot in knots:
        batch = waiting.setdefault(knot.country, [])
        batch.append(knot)
        if len(batch) == BUNDLES_PER_BATCH:
            yield waiting.pop(knot.country)
    yield from waiting.values()


def _event_keys(
    batch: Sequence[Knot], config: ConfigHistory, keys: DecryptionKeys
) -> dict[SealedRef, bytes]:
    """Open the keys of these bundles' events; the worker reads and opens each list once, too."""
    opened: dict[SealedRef, bytes] = {}
    for knot in batch:
        message = _message(topics.keys(knot.country), 0, knot.key_list)
        entries = open_event_keys(message, config, keys.recipient, keys.private_keys)
        for item, key in enumerate(entries):
            if isinstance(key, bytes):
                opened[SealedRef(knot.country, 0, knot.cord, knot.sequence, item)] = key
    return opened


def _message(topic: str, partition: int, value: bytes) -> Message:
    appended_at = EpochMs(int(time.time() * 1000))
    return Message(topic, PartitionNumber(partition), Offset(0), appended_at, None, value)


def _cord(knot: Knot) -> Cord:
    node, lane, epoch = knot.cord.split("/")
    return Cord(node, lane, int(epoch))


def _is_in(output: Output, topic: str, partition: int) -> bool:
    return (output.topic, output.partition) == (topic, partition)
