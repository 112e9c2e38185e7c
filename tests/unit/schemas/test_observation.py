"""An item is one member of a thing, however often it speaks of it."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.observation import Observation, merge_by_thing, split_trait


def seen(
    traits: Mapping[str, str], certainty: str = "certain", value: str = "DNI|12345678"
) -> Observation:
    return Observation("document", "PE", value, certainty, traits)


def test_each_thing_is_there_once_in_the_order_of_its_first() -> None:
    other = seen({}, value="DNI|87654321")
    assert merge_by_thing([seen({"role": "suspect"}), other, seen({"role": "suspect"})]) == [
        seen({"role": "suspect"}),
        other,
    ]


def test_different_values_of_a_trait_stand_together_whatever_their_order() -> None:
    both = [seen({"role": "witness"}), seen({"role": "suspect"})]
    assert merge_by_thing(both) == merge_by_thing(both[::-1]) == [seen({"role": "suspect|witness"})]
    assert merge_by_thing([*merge_by_thing(both), seen({"role": "other"})]) == [
        seen({"role": "other|suspect|witness"})
    ]


def test_a_trait_that_was_not_always_given_says_so() -> None:
    (observation,) = merge_by_thing([seen({"role": "witness"}), seen({})])
    assert (observation.traits["role"], split_trait(observation.traits["role"])) == (
        "|witness",
        ["", "witness"],
    )
    assert split_trait(None) == split_trait("") == [""]


def test_where_a_thing_is_certain_what_is_only_possible_adds_nothing() -> None:
    assert merge_by_thing([seen({"role": "suspect"}, "possible"), seen({"role": "witness"})]) == [
        seen({"role": "witness"})
    ]
    assert merge_by_thing([seen({"role": "suspect"}, "possible"), seen({}, "possible")]) == [
        seen({"role": "|suspect"}, "possible")
    ]
