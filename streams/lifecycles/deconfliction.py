"""Say which plans of operations meet in space and time, as coarsely as the rule admits. Pure.

A plan is compared by its coarse form alone: cells of a fixed grid, crossings, subdivisions, and
blocks of six hours. So whoever asks with made-up plans learns at most the coarse form of another's
plan, however many they make. `docs/adr` says what else is bounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from schemas.time_zones import zone_of
from streams.lifecycles.model import MINUTE_MS, Party, Payload

CELL_DEGREES = 0.25
"""Side of a cell: about 28 km."""
MARGIN_KM = 10.0
"""How far around its circle a plan is compared."""
BLOCK_MS = 6 * 60 * MINUTE_MS
MOST_CELLS = 100
CELLS_OF_SUBDIVISION = 40
"""As how many cells a whole subdivision counts."""
MOST_BLOCKS = 14 * 4
MOST_VERSIONS = 24
"""Versions of plans of an authority that are compared in 24 hours."""
DAY_MS = 24 * 60 * MINUTE_MS
LIVE = frozenset({"PLANNED", "CONFIRMED", "UNDERWAY"})
_KM_OF_DEGREE = 111.0
_LEAST_COSINE = 0.1


class PlanStanding(StrEnum):
    """Name the result of a comparison. From NOT_LIVE on, the plan was not compared."""

    CLEAR = "CLEAR"
    CONFLICT = "CONFLICT"
    NOT_LIVE = "NOT_LIVE"
    NO_TIME = "NO_TIME"
    NO_PLACE = "NO_PLACE"
    TOO_WIDE = "TOO_WIDE"
    OVER_LIMIT = "OVER_LIMIT"


@dataclass(frozen=True, slots=True)
class OperationPlan:
    """Hold a plan as it stands. `at`: when the log took the version that says so, ms since 1970.

    `payload`: of the last step by its author that counts; `state`: of the course.
    """

    id: str
    owner: Party
    exercise: str | None
    state: str
    at: int
    payload: Payload


class CoarsePlan(NamedTuple):
    """Hold all by which a plan is compared: places, and the first and last block of time.

    `whole`: subdivisions that it covers; `within`: those that its circles name.
    """

    places: frozenset[str]
    whole: frozenset[str]
    within: frozenset[str]
    first: int
    last: int


class PlanCheck(NamedTuple):
    """Hold the result for one plan. `met`: the plans of others that it meets."""

    standing: PlanStanding
    met: tuple[OperationPlan, ...] = ()


def check_plan(
    plan: OperationPlan,
    others: Iterable[OperationPlan],
    versions: Mapping[Party, Sequence[int]],
    moment: int,
) -> PlanCheck:
    """Compare a plan with those of other authorities, whatever their order; copies count once.

    `versions`: when the log took each version of a plan, by author, ms since 1970 UTC; those of
    plans that were withdrawn, too.
    """
    own = _comparable(plan, versions, moment)
    if isinstance(own, PlanStanding):
        return PlanCheck(own)
    met = {
        other.id: other
        for other in others
        if other.owner != plan.owner
        and other.exercise == plan.exercise
        and _do_meet(own, _comparable(other, versions, moment))
    }
    standing = PlanStanding.CONFLICT if met else PlanStanding.CLEAR
    return PlanCheck(standing, tuple(met[id_] for id_ in sorted(met)))


def coarsen(payload: Payload, country: str) -> CoarsePlan | PlanStanding:
    """Return the coarse form of a plan, or why it has none. `country`: whose time has no zone."""
    starts, ends = (_moment(payload.get(name), country) for name in ("starts", "ends"))
    if starts is None or ends is None or ends <= starts:
        return PlanStanding.NO_TIME
    first, last = starts // BLOCK_MS, (ends - 1) // BLOCK_MS
    areas = payload.get("areas")
    places: set[str] = set()
    whole: set[str] = set()
    within: set[str] = set()
    for area in areas if isinstance(areas, list) else ():
        if not isinstance(area, Mapping):
            continue
        cells = _cells(area)
        if cells is None:
            return PlanStanding.TOO_WIDE
        named = {f"crossing:{code}" for code in _texts(area, "crossing")} | cells
        places |= named
        (within if named else whole).update(_texts(area, "subdivision"))
    if not places and not whole:
        return PlanStanding.NO_PLACE
    width = len(places) + CELLS_OF_SUBDIVISION * len(whole)
    if width > MOST_CELLS or last - first >= MOST_BLOCKS:
        return PlanStanding.TOO_WIDE
    return CoarsePlan(frozenset(places), frozenset(whole), frozenset(within), first, last)


def _comparable(
    plan: OperationPlan, versions: Mapping[Party, Sequence[int]], moment: int
) -> CoarsePlan | PlanStanding:
    coarse = coarsen(plan.payload, plan.owner.country)
    if plan.state not in LIVE:
        return PlanStanding.NOT_LIVE
    if isinstance(coarse, PlanStanding):
        return coarse
    if coarse.last < moment // BLOCK_MS:
        return PlanStanding.NOT_LIVE
    recent = sum(plan.at - DAY_MS < at <= plan.at for at in versions.get(plan.owner, ()))
    return PlanStanding.OVER_LIMIT if recent > MOST_VERSIONS else coarse


def _do_meet(own: CoarsePlan, other: CoarsePlan | PlanStanding) -> bool:
    if isinstance(other, PlanStanding) or own.first > other.last or other.first > own.last:
        return False
    return bool(
        own.places & other.places
        or own.whole & (other.whole | other.within)
        or other.whole & own.within
    )


def _cells(area: Payload) -> frozenset[str] | None:
    """Return the cells that a circle and its margin touch; None for one that is too wide."""
    latitude, longitude = area.get("latitude"), area.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return frozenset()
    radius = area.get("radius_km")
    reach = (radius if isinstance(radius, int | float) else 0.0) + MARGIN_KM
    high = reach / _KM_OF_DEGREE
    wide = high / max(_LEAST_COSINE, math.cos(math.radians(latitude)))
    rows = range(_cell(latitude - high), _cell(latitude + high) + 1)
    columns = range(_cell(longitude - wide), _cell(longitude + wide) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        return None
    return frozenset(f"cell:{row}:{column}" for row in rows for column in columns)


def _cell(degrees: float) -> int:
    return math.floor(degrees / CELL_DEGREES)


def _moment(text: object, country: str) -> int | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone_of(country) or UTC)
    return round(aware.timestamp() * 1000)


def _texts(area: Payload, name: str) -> Iterator[str]:
    value = area.get(name)
    if isinstance(value, str) and value:
        yield value
