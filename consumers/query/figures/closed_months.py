"""Say which months of facts have a copy that holds, and which are read from `facts`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class MonthCopy(NamedTuple):
    """A month of a type, as queries/month_states.sql says. `run` 0: it has no copy that holds."""

    type: str
    month: int
    state: int
    is_open: int
    run: int


def month_parameters(states: Iterable[Sequence[Any]]) -> Mapping[str, list[Any]]:
    """Return the parameters of queries/counted_facts.sql that say what is read where.

    `states`: the rows of queries/month_states.sql.
    """
    copies = [MonthCopy(*row) for row in states]
    closed = [copy for copy in copies if copy.run and not copy.is_open]
    others = [copy for copy in copies if not copy.run or copy.is_open]
    return {
        "runs": [copy.run for copy in closed],
        "facts_types": [copy.type for copy in others],
        "facts_months": [copy.month for copy in others],
    }
