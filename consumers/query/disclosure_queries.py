"""Answer what was shown to whom, and which conditions of owners a reader may accept."""

from __future__ import annotations

from dataclasses import replace

from consumers.query.answer_context import AnswerContext
from consumers.query.conditions import ConditionView, offered_conditions
from consumers.query.dates import check_past
from consumers.query.disclosures import (
    Disclosure,
    DisclosureFilter,
    entry_place,
    may_read_ledger,
    to_disclosure,
    visible_owner,
)
from consumers.query.ids import digits_of
from consumers.query.ledger_reader import LedgerReader
from consumers.query.paging import Page, PageRange
from consumers.query.store_reader import StoreReader
from schemas.model import Reader
from schemas.release.rules import sees_content


class DisclosureQueries:
    """The questions about the disclosure ledger. They raise what clickhouse-driver raises."""

    def __init__(self, store: StoreReader, answer: AnswerContext) -> None:
        """`answer`: what this is a part of."""
        self._store = store
        self._answer = answer

    def conditions(self, reader: Reader) -> list[ConditionView]:
        """List the owners' conditions (H3) that this reader accepted, or may accept.

        An item that more than its condition keeps from the reader is not mentioned.
        """
        if not sees_content(reader):
            return []
        accepted = self._store.accepted_conditions(reader)
        newcomer = replace(reader, accepted_conditions=frozenset())
        return offered_conditions(self._store.conditional_labels(newcomer), reader, accepted)

    def page(self, reader: Reader, filter_: DisclosureFilter, page: PageRange) -> Page[Disclosure]:
        """Return a part of the list of what was shown to whom, newest first.

        An owner sees entries about its own items; the mechanism's auditor sees all. Raises
        CursorRefusedError for a place of another list.
        """
        check_past(filter_.since, "since")
        if not may_read_ledger(reader):
            return Page([], None)
        owner = visible_owner(reader)
        parameters = {
            "owner": owner,
            "world": reader.exercise or "",
            "person": filter_.person,
            "digits": digits_of(filter_.event),
            "since": filter_.since,
        }
        if owner:
            asker = self._answer.with_conditions(reader)
            return LedgerReader(self._store, self._store.rules, asker).page(owner, parameters, page)
        end = page.offset + page.limit
        rows = self._store.disclosures(parameters, end + 1, page.after)
        entries = [to_disclosure(row, owner) for row in rows[page.offset : end]]
        return Page(entries, entry_place(rows[end - 1]) if len(rows) > end else None)
