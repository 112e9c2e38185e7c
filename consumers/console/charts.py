"""Turn answers of the query layer into what charts draw: timeline, map, link chart. Pure.

Charts draw only what the answers hold, and they hold only what is released to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from consumers.presentation.evidence_lines import EvidenceLine
from consumers.presentation.times import occurred
from consumers.presentation.wording import (
    country_name,
    place_name,
    thing_label,
)
from consumers.query.indicators import IndicatorView
from consumers.query.things import Thing
from consumers.query.views import EventHistory, ObservedThing, to_epoch_ms

SHORT = 8
MAX_EVENTS = 30  # of a link chart: more nobody reads
MAX_THINGS = 16
MAX_LABEL_LENGTH = 60  # of what distinguishes an event, without its node
Chart = dict[str, Any]
Item = IndicatorView | Thing | EventHistory
"""What has a page of its own."""


def timeline(lines: Sequence[EvidenceLine], lang: str) -> Chart:
    """Draw when events occurred: a lane for each country, in the order of the evidence.

    `undated` is the number of events without a known time.
    """
    lanes = sorted({line.piece.country for line in lines})
    points = [
        {
            "at": to_epoch_ms(line.piece.occurred),
            "lane": lanes.index(line.piece.country),
            "when": occurred(line.piece.occurred),
            "what": line.what,
            "role": line.role,
            "where": line.where,
            "event": line.piece.event,
            "certain": line.piece.certainty == "certain",
        }
        for line in lines
        if line.piece.occurred is not None
    ]
    countries = [{"code": code, "name": country_name(code, lang)} for code in lanes]
    return {"lanes": countries, "points": points, "undated": len(lines) - len(points)}


def places(lines: Sequence[EvidenceLine], lang: str) -> Chart:
    """Draw where events occurred: subdivisions with their events, numbered in the order of time.

    `way`: from each place to that of the next event; it is an order in time, and no route.
    """
    ordered = sorted((line for line in lines if line.piece.subdivision), key=_when)
    by_subdivision: dict[str, list[EvidenceLine]] = {}
    for line in ordered:
        by_subdivision.setdefault(str(line.piece.subdivision), []).append(line)
    dated = [str(line.piece.subdivision) for line in ordered if line.piece.occurred is not None]
    stations = [place for place, _same in groupby(dated)]
    route = [list(step) for step in pairwise(stations)]
    stops = [
        {
            "code": code,
            "name": place_name(code, lang),
            "country": code[:2],
            "stops": [number for number, stop in enumerate(stations, 1) if stop == code],
            "events": [f"{occurred(line.piece.occurred)} {line.what}" for line in own_lines],
        }
        for code, own_lines in by_subdivision.items()
    ]
    return {"marks": stops, "way": route}


def stops_of(places: Chart) -> list[str]:
    """Return the names of the stops in the order of time, as a list next to the map."""
    named = {number: mark["name"] for mark in places["marks"] for number in mark["stops"]}
    return [named[number] for number in sorted(named)]


def links(
    thing: ObservedThing,
    lines: Sequence[EvidenceLine],
    histories: Iterable[EventHistory],
    lang: str,
) -> Chart:
    """Draw which events were observed on which things.

    `histories`: of the events in `lines`, as far as they are released.
    """
    ordered = sorted({line.piece.event: line for line in lines}.values(), key=_when)
    visible = {line.piece.event: line for line in ordered[:MAX_EVENTS]}
    things = {thing.id: thing}
    edges = {
        (event, thing.id): line.piece.certainty == "certain" for event, line in visible.items()
    }
    for history in histories:
        for other in history.things if history.id in visible else ():
            if other.id in things or len(things) < MAX_THINGS:
                known = things.get(other.id)
                if known is None or known.title is None:
                    things[other.id] = other
                edges.setdefault((history.id, other.id), True)
    return {
        "nodes": [_thing_node(node, lang, node.id == thing.id) for node in things.values()]
        + [_event_node(node) for node in visible.values()],
        "edges": [
            {"source": event, "target": other, "certain": certain}
            for (event, other), certain in sorted(edges.items())
        ],
        "left_out": len(ordered) - len(visible),
    }


def ellipsize(text: str, letters: int) -> str:
    """Shorten a text to so many letters, with an ellipsis where it is longer."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def change_times(*answers: Item | None) -> list[int]:
    """Return when what this reader may know of an item changed: ms since 1970 UTC, oldest first."""
    times: set[int] = set()
    for answer in answers:
        if isinstance(answer, IndicatorView):
            times |= {to_epoch_ms(piece.recorded_at) for piece in answer.evidence}
        elif isinstance(answer, Thing):
            times |= {to_epoch_ms(piece.recorded_at) for piece in answer.members}
        elif isinstance(answer, EventHistory):
            times |= {to_epoch_ms(version.recorded_at) for version in answer.versions} | {
                to_epoch_ms(act.recorded_at) for act in answer.acts
            }
    return sorted(times)


def _when(line: EvidenceLine) -> tuple[bool, float, str]:
    at = line.piece.occurred
    return at is None, at.timestamp() if at else 0.0, line.piece.event


def _thing_node(thing: ObservedThing, lang: str, focus: bool) -> Chart:
    return {
        "id": thing.id,
        "sort": "thing",
        "label": f"{thing_label(thing.kind, lang)}\n"
        + (ellipsize(thing.title[lang], MAX_LABEL_LENGTH) if thing.title else thing.id[:SHORT]),
        "focus": focus,
    }


def _event_node(line: EvidenceLine) -> Chart:
    head, _, rest = line.what.partition(" · ")
    label = "\n".join(
        part
        for part in (
            f"{line.piece.country} · {occurred(line.piece.occurred)}",
            head,
            ellipsize(rest, MAX_LABEL_LENGTH),
        )
        if part
    )
    return {"id": line.piece.event, "sort": "event", "label": label, "country": line.piece.country}
