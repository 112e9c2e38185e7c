"""Choose what an owner sees of the disclosure ledger, so that it betrays no hidden record. Pure.

An indicator, and a hit on it, rest on the records of others. That somebody was shown an owner's
record as evidence would tell that owner of a record that is hidden from it. So the owner sees this
only where records that are released to it today explain it, and then by the day: one line a reader
and day, however often it was shown. A hit counts on the day of the newest record that explains it,
since a hidden record may be why it was sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from consumers.query.cursors import Cursor
from consumers.query.disclosures import DisclosedEvent, Disclosure, to_disclosure
from consumers.query.views import to_datetime, to_epoch_ms
from schemas.ids import to_uuid_text
from schemas.model import Label, Reader
from schemas.release.rules import release, sees_content
from streams.correlation.assess import Indicator, indicator_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook

Row = Mapping[str, Any]
_LineKey = tuple[str, ...]
HIT = "hit"
"""The channel of what was sent to an authority's nodes."""


class EvidencePiece(NamedTuple):
    """A row of evidence as its owner marks it today; `former_label`: as it was marked then."""

    row: EvidenceRow
    former_label: Label


@dataclass(frozen=True)
class LedgerDay:
    """What explains the entries of a day: evidence, and events on things, by the end of that day.

    `pieces`: of events that are released to the asker today; `things`: ids of the things by the id
    of an event that was observed on them.
    """

    pieces: Sequence[EvidencePiece]
    things: Mapping[str, frozenset[str]]
    _judged: dict[tuple[str, Reader, Reader], Indicator | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def by_indicator(self) -> Mapping[str, Sequence[EvidencePiece]]:
        """The pieces by their indicator's id: a day has many entries, each on few indicators."""
        pieces: dict[str, list[EvidencePiece]] = {}
        for piece in self.pieces:
            pieces.setdefault(to_uuid_text(piece.row.indicator), []).append(piece)
        return pieces

    def indicator(
        self, id_: str, asker: Reader, shown_to: Reader, rules: RuleBook
    ) -> Indicator | None:
        """Return the indicator that evidence released to both gives; None where it gives none.

        It is judged once, however many entries show it. `rules`: the same for the whole day.
        """
        key = id_, asker, shown_to
        if key not in self._judged:
            rows = [
                piece.row
                for piece in self.by_indicator.get(id_, ())
                if release(piece.former_label, shown_to).released
            ]
            self._judged[key] = indicator_for(rows, asker, None, rules) if rows else None
        return self._judged[key]


class ExplainedRow(NamedTuple):
    """An entry, and the events that it may list as evidence, each with the day of its line."""

    row: Row
    days: Mapping[str, datetime]


class LedgerLine(NamedTuple):
    """A line of an owner's list. `id`: its place among the lines of the same moment.

    It is computed from what the owner may know and from random bytes: an offset would count entries
    about what is not its own.
    """

    id: str
    disclosure: Disclosure

    @property
    def rank(self) -> tuple[int, str]:
        """When it was recorded, ms since 1970 UTC, and the id; newest first."""
        return to_epoch_ms(self.disclosure.recorded_at), self.id


class LedgerEvents(NamedTuple):
    """The events of an owner in one entry: requested by themselves, and shown as evidence."""

    direct: list[DisclosedEvent]
    as_evidence: list[DisclosedEvent]


def entitled_asker(reader: Reader) -> Reader:
    """Return who judges what an owner may see; an auditor sees as an analyst of its country."""
    if sees_content(reader):
        return reader
    return replace(reader, roles=reader.roles | {"analyst"})


def entry_reader(row: Row) -> Reader:
    """Return the reader that an entry names, without the conditions it has accepted."""
    return Reader(
        row["person"],
        row["country"],
        row["authority"],
        frozenset(row["roles"]),
        row["clearance"],
        frozenset(row["groups"]),
        row["purpose"],
        row["exercise"],
    )


def end_of_day(row: Row) -> int:
    """Return up to when the records count that explain an entry: ms since 1970 UTC.

    It is the end of the UTC day of what was requested.
    """
    as_of_moment = row["recorded_at"] if row["as_of"] is None else row["as_of"]
    day = begin_of_day(to_datetime(min(row["recorded_at"], as_of_moment)))
    return to_epoch_ms(day + timedelta(days=1)) - 1


def explained_events(
    row: Row, day: LedgerDay, asker: Reader, shown_to: Reader, rules: RuleBook
) -> dict[str, datetime]:
    """Return the events whose showing in this entry the asker may know of, with their line's day.

    What explains it is released to both the asker and the entry's reader: an indicator of the entry
    that holds on that alone, or a thing of the entry. A hit also needs a visible record of the
    authority that received it, since only owners of the evidence receive hits.
    """
    things, shown_on = set(row["things"]), _day_of(row)
    days = {id_: shown_on for id_, on in day.things.items() if on & things}
    for id_ in sorted(set(row["indicators"])):
        indicator = day.indicator(id_, asker, shown_to, rules)
        if indicator is None or (row["through"] == HIT and not _is_of(indicator, row)):
            continue
        line_day = shown_on
        if row["through"] == HIT:
            line_day = min(shown_on, begin_of_day(to_datetime(indicator.last_recorded)))
        for member in indicator.evidence:
            event = to_uuid_text(member.row.event_id)
            days[event] = max(line_day, days.get(event, line_day))
    return days


def end_of_entries(after: Cursor | None) -> int | None:
    """Return up to when entries make up the list after a place, ms since 1970 UTC; None: all do.

    An entry makes lines of its own day; only a hit may make lines of an earlier one.
    """
    if after is None:
        return None
    return to_epoch_ms(begin_of_day(to_datetime(after.recorded_at)) + timedelta(days=1))


def owner_lines(
    entries: Iterable[ExplainedRow], owner: str, matches: Callable[[str], bool], since: datetime
) -> Iterator[LedgerLine]:
    """Yield what an owner sees of the ledger, newest first, and by id where that is equal.

    `entries`: of queries/disclosures.sql from the begin of the day of `since`, newest first;
    `matches` says whether an event's id is requested.
    """
    lines = _unranked_lines(entries, owner, matches, since)
    for _, lines_of_moment in groupby(lines, key=lambda line: line.disclosure.recorded_at):
        yield from sorted(lines_of_moment, key=lambda line: line.id)


def _unranked_lines(
    entries: Iterable[ExplainedRow], owner: str, matches: Callable[[str], bool], since: datetime
) -> Iterator[LedgerLine]:
    """Yield the lines, newest first."""
    pending: dict[_LineKey, Disclosure] = {}
    for day, entries_of_day in groupby(entries, key=lambda entry: _day_of(entry.row)):
        yield from _newer_lines(pending, day)
        for entry in entries_of_day:
            disclosure = replace(to_disclosure(entry.row, owner), offset=None)
            direct, as_evidence = _sorted_events(disclosure.events, entry.days)
            is_asked = any(matches(event.id) for event in direct) or disclosure.condition
            if is_asked and disclosure.recorded_at >= since:
                id_ = _line_id("0", entry.row["writer"], str(entry.row["sequence"]))
                yield LedgerLine(id_, replace(disclosure, events=direct))
            for event in as_evidence:
                if matches(event.id) and entry.days[event.id] >= begin_of_day(since):
                    _add_to_line(pending, disclosure, event, entry.days[event.id])
    yield from _newer_lines(pending, None)


def _newer_lines(pending: dict[_LineKey, Disclosure], day: datetime | None) -> Iterator[LedgerLine]:
    """Take out and yield the lines of days after this one, newest first; None: all."""
    keys = [key for key in pending if day is None or pending[key].recorded_at > day]
    for key in sorted(keys, key=lambda key: pending[key].recorded_at, reverse=True):
        yield LedgerLine(_line_id("1", *key), pending.pop(key))


def _line_id(kind: str, *parts: str) -> str:
    """Return the id of a line: its kind (0 requested, 1 as evidence) and a digest of its parts."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{kind}{digest[:31]}"


def _add_to_line(
    pending: dict[_LineKey, Disclosure],
    disclosure: Disclosure,
    event: DisclosedEvent,
    day: datetime,
) -> None:
    """Add an event to the line of its reader and day, once, in its newest state."""
    key = _line_key(disclosure, day)
    line = pending.get(key) or replace(disclosure, events=[], recorded_at=day, as_of=None)
    events = {shown.id: shown for shown in line.events}
    former = events.get(event.id)
    if former is None or former.recorded_at < event.recorded_at:
        events[event.id] = event
    pending[key] = replace(line, events=[events[id_] for id_ in sorted(events)])


def _sorted_events(
    events: Sequence[DisclosedEvent], explained: Mapping[str, datetime]
) -> LedgerEvents:
    """Part the events of an entry; evidence that nothing explains is left out."""
    evidence = {event.id for event in events if event.version is None}
    return LedgerEvents(
        [event for event in events if event.id not in evidence],
        [event for event in events if event.version is None and event.id in explained],
    )


def _line_key(disclosure: Disclosure, day: datetime) -> _LineKey:
    return (
        day.isoformat(),
        disclosure.person,
        disclosure.through,
        disclosure.act,
        disclosure.country,
        disclosure.authority or "",
        " ".join(sorted(disclosure.roles)),
        disclosure.clearance,
        disclosure.purpose or "",
        disclosure.exercise or "",
    )


def _is_of(indicator: Indicator, row: Row) -> bool:
    """Return whether a visible record of the receiving authority is evidence."""
    return any(
        member.row.country == row["country"] and member.label.authority == row["authority"]
        for member in indicator.evidence
    )


def _day_of(row: Row) -> datetime:
    return begin_of_day(to_datetime(row["recorded_at"]))


def begin_of_day(moment: datetime) -> datetime:
    """Return the begin of the moment's day, UTC."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
