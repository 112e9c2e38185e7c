"""Read the file of a national system: CSV, XLSX, JSON, JSON lines, XML.

Rows stream. A broken row is reported with its line, and the rest continues.
"""

from collections.abc import Iterator
from pathlib import Path

from producers.model import Refusal
from producers.sources.csv_reader import csv_rows
from producers.sources.format import Source
from producers.sources.json_reader import json_array, json_lines
from producers.sources.rows import FileRefusedError, RowOrRefusal
from producers.sources.text_lines import text_lines
from producers.sources.xlsx_reader import xlsx_rows
from producers.sources.xml_reader import xml_rows


def read(path: Path, source: Source, columns: frozenset[str]) -> Iterator[RowOrRefusal]:
    """Read rows with their lines (of a sheet: its row numbers), and refusals of lines.

    A refusal of line 0 is the file's. `columns` are those that the mapping names. It never raises
    for what the file contains.
    """
    has_rows = False
    try:
        for row in _rows(path, source, columns):
            has_rows = True
            yield row
    except FileRefusedError as refused:
        yield refused.refusal
        return
    except OSError as error:
        yield Refusal(0, "UNREADABLE_FILE", detail=str(error.strerror))
        return
    if not has_rows:
        yield Refusal(0, "EMPTY_FILE")


def _rows(path: Path, source: Source, columns: frozenset[str]) -> Iterator[RowOrRefusal]:
    with path.open("rb") as file:
        if source.format == "xlsx":
            yield from xlsx_rows(file, source.sheet, source.header_row, columns)
        elif source.format == "xml":
            yield from xml_rows(file, source.rows, source.encoding)
        else:
            lines = text_lines(file, source.encoding)
            if source.format == "csv":
                yield from csv_rows(lines, source.separator, columns, source.header_row)
            elif source.format == "jsonl":
                yield from json_lines(lines)
            else:
                yield from json_array(lines, source.rows)
