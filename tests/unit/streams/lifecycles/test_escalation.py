"""streams.lifecycles.escalation and contact_points: whose turn it is at night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schemas.deadlines import NO_CHANGES, Minutes
from schemas.examples import example
from streams.lifecycles.contact_points import ContactPoint, Function, choose, read_contact_point
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.escalation import Watch, watch
from streams.lifecycles.fold import fold
from streams.lifecycles.library import LIFECYCLES
from streams.lifecycles.model import MINUTE_MS, Act, Party

ECUADOR, COLOMBIA = Party("EC", "POLICIA"), Party("CO", "PONAL")


def moment(text: str) -> int:
    return round(
        datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Bogota")).timestamp() * 1000
    )


NIGHT = moment("2018-05-21T03:00")
"""A Monday."""


def point(function: str, owner: Party = COLOMBIA, **changes: object) -> ContactPoint:
    payload = {**example("contact_point").payload, "function": function, "duty": [], **changes}
    return read_contact_point(
        Act(f"{owner}-{function}", "contact_point", owner, 0, "", payload=payload)
    )


BY_DAY = [{"weekdays": ["MON", "TUE", "WED", "THU", "FRI"], "from": "07:00", "until": "19:00"}]
ALWAYS = (point("REGULAR"), point("ALTERNATE"), point("DUTY_OFFICER", Party("PE", "GAN")))


def at(
    minute: int,
    *steps: Act,
    points: tuple[ContactPoint, ...] = ALWAYS,
    changes: Mapping[str, Minutes] = NO_CHANGES,
) -> Watch:
    alert = Act("a", "alert", ECUADOR, NIGHT, "ACTIVE", None, ("CO/PONAL",))
    now = NIGHT + minute * MINUTE_MS
    course = fold(LIFECYCLES["alert"], alert, steps, Clock(now, changes))
    return watch(course, COLOMBIA, points, now)


def act(word: str, minute: int, **payload: object) -> Act:
    return Act(
        f"{word}{minute}",
        "acknowledgement",
        COLOMBIA,
        NIGHT + minute * MINUTE_MS,
        word,
        payload=payload,
    )


@pytest.mark.parametrize(
    ("minute", "function"),
    [(0, "REGULAR"), (14, "REGULAR"), (15, "ALTERNATE"), (29, "ALTERNATE"), (30, "DUTY_OFFICER")],
)
def test_each_contact_has_a_quarter_of_an_hour(minute: int, function: str) -> None:
    current = at(minute).current
    assert current is not None
    assert current.function == function
    assert current.contact is not None
    assert current.contact.function == function


def test_an_answer_ends_the_watch_and_says_who_gave_it() -> None:
    answered = at(40, act("ACKNOWLEDGED", 20, function="ALTERNATE"))
    assert answered.current is None
    assert answered.answered_at == NIGHT + 20 * MINUTE_MS
    assert answered.answered_by == "ALTERNATE"
    assert [turn.function for turn in answered.turns] == ["REGULAR", "ALTERNATE"]


def test_who_passes_on_gives_the_turn_to_the_next_at_once() -> None:
    current = at(5, act("ESCALATED", 4)).current
    assert current is not None
    assert (current.function, current.since) == (Function.ALTERNATE, NIGHT + 4 * MINUTE_MS)
    last = at(5, act("ESCALATED", 4), act("DECLINED", 5)).current
    assert last is not None
    assert (last.function, last.since) == (Function.DUTY_OFFICER, NIGHT + 5 * MINUTE_MS)


def test_who_is_not_on_duty_is_passed_over() -> None:
    points = (point("REGULAR", duty=BY_DAY), *ALWAYS[1:])
    current = at(1, points=points).current
    assert current is not None
    assert current.function is Function.ALTERNATE


def test_a_function_nobody_has_announced_is_waited_for_without_a_name() -> None:
    current = at(1, points=()).current
    assert current is not None
    assert (current.function, current.contact) == (Function.REGULAR, None)


@pytest.mark.parametrize(
    ("text", "is_on_duty"),
    [
        ("2018-05-21T06:59", True),  # Monday, still the night of Sunday
        ("2018-05-21T07:00", True),
        ("2018-05-21T19:00", False),
        ("2018-05-19T18:59", False),  # Saturday
        ("2018-05-19T19:00", True),
        ("2018-07-20T12:00", False),  # a holiday on a Friday
        ("2018-07-20T20:00", True),
        ("2018-07-21T06:59", True),  # the night after the holiday
    ],
)
def test_duty_hours_know_nights_and_holidays(text: str, is_on_duty: bool) -> None:
    example_point = point("REGULAR", duty=example("contact_point").payload["duty"])
    assert example_point.is_on_duty(moment(text)) is is_on_duty


def test_hours_until_midnight_are_read() -> None:
    hours = [{"weekdays": ["MON"], "from": "18:00", "until": "24:00"}]
    evening = point("REGULAR", duty=hours)
    assert evening.is_on_duty(moment("2018-05-21T23:59"))
    assert not evening.is_on_duty(moment("2018-05-22T00:00"))


def test_hours_from_midnight_are_read() -> None:
    night = point("REGULAR", duty=[{"weekdays": ["MON"], "from": "24:00", "until": "06:00"}])
    assert night.is_on_duty(moment("2018-05-21T05:59"))
    assert not night.is_on_duty(moment("2018-05-21T06:00"))


@pytest.mark.parametrize("zone", [None, "Nowhere/Land"])
def test_hours_without_a_known_zone_are_those_of_the_country(zone: str | None) -> None:
    hours = [{"weekdays": ["MON"], "from": "08:00", "until": "18:00"}]
    office = point("REGULAR", duty=hours, time_zone=zone)
    assert office.is_on_duty(moment("2018-05-21T08:00"))
    assert not office.is_on_duty(moment("2018-05-21T18:00"))


def test_a_contact_point_holds_from_its_day_until_its_day() -> None:
    former = point("REGULAR", valid_from="2018-01-01", valid_until="2018-05-20")
    later = point("REGULAR", valid_from="2018-05-21")
    for text, chosen in (("2018-05-20T23:59", former), ("2018-05-21T00:00", later)):
        assert choose([former, later], Function.REGULAR, COLOMBIA, moment(text)) == chosen


def test_config_says_how_long_each_has_to_answer() -> None:
    changes = {"alert.acknowledge": Minutes(5, 5)}
    turns = [turn.function for turn in at(11, changes=changes).turns]
    assert turns == [Function.REGULAR, Function.ALTERNATE, Function.DUTY_OFFICER]
    assert len(at(11).turns) == 1
