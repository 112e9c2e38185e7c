"""Read the disclosure ledger for an owner, from the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import dropwhile, groupby, islice
from typing import Any

from consumers.query.cursors import Cursor
from consumers.query.disclosures import NO_VERSION, Disclosure, entry_place
from consumers.query.owner_ledger import (
    ExplainedRow,
    LedgerDay,
    LedgerLine,
    Row,
    begin_of_day,
    end_of_day,
    end_of_entries,
    entitled_asker,
    entry_reader,
    explained_events,
    owner_lines,
)
from consumers.query.paging import Page, PageRange, is_after
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_datetime, to_epoch_ms
from schemas.model import Reader
from streams.rules import RuleBook

BATCH_ROWS = 200
"""Entries that are read and explained together."""


class LedgerReader:
    """Reads the ledger for one asker and one answer."""

    def __init__(self, store: StoreReader, rules: RuleBook, reader: Reader) -> None:
        """`reader`: the owner who asks, with the conditions that it accepted."""
        self._store = store
        self._rules = rules
        self._asker = entitled_asker(reader)
        self._entry_readers: dict[Reader, dict[Any, int]] = {}

    def page(self, owner: str, parameters: Mapping[str, Any], page: PageRange) -> Page[Disclosure]:
        """Return a part of what this owner may see, newest first.

        `parameters`: of queries/disclosures.sql but those of its place.
        """
        matches = partial(_has_digits, parameters["digits"])
        since = to_datetime(parameters["since"])
        entries = self._entries(
            owner,
            {**parameters, "since": to_epoch_ms(begin_of_day(since))},
            end_of_entries(page.after),
        )
        lines = dropwhile(
            lambda line: not is_after(line.rank, page.after),
            owner_lines(entries, owner, matches, since),
        )
        end = page.offset + page.limit
        return page_of_lines(list(islice(lines, page.offset, end + 1)), page.limit)

    def _entries(
        self, owner: str, parameters: Mapping[str, Any], end: int | None
    ) -> Iterator[ExplainedRow]:
        place: Cursor | None = None
        while True:
            rows = self._store.disclosures(parameters, BATCH_ROWS, after=place, end=end)
            explained: dict[int, Mapping[str, datetime]] = {}
            for moment, rows_of_day in groupby(sorted(rows, key=end_of_day), key=end_of_day):
                explained.update(self._explain(owner, moment, list(rows_of_day)))
            for row in rows:
                yield ExplainedRow(row, explained[row["offset"]])
            if len(rows) < BATCH_ROWS:
                return
            place = entry_place(rows[-1])

    def _explain(
        self, owner: str, moment: int, rows: Sequence[Row]
    ) -> Iterator[tuple[int, Mapping[str, datetime]]]:
        """Yield the events that each entry may list as evidence, by its offset."""
        day, book = self._day(owner, moment, rows), self._rules.at(moment)
        for row in rows:
            shown_to = self._with_conditions(entry_reader(row), moment)
            yield row["offset"], explained_events(row, day, self._asker, shown_to, book)

    def _day(self, owner: str, moment: int, rows: Sequence[Row]) -> LedgerDay:
        indicators = {id_ for row in rows for id_ in row["indicators"]}
        events = {
            id_
            for row in rows
            if row["things"]
            for id_, version, country in zip(
                row["events"], row["versions"], row["owners"], strict=True
            )
            if version == NO_VERSION and country == owner
        }
        return LedgerDay(
            self._store.evidence_released_today(sorted(indicators), self._asker, moment),
            self._store.things_of_events(sorted(events), moment),
        )

    def _with_conditions(self, reader: Reader, moment: int) -> Reader:
        """Return an entry's reader with the conditions that it had accepted by then."""
        if reader not in self._entry_readers:
            self._entry_readers[reader] = self._store.accepted_conditions(reader)
        accepted = self._entry_readers[reader].items()
        return replace(
            reader, accepted_conditions=frozenset(text for text, at in accepted if at <= moment)
        )


def page_of_lines(lines: Sequence[LedgerLine], limit: int) -> Page[Disclosure]:
    """Return a page of the lines. `lines`: one more than `limit` where the list continues."""
    disclosures = [line.disclosure for line in lines[:limit]]
    return Page(disclosures, Cursor(*lines[limit - 1].rank) if len(lines) > limit else None)


def _has_digits(digits: str, id_: str) -> bool:
    plain = id_.replace("-", "")
    return plain.startswith(digits) or plain.endswith(digits)
