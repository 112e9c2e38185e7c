"""Find the mentions around one: those that it is joined with, and those that each may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consumers.query.persons.person_store import PersonStore, StoredVerdict
from consumers.query.persons.released_persons import ReleasedPerson
from streams.identities.assembly import AUTOMATIC, POSSIBLE
from streams.identities.mention import Pair, PersonMention, Verdict
from streams.matching import score

MOST_MENTIONS = 100
"""Mentions of one person that are put together."""
MOST_ROUNDS = 4
"""How often the search goes on from what it found."""


def mentions_around(
    mention: PersonMention, store: PersonStore
) -> tuple[list[ReleasedPerson], dict[Pair, StoredVerdict]]:
    """Return a mention, those that it is joined with, and those that each of these may be.

    With them come the verdicts on these persons.
    """
    own = {person.mention: person for person in store.of_events([mention.event])}
    if mention not in own:
        return [], {}
    related, frontier = {mention: own[mention]}, [own[mention]]
    verdicts: dict[Pair, StoredVerdict] = {}
    for _round in range(MOST_ROUNDS):
        if not frontier or len(related) >= MOST_MENTIONS:
            break
        verdicts |= store.verdicts(person.event.id for person in frontier)
        decided = _decided_partners(frontier, verdicts)
        partners = store.of_events([partner.event for partner in decided])
        alike = store.like([person.record for person in frontier])
        candidates = {person.mention: person for person in alike}
        candidates |= {person.mention: person for person in partners if person.mention in decided}
        joined: list[ReleasedPerson] = []
        for candidate in candidates.values():
            if candidate.mention in related:
                continue
            best = max(score(candidate.record, person.record).probability for person in frontier)
            word = decided.get(candidate.mention)
            if best >= POSSIBLE or word is not None:
                related[candidate.mention] = candidate
                joined += [candidate] if best >= AUTOMATIC or word is Verdict.CONFIRMED else []
        frontier = joined
    return list(related.values())[:MOST_MENTIONS], verdicts


def _decided_partners(
    frontier: Sequence[ReleasedPerson], verdicts: Mapping[Pair, StoredVerdict]
) -> dict[PersonMention, Verdict]:
    """Return the other ends of verdicts on these persons; a confirmation before other words."""
    mentions = {person.mention for person in frontier}
    partners: dict[PersonMention, Verdict] = {}
    for pair, stored in verdicts.items():
        for mention, partner in (pair, pair[::-1]):
            if mention in mentions and partners.get(partner) is not Verdict.CONFIRMED:
                partners[partner] = stored.verdict
    return partners
