"""Read the forms of the pages with figures into the questions that they ask. Pure.

The fields have the names of the API's parameters. Dates are whole days, and the last one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast, get_args

from consumers.console.parameters import FieldReader
from consumers.query.bursts.burst import BurstsQuestion
from consumers.query.figures.delays import DELAYS, Delay, DelaysQuestion
from consumers.query.figures.finding_counts import FindingCountsQuestion
from consumers.query.figures.finding_delays import (
    FINDING_DELAYS,
    FindingDelay,
    FindingDelaysQuestion,
)
from consumers.query.figures.flows import PLACE_LEVELS, FlowsQuestion, PlaceLevel
from consumers.query.figures.money_flows import MoneyFlowsQuestion
from consumers.query.figures.periods import PERIODS, Period
from consumers.query.figures.question import CLOCKS, MEASURES, Clock, FactFilter, Grouping, Measure
from consumers.query.figures.ranking import Against, RankingQuestion
from consumers.query.figures.themes import themes
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.figures.trends import TrendsQuestion
from consumers.query.known_names import KnownNames, check_country, check_place
from streams.rules.rule import GRADES

FigureName = Literal[
    "totals",
    "trends",
    "ranking",
    "bursts",
    "flows",
    "money-flows",
    "finding-counts",
    "finding-delays",
    "delays",
    "quality",
    "shares",
]
FIGURES: tuple[FigureName, ...] = get_args(FigureName)
FILTER_FIELDS = (
    "type",
    "theme",
    "place",
    "country",
    "authority",
    "crime",
    "where",
    "since",
    "until",
    "clock",
)
FIELDS: Mapping[FigureName, tuple[str, ...]] = {
    "totals": ("measure", "by", "period", *FILTER_FIELDS, "changed_since"),
    "trends": ("measure", "by", "period", *FILTER_FIELDS, "changed_since"),
    "ranking": ("measure", "by", "against", "limit", *FILTER_FIELDS, "changed_since"),
    "bursts": (*FILTER_FIELDS[:-1], "grade", "changed_since"),
    "flows": ("rule", "grade", "level", "changed_since"),
    "money-flows": (*FILTER_FIELDS, "changed_since"),
    "finding-counts": ("rule", "grade", "changed_since"),
    "finding-delays": ("delay", "rule", "grade", "changed_since"),
    "delays": ("delay", "by", "period", *FILTER_FIELDS, "changed_since"),
    "quality": (*FILTER_FIELDS, "changed_since"),
    "shares": ("changed_since",),
}
DEFAULTS: Mapping[FigureName, Mapping[str, str]] = {
    "totals": {"by": "type", "period": "none"},
    "trends": {"period": "month"},
    "ranking": {"by": "subdivision"},
    "bursts": {},
    "flows": {"level": "country"},
    "money-flows": {},
    "finding-counts": {},
    "finding-delays": {},
    "delays": {"by": "country", "period": "none"},
    "quality": {},
    "shares": {},
}
"""What a page asks before anybody filled in its form."""
PLACES = 20
"""Places of a ranking that are shown first."""
MOST_PLACES = 200


def with_defaults(name: FigureName, query: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a page; its defaults where no field of its form is given."""
    own = {field: query[field] for field in FIELDS[name] if field in query}
    return own or dict(DEFAULTS[name])


def read_filter(form: FieldReader, names: KnownNames) -> FactFilter:
    """Read which records are looked at."""
    since, until = form.span("since", "until")
    return FactFilter(
        type=form.choice("type", names.types),
        country=form.text("country", lambda code: check_country(code.upper())).upper(),
        authority=form.text("authority"),
        crime=form.text("crime"),
        theme=form.choice("theme", themes()),
        place=form.text("place", lambda code: check_place(code.upper())).upper(),
        where=form.where("where", names),
        since=since,
        until=until,
    )


