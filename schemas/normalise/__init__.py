"""Turn what is written into what it is.

There is one observer for each kind of thing that a schema may name in `observed`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.normalise import account, document, imei, phone, plate, weapon
from schemas.normalise.reading import add_agreement
from schemas.observation import Observation

READING = 11
"""How this release reads identifiers. A change that gives a thing another key raises it.

A generation whose records were taken in under another reading is rebuilt (docs/adr/0056).
"""
Observer = Callable[[Any], list[Observation]]
Counter = Callable[[Any], int]


def _agreeing(observe: Observer) -> Observer:
    """Make an observer whose possible things can agree wholly with those of another record."""

    def observe_agreeing(record: Any) -> list[Observation]:
        observations = observe(record)
        if not observations or observations[0].certainty == "certain":
            return observations
        return add_agreement(observations)

    return observe_agreeing


def _with_agreement(count: Counter, least: int) -> Counter:
    """Count one more, for the common key, where there are at least so many readings."""

    def count_all(record: Any) -> int:
        readings = count(record)
        return readings + (readings >= least)

    return count_all


def _bound(kind: str, glance: Callable[[Any], int | None]) -> Counter:
    """Bound the things of a mark by a glance; where that says nothing, count them."""

    def bound(record: Any) -> int:
        at_most = glance(record)
        if at_most is None:
            return COUNTERS[kind](record) + COUNT_UNREAD[kind](record)
        return at_most

    return bound


OBSERVERS: Mapping[str, Observer] = {
    account.KIND: account.observe,
    document.KIND: document.observe,
    imei.KIND: imei.observe,
    phone.KIND: phone.observe,
    plate.KIND: _agreeing(plate.observe),
    weapon.KIND: _agreeing(weapon.observe),  # and ammunition lots
}
"""By the mark. An observer is given what the mark stands on: a record whole, or a string."""

LEGIBLE_OBSERVERS: Mapping[str, Observer] = {
    **OBSERVERS,
    plate.KIND: _agreeing(plate.observe_legible),
    weapon.KIND: _agreeing(weapon.observe_legible),
}
"""Observers that ignore marks with unread positions."""

COUNTERS: Mapping[str, Counter] = {
    account.KIND: account.count,
    document.KIND: document.count,
    imei.KIND: imei.count,
    phone.KIND: phone.count,
    plate.KIND: _with_agreement(plate.count, 2),
    weapon.KIND: _with_agreement(weapon.count, 2),
}
"""How many things a mark may be at most, for the kinds where that can be more than one."""

COUNT_UNREAD: Mapping[str, Counter] = {
    plate.KIND: _with_agreement(plate.count_unread, 1),
    weapon.KIND: _with_agreement(weapon.count_unread, 1),
}
"""How many things a mark may be because of its unread positions; 0 where it has none."""

PLAINLY_CERTAIN: Mapping[str, Callable[[Any], bool]] = {weapon.KIND: weapon.is_plainly_certain}
"""Say at a glance that a mark is a certain thing, for the kinds where a glance can tell."""

BOUNDS: Mapping[str, Counter] = {
    **COUNTERS,
    plate.KIND: _bound(plate.KIND, plate.bound),
    weapon.KIND: _bound(weapon.KIND, weapon.bound),
}
"""How many things a mark may be at most, read or unread: no fewer than the two counts say."""
