"""Say how likely a count of so many is where fewer are expected: the negative binomial. Pure.

The distribution of a count with mean m and variance v > m is the negative binomial with size
m^2 / (v - m), as in Noufaily et al. (see `baseline`). Its upper tail is a regularised incomplete
beta function, computed by Lentz's continued fraction (W. H. Press and others, Numerical Recipes,
3rd edition, 2007, section 6.4).
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import NamedTuple

LARGEST_SIZE = 1e7
"""A size beyond this makes no difference to a Poisson distribution that a count could show."""
PRECISION = 1e-12
STEPS = 10_000
TINY = 1e-300


class Forecast(NamedTuple):
    """What the past leads one to expect of a count: its mean and variance, both positive."""

    mean: float
    variance: float

    def tail(self, count: int) -> float:
        """Return how likely a count of at least so many is."""
        if count <= 0:
            return 1.0
        spread = max(self.variance - self.mean, 0.0)
        size = min(self.mean * self.mean / spread, LARGEST_SIZE) if spread else LARGEST_SIZE
        return _incomplete_beta(float(count), size, self.mean / (size + self.mean))

    def bound(self, alpha: float) -> int:
        """Return the largest count that is no less likely than `alpha` to be reached."""
        low, high = 0, 1
        while self.tail(high) >= alpha:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            if self.tail(middle) >= alpha:
                low = middle
            else:
                high = middle
        return low


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Return I_x(a, b) for 0 < x < 1."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _not_zero(1 + even * d), _not_zero(1 + even / c)
        result *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _not_zero(1 + odd * d), _not_zero(1 + odd / c)
        result *= d * c
        if abs(d * c - 1) < PRECISION:
            break
    return result


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
