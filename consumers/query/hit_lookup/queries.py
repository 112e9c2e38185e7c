"""Answer hit look-ups over one generation's database, for one answer at a time."""

from __future__ import annotations

from consumers.query.answer_context import AnswerContext
from consumers.query.cursors import Cursor
from consumers.query.disclosures import may_read_ledger
from consumers.query.hit_lookup.answers import hash_begin
from consumers.query.hit_lookup.asked import AskedHit, Side, to_asked_hit
from consumers.query.hit_lookup.records import KnownPersons, StoredThings, asking_for_hits
from consumers.query.paging import Page, PageRange
from consumers.query.store_reader import StoreReader
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts
from schemas.model import Reader


class HitLookupQueries:
    """What hit look-ups ask of the store. They raise what clickhouse-driver raises."""

    def __init__(
        self,
        store: StoreReader,
        secret: bytes | None,
        answer: AnswerContext,
    ) -> None:
        """`secret`: of the keys of things; `answer`: what this is a part of."""
        self._client = store.client
        self._answer = answer
        self.things = StoredThings(store)
        self.persons = KnownPersons(store, secret or b"")

    def asker(self, reader: Reader) -> Reader:
        """Return the reader with its conditions, as hit look-ups ask for it."""
        return asking_for_hits(self._answer.with_conditions(reader))

    def look_ups(
        self, reader: Reader, side: Side, page: PageRange, reference: str = ""
    ) -> Page[AskedHit]:
        """Return the hit look-ups of one side, newest first; none where the reader may not ask.

        `reference`: only these; empty means all.
        """
        begin = hash_begin(reference) if reference else b""
        if not may_read_ledger(reader) or begin is None:
            return Page([], None)
        after = page.after or Cursor(FAR_FUTURE_MS, "")
        parameters = {
            "owner": reader.country if side == "owner" else "",
            "person": reader.person,
            "country": reader.country,
            "world": reader.exercise or "",
            "begin": begin.hex(),
            "limit": page.limit + 1,
            "before": min(after.recorded_at, FAR_FUTURE_MS),
            "before_hash": after.id,
        }
        rows = rows_as_dicts(self._client, "hits_asked", parameters)
        shown = rows[: page.limit]
        hits = [to_asked_hit(row, reader.country, side) for row in shown]
        is_last = len(rows) <= page.limit
        return Page(hits, None if is_last else Cursor(shown[-1]["recorded_at"], shown[-1]["hash"]))
