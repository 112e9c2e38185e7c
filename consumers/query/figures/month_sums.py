"""Say which questions the sums of months answer, and with which parameters. Pure.

`month_sums` has, for each month of a type of event, the sums of all lines, and those by the values
of each dimension of the payload. Sums of now answer what asks for whole months of what happened,
and for one dimension of the payload at most. Everything else is counted from the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from consumers.query.figures.dimensions import are_of_the_record, sum_expression
from consumers.query.figures.question import FactFilter, Grouping, Measure
from consumers.query.views import to_datetime

FIRST_MONTH, END_MONTH = 0, 999_999
Row = Sequence[Any]


class SumsPlan(NamedTuple):
    """How sums answer a question. `name`: a dimension of the payload, or empty.

    `value`: that lines must have of it, empty for any; the months: the first, and the one after
    the last.
    """

    name: str
    value: str
    first_month: int
    end_month: int


class SummedMonth(NamedTuple):
    """A month of a type, as queries/month_states.sql says. `run` 0: it has no sums that hold."""

    type: str
    month: int
    state: int
    is_open: int
    run: int
    names: Sequence[str]


def plan_sums(measure: Measure, grouping: Grouping, filter_: FactFilter) -> SumsPlan | None:
    """Return how sums answer a question of now; None where they cannot."""
    names = {name for name in grouping.by if not are_of_the_record([name])}
    names |= {name for name, _value in filter_.where}
    if measure == "usd" or grouping.clock != "occurred" or grouping.period == "week":
        return None
    if len(names) > 1 or len(filter_.where) > 1:
        return None
    first = FIRST_MONTH if filter_.since is None else _month_of(filter_.since)
    end = END_MONTH if filter_.until is None else _month_of(filter_.until)
    if first is None or end is None:
        return None
    return SumsPlan(
        next(iter(names), ""), dict(filter_.where).get(next(iter(names), ""), ""), first, end
    )


def sums_parameters(plan: SumsPlan, states: Iterable[Row]) -> Mapping[str, Any]:
    """Return the parameters of queries/summed_totals.sql that say what is added.

    `states`: the rows of queries/month_states.sql.
    """
    closed, nameless, facts = list[SummedMonth](), list[SummedMonth](), list[SummedMonth]()
    for row in states:
        state = SummedMonth(*row)
        if not state.run or state.is_open:
            facts.append(state)
        elif plan.name in ("", *state.names):
            closed.append(state)
        elif not plan.value:
            nameless.append(state)
    return {
        "name": plan.name,
        "value": plan.value,
        "first_month": plan.first_month,
        "end_month": plan.end_month,
        **_columns("closed", closed),
        **_columns("nameless", nameless),
        **_columns("facts", facts),
    }


def sums_keys(names: Sequence[str]) -> str:
    """Return the SQL of `<sum_keys>`."""
    keys = ", ".join(sum_expression(name) for name in names)
    return f"[{keys}]" if keys else "emptyArrayString()"


def _columns(prefix: str, states: Sequence[SummedMonth]) -> dict[str, list[Any]]:
    return {
        f"{prefix}_types": [state.type for state in states],
        f"{prefix}_months": [state.month for state in states],
        f"{prefix}_runs": [state.run for state in states],
    }


def _month_of(moment: int) -> int | None:
    """Return the month that begins at a moment (ms since 1970 UTC); None where none does."""
    at = to_datetime(moment)
    if (at.day, at.hour, at.minute, at.second, at.microsecond) != (1, 0, 0, 0, 0):
        return None
    return at.year * 100 + at.month
