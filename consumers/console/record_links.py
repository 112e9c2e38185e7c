"""Lead from a figure to the list of what it counts, and read that list's address again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from consumers.console.as_of import written
from consumers.console.figure_forms import FILTER_FIELDS, read_filter, read_grouping, read_measure
from consumers.console.parameters import FieldReader
from consumers.query.figures.delays import DELAYS, Delay
from consumers.query.figures.dimensions import ENVELOPE_DIMENSIONS, MOST_DIMENSIONS
from consumers.query.figures.question import FactFilter, Grouping, Measure
from consumers.query.figures.records import PARTS, FigureGroup, Part, RecordsQuestion
from consumers.query.known_names import KnownNames
from consumers.query.views import to_datetime
from schemas.release.rules import TLP

LIST = "/events"
TRENDS = "/figures/trends"
_NO_TREND = ("by", "period", "since", "until", "where")
"""What a ranking asks and the trend of one of its groups does not, or asks in another way."""
Link = Callable[..., str]
"""Returns an address of ours from a path and parameters, and keeps the date of the page."""
Finding = Literal["", "any", "certain"]
"""Only records that take part in a finding, or in a certain one."""
Sort = Literal["recorded", "recorded_up", "occurred", "occurred_up", "reported", "reported_up"]
SORTS: tuple[Sort, ...] = get_args(Sort)
VALUE_FIELDS = tuple(f"value_{number}" for number in range(1, MOST_DIMENSIONS + 1))
OWN_FIELDS = (*FILTER_FIELDS, "tlp", "recorded_since")
"""What the form of the list asks."""
GROUP_FIELDS = (
    "measure",
    "by",
    "period",
    "group",
    "begins",
    *VALUE_FIELDS,
    "currency",
    "part",
    "delay",
    "finding",
    "burst",
)
"""What names the figure from which somebody comes."""
LIST_FIELDS = (*OWN_FIELDS, *GROUP_FIELDS, "sort", "after")


@dataclass(frozen=True, slots=True)
class RecordLinks:
    """Addresses of the lists behind the figures of one answer.

    `base`: the parameters that all of them share: the filter, the grouping, the measure.
    """

    link: Link
    base: Mapping[str, str]

    def of_all(self, **changes: str) -> str:
        """Return the list of all records of the filter."""
        return self.link(LIST, **{**self.base, **changes})

    def of_group(self, group: FigureGroup, **changes: str) -> str:
        """Return the list of the records of a group. `changes`: of the parameters."""
        values = dict(zip(VALUE_FIELDS, group.keys, strict=False))
        begins = "" if group.begins is None else group.begins.isoformat()
        own = {"group": "1", "begins": begins, "currency": group.currency, **values}
        return self.link(LIST, **{**self.base, **own, **changes})

    def trend_of_group(self, by: Sequence[str], keys: Sequence[str]) -> str:
        """Return the page with the trend of a group, over all its periods.

        `by`: the names that group. Empty where a filter cannot say a part of the group.
        """
        if not all(keys) or "exercise" in by or any("," in key for key in keys):
            return ""
        own: dict[str, str] = {}
        where = [self.base["where"]] if "where" in self.base else []
        for name, key in zip(by, keys, strict=True):
            if name in ENVELOPE_DIMENSIONS:
                own["place" if name == "subdivision" else name] = key
            else:
                where.append(f"{name}={key}")
        parameters = {name: text for name, text in self.base.items() if name not in _NO_TREND}
        return self.link(
            TRENDS, **{**parameters, **own, "where": ",".join(where), "period": "month"}
        )

    def as_known(self, moment: int | None) -> dict[str, str]:
        """Return the parameter that moves a list to a former moment: ms since 1970 UTC."""
        return {} if moment is None else {"as_of": written(moment)}


def question_parameters(
    filter_: FactFilter, grouping: Grouping, measure: Measure = "records"
) -> dict[str, str]:
    """Write a question as the parameters of an address; what is left open is left out."""
    until = None if filter_.until is None else filter_.until - 1
    every = {
        "measure": measure,
        "by": ",".join(grouping.by),
        "period": grouping.period,
        "clock": grouping.clock,
        "type": filter_.type,
        "place": filter_.place,
        "country": filter_.country,
        "authority": filter_.authority,
        "crime": filter_.crime,
        "theme": filter_.theme,
        "where": ",".join(f"{name}={value}" for name, value in filter_.where),
        "since": "" if filter_.since is None else to_datetime(filter_.since).date().isoformat(),
        "until": "" if until is None else to_datetime(until).date().isoformat(),
    }
    usual = {"measure": "records", "period": "none", "clock": "occurred"}
    return {name: value for name, value in every.items() if value and usual.get(name) != value}


def read_records(form: FieldReader, names: KnownNames) -> RecordsQuestion:
    """Read the address of a list of records; `events` is left open."""
    grouping = read_grouping(form, names)
    sort = form.choice("sort", SORTS, "recorded")
    order, _separator, direction = sort.partition("_")
    group = None
    if form.choice("group", ("1",)):
        keys = tuple(form.query.get(name, "") for name in VALUE_FIELDS[: len(grouping.by)])
        group = FigureGroup(keys, _day(form, "begins"), form.text("currency"))
    return RecordsQuestion(
        filter=read_filter(form, names),
        grouping=grouping,
        measure=read_measure(form),
        group=group,
        part=cast("Part", form.choice("part", PARTS)),
        delay=cast("Delay", form.choice("delay", DELAYS)),
        tlp=form.choice("tlp", TLP),
        recorded_since=form.day("recorded_since"),
        order=cast("Literal['recorded', 'occurred', 'reported']", order),
        oldest_first=direction == "up",
    )


def _day(form: FieldReader, name: str) -> date | None:
    at = form.day(name)
    text = form.query.get(name, "").strip()
    return None if at is None else date.fromisoformat(text[:10])
