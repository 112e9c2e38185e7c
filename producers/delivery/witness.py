"""Follow the checkpoints of the log as a witness, and countersign those that only grew.

A witness never signs two histories. It remembers the newest checkpoint of each tree in the outbox.
Where that is an old copy, the witness's own countersignatures in Kafka bind it all the same.
"""

import time
from collections.abc import Sequence

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from infra.keys.keyring import NodeKeys
from producers.delivery.kafka_connection import KafkaConnection
from producers.node_config import NodeConfig
from producers.outbox import checkpoints
from producers.outbox.retention import LOG_TIME
from producers.outbox.store import Outbox
from schemas import topics
from schemas.checkpoint.chain import CheckpointChain, Judgement
from schemas.checkpoint.signed_note import NoteSignature, SignedCheckpoint, cosign
from schemas.checkpoint.statement import read_statement
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.model import Message

log = structlog.get_logger(__name__)

LOOK_S = 1.0
"""How long one look may take; records wait meanwhile. The next look goes on from there."""
SEEN, COSIGNED = "seen", "cosigned"


class LogWitness:
    """For one node, used by one thread at a time.

    Methods raise KafkaUnavailableError, KafkaAccessError, OutboxError.
    """

    def __init__(self, node: str, outbox: Outbox, connection: KafkaConnection) -> None:
        """Take the outbox that remembers, and the connection to read from and send with."""
        self.node = node
        self.outbox = outbox
        self.connection = connection

    def watch(self, config: NodeConfig, keys: NodeKeys, now: int) -> int:
        """Read new checkpoints, and countersign the newest of each tree once all were read.

        `now`: ms since 1970 UTC. Returns how many were countersigned.
        """
        until = time.monotonic() + LOOK_S
        has_all = self._recall(topics.witness(config.home), until, now)
        return self._cosign(config, keys, now) if has_all and self._follow(until, now) else 0

    def _recall(self, topic: str, until: float, now: int) -> bool:
        """Read what this node itself countersigned, which an old copy of the outbox forgot.

        `until`: monotonic time, s. Returns whether all was read.
        """
        start = int(self.outbox.setting("witness") or 0)
        with self.connection.translate_errors():
            end, messages = self.connection.read(topic, 0, start)
            if end == start:
                return True
            keys, history = self.connection.trusted_keys().public(), self.connection.config()
            chain, states = checkpoints.remembered_chain(self.outbox), dict[str, str]()
            for message in messages:
                position = message.offset + 1
                note = self._own_statement(message, keys, history)
                if note is not None and self._is_newer(chain, note):
                    chain.heads[note.checkpoint.origin] = note
                    states[note.checkpoint.origin] = COSIGNED
                if time.monotonic() > until:
                    break
            else:
                position = end
            checkpoints.remember(self.outbox, chain, states, {"witness": str(position)}, now)
            return position >= end

    def _follow(self, until: float, now: int) -> bool:
        """Read checkpoints; return whether all were read until then (monotonic time, s)."""
        start = int(self.outbox.setting("checkpoints") or 0)
        with self.connection.translate_errors():
            end, messages = self.connection.read(topics.CHECKPOINTS, 0, start)
            if end == start:
                return True
            trust = self.connection.trusted_keys()  # after the end: each message's key is announced
            chain, states = checkpoints.remembered_chain(self.outbox), dict[str, str]()
            log_time = int(self.outbox.setting(LOG_TIME) or 0)
            for message in messages:
                position = message.offset + 1
                log_time = max(log_time, message.appended_at)
                self._take(chain, message, trust.public(message.appended_at), states)
                if time.monotonic() > until:
                    break
            else:
                position = end
            settings = {"checkpoints": str(position), LOG_TIME: str(log_time)}
            checkpoints.remember(self.outbox, chain, states, settings, now)
            return position >= end

    def _take(
        self,
        chain: CheckpointChain,
        message: Message,
        keys: Sequence[Ed25519PublicKey],
        states: dict[str, str],
    ) -> None:
        followed = chain.follow(message.value, keys)
        if followed is None:
            log.warning(
                "message_not_believed",
                topic=message.topic,
                offset=message.offset,
                consequence="it is left out; what the mechanism signed counts",
            )
            return
        judgement, origin = followed
        if judgement is Judgement.NEXT:
            states[origin] = SEEN
        elif judgement is Judgement.CONTRADICTS:
            log.error(
                "two_histories_of_the_log",
                tree=origin,
                offset=message.offset,
                consequence="it is not countersigned; both notes are kept in the outbox",
                remedy="call the mechanism; quipu verify --node",
            )

    def _is_newer(self, chain: CheckpointChain, note: SignedCheckpoint) -> bool:
        """Say whether an own statement goes beyond the memory; one against it is kept, too."""
        origin, former = note.checkpoint.origin, chain.head(note.checkpoint.origin)
        if former and note.checkpoint.size == former.size and note.checkpoint != former:
            chain.contradictions.setdefault(origin, note)
        return former is None or note.checkpoint.size > former.size

    def _own_statement(
        self, message: Message, keys: Sequence[Ed25519PublicKey], history: ConfigHistory
    ) -> SignedCheckpoint | None:
        """Return the checkpoint that this node countersigned; None where another did, or nobody."""
        if message.key != self.node.encode():
            return None
        view = history.at(message.appended_at)
        try:
            return read_statement(message.value, keys, self.node, view).note
        except QuipuFormatError as error:
            log.warning("countersignature_not_ours", offset=message.offset, code=error.code)
            return None

    def _cosign(self, config: NodeConfig, keys: NodeKeys, now: int) -> int:
        notes = checkpoints.checkpoints_to_cosign(self.outbox)
        if notes:
            values = [
                str(note.of_log().with_signature(_cosignature(note, keys, now))) for note in notes
            ]
            messages = [(self.node.encode(), value.encode()) for value in values]
            self.connection.send(topics.witness(config.home), 0, messages)
            checkpoints.mark_cosigned(self.outbox, notes)
        return len(notes)


def _cosignature(note: SignedCheckpoint, keys: NodeKeys, now: int) -> NoteSignature:
    return cosign(note.checkpoint, keys.node, keys.signing, now // 1000)
