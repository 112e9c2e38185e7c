"""Assemble identities from links, verdicts and contradictions, all as one reader sees them. Pure.

What comes in is a set: neither its order nor what was there before matters. So a record that is
retracted, or hidden from the reader, leaves no trace.

Links join groups from the surest down. Links of the same strength are judged together:
- Where they would join two mentions that cannot be the same, none of those that lead there joins.
  They stay possible, and a weaker link does not join what they left apart.
- Mentions that contradict nobody are joined first, so that one contradiction parts as little as
  it must.

A confirmed pair is joined whatever its numbers say; a rejected one never is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from streams.identities.groups import Groups
from streams.identities.mention import Pair, PersonLink, PersonMention, Verdict, mentions_of

AUTOMATIC = 0.95
"""From this probability on a link joins by itself."""
POSSIBLE = 0.5
"""From this probability on a link is shown, apart, and joins nothing."""


@dataclass(frozen=True, slots=True)
class PersonIdentity:
    """Mentions of one person. `mentions`: the oldest first; `links`: what joins them."""

    mentions: tuple[PersonMention, ...]
    links: tuple[PersonLink, ...]

    @property
    def id(self) -> str:
        """The id of the oldest mention: it stays while the group grows."""
        return self.mentions[0].id


@dataclass(frozen=True, slots=True)
class Assembly:
    """Who is who. `possible`: links between different identities, which join nothing.

    `rejected`: pairs that an analyst rejected; they are proposed no more.
    """

    identities: tuple[PersonIdentity, ...]
    possible: tuple[PersonLink, ...]
    rejected: tuple[Pair, ...]

    def identity_of(self, mention: PersonMention) -> PersonIdentity | None:
        """Return the identity that contains a mention, by whichever of its ids it is named."""
        return next((group for group in self.identities if mention in group.mentions), None)


def assemble(
    links: Iterable[PersonLink],
    verdicts: Mapping[Pair, Verdict],
    contradictions: Collection[Pair],
    ages: Mapping[PersonMention, int],
) -> Assembly:
    """Return the identities of all mentions in `ages`.

    `links`: those whose two ends are released to the reader; doubled ones count once, by the
    highest probability. `contradictions`: pairs that cannot be the same, by their documents.
    `ages`: when the log took each mention, ms since 1970 UTC. A link or verdict of another mention
    counts for nothing.
    """
    strengths: dict[Pair, float] = {}
    for pair, probability in links:
        if pair[0] in ages and pair[1] in ages:
            strengths[pair] = max(probability, strengths.get(pair, 0.0))
    known = {pair: word for pair, word in verdicts.items() if mentions_of([pair]) <= ages.keys()}
    groups = _joined(ages, strengths, known, contradictions)
    rejected = {pair for pair, verdict in known.items() if verdict is Verdict.REJECTED}
    confirmed = {pair for pair, verdict in known.items() if verdict is Verdict.CONFIRMED}
    shown = {pair for pair, strength in strengths.items() if strength >= POSSIBLE} | confirmed
    pairs = sorted(shown - rejected)
    return Assembly(
        identities=_identities(groups, pairs, strengths, ages),
        possible=tuple(
            PersonLink(pair, strengths.get(pair, 1.0))
            for pair in sorted(pairs, key=lambda pair: (-strengths.get(pair, 1.0), pair))
            if not groups.are_joined(*pair)
        ),
        rejected=tuple(sorted(rejected)),
    )


def _joined(
    mentions: Iterable[PersonMention],
    strengths: Mapping[Pair, float],
    verdicts: Mapping[Pair, Verdict],
    contradictions: Collection[Pair],
) -> Groups:
    """Return the mentions in groups, joined by confirmed pairs and then by automatic links."""
    groups = Groups(mentions)
    for pair, verdict in verdicts.items():
        if verdict is Verdict.REJECTED:
            groups.part(pair)
    _join_tier(groups, [pair for pair, verdict in verdicts.items() if verdict is Verdict.CONFIRMED])
    for pair in contradictions:
        if mentions_of([pair]) <= groups.mentions and not groups.are_joined(*pair):
            groups.part(pair)
    automatic = sorted(
        (pair for pair in strengths if strengths[pair] >= AUTOMATIC and pair not in verdicts),
        key=lambda pair: -strengths[pair],
    )
    for _strength, tier in groupby(automatic, key=lambda pair: strengths[pair]):
        _join_tier(groups, list(tier))
    return groups


def _join_tier(groups: Groups, tier: Sequence[Pair]) -> None:
    """Join what links of the same strength join; part what they leave apart."""
    for chain in groups.chains(tier):
        charged = groups.charged(chain)
        groups.join(pair for pair in chain if groups.roots(pair).isdisjoint(charged))
    for chain in groups.chains(tier):
        if groups.charged(chain):
            for pair in chain:
                groups.part(pair)
        else:
            groups.join(chain)


def _identities(
    groups: Groups,
    pairs: Sequence[Pair],
    strengths: Mapping[Pair, float],
    ages: Mapping[PersonMention, int],
) -> tuple[PersonIdentity, ...]:
    """Return the groups with what joins each, the one of the oldest mention first."""
    links: dict[PersonMention, list[PersonLink]] = {}
    for pair in pairs:
        if groups.are_joined(*pair):
            link = PersonLink(pair, strengths.get(pair, 1.0))
            links.setdefault(groups.root(pair[0]), []).append(link)
    members: dict[PersonMention, list[PersonMention]] = {}
    for mention in sorted(ages, key=lambda mention: (ages[mention], mention)):
        members.setdefault(groups.root(mention), []).append(mention)
    return tuple(
        PersonIdentity(tuple(group), tuple(links.get(root, ()))) for root, group in members.items()
    )
