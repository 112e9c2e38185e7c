"""The process that tells owners of hits: `python -m consumers.hits`, beside the sink of the
generation that serves.

Once a second: up to where is the evidence in the store (what the sink has committed)? → which
indicators does it touch → their rows from the store → `consumers.hits.decide` → the disclosure
ledger → the table `hits`: "being told" → Kafka, acknowledged → the table: what was told → commit.
Killed anywhere, it says the same once more, and the receiver keeps one. What the ledger cannot
record is not sent.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import structlog
from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, NoError
from kafka.structs import OffsetAndMetadata

from consumers.hits.decide import CONTENT_UNKNOWN, Owner, OwnerHit, changes_to_send, live_hits
from consumers.ledger.writer import DisclosureLedger, LedgerUnavailableError
from consumers.query.disclosed import Disclosed
from consumers.query.filters import FAR_FUTURE_MS
from consumers.query.indicators import to_evidence_row, to_indicator_view
from consumers.runtime import lifecycle
from consumers.runtime.consumer_lag import committed
from consumers.runtime.liveness import ConsumerLiveness, SinkCounters
from consumers.sink import sink
from consumers.store.sql import sql
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import MechanismKeys
from infra.logging_setup import configure
from infra.registry import local_types
from infra.settings import Settings, load
from schemas import ids, topics
from schemas.avro.codec import raw_log_format
from schemas.errors import QuipuFormatError
from schemas.model import IndicatorId, Message
from streams.rules import RuleBook, rules

log = structlog.get_logger(__name__)

NAME = "hits"
POLL_EVERY_S = 1.0
ACK_TIMEOUT_S = 30.0
BATCH_SIZE = 500  # indicators
UNAVAILABLE = (*lifecycle.UNAVAILABLE, LedgerUnavailableError)
_COLUMNS = ("indicator", "country", "authority", "exercise", "content", "written")


def group_of(generation: int) -> str:
    """The consumer group under which a generation's hits process keeps its place."""
    return f"quipu.g{generation}.hits"


