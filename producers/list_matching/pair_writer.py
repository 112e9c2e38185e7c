"""Write the pairs and the groups that they make, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from producers.list_matching.found_pairs import FoundPairs, PairReason, RowGroups
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

    def describe(reasons: Sequence[PairReason]) -> str:
        ordered = sorted(reasons, key=lambda reason: -abs(reason.weight))
        return "; ".join(
            [
                f"{in_words(field, level)} {weight:+.1f}"
                for field, level, weight in ordered
                if abs(weight) >= _LEAST_BITS
            ]
        )

    return describe


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
        ids_a = _take(self._match.ids_a, piece.rows_a)
        ids_b = _take(self._match.ids_b, piece.rows_b)
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
        match = self._match
        ids = [*_all(match.ids_a), *([] if self._is_one else _all(match.ids_b))]
        roots = [self._groups.root(row) for row in range(len(ids))]
        numbers: dict[int, int] = {}
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("id", "cluster") if self._is_one else ("id", "cluster", "list"))
            for row, (own_id, root) in enumerate(zip(ids, roots, strict=True)):
                number = numbers.setdefault(root, len(numbers) + 1)
                side = () if self._is_one else ("a" if row < len(match.ids_a) else "b",)
                writer.writerow((own_id, number, *side))
        return len(ids) and sum(size > 1 for size in _sizes(roots))


def _sizes(roots: Sequence[int]) -> list[int]:
    counts: dict[int, int] = {}
    for root in roots:
        counts[root] = counts.get(root, 0) + 1
    return list(counts.values())


def _take(ids: pa.ChunkedArray, rows: object) -> list[str]:
    taken: list[str] = ids.take(pa.array(rows)).to_pylist()
    return taken


def _all(ids: pa.ChunkedArray) -> list[str]:
    values: list[str] = ids.to_pylist()
    return values
