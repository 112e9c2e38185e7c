"""Write the pairs and the groups that they make, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from producers.list_matching.found_pairs import (
    FoundPairs,
    PairReason,
    RowGroups,
    take_texts,
)
from producers.list_matching.run import ListMatch
from schemas.i18n import _
from streams.matching.score import probability_of
from streams.matching.wording import feature_words

_LEVELS = {
    "same": _("same"),
    "exchanged": _("stands in the other column of names"),
    "one_letter": _("one sign apart"),
    "day_and_month": _("day and month exchanged"),
    "similar": _("similar"),
    "somewhat_similar": _("somewhat similar"),
    "differ": _("different"),
}
IDS_AT_A_TIME = 50_000
_LEAST_BITS = 0.05
"""A reason that weighs less is left out."""
Describe = Callable[[Sequence[PairReason]], str]


def describe_reasons(lang: str) -> Describe:
    """Return a function that says reasons in one line, the strongest first, with their bits."""

    @cache
    def in_words(field: str, level: str) -> str:
        words = feature_words(field, level)
        if words is None:
            known = _LEVELS.get(level)
            words = _("{field}: {level}", field=field, level=known or level)
        return words.in_language(lang)

    @cache
    def with_tenths(field: str, level: str, tenths: int) -> str:
        return f"{in_words(field, level)} {tenths / 10:+.1f}"

    def describe(reasons: Sequence[PairReason]) -> str:
        heavy = [reason for reason in reasons if abs(reason[2]) >= _LEAST_BITS]
        heavy.sort(key=_by_size)
        return "; ".join(
            [with_tenths(field, level, round(weight * 10)) for field, level, weight in heavy]
        )

    return describe


def _by_size(reason: PairReason) -> float:
    return -abs(reason[2])


class PairWriter:
    """Write pairs as they come, and keep which rows they join."""

    def __init__(self, match: ListMatch, lang: str, joins_from: float) -> None:
        self._match, self._joins_from = match, joins_from
        self._describe = describe_reasons(lang)
        self._is_one = match.ids_a is match.ids_b
        rows = len(match.ids_a) + (0 if self._is_one else len(match.ids_b))
        self._groups = RowGroups(rows)
        self.pairs = 0

    def write_pairs(self, stream: TextIO) -> None:
        """Write all pairs: id_a, id_b, probability, evidence."""
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("id_a", "id_b", "probability", "evidence"))
        for piece in self._match.pairs:
            writer.writerows(self._rows(piece))

    def _rows(self, piece: FoundPairs) -> list[tuple[str, str, str, str]]:
        ids_a = take_texts(self._match.ids_a, piece.rows_a)
        ids_b = take_texts(self._match.ids_b, piece.rows_b)
        shift = 0 if self._is_one else len(self._match.ids_a)
        rows = []
        for at, (row_a, row_b) in enumerate(
            zip(piece.rows_a.tolist(), piece.rows_b.tolist(), strict=True)
        ):
            probability = probability_of(float(piece.odds[at]))
            if probability >= self._joins_from:
                self._groups.join(row_a, row_b + shift)
            rows.append(
                (ids_a[at], ids_b[at], f"{probability:.9f}", self._describe(piece.reasons[at]))
            )
        self.pairs += len(rows)
        return rows

    def write_clusters(self, path: Path) -> int:
        """Write id, cluster for every row; return the number of groups of more than one row.

        With two lists, `list` says of which the row is: their ids may be equal.
        """
        sizes: dict[int, int] = {}
        numbers: dict[int, int] = {}
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("id", "cluster") if self._is_one else ("id", "cluster", "list"))
            for row, own_id in enumerate(self._ids()):
                root = self._groups.root(row)
                sizes[root] = sizes.get(root, 0) + 1
                number = numbers.setdefault(root, len(numbers) + 1)
                side = "a" if row < len(self._match.ids_a) else "b"
                writer.writerow((own_id, number) if self._is_one else (own_id, number, side))
        return sum(size > 1 for size in sizes.values())

    def _ids(self) -> Iterator[str]:
        """Yield the ids of all rows, a part of them at a time."""
        for ids in (self._match.ids_a, *(() if self._is_one else (self._match.ids_b,))):
            for start in range(0, len(ids), IDS_AT_A_TIME):
                yield from ids.slice(start, IDS_AT_A_TIME).to_pylist()
