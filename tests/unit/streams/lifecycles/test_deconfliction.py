"""Laws of streams.lifecycles.deconfliction: who meets whom, and what made-up plans cannot learn."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from streams.lifecycles.deconfliction import (
    DAY_MS,
    LIVE,
    MARGIN_KM,
    MOST_BLOCKS,
    MOST_VERSIONS,
    CoarsePlan,
    OperationPlan,
    PlanStanding,
    check_plan,
    coarsen,
)
from streams.lifecycles.library import OPERATION
from streams.lifecycles.model import Party

PERU, ECUADOR, COLOMBIA = Party("PE", "PNP"), Party("EC", "POLICIA"), Party("CO", "PONAL")
BEGIN = datetime(2026, 11, 30, tzinfo=UTC)
NOW = round(BEGIN.timestamp() * 1000)
THREE: list[dict[str, object]] = [{"subdivision": code} for code in ("PE-PUN", "PE-TAC", "PE-LIM")]
NOBODY: dict[Party, list[int]] = {}


def area(latitude: float, longitude: float, radius: float = 5.0) -> dict[str, object]:
    return {"latitude": latitude, "longitude": longitude, "radius_km": radius}


def plan(
    id_: str, owner: Party, *areas: dict[str, object], hours: tuple[float, float] = (1, 9)
) -> OperationPlan:
    starts, ends = ((BEGIN + timedelta(hours=hour)).isoformat() for hour in hours)
    payload = {"title": id_, "starts": starts, "ends": ends, "areas": list(areas)}
    return OperationPlan(id_, owner, None, "PLANNED", NOW, payload)


degrees = st.floats(-2, 2, allow_nan=False)
Area = dict[str, object]
places: st.SearchStrategy[Area] = st.one_of(
    st.builds(area, degrees, degrees, st.floats(0, 60)),
    st.sampled_from(
        [{"crossing": "rumichaca"}, {"subdivision": "EC-C"}, {"subdivision": "CO-NAR"}]
    ),
)
spans = st.tuples(st.floats(0, 60), st.floats(0.1, 30)).map(lambda t: (t[0], t[0] + t[1]))


@st.composite
def plans(draw: st.DrawFn, id_: str = "p", owner: Party | None = None) -> OperationPlan:
    author = owner or draw(st.sampled_from([PERU, ECUADOR, COLOMBIA]))
    made_of = draw(st.lists(places, min_size=0, max_size=2))
    base = plan(id_, author, *made_of, hours=draw(spans))
    state = draw(st.sampled_from(["PLANNED", "CONFIRMED", "POSTPONED", "CANCELLED"]))
    return replace(base, state=state, exercise=draw(st.sampled_from([None, None, "condor"])))


@given(st.data())
def test_any_order_and_doubling_of_plans_gives_the_same_result(data: st.DataObject) -> None:
    own = data.draw(plans("own", PERU))
    others = [data.draw(plans(f"o{number}")) for number in range(data.draw(st.integers(0, 4)))]
    copies = data.draw(st.lists(st.sampled_from(others), max_size=3)) if others else []
    shuffled = data.draw(st.permutations([*others, *copies]))
    assert check_plan(own, shuffled, NOBODY, NOW) == check_plan(own, others, NOBODY, NOW)


@given(plans("a", PERU), plans("b", ECUADOR))
def test_both_sides_are_told_or_neither(own: OperationPlan, other: OperationPlan) -> None:
    here = check_plan(own, [other], NOBODY, NOW)
    reverse = check_plan(other, [own], NOBODY, NOW)
    is_conflict = here.standing is PlanStanding.CONFLICT
    assert is_conflict == (reverse.standing is PlanStanding.CONFLICT)
    if is_conflict:
        assert own.exercise == other.exercise
        assert {own.state, other.state} <= LIVE


@given(st.data())
def test_made_up_plans_cannot_tell_two_plans_of_one_coarse_form_apart(data: st.DataObject) -> None:
    """However many plans somebody makes, the answers are a function of cells and blocks."""
    latitude, longitude = data.draw(degrees), data.draw(degrees)
    hidden = plan("hidden", ECUADOR, area(latitude, longitude, 3), hours=(2, 7))
    move = st.floats(-0.05, 0.05)
    moved = area(
        latitude + data.draw(move), longitude + data.draw(move), data.draw(st.floats(0, 4))
    )
    twin = plan("hidden", ECUADOR, moved, hours=(1, data.draw(st.floats(6.1, 11.9))))
    coarse = coarsen(hidden.payload, "EC")
    assume(coarse == coarsen(twin.payload, "EC"))
    for number in range(6):
        probe = data.draw(plans(f"probe{number}", PERU))
        answers = {check_plan(probe, [item], NOBODY, NOW).standing for item in (hidden, twin)}
        assert len(answers) == 1


@given(st.data())
def test_plans_that_overlap_on_the_ground_are_never_missed(data: st.DataObject) -> None:
    first = area(data.draw(degrees), data.draw(degrees), data.draw(st.floats(0, 30)))
    second = area(data.draw(degrees), data.draw(degrees), data.draw(st.floats(0, 30)))
    own = plan("a", PERU, first, hours=data.draw(spans))
    other = plan("b", ECUADOR, second, hours=data.draw(spans))
    starts, ends = (
        [str(item.payload[name]) for item in (own, other)] for name in ("starts", "ends")
    )
    assume(max(starts) < min(ends))
    assume(all(isinstance(coarsen(p.payload, "PE"), CoarsePlan) for p in (own, other)))
    if distance_km(first, second) <= float(str(first["radius_km"])) + float(
        str(second["radius_km"])
    ):
        assert check_plan(own, [other], NOBODY, NOW).standing is PlanStanding.CONFLICT


def distance_km(own: dict[str, object], other: dict[str, object]) -> float:
    """The great-circle distance of two centres."""
    a, b, c, d = (
        math.radians(float(str(place[name])))
        for place in (own, other)
        for name in ("latitude", "longitude")
    )
    angle = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(angle))


def test_one_place_conflicts_by_crossing_subdivision_or_distance() -> None:
    rumichaca: Area = {"crossing": "rumichaca"}
    near, far = area(0.8, -77.6), area(-3.4, -80.2)
    narino: Area = {"subdivision": "CO-NAR"}
    pairs: list[tuple[Area, Area]] = [
        (near, area(0.85, -77.62)),
        (near, far),
        (rumichaca, rumichaca),
        (rumichaca, {"crossing": "huaquillas"}),
        (narino, narino),
        (narino, {**near, **narino}),
        ({**near, **narino}, {**far, **narino}),
    ]
    met = [
        check_plan(plan("a", PERU, own), [plan("b", ECUADOR, other)], NOBODY, NOW).standing
        for own, other in pairs
    ]
    yes, no = PlanStanding.CONFLICT, PlanStanding.CLEAR
    assert met == [yes, no, yes, no, yes, yes, no]


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        (plan("a", PERU), PlanStanding.NO_PLACE),
        (plan("a", PERU, area(0, 0), hours=(9, 1)), PlanStanding.NO_TIME),
        (plan("a", PERU, area(0, 0, 200)), PlanStanding.TOO_WIDE),
        (plan("a", PERU, area(0, 0), hours=(0, MOST_BLOCKS * 6 + 1)), PlanStanding.TOO_WIDE),
        (
            plan("a", PERU, *THREE),
            "TOO_WIDE",
        ),
        (plan("a", PERU, area(0, 0), hours=(-30, -20)), PlanStanding.NOT_LIVE),
        (replace(plan("a", PERU, area(0, 0)), state="CANCELLED"), PlanStanding.NOT_LIVE),
    ],
)
def test_what_is_not_compared_says_why_and_tells_nobody(
    changed: OperationPlan, standing: str
) -> None:
    other = plan("b", ECUADOR, area(0, 0))
    assert check_plan(changed, [other], NOBODY, NOW) == (standing, ())
    assert check_plan(other, [changed], NOBODY, NOW).standing is PlanStanding.CLEAR


def test_who_publishes_many_plans_is_not_compared_until_a_day_is_over() -> None:
    other, probe = plan("b", ECUADOR, area(0, 0)), plan("a", PERU, area(0, 0))
    for count, age, standing in (
        (MOST_VERSIONS, 0, PlanStanding.CONFLICT),
        (MOST_VERSIONS + 1, 0, PlanStanding.OVER_LIMIT),
        (MOST_VERSIONS + 1, DAY_MS, PlanStanding.CONFLICT),
    ):
        versions = {PERU: [NOW - age] * count, COLOMBIA: [NOW] * 99}
        assert check_plan(probe, [other], versions, NOW).standing is standing
        reverse = check_plan(other, [probe], versions, NOW).standing
        assert (reverse is PlanStanding.CONFLICT) == (standing is PlanStanding.CONFLICT)


def test_states_that_are_compared_are_states_of_an_operation() -> None:
    assert set(OPERATION.states) > LIVE
    assert LIVE.isdisjoint(OPERATION.ends)
    assert MARGIN_KM > 0
