"""Read the file of a national system: CSV, XLSX, JSON, JSON lines, XML.

Rows stream. A broken row is reported with its line, and the rest continues.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import structlog

from infra.system_errors import reason_of
from producers.model import Notice, Refusal
from producers.sources.csv_reader import csv_rows
from producers.sources.format import Source
from producers.sources.json_reader import json_array, json_lines, json_surroundings
from producers.sources.outer_facts import outer_columns
from producers.sources.rows import (
    FileRefusedError,
    Notify,
    RowOrRefusal,
    number_of,
    number_rows,
)
from producers.sources.text_lines import text_lines, text_pieces
from producers.sources.xlsx_reader import sheet_rows
from producers.sources.xml_reader import xml_rows, xml_surroundings
from schemas.i18n import UserMessage, _

log = structlog.get_logger(__name__)


def _ignore(_notice: Notice) -> None:
    """Leave a notice unsaid, where another reading of the file says it."""


def read(
    path: Path, source: Source, columns: frozenset[str], notify: Notify = _ignore
) -> Iterator[RowOrRefusal]:
    """Read rows with their lines (of a sheet: its row numbers), and refusals of lines.

    A refusal of line 0 is the file's. `columns` are those that the mapping names. `notify` is
    called with what is left out, or in doubt. It never raises for what the file contains, and holds
    at most about 300 MB, whatever the file contains.
    """
    number = 0
    try:
        for row in _rows(path, source, columns, notify):
            number = number_of(row)
            yield row
    except FileRefusedError as refused:
        yield refused.refusal
        return
    except OSError as error:
        yield Refusal(0, "UNREADABLE_FILE", detail=reason_of(error))
        return
    except Exception as error:  # a reader, or a library under it, met what nobody foresaw
        log.exception("reader_failed", format=source.format, last_line=number)
        yield Refusal(0, "UNREADABLE_FILE", detail=_unforeseen(error, number))
        return
    if not number:
        yield Refusal(0, "EMPTY_FILE")


def open_source(path: Path, source: Source) -> BinaryIO:
    """Open a file for reading. Raises OSError, also for a link that is not to be followed."""
    if source.follows_links:
        return path.open("rb")
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    status = os.fstat(file.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_nlink <= 1:
        return file
    file.close()
    raise OSError(0, "not a regular file, or one with other names (hard links)")


def _unforeseen(error: Exception, number: int) -> UserMessage:
    return _(
        "after line {number} it cannot be read ({name}); correct the file, or send it to support",
        number=number,
        name=type(error).__name__,
    )


def _rows(
    path: Path, source: Source, columns: frozenset[str], notify: Notify
) -> Iterator[RowOrRefusal]:
    with open_source(path, source) as file:
        if source.format == "xlsx":
            yield from sheet_rows(file, source, columns, notify)
        elif source.format == "xml":
            yield from number_rows(_xml(file, source, columns), notify)
        elif source.format == "csv":
            lines = text_lines(file, source.encoding)
            yield from csv_rows(lines, source, columns, notify)
        elif source.format == "jsonl":
            yield from json_lines(text_lines(file, source.encoding))
        else:
            yield from number_rows(_json(file, source, columns), notify)


def _xml(file: BinaryIO, source: Source, columns: frozenset[str]) -> Iterator[RowOrRefusal]:
    surroundings = None
    if source.rows and (outer := outer_columns(columns)):
        surroundings = xml_surroundings(file, source.rows, source.encoding, outer)
        file.seek(0)
    yield from xml_rows(file, source.rows, source.encoding, surroundings)


def _json(file: BinaryIO, source: Source, columns: frozenset[str]) -> Iterator[RowOrRefusal]:
    surroundings = None
    if source.rows and (outer := outer_columns(columns)):
        pieces = text_pieces(file, source.encoding)
        surroundings = json_surroundings(pieces, source.rows, outer)
        file.seek(0)
    yield from json_array(text_pieces(file, source.encoding), source.rows, surroundings)
