"""Each figure of a page equals the length of the list to which it leads, for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.console.as_of import as_of_ms, written
from consumers.console.figure_forms import FigureName
from consumers.console.figure_model import FigureRequest
from consumers.console.figure_models import MODELS
from consumers.console.figure_pages import to_page_table
from consumers.console.parameters import FieldReader, join_parameters
from consumers.console.record_links import SORTS
from consumers.console.record_views import read_record_list
from consumers.query.cursors import write_cursor
from consumers.query.figures.periods import PERIODS
from consumers.query.figures.question import CLOCKS, MEASURES
from consumers.query.query_layer import QueryLayer
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release.rules import TLP
from tests.integration.consumers.test_figures import LAW, store
from tests.support.fact_store import FactStore
from tests.support.fact_world import FactWorld, askers, fact_worlds
from tests.support.marked_world import reader
from tests.support.need_to_know import Asker

__all__ = ["store"]
pytestmark = [pytest.mark.integration, pytest.mark.timeout(3_600)]
COUNTS: dict[FigureName, dict[str, str]] = {
    "totals": {
        "records": "records",
        "former_records": "records",
        "without_amount": "records",
        "without_unit": "records",
        "without_code": "records",
    },
    "trends": {"value": "records", "former_value": "records", "year_before": "records"},
    "ranking": {"value": "records", "former_value": "records"},
    "delays": {"records": "records", "without_order": "records"},
    "quality": {
        "records": "records",
        "corrected": "records",
        "with_date": "records",
        "with_place": "records",
        "measured": "lines",
        "usable": "lines",
        "coded": "lines",
    },
    "shares": {"records": "records"},
}
"""What the list behind a figure must have as many of."""


def pages() -> st.SearchStrategy[tuple[FigureName, dict[str, str]]]:
    """A page and its address."""
    names = ["country", "type", "place", "subdivision", "crime", "drug", "calibre"]
    by = st.lists(st.sampled_from(names), max_size=2, unique=True).map(",".join)
    narrow = st.fixed_dictionaries(
        {
            "type": st.sampled_from(["", "", "seizure"]),
            "country": st.sampled_from(["", "", "CO"]),
            "place": st.sampled_from(["", "", "CO-NAR"]),
            "theme": st.sampled_from(["", "", "drugs"]),
            "where": st.sampled_from(["", "", "drug=cannabis"]),
            "since": st.sampled_from(["", "", "2018-02-01"]),
            "until": st.sampled_from(["", "", "2018-12-31"]),
            "clock": st.sampled_from(CLOCKS),
        }
    )
    measures = st.sampled_from(MEASURES)
    own: dict[FigureName, dict[str, Any]] = {
        "totals": {"measure": measures, "by": by, "period": st.sampled_from(PERIODS)},
        "trends": {"by": by, "period": st.sampled_from(PERIODS[1:])},
        "ranking": {"by": by, "against": st.sampled_from(["before", "year"])},
        "delays": {
            "by": st.sampled_from(["", "country", "subdivision"]),
            "period": st.sampled_from(PERIODS),
            "delay": st.sampled_from(
                ["occurred_to_reported", "reported_to_recorded", "occurred_to_recorded"]
            ),
        },
        "quality": {},
        "shares": {},
    }
    return st.one_of(
        [
            st.tuples(
                st.just(name),
                st.tuples(narrow, st.fixed_dictionaries(fields)).map(lambda two: two[0] | two[1]),
            )
            for name, fields in own.items()
        ]
    )


def link(path: str, **query: object) -> str:
    """Write an address as a page does; empty parameters are left out."""
    named = [f"{name}={value}" for name, value in query.items() if value not in (None, "")]
    return f"{path}?{'&'.join(named)}"


def counted(
    queries: QueryLayer, address: str, who: Reader, as_of: int | None
) -> tuple[int, int, int]:
    """How many records and lines the list says, and how many there are page by page."""
    query = join_parameters(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    moment = as_of_ms(query.pop("as_of", "")) or as_of
    listed = page_by_page(queries, query, who, moment)
    assert len(listed) == len(set(listed))
    records = read_record_list(queries, FieldReader(query), who, moment, 1)
    assert records is not None
    return records.counted.records, records.counted.lines, len(listed)


def figures_of(
    name: FigureName, queries: QueryLayer, query: dict[str, str], who: Reader, as_of: int | None
) -> Iterator[tuple[str, Any, str]]:
    """Yield what each cell that counts holds, and where it leads."""
    request = FigureRequest(FieldReader(query), who, as_of, "es", link)
    model = MODELS[name](queries, request)
    assert model is not None, request.form.errors
    assert to_page_table(model.table, model.links, "es").rows is not None
    names = [column.name for column in model.table.columns]
    for row, links in zip(model.table.rows, model.links, strict=True):
        for column, unit in COUNTS[name].items():
            if column in names and links.get(column):
                yield unit, row[names.index(column)], links[column]


@LAW
@given(
    world=fact_worlds(),
    who=st.lists(askers(), min_size=1, max_size=2),
    chosen=st.lists(pages(), min_size=3, max_size=5),
    data=st.data(),
)
def test_each_figure_is_the_length_of_the_list_to_which_it_leads(
    store: FactStore,
    world: FactWorld,
    who: list[Asker],
    chosen: list[tuple[FigureName, dict[str, str]]],
    data: st.DataObject,
) -> None:
    store.write(world)
    moments = world.moments()
    for asker in who:
        queries = store.queries(asker)
        as_of = data.draw(st.sampled_from([None, *moments]))
        for name, fields in chosen:
            query = dict(fields)
            if name in ("totals", "trends") and data.draw(st.booleans()):
                past = [moment for moment in moments if as_of is None or moment <= as_of]
                query["changed_since"] = written(data.draw(st.sampled_from(past)))
            cells = list(figures_of(name, queries, query, reader(asker), as_of))
            for unit, figure, address in cells[:12]:
                records, lines, length = counted(queries, address, reader(asker), as_of)
                assert length == records, address
                assert (lines if unit == "lines" else records) == figure, (address, as_of)


@LAW
@given(world=fact_worlds(), who=askers(), data=st.data())
def test_the_list_has_each_record_of_its_filter_once_and_in_its_order(
    store: FactStore, world: FactWorld, who: Asker, data: st.DataObject
) -> None:
    store.write(world)
    as_of = data.draw(st.sampled_from([None, *world.moments()]))
    tlp, sort = data.draw(st.sampled_from(["", *TLP])), data.draw(st.sampled_from(SORTS))
    order, _sign, direction = sort.partition("_")
    expected = []
    for record in world.visible(who, as_of):
        if tlp in ("", record.envelope["tlp"]):
            at = {
                "recorded": record.recorded,
                "reported": record.envelope["reported_at"],
                "occurred": record.envelope["occurred_from"],
            }[order]
            sign = 1 if direction else -1
            expected.append((at is None, sign * (at or 0), to_uuid_text(record.envelope["id"])))
    listed = page_by_page(store.queries(who), {"tlp": tlp, "sort": sort}, reader(who), as_of)
    assert listed == [id_ for _undated, _rank, id_ in sorted(expected)]


def page_by_page(
    queries: QueryLayer, query: dict[str, str], who: Reader, as_of: int | None
) -> list[str]:
    """The ids of a list, read three at a time."""
    listed: list[str] = []
    after = ""
    while True:
        records = read_record_list(queries, FieldReader({**query, "after": after}), who, as_of, 3)
        assert records is not None
        listed += [event.id for event in records.events]
        if records.counted.next is None:
            assert len(listed) == records.counted.records
            return listed
        after = write_cursor(records.counted.next)
