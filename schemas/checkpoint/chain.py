"""Follow the checkpoints of a log, each proved to continue the one before. Pure.

A message of the topic of checkpoints is what tlog-witness of C2SP calls the body of add-checkpoint:

    old 1000                              the size of the checkpoint before
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9te...   the consistency proof, a hash a line
    ...

    quipu.bundles.co/0                    the checkpoint, a signed note
    ...

The process that signs, the witnesses and who verifies follow the messages by the same rule.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.checkpoint.merkle import EMPTY_ROOT, is_consistent
from schemas.checkpoint.signed_note import (
    Checkpoint,
    SignedCheckpoint,
    read_hash,
    read_note,
    verify_checkpoint,
)
from schemas.errors import BadSignatureError, BrokenFormatError

MOST_HASHES = 63
"""Lines of a proof at most, as tlog-witness has it."""
_ORIGIN = re.compile(r"(quipu\.[a-z.]{1,60})/([0-9]{1,4})(?:/([0-9]{1,4}))?")
_OLD = re.compile("old (0|[1-9][0-9]{0,18})")


class Origin(NamedTuple):
    """Name the tree of a partition.

    `history`: 1, or more by one for each loss that an operator accepted: what is left then begins
    a tree of its own.
    """

    topic: str
    partition: int
    history: int = 1

    def __str__(self) -> str:
        """Write it as a checkpoint has it."""
        place = f"{self.topic}/{self.partition}"
        return place if self.history == 1 else f"{place}/{self.history}"


def read_origin(text: str) -> Origin:
    """Read the first line of a checkpoint. Raises BrokenFormatError."""
    match = _ORIGIN.fullmatch(text)
    if match is None:
        raise BrokenFormatError("the origin of a checkpoint is a topic and its partition")
    return Origin(match[1], int(match[2]), int(match[3] or 1))


@dataclass(frozen=True, slots=True)
class CheckpointStep:
    """Hold a checkpoint with the proof that it continues one of `old_size`."""

    old_size: int
    proof: tuple[bytes, ...]
    note: SignedCheckpoint

    def __str__(self) -> str:
        """Write it as the topic of checkpoints has it."""
        hashes = "".join(f"{base64.b64encode(step).decode()}\n" for step in self.proof)
        return f"old {self.old_size}\n{hashes}\n{self.note}"


def read_step(content: bytes) -> CheckpointStep:
    """Read a message of the topic of checkpoints; nothing is verified yet.

    Raises BrokenFormatError.
    """
    try:
        head, blank, note = content.decode().partition("\n\n")
    except UnicodeDecodeError as error:
        raise BrokenFormatError("a checkpoint is UTF-8") from error
    first, *hashes = head.split("\n")
    match = _OLD.fullmatch(first)
    if not blank or match is None or len(hashes) > MOST_HASHES:
        raise BrokenFormatError("a message of checkpoints begins with: old, size, proof")
    step = CheckpointStep(int(match[1]), tuple(map(read_hash, hashes)), read_note(note))
    read_origin(step.note.checkpoint.origin)
    return step


class Judgement(StrEnum):
    """Say how a checkpoint stands to the one before that was followed.

    NEXT: it continues it. KNOWN: it is the same. UNCONNECTED: it shows nothing, since it is older
    or its proof begins elsewhere. CONTRADICTS: both cannot be true.
    """

    NEXT = "next"
    KNOWN = "known"
    UNCONNECTED = "unconnected"
    CONTRADICTS = "contradicts"


def judge(former: Checkpoint | None, step: CheckpointStep) -> Judgement:
    """Compare a checkpoint, whose signature was verified, with the one before of its tree."""
    new = step.note.checkpoint
    old = former or Checkpoint(new.origin, 0, EMPTY_ROOT)
    if former and new.size == former.size:
        return Judgement.KNOWN if new.root == former.root else Judgement.CONTRADICTS
    if step.old_size != old.size or new.size < old.size:
        return Judgement.UNCONNECTED
    is_next = is_consistent((old.size, old.root), (new.size, new.root), step.proof)
    return Judgement.NEXT if is_next else Judgement.CONTRADICTS


@dataclass
class CheckpointChain:
    """Follow the messages of the topic of checkpoints, in their order.

    `heads`: the newest checkpoint of each tree. `contradictions`: what was signed against one of
    them, by tree, the first only.
    """

    heads: dict[str, SignedCheckpoint] = field(default_factory=dict)
    contradictions: dict[str, SignedCheckpoint] = field(default_factory=dict)

    def head(self, origin: str) -> Checkpoint | None:
        """Return the newest checkpoint of a tree."""
        note = self.heads.get(origin)
        return note.checkpoint if note else None

    def follow(
        self, content: bytes, keys: Sequence[Ed25519PublicKey]
    ) -> tuple[Judgement, str] | None:
        """Take the next message; return how it stands, and its tree.

        None for a message that none of the mechanism's keys signed: nobody counts it.
        """
        try:
            step = read_step(content)
            verify_checkpoint(step.note, keys)
        except (BrokenFormatError, BadSignatureError):
            return None
        origin = step.note.checkpoint.origin
        judgement = judge(self.head(origin), step)
        if judgement is Judgement.NEXT:
            self.heads[origin] = step.note
        elif judgement is Judgement.CONTRADICTS:
            self.contradictions.setdefault(origin, step.note)
        return judgement, origin


def make_step(
    former: Checkpoint | None, proof: Sequence[bytes], note: SignedCheckpoint
) -> CheckpointStep:
    """Make the message that continues `former`; None where it is the first of its tree."""
    return CheckpointStep(former.size if former else 0, tuple(proof), note)
