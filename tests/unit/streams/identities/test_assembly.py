"""Identities are a function of sets: of links, verdicts and contradictions that a reader sees."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.identities.assembly import AUTOMATIC, POSSIBLE, Assembly, assemble
from streams.identities.mention import (
    Pair,
    PersonLink,
    PersonMention,
    Verdict,
    mentions_of,
    pair_of,
    parse_mention,
)

MENTIONS = [PersonMention(f"0000000{number}-0000-8000-8000-000000000000", 0) for number in range(8)]
PAIRS = list(combinations(MENTIONS, 2))
A, B, C, D, E = MENTIONS[:5]
AGES = {mention: age for age, mention in enumerate(reversed(MENTIONS))}

links = st.dictionaries(
    st.sampled_from(PAIRS), st.sampled_from((0.3, 0.5, 0.8, 0.95, 0.97, 0.99)), max_size=14
)
verdicts = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(Verdict), max_size=4)
contradictions = st.frozensets(st.sampled_from(PAIRS), max_size=5)
Partition = frozenset[frozenset[PersonMention]]


def partition(assembly: Assembly) -> Partition:
    return frozenset(frozenset(identity.mentions) for identity in assembly.identities)


def put_together(
    strengths: dict[Pair, float],
    words: dict[Pair, Verdict] | None = None,
    contradicting: frozenset[Pair] = frozenset(),
    ages: dict[PersonMention, int] = AGES,
) -> Assembly:
    given_links = [PersonLink(pair, strength) for pair, strength in strengths.items()]
    return assemble(given_links, words or {}, contradicting, ages)


def plain_partition(
    strengths: dict[Pair, float], words: dict[Pair, Verdict], contradicting: frozenset[Pair]
) -> Partition:
    """The same by sets of sets, each step by looking at everything."""
    groups = {frozenset([mention]) for mention in MENTIONS}
    apart = {pair for pair, word in words.items() if word is Verdict.REJECTED}

    def group(mention: PersonMention) -> frozenset[PersonMention]:
        return next(group for group in groups if mention in group)

    def are_apart(first: frozenset[PersonMention], second: frozenset[PersonMention]) -> bool:
        between = {pair_of(member, other) for member in first for other in second}
        return first != second and not between.isdisjoint(apart)

    def chains(tier: list[Pair]) -> list[set[frozenset[PersonMention]]]:
        chain_list: list[set[frozenset[PersonMention]]] = []
        for pair in tier:
            ends = {group(pair[0]), group(pair[1])}
            if len(ends) == 2:
                touching = [chain for chain in chain_list if chain & ends]
                chain_list = [chain for chain in chain_list if chain not in touching]
                chain_list.append(ends.union(*touching))
        return chain_list

    def merge(first: PersonMention, other: PersonMention) -> None:
        ends = {group(first), group(other)}
        groups.difference_update(ends)
        groups.add(frozenset().union(*ends))

    def join(tier: list[Pair]) -> None:
        nonlocal apart
        neutral = {
            mention
            for chain in chains(tier)
            for member in chain
            if not any(are_apart(member, other) for other in chain)
            for mention in member
        }
        for pair in tier:
            if mentions_of([pair]) <= neutral:
                merge(*pair)
        remaining = chains(tier)
        joined = []
        for pair in tier:
            for chain in remaining:
                if group(pair[0]) in chain and group(pair[0]) != group(pair[1]):
                    if any(are_apart(member, other) for member in chain for other in chain):
                        apart = apart | {pair}
                    else:
                        joined.append(pair)
        for pair in joined:
            merge(*pair)

    join([pair for pair, word in words.items() if word is Verdict.CONFIRMED])
    apart = apart | {pair for pair in contradicting if group(pair[0]) != group(pair[1])}
    for strength in (0.99, 0.97, 0.95):
        join([pair for pair in strengths if strengths[pair] == strength and pair not in words])
    return frozenset(groups)


@given(links, verdicts, contradictions)
def test_groups_are_those_of_the_plain_oracle(
    strengths: dict[Pair, float], words: dict[Pair, Verdict], contradicting: frozenset[Pair]
) -> None:
    assembly = put_together(strengths, words, contradicting)
    assert partition(assembly) == plain_partition(strengths, words, contradicting)


@given(links, verdicts, contradictions, st.randoms())
def test_no_order_and_no_doubling_matters(
    strengths: dict[Pair, float],
    words: dict[Pair, Verdict],
    contradicting: frozenset[Pair],
    chance: Random,
) -> None:
    shuffled = [*strengths.items(), *strengths.items()]
    chance.shuffle(shuffled)
    verdict_items, ages = list(words.items()), list(AGES.items())
    chance.shuffle(verdict_items)
    chance.shuffle(ages)
    again = assemble(
        [PersonLink(*link) for link in shuffled], dict(verdict_items), contradicting, dict(ages)
    )
    assert again == put_together(strengths, words, contradicting)


@given(links, verdicts, contradictions)
def test_nothing_that_cannot_be_the_same_is_joined_and_nothing_possible_is_chained(
    strengths: dict[Pair, float], words: dict[Pair, Verdict], contradicting: frozenset[Pair]
) -> None:
    assembly = put_together(strengths, words, contradicting)
    confirmed = {pair for pair, word in words.items() if word is Verdict.CONFIRMED}
    for identity in assembly.identities:
        inner = {pair for pair in PAIRS if mentions_of([pair]) <= set(identity.mentions)}
        assert all(words.get(pair) is not Verdict.REJECTED for pair in inner)
        if not confirmed & inner:
            assert contradicting.isdisjoint(inner)
        joining = {
            pair
            for pair in inner
            if pair in confirmed or (strengths.get(pair, 0) >= AUTOMATIC and pair not in words)
        }
        assert len(identity.mentions) == 1 or set(identity.mentions) == mentions_of(joining)
    proposed = {link.pair for link in assembly.possible}
    assert proposed.isdisjoint(assembly.rejected)
    assert all(strengths.get(pair, 1) >= POSSIBLE for pair in proposed)


@given(links, verdicts, contradictions, st.frozensets(st.sampled_from(MENTIONS)))
def test_a_mention_that_is_not_released_leaves_no_trace(
    strengths: dict[Pair, float],
    words: dict[Pair, Verdict],
    contradicting: frozenset[Pair],
    hidden: frozenset[PersonMention],
) -> None:
    ages = {mention: age for mention, age in AGES.items() if mention not in hidden}

    def visible(pair: Pair) -> bool:
        return hidden.isdisjoint(pair)

    assert put_together(strengths, words, contradicting, ages) == put_together(
        {pair: strength for pair, strength in strengths.items() if visible(pair)},
        {pair: word for pair, word in words.items() if visible(pair)},
        frozenset(filter(visible, contradicting)),
        ages,
    )


@given(links, links)
def test_an_id_stays_while_its_group_grows_and_every_id_leads_to_its_group(
    first: dict[Pair, float], further: dict[Pair, float]
) -> None:
    before = put_together(first)
    after = put_together(
        {**first, **{pair: max(further[pair], first.get(pair, 0)) for pair in further}}
    )
    for identity in before.identities:
        mention = parse_mention(identity.id)
        assert mention is not None
        grown = after.identity_of(mention)
        assert grown is not None
        assert set(identity.mentions) <= set(grown.mentions)
        oldest = min(grown.mentions, key=AGES.__getitem__)
        assert (grown.id == identity.id) == (oldest in identity.mentions)


def test_one_without_a_document_between_two_that_contradict_each_other_joins_neither() -> None:
    between = {(A, B): 0.97, (B, C): 0.97}
    assembly = put_together(between, contradicting=frozenset([(A, C)]))
    assert all(len(identity.mentions) == 1 for identity in assembly.identities)
    assert [link.pair for link in assembly.possible] == [(A, B), (B, C)]


def test_a_surer_link_decides_between_two_that_contradict_each_other() -> None:
    assembly = put_together({(A, B): 0.99, (B, C): 0.97}, contradicting=frozenset([(A, C)]))
    assert frozenset([A, B]) in partition(assembly)
    assert [link.pair for link in assembly.possible] == [(B, C)]


def test_a_contradiction_parts_no_more_than_it_must() -> None:
    strengths = {(A, B): 0.97, (B, C): 0.97, (B, D): 0.97, (D, E): 0.97}
    assembly = put_together(strengths, contradicting=frozenset([(A, C)]))
    assert frozenset([B, D, E]) in partition(assembly)


def test_a_weaker_link_does_not_join_what_equal_ones_left_apart() -> None:
    strengths = {(A, B): 0.97, (B, C): 0.97, (A, D): 0.95, (B, D): 0.95}
    assembly = put_together(strengths, contradicting=frozenset([(A, C)]))
    joined = assembly.identity_of(A)
    assert joined is not None and B not in joined.mentions


def test_a_verdict_joins_parts_and_is_undone() -> None:
    weak = {(A, B): 0.6, (B, C): 0.99}
    assert frozenset([A, B, C]) in partition(put_together(weak, {(A, B): Verdict.CONFIRMED}))
    rejected = put_together(weak, {(B, C): Verdict.REJECTED})
    assert [link.pair for link in rejected.possible] == [(A, B)]
    assert rejected.rejected == ((B, C),)
    left_open = put_together(weak, {(B, C): Verdict.OPEN})
    assert [link.pair for link in left_open.possible] == [(B, C), (A, B)]
    assert put_together(weak, {}) == put_together(weak)


def test_a_confirmed_pair_is_joined_although_its_numbers_differ() -> None:
    assembly = put_together({}, {(A, B): Verdict.CONFIRMED}, frozenset([(A, B)]))
    assert frozenset([A, B]) in partition(assembly)


@pytest.mark.parametrize("text", ["", "x.1", f"{A.event}", f"{A.event}.", f"{A.event}.-1", "1.1"])
def test_what_is_no_mention_is_refused(text: str) -> None:
    assert parse_mention(text) is None
