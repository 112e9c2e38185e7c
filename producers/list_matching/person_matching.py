"""Match lists of persons with the model of the release, which needs no training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log2

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from producers.list_matching.field_kinds import NORMALISE, FieldKind, ListField
from producers.list_matching.found_pairs import FoundPairs, PairReason
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
Keys = NDArray[np.int64]
ROWS_AT_A_TIME = 20_000
MOST_IN_BLOCK = 100_000
"""Pairs of one block; a larger one is of names that say nothing by themselves, and is left out."""
_SEXES = {"M": "M", "MASCULINO": "M", "HOMBRE": "M", "H": "M", "VARON": "M", "MALE": "M"}
_SEXES |= {"F": "F", "FEMENINO": "F", "MUJER": "F", "FEMALE": "F"}


class PersonList:
    """A list as packed records, and the hashes of their blocking keys."""

    def __init__(self, fields: Mapping[str, Sequence[str]], columns: Columns, rows: int) -> None:
        self.packed: list[bytes] = []
        self.keys = np.zeros((rows, MOST_KEYS), dtype=np.int64)
        for start in range(0, rows, ROWS_AT_A_TIME):
            values = {
                name: [columns[c].slice(start, ROWS_AT_A_TIME).to_pylist() for c in named]
                for name, named in fields.items()
            }
            for at in range(min(ROWS_AT_A_TIME, rows - start)):
                record = _person({name: [c[at] for c in cells] for name, cells in values.items()})
                for place, key in enumerate(blocking_keys(record)):
                    self.keys[start + at, place] = hash(key) or 1
                self.packed.append(to_bytes(record))


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
    is_one = a is b
    sorted_keys, rows = _sorted_keys(b)
    threshold = log2(least / (1 - least))
    total = 0
    for start in range(0, len(a.packed), ROWS_AT_A_TIME):
        rows_a, rows_b = _candidates(a, start, sorted_keys, rows, is_one)
        total += len(rows_a)
        yield _score(a, b, rows_a, rows_b, threshold)
        on_pairs(total)


def _sorted_keys(persons: PersonList) -> tuple[Keys, Keys]:
    """Return all keys of a list in order, and the row of each."""
    rows = np.repeat(np.arange(len(persons.packed)), MOST_KEYS)
    keys = persons.keys.ravel()
    rows, keys = rows[keys != 0], keys[keys != 0]
    order = np.argsort(keys, kind="stable")
    return keys[order], rows[order]


def _candidates(
    a: PersonList, start: int, sorted_keys: Keys, rows: Keys, is_one: bool
) -> tuple[Keys, Keys]:
    """Return the pairs of some rows of the first list, each once."""
    keys = a.keys[start : start + ROWS_AT_A_TIME]
    own_rows = np.repeat(np.arange(len(keys)) + start, MOST_KEYS)
    own = keys.ravel()
    own_rows, own = own_rows[own != 0], own[own != 0]
    low = np.searchsorted(sorted_keys, own, "left")
    width = np.searchsorted(sorted_keys, own, "right") - low
    width[width > int(MOST_IN_BLOCK**0.5)] = 0
    total = int(width.sum())
    offsets = np.arange(total) - np.repeat(np.cumsum(width) - width, width)
    rows_a, rows_b = np.repeat(own_rows, width), rows[np.repeat(low, width) + offsets]
    if is_one:
        ahead = rows_a < rows_b
        rows_a, rows_b = rows_a[ahead], rows_b[ahead]
    pairs = np.unique(rows_a.astype(np.int64) << 32 | rows_b)
    return pairs >> 32, pairs & 0xFFFFFFFF


_unpack = lru_cache(maxsize=200_000)(from_bytes)


def _score(
    a: PersonList, b: PersonList, rows_a: Keys, rows_b: Keys, threshold: float
) -> FoundPairs:
    places, odds, reasons = [], [], []
    for at, (row_a, row_b) in enumerate(zip(rows_a.tolist(), rows_b.tolist(), strict=True)):
        result = score(_unpack(a.packed[row_a]), _unpack(b.packed[row_b]))
        if result.weight >= threshold:
            places.append(at)
            odds.append(result.weight)
            reasons.append([PairReason(*feature) for feature in result.features])
    likely = np.array(places, dtype=np.int64)
    return FoundPairs(rows_a[likely], rows_b[likely], np.array(odds), reasons)
