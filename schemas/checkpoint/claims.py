"""Compare what was signed of a log with what the log is. Pure.

A claim is a checkpoint that somebody has: the mechanism published it, or a witness countersigned
it. One that fits the log needs no further look. One that does not is a proof only if its
signatures are good, so they are verified then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.checkpoint.signed_note import Checkpoint, SignedCheckpoint

MECHANISM = ""
"""Who has a claim that was published."""


@dataclass(frozen=True, slots=True)
class CheckpointClaim:
    """A checkpoint, who has it, and when it was appended (ms since 1970 UTC)."""

    note: SignedCheckpoint
    witness: str
    appended_at: int

    @property
    def checkpoint(self) -> Checkpoint:
        """Return the checkpoint without its signatures."""
        return self.note.checkpoint


class Disagreement(StrEnum):
    """Say how a signed checkpoint differs from the log.

    LONGER: it has more messages. OTHER: other ones. BOTH: other ones, and the same key also signed
    the log as it is.
    """

    LONGER = "longer"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """Say what the claims on a tree show.

    `newest`: the largest published checkpoint that fits; `seen_by`: whose countersignature of it is
    good. `wrong`: by kind, the largest claim and who has such claims. `forged`: claims that do not
    fit and prove nothing, since their signatures are wrong.
    """

    newest: CheckpointClaim | None
    seen_by: tuple[str, ...]
    wrong: Mapping[Disagreement, tuple[CheckpointClaim, tuple[str, ...]]]
    forged: int


def compare_claims(
    claims: Sequence[CheckpointClaim],
    root_at: Mapping[int, bytes],
    is_good: Callable[[CheckpointClaim], bool],
) -> ClaimReport:
    """Compare the claims on a tree with the log.

    `root_at`: the log's root at the size of each claim, missing where the log is shorter.
    `is_good`: verifies the signatures of a claim, the mechanism's and the witness's.
    """
    fitting = [claim for claim in claims if _fits(claim, root_at)]
    newest = _largest_good(fitting, is_good)
    seen_by = {
        claim.witness
        for claim in fitting
        if newest and claim.witness and claim.checkpoint == newest.checkpoint and is_good(claim)
    }
    others = [claim for claim in claims if not _fits(claim, root_at)]
    proofs = [claim for claim in others if is_good(claim)]
    signed_size = newest.checkpoint.size if newest else 0
    wrong: dict[Disagreement, tuple[CheckpointClaim, tuple[str, ...]]] = {}
    for kind in Disagreement:
        of_kind = [claim for claim in proofs if _kind(claim, root_at, signed_size) is kind]
        if of_kind:
            largest = max(of_kind, key=lambda claim: claim.checkpoint.size)
            names = {claim.witness for claim in of_kind} - {MECHANISM}
            wrong[kind] = (largest, tuple(sorted(names)))
    return ClaimReport(newest, tuple(sorted(seen_by)), wrong, len(others) - len(proofs))


def _fits(claim: CheckpointClaim, root_at: Mapping[int, bytes]) -> bool:
    return root_at.get(claim.checkpoint.size) == claim.checkpoint.root


def _kind(claim: CheckpointClaim, root_at: Mapping[int, bytes], signed_size: int) -> Disagreement:
    if claim.checkpoint.size not in root_at:
        return Disagreement.LONGER
    return Disagreement.BOTH if claim.checkpoint.size <= signed_size else Disagreement.OTHER


def _largest_good(
    fitting: Sequence[CheckpointClaim], is_good: Callable[[CheckpointClaim], bool]
) -> CheckpointClaim | None:
    published = [claim for claim in fitting if claim.witness == MECHANISM]
    published.sort(key=lambda claim: -claim.checkpoint.size)
    return next((claim for claim in published if is_good(claim)), None)
