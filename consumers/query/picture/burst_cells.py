"""Say which cells of the risk picture a burst drives. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from consumers.query.bursts.burst import Burst
from consumers.query.picture.tallies import Cell


def bursts_by_cell(bursts: Iterable[Burst]) -> dict[Cell, Burst]:
    """Return the strongest burst of each place and theme: certain before possible, then largest.

    A burst is of the theme that at least half of its records have; else of none.
    """
    by_cell: dict[Cell, Burst] = {}
    for burst in bursts:
        cell = (burst.place, main_theme(burst))
        known = by_cell.get(cell)
        if cell[1] and (known is None or _strength(burst) > _strength(known)):
            by_cell[cell] = burst
    return by_cell


def main_theme(burst: Burst) -> str:
    """Return the theme that at least half of a burst's records have; empty where none has."""
    counts = Counter(record.theme for record in burst.evidence)
    theme, count = min(counts.items(), key=lambda own: (-own[1], own[0]), default=("", 0))
    return theme if 2 * count >= len(burst.evidence) else ""


def _strength(burst: Burst) -> tuple[bool, float, str]:
    return burst.grade == "certain", burst.count - burst.expected, burst.id or ""
