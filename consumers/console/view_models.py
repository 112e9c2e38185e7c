"""Ask the query layer what a page shows, and shape it for the page's template. No HTTP here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any, Literal, NamedTuple, cast

from consumers.console import as_of, charts
from consumers.console.record_comparison import compare_records
from consumers.presentation.evidence_lines import Piece, evidence_line
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.payload_lines import payload_lines
from consumers.presentation.wording import one_line
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.figures.flows import PLACE_LEVELS, leads_somewhere
from consumers.query.filters import FlowPlaces, IndicatorFilter
from consumers.query.identifiers import Identifiers
from consumers.query.ids import IdKind
from consumers.query.indicators import IndicatorView
from consumers.query.known_names import check_word
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.things import Thing, tell_findings_once
from consumers.query.views import ObservedThing
from schemas.i18n import _
from schemas.model import Reader
from schemas.practice import guide_of_type
from streams.rules import RuleBook

PAGE_SIZE = 25
STATUSES = ("live", "hub")
EVERY = ("every", "status")
"""What names the findings that a rule's number counts."""
IDENTIFIERS = ("kind", "number", "country", "type", "make", "calibre", "institution")
FILTERS = ("rule", "country", "grade", "severity", "since", "until", "recorded_since", "text")
UNKNOWN_PLACE = "-"
"""Stands in an address for a place that is not known."""
FLOW = ("origin", "destination", "level")
"""What names a flow of findings, whose list is shown."""
Values = dict[str, Any]


class Viewpoint(NamedTuple):
    """For whom an item is shown, as of when (ms since 1970 UTC, None is now), in which language."""

    reader: Reader
    as_of: int | None
    lang: str


def flow_of(query: Mapping[str, str], rules: RuleBook) -> FlowPlaces | None:
    """Read the flow whose findings are listed; None where the address names none."""
    level = query.get("level") or "country"
    check_word(level, PLACE_LEVELS, _("There is no such level of places."))
    if not (query.get("origin") and query.get("destination")):
        return None
    origin, destination = (
        "" if query[name] == UNKNOWN_PLACE else query[name] for name in ("origin", "destination")
    )
    pairs = {id_: rule.pair for id_, rule in rules.every_by_id.items() if leads_somewhere(rule)}
    return FlowPlaces(pairs, level, origin, destination)


def filter_of(query: Mapping[str, str], flow: FlowPlaces | None = None) -> IndicatorFilter:
    """Read the fields of the list's form. Raises QuipuError AS_OF for what is no date.

    `flow`: one that the address names; all of its findings are listed, since it counts them all.
    `every`: lists the weaker ones, too, as the number of a rule's findings counts them.
    """
    status = query.get("status", "")
    check_word(status, STATUSES, _("There is no such status of findings."))
    return IndicatorFilter(
        rule=query.get("rule", ""),
        grade=query.get("grade", ""),
        severity=query.get("severity", ""),
        country=query.get("country", ""),
        since=as_of.day(query.get("since", "")),
        until=as_of.day(query.get("until", ""), end=True),
        text=query.get("text", "").strip(),
        recorded_since=as_of.since(query.get("recorded_since", "")),
        flow=flow,
        status=cast("Literal['', 'live', 'hub']", status),
        once=flow is None and query.get("every") != "1",
    )


def indicator_list(
    queries: QueryLayer, reader: Reader, query: Mapping[str, str], as_of_ms: int | None
) -> Values:
    """Return a page of the list, and the cursor of the next one, empty at the end.

    Raises CursorRefusedError where the address names no place in the list.
    """
    page = PageRange(PAGE_SIZE, after=read_cursor(query.get("after", "")))
    filter_ = filter_of(query, flow_of(query, queries.rules))
    indicators = queries.indicators.page(reader, filter_, as_of_ms, page)
    return {
        "found": indicators.items,
        "flow": filter_.flow,
        "counted": "every" in query or "status" in query,
        "is_first": page.after is None,
        "older": "" if indicators.next is None else write_cursor(indicators.next),
    }


