"""Write cells as CSV that a spreadsheet reads: UTF-8 with a mark, commas, no formula. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from infra.formulas import neutralise
from infra.moment_text import written

BYTE_ORDER_MARK = "\ufeff"


def csv_parts(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the file line by line: the names of the columns, then the rows."""
    yield (BYTE_ORDER_MARK + _line(names)).encode()
    for row in rows:
        yield _line([_safe(cell) for cell in row]).encode()


def cell_text(value: object) -> str:
    """Write a value in one cell: several values with bars between them, true and false in English.

    A moment is written in UTC to the millisecond, and what is unknown is empty.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return " ".join(f"{name}={cell_text(part)}" for name, part in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value) if isinstance(value, set | frozenset) else value
        return " | ".join(map(cell_text, ordered))
    return str(value)


def _safe(value: object) -> str:
    """Write a cell; what somebody wrote is never a formula, and a number may have a minus."""
    text = cell_text(value)
    return text if isinstance(value, int | float | Decimal) else neutralise(text)


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
