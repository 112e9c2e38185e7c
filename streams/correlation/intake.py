"""Intake: bundles of one partition → accepted, observations, receipts, rejects, and changes of state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from schemas.config import Config
from schemas.event_type import EventType
from schemas.model import Cord, Message
from streams.correlation.step import Get, Scan, Step

KeyListId = tuple[Cord, int]
"""Cord and sequence of the bundle that the list is of."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens sealed content, and the secret under which things get their keys (infra.keyring's mechanism keys)."""

    recipient: str
    private: X25519PrivateKey
    thing_secret: bytes


def wanted(messages: Iterable[Message]) -> set[KeyListId]:
    """Cord and sequence of each readable bundle: the key lists to fetch before `fold`. Verifies nothing."""
    raise NotImplementedError


class Intake:
    """Pure: decides by its arguments alone. One object serves all partitions."""

    def __init__(self, generation: int, opening: Opening, event_types: Mapping[bytes, EventType]) -> None:
        """`event_types`: the released ones by fingerprint (schemas.event_type.released()); others are compiled from config's text."""

    def fold(self, messages: Sequence[Message], get: Get, scan: Scan, config: Config, key_lists: Mapping[KeyListId, Message]) -> Step:
        """The step of a batch of one partition's messages, in the order of their offsets.

        `config` must have been read to its end after the last of `messages` was; `key_lists`: what was found of `wanted(messages)`.
        """
        raise NotImplementedError

    def due(self, get: Get, scan: Scan, config: Config, heard_until: int) -> Step:
        """Takes in the held items whose schema config knows at `heard_until` (ms since 1970 UTC).

        Call it when the partition is quiet: everything appended before `heard_until` must have been folded (`fold` does the same by itself before each message),
        so that a rebuild releases them between the same two bundles.
        """
        raise NotImplementedError
