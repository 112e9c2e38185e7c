"""Compare the bursts of a moment with those of a former one: new, grown, smaller, ended. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consumers.query.bursts.burst import Burst


def beside_former_bursts(
    now: Sequence[Burst], then: Sequence[Burst]
) -> tuple[list[Burst], list[Burst]]:
    """Return the bursts of now with their former counts, and the former ones that ended.

    A burst is the same one where a week of its series is in both.
    """
    compared = [
        replace(burst, former_count=sum(past.count for past in then if is_same(past, burst)))
        for burst in now
    ]
    ended = [
        replace(past, former_count=past.count)
        for past in then
        if not any(is_same(past, burst) for burst in now)
    ]
    return compared, ended


def is_same(past: Burst, other: Burst) -> bool:
    """Say whether two bursts are one, as known at different moments."""
    weeks = {week.begins for week in past.weeks}
    is_of_one_series = (past.rule, past.key) == (other.rule, other.key)
    return is_of_one_series and any(week.begins in weeks for week in other.weeks)
