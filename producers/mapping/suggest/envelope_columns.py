"""Find the columns that say what the envelope says: the crime, the marking, the purpose. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producers.mapping.suggest.inspect_file import MAX_CODED_VALUES, ColumnProfile
from producers.mapping.suggest.similarity import nearness
from schemas.event.field_paths import FieldPath

CRIME = "crime"
_NAMED = 0.97
ENVELOPE_FIELDS = tuple(
    FieldPath(f"envelope.{name}", "string", name, date=False, required=False, within=())
    for name in ("tlp", "purpose", "legal_basis", "urgency", CRIME)
)
"""The parts of the envelope that are codes and that a column may say."""


def envelope_columns(
    columns: Sequence[ColumnProfile],
) -> Iterator[tuple[ColumnProfile, FieldPath]]:
    """Yield the columns that are named as a part of the envelope, each with its field.

    All values must be codes of the part; of crimes, which systems name in many ways, some.
    """
    free = [column for column in columns if column.values and not column.within]
    for leaf in ENVELOPE_FIELDS:
        named = [column for column in free if nearness(column.stems, leaf.path) >= _NAMED]
        shares = [_known_share(column, leaf.codes) for column in named]
        share = max(shares, default=0.0)
        if share == 1.0 or (leaf.codes == CRIME and share):
            column = named[shares.index(share)]
            free.remove(column)
            yield column, leaf


def crime_columns(columns: Sequence[ColumnProfile]) -> list[str]:
    """Name the columns whose name says a crime."""
    path = f"envelope.{CRIME}"
    return [column.name for column in columns if nearness(column.stems, path) >= _NAMED]


def _known_share(column: ColumnProfile, code_list: str) -> float:
    codes = column.codes(code_list)
    known = sum(match is not None for match in codes.values())
    return known / len(codes) if len(column.distinct) <= MAX_CODED_VALUES or known else 0.0
