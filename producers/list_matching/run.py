"""Match two lists of files, and give the pairs in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pyarrow as pa

from infra.errors import QuipuError
from producers.list_matching.coded_lists import code_lists
from producers.list_matching.field_kinds import NAME_KINDS, ListField
from producers.list_matching.found_pairs import FoundPairs
from producers.list_matching.learned_matching import match_learned
from producers.list_matching.list_mapping import (
    PERSON_FIELDS,
    ListMapping,
    guess_mapping,
    read_mapping,
)
from producers.list_matching.list_reader import ReadList, read_list
from producers.list_matching.person_matching import PersonList, columns_of, match_persons
from producers.model import Refusal
from schemas.i18n import _


class MatchError(QuipuError):
    """The lists cannot be matched as asked."""

    code = "MATCH"


class Watcher(Protocol):
    """Hear how far a run is, and what it leaves out."""

    def on_rows(self, path: Path, rows: int) -> None:
        """Take the number of rows read of a file."""

    def on_refusal(self, path: Path, refusal: Refusal) -> None:
        """Take a row that cannot be read."""

    def on_mapping(self, mapping: ListMapping, compared: list[str]) -> None:
        """Take which columns are used, and the fields that are compared."""

    def on_pairs(self, pairs: int) -> None:
        """Take the number of pairs compared."""


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """What to match. `second` None: the list with itself. `least`: the probability to write."""

    first: Path
    second: Path | None
    mapping: Path | None
    trains: bool
    least: float


@dataclass(frozen=True, slots=True)
class ListMatch:
    """The ids of both lists, and their pairs as they are found."""

    ids_a: pa.ChunkedArray
    ids_b: pa.ChunkedArray
    pairs: Iterator[FoundPairs]


def match_lists(request: MatchRequest, watcher: Watcher) -> ListMatch:
    """Read the lists, and find their pairs. Raises MatchError, ListMappingError and others."""
    own = _read(request.first, watcher)
    other = own if request.second is None else _read(request.second, watcher)
    if request.mapping is None:
        mapping = guess_mapping(own.headings, other.headings)
    else:
        mapping = read_mapping(request.mapping, own.headings, other.headings)
    ids = _ids(own, mapping.id_a), _ids(other, mapping.id_b)
    pairs = _learned if request.trains else _persons
    return ListMatch(*ids, pairs(own, other, mapping, request, watcher))


def _read(path: Path, watcher: Watcher) -> ReadList:
    return read_list(
        path,
        lambda refusal: watcher.on_refusal(path, refusal),
        lambda rows: watcher.on_rows(path, rows),
    )


def _ids(rows: ReadList, column: str) -> pa.ChunkedArray:
    return rows.columns[column] if column else rows.lines


def _learned(
    own: ReadList, other: ReadList, mapping: ListMapping, request: MatchRequest, watcher: Watcher
) -> Iterator[FoundPairs]:
    fields = tuple(field for field in mapping.fields if field.columns and field.columns_b)
    if not fields:
        raise MatchError(
            _("The lists have no column in common."),
            _("Say which columns hold the same: --mapping."),
        )
    watcher.on_mapping(mapping, [field.name for field in fields])
    ids = own.lines, other.lines
    lists = code_lists(fields, ids, (own.columns, other.columns), own is other)
    return match_learned(lists, request.least, watcher.on_pairs)


def _persons(
    own: ReadList, other: ReadList, mapping: ListMapping, request: MatchRequest, watcher: Watcher
) -> Iterator[FoundPairs]:
    known = [field for field in mapping.fields if field.name in PERSON_FIELDS]
    names = [field for field in known if field.kind in NAME_KINDS]
    for path, has_names in (
        (request.first, any(field.columns for field in names)),
        (request.second, any(field.columns_b for field in names)),
    ):
        if path is not None and not has_names:
            raise MatchError(
                _("{path}: no column is known as the name of a person.", path=path),
                _(
                    "Say which column holds it: --mapping. Or learn the weights from the columns "
                    "that both lists have: --train."
                ),
            )
    watcher.on_mapping(mapping, [field.name for field in known])
    return _person_pairs(own, other, known, request.least, watcher)


def _person_pairs(
    own: ReadList, other: ReadList, fields: Sequence[ListField], least: float, watcher: Watcher
) -> Iterator[FoundPairs]:
    with TemporaryDirectory(prefix="quipu-match-") as name:
        folders = [Path(name, side) for side in "ab"]
        for folder in folders:
            folder.mkdir()
        a = PersonList(columns_of(fields, False), own.columns, len(own.lines), folders[0])
        b = a
        if own is not other:
            b = PersonList(columns_of(fields, True), other.columns, len(other.lines), folders[1])
        del own, other
        yield from match_persons(a, b, least, watcher.on_pairs)
