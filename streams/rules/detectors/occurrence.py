"""Say what rules over many records see of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

NO_FIELDS: Mapping[str, str] = MappingProxyType({})


class RecordedThing(NamedTuple):
    """A thing that an occurrence names. `value`: as intake reads it; `traits`: in this record."""

    kind: str
    value: str
    is_certain: bool = True
    traits: Mapping[str, str] = NO_FIELDS


class Transfer(NamedTuple):
    """Where money goes: accounts, and their owners where they are known (else empty).

    `countries`: of the two sides, as far as they are known.
    """

    source: str
    target: str
    source_owner: str = ""
    target_owner: str = ""
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleOccurrence:
    """A record; or each transaction, or each item, that was measured in it.

    `index`: its place in the record; `at`, `recorded_at`: ms since 1970 UTC, `at` None where the
    day is not known; `fields`: codes, words and traits by name, those of the envelope too;
    `amounts`: in millionths by measure: usd, kg, l, m2, pieces; `exercise`: empty for real cases.
    """

    event: str
    type: str
    country: str
    authority: str
    recorded_at: int
    at: int | None
    index: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    things: tuple[RecordedThing, ...] = ()
    transfer: Transfer | None = None
    exercise: str = ""

    @property
    def place(self) -> tuple[int, str, int]:
        """Where it stands in time; those of one moment by id. Only for one whose day is known."""
        return self.at or 0, self.event, self.index

    def values_of(self, name: str) -> frozenset[str]:
        """Return the value of a field, or the things of a kind; empty where it has none."""
        things = frozenset(thing.value for thing in self.things if thing.kind == name)
        if things:
            return things
        value = self.fields.get(name, "")
        return frozenset({value}) if value else frozenset()