class HitNotifier:
    """One generation's hits. `step` takes what the store has by now. Raises what AWAY names."""

    def __init__(
        self,
        settings: Settings,
        generation: int,
        book: RuleBook,
        ledger: DisclosureLedger,
        client: Client,
        admin: Any,
        producer: Any,
    ) -> None:
        self.generation = generation
        self.messages = 0
        self.sent = 0
        self._owed: list[str] = []
        self._settings, self._rules, self._ledger = settings, book, ledger
        self._client, self._admin, self._producer = client, admin, producer
        name = topics.evidence(generation)
        self._readers = {
            TopicPartition(name, number): PartitionReader(settings.kafka, name, number)
            for number in range(topics.THING_PARTITIONS)
        }

    def resume(self) -> bool:
        """Find the place to go on from; False while the store is not there yet.

        Where nothing is known to have been told, in a new generation or in a store that was lost,
        all evidence is gone through again, and the ledger says who was told before: so that they
        hear of what ended meanwhile.
        """
        if self._client.execute("SELECT 1 FROM hits LIMIT 1"):
            place = committed(self._admin, [group_of(self.generation)])[group_of(self.generation)]
            for at, reader in self._readers.items():
                reader.position = place.get(at, 0)
        elif self._sink_is_level():
            self._client.execute(sql("hits_told_by_ledger"))
        else:
            return False
        self._owed = [row[0] for row in self._client.execute(sql("hits_unfinished"))]
        return True

    def step(self) -> int:
        """Tell what the evidence in the store by now has changed; 0 where there is nothing new."""
        if self._owed:
            some, self._owed = self._owed[:BATCH_SIZE], self._owed[BATCH_SIZE:]
            self.notify(some)
            return len(some)
        until = self._stored()
        touched: set[bytes] = set()
        before, ends = self.messages, {}
        for at, reader in self._readers.items():
            for message in reader.read(until.get(at, 0)):
                touched |= _indicator_ids(message)
                self.messages += 1
                ends[at] = OffsetAndMetadata(message.offset + 1, "", -1)
                if len(touched) >= BATCH_SIZE:
                    break
        listed = sorted(id_.hex() for id_ in touched)
        for start in range(0, len(listed), BATCH_SIZE):
            self.notify(listed[start : start + BATCH_SIZE])
        if ends:
            self._commit(ends)
        return self.messages - before

    def waiting(self) -> int:
        """Messages in the store and not taken yet."""
        until = self._stored()
        return sum(
            max(0, until.get(at, 0) - reader.position) for at, reader in self._readers.items()
        )

    def notify(self, indicators: Sequence[str]) -> None:
        """Whoever must hear something new of these indicators (ids of 32 hexadecimal digits) hears
        it.
        """
        asked = {"ids": list(indicators)}
        found = (
            to_evidence_row(row)
            for row in self._rows("evidence", {**asked, "as_of": FAR_FUTURE_MS})
        )
        told = {
            (IndicatorId(bytes.fromhex(row["indicator"])), _owner(row)): bytes.fromhex(
                row["content"]
            )
            for row in self._rows("hits_told", asked)
        }
        hits = changes_to_send(
            live_hits((row for row in found if row.rule in self._rules.by_id), self._rules), told
        )
        if hits:
            self._record(hits)
            self._note(hits, told=False)
            self._send(hits)
            self._note(hits, told=True)
            self.sent += len(hits)

    def close(self) -> None:
        """Give the readers' connections back."""
        for reader in self._readers.values():
            reader.close()

    def _stored(self) -> Mapping[TopicPartition, int]:
        """Up to which offset the sink has each partition in the store."""
        group = sink.group_of(self.generation)
        return committed(self._admin, [group])[group]

    def _sink_is_level(self) -> bool:
        ledger = PartitionReader(self._settings.kafka, topics.DISCLOSURES, 0)
        try:
            ends = {at: reader.end() for at, reader in self._readers.items()} | {
                TopicPartition(topics.DISCLOSURES, 0): ledger.end()
            }
        finally:
            ledger.close()
        stored = self._stored()
        return all(stored.get(at, 0) >= end for at, end in ends.items())

    def _record(self, hits: Iterable[OwnerHit]) -> None:
        self._ledger.disclose(_disclosed(hits), "hit")

    def _send(self, hits: Iterable[OwnerHit]) -> None:
        futures = [
            self._producer.send(
                topics.hits(self.generation, one.owner.country),
                key=one.key,
                value=one.value,
                partition=0,
            )
            for one in hits
        ]
        for future in futures:
            future.get(timeout=ACK_TIMEOUT_S)

    def _note(self, hits: Sequence[OwnerHit], told: bool) -> None:
        """What was told, or that it is being told: who dies between does not know whether it
        arrived.
        """
        now = time.time_ns()
        rows = [
            (
                one.indicator,
                one.owner.country,
                one.owner.authority,
                one.owner.exercise or "",
                one.content if told else CONTENT_UNKNOWN,
                now,
            )
            for one in hits
        ]
        self._client.insert("hits", _COLUMNS, list(zip(*rows, strict=True)))

    def _commit(self, ends: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
        answers = self._admin.alter_group_offsets(group_of(self.generation), dict(ends))
        refused = {
            f"{at.topic}/{at.partition}": error
            for at, error in answers.items()
            if error is not NoError
        }
        if refused:
            raise KafkaError(f"offsets not committed: {refused}")

    def _rows(self, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows, columns = self._client.execute(sql(name), parameters, with_column_types=True)
        names = [column for column, _ in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _indicator_ids(message: Message) -> set[bytes]:
    """The ids of the indicators that a message of the evidence topic has rows of; none of one that
    the sink rejected.
    """
    try:
        return {row["indicator"] for row in raw_log_format("evidence").read(message.value)["rows"]}
    except QuipuFormatError as error:
        log.warning(
            "evidence_unreadable",
            partition=message.partition,
            offset=message.offset,
            code=error.code,
        )
        return set()


def _owner(row: Mapping[str, Any]) -> Owner:
    return Owner(row["country"], row["authority"], row["exercise"] or None)


def _disclosed(hits: Iterable[OwnerHit]) -> Iterator[Disclosed]:
    """What the ledger is to record: one answer an owner."""
    of: dict[Owner, list[OwnerHit]] = {}
    for one in hits:
        of.setdefault(one.owner, []).append(one)
    for owner, listed in of.items():
        shown = Disclosed(owner.reader, None)
        for one in listed:
            shown.questions["hit" if one.live else "hit ended"] = None
        shown.add_indicators(to_indicator_view(one.live) for one in listed if one.live)
        shown.indicators.update(
            {ids.to_uuid_text(one.indicator): _now_ms() for one in listed if one.live is None}
        )
        yield shown


def run(settings: Settings, generation: int | None) -> int:
    """Until a signal comes, or until another generation serves and none was asked for. The exit
    code.
    """
    pulse = ConsumerLiveness(settings, NAME, kind=NAME)
    return lifecycle.run(
        settings,
        NAME,
        pulse,
        lambda keys, stop: _serve(settings, generation, keys, stop, pulse),
        UNAVAILABLE,
    )


@contextmanager
def hit_notifier(
    settings: Settings, generation: int, keys: MechanismKeys, make: type[HitNotifier] = HitNotifier
) -> Iterator[HitNotifier]:
    """A generation's hits with their connections, for the time of the block."""
    with ExitStack() as closing:
        ledger = DisclosureLedger(settings, lambda: keys)
        closing.callback(ledger.close)
        client = connect(settings, database_of(generation))
        closing.callback(client.disconnect)
        admin = KafkaAdminClient(bootstrap_servers=settings.kafka)
        closing.callback(admin.close)
        producer = KafkaProducer(
            bootstrap_servers=settings.kafka,
            acks="all",
            enable_idempotence=True,
            allow_auto_create_topics=False,
        )
        closing.callback(producer.close, timeout=0)
        hits = make(
            settings,
            generation,
            rules(local_types.local_rules(settings)),
            ledger,
            client,
            admin,
            producer,
        )
        closing.callback(hits.close)
        yield hits


def _serve(
    settings: Settings,
    generation: int | None,
    keys: MechanismKeys,
    stop: lifecycle.StopSignal,
    pulse: ConsumerLiveness,
) -> None:
    with ExitStack() as closing:
        config_log = ConfigLog(settings)
        closing.callback(config_log.close)
        serving = generation or config_log.refresh().at(_now_ms()).generation
        hits = closing.enter_context(hit_notifier(settings, serving, keys))
        log.info("hits_ready", generation=serving)
        begun = False
        while not stop.requested and (
            generation or config_log.refresh().at(_now_ms()).generation == serving
        ):
            begun = begun or hits.resume()
            moved = hits.step() if begun else 0
            if not moved:
                time.sleep(POLL_EVERY_S)
            pulse.mark_step(
                SinkCounters(
                    hits.messages,
                    hits.sent,
                    0 if not moved else hits.waiting(),
                    serving,
                    time.time(),
                )
            )
        log.info("hits_stopped", generation=serving, sent=hits.sent)


def _now_ms() -> int:
    return int(time.time() * 1000)


def main() -> int:
    """The process."""
    parser = argparse.ArgumentParser(
        prog="python -m consumers.hits",
        description="Tells owners of the indicators that their records take part in.",
    )
    parser.add_argument(
        "--generation", type=int, default=None, help="default: the one that config says serves"
    )
    settings = load(os.environ)
    configure(settings.log_json, level=settings.log_level)
    return run(settings, parser.parse_args().generation)
