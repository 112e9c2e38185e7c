"""The cells of the risk picture: every place is there, parts add up, and findings count once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.api.routes.figures import TotalsQuery, TrendsQuery
from consumers.presentation.picture_tables import places_table
from consumers.presentation.picture_words import no_levels
from consumers.query.figures.themes import themes
from consumers.query.known_names import UnknownNameError
from consumers.query.picture.finding_tallies import EventFacts, count_findings
from consumers.query.picture.places import RiskPlace, chosen_places, places
from consumers.query.picture.tallies import CellTally, Tallies
from consumers.query.picture.window import months_before, window_of
from consumers.query.views import to_epoch_ms
from schemas.ids import to_uuid_text
from schemas.model import COUNTRIES
from streams.correlation.assess import Indicator, indicators_for
from streams.rules import read_rule_book
from tests.support.members import Member, adds, evidence
from tests.support.picture_world import (
    MOMENT,
    made_up,
    picture_of,
    record_row,
    tallies_of,
)
from tests.support.weapon_findings import READER

NARINO = RiskPlace("CO-NAR", "subdivision", ("CO",))
RUMICHACA = RiskPlace("rumichaca", "crossing", ("CO", "EC"))
WINDOW = window_of(to_epoch_ms(MOMENT), 12)
rows = st.builds(
    record_row,
    st.sampled_from([NARINO, RUMICHACA, RiskPlace("PE-PUN", "subdivision", ("PE",))]),
    st.sampled_from(["arms", "drugs"]),
    st.integers(1, 60),
    authority=st.sampled_from(["POLICIA", "ADUANA"]),
    type=st.sampled_from(["seizure", "crime_incident"]),
    is_dated=st.sampled_from([1, 1, 0]),
)


def test_every_place_is_there_and_without_records_it_has_no_level() -> None:
    picture = picture_of(Tallies())
    assert len(picture.cells) == len(places()) * len(themes()) == 136 * 9
    assert {(cell.level, cell.confidence, cell.records) for cell in picture.cells} == {
        ("not_enough_data", "none", 0)
    }
    assert not any(cell.drivers for cell in picture.cells)


def test_a_place_is_a_subdivision_of_a_member_or_a_crossing() -> None:
    assert {code for place in places() for code in place.countries} >= set(COUNTRIES)
    assert all(place.countries for place in places())
    assert next(place for place in places() if place.code == "rumichaca") == RUMICHACA
    assert chosen_places("", "co-nar") == [NARINO]
    assert RUMICHACA in chosen_places("EC", "")
    for country, place in (("ZZ", ""), ("", "CO-XXX"), ("PE", "CO-NAR")):
        with pytest.raises(UnknownNameError):
            chosen_places(country, place)


@given(st.lists(rows, max_size=8), st.randoms())
def test_the_order_of_rows_is_nothing(every: list[dict[str, object]], chance: object) -> None:
    shuffled = list(every)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert picture_of(tallies_of(shuffled)).cells == picture_of(tallies_of(every)).cells


def test_records_without_place_or_date_lower_the_confidence_alone() -> None:
    known = [
        record_row(NARINO, "drugs", 40, type=type_, authority=authority)
        for type_, authority in (("seizure", "A"), ("seizure", "B"), ("crime_incident", "B"))
    ]
    nowhere = record_row(RiskPlace("", "subdivision", ("CO",)), "drugs", 90)
    undated = record_row(NARINO, "drugs", 90, is_dated=0)
    cells = [_cell(tallies_of([*known, *more])) for more in ([], [nowhere], [undated])]
    assert [cell.level for cell in cells] == [cells[0].level] * 3
    assert [cell.unplaced for cell in cells] == [0, round(90 / 210, 3), round(90 / 210, 3)]
    assert [cell.confidence for cell in cells] == ["high", "medium", "medium"]


def test_the_newest_month_is_compared_with_the_past_that_the_country_has() -> None:
    past = [record_row(NARINO, "drugs", 4, month) for month in range(1, 40)]
    rising = _cell(tallies_of([*past, record_row(NARINO, "drugs", 20, 0)]))
    assert (rising.trend, rising.former_records) == ("rising", 48)
    assert rising.expected is not None
    assert rising.expected.method == "historical_limits"
    short = _cell(tallies_of([record_row(NARINO, "drugs", 20, month) for month in range(4)]))
    assert (short.trend, short.former_records, short.expected) == ("unknown", None, None)
    # elsewhere in the country it was recorded before, so here it was none
    elsewhere = record_row(RiskPlace("CO-ANT", "subdivision", ("CO",)), "drugs", 1, 39)
    new = _cell(tallies_of([elsewhere, record_row(NARINO, "drugs", 9, 0)]))
    assert (new.trend, new.former_records) == ("rising", 0)


def _cell(tallies: Tallies, place: str = "CO-NAR", theme: str = "drugs"):  # type: ignore[no-untyped-def]
    every = picture_of(tallies).cells
    return next(cell for cell in every if (cell.place, cell.theme) == (place, theme))


def findings() -> list[Indicator]:
    """A stolen weapon in Nariño that was seized in Puno: two rules tell of one thing."""
    book = read_rule_book()
    stolen, seized = (
        Member(number, "weapon", country, "weapon_record", {"status": status, "calibre": "9X19"})
        for number, country, status in ((1, "CO", "STOLEN"), (2, "PE", "SEIZED"))
    )
    every = indicators_for(evidence(adds([stolen, seized]), book), READER, None, book)
    assert len(every) == 2
    return every


def facts_of(indicators: list[Indicator], theme: str = "arms") -> dict[str, EventFacts]:
    at = to_epoch_ms(MOMENT) - 1
    return {
        to_uuid_text(member.row.event_id): EventFacts(theme, "", at)
        for indicator in indicators
        for member in indicator.evidence
    }


def _placed(indicators: list[Indicator]) -> list[Indicator]:
    where = {"CO": "CO-NAR", "PE": "PE-PUN"}
    return [
        replace(
            indicator,
            evidence=tuple(
                replace(member, row=replace(member.row, subdivision=where[member.row.country]))
                for member in indicator.evidence
            ),
        )
        for indicator in indicators
    ]


def test_a_thing_counts_once_at_the_place_of_each_record() -> None:
    indicators = _placed(findings())
    tallies = count_findings(indicators, facts_of(indicators), WINDOW)
    assert {cell: len(tally.strongest) for cell, tally in tallies.items()} == {
        ("CO-NAR", "arms"): 1,
        ("PE-PUN", "arms"): 1,
    }
    hubs = [replace(indicator, status="hub") for indicator in indicators]
    assert count_findings(hubs, facts_of(indicators), WINDOW) == {}


def test_a_record_without_a_theme_has_those_of_the_others() -> None:
    indicators = _placed(findings())
    facts = facts_of(indicators)
    crossing = next(
        to_uuid_text(member.row.event_id)
        for member in indicators[0].evidence
        if member.row.country == "PE"
    )
    facts[crossing] = EventFacts("", "rumichaca", to_epoch_ms(MOMENT) - 1)
    tallies = count_findings(indicators, facts, WINDOW)
    assert set(tallies) == {("CO-NAR", "arms"), ("PE-PUN", "arms"), ("rumichaca", "arms")}


def test_a_record_outside_of_the_window_has_no_part() -> None:
    indicators = _placed(findings())
    for at in (None, WINDOW.bounds[1] - 1, WINDOW.bounds[0]):
        facts = {id_: known._replace(at=at) for id_, known in facts_of(indicators).items()}
        assert count_findings(indicators, facts, WINDOW) == {}


def test_drivers_are_three_at_most_and_their_links_are_questions_of_the_api() -> None:
    tallies = tallies_of([record_row(RUMICHACA, "drugs", 30), record_row(NARINO, "drugs", 12)])
    tallies.add_records([record_row(NARINO, "arms", 5, type="weapon_record", status="STOLEN")], 12)
    for code in ("CO-NAR", "rumichaca"):
        tallies.cells[code, "drugs"].quantity = Decimal("1250.500000")
    picture = picture_of(tallies, _placed(findings()))
    drivers = [driver for cell in picture.cells for driver in cell.drivers]
    assert {driver.kind for driver in drivers} == {"quantity", "records"}
    assert all(len(cell.drivers) <= 3 for cell in picture.cells)
    texts = [driver.text["es"] for driver in drivers]
    assert "1\xa0250,5 kilogramos en 12 meses" in texts
    for driver in drivers:
        address = urlsplit(driver.link)
        query = TotalsQuery if address.path == "/v1/figures/totals" else TrendsQuery
        figures = query.model_validate(dict(parse_qsl(address.query)))
        assert set(dict(parse_qsl(address.query))) <= set(query.model_fields)
        assert (figures.filter.place or figures.filter.where) and figures.as_of == MOMENT
        assert (figures.since, figures.until) == (figures.since, figures.until)
    stolen = next(driver for driver in drivers if "weapon_record" in driver.link)
    assert "where=status%3DSTOLEN" in stolen.link


def test_the_window_ends_with_the_day_of_the_moment() -> None:
    assert (WINDOW.since, WINDOW.last_day, WINDOW.end) == (
        date(2017, 12, 4),
        date(2018, 12, 3),
        date(2018, 12, 4),
    )
    assert months_before(date(2020, 3, 31), 1) == date(2020, 2, 29)
    assert months_before(date(1, 1, 5), 2) == date.min
    bounds = WINDOW.month_bounds
    assert bounds == sorted(set(bounds), reverse=True)
    assert WINDOW.bounds == [bounds[0], bounds[12]]


def test_the_window_ends_before_the_day_that_the_reader_chose() -> None:
    moment, chosen = to_epoch_ms(MOMENT), to_epoch_ms(datetime(2018, 1, 1, 7, tzinfo=UTC))
    assert window_of(moment, 12, chosen).last_day == date(2017, 12, 31)
    assert window_of(moment, 12, chosen).since == date(2017, 1, 1)
    assert window_of(chosen, 12, moment) == window_of(chosen, 12), "never after the moment"


def test_a_terminal_shows_no_rows_where_no_place_has_a_level() -> None:
    empty = picture_of(Tallies())
    assert not places_table(empty, "es").rows
    assert "del 2017-12-04 al 2018-12-03" in no_levels(empty).in_language("es")
    assert places_table(picture_of(made_up(1.0, least=100)), "es").rows


def test_a_tally_says_the_year_before() -> None:
    tally = CellTally()
    tally.months.update({0: 5, 11: 5, 12: 1, 23: 2, 24: 9})
    assert tally.year_before == 3
    assert made_up(1.0).cells
