"""Send one generation's hits, step by step; each step may be interrupted anywhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from kafka import TopicPartition
from kafka.errors import KafkaError, NoError
from kafka.structs import OffsetAndMetadata

from consumers.hits.decide import (
    CONTENT_UNKNOWN,
    HitMessage,
    Owner,
    OwnerHit,
    changes_to_send,
    live_hits,
    tell_once,
)
from consumers.ledger.writer import DisclosureLedger
from consumers.query.disclosed import Disclosed
from consumers.query.indicators import to_indicator_view
from consumers.query.related_findings import related_ids
from consumers.query.released_labels import EVERY_LABEL
from consumers.runtime.consumer_lag import committed
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts, sql
from consumers.store.stored_evidence import to_evidence_row
from infra.clickhouse.client import Client
from infra.clock import now_ms
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.owner_topics import OwnerTopics
from infra.keys.current_signer import CurrentSigner
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import raw_log_format
from schemas.crypto.sealing import sign
from schemas.errors import QuipuFormatError
from schemas.event.admission import Partner
from schemas.ids import to_uuid_text
from schemas.model import COUNTRIES, IndicatorId, Message, thing_partitions_of
from streams.correlation.crowding import most_that_decide
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook

log = structlog.get_logger(__name__)

ACK_TIMEOUT_S = 30.0
BATCH_SIZE = 500
"""Indicators that are asked for together."""
_COLUMNS = ("indicator", "country", "authority", "exercise", "content", "written")


class HitConnections(NamedTuple):
    """What a notifier writes to and asks: ledger, store, and Kafka's admin client and producer.

    `signer` signs each hit: its owner believes no other.
    """

    ledger: DisclosureLedger
    client: Client
    admin: Any
    producer: Any
    signer: CurrentSigner


class HitNotifier:
    """Send one generation's hits. `step` takes what the store has by now.

    Its methods raise what UNAVAILABLE names.
    """

    def __init__(
        self, settings: Settings, generation: int, rules: RuleBook, connections: HitConnections
    ) -> None:
        """`rules`: those in effect; `replace_rules` takes others when config changes."""
        self.generation = generation
        self.messages = 0
        self.sent = 0
        self._unfinished: list[str] = []
        self.rules = rules
        self.partners: Mapping[str, Partner] = {}
        self._settings = settings
        self._ledger, self._client, self._admin, self._producer, self._signer = connections
        self._owner_topics = OwnerTopics(settings)
        topic = topics.evidence(generation)
        self._readers = {
            TopicPartition(topic, number): PartitionReader(settings.kafka, topic, number)
            for number in range(thing_partitions_of(generation))
        }

    def resume(self) -> bool:
        """Find the offsets to go on from; return False while the store is not ready.

        In a new generation, or after the store was lost, nothing is known to have been sent. Then
        all evidence is read again, and the ledger says who received a hit before: so that they
        receive its end if it ended meanwhile.
        """
        if self._client.execute(sql("hits_any")):
            group = topics.hits_group(self.generation)
            offsets = committed(self._admin, [group])[group]
            for topic_partition, reader in self._readers.items():
                reader.position = offsets.get(topic_partition, 0)
        elif self._sink_is_caught_up():
            self._client.execute(sql("hits_from_ledger"))
        else:
            return False
        self._unfinished = [row[0] for row in self._client.execute(sql("hits_unfinished"))]
        self._look_again(set(self.rules.every_by_id) - set(self.rules.by_id))
        return True

    def replace_rules(self, rules: RuleBook) -> None:
        """Take the rules in effect; what a rule found is looked at again as it goes or comes back.

        So a rule that is switched off ends its hits although no record has changed.
        """
        changed = set(self.rules.by_id) ^ set(rules.by_id)
        self.rules = rules
        self._look_again(changed)

    def _look_again(self, rules: Set[str]) -> None:
        """Take the indicators of these rules as unfinished. `rules`: their ids."""
        if rules:
            parameters = {"rules": sorted(rules), "grade": "", "as_of": FAR_FUTURE_MS}
            parameters |= EVERY_LABEL._asdict()
            rows = self._client.execute(sql("indicators_of_rules"), parameters)
            self._unfinished += [row[0] for row in rows]

    def step(self) -> int:
        """Send what the evidence in the store by now has changed.

        Returns how many messages or unfinished indicators it took; 0 where there is nothing new.
        """
        if self._unfinished:
            batch, self._unfinished = self._unfinished[:BATCH_SIZE], self._unfinished[BATCH_SIZE:]
            self.notify(batch)
            return len(batch)
        stored = self._stored_offsets()
        changed: set[str] = set()
        before, ends = self.messages, {}
        for topic_partition, reader in self._readers.items():
            for message in reader.read(stored.get(topic_partition, 0)):
                changed |= _indicator_ids(message, self.rules)
                self.messages += 1
                ends[topic_partition] = OffsetAndMetadata(message.offset + 1, "", -1)
                if len(changed) >= BATCH_SIZE:
                    break
        ids = sorted(changed)
        for start in range(0, len(ids), BATCH_SIZE):
            self.notify(ids[start : start + BATCH_SIZE])
        if ends:
            self._commit(ends)
        return self.messages - before

    def waiting(self) -> int:
        """Return the number of messages that are in the store and not taken yet."""
        stored = self._stored_offsets()
        return sum(
            max(0, stored.get(topic_partition, 0) - reader.position)
            for topic_partition, reader in self._readers.items()
        )

    def notify(self, indicators: Sequence[str]) -> None:
        """Send to every owner what is new for it of these indicators (ids as text)."""
        if hits := self._changes(indicators):
            self.publish(hits, disclosed_hits(hits))

    def publish(self, hits: Sequence[HitMessage], disclosed: Iterable[Disclosed]) -> None:
        """Send hits. `disclosed`: what the ledger records of them first."""
        self._record(disclosed)
        self._note(hits, sent=False)
        self._send(hits)
        self._note(hits, sent=True)
        self.sent += len(hits)

    def close(self) -> None:
        """Close the connections of the readers."""
        for reader in self._readers.values():
            reader.close()

    def _changes(self, indicators: Sequence[str]) -> list[OwnerHit]:
        evidence = self._evidence(indicators)
        things = {(row.kind, to_uuid_text(row.thing)) for row in evidence}
        related = {id_ for thing in things for id_ in related_ids(*thing, self.rules)}
        others = sorted(related.difference(indicators))
        hits = tell_once(live_hits([*evidence, *self._evidence(others)], self.rules))
        rows = rows_as_dicts(self._client, "hits_sent", {"ids": [*indicators, *others]})
        sent = {
            (IndicatorId(UUID(row["indicator"]).bytes), _owner(row)): bytes.fromhex(row["content"])
            for row in rows
        }
        return changes_to_send(hits, sent)

    def _evidence(self, indicators: Sequence[str]) -> list[EvidenceRow]:
        """Read the live evidence of indicators whose rules are in effect."""
        if not indicators:
            return []
        most = most_that_decide(self.rules)
        parameters = {"as_of": FAR_FUTURE_MS, "most": most, **EVERY_LABEL._asdict()}
        rows = rows_as_dicts(self._client, "evidence", {"ids": list(indicators), **parameters})
        evidence = (to_evidence_row(row) for row in rows)
        return [row for row in evidence if row.rule in self.rules.by_id]

    def _stored_offsets(self) -> Mapping[TopicPartition, int]:
        """Return up to which offset the sink has each partition in the store."""
        group = topics.sink_group(self.generation)
        return committed(self._admin, [group])[group]

    def _sink_is_caught_up(self) -> bool:
        with closing(PartitionReader(self._settings.kafka, topics.DISCLOSURES, 0)) as ledger:
            ends = {at: reader.end() for at, reader in self._readers.items()}
            ends[TopicPartition(topics.DISCLOSURES, 0)] = ledger.end()
        stored = self._stored_offsets()
        return all(stored.get(topic_partition, 0) >= end for topic_partition, end in ends.items())

    def _record(self, disclosed: Iterable[Disclosed]) -> None:
        self._ledger.disclose(disclosed, "hit")

    def _send(self, hits: Iterable[HitMessage]) -> None:
        by_topic = [(self._topic_of(hit), hit) for hit in hits if self._is_admitted(hit.owner)]
        self._owner_topics.ensure(topic for topic, _ in by_topic)
        futures = [
            self._producer.send(topic, key=hit.key, value=self._signed(topic, hit), partition=0)
            for topic, hit in by_topic
        ]
        for future in futures:
            future.get(timeout=ACK_TIMEOUT_S)

    def _is_admitted(self, owner: Owner) -> bool:
        """Say whether an authority takes part now: a member's does."""
        partner = self.partners.get(owner.country)
        return owner.country in COUNTRIES or (partner is not None and partner.is_admitted(now_ms()))

    def _topic_of(self, hit: HitMessage) -> str:
        return topics.hits(self.generation, hit.owner.country, hit.owner.authority)

    def _signed(self, topic: str, hit: HitMessage) -> bytes:
        keys = self._signer.current()
        return sign(topic, hit.value, keys.key_id, keys.signing)

    def _note(self, hits: Sequence[HitMessage], *, sent: bool) -> None:
        """Note in the table what was sent, or that it is being sent.

        A process that dies between the two does not know whether it arrived.
        """
        written = time.time_ns()
        rows = [
            (
                hit.indicator,
                hit.owner.country,
                hit.owner.authority,
                hit.owner.exercise or "",
                hit.content if sent else CONTENT_UNKNOWN,
                written,
            )
            for hit in hits
        ]
        self._client.insert("hits", _COLUMNS, list(zip(*rows, strict=True)))

    def _commit(self, ends: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
        errors = self._admin.alter_group_offsets(topics.hits_group(self.generation), dict(ends))
        refused = {
            f"{topic_partition.topic}/{topic_partition.partition}": error
            for topic_partition, error in errors.items()
            if error is not NoError
        }
        if refused:
            raise KafkaError(f"offsets not committed: {refused}")


def _indicator_ids(message: Message, rules: RuleBook) -> set[str]:
    """Return the indicators that a message of the evidence topic may change, as text.

    These are those that it has rows of. Where a row ends, they are also the others of its thing:
    an indicator that ends brings weaker ones back. There are none in a message that cannot be
    read: the sink rejected it.
    """
    if not message.value:
        return set()  # the end of a key
    try:
        rows = raw_log_format("evidence").read(message.value)["rows"]
    except QuipuFormatError as error:
        log.warning(
            "evidence_unreadable",
            partition=message.partition,
            offset=message.offset,
            code=error.code,
        )
        return set()
    ended = (row for row in rows if row["op"] != "add")
    things = {(row["kind"], to_uuid_text(row["thing"])) for row in ended}
    related = {id_ for thing in things for id_ in related_ids(*thing, rules)}
    return {to_uuid_text(row["indicator"]) for row in rows} | related


def _owner(row: Mapping[str, Any]) -> Owner:
    return Owner(row["country"], row["authority"], row["exercise"] or None)


def disclosed_hits(hits: Iterable[OwnerHit]) -> Iterator[Disclosed]:
    """Yield what the ledger records: one answer for each owner."""
    by_owner: dict[Owner, list[OwnerHit]] = {}
    for hit in hits:
        by_owner.setdefault(hit.owner, []).append(hit)
    for owner, own_hits in by_owner.items():
        disclosed = Disclosed(owner.reader, None)
        for hit in own_hits:
            disclosed.questions["hit" if hit.live else "hit ended"] = None
        disclosed.add_indicators(to_indicator_view(hit.live) for hit in own_hits if hit.live)
        disclosed.indicators.update(
            {to_uuid_text(hit.indicator): now_ms() for hit in own_hits if hit.live is None}
        )
        yield disclosed
