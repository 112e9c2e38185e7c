"""Lay lists out as tables for files: a row for each item, each with its own marking. Pure.

The rows come page by page, so a list of any length needs the room of one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import orjson

from consumers.exports.table import Cell, ColumnKind, ExportColumn, StreamedTable
from consumers.presentation.figure_words import moment_label
from consumers.query.disclosures import Disclosure
from consumers.query.hit_queries import Hit
from consumers.query.indicators import IndicatorView
from consumers.query.reviews import RecordReview
from consumers.query.things import Sighting, Thing
from consumers.query.views import EventView
from schemas.i18n import UserMessage, _

Item = TypeVar("Item")
LayOutList = Callable[[Iterable[Item], datetime, str, Sequence[UserMessage]], StreamedTable]
"""(items, moment of the question, language, notes) → their table."""
LEFT_OUT_OF_LIST = _("Records marked H2 may not be passed on, so they are not in this file.")
LEFT_OUT_OF_LIST_FOR_COURT = _(
    "Records marked H1 may not be used in court without their owner's permission, so they are not "
    "in this file."
)
_MOMENTS = frozenset(
    {"occurred", "occurred_from", "occurred_until", "reported_at", "recorded_at", "as_of"}
    | {"first_recorded", "last_recorded", "notified_at"}
)
_COUNTS = frozenset({"members", "pairs", "item", "sequence", "rule_version"})


def indicators_table(
    items: Iterable[IndicatorView], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay indicators out: a row for each, with the ids of its evidence."""
    rows = (_indicator_cells(view, lang) for view in items)
    return list_table("indicators", _("Indicators"), _OF_INDICATOR, rows, at, lang, notes)


_OF_INDICATOR = (
    *("id", "rule", "title", "grade", "severity", "status", "sentence", "kind", "thing"),
    *("subject", "confidence", "members", "pairs", "score"),
    *("countries", "authorities", "events"),
    *("first_recorded", "last_recorded", "tlp", "markings"),
)


def _indicator_cells(view: IndicatorView, lang: str) -> list[Cell]:
    evidence = view.evidence
    return [
        *(view.id, view.rule, view.title[lang], view.grade, view.severity, view.status),
        *(view.sentence[lang], view.kind, view.thing, *_explained(view, lang)),
        *(view.members, view.pairs, view.score),
        joined(piece.country for piece in evidence),
        joined(piece.authority for piece in evidence),
        joined(piece.event for piece in evidence),
        *(view.first_recorded, view.last_recorded, view.tlp),
        joined(code for piece in evidence for code in piece.markings),
    ]


def hits_table(
    items: Iterable[Hit], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay hits out: a row for each finding, with when the authority's nodes were notified."""
    rows = ([hit.notified_at, *_indicator_cells(hit.indicator, lang)] for hit in items)
    names = ("notified_at", *_OF_INDICATOR)
    return list_table("hits", _("Hits"), names, rows, at, lang, notes)


def _explained(view: IndicatorView, lang: str) -> list[Cell]:
    """Return the thing as released records write it, and how sure the finding is."""
    explanation = view.explanation
    if explanation is None:
        return [None, None]
    subject = explanation.subject
    return [subject[lang] if subject else None, explanation.confidence[lang]]


def events_table(
    items: Iterable[EventView], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay events out: a row for each current version, with its content as JSON."""
    names = (
        *("id", "version", "type", "status", "country", "authority", "node", "crime"),
        *("case_reference", "exercise", "occurred_from", "occurred_until", "occurred_precision"),
        *("reported_at", "recorded_at", "place_country", "subdivision", "urgency", "purpose"),
        *("legal_basis", "review_date", "tlp", "markings", "payload"),
    )

    def row(view: EventView) -> list[Cell]:
        payload = None if view.payload is None else orjson.dumps(view.payload).decode()
        plain: list[Cell] = [getattr(view, name) for name in names[:-2]]
        return [*plain, joined(view.markings), payload]

    return list_table("events", _("Events"), names, map(row, items), at, lang, notes)


def reviews_table(
    items: Iterable[RecordReview], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay out what is due for review: a row for each record, the earliest first."""
    names = ("review_date", "review_status", "extended", *_OF_REVIEWED, "markings")

    def row(item: RecordReview) -> list[Cell]:
        due: list[Cell] = [item.review_date.isoformat(), str(item.status), str(item.extended)]
        plain: list[Cell] = [getattr(item.record, name) for name in _OF_REVIEWED]
        return [*due, *plain, joined(item.record.markings)]

    return list_table(
        "reviews", _("Records due for review"), names, map(row, items), at, lang, notes
    )


_OF_REVIEWED = (
    *("id", "type", "country", "authority", "node", "crime", "case_reference", "recorded_at"),
    "tlp",
)


def things_table(
    items: Iterable[Thing], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay things out: a row for each record of each thing."""
    names = (
        *(
            "thing",
            "kind",
            "title",
            "event",
            "type",
            "country",
            "authority",
            "certainty",
            "occurred",
        ),
        *("recorded_at", "subdivision", "traits", "tlp", "markings"),
    )

    def row(thing: Thing, member: Sighting) -> list[Cell]:
        traits = joined(f"{name}={value}" for name, value in sorted(member.traits.items()))
        plain: list[Cell] = [getattr(member, name) for name in names[3:11]]
        title = thing.title[lang] if thing.title else None
        return [thing.id, thing.kind, title, *plain, traits, member.tlp, joined(member.markings)]

    rows = (row(thing, member) for thing in items for member in thing.members)
    return list_table("things", _("Records of things"), names, rows, at, lang, notes)


def disclosures_table(
    items: Iterable[Disclosure], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay entries of the ledger out: a row for each, with the ids of what was shown.

    Hits are the entries whose `through` is `hit`.
    """
    names = (
        *("recorded_at", "act", "through", "person", "country", "authority", "clearance"),
        *("purpose", "exercise", "as_of", "questions", "indicators", "things", "events"),
        *("condition", "justification", "tlp", "markings"),
    )

    def row(entry: Disclosure) -> list[Cell]:
        plain: list[Cell] = [getattr(entry, name) for name in names[:10]]
        return [
            *plain,
            *(joined(entry.questions), joined(entry.indicators), joined(entry.things)),
            joined(event.id for event in entry.events),
            *(entry.condition, entry.justification, entry.tlp, joined(entry.markings)),
        ]

    return list_table("disclosures", _("Disclosures"), names, map(row, items), at, lang, notes)


def list_table(
    name: str,
    title: UserMessage,
    columns: Sequence[str | ExportColumn],
    rows: Iterable[Sequence[Cell]],
    at: datetime,
    lang: str,
    notes: Sequence[UserMessage],
) -> StreamedTable:
    """Return a table of rows whose columns have these names, with the moment in every row."""
    moment = ExportColumn("asked_as_of", "asked_as_of")
    return StreamedTable(
        name,
        title.in_language(lang),
        [
            ExportColumn(column, column, _kind(column)) if isinstance(column, str) else column
            for column in columns
        ],
        rows,
        [note.in_language(lang) for note in notes],
        [(moment, moment_label(at, lang))],
    )


def _kind(name: str) -> ColumnKind:
    if name in _MOMENTS:
        return ColumnKind.MOMENT
    if name == "score":
        return ColumnKind.FIGURE
    return ColumnKind.COUNT if name in _COUNTS else ColumnKind.TEXT


def joined(values: Iterable[str]) -> str:
    """Write several values, each once, in one cell."""
    return " | ".join(dict.fromkeys(values))
