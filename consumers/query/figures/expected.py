"""Say which figures of the past lead one to expect: a range, and the method that gives it. Pure.

Two established methods are used, the first where the past is long enough for it.

`historical_limits`: the mean of the same period, the one before and the one after of up to five
former years (of whole years, those years alone), plus and minus two standard deviations.
Source: D. F. Stroup, G. D. Williamson, J. L. Herndon, J. M. Karon, "Detection of aberrations in
the occurrence of notifiable diseases surveillance data", Statistics in Medicine 8 (1989), 323-329.

`recent_baseline`: the mean of the seven periods before, plus and minus three standard deviations,
as C1 of the Early Aberration Reporting System. Source: L. Hutwagner, W. Thompson, G. M. Seeman,
T. Treadwell, "The bioterrorism preparedness and response Early Aberration Reporting System
(EARS)", Journal of Urban Health 80 (2003), i89-i96.

A standard deviation is that of a sample. It is never taken below the square root of the mean where
records are counted, since counts of rare things vary at least so much (Poisson). What lies before
the first record that the reader sees is no past, and what is less than zero is zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Annotated, Literal

from pydantic import Field

Method = Literal["historical_limits", "recent_baseline"]

YEARS = 5
FEWEST_YEARS = 2
RECENT_PERIODS = 7


@dataclass(frozen=True, slots=True)
class ExpectedRange:
    """Which figure the past leads one to expect."""

    low: float
    high: float
    method: Annotated[
        Method,
        Field(description="historical_limits (Stroup 1989), or recent_baseline (EARS C1, 2003)"),
    ]


def expected_range(
    series: Mapping[int, float], number: int, first: int, periods_of_year: int, counts: bool
) -> ExpectedRange | None:
    """Return the range for a period; None where the past is too short to expect anything.

    `series`: figures by the period's number, periods without any left out; `first`: the number of
    the first period that has a past; `counts`: whether the figures count records.
    """
    former_years = [
        number - year * periods_of_year
        for year in range(1, YEARS + 1)
        if number - year * periods_of_year - 1 >= first
    ]
    if len(former_years) >= FEWEST_YEARS:
        steps = (-1, 0, 1) if periods_of_year > 1 else (0,)
        values = [series.get(same + step, 0.0) for same in former_years for step in steps]
        return _around(values, 2, counts, "historical_limits")
    if number - RECENT_PERIODS >= first:
        values = [series.get(number - step, 0.0) for step in range(1, RECENT_PERIODS + 1)]
        return _around(values, 3, counts, "recent_baseline")
    return None


def _around(values: Sequence[float], width: float, counts: bool, method: Method) -> ExpectedRange:
    mean, deviation = fmean(values), stdev(values)
    if counts:
        deviation = max(deviation, sqrt(mean))
    low, high = max(0.0, mean - width * deviation), mean + width * deviation
    return ExpectedRange(round(low, 3), round(high, 3), method)
