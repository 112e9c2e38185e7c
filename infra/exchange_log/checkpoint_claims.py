"""Read what was signed of the log: what was published, and what witnesses countersigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.history_files import accepted_losses, origin_of
from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import Settings
from schemas.checkpoint.chain import read_origin, read_step
from schemas.checkpoint.claims import MECHANISM, CheckpointClaim
from schemas.checkpoint.signed_note import SignedCheckpoint, verify_checkpoint
from schemas.checkpoint.statement import read_statement_note, verify_statement
from schemas.crypto.trusted_keys import TrustedKeys
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.model import COUNTRIES, Message
from schemas.topics import CHECKPOINTS, witness

Place = tuple[str, int]
"""A topic and a partition."""


class CheckpointClaims:
    """All that was signed of the trees that the log has now; nothing is verified while reading.

    What was signed of a tree before an operator accepted its loss is left out.
    """

    def __init__(self, settings: Settings, present: Mapping[str, object]) -> None:
        """Read every claim. `present`: the topics that Kafka has. Raises what a reader raises."""
        self._settings = settings
        self._by_place: dict[Place, list[CheckpointClaim]] = defaultdict(list)
        self._losses = accepted_losses(settings)
        self._trust: tuple[TrustedKeys, ConfigHistory] | None = None
        for topic in (CHECKPOINTS, *map(witness, COUNTRIES)):
            if topic in present:
                for message in _messages(settings, topic):
                    self._add(message)

    def of(self, topic: str, partition: int) -> list[CheckpointClaim]:
        """Return the claims on a partition."""
        return self._by_place[topic, partition]

    def is_good(self, claim: CheckpointClaim) -> bool:
        """Say whether the mechanism signed it, and the witness whose claim it is."""
        trust, history = self._trusted()
        is_published = claim.witness == MECHANISM
        try:
            verify_checkpoint(claim.note, trust.public(claim.appended_at if is_published else None))
            if not is_published:
                verify_statement(claim.note, claim.witness, history.at(claim.appended_at))
        except QuipuFormatError:
            return False
        return True

    def _add(self, message: Message) -> None:
        try:
            note, name = _read_claim(message)
            origin = read_origin(note.checkpoint.origin)
        except QuipuFormatError:
            return
        if origin == origin_of(origin.topic, origin.partition, self._losses):
            claim = CheckpointClaim(note, name, message.appended_at)
            self._by_place[origin.topic, origin.partition].append(claim)

    def _trusted(self) -> tuple[TrustedKeys, ConfigHistory]:
        """Return the mechanism's keys, and config for those of the nodes."""
        if self._trust is None:
            with closing(ConfigLog(self._settings)) as config_log:
                history = config_log.refresh()
                self._trust = config_log.trusted_keys(), history
        return self._trust


def _read_claim(message: Message) -> tuple[SignedCheckpoint, str]:
    if message.topic == CHECKPOINTS:
        return read_step(message.value).note, MECHANISM
    name = (message.key or b"").decode(errors="replace") or "?"
    return read_statement_note(message.value), name


def _messages(settings: Settings, topic: str) -> Iterator[Message]:
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        reader.position = reader.first()
        yield from reader.read(reader.end())
