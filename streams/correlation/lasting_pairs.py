"""Say between which moments two pieces of evidence are a pair, whoever asks. Pure.

`assess` decides for one reader as of one moment. Here the same is decided for all readers and
moments at once, for things that can never be a hub: two released records are a pair while both
are live, unless a released record that is live excludes one of them. So a table of pairs answers
questions about many findings, and nobody folds their evidence again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from streams.correlation.assess import is_excluded_by, is_pair
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import Rule

FOREVER = 2**62
"""The end of what is live now: later than any moment that somebody asks for."""
MOST_COMPARISONS = 2_500
"""Two records that are compared: those of a hub of 50. A flooded thing has more, and is folded."""
CODE = "1"
"""Changes when code decides differently which records are a pair under the same rule."""


class LastingRow(NamedTuple):
    """A piece of evidence, and when it was live: from `since` until before `until`.

    Both are ms since 1970 UTC.
    """

    row: EvidenceRow
    since: int
    until: int


class LastingPair(NamedTuple):
    """Two pieces of evidence that are a pair from `since` until before `until`.

    Not while somebody sees one of `excluders`, each in its own time.
    """

    first: EvidenceRow
    second: EvidenceRow
    since: int
    until: int
    excluders: tuple[LastingRow, ...]


def lasting_rows(rows: Iterable[EvidenceRow]) -> list[LastingRow]:
    """List the adds of one indicator with the time in which each is live, as `live_rows` decides.

    `rows`: all of the indicator, in any order, copies allowed.
    """
    stated: defaultdict[tuple[bytes, str], dict[object, EvidenceRow]] = defaultdict(dict)
    for row in rows:
        if row.op != "erase":
            stated[row.event_id, row.role].setdefault(row.position, row)
    lasting: list[LastingRow] = []
    for of_role in stated.values():
        ordered = sorted(of_role.values(), key=lambda row: row.position)
        ends = [later.position.appended_at for _row, later in pairwise(ordered)]
        for row, until in zip(ordered, [*ends, FOREVER], strict=True):
            if row.op == "add" and until > row.position.appended_at:
                lasting.append(LastingRow(row, row.position.appended_at, until))
    return lasting


def lasting_pairs(rows: Iterable[EvidenceRow], rule: Rule) -> list[LastingPair] | None:
    """List the pairs of one indicator of a rule; None where very many meet, or it may be a hub.

    Of a hub only `assess` knows what a reader sees.
    """
    lasting = lasting_rows(rows)
    if len({own.row.event_id for own in lasting if own.row.role in rule.pair}) > rule.hub:
        return None
    first, second = ([own for own in lasting if own.row.role == role] for role in rule.pair)
    if len(first) * len(second) > MOST_COMPARISONS:
        return None
    excluding = [own for own in lasting if own.row.role in rule.unless]
    mirrored = rule.pair[0] == rule.pair[1]
    return [
        LastingPair(a.row, b.row, since, until, _excluders(a, b, excluding, rule))
        for a in first
        for b in second
        if (since := max(a.since, b.since)) < (until := min(a.until, b.until))
        and is_pair(a.row, b.row, rule, a.row.grade)
        and not (mirrored and b.row.event_id < a.row.event_id)
    ]


def rule_digest(rule: Rule) -> int:
    """Return a number that changes when other records may be pairs under a rule."""
    roles = [
        (role, condition.describe())
        for role, conditions in sorted(rule.roles.items())
        for condition in conditions
    ]
    parts = (CODE, rule.id, rule.pair, rule.joined_by, rule.days, rule.until, rule.hub, roles)
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:8])


def _excluders(
    a: LastingRow, b: LastingRow, excluding: Sequence[LastingRow], rule: Rule
) -> tuple[LastingRow, ...]:
    return tuple(
        other
        for other in excluding
        if any(is_excluded_by(own.row, other.row, rule) for own in (a, b))
    )