def indicator(queries: QueryLayer, id_: str, viewpoint: Viewpoint) -> Values | None:
    """Return one indicator with its charts; None where there is none for this reader."""
    view = queries.indicators.indicator(id_, viewpoint.reader, viewpoint.as_of)
    if view is None:
        return None
    subject = view.explanation.subject if view.explanation else None
    thing_ = ObservedThing(view.thing, view.kind, subject)
    return {
        "found": view,
        "thing": thing_,
        "parts": explanation_parts(view, viewpoint.lang),
        **_chart_models(queries, thing_, view.evidence, viewpoint),
    }


def thing(queries: QueryLayer, id_: str, viewpoint: Viewpoint) -> Values | None:
    """Return one thing with its charts: who knows it, and its indicators."""
    view = queries.things.thing(id_, viewpoint.reader, viewpoint.as_of)
    if view is None:
        return None
    thing_ = ObservedThing(view.id, view.kind, view.title)
    return {
        "found": tell_findings_once(view),
        **_chart_models(queries, thing_, view.members, viewpoint),
    }


def event(queries: QueryLayer, id_: str, viewpoint: Viewpoint) -> Values | None:
    """Return one event: its current version, its former ones, the things it was observed on."""
    history = queries.events.event(id_, viewpoint.reader, viewpoint.as_of)
    if history is None:
        return None
    current, lang = history.current, viewpoint.lang
    content = payload_lines(current.type, current.payload, lang) if current.payload else []
    return {
        "found": history,
        "current": current,
        "title": one_line(current, lang),
        "content": content,
        "guide": guide_of_type(current.type),
    }


def things(
    queries: QueryLayer, query: Mapping[str, str], reader: Reader, as_of_ms: int | None
) -> list[Thing] | None:
    """Return the things that the form's identifiers may mean; None where it is empty.

    Raises QuipuError THING_MARKS where an identifier is missing.
    """
    fields = {name: query.get(name, "").strip() for name in IDENTIFIERS}
    if not any(value for name, value in fields.items() if name != "kind"):
        return None
    identifiers = Identifiers(**{**fields, "kind": fields["kind"] or "weapon"})
    things = queries.things.identified_by(identifiers, reader, as_of_ms)
    return [tell_findings_once(thing) for thing in things]


def change_times(queries: QueryLayer, kind: IdKind, id_: str, reader: Reader) -> list[int]:
    """Return when what this reader may know of an item changed, up to now: ms since 1970 UTC."""
    ask: Mapping[IdKind, Any] = {
        "indicator": queries.indicators.indicator,
        "thing": queries.things.thing,
        "event": queries.events.event,
    }
    item = ask[kind](id_, reader)
    return [] if item is None else times_of_existence(queries, item, reader)


def times_of_existence(queries: QueryLayer, item: charts.Item, reader: Reader) -> list[int]:
    """Return when what is known of an item changed, from when the item exists: ms since 1970 UTC.

    The records of a finding come before it: with the first of them alone there is none.
    """
    times = charts.change_times(item)
    if not isinstance(item, IndicatorView):
        return times
    return list(dropwhile(lambda at: not queries.indicators.existed(item.id, reader, at), times))


def _chart_models(
    queries: QueryLayer,
    thing_: ObservedThing,
    pieces: Sequence[Piece],
    viewpoint: Viewpoint,
) -> Values:
    ids = list(dict.fromkeys(piece.event for piece in pieces))
    histories = queries.events.histories(ids, viewpoint.reader, viewpoint.as_of)
    events = {history.id: history.current for history in histories if history.status == "current"}
    lang = viewpoint.lang
    lines = [evidence_line(piece, events, lang) for piece in pieces]
    return {
        "lines": lines,
        "timeline": charts.timeline(lines, lang),
        "places": charts.places(lines, lang),
        "links": charts.links(thing_, lines, histories, lang),
        "compared": compare_records((events[id_] for id_ in ids if id_ in events), lang),
    }
