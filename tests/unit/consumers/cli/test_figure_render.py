"""Figures fit a terminal of 80 columns, in both languages, with their moment and markings."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from consumers.cli.figure_options import FigureOutput
from consumers.cli.figure_render import print_table
from consumers.cli.reader_options import QueryContext
from consumers.exports.table import ExportTable, stamped_columns, stamped_rows
from consumers.presentation.figure_tables import (
    LEFT_OUT,
    dated,
    delays_table,
    quality_table,
    ranking_table,
    totals_table,
    trends_table,
)
from consumers.presentation.figure_words import value_of_dimension
from consumers.presentation.finding_tables import (
    finding_counts_table,
    finding_delays_table,
    flows_table,
    money_flows_table,
    shares_table,
)
from consumers.query.figures.delays import DelayRow, Delays
from consumers.query.figures.expected import ExpectedRange
from consumers.query.figures.finding_counts import FindingCountRow, FindingCounts
from consumers.query.figures.finding_delays import FindingDelayRow, FindingDelays
from consumers.query.figures.flows import FlowRow, Flows
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.money_flows import MoneyFlowRow, MoneyFlows
from consumers.query.figures.quality import Quality, QualityRow
from consumers.query.figures.ranking import RankedGroup, Ranking
from consumers.query.figures.shares import ShareRow, Shares
from consumers.query.figures.totals import TotalRow, Totals
from consumers.query.figures.trends import TrendPoint, Trends
from infra.errors import QuipuError
from infra.list_table import share_room
from infra.settings import load
from schemas.model import Reader

AT = datetime(2018, 8, 1, tzinfo=UTC)
MARKING = FigureMarking("AMBER", ["H1", "H3: solo con orden del fiscal"])
MONTH = date(2018, 7, 1)
TOTALS = Totals(
    "mass",
    ["drug", "country"],
    "month",
    AT,
    None,
    MARKING,
    [TotalRow(MONTH, ["", "CO"], Decimal("1234567.25"), "", 41, 2, 0, 1)],
)
EXPECTED = ExpectedRange(2.5, 9.75, "recent_baseline")
TRENDS = Trends(
    "records",
    ["country"],
    "month",
    AT,
    None,
    MARKING,
    [
        TrendPoint(MONTH, ["PE"], "", Decimal(12), Decimal(3), EXPECTED, True),
        TrendPoint(MONTH, ["EC"], "", Decimal(1), None, EXPECTED, True),
        TrendPoint(MONTH, ["CO"], "", Decimal(1), None, None, False),
    ],
)
RULE = "stolen-weapon-seized-abroad"
MONEY = MoneyFlowRow("BO", "PE", "USD", Decimal("1234567.891"), 12)
COUNTS = FindingCountRow(RULE, "high", 1_234, 1_200, 34, 3)
FOUND = FindingDelayRow(RULE, 12, 1, 0.5, 1, 2, 30.25, 365, 1000.5)
TABLES = {
    "totals": (totals_table, TOTALS),
    "trends": (trends_table, TRENDS),
    "ranking": (
        ranking_table,
        Ranking(
            "money",
            ["subdivision"],
            AT,
            None,
            MARKING,
            [RankedGroup(1, ["CO-NAR"], "COP", Decimal("9999999.5"), 3, None, Decimal(0))],
        ),
    ),
    "delays": (
        delays_table,
        Delays(
            "occurred_to_reported",
            ["country"],
            "none",
            AT,
            None,
            MARKING,
            [DelayRow(None, ["BO"], 1200, 1, 0.5, 1, 2, 30.25, 365, 1000.5)],
        ),
    ),
    "quality": (
        quality_table,
        Quality(
            AT,
            None,
            MARKING,
            [QualityRow("EC", "FISCALIA", 9_000, 12, 8_000, 7_000, 99, 98, 97, 1, 2, 120)],
        ),
    ),
    "flows": (
        flows_table,
        Flows(
            "country",
            AT,
            AT,
            MARKING,
            [
                FlowRow(
                    RULE, "PE", "CO", 12, 11, 200.5, FlowRow(RULE, "PE", "CO", 1_001, 990, 1_200.5)
                )
            ],
        ),
    ),
    "money-flows": (
        money_flows_table,
        MoneyFlows(
            AT,
            AT,
            MARKING,
            [replace(MONEY, former=MONEY), replace(MONEY, former=MONEY.emptied())],
        ),
    ),
    "finding-counts": (
        finding_counts_table,
        FindingCounts(
            AT,
            AT,
            MARKING,
            [replace(COUNTS, former=COUNTS), replace(COUNTS.emptied(), former=COUNTS)],
        ),
    ),
    "finding-delays": (
        finding_delays_table,
        FindingDelays("first_to_second", AT, AT, MARKING, [replace(FOUND, former=FOUND.emptied())]),
    ),
    "shares": (
        shares_table,
        Shares(
            AT,
            AT,
            MARKING,
            [ShareRow("CO", "PONAL", 0, 0, 0, ShareRow("CO", "PONAL", 200, 11, 9))],
        ),
    ),
}


def shown(name: str, lang: str) -> str:
    lay_out, answer = TABLES[name]
    table: ExportTable = lay_out(answer, lang)  # type: ignore[operator]
    text = io.StringIO()
    print_table(Console(file=text, width=80, highlight=False), table, lang)
    return text.getvalue()


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_fits_and_says_its_moment_and_markings(name: str, lang: str) -> None:
    text = shown(name, lang)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "…" not in text
    flat = " ".join(text.split())
    assert "2018-08-01 00:00 UTC" in flat
    assert "TLP:AMBER" in flat
    assert "solo con orden del fiscal" in flat


def test_what_is_missing_is_said_only_where_something_is() -> None:
    text = shown("totals", "es")
    assert "cantidad" in text
    assert "código" in text
    assert "unidad" not in text
    assert "1\xa0234\xa0567,25" in text


def test_a_trend_says_what_is_outside_of_the_expected_range() -> None:
    assert [line.split()[-1] for line in shown("trends", "es").splitlines()[2:5]] == [
        "más",
        "menos",
        "curso",
    ]


def test_a_file_says_what_it_leaves_out() -> None:
    table = totals_table(TOTALS, "es", [LEFT_OUT])
    assert any("H2" in note for note in table.notes)
    assert [column.name for column in stamped_columns(table)][-3:] == ["as_of", "tlp", "markings"]
    assert next(stamped_rows(table))[-1] == "H1 | H3: solo con orden del fiscal"


def test_money_without_a_rate_is_named_and_stays_in_its_currency() -> None:
    rows = [
        TotalRow(MONTH, ["CO"], Decimal("1049.25"), "USD", 4, 0, 0, 0, Decimal(7), 1),
        TotalRow(MONTH, ["BO"], Decimal(6960), "BOB", 1, 0, 0, 0, Decimal(0), 0),
    ]
    totals = Totals("usd", ["country"], "month", AT, AT, MARKING, rows)
    table = totals_table(totals, "es")
    assert [row[4] for row in table.rows] == ["USD", "BOB"]
    assert any("BOB" in note for note in table.notes)
    text = io.StringIO()
    print_table(Console(file=text, width=80, highlight=False), table, "es")
    assert all(len(line) <= 80 for line in text.getvalue().splitlines())


def test_a_trend_shows_what_was_known_before() -> None:
    points = [replace(point, former_value=Decimal(5)) for point in TRENDS.points]
    table = trends_table(replace(TRENDS, changed_since=AT, points=points), "en")
    heading = next(
        place for place, column in enumerate(table.columns) if column.heading == "before"
    )
    assert [row[heading] for row in table.rows] == [Decimal(5)] * 3


WIDE = replace(
    TRENDS,
    measure="money",
    points=[
        TrendPoint(
            MONTH,
            ["PE"],
            "COP",
            Decimal("1234567890.126"),
            Decimal("3234567890"),
            ExpectedRange(1234567.25, 98765432109.5, "recent_baseline"),
            True,
        )
    ],
)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_large_numbers_are_written_in_whole(lang: str) -> None:
    """No exponent, and no digit cut off, where the numbers do not fit side by side."""
    text = io.StringIO()
    print_table(Console(file=text, width=80, highlight=False), trends_table(WIDE, lang), lang)
    flat = text.getvalue()
    assert all(len(line) <= 80 for line in flat.splitlines())
    for number in ("1 234 567 890.13", "3 234 567 890.00", "1 234 567", "98 765 432 110"):
        spanish = number.replace(".", ",").replace(" ", "\N{NO-BREAK SPACE}")
        assert (spanish if lang == "es" else number.replace(" ", ",")) in flat
    assert "COP" in flat


def test_no_word_is_cut_where_a_table_just_fits() -> None:
    points = [replace(WIDE.points[0], year_before=Decimal(3), is_complete=False)]
    points[0] = replace(
        points[0], expected=ExpectedRange(1234567.25, 98765432.5, "recent_baseline")
    )
    text = io.StringIO()
    table = trends_table(replace(WIDE, points=points), "es")
    print_table(Console(file=text, width=80, highlight=False), table, "es")
    assert {"en", "curso", "Perú", "COP", "890,13"} <= set(text.getvalue().split())


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), min_size=1), st.integers(0, 90))
def test_columns_share_the_room_that_is_left(columns: list[tuple[int, int]], spare: int) -> None:
    least = [width for width, _more in columns]
    best = [width + more for width, more in columns]
    widths = share_room(least, best, spare)
    assert sum(widths) == min(sum(best), sum(least) + spare)
    assert all(low <= width <= high for low, width, high in zip(least, widths, best, strict=True))


def test_flows_name_rules_in_words() -> None:
    titles = {"stolen-weapon-seized-abroad": "Arma robada, incautada en otro país"}
    table = flows_table(TABLES["flows"][1], "es", titles=titles)  # type: ignore[arg-type]
    assert table.rows[0][0] == "Arma robada, incautada en otro país"


def test_a_place_is_named_in_words() -> None:
    assert value_of_dimension("place", "BO", "es") == "Bolivia"
    assert value_of_dimension("subdivision", "CO-NAR", "es") == "Nariño"


def test_a_file_names_its_moment_where_the_question_names_none() -> None:
    """A file that says "as of now" says nothing on the next day."""
    now = datetime(2018, 9, 1, 8, tzinfo=UTC)
    assert dated(replace(TOTALS, as_of=None), now).as_of == now
    assert dated(TOTALS, now).as_of == AT


def _no_reader() -> Reader:
    raise AssertionError("a file is written without asking again")


def test_one_row_is_said_in_the_singular(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = totals_table(TOTALS, "es")
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_LANG": "es"})
    context = QueryContext(settings, _no_reader, None, False)
    output = FigureOutput({"csv": tmp_path / "totals.csv"}, for_court=False)
    output.write(table, context)
    assert capsys.readouterr().err.strip().endswith("escrito, 1 fila.")
    with pytest.raises(QuipuError) as raised:
        output.write(table, context)
    assert "ya existe" in str(raised.value.message.in_language("es"))
