"""Read the log, and write a signed checkpoint of each partition that grew.

What was signed before is read from the topic of checkpoints. A partition that does not continue it
is not signed again: it was cut or rewritten, and a person must decide (`quipu verify`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any

import structlog

from infra.clock import now_ms
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.history_files import accepted_losses, origin_of
from infra.exchange_log.log_owner import check_signing_key
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.keys.current_signer import CurrentSigner
from infra.keys.keyring import MechanismKeys
from infra.settings import Settings
from schemas.checkpoint.chain import CheckpointChain, Judgement, Origin, make_step
from schemas.checkpoint.committed_tree import CommittedTree
from schemas.checkpoint.merkle import leaf_hash
from schemas.checkpoint.periods import period_of
from schemas.checkpoint.signed_note import sign_checkpoint
from schemas.topics import CHECKPOINTS, committed_topics

log = structlog.get_logger(__name__)

ACK_TIMEOUT_S = 30.0


class CheckpointPublisher:
    """Sign for one exchange. Methods raise KafkaError, LogStalledError."""

    def __init__(
        self,
        settings: Settings,
        keys: MechanismKeys,
        period: Callable[[str], float] = period_of,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        """`period`: see `period_of`; `clock`: ms since 1970 UTC. Nothing is connected yet."""
        self.signed = 0
        """How many checkpoints were written."""
        self._settings, self._signer = settings, CurrentSigner(settings, keys)
        self._config = ConfigLog(settings)
        self._period, self._clock = period, clock
        self._chain = CheckpointChain()
        self._signed_at: dict[str, int] = {}
        self._checkpoints = PartitionReader(settings.kafka, CHECKPOINTS, 0)
        self._trees: dict[Origin, tuple[PartitionReader, CommittedTree]] = {}
        self._broken: set[str] = set()
        self._producer: Any = None

    @property
    def broken(self) -> list[str]:
        """The trees that do not continue what was signed, and those that were signed twice."""
        return sorted({*self._broken, *self._chain.contradictions})

    def step(self) -> int:
        """Read what is new, and sign what is due; return how many checkpoints were signed."""
        self._follow_checkpoints()
        due: list[tuple[Origin, CommittedTree]] = []
        for origin in self._origins():
            tree = self._read_tree(origin)
            if self._is_intact(origin, tree) and tree.leaves and self._is_due(origin):
                due.append((origin, tree))
        if due:
            self._sign(due)
            self._follow_checkpoints()
        return len(due)

    def check_signing_key(self) -> None:
        """Check that no other key has replaced this folder's. Raises KeyringError SIGNING_KEY."""
        check_signing_key(self._signer.current(), self._config.refresh(), self._clock())

    def close(self) -> None:
        """Close the readers and the producer; what was sent is acknowledged already."""
        readers = [self._checkpoints, *(reader for reader, _tree in self._trees.values())]
        for close in (self._config.close, *(reader.close for reader in readers)):
            with suppress(OSError):
                close()
        if self._producer is not None:
            self._producer.close(timeout=0)

    def _follow_checkpoints(self) -> None:
        end = self._checkpoints.end()
        self._config.refresh()  # after the end, so the key of every message is announced
        trust = self._config.trusted_keys()
        for message in self._checkpoints.read(end):
            followed = self._chain.follow(message.value, trust.public(message.appended_at))
            if followed is None or followed[0] in (Judgement.UNCONNECTED, Judgement.CONTRADICTS):
                log.error("checkpoint_not_followed", offset=message.offset, judgement=followed)
            elif followed[0] is Judgement.NEXT:
                self._signed_at[followed[1]] = message.appended_at

    def _origins(self) -> Iterator[Origin]:
        losses = accepted_losses(self._settings)
        for spec in committed_topics():
            for partition in range(spec.partitions):
                yield origin_of(spec.name, partition, losses)

    def _read_tree(self, origin: Origin) -> CommittedTree:
        """Read a tree to the end of its partition.

        One that ends before what was read of it was cut or made again: it is read from its
        beginning.
        """
        reader, tree = self._tree(origin)
        end = reader.end()
        if end < reader.position:
            self._forget(origin)
            reader, tree = self._tree(origin)
        tree.settle(self._chain.head(str(origin)))
        for message in reader.read(end):
            tree.add(leaf_hash(message.value))
        return tree

    def _tree(self, origin: Origin) -> tuple[PartitionReader, CommittedTree]:
        """Return a tree with its reader; one that an operator gave up is forgotten."""
        if origin not in self._trees:
            place = (self._settings.kafka, origin.topic, origin.partition)
            with closing(PartitionReader(*place)) as reader:
                first = reader.first()
            for other in [known for known in self._trees if known[:2] == origin[:2]]:
                self._forget(other)
            self._trees[origin] = PartitionReader(*place, first), CommittedTree()
        return self._trees[origin]

    def _forget(self, origin: Origin) -> None:
        self._trees.pop(origin)[0].close()
        self._broken.discard(str(origin))

    def _is_intact(self, origin: Origin, tree: CommittedTree) -> bool:
        name = str(origin)
        if tree.is_intact:
            return True
        if name not in self._broken:
            log.error(
                "log_is_not_what_was_signed",
                tree=name,
                consequence="it is not signed again",
                remedy="quipu verify",
            )
            self._broken.add(name)
        return False

    def _is_due(self, origin: Origin) -> bool:
        age_ms = self._clock() - self._signed_at.get(str(origin), 0)
        return age_ms >= self._period(origin.topic) * 1000

    def _sign(self, due: list[tuple[Origin, CommittedTree]]) -> None:
        if self._producer is None:
            self._producer = open_producer(
                self._settings.kafka,
                acks="all",
                enable_idempotence=True,
                allow_auto_create_topics=False,
            )
        futures = []
        for origin, tree in due:
            checkpoint, proof = tree.next_checkpoint(str(origin))
            note = sign_checkpoint(checkpoint, self._signer.current().signing)
            step = make_step(tree.head, proof, note)
            futures.append(
                self._producer.send(
                    CHECKPOINTS, key=str(origin).encode(), value=str(step).encode(), partition=0
                )
            )
        for future in futures:
            future.get(timeout=ACK_TIMEOUT_S)
        self.signed += len(due)
