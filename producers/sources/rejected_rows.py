"""Write the refused rows of a file to a file of their own, to be corrected and ingested again.

CSV and JSON lines keep their very bytes, CSV with all that stands above its first row. JSON keeps
the elements. Other formats (sheets, XML) have no such file: the original is corrected and ingested
whole; what was ingested from it before is a duplicate.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from infra.data_folder import create_private
from producers.model import Refusal, SourceRow
from producers.sources.format import Source
from producers.sources.reader import open_source, read
from producers.sources.rows import MAX_LINE, RowOrRefusal
from producers.sources.text_lines import detect_encoding, text_lines, with_line_feeds

_ENDINGS = {"csv": ".csv", "jsonl": ".jsonl", "json": ".json"}


class RejectedRows(NamedTuple):
    """Which rows of a file to copy: those at `indexes` (from 0), read as `source` says.

    `columns` are those that the mapping names.
    """

    path: Path
    source: Source
    columns: frozenset[str]
    indexes: frozenset[int]

    def read(self) -> Iterator[RowOrRefusal]:
        """Read the whole file as the run did."""
        return read(self.path, self.source, self.columns)


def write_rejected_rows(rejected: RejectedRows, target: Path) -> Path | None:
    """Copy the rejected rows to `target` with the format's ending added.

    Returns where they are; None where there are none, or where the format has no such file. Raises
    OSError.
    """
    ending = _ENDINGS.get(rejected.source.format)
    if ending is None or not rejected.indexes:
        return None
    target = target.with_name(target.name + ending)
    part = target.with_name(f".{target.name}.part")
    with create_private(part) as file:
        file.writelines(_elements(rejected) if ending == ".json" else _raw_rows(rejected))
    part.replace(target)
    return target


def _elements(rejected: RejectedRows) -> Iterator[bytes]:
    """Yield a JSON array where the mapping looks for one.

    An element that is no object is left out.
    """
    names = rejected.source.rows.split(".") if rejected.source.rows else []
    yield "".join(f"{{{json.dumps(name)}:" for name in names).encode() + b"["
    separator = b"\n"
    for index, row in enumerate(rejected.read()):
        if index in rejected.indexes and isinstance(row, SourceRow):
            text = json.dumps(row.row, ensure_ascii=False)
            yield separator + text.encode("utf-8", "surrogatepass")
            separator = b",\n"
    yield b"\n]" + b"}" * len(names) + b"\n"


def _raw_rows(rejected: RejectedRows) -> Iterator[bytes]:
    """Yield the lines of the chosen rows byte for byte, after those above the first row."""
    owners = _owners(rejected.read(), rejected.indexes)
    start, is_chosen = next(owners, (0, False))
    keep = rejected.source.format == "csv"  # what stands above the first row
    for number, raw in _raw_lines(rejected.path, rejected.source):
        while start and number >= start:
            keep = is_chosen
            start, is_chosen = next(owners, (0, False))
        if keep:
            yield raw if raw.endswith(b"\n") or not number else raw + b"\n"


def _owners(reads: Iterator[RowOrRefusal], chosen: frozenset[int]) -> Iterator[tuple[int, bool]]:
    """Of each row, the line that it begins on, and whether it is chosen."""
    for index, row in enumerate(reads):
        number = row.line if isinstance(row, Refusal) else row.number
        if number:
            yield number, index in chosen


def _raw_lines(path: Path, source: Source) -> Iterator[tuple[int, bytes]]:
    """Yield lines as `text_lines` numbers them.

    They are in UTF-8 with a byte-order mark if the file has two or four bytes a character.
    """
    with open_source(path, source) as file:
        encoding = detect_encoding(file, source.encoding)
        if "16" in encoding or "32" in encoding:
            file.seek(0)
            yield 0, b"\xef\xbb\xbf"
            for line in text_lines(file, source.encoding):
                if not isinstance(line, Refusal):
                    yield line[0], line[1].encode("utf-8", "surrogatepass")
            return
        if file.tell():
            yield 0, b"\xef\xbb\xbf"
        yield from _byte_lines(with_line_feeds(file))


def _byte_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    whole = True
    while raw := file.readline(MAX_LINE):
        number += whole
        whole = raw.endswith(b"\n")
        yield number, raw
