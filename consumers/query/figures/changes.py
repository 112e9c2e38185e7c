"""Compare the rows of an answer with those of a former moment: what changed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, Protocol, Self, TypeVar


class ComparedRow(Protocol):
    """A row of an answer that is compared with that of a former moment."""

    @property
    def former(self) -> Any:
        """The row of the former moment; None without a comparison."""

    @property
    def group(self) -> Hashable:
        """What no other row of the answer has."""

    def emptied(self) -> Self:
        """Return the row as it is where nothing counts."""


ComparedRowT = TypeVar("ComparedRowT", bound=ComparedRow)
Sort = Callable[[ComparedRowT], Any]


def beside_former(
    now: Sequence[ComparedRowT], then: Sequence[ComparedRowT], sort: Sort[ComparedRowT]
) -> list[ComparedRowT]:
    """Return a row for each group of both moments, each with that of the former one.

    `sort`: gives the order of the rows.
    """
    former = {row.group: row for row in then}
    present = {row.group: row for row in now}
    every: list[ComparedRowT] = [
        *present.values(),
        *(row.emptied() for group, row in former.items() if group not in present),
    ]
    compared: list[ComparedRowT] = [
        replace(row, former=former.get(row.group) or row.emptied())  # type: ignore[type-var]
        for row in every
    ]
    return sorted(compared, key=sort)
