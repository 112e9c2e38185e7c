"""The pages with figures: their addresses, their forms, their tables and charts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.console.figure_charts import flows_chart, totals_chart, trends_chart
from consumers.console.figure_forms import read_totals, read_trends, with_defaults
from consumers.console.figure_models import command_options, newest_periods
from consumers.console.figure_pages import flow_matrix, flows_links, to_page_table, totals_links
from consumers.console.navigation import group_of
from consumers.console.parameters import FieldReader, join_parameters
from consumers.console.record_links import RecordLinks, question_parameters, read_records
from consumers.presentation.figure_tables import totals_table
from consumers.presentation.figure_words import DIMENSIONS
from consumers.query.figures.flows import FlowRow, Flows
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.periods import PERIODS
from consumers.query.figures.question import CLOCKS, MEASURES, FactFilter, Grouping
from consumers.query.figures.records import FigureGroup
from consumers.query.figures.totals import TotalRow, Totals
from consumers.query.figures.trends import TrendPoint, Trends
from consumers.query.known_names import KnownNames
from schemas import words
from streams.rules import read_rule_book

NAMES = KnownNames(read_rule_book())
MARKING = FigureMarking("AMBER", ["H1"])
DAY = 86_400_000


def link(path: str, **query: object) -> str:
    named = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(named)}"


def read(address: str) -> FieldReader:
    return FieldReader(join_parameters(parse_qsl(urlsplit(address).query)))


def totals(*rows: TotalRow, period: Any = "none") -> Totals:
    return Totals("records", ["drug"], period, None, None, MARKING, list(rows))


def total(key: str, records: int, begins: date | None = None) -> TotalRow:
    return TotalRow(begins, [key], None, "", records, 0, 0, 0)


def test_the_names_of_a_grouping_are_one_list() -> None:
    pairs = [("by", "drug"), ("by_2", " place"), ("by_3", ""), ("as_of", "")]
    assert join_parameters(pairs) == {"by": "drug,place", "as_of": ""}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("since", "ayer"),
        ("until", "2018-02-31"),
        ("type", "weapons"),
        ("country", "XX"),
        ("theme", "armas y drogas"),
        ("place", "CO-ZZZ"),
        ("where", "drug"),
        ("where", "nombre=valor"),
        ("by", "color"),
        ("by", "drug,drug"),
        ("period", "decade"),
        ("measure", "kilos"),
        ("authority", "x" * 401),
        ("changed_since", "nunca"),
        ("where", "country=CO"),
    ],
)
def test_a_wrong_value_gets_a_sentence_at_its_field(name: str, text: str) -> None:
    form = FieldReader({name: text})
    read_totals(form, NAMES)
    assert list(form.errors) == [name]
    for part in form.errors[name]:
        assert part.in_language("es")


def filters() -> st.SearchStrategy[FactFilter]:
    days = st.none() | st.integers(0, 20_000).map(lambda day: day * DAY)
    return st.builds(
        FactFilter,
        type=st.sampled_from(["", "seizure"]),
        country=st.sampled_from(["", "PE"]),
        authority=st.sampled_from(["", "PNP", "a & b=c"]),
        crime=st.sampled_from(["", "0601"]),
        theme=st.sampled_from(["", "arms"]),
        place=st.sampled_from(["", "CO-NAR"]),
        where=st.sampled_from([(), (("drug", "cannabis"), ("make", "smith & wesson"))]),
        since=days,
        until=days,
    ).filter(lambda own: own.since is None or own.until is None or own.since < own.until)


@given(
    filter_=filters(),
    by=st.lists(st.sampled_from(["drug", "place", "type"]), max_size=3, unique=True),
    period=st.sampled_from(PERIODS),
    clock=st.sampled_from(CLOCKS),
    measure=st.sampled_from(MEASURES),
    texts=st.lists(st.sampled_from(["", "cannabis", "a, b", "ñ&=%"]), min_size=3, max_size=3),
)
def test_the_address_behind_a_figure_says_the_same_question(
    filter_: FactFilter, by: list[str], period: Any, clock: Any, measure: Any, texts: list[str]
) -> None:
    grouping = Grouping(tuple(by), period, clock)
    begins = None if period == "none" else date(2018, 1, 1)
    group = FigureGroup(tuple(texts[: len(by)]), begins, "COP" if measure == "money" else "")
    links = RecordLinks(link, question_parameters(filter_, grouping, measure))
    form = read(links.of_group(group, part="no_unit"))
    question = read_records(form, NAMES)
    assert form.errors == {}
    assert (question.filter, question.grouping, question.measure) == (filter_, grouping, measure)
    assert (question.group, question.part) == (group, "no_unit")


def test_a_name_of_a_ranking_leads_to_the_trend_of_its_group() -> None:
    filter_ = FactFilter(type="movement", where=(("make", "taurus"),), since=1, until=9)
    links = RecordLinks(link, question_parameters(filter_, Grouping(("crossing", "country"))))
    form = read(links.trend_of_group(["crossing", "country"], ["rumichaca", "CO"]))
    question = read_trends(form, NAMES)
    assert form.errors == {}
    where = (("make", "taurus"), ("crossing", "rumichaca"))
    assert question.filter == FactFilter(type="movement", country="CO", where=where)
    assert (question.grouping.by, question.grouping.period) == ((), "month")
    assert links.trend_of_group(["subdivision"], ["CO-AMA"]).count("place=CO-AMA") == 1
    for keys in (["", "CO"], ["a, b", "CO"]):
        assert links.trend_of_group(["crossing", "country"], keys) == ""


def test_a_page_without_parameters_has_its_own_question() -> None:
    assert with_defaults("totals", {}) == {"by": "type", "period": "none"}
    assert with_defaults("totals", {"as_of": "2018-01-01", "by": "drug"}) == {"by": "drug"}


def test_a_table_leads_to_what_it_counts_but_not_where_there_is_nothing() -> None:
    answer = totals(total("cannabis", 7), total("", 0))
    links = totals_links(answer, RecordLinks(link, {"by": "drug"}), None)
    table = to_page_table(totals_table(answer, "es"), links, "es")
    (first, counted), (_second, nothing) = table.rows
    assert (first.link, counted.text, nothing.link) == ("", "7", "")
    assert dict(parse_qsl(urlsplit(counted.link).query))["value_1"] == "cannabis"
    assert [column.is_number for column in table.columns] == [False, True]


def test_bars_are_drawn_by_size_with_their_links() -> None:
    answer = totals(total("cannabis", 2), total("", 9))
    links = totals_links(answer, RecordLinks(link, {"by": "drug"}), None)
    chart = totals_chart(answer, links, "es")
    assert chart is not None
    assert chart["series"][0]["values"] == [9, 2]
    assert chart["categories"] == ["—", "Marihuana"]
    assert "value_1=cannabis" in chart["series"][0]["links"][1]


def test_a_chart_through_periods_draws_the_largest_groups_and_counts_the_others() -> None:
    months = [date(2018, month, 1) for month in (1, 2)]
    rows = [total(f"d{number}", number + 1, month) for number in range(8) for month in months]
    answer = totals(*rows, period="month")
    chart = totals_chart(answer, totals_links(answer, RecordLinks(link, {}), None), "en")
    assert chart is not None
    assert [series["name"] for series in chart["series"]] == ["d7", "d6", "d5", "d4", "d3", "d2"]
    assert (chart["left_out"], chart["categories"]) == (2, ["2018-01", "2018-02"])


def test_a_trend_of_one_group_shows_the_year_before() -> None:
    points = [
        TrendPoint(date(2018, month, 1), [], "", Decimal(month), Decimal(1), None, month < 3)
        for month in (1, 2, 3)
    ]
    answer = Trends("records", [], "month", None, None, MARKING, points)
    chart = trends_chart(answer, [{"value": "/events"}] * 3, "es")
    assert chart is not None
    assert chart["before"] == [1.0, 1.0, 1.0]
    assert chart["incomplete"] == [False, False, True]


def test_a_trend_without_dates_shows_its_newest_periods() -> None:
    points = [
        TrendPoint(date(1980 + year, 1, 1), [], "", Decimal(1), None, None, True)
        for year in range(40)
    ]
    answer, left_out = newest_periods(Trends("records", [], "year", None, None, MARKING, points))
    assert (len(answer.points), left_out) == (36, 4)
    assert answer.points[0].begins == date(1984, 1, 1)


def test_flows_are_a_matrix_and_a_map_of_the_same_sums() -> None:
    rows = [
        FlowRow("a", "EC", "CO", 3, 2, None),
        FlowRow("b", "EC", "CO", 2, 2, 4.0),
        FlowRow("b", "", "CO", 1, 0, None),
    ]
    flows = Flows("country", None, None, MARKING, rows)
    assert "origin=-" in flows_links(flows, link, "")[2]["findings"]
    matrix = flow_matrix(flows, link, {}, "es")
    assert matrix is not None
    assert [[cell.text for cell in row] for row in matrix.rows] == [["—", "1"], ["Ecuador", "5"]]
    chart = flows_chart(flows, link, {}, "es")
    assert chart is not None
    assert [(arrow["from"], arrow["to"], arrow["value"]) for arrow in chart["arrows"]] == [
        ("EC", "CO", 5)
    ]


def test_the_command_ends_a_day_later_because_its_last_day_does_not_count() -> None:
    options = command_options({"by": "drug", "until": "2018-12-31", "changed_since": ""})
    assert options == [("--by", "drug"), ("--until", "2019-01-01")]


@pytest.mark.parametrize("path", ["/", "/things/5", "/indicators/1", "/figures/flows", "/events/7"])
def test_every_page_has_a_place_in_the_navigation(path: str) -> None:
    assert group_of(path) is not None


def test_every_name_that_groups_figures_has_spanish_words() -> None:
    unnamed = [
        name
        for name in NAMES.dimensions
        if name not in DIMENSIONS and words.field(name, "es") == name
    ]
    assert unnamed == []
