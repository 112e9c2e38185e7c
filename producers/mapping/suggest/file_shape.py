"""Find what is particular about the shape of a file: several shapes of rows, headers, XML paths."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from producers.mapping.values import to_text
from producers.sources.table_header import NumberedRows

_MOST_SHAPES = 12
_LEAST_ROWS_OF_TABLE = 3  # of each shape: in a table an empty cell is common

RowShapes = tuple[str, Counter[str]]
"""A column, and how many rows have each of its values."""


def row_shapes(rows: Sequence[Mapping[str, Any]], is_table: bool) -> RowShapes | None:
    """Find the column whose values part the rows into shapes with different columns.

    None where the rows are of one shape.
    """
    for name in rows[0]:
        values = [row.get(name) for row in rows]
        if any(isinstance(value, Mapping | list) or value in (None, "") for value in values):
            continue
        counts = Counter(to_text(value) for value in values)
        is_frequent = not is_table or min(counts.values()) >= _LEAST_ROWS_OF_TABLE
        if 2 <= len(counts) <= _MOST_SHAPES and is_frequent and _differ(rows, name):
            return name, counts
    return None


def _differ(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    """Tell whether two values of a column each have a column that all their rows fill.

    The rows of the other value never fill it.
    """
    ever: dict[str, set[str]] = {}
    always: dict[str, set[str]] = {}
    for row in rows:
        value = to_text(row[name])
        filled = {key for key, item in row.items() if item not in (None, "")}
        ever.setdefault(value, set()).update(filled)
        always[value] = always.get(value, filled) & filled
    return any(
        always[first] - ever[second] and always[second] - ever[first]
        for first, second in combinations(always, 2)
    )


def has_second_header(rows: NumberedRows, header_row: int) -> bool:
    """Tell whether the row below a header belongs to it.

    It is all text, has names where the header has gaps, and gaps where the header has names.
    """
    at = next((at for at, row in enumerate(rows) if row[0] == header_row), len(rows))
    if at + 2 >= len(rows):
        return False
    first, second = (_filled(cells) for _number, cells in rows[at : at + 2])
    has_names = all(_is_name(rows[at + 1][1][key]) for key in second)
    return has_names and bool(second - first) and bool(first - second)


def _filled(cells: Mapping[int, Any]) -> set[int]:
    return {key for key, cell in cells.items() if str(cell).strip()}


def _is_name(cell: object) -> bool:
    return isinstance(cell, str) and not any(letter.isdigit() for letter in cell)


def xml_row_path(
    counts: Mapping[tuple[str, ...], int], with_text: frozenset[tuple[str, ...]]
) -> str:
    """Choose the path to the rows from how often each path occurs, to three levels.

    The root is the row if it has values of its own, else its only kind of child is, or else the
    most frequent grandchild.
    """
    root = next(path for path in counts if len(path) == 1)
    children = [path for path in counts if len(path) == 2]
    repeated = [path for path in counts if len(path) == 3 and counts[path] > counts[path[:2]]]
    has_values = any(path in with_text for path in children)
    if not has_values and repeated and all(counts[path] == 1 for path in children):
        most = max(counts[path] for path in repeated)
        return "/".join(next(path for path in repeated if counts[path] == most))
    return "/".join(children[0] if len(children) == 1 else root)
