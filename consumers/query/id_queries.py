"""Answer what an id, or a part of its digits, means to a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from consumers.query.answer_context import AnswerContext
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.ids import ID_KINDS, AmbiguousIdError, IdKind, digits_of
from consumers.query.paging import BATCH_SIZE
from consumers.query.store_reader import StoreReader
from schemas.model import Reader


class IdQueries:
    """The questions about ids over one generation's database, for one answer at a time.

    `as_of`: ms since 1970 UTC, None is now. They raise what clickhouse-driver raises.
    """

    def __init__(self, store: StoreReader, answer: AnswerContext) -> None:
        """`answer`: what this is a part of."""
        self._store = store
        self._answer = answer

    def resolve(
        self,
        digits: str,
        reader: Reader,
        as_of: int | None = None,
        kinds: Sequence[IdKind] = ID_KINDS,
    ) -> tuple[IdKind, str]:
        """Return what an id, or its first or last digits, means to this reader: its kind and id.

        What is hidden from the reader makes no id ambiguous. Raises AmbiguousIdError.
        """
        matches = self.matches(digits, reader, as_of, kinds)
        if not matches:
            self._answer.add_empty(EmptyLookup(reader, as_of, "find", digits))
        if len(matches) != 1:
            raise AmbiguousIdError(digits, matches[:2])
        return matches[0]

    def matches(
        self,
        digits: str,
        reader: Reader,
        as_of: int | None,
        kinds: Sequence[IdKind] = ID_KINDS,
    ) -> list[tuple[IdKind, str]]:
        """Return kind and id of what begins or ends so for this reader, two of a kind at most."""
        entitled = self._answer.with_conditions(reader)
        rows = self._store.ids_like(digits_of(digits), entitled)
        matches: list[tuple[IdKind, str]] = []
        for kind in kinds:
            ids = [id_ for row_kind, id_ in rows if row_kind == kind]
            for start in range(0, len(ids), BATCH_SIZE):
                released = self._released(kind, ids[start : start + BATCH_SIZE], entitled, as_of)
                matches += [(kind, id_) for id_ in released][:2]
                if len(matches) > 1:
                    break
        return matches

    def _released(
        self, kind: IdKind, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[str]:
        ask: Mapping[IdKind, Callable[..., Sequence[Any]]] = {
            "indicator": self._store.indicators,
            "event": self._store.histories,
            "thing": self._store.things,
        }
        return [item.id for item in ask[kind](ids, reader, as_of)]
