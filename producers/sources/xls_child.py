"""Read an old XLS workbook from standard input, and write its sheets as JSON lines.

It is a program of its own, because the library holds each sheet as a dense range: a single cell in
the last corner would ask for half a gigabyte, and what is damaged may end the process. Here the
memory and the time are bounded by the system, and what happens stays here.

Lines: `{"sheets": [names]}`; then, of each sheet, `{"sheet": number from 0, "merged": [[first row,
first column, last row, last column], …]}` and a list for each row that is not empty: its number
from 1, then the cells, dates as text.
"""

import datetime
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import python_calamine

MAX_MEMORY = 320 << 20  # bytes of address space: a sheet of 65,536 rows of 14 columns fits
MAX_SECONDS = 60  # of processor time


def main() -> None:
    """Bound the process, then write every sheet."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    _write({"sheets": book.sheet_names})
    for number in range(len(book.sheet_names)):
        sheet = book.get_sheet_by_index(number)
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        _write({"sheet": number, "merged": merged})
        for row in _rows(sheet):
            _write(row)


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[list[Any]]:
    if sheet.start is None:
        return
    before: list[Any] = [None] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_plain(cell) for cell in row]
        if any(cell is not None for cell in cells):
            yield [number, *before, *cells]


def _plain(cell: Any) -> Any:
    """Make a cell into a value of JSON, dates as text; None for an empty one."""
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return str(cell)
    return None if cell == "" else cell


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
