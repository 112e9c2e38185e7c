"""A fresh exchange in a temporary folder: founded, four nodes admitted, and logs prepared for it.

The nodes' bundles are made with the nodes' own code (`producers.events.draft.draft`,
`producers.events.sealing.seal_all`), 100 events each, by a process a node, and kept in memory;
`send` writes them into the log as a node does, the key list before its bundle.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from benchmarks.population import REPORTED_AT, STATIONS, Station, generate_sentences, mapped
from infra import settings as settings_module
from infra.kafka.clients import make_async_producer
from infra.kafka_access import KafkaAccess, ProcessName
from infra.keys import keyring
from infra.orchestration.stack import RunningStack, running
from infra.registry import founding
from infra.registry.nodes import NodeRegistration, add_node
from infra.settings import Settings
from producers.events.draft import EventOrigin, build_draft
from producers.events.sealing import GENESIS_HASH, Signing, seal_all
from producers.model import Draft
from schemas import topics
from schemas.event.event_type import event_type
from schemas.model import Cord

CORES = 2
NOTICE_MS = 100
LOG_UNITS = ("kafka", "topics")


@dataclass(frozen=True, slots=True)
class Knot:
    """A bundle ready to be sent. `last`: number of its last event in the population."""

    last: int
    country: str
    partition: int
    cord: str
    sequence: int
    key_list: bytes
    bundle: bytes
    events: int


def settings_of(folder: Path) -> Settings:
    """Settings of the exchange in a folder; nothing of the caller's environment."""
    return settings_module.load(
        {"QUIPU_HOME": str(folder / "home"), "QUIPU_LANG": "en", "QUIPU_LOG_JSON": "1"}
    )


@contextmanager
def fresh() -> Iterator[Settings]:
    """A founded exchange that does not run; its folder is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="quipu-bench-") as folder:
        settings = settings_of(Path(folder))
        with running(settings, only=LOG_UNITS) as stack:
            found_exchange(stack.settings)
        yield settings


def found_exchange(settings: Settings) -> None:
    """Found the exchange and admit the four nodes."""
    founding.found_mechanism(settings, NOTICE_MS)
    admit(settings, STATIONS)
    founding.close_founding(settings)


def admit(settings: Settings, stations: Iterable[Station], partition: int = 0) -> int:
    """Each on this partition of its country. From when on it holds for all of them, ms since 1970
    UTC; 0 while founding.
    """
    return max(
        add_node(
            settings,
            NodeRegistration(station.node, station.country, station.authority, partition, []),
        ).holds_from
        for station in stations
    )


def drafts(
    settings: Settings, station: Station, count: int, after: int = 0
) -> Iterator[tuple[int, Draft]]:
    """A node's events (its country's among the first `count`, but not the first `after`), each with
    its number.

    Raises ValueError for one that it would refuse.
    """
    origin = EventOrigin(
        station.node,
        station.country,
        station.authority,
        keyring.load_node_keys(settings, station.node).id_secret,
    )
    kind = event_type("weapon_record")
    for sentence in generate_sentences(count):
        if sentence.number >= after and STATIONS[sentence.station].country == station.country:
            draft = build_draft(mapped(sentence), origin, kind, REPORTED_AT)
            if not isinstance(draft, Draft):
                raise ValueError(
                    f"the population's record {sentence.number} would be refused: {draft}"
                )
            yield sentence.number, draft


def seal(settings: Settings, station: Station, count: int, every: int) -> list[Knot]:
    """A node's bundles; no bundle reaches over a multiple of `every` in the population."""
    keys = keyring.load_node_keys(settings, station.node)
    recipients: dict[str, X25519PublicKey] = {
        keyring.RECIPIENT: keyring.load_mechanism_keys(settings).unwrap.public_key()
    }
    signing = Signing(keys.key_id, keys.signing, station.country, recipients)
    cord, sequence, previous, knots = (
        Cord(station.node, "routine", 1),
        0,
        GENESIS_HASH,
        list[Knot](),
    )
    for _, group in groupby(drafts(settings, station, count), key=lambda pair: pair[0] // every):
        numbered = list(group)
        done = 0
        for sealed_bundle in seal_all(
            cord, sequence, previous, [draft for _, draft in numbered], signing
        ):
            done += len(sealed_bundle.drafts)
            last = numbered[done - 1][0]
            knots.append(
                Knot(
                    last,
                    station.country,
                    0,
                    str(cord),
                    sealed_bundle.sequence,
                    sealed_bundle.key_list,
                    sealed_bundle.bundle,
                    len(sealed_bundle.drafts),
                )
            )
            sequence, previous = sealed_bundle.sequence + 1, sealed_bundle.hash
    return knots


def seal_everywhere(
    settings: Settings, count: int, every: int, stations: Sequence[Station] = STATIONS
) -> list[Knot]:
    """The bundles of all these nodes in the order of the population."""
    with workers() as pool:
        parts = [pool.submit(seal, settings, station, count, every) for station in stations]
        return sorted(
            (knot for part in parts for knot in part.result()), key=lambda knot: knot.last
        )


@contextmanager
def workers() -> Iterator[ProcessPoolExecutor]:
    """Processes for the preparation; gone at the end of the block."""
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        yield pool


def send(settings: Settings, knots: Sequence[Knot]) -> None:
    """Write bundles into the log, all key lists first; return when Kafka has them."""
    asyncio.run(_send(settings, knots))


async def _send(settings: Settings, knots: Sequence[Knot]) -> None:
    lists = (
        (
            topics.keys(knot.country),
            knot.partition,
            f"{knot.cord}/{knot.sequence}".encode(),
            knot.key_list,
        )
        for knot in knots
    )
    bundles = (
        (topics.bundles(knot.country), knot.partition, knot.cord.encode(), knot.bundle)
        for knot in knots
    )
    await produce(settings.kafka, lists)
    await produce(settings.kafka, bundles)


async def produce(
    access: KafkaAccess,
    messages: Iterable[tuple[str, int, bytes, bytes]],
    headers: Callable[[bytes], list[tuple[str, bytes]]] | None = None,
) -> None:
    """(topic, partition, key, value) each, in this order, acked; `headers` of a key."""
    producer = make_async_producer(
        access,
        enable_idempotence=True,
        linger_ms=5,
        max_batch_size=1_500_000,
        max_request_size=1_500_000,
    )
    await producer.start()
    try:
        sent = []
        for topic, partition, key, value in messages:
            sent.append(
                await producer.send(
                    topic, value, key, partition, headers=headers(key) if headers else None
                )
            )
            if len(sent) >= 20_000:
                await asyncio.gather(*sent)
                sent.clear()
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


@contextmanager
def up(settings: Settings, *units: str) -> Iterator[RunningStack]:
    """Kafka and its topics, and these units; all of them stopped at the end. Its settings may do
    everything on Kafka.
    """
    with running(settings, only=(*LOG_UNITS, *units)) as stack:
        yield replace(stack, settings=stack.settings.acting_as(ProcessName.BROKER))
