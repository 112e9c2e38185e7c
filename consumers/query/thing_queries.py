"""Answer who knows a thing, by its key or by the identifiers that people write."""

from __future__ import annotations

from dataclasses import asdict

from consumers.query.answer_context import AnswerContext
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.identifiers import Identifiers, thing_ids
from consumers.query.known_names import check_country
from consumers.query.store_reader import StoreReader
from consumers.query.things import Thing
from infra.errors import QuipuError
from schemas.i18n import _
from schemas.model import Reader


class ThingQueries:
    """The questions about things over one generation's database, for one answer at a time.

    `as_of`: ms since 1970 UTC, None is now. They raise what clickhouse-driver raises.
    """

    def __init__(
        self,
        store: StoreReader,
        explanations: ExplanationReader,
        secret: bytes | None,
        answer: AnswerContext,
    ) -> None:
        """`secret`: of the keys of things; None where the mechanism's keys are not."""
        self._store = store
        self._explanations = explanations
        self._secret = secret
        self._answer = answer

    def thing(self, id_: str, reader: Reader, as_of: int | None = None) -> Thing | None:
        """Return who knows this thing; None where nobody does whom this reader may hear."""
        things = self._read([id_], reader, as_of, EmptyLookup(reader, as_of, "thing", id_))
        return next(iter(things), None)

    def identified_by(
        self, identifiers: Identifiers, reader: Reader, as_of: int | None = None
    ) -> list[Thing]:
        """Return the things that these identifiers may mean: several where they are not plain.

        Raises QuipuError THING_MARKS for identifiers that name nothing, NO_SECRET where the
        mechanism's keys are not.
        """
        if self._secret is None:
            raise _no_secret()
        check_country(identifiers.country)
        ids = thing_ids(identifiers, self._secret)
        return self._read(
            ids, reader, as_of, EmptyLookup(reader, as_of, "things", asdict(identifiers))
        )

    def _read(
        self, ids: list[str], reader: Reader, as_of: int | None, lookup: EmptyLookup
    ) -> list[Thing]:
        entitled, disclosed = self._answer.begin(lookup.question, reader, as_of)
        things = self._store.things(ids, entitled, as_of)
        disclosed.add_things(things)
        if not things:
            self._answer.add_empty(lookup)
        return self._explanations.title(things, entitled, as_of, disclosed)


def _no_secret() -> QuipuError:
    return QuipuError(
        _("Only a machine with the mechanism's keys can search things by their values."),
        _("Search by the thing's key, or ask at the mechanism."),
        "NO_SECRET",
    )
