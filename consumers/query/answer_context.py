"""Begin every question of one answer, and collect what it shows and which questions show nothing.

`consumers.serving.query_pool` writes both to the disclosure ledger before the answer goes out. The
conditions (H3) that a reader has accepted are taken from that ledger, and those that its authority
has from its records, whatever the reader says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.store_reader import StoreReader
from infra.clock import now_ms
from schemas.event.admission import Partner
from schemas.model import Reader
from schemas.release.admitted_reader import admitted_reader


class AnswerContext:
    """One answer: for whom its questions are, and what they show. Not for two threads at once."""

    def __init__(
        self,
        store: StoreReader,
        partners: Mapping[str, Partner],
        readers: dict[Reader, Reader],
    ) -> None:
        """`partners`: who is admitted, and what their readers see.

        `readers`: those whose accepted conditions are known; what is read here is added.
        """
        self._store = store
        self._partners = partners
        self._readers = readers
        self._disclosed: dict[tuple[Reader, int | None], Disclosed] = {}
        self.empty_lookups: list[EmptyLookup] = []
        """The questions that showed nothing."""

    @property
    def disclosed(self) -> Collection[Disclosed]:
        """What was shown so far, by reader and moment."""
        return self._disclosed.values()

    def begin(self, question: str, reader: Reader, as_of: int | None) -> tuple[Reader, Disclosed]:
        """Return the reader with accepted conditions, and what collects the content of a question.

        `question`: its name in the ledger; `as_of`: ms since 1970 UTC, None is now.
        """
        disclosed = self._disclosed.setdefault((reader, as_of), Disclosed(reader, as_of))
        disclosed.questions[question if reader.use == "reading" else f"{question} file"] = None
        return self.with_conditions(reader), disclosed

    def with_conditions(self, reader: Reader) -> Reader:
        """Return the reader as admitted, with the conditions that they accepted."""
        if reader not in self._readers:
            accepted = frozenset(self._store.accepted_conditions(reader))
            admitted = admitted_reader(reader, self._partners, now_ms())
            self._readers[reader] = replace(admitted, accepted_conditions=accepted)
        return self._readers[reader]

    def add_empty(self, lookup: EmptyLookup) -> None:
        """Note a question that shows nothing."""
        self.empty_lookups.append(lookup)