def read_grouping(form: FieldReader, names: KnownNames, period: Period = "none") -> Grouping:
    """Read by what figures are grouped."""
    return Grouping(
        form.dimensions("by", names.dimensions),
        cast("Period", form.choice("period", PERIODS, period)),
        cast("Clock", form.choice("clock", CLOCKS, "occurred")),
    )


def read_measure(form: FieldReader) -> Measure:
    """Read what is added: amounts of a measure, or that records are counted."""
    return cast("Measure", form.choice("measure", MEASURES, "records"))


def read_totals(form: FieldReader, names: KnownNames) -> TotalsQuestion:
    """Read the question of the page of totals."""
    return TotalsQuestion(
        read_measure(form),
        read_grouping(form, names),
        read_filter(form, names),
        form.moment("changed_since"),
    )


def read_trends(form: FieldReader, names: KnownNames) -> TrendsQuestion:
    """Read the question of the page of trends, which always has periods."""
    grouping = read_grouping(form, names, "month")
    form.choice("period", PERIODS[1:])
    if grouping.period == "none":
        grouping = replace(grouping, period="month")
    filter_ = read_filter(form, names)
    return TrendsQuestion(read_measure(form), grouping, filter_, form.moment("changed_since"))


def read_ranking(form: FieldReader, names: KnownNames) -> RankingQuestion:
    """Read the question of the page of rankings."""
    grouping = read_grouping(form, names)
    return RankingQuestion(
        read_measure(form),
        grouping if grouping.by else replace(grouping, by=("subdivision",)),
        read_filter(form, names),
        cast("Against", form.choice("against", get_args(Against), "before")),
        form.number("limit", PLACES, MOST_PLACES),
        form.moment("changed_since"),
    )


def read_delays(form: FieldReader, names: KnownNames) -> DelaysQuestion:
    """Read the question of the page of delays, grouped by what each record has one of."""
    clock = cast("Clock", form.choice("clock", CLOCKS, "occurred"))
    period = cast("Period", form.choice("period", PERIODS, "none"))
    return DelaysQuestion(
        cast("Delay", form.choice("delay", DELAYS, "occurred_to_reported")),
        Grouping(form.dimensions("by", ()), period, clock),
        read_filter(form, names),
        form.moment("changed_since"),
    )


def read_bursts(form: FieldReader, names: KnownNames) -> BurstsQuestion:
    """Read the question of the page of bursts."""
    grade = form.choice("grade", GRADES)
    return BurstsQuestion(
        read_filter(form, names),
        cast("Literal['', 'certain', 'possible']", grade),
        form.moment("changed_since"),
    )


def read_money_flows(form: FieldReader, names: KnownNames) -> MoneyFlowsQuestion:
    """Read the question of the page of flows of money."""
    clock = cast("Clock", form.choice("clock", CLOCKS, "occurred"))
    return MoneyFlowsQuestion(read_filter(form, names), clock, form.moment("changed_since"))


def read_finding_counts(form: FieldReader, rules: Mapping[str, object]) -> FindingCountsQuestion:
    """Read the question of the page of findings by rule. `rules`: those in effect, by id."""
    rule, grade = form.choice("rule", rules), form.choice("grade", GRADES)
    return FindingCountsQuestion(rule, grade, form.moment("changed_since"))


def read_finding_delays(form: FieldReader, rules: Mapping[str, object]) -> FindingDelaysQuestion:
    """Read the question of the page of delays of findings. `rules`: those in effect, by id."""
    delay = form.choice("delay", FINDING_DELAYS, "first_to_second")
    return FindingDelaysQuestion(
        cast("FindingDelay", delay),
        form.choice("rule", rules),
        form.choice("grade", GRADES),
        form.moment("changed_since"),
    )


def read_flows(form: FieldReader, rules: Mapping[str, object]) -> FlowsQuestion:
    """Read the question of the page of flows. `rules`: those in effect, by id."""
    return FlowsQuestion(
        form.choice("rule", rules),
        form.choice("grade", GRADES),
        cast("PlaceLevel", form.choice("level", PLACE_LEVELS, "country")),
        form.moment("changed_since"),
    )
