"""The rows of a file that were refused, in a file of their own: to be mended and handed over again,
under the same mapping.

CSV and JSON lines keep their very bytes, CSV with all that stands above its first row; of JSON the
elements. Other formats (sheets, XML) have no such file: the original is mended, and handed over
whole; what was taken in from it before is a duplicate.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from producers.mapping.mapping import MappingFile
from producers.model import Line, Refusal
from producers.sources.reader import read
from producers.sources.rows import MAX_LINE, Read
from producers.sources.text_lines import encoding_of, text_lines

_ENDINGS = {"csv": ".csv", "jsonl": ".jsonl", "json": ".json"}


def write_refused(
    path: Path, mapping: MappingFile, places: Collection[int], target: Path
) -> Path | None:
    """The rows of `path` at these places (from 0) into `target` with the format's ending; None
    where the format has no such file.

    Raises OSError.
    """
    ending = _ENDINGS.get(mapping.source.format)
    if ending is None or not places:
        return None
    target = target.with_name(target.name + ending)
    part = target.with_name(f".{target.name}.part")
    chosen = frozenset(places)
    with part.open("wb") as file:
        file.writelines(
            _elements(path, mapping, chosen)
            if ending == ".json"
            else _raw_rows(path, mapping, chosen)
        )
    part.replace(target)
    return target


def _elements(path: Path, mapping: MappingFile, chosen: frozenset[int]) -> Iterator[bytes]:
    """A JSON array where the mapping looks for one. An element that was no object is left out."""
    names = mapping.source.rows.split(".") if mapping.source.rows else []
    yield "".join(f"{{{json.dumps(name)}:" for name in names).encode() + b"["
    mark = b"\n"
    for place, each in enumerate(read(path, mapping.source, mapping.columns)):
        if place in chosen and isinstance(each, Line):
            yield mark + json.dumps(each.row, ensure_ascii=False).encode("utf-8", "surrogatepass")
            mark = b",\n"
    yield b"\n]" + b"}" * len(names) + b"\n"


def _raw_rows(path: Path, mapping: MappingFile, chosen: frozenset[int]) -> Iterator[bytes]:
    """The lines of the chosen rows, after those above the first row, byte for byte."""
    whose = _owners(read(path, mapping.source, mapping.columns), chosen)
    start, wanted = next(whose, (0, False))
    keep = mapping.source.format == "csv"  # what stands above the first row
    for number, raw in _raw_lines(path, mapping.source.encoding):
        while start and number >= start:
            keep = wanted
            start, wanted = next(whose, (0, False))
        if keep:
            yield raw if raw.endswith(b"\n") or not number else raw + b"\n"


def _owners(reads: Iterator[Read], chosen: frozenset[int]) -> Iterator[tuple[int, bool]]:
    """Of each row, the line that it begins on, and whether it is chosen."""
    for place, each in enumerate(reads):
        number = each.line if isinstance(each, Refusal) else each.number
        if number:
            yield number, place in chosen


def _raw_lines(path: Path, declared: str) -> Iterator[tuple[int, bytes]]:
    """Lines as `text_lines` numbers them, in UTF-8 with its mark where they were in two or four
    bytes a character.
    """
    with path.open("rb") as file:
        encoding = encoding_of(file, declared)
        if "16" in encoding or "32" in encoding:
            file.seek(0)
            yield 0, b"\xef\xbb\xbf"
            for each in text_lines(file, declared):
                if not isinstance(each, Refusal):
                    yield each[0], each[1].encode("utf-8", "surrogatepass")
            return
        if file.tell():
            yield 0, b"\xef\xbb\xbf"
        yield from _byte_lines(file)


def _byte_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    whole = True
    while raw := file.readline(MAX_LINE):
        number += whole
        whole = raw.endswith(b"\n")
        yield number, raw
