"""The pages of bursts: a table that leads to records, and one burst with its weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from consumers.console.burst_views import burst_values
from consumers.console.finding_charts import bursts_chart
from consumers.console.finding_pages import burst_links
from consumers.presentation.burst_table import bursts_table
from consumers.query.bursts.burst import Burst, BurstRecord, Bursts, BurstWeekView, burst_id
from consumers.query.bursts.burst_changes import beside_former_bursts
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.detection import SeriesKey
from consumers.query.explanations.explanation import Explanation
from consumers.query.figures.marking import FigureMarking
from consumers.query.picture.burst_cells import bursts_by_cell, main_theme
from schemas.i18n import LANGUAGES
from tests.unit.consumers.console.test_figure_pages import link
from tests.unit.consumers.console.test_picture_page import page_of

AT = datetime(2018, 7, 3, tzinfo=UTC)
MONDAY = date(2018, 6, 25)
KEY = SeriesKey("seizure", "subdivision", "CO-NAR")
BOTH = {"es": "Más registros", "en": "More records"}
WHY = Explanation(BOTH, None, [], [], BOTH, [])


def record(theme: str) -> BurstRecord:
    id_ = "00000000-0000-7000-8000-000000000001"
    return BurstRecord(id_, "seizure", "CO", "PONAL", AT, AT, "GREEN", [], [], theme)


def burst(count: int = 14, begins: date = MONDAY, grade: str = "certain") -> Burst:
    weeks = [BurstWeekView(begins, count, 3.25, 8, {"es": "San Pedro", "en": "Saint Peter"})]
    return Burst(
        burst_id("burst", KEY, week_of(begins)),
        *("burst", 1, grade, "medium", BOTH, BOTH, *KEY, begins, date(2018, 7, 1)),
        *(count, 3.25, 8, weeks, AT, AT, "AMBER", ["H1"], []),
        [record("drugs")] * count,
        WHY,
    )


def answer(*bursts: Burst, ended: tuple[Burst, ...] = ()) -> Bursts:
    since = AT if ended else None
    return Bursts(None, since, FigureMarking("AMBER", []), 3, 1, list(bursts), list(ended))


def test_a_burst_leads_to_its_page_and_to_the_records_that_it_counts() -> None:
    narrowed = replace(burst(), id=None)
    whole, part = burst_links(answer(burst(), narrowed), link, {"where": "drug=cannabis"})
    assert whole["place"].rstrip("?") == f"/bursts/{burst().id}"
    assert part["place"] == "", "a page would find another burst"
    query = dict(parse_qsl(urlsplit(part["count"]).query))
    assert query == {"where": "drug=cannabis", "burst": str(burst().id)}


def test_a_chart_sets_what_is_next_to_what_was_expected() -> None:
    bursts = answer(burst())
    chart = bursts_chart(bursts, burst_links(bursts, link, {}), "es")
    assert chart is not None
    assert chart["categories"] == ["Nariño · Incautación · 2018-06-25"]
    assert [series["values"] for series in chart["series"]] == [[14], [3.25], [8]]


def test_an_ended_burst_has_a_row_without_records() -> None:
    table = bursts_table(answer(burst(20), ended=(replace(burst(9), former_count=9),)), "es")
    names = [column.name for column in table.columns]
    counts = [(row[names.index("count")], row[names.index("former_records")]) for row in table.rows]
    assert counts == [(20, None), (0, 9)]


def test_a_burst_is_the_same_one_where_it_shares_a_week() -> None:
    later, other = date(2018, 7, 2), replace(burst(7), place="CO-CAU")
    grown = replace(burst(30), weeks=[*burst(14).weeks, *burst(16, later).weeks])
    now, ended = beside_former_bursts([grown, burst(5, date(2018, 1, 1))], [burst(14), other])
    assert [own.former_count for own in now] == [14, 0]
    assert [(own.place, own.former_count) for own in ended] == [("CO-CAU", 7)]


def test_a_burst_drives_the_theme_of_half_of_its_records() -> None:
    half = replace(burst(), evidence=[record("drugs"), record("arms"), record("drugs")])
    none = replace(burst(), evidence=[record("drugs"), record(""), record("arms")])
    assert (main_theme(half), main_theme(none)) == ("drugs", "")
    strong, weak = burst(20), replace(burst(90), grade="possible")
    assert bursts_by_cell([weak, strong, none]) == {("CO-NAR", "drugs"): strong}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_burst_says_all_that_is_known(lang: str) -> None:
    page = page_of(lang)
    html = bytes(page.render("burst.html", **burst_values(burst(), page)).body).decode()
    for text in (BOTH[lang], "Nariño", "TLP:AMBER", "H1", str(burst().id), "2018-06-25"):
        assert text in html, text
    assert ("San Pedro" if lang == "es" else "Saint Peter") in html
    assert f"/events?burst={burst().id}" in html
    assert "style=" not in html, "the page's policy forbids inline styles"
    assert "quipu bursts --type seizure --place CO-NAR" in html
