"""Define what checking and observing a payload give."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

TRAIT_SEPARATOR = "|"
WHOLE = "whole"
"""A trait of a possible observation that says all that is written of its thing.

Two possible members of a thing agree wholly if both have it.
"""
WHOLE_TRAITS: Mapping[str, str] = {WHOLE: "yes"}


class Problem(NamedTuple):
    """Say why an item is refused.

    `field`: a path such as items[0].weapon.calibre, empty for the whole item. `detail` is free of
    language and of personal content: the list and the bad code, the bounds, the expected form.
    """

    code: str
    field: str
    detail: str


class Observation(NamedTuple):
    """Name a thing that an item mentions; its key is (kind, issuer, value).

    `certainty`: certain or possible. `traits`: what rules look at. A trait has several values, such
    as `suspect|witness`, where the item mentions the thing several times; an empty one where a
    mention does not give it.
    """

    kind: str
    issuer: str
    value: str
    certainty: str
    traits: Mapping[str, str]


def split_trait(trait: str | None) -> list[str]:
    """List the values of one trait; the empty value alone where it is not given."""
    return trait.split(TRAIT_SEPARATOR) if trait else [""]


def merge_by_thing(observed: Sequence[Observation]) -> list[Observation]:
    """Merge the observations of each thing into one, in the order of the first.

    An item is one member of a thing, however often it mentions it. If any mention is certain, only
    the traits of the certain ones count; all their values are kept.
    """
    of_thing: dict[tuple[str, str, str], list[Observation]] = {}
    for observation in observed:
        of_thing.setdefault(observation[:3], []).append(observation)
    return [group[0] if len(group) == 1 else _merge_group(group) for group in of_thing.values()]


def _merge_group(group: Sequence[Observation]) -> Observation:
    best = [observation for observation in group if observation.certainty == "certain"] or group
    names = sorted({name for observation in best for name in observation.traits})
    return best[0]._replace(
        traits={
            name: _join_traits(observation.traits.get(name) for observation in best)
            for name in names
        }
    )


def _join_traits(texts: Iterable[str | None]) -> str:
    return TRAIT_SEPARATOR.join(sorted({value for text in texts for value in split_trait(text)}))
