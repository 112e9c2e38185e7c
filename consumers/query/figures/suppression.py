"""Hide small counts of a table so that nothing published gives them back. Pure.

Who reads the table knows every published count and total, that a count is hidden, and that it is at
least 1, because zeros are published. A hidden count is safe if another count is possible there with
everything that is published. That is so exactly if it lies on a cycle. Add one to it, take one from
another of its row, add one in that column, and so on, until the sums are as before. Totals are
counts of a last row and a last column, with the opposite sign.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TOTAL = ""
"""In the place of a row or a column: the total of all of them."""
DEFAULT_THRESHOLD = 5
Cell = tuple[str, str]
"""A row and a column."""
_TOTAL_COST = 10**9
"""Totals are worth more than what is inside, and the total of all is worth most."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Hold what is published: counts by row and column with totals; None where one is hidden."""

    rows: list[str]
    columns: list[str]
    counts: Mapping[Cell, int | None]


def publish(counts: Mapping[Cell, int], threshold: int = DEFAULT_THRESHOLD) -> PublishedTable:
    """Return the table with totals, in which no count below the threshold can be computed.

    `counts`: of records, by row and column, none of them negative.
    """
    every = with_totals(counts)
    hidden = {cell for cell, count in every.items() if 0 < count < threshold}
    while (exposed := next(_exposed(every, hidden), None)) is not None:
        hidden |= _cheapest_path(every, hidden, exposed)
    rows = sorted({row for row, _column in every} - {TOTAL})
    columns = sorted({column for _row, column in every} - {TOTAL})
    shown = {cell: None if cell in hidden else count for cell, count in every.items()}
    return PublishedTable(rows, columns, shown)


def with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the counts of rows and columns that have any, with their totals, zeros included."""
    positive = {cell: count for cell, count in counts.items() if count > 0}
    rows = sorted({row for row, _column in positive})
    columns = sorted({column for _row, column in positive})
    every = {(row, column): positive.get((row, column), 0) for row in rows for column in columns}
    for (row, column), count in positive.items():
        for cell in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            every[cell] = every.get(cell, 0) + count
    return every


def _exposed(every: Mapping[Cell, int], hidden: set[Cell]) -> Iterator[Cell]:
    """Yield hidden counts that only one number fits."""
    steps = _steps(every, hidden)
    for cell in sorted(hidden):
        row, column = _ends(cell)
        falls, rises = _moves(cell, every[cell])
        is_safe = (rises and _reaches(steps, row, column, cell)) or (
            falls and _reaches(steps, column, row, cell)
        )
        if not is_safe:
            yield cell


def _ends(cell: Cell) -> tuple[Cell, Cell]:
    """Return the nodes of a cell: its row and its column, which differ."""
    return ("row", cell[0]), ("column", cell[1])


def _moves(cell: Cell, count: int) -> tuple[bool, bool]:
    """Say whether a cell can fall and rise by one in the sums: no hidden count falls below 1.

    The total of one row or one column enters them with the opposite sign.
    """
    is_margin = (cell[0] == TOTAL) != (cell[1] == TOTAL)
    return (True, count > 1) if is_margin else (count > 1, True)


def _steps(every: Mapping[Cell, int], hidden: set[Cell]) -> dict[Cell, list[tuple[Cell, Cell]]]:
    """Return from each node where a change can go on, and by which cell.

    From a row to a column a hidden count falls by one, from a column to a row it rises.
    """
    steps: dict[Cell, list[tuple[Cell, Cell]]] = {}
    for cell in hidden:
        row, column = _ends(cell)
        falls, rises = _moves(cell, every[cell])
        if falls:
            steps.setdefault(row, []).append((column, cell))
        if rises:
            steps.setdefault(column, []).append((row, cell))
    return steps


def _reaches(
    steps: Mapping[Cell, list[tuple[Cell, Cell]]], start: Cell, end: Cell, without: Cell
) -> bool:
    """Say whether a change gets from one node to another without a cell."""
    known, waiting = {start}, [start]
    while waiting:
        for following, cell in steps.get(waiting.pop(), ()):
            if cell != without and following not in known:
                known.add(following)
                waiting.append(following)
    return end in known


def _cheapest_path(every: Mapping[Cell, int], hidden: set[Cell], exposed: Cell) -> set[Cell]:
    """Return cells that make a cycle with an exposed one, the least worth in all.

    Zeros stay published. Hidden cells cost little, so that few are added; at least one is new.
    """
    start, end = _ends(exposed)
    edges: dict[Cell, list[tuple[Cell, Cell]]] = {}
    for cell, count in every.items():
        if count and cell != exposed:
            row, column = _ends(cell)
            edges.setdefault(row, []).append((column, cell))
            edges.setdefault(column, []).append((row, cell))
    tight = {cell for cell in hidden if every[cell] == 1}
    waiting: list[tuple[int, int, Cell, frozenset[Cell]]] = [(0, 0, start, frozenset())]
    done: set[tuple[Cell, bool]] = set()
    order = 0
    while waiting:
        cost, _order, node, path = heapq.heappop(waiting)
        is_new = not path <= hidden
        if node == end and is_new:
            return set(path)
        if (node, is_new) in done:
            continue
        done.add((node, is_new))
        for following, cell in edges.get(node, ()):
            order += 1
            step = _cost(cell, every[cell], cell in hidden, cell in tight)
            heapq.heappush(waiting, (cost + step, order, following, path | {cell}))
    return {cell for cell, count in every.items() if count}


def _cost(cell: Cell, count: int, is_hidden: bool, is_tight: bool) -> int:
    """Return what it costs to hide a cell: the records that readers no longer see."""
    if is_hidden:
        return 1_000 if is_tight else 1
    totals = (cell[0] == TOTAL) + (cell[1] == TOTAL)
    return 2 + count * 10 + _TOTAL_COST * totals
