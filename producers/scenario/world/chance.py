"""Seeded chance, the same on every machine: drawing by weight, and the rhythm of a year."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")
FIRST_DAY = date(2018, 1, 1).toordinal()
LAST_DAY = date(2018, 12, 31).toordinal()
# More is seized before the harvest months' end and at year's end; less is recorded on Sundays.
# Rounded judgement, not statistics.
_MONTHS = (0.92, 0.95, 1.05, 1.0, 0.98, 1.02, 1.06, 1.05, 1.0, 1.02, 1.04, 1.12)
_WEEKDAYS = (1.0, 1.04, 1.06, 1.05, 1.12, 0.98, 0.75)
_HOURS = (5, 4, 3, 3, 3, 5, 8, 9, 9, 10, 11, 11, 9, 8, 9, 10, 11, 11, 11, 11, 10, 10, 9, 7)


class Weighted(Generic[T]):
    """Draws one of `items` by weight."""

    def __init__(self, items: Iterable[T], weights: Iterable[float]) -> None:
        pairs = [(item, weight) for item, weight in zip(items, weights, strict=True) if weight > 0]
        self._items = [item for item, _ in pairs]
        self._sums = list(accumulate(weight for _, weight in pairs))

    def pick(self, rng: Random) -> T:
        """Pick a value with one call of `rng.random`."""
        return self._items[bisect(self._sums, rng.random() * self._sums[-1])]


def pick(rng: Random, items: Sequence[T]) -> T:
    """One of `items`, all alike."""
    return items[int(rng.random() * len(items))]


# When the borders are full: Carnaval, Holy Week, Inti Raymi and San Juan, Peru's Fiestas Patrias,
# the Virgen de Copacabana with Bolivia's
# and Ecuador's independence, All Souls, Christmas and New Year. First and last day of 2018, how
# many times an ordinary day.
_HOLIDAYS = (
    ((1, 1), (1, 7), 1.6),
    ((2, 9), (2, 14), 2.4),
    ((3, 28), (4, 1), 1.9),
    ((6, 20), (6, 26), 2.2),
    ((7, 26), (7, 30), 1.8),
    ((8, 3), (8, 11), 1.7),
    ((10, 31), (11, 4), 1.6),
    ((12, 15), (12, 31), 2.3),
)


class Year:
    """2018 as it is recorded: which day the given share of a year's records has come to."""

    def __init__(self) -> None:
        self._sums = list(
            accumulate(
                self._weight(date.fromordinal(day)) for day in range(FIRST_DAY, LAST_DAY + 1)
            )
        )
        self._hours = Weighted(range(24), _HOURS)

    def _weight(self, day: date) -> float:
        return _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()]

    def day(self, share: float) -> int:
        """The ordinal of the day, for a share in [0, 1)."""
        return FIRST_DAY + min(bisect(self._sums, share * self._sums[-1]), len(self._sums) - 1)

    def minute(self, rng: Random) -> int:
        """A minute of the day, by the hours at which patrols find things."""
        return self._hours.pick(rng) * 60 + int(rng.random() * 60)

    def office_minute(self, rng: Random) -> int:
        """A minute of the day, between eight and five."""
        return 8 * 60 + int(rng.random() * 9 * 60)


class Traffic(Year):
    """2018 at the crossings: full on holidays, and at weekends rather than in the week."""

    def _weight(self, day: date) -> float:
        feast = next(
            (times for first, last, times in _HOLIDAYS if first <= (day.month, day.day) <= last),
            1.0,
        )
        return feast * (1.25 if day.weekday() in (4, 5, 6) else 0.9)
