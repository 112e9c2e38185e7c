"""Join released persons into identities by their links. Pure.

The links are scored here, from what is released to the reader. So no cap of a block and no size of
a group that counts hidden records decides what a reader sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from consumers.query.persons.released_persons import ReleasedPerson
from consumers.query.views import to_epoch_ms
from streams.identities.assembly import POSSIBLE, Assembly, assemble
from streams.identities.mention import Pair, PersonLink, PersonMention, Verdict, pair_of
from streams.matching import PairScore, cannot_be_same, score


@dataclass(frozen=True, slots=True)
class LinkedPersons:
    """Released persons, and how they belong together. `scores`: of pairs that may be one person."""

    persons: Mapping[PersonMention, ReleasedPerson]
    scores: Mapping[Pair, PairScore]
    assembly: Assembly


def link_persons(
    persons: Sequence[ReleasedPerson], verdicts: Mapping[Pair, Verdict]
) -> LinkedPersons:
    """Compare every two of these persons, and assemble who is who."""
    by_mention = {person.mention: person for person in persons}
    scores: dict[Pair, PairScore] = {}
    contradictions: set[Pair] = set()
    for first, second in combinations(by_mention.values(), 2):
        pair = pair_of(first.mention, second.mention)
        if cannot_be_same(first.record, second.record):
            contradictions.add(pair)
            if pair not in verdicts:
                continue
        compared = score(first.record, second.record)
        if compared.probability >= POSSIBLE or pair in verdicts:
            scores[pair] = compared
    assembly = assemble(
        [PersonLink(pair, compared.probability) for pair, compared in scores.items()],
        verdicts,
        contradictions,
        {mention: to_epoch_ms(person.event.recorded_at) for mention, person in by_mention.items()},
    )
    return LinkedPersons(by_mention, scores, assembly)
