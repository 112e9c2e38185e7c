"""Match lists of persons with the model of the release, which needs no training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np
import pyarrow as pa

from producers.list_matching.field_kinds import NORMALISE, FieldKind, ListField
from producers.list_matching.found_pairs import FoundPairs, PairReason
from producers.list_matching.sorted_keys import ROWS_AT_A_TIME, Keys, SortedKeys
from streams.matching import (
    MOST_KEYS,
    PersonDocument,
    PersonRecord,
    blocking_keys,
    from_bytes,
    read_person,
    score,
    to_bytes,
)

Columns = Mapping[str, pa.ChunkedArray]
RECORDS_HELD = 100_000
"""Records of the second list that are held unpacked."""
MOST_IN_BLOCK = 100_000
"""Pairs of one block; a larger one is of names that say nothing by themselves, and is left out."""
_SEXES = {"M": "M", "MASCULINO": "M", "HOMBRE": "M", "H": "M", "VARON": "M", "MALE": "M"}
_SEXES |= {"F": "F", "FEMENINO": "F", "MUJER": "F", "FEMALE": "F"}


class PersonList:
    """A list as packed records and their blocking keys, in files: memory holds one part of them."""

    def __init__(
        self, fields: Mapping[str, Sequence[str]], columns: Columns, rows: int, folder: Path
    ) -> None:
        self.rows = rows
        self._keys = SortedKeys(folder)
        self._ends = np.zeros(rows + 1, dtype=np.int64)
        self._path = folder / "records"
        with self._path.open("wb") as stream:
            for start in range(0, rows, ROWS_AT_A_TIME):
                self._add(start, _persons_from(fields, columns, start, rows), stream)
        self._keys.finish()
        self._records = np.memmap(self._path, np.uint8, "r") if rows else np.empty(0, np.uint8)

    def _add(self, start: int, records: Sequence[PersonRecord], stream: BinaryIO) -> None:
        keys = np.zeros((len(records), MOST_KEYS), dtype=np.int64)
        for at, record in enumerate(records):
            for place, key in enumerate(blocking_keys(record)):
                keys[at, place] = hash(key) or 1
            packed = to_bytes(record)
            stream.write(packed)
            self._ends[start + at + 1] = self._ends[start + at] + len(packed)
        self._keys.add(start, keys)

    def keys(self, start: int) -> tuple[Keys, Keys]:
        """Return the keys of ROWS_AT_A_TIME rows from `start`, and the row of each."""
        return self._keys.of_rows(start)

    def rows_with(self, keys: Keys) -> tuple[Keys, Keys]:
        """Return, for each key, the places of its rows in `row_at`: the first, and how many."""
        return self._keys.find(keys)

    def row_at(self, places: Keys) -> Keys:
        """Return the rows at these places."""
        return self._keys.row_at(places)

    def record(self, row: int) -> PersonRecord:
        """Return what one row says. Raises ValueError never: the file is of this run."""
        return from_bytes(self._records[self._ends[row] : self._ends[row + 1]].tobytes())


def _persons_from(
    fields: Mapping[str, Sequence[str]], columns: Columns, start: int, rows: int
) -> list[PersonRecord]:
    values = {
        name: [columns[c].slice(start, ROWS_AT_A_TIME).to_pylist() for c in named]
        for name, named in fields.items()
    }
    return [
        _person({name: [c[at] for c in cells] for name, cells in values.items()})
        for at in range(min(ROWS_AT_A_TIME, rows - start))
    ]


def columns_of(fields: Sequence[ListField], of_b: bool) -> Mapping[str, Sequence[str]]:
    """Return the columns of each field in one of the lists."""
    return {field.name: field.columns_b if of_b else field.columns for field in fields}


def _person(cells: Mapping[str, Sequence[str]]) -> PersonRecord:
    """Read one row. Documents of a list are of one kind: all are compared with each other."""
    surnames = [text for text in cells.get("surnames", ()) if text]
    sex = " ".join(cells.get("sex", ())).strip().upper()
    birth = NORMALISE[FieldKind.DATE](" ".join(cells.get("birth", ())))
    record = read_person(
        {
            "given_names": " ".join(cells.get("given_names", ())) or None,
            "first_surname": surnames[0] if surnames else None,
            "second_surname": " ".join(surnames[1:]) or None,
            "name": " ".join(cells.get("name", ())) or None,
            "sex": _SEXES.get(sex, ""),
            "birth_date": f"{birth[:4]}-{birth[4:6]}-{birth[6:8]}" if birth else None,
            "nationality": " ".join(cells.get("nationality", ())).strip().upper() or None,
            "birth_place": " ".join(cells.get("birth_place", ())) or None,
        }
    )
    documents = [NORMALISE[FieldKind.NUMBER](text) for text in cells.get("document", ())]
    phones = [NORMALISE[FieldKind.NUMBER](text) for text in cells.get("phone", ())]
    return msgspec.structs.replace(
        record,
        documents=tuple(
            PersonDocument("", "national_id", number) for number in documents if len(number) >= 5
        ),
        phones=tuple(number for number in phones if len(number) >= 6),
    )


def match_persons(
    a: PersonList, b: PersonList, least: float, on_pairs: Callable[[int], None]
) -> Iterator[FoundPairs]:
    """Yield the pairs of at least this probability, in pieces, in the order of the first list."""
    threshold = log2(least / (1 - least))
    total = 0
    for start in range(0, a.rows, ROWS_AT_A_TIME):
        rows_a, rows_b = _candidates(a, b, start)
        total += len(rows_a)
        yield _score(a, b, rows_a, rows_b, threshold)
        on_pairs(total)


def _candidates(a: PersonList, b: PersonList, start: int) -> tuple[Keys, Keys]:
    """Return the pairs of some rows of the first list, each once."""
    own, own_rows = a.keys(start)
    low, width = b.rows_with(own)
    width[width > int(MOST_IN_BLOCK**0.5)] = 0
    total = int(width.sum())
    offsets = np.arange(total) - np.repeat(np.cumsum(width) - width, width)
    rows_a, rows_b = np.repeat(own_rows, width), b.row_at(np.repeat(low, width) + offsets)
    if a is b:
        ahead = rows_a < rows_b
        rows_a, rows_b = rows_a[ahead], rows_b[ahead]
    pairs = np.unique(rows_a << 32 | rows_b)
    return pairs >> 32, pairs & 0xFFFFFFFF


def _score(
    a: PersonList, b: PersonList, rows_a: Keys, rows_b: Keys, threshold: float
) -> FoundPairs:
    places, odds, reasons = [], [], []
    other = lru_cache(maxsize=RECORDS_HELD)(b.record)
    row, record = -1, None
    for at, (row_a, row_b) in enumerate(zip(rows_a.tolist(), rows_b.tolist(), strict=True)):
        if row_a != row or record is None:
            row, record = row_a, a.record(row_a)
        result = score(record, other(row_b))
        if result.weight >= threshold:
            places.append(at)
            odds.append(result.weight)
            reasons.append([PairReason(*feature) for feature in result.features])
    likely = np.array(places, dtype=np.int64)
    return FoundPairs(rows_a[likely], rows_b[likely], np.array(odds), reasons)
