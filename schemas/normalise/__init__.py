"""Turn what is written into what it is.

There is one observer for each kind of thing that a schema may name in `observed`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.normalise import account, document, imei, phone, plate, weapon
from schemas.observation import Observation

READING = 2
"""How this release reads identifiers. A change that gives a thing another key raises it.

A generation whose records were taken in under another reading is rebuilt (docs/adr/0056).
"""
Observer = Callable[[Any], list[Observation]]
Counter = Callable[[Any], int]

OBSERVERS: Mapping[str, Observer] = {
    account.KIND: account.observe,
    document.KIND: document.observe,
    imei.KIND: imei.observe,
    phone.KIND: phone.observe,
    plate.KIND: plate.observe,
    weapon.KIND: weapon.observe,  # and ammunition lots
}
"""By the mark. An observer is given what the mark stands on: a record whole, or a string."""

LEGIBLE_OBSERVERS: Mapping[str, Observer] = {**OBSERVERS, weapon.KIND: weapon.observe_legible}
"""Observers that ignore marks with unread positions."""

COUNTERS: Mapping[str, Counter] = {
    account.KIND: account.count,
    document.KIND: document.count,
    imei.KIND: imei.count,
    phone.KIND: phone.count,
    plate.KIND: plate.count,
    weapon.KIND: weapon.count,
}
"""How many things a mark may be at most, for the kinds where that can be more than one."""

COUNT_UNREAD: Mapping[str, Counter] = {weapon.KIND: weapon.count_unread}
"""How many things a mark may be because of its unread positions; 0 where it has none."""
