"""Write what a reader sees of an identity and its links. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from consumers.query.persons.feature_words import reasons_of
from consumers.query.persons.person_assembly import LinkedPersons
from consumers.query.persons.person_store import StoredVerdict
from consumers.query.persons.person_views import LinkView, MentionView, Person, VerdictView
from consumers.query.persons.released_persons import mention_view
from consumers.query.views import to_datetime
from streams.identities.assembly import PersonIdentity
from streams.identities.mention import Pair, PersonMention, mentions_of
from streams.matching import PairScore


class LinkViews(NamedTuple):
    """Writes what is shown of an identity, for a reader of a country."""

    linked: LinkedPersons
    verdicts: Mapping[Pair, StoredVerdict]
    country: str

    def person(self, identity: PersonIdentity, is_complete: bool) -> Person:
        """Return what is shown of an identity."""
        own, assembly = frozenset(identity.mentions), self.linked.assembly
        possible = _touching(own, [link.pair for link in assembly.possible])
        rejected = _touching(own, assembly.rejected)
        others = sorted(mentions_of([*possible, *rejected]) - own)
        return Person(
            id=identity.id,
            mentions=self._mentions(identity.mentions),
            links=self._links([link.pair for link in identity.links]),
            possible=self._links(possible),
            rejected=self._links(rejected),
            others=self._mentions(others),
            is_complete=is_complete,
        )

    def _mentions(self, mentions: Sequence[PersonMention]) -> list[MentionView]:
        return [mention_view(self.linked.persons[mention]) for mention in mentions]

    def _links(self, pairs: Sequence[Pair]) -> list[LinkView]:
        """Return what is shown of links, the surest first."""
        scores = self.linked.scores
        return [
            link_view(pair, scores[pair], self.verdicts.get(pair), self.country)
            for pair in sorted(pairs, key=lambda pair: (-scores[pair].weight, pair))
        ]


def link_view(
    pair: Pair, compared: PairScore, stored: StoredVerdict | None, country: str
) -> LinkView:
    """Return what is shown of a link to a reader of a country."""
    verdict = None
    if stored is not None:
        verdict = VerdictView(
            word=stored.verdict,
            reason=stored.reason,
            country=stored.country,
            authority=stored.authority,
            author=stored.person if stored.country == country else None,
            decided_at=to_datetime(stored.recorded_at),
        )
    reasons = reasons_of(compared)
    return LinkView(pair[0].id, pair[1].id, compared.probability, reasons, verdict)


def _touching(own: frozenset[PersonMention], pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if not own.isdisjoint(pair)]
