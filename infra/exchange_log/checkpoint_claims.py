"""Read what was signed of the log: what was published, and what witnesses countersigned."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from heapq import nlargest

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.history_files import accepted_losses, origin_of
from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import Settings
from schemas.checkpoint.chain import Origin, read_origin, read_step
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
_NEWEST = 3
"""Claims of the mechanism, and of each witness, that are kept whole."""
MOST_DISAGREEING = 1_000
"""Claims on a tree that are looked at again where they do not fit: the largest."""


@dataclass
class TreeClaims:
    """Hold what was signed of a tree, in little memory: an exchange signs a million in a year.

    `roots`: the first root that was published, by size. `others`: claims with another root, or of
    another size, whose signatures are good. `newest`: the last claims of the mechanism and of each
    witness. `forged`: how many claims like `others` had no good signature.
    """

    roots: dict[int, bytes] = field(default_factory=dict)
    others: list[CheckpointClaim] = field(default_factory=list)
    newest: dict[str, deque[CheckpointClaim]] = field(default_factory=dict)
    forged: int = 0

    def add(self, claim: CheckpointClaim, is_good: Callable[[CheckpointClaim], bool]) -> None:
        """Add the next claim, those that were published first.

        `is_good` verifies a claim that is not as it was published: whoever may write to a topic of
        witnesses could fill the memory with such claims.
        """
        size, root = claim.checkpoint.size, claim.checkpoint.root
        if claim.witness == MECHANISM:
            self.roots.setdefault(size, root)
        if self.roots.get(size) != root:
            if not is_good(claim):
                self.forged += 1
                return
            self.others.append(claim)
        self.newest.setdefault(claim.witness, deque(maxlen=_NEWEST)).append(claim)

    def disagreeing(self, root_at: Mapping[int, bytes]) -> set[int]:
        """Return the largest sizes at which a root was published that is not the log's."""
        sizes = (size for size, root in self.roots.items() if root_at.get(size) != root)
        return set(nlargest(MOST_DISAGREEING, sizes))


class CheckpointClaims:
    """All that was signed of the trees that the log has now.

    What was signed of a tree before an operator accepted its loss is left out.
    """

    def __init__(self, settings: Settings, present: Mapping[str, object]) -> None:
        """Read every claim. `present`: the topics that Kafka has. Raises what a reader raises."""
        self._settings = settings
        self._by_place: dict[Place, TreeClaims] = defaultdict(TreeClaims)
        self._losses = accepted_losses(settings)
        self._trust: tuple[TrustedKeys, ConfigHistory] | None = None
        self._topics = [
            topic for topic in (CHECKPOINTS, *map(witness, COUNTRIES)) if topic in present
        ]
        for origin, claim in self._read():
            self._by_place[origin.topic, origin.partition].add(claim, self.is_good)

    def sizes(self, topic: str, partition: int) -> set[int]:
        """Return the sizes of a partition that anybody signed."""
        tree = self._by_place[topic, partition]
        return {*tree.roots, *(claim.checkpoint.size for claim in tree.others)}

    def forged(self, topic: str, partition: int) -> int:
        """Return how many claims on a partition had no good signature, and were left out."""
        return self._by_place[topic, partition].forged

    def of(self, topic: str, partition: int, root_at: Mapping[int, bytes]) -> list[CheckpointClaim]:
        """Return the newest claims on a partition, and all that do not fit its roots.

        Where published claims do not fit, the topics are read again, for MOST_DISAGREEING sizes at
        most.
        """
        tree = self._by_place[topic, partition]
        claims = [*tree.others, *(claim for newest in tree.newest.values() for claim in newest)]
        sizes = tree.disagreeing(root_at)
        if sizes:
            claims += [
                claim
                for origin, claim in self._read()
                if (origin.topic, origin.partition) == (topic, partition)
                and claim.checkpoint.size in sizes
                and claim.checkpoint.root == tree.roots[claim.checkpoint.size]
            ]
        return [*dict.fromkeys(claims)]

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

    def _read(self) -> Iterator[tuple[Origin, CheckpointClaim]]:
        for topic in self._topics:
            for message in _messages(self._settings, topic):
                try:
                    note, name = _read_claim(message)
                    origin = read_origin(note.checkpoint.origin)
                except QuipuFormatError:
                    continue
                if origin == origin_of(origin.topic, origin.partition, self._losses):
                    yield origin, CheckpointClaim(note, name, message.appended_at)

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
