"""Say what a place's own past leads one to expect of a week: a quasi-Poisson regression. Pure.

The method is the improved Farrington algorithm: A. Noufaily, D. G. Enki, P. Farrington,
P. Garthwaite, N. Andrews, A. Charlett, "An improved algorithm for outbreak detection in multiple
surveillance systems", Statistics in Medicine 32 (2013), 1206-1222, after C. P. Farrington,
N. J. Andrews, A. D. Beale, M. A. Catchpole, "A statistical algorithm for the early detection of
outbreaks of infectious disease", Journal of the Royal Statistical Society A 159 (1996), 547-563.

- The weeks of up to `years` past years are the baseline, without the last `guard` weeks, which a
  surge that continues may have filled.
- Their counts have a level for each part of the year: one for the weeks within `window` of the
  same week of past years, nine for the rest.
- A log-linear trend is kept where the past has three years and the trend is significant at 5 %.
- Weeks that are far above what the model says of them (Anscombe residual above 2.58) weigh less,
  so that past surges do not hide the next one.
- The variance of the forecast contains the uncertainty of the estimate.

Ours: the dispersion is the upper end of its 95 % interval and never below that of a Poisson count,
so that a short past gives fewer false alarms; the trend is tested by its score, and leads to the
largest count of the baseline at most (Farrington drops such a trend); where the same
weeks of past years have fewer than FEWEST records, parts of the year have no level of their own;
half a record is added to each sum, so that nothing is impossible.

Levels have closed forms, and Newton's method finds the trend. So no library of linear algebra is
needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, inf, sqrt
from typing import NamedTuple

from consumers.query.bursts.tail import Forecast

WEEKS_OF_YEAR = 365.2425 / 7
PARTS, PART_WEEKS = 9, 5
RESIDUAL = 2.58
FEWEST = 5
TREND_YEARS = 3
SIGNIFICANT = 1.96
ONE_SIDED = 1.645
NEWTON_STEPS = 20
ENOUGH = 1e-8
STEEPEST = 0.05
"""The largest trend, as the logarithm of the factor of a week: more than thirteenfold a year."""
SAME_PART = 0


@dataclass(frozen=True, slots=True)
class Past:
    """Which weeks of the past are compared.

    `years`: at most; `window`: weeks before and after the same week of a past year; `guard`: weeks
    just before that are left out.
    """

    years: int
    window: int
    guard: int

    @property
    def shortest(self) -> int:
        """Return how many weeks a past must have: up to the first of the same weeks of one year."""
        return round(WEEKS_OF_YEAR) + self.window

    @property
    def longest(self) -> int:
        """Return up to how many weeks before are compared."""
        return round(self.years * WEEKS_OF_YEAR) + self.window


class Moments(NamedTuple):
    """Sums over the weeks of one part of the year, of weight x exp(-trend x lag) x 1, lag, lag²."""

    exposure: float
    first: float
    second: float

    @property
    def centre(self) -> float:
        """Return the weighted mean of the lags, in weeks."""
        return self.first / self.exposure

    @property
    def spread(self) -> float:
        """Return the weighted variance of the lags, in weeks squared."""
        return max(self.second / self.exposure - self.centre**2, 0.0)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The weeks that are compared: the part of the year and the count of each, newest first.

    `first_lag`: how many weeks before the tested week the newest one is.
    """

    first_lag: int
    parts: tuple[int, ...]
    counts: Sequence[int]

    def moments(self, weights: Sequence[float], trend: float) -> dict[int, Moments]:
        """Return the moments of each part of the year."""
        sums: dict[int, list[float]] = {part: [0.0, 0.0, 0.0] for part in sorted({*self.parts})}
        step, factor, lag = exp(-trend), exp(-trend * self.first_lag), self.first_lag
        for part, weight in zip(self.parts, weights, strict=True):
            sums_of_part, term = sums[part], weight * factor
            sums_of_part[0] += term
            sums_of_part[1] += term * lag
            sums_of_part[2] += term * lag * lag
            factor, lag = factor * step, lag + 1
        return {part: Moments(*terms) for part, terms in sums.items()}

    def sums(self, weights: Sequence[float]) -> dict[int, float]:
        """Return the weighted counts of each part of the year, and half a record."""
        sums = dict.fromkeys(sorted({*self.parts}), 0.5)
        for part, weight, count in zip(self.parts, weights, self.counts, strict=True):
            sums[part] += weight * count
        return sums


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model.

    `sums`: expected weighted counts by part of the year; `trend`: logarithm of the factor from a
    week to the next, 0 without one; `precision`: of the trend for a dispersion of 1, 0 without one;
    `most`: what the trend leads to, at most.
    """

    sums: dict[int, float]
    moments: dict[int, Moments]
    trend: float = 0.0
    precision: float = 0.0
    dispersion: float = 1.0
    most: float = inf

    def mean(self, lag: int, part: int) -> float:
        """Return what is expected of a week."""
        return self.sums[part] / self.moments[part].exposure * exp(-self.trend * lag)

    def means(self, baseline: Baseline) -> list[float]:
        """Return what is expected of each week of the baseline."""
        rates = {part: self.sums[part] / self.moments[part].exposure for part in self.sums}
        if not self.trend:
            return [rates[part] for part in baseline.parts]
        step, factor, means = exp(-self.trend), exp(-self.trend * baseline.first_lag), []
        for part in baseline.parts:
            means.append(rates[part] * factor)
            factor *= step
        return means

    def leverage(self, lag: int, part: int) -> float:
        """Return the variance of the logarithm of `mean`, for a dispersion of 1."""
        leverage = 1 / self.sums[part]
        if self.precision:
            leverage += (lag - self.moments[part].centre) ** 2 / self.precision
        return leverage

    def forecast(self, lag: int = 0, part: int = SAME_PART) -> Forecast:
        """Return what is expected of a week that is no part of the baseline."""
        mean = min(self.mean(lag, part), self.most)
        error = self.dispersion * self.leverage(lag, part) * mean * mean
        return Forecast(mean, self.dispersion * mean + error)


def expect(counts: Sequence[int], past: Past) -> Fit | None:
    """Fit the past of a week; None where it is too short.

    `counts`: of the weeks before, newest first. The week itself has lag 0 and the part of the year
    SAME_PART.
    """
    if len(counts) < past.shortest:
        return None
    baseline = _baseline(counts, past)
    level = _fit_twice(baseline, with_trend=False)
    if len(counts) >= TREND_YEARS * WEEKS_OF_YEAR and _has_trend(baseline, level):
        fit = _fit_twice(baseline, with_trend=True)
        return replace(fit, most=float(max(baseline.counts)))
    return level


def _baseline(counts: Sequence[int], past: Past) -> Baseline:
    compared = counts[past.guard : past.longest]
    parts = parts_of_year(past, len(compared))
    same = sum(count for part, count in zip(parts, compared, strict=True) if part == SAME_PART)
    if same < FEWEST:
        parts = (SAME_PART,) * len(compared)
    return Baseline(past.guard + 1, parts, compared)


@lru_cache(maxsize=1024)
def parts_of_year(past: Past, weeks: int) -> tuple[int, ...]:
    """Return the part of the year of each week of a baseline, newest first.

    0 is the same part as that of the tested week, 1 to 9 follow it.
    """
    return tuple(_part_of_year(past.guard + 1 + place, past.window) for place in range(weeks))


def _part_of_year(lag: int, window: int) -> int:
    years = round(lag / WEEKS_OF_YEAR)
    weeks_after = round(years * WEEKS_OF_YEAR) - lag
    if years and abs(weeks_after) <= window:
        return SAME_PART
    return min(1 + (weeks_after % round(WEEKS_OF_YEAR) - window - 1) // PART_WEEKS, PARTS)


def _has_trend(baseline: Baseline, level: Fit) -> bool:
    """Say whether the score of a trend is significant."""
    weights = [1.0] * len(baseline.counts)
    slope, curve = _slope(baseline, weights, baseline.sums(weights), 0.0)
    return curve > 0 and slope * slope > SIGNIFICANT**2 * curve * level.dispersion


def _fit_twice(baseline: Baseline, with_trend: bool) -> Fit:
    """Fit, and fit again where some weeks are far above the rest."""
    fit = _fit(baseline, [1.0] * len(baseline.counts), with_trend)
    residuals = _residuals(baseline, fit)
    if max(residuals) <= RESIDUAL:
        return fit
    weights = [1.0 if residual <= RESIDUAL else residual**-2 for residual in residuals]
    scale = len(weights) / sum(weights)
    return _fit(baseline, [weight * scale for weight in weights], with_trend)


def _residuals(baseline: Baseline, fit: Fit) -> list[float]:
    """Return the standardised Anscombe residuals."""
    residuals, means = [], fit.means(baseline)
    level = {part: 1 / fit.sums[part] for part in fit.sums}
    for place, (part, count, mean) in enumerate(
        zip(baseline.parts, baseline.counts, means, strict=True)
    ):
        leverage = level[part]
        if fit.precision:
            leverage = fit.leverage(baseline.first_lag + place, part)
        raw = 1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - sqrt(mean))
        residuals.append(raw / sqrt(fit.dispersion * max(1 - leverage * mean, 0.01)))
    return residuals


def _fit(baseline: Baseline, weights: Sequence[float], with_trend: bool) -> Fit:
    sums = baseline.sums(weights)
    trend = _trend(baseline, weights, sums) if with_trend else 0.0
    moments = baseline.moments(weights, trend)
    precision = sum(sums[part] * moments[part].spread for part in sums) if with_trend else 0.0
    fit = Fit(sums, moments, trend, precision)
    pearson = sum(
        weight * (count - mean) ** 2 / mean
        for weight, count, mean in zip(weights, baseline.counts, fit.means(baseline), strict=True)
    )
    free = max(len(weights) - len(sums) - with_trend, 1)
    return replace(fit, dispersion=max(_upper(pearson, free), 1.0))


def _upper(squares: float, free: int) -> float:
    """Return the upper end of the dispersion's 95 % interval. `free`: degrees of freedom.

    The quantile of chi squared is that of Wilson and Hilferty (1931).
    """
    quantile = free * max(1 - 2 / (9 * free) - ONE_SIDED * sqrt(2 / (9 * free)), 0.1) ** 3
    return squares / quantile


def _trend(baseline: Baseline, weights: Sequence[float], sums: dict[int, float]) -> float:
    """Return the trend of greatest likelihood, levels being fitted to it, by Newton's method."""
    trend = 0.0
    for _step in range(NEWTON_STEPS):
        slope, curve = _slope(baseline, weights, sums, trend)
        if curve <= 0:
            return 0.0
        change = slope / curve
        trend = min(max(trend + change, -STEEPEST), STEEPEST)
        if abs(change) < ENOUGH:
            break
    return trend


def _slope(
    baseline: Baseline, weights: Sequence[float], sums: dict[int, float], trend: float
) -> tuple[float, float]:
    """Return the first derivative of the log-likelihood by the trend, and minus the second."""
    observed = 0.0
    for lag, (weight, count) in enumerate(
        zip(weights, baseline.counts, strict=True), baseline.first_lag
    ):
        observed += weight * count * lag
    moments = baseline.moments(weights, trend)
    slope = sum(sums[part] * moments[part].centre for part in sums) - observed
    return slope, sum(sums[part] * moments[part].spread for part in sums)
