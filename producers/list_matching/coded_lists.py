"""Hold lists as numbers: each value once, and for each row the number of its value.

A million rows of ten columns take some 100 MB so, whatever the values are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from producers.list_matching.field_kinds import (
    BLOCK_ON,
    NAME_KINDS,
    NORMALISE,
    FieldKind,
    ListField,
)
from producers.list_matching.found_pairs import take_texts

Codes = NDArray[np.int32]
NOTHING = 0
"""The code of an empty value."""
MOST_HELD = 300_000
"""Values of a field that are held as texts of Python; of more, each text is read from Arrow."""


@dataclass(frozen=True, slots=True)
class CodedField:
    """A field of both lists. `values[code]` is a normalised value; code 0 is an empty one.

    `a`, `b`: the code of each row. `blocks[code]`: what rows of one block share, as a number.
    `shares[code]`: the share of the value among those that are not empty.
    """

    field: ListField
    values: pa.Array
    a: Codes
    b: Codes
    blocks: Codes
    shares: NDArray[np.float64]
    held: NDArray[np.object_] | None = None

    def words(self, codes: NDArray[np.integer]) -> Sequence[str]:
        """Return the values of these codes as texts."""
        if self.held is None:
            return take_texts(self.values, codes)
        held: list[str] = self.held[codes].tolist()
        return held


@dataclass(frozen=True, slots=True)
class CodedLists:
    """Both lists; with one list, `b` is `a` and `is_one` is true."""

    ids_a: pa.Array
    ids_b: pa.Array
    fields: Sequence[CodedField]
    is_one: bool

    @property
    def rows(self) -> tuple[int, int]:
        """The number of rows of both."""
        return len(self.ids_a), len(self.ids_b)


def code_lists(
    fields: Sequence[ListField],
    ids: tuple[pa.Array, pa.Array],
    columns: tuple[Mapping[str, pa.ChunkedArray], Mapping[str, pa.ChunkedArray]],
    is_one: bool,
) -> CodedLists:
    """Code the columns that the fields name. Names share one list of values."""
    written = {
        field.name: [_joined(columns[0], field.columns), _joined(columns[1], field.columns_b)]
        for field in fields
    }
    coded: dict[str, CodedField] = {}
    names = [field for field in fields if field.kind in NAME_KINDS]
    groups = [names] if names else []
    groups += [[field] for field in fields if field.kind not in NAME_KINDS]
    for group in groups:
        coded |= _code_group(group, written, is_one)
    return CodedLists(ids[0], ids[1], [coded[field.name] for field in fields], is_one)


def _joined(columns: Mapping[str, pa.ChunkedArray], names: Sequence[str]) -> pa.ChunkedArray:
    parts = [pc.fill_null(columns[name], "") for name in names]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, " ")


def _code_group(
    group: Sequence[ListField], written: Mapping[str, list[pa.ChunkedArray]], is_one: bool
) -> dict[str, CodedField]:
    """Code fields with one list of values: what is normalised once is compared once."""
    kind = group[0].kind
    sides = [(field, side) for field in group for side in ((0,) if is_one else (0, 1))]
    chunks = [chunk for field, side in sides for chunk in written[field.name][side].chunks]
    encoded = pa.chunked_array(chunks, pa.string()).dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    normal = pa.array(["", *_normalised(encoded.dictionary, kind)], pa.string())
    distinct = normal.dictionary_encode()
    to_code = distinct.indices.to_numpy(zero_copy_only=False).astype(np.int32)[1:]
    codes = to_code[encoded.indices.to_numpy(zero_copy_only=False)]
    values = distinct.dictionary
    texts: list[str] = values.to_pylist()
    keys = pa.array([BLOCK_ON[kind](text) for text in texts]).dictionary_encode()
    held = np.array(texts, dtype=object) if len(texts) <= MOST_HELD else None
    del texts
    blocks = keys.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    coded: dict[str, CodedField] = {}
    start = 0
    for field in group:
        own = []
        for side in (0,) if is_one else (0, 1):
            length = len(written[field.name][side])
            own.append(codes[start : start + length])
            start += length
        counts = np.bincount(np.concatenate(own), minlength=len(values)).astype(np.float64)
        counts[NOTHING] = 0
        shares = counts / max(counts.sum(), 1.0)
        coded[field.name] = CodedField(field, values, own[0], own[-1], blocks, shares, held)
    return coded


def _normalised(values: pa.Array, kind: FieldKind) -> list[str]:
    normalise = NORMALISE[kind]
    return [normalise(text or "") for text in values.to_pylist()]
