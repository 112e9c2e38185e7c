"""What each view asks of the query layer, and what its template is told. No HTTP here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consumers.console import as_of as asof
from consumers.console import charts
from consumers.console.payload_lines import payload_lines
from consumers.presentation.wording import one_line
from consumers.query.filters import IndicatorFilter
from consumers.query.identifiers import Identifiers
from consumers.query.query_layer import QueryLayer
from consumers.query.things import Thing
from consumers.query.views import ObservedThing
from schemas.model import Reader

PAGE_SIZE = 25
IDENTIFIERS = ("kind", "number", "country", "type", "make", "calibre", "institution")
FILTERS = ("rule", "country", "grade", "severity", "since", "until", "text")
Values = dict[str, Any]


def filter_of(query: Mapping[str, str]) -> IndicatorFilter:
    """Of the list's form. Raises QuipuError AS_OF for what is no date."""
    return IndicatorFilter(
        query.get("rule", ""),
        query.get("grade", ""),
        query.get("severity", ""),
        query.get("country", ""),
        asof.day(query.get("since", "")),
        asof.day(query.get("until", ""), end=True),
        query.get("text", "").strip(),
    )


def indicator_list(
    queries: QueryLayer, reader: Reader, query: Mapping[str, str], as_of: int | None
) -> Values:
    """The list: a page of it, and whether there is more."""
    offset = max(0, int(query["offset"])) if query.get("offset", "").isdecimal() else 0
    found = queries.indicators(reader, filter_of(query), as_of, PAGE_SIZE + 1, offset)
    return {
        "found": found[:PAGE_SIZE],
        "offset": offset,
        "more": len(found) > PAGE_SIZE,
        "size": PAGE_SIZE,
    }


def indicator(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, lang: str
) -> Values | None:
    """One indicator with all that is drawn of it; None where there is none for this reader."""
    found = queries.indicator(id_, reader, as_of)
    if found is None:
        return None
    return {
        "found": found,
        **_chart_models(
            queries, ObservedThing(found.thing, found.kind), found.evidence, reader, as_of, lang
        ),
    }


def thing(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, lang: str
) -> Values | None:
    """One thing: who knows it, and its indicators."""
    found = queries.thing(id_, reader, as_of)
    if found is None:
        return None
    return {
        "found": found,
        **_chart_models(
            queries, ObservedThing(found.id, found.kind), found.members, reader, as_of, lang
        ),
    }


def event(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, lang: str
) -> Values | None:
    """One event: what it says now, what was said before, the things it was observed on."""
    found = queries.event(id_, reader, as_of)
    if found is None:
        return None
    current = found.current
    said = payload_lines(current.type, current.payload, lang) if current.payload else []
    return {"found": found, "current": current, "title": one_line(current, lang), "content": said}


def things(
    queries: QueryLayer, query: Mapping[str, str], reader: Reader, as_of: int | None
) -> list[Thing] | None:
    """The things that these marks may be; None where no mark was said. Raises QuipuError where some
    are missing.
    """
    said = {name: query.get(name, "").strip() for name in IDENTIFIERS}
    return (
        queries.things(Identifiers(**{**said, "kind": said["kind"] or "weapon"}), reader, as_of)
        if said["number"]
        else None
    )


def change_times(queries: QueryLayer, what: str, id_: str, reader: Reader) -> list[int]:
    """When what this reader may know of it changed, up to now."""
    ask: Mapping[str, Any] = {
        "indicator": queries.indicator,
        "thing": queries.thing,
        "event": queries.event,
    }
    return charts.change_times(ask[what](id_, reader))


def _chart_models(
    queries: QueryLayer,
    thing_: ObservedThing,
    pieces: Sequence[charts.Piece],
    reader: Reader,
    as_of: int | None,
    lang: str,
) -> Values:
    histories = queries.histories(
        list(dict.fromkeys(piece.event for piece in pieces)), reader, as_of
    )
    events = {one.id: one.current for one in histories if one.status == "current"}
    lines = [charts.evidence_line(piece, events, lang) for piece in pieces]
    return {
        "lines": lines,
        "timeline": charts.timeline(lines, lang),
        "places": charts.places(lines, lang),
        "links": charts.links(thing_, lines, histories, lang),
    }
