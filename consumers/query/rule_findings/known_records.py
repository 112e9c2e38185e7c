"""Remember what rules see of records, and what rules find in them, from one answer to the next.

What is remembered is a function of versions that the log holds, so it is good for every reader to
whom all of them are released. It lives in the memory of a process, for a while.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import NamedTuple, TypeVar

from schemas.measures.rates import RateTable
from schemas.model import Label
from streams.rules import DetectorRule
from streams.rules.detectors.evaluate import RuleOutcome
from streams.rules.detectors.occurrence import RuleOccurrence

MOST_RECORDS = 50_000
MOST_OUTCOMES = 64
FORGOTTEN_AFTER_S = 600.0
"""What nobody asked about for so long is forgotten: erased content, too."""
Versions = tuple[tuple[int, int, int, int], ...]
"""When each version of a record was recorded (ms since 1970 UTC), its label, place in the log."""


class SeenRecord(NamedTuple):
    """What rules see of a record. `mark`: of its current version; `label`: who may see it."""

    mark: str
    type: str
    label: Label
    occurrences: tuple[RuleOccurrence, ...]


class _Kept(NamedTuple):
    versions: Versions
    record: SeenRecord
    used_at: float


class _Said(NamedTuple):
    rule: DetectorRule
    outcome: RuleOutcome
    used_at: float


Key = TypeVar("Key")
Item = TypeVar("Item", _Kept, _Said)


class KnownRecords:
    """Records by id, and outcomes by rule. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any; `clock` counts seconds."""
        self._clock = clock
        self._lock = Lock()
        self._rates: tuple[object, ...] = ()
        self._records: OrderedDict[str, _Kept] = OrderedDict()
        self._outcomes: OrderedDict[tuple[str, bytes], _Said] = OrderedDict()

    def take(self, versions: Mapping[str, Versions], rates: RateTable) -> dict[str, SeenRecord]:
        """Return those of the records that are known in just these versions, at these rates."""
        now, taken = self._clock(), dict[str, SeenRecord]()
        with self._lock:
            self._forget(now, rates)
            for id_, own in versions.items():
                entry = self._records.get(id_)
                if entry is not None and entry.versions == own:
                    self._records[id_] = entry._replace(used_at=now)
                    self._records.move_to_end(id_)
                    taken[id_] = entry.record
        return taken

    def keep(
        self, versions: Mapping[str, Versions], records: Mapping[str, SeenRecord], rates: RateTable
    ) -> None:
        """Remember records that were read in these versions, at these rates."""
        now = self._clock()
        with self._lock:
            self._forget(now, rates)
            for id_, record in records.items():
                self._records[id_] = _Kept(versions[id_], record, now)
                self._records.move_to_end(id_)
            while len(self._records) > MOST_RECORDS:
                self._records.popitem(last=False)

    def outcome(
        self, rule: DetectorRule, mark: bytes, evaluate: Callable[[], RuleOutcome]
    ) -> RuleOutcome:
        """Return what a rule says of records: of the same ones it is computed once.

        `mark`: of all that the rule looks at, rates included.
        """
        now, place = self._clock(), (rule.id, mark)
        with self._lock:
            entry = self._outcomes.get(place)
        outcome = entry.outcome if entry is not None and entry.rule is rule else evaluate()
        with self._lock:
            self._outcomes[place] = _Said(rule, outcome, now)
            self._outcomes.move_to_end(place)
            while len(self._outcomes) > MOST_OUTCOMES:
                self._outcomes.popitem(last=False)
        return outcome

    def _forget(self, now: float, rates: RateTable) -> None:
        """Forget what nobody asked about for long, and all that was read at other rates."""
        if self._rates != tuple(rates):
            self._rates = tuple(rates)
            self._records.clear()
            self._outcomes.clear()
        _drop_unused(self._records, now - FORGOTTEN_AFTER_S)
        _drop_unused(self._outcomes, now - FORGOTTEN_AFTER_S)


def _drop_unused(known: OrderedDict[Key, Item], before: float) -> None:
    """Drop what was last used before a moment. `known`: the least recently used first."""
    while known and next(iter(known.values())).used_at < before:
        known.popitem(last=False)
