"""Say which records a figure counts, so that each figure leads to what it counts. Pure.

A question names a figure as the answer that shows it does: the same filter, the same grouping, the
keys and the period of its group, and what the figure counts of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Literal, get_args

from consumers.query.cursors import Cursor
from consumers.query.figures.delays import Delay
from consumers.query.figures.dimensions import are_of_the_record
from consumers.query.figures.dollars import rate_parameters
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.periods import Period, period_number
from consumers.query.figures.question import MONEY, Clock, FactFilter, Grouping, Measure
from consumers.store.sql import EARLIEST_MS
from schemas.measures.rates import RateTable
from schemas.model import Label

Part = Literal[
    "",
    "no_amount",
    "no_unit",
    "no_code",
    "measured",
    "usable",
    "coded",
    "corrected",
    "with_date",
    "with_place",
    "out_of_order",
]
"""What a figure counts of a group: all of it, or what has or lacks something."""
PARTS: tuple[Part, ...] = get_args(Part)
COUNTED_BY_LINE: frozenset[Part] = frozenset({"measured", "usable", "coded"})
"""Parts whose figure counts amounts: a record has as many as it has lines."""
NO_PERIOD = -1_000_000
"""Stands for a period that is unknown, or that nobody asked for."""
SHIFT = 50_000_000_000_000
"""Makes a rank, in ms since 1970 UTC, a number that is not negative, as a cursor holds it."""
NOWHERE = 1 - SHIFT
"""The rank of a record whose date is unknown: it comes last."""
FIRST_RANK = SHIFT - 1


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A group of a figure: the values of its names, its period's first day, its currency.

    `begins`: None without periods, and where the period is unknown.
    """

    keys: tuple[str, ...] = ()
    begins: date | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class RecordsQuestion:
    """Which records: those that a figure counts, in the order of a date.

    `group`: None for all groups together; `delay`: of a figure about delays, else empty; `tlp`:
    marked so, empty for any; `recorded_since`: ms since 1970 UTC, None for any; `events`: only
    these, by id, None for any; `order`, `oldest_first`: how they are listed.
    """

    filter: FactFilter = field(default_factory=FactFilter)
    grouping: Grouping = field(default_factory=Grouping)
    measure: Measure = "records"
    group: FigureGroup | None = None
    part: Part = ""
    delay: Delay | Literal[""] = ""
    tlp: str = ""
    recorded_since: int | None = None
    events: tuple[str, ...] | None = None
    order: Clock = "recorded"
    oldest_first: bool = False

    def parameters(self, rates: RateTable, labels: Mapping[int, Label]) -> dict[str, Any]:
        """Return the parameters of queries/figure_lines.sql but those of the filter.

        `labels`: those that are released, by id.
        """
        group = self.group or FigureGroup()
        return {
            "of_record": int(self.unit in ("record", "lines")),
            "unit": self.unit,
            "part": self.part,
            "delay": self.delay,
            "grouped": int(self.group is not None),
            "keys": list(group.keys),
            "no_period": NO_PERIOD,
            "period_number": _number_of(group.begins, self.grouping.period),
            "has_currency": int(self.group is not None and self.measure in MONEY),
            "currency": group.currency,
            "dollars": int(self.measure == "usd"),
            **rate_parameters(rates),
            "is_marked": int(bool(self.tlp)),
            "marked": [id_ for id_, label in labels.items() if label.tlp == self.tlp],
            "recorded_since": EARLIEST_MS if self.recorded_since is None else self.recorded_since,
            "is_chosen": int(self.events is not None),
            "chosen": sorted(self.events or ()),
            "order": self.order,
            "sign": -1 if self.oldest_first else 1,
            "nowhere": NOWHERE,
        }

    @property
    def unit(self) -> str:
        """What is counted, as queries/figure_lines.sql names it."""
        if self.part in COUNTED_BY_LINE:
            return "lines"
        if self.measure == "records":
            return "record" if are_of_the_record(self.grouping.by) else "keys"
        return "money" if self.measure == "usd" else self.measure


@dataclass(frozen=True, slots=True)
class CountedRecords:
    """A part of the records that a figure counts.

    `records`: how many there are in all; `lines`: how many amounts, where the figure counts those;
    `ids`: of the events of this part, in their order; `next`: where the next part begins.
    """

    records: int
    lines: int
    marking: FigureMarking
    ids: list[str]
    next: Cursor | None


def place_parameters(after: Cursor | None) -> dict[str, Any]:
    """Return the parameters of queries/figure_records.sql that say where a list continues."""
    if after is None:
        return {"before": FIRST_RANK, "after_event": ""}
    return {"before": after.recorded_at - SHIFT, "after_event": after.id}


def next_place(rows: Sequence[Mapping[str, Any]], limit: int) -> Cursor | None:
    """Return the place after `limit` rows of queries/figure_records.sql; None at the end."""
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return Cursor(last["place"] + SHIFT, last["event"])


def _number_of(begins: date | None, period: Period) -> int:
    if begins is None or period == "none":
        return NO_PERIOD
    number = period_number(datetime.combine(begins, time(), UTC), period)
    return NO_PERIOD if number is None else number
