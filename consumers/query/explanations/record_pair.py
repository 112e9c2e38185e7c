"""Choose the two records of a finding that its sentence is about. Pure.

The choice looks at the evidence that is released to the reader, and at nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.views import to_epoch_ms
from streams.rules import Rule

MOST_READ = 4
"""Records of a finding whose content is read: the two of the sentence, and some for the title."""
MOST_COMPARED = 60
"""Records of a role that are compared with those of the other."""


class RecordPair(NamedTuple):
    """The two pieces of evidence that a sentence is about, in its order."""

    first: EvidenceView
    second: EvidenceView


@dataclass(frozen=True, slots=True)
class _Member:
    """A piece of evidence as a rule sees it; its time in ms since 1970 UTC."""

    certainty: str
    occurred: int | None
    traits: Mapping[str, str]


def choose_pair(view: IndicatorView, rule: Rule) -> RecordPair | None:
    """Return the newest second record with the newest first one that fits it; None for a hub.

    Where both roles are the same, the first is what occurred first.
    """
    if view.status != "live":
        return None
    first_role, second_role = rule.pair
    seconds = _newest_first(piece for piece in view.evidence if piece.role == second_role)
    firsts = _newest_first(piece for piece in view.evidence if piece.role == first_role)
    for second in seconds:
        for first in _before_it_first(firsts, second):
            if not _fits(first, second, rule, view.grade):
                continue
            if first_role == second_role and _is_after(first, second):
                return RecordPair(second, first)
            return RecordPair(first, second)
    return None


def events_to_read(view: IndicatorView, rule: Rule) -> list[str]:
    """Return the ids of the events whose content is used, those of the sentence first.

    The others are chosen by id, so that the order of the log decides nothing.
    """
    pair = choose_pair(view, rule)
    others = sorted(view.evidence, key=lambda piece: piece.event)
    ids = dict.fromkeys(piece.event for piece in (*(pair or ()), *others))
    return list(ids)[:MOST_READ]


def _newest_first(pieces: Iterator[EvidenceView]) -> list[EvidenceView]:
    """Sort by when it occurred; what has no date comes last."""
    ordered = sorted(pieces, key=lambda piece: piece.event)
    ordered.sort(
        key=lambda piece: (
            piece.occurred is not None,
            piece.occurred or piece.recorded_at,
            piece.recorded_at,
        ),
        reverse=True,
    )
    return ordered[:MOST_COMPARED]


def _before_it_first(
    pieces: Sequence[EvidenceView], second: EvidenceView
) -> Iterator[EvidenceView]:
    """Yield what occurred before the second record first, the newest of it first."""
    yield from (piece for piece in pieces if not _is_after(piece, second))
    yield from (piece for piece in pieces if _is_after(piece, second))


def _is_after(first: EvidenceView, second: EvidenceView) -> bool:
    if first.occurred is None or second.occurred is None:
        return False
    return first.occurred > second.occurred


def _fits(first: EvidenceView, second: EvidenceView, rule: Rule, grade: str) -> bool:
    a, b = _member(first), _member(second)
    return (
        first.country != second.country
        and rule.conditions_hold(a, b)
        and rule.grade_of(a, b) == grade
    )


def _member(piece: EvidenceView) -> _Member:
    occurred = None if piece.occurred is None else to_epoch_ms(piece.occurred)
    return _Member(piece.certainty, occurred, piece.traits)
