"""streams.lifecycles.deadlines: kept, late, missed, running and lifted, by the log's times."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.views import to_datetime
from schemas.deadlines import Minutes
from schemas.model import COUNTRIES
from schemas.time_zones import zone_of
from streams.lifecycles.deadlines import Clock, end_of_day
from streams.lifecycles.fold import fold
from streams.lifecycles.library import LIFECYCLES
from streams.lifecycles.model import MINUTE_MS, Act, Course, DeadlineStatus, Party, Payload

ASSISTANCE = LIFECYCLES["assistance"]
PERU, COLOMBIA = Party("PE", "MPFN"), Party("CO", "FGN")
BEGIN = round(datetime(2018, 5, 21, 12, tzinfo=UTC).timestamp() * 1000)
HOUR, DAY = 60 * MINUTE_MS, 1_440 * MINUTE_MS


def request(is_urgent: bool = False, word: str = "SENT", **payload: object) -> Act:
    return Act(
        "r", "assistance_request", PERU, BEGIN, word, None, ("CO/FGN",), is_urgent, payload=payload
    )


def response(word: str, after: int, author: Party = COLOMBIA, **payload: object) -> Act:
    content: Payload = {"reason": "FORM", **payload}
    return Act(
        f"{word}{after}", "assistance_response", author, BEGIN + after, word, payload=content
    )


def outcomes(course: Course) -> dict[str, tuple[str, int]]:
    return {dl.name: (dl.status.value, dl.due - BEGIN) for dl in course.deadlines}


def test_a_request_is_to_be_acknowledged_in_7_days_and_answered_in_90() -> None:
    course = fold(ASSISTANCE, request(), [], Clock(BEGIN + 8 * DAY))
    assert outcomes(course) == {
        "acknowledge": ("missed", 7 * DAY),
        "answer": ("running", 90 * DAY),
    }


def test_an_urgent_request_is_kept_by_saying_whether_it_will_be_answered() -> None:
    silent = response("RECEIVED", 1 * HOUR)
    unsure = response("ACKNOWLEDGED", 2 * HOUR, will_answer="UNKNOWN")
    says = response("IN_EXECUTION", 9 * HOUR, will_answer="YES", expected_by="2018-05-23")
    at = Clock(BEGIN + 9 * HOUR)
    assert outcomes(fold(ASSISTANCE, request(True), [silent, unsure], at))["say"] == (
        "missed",
        8 * HOUR,
    )
    late = outcomes(fold(ASSISTANCE, request(True), [silent, unsure, says], at))
    assert late["say"] == ("late", 8 * HOUR)
    assert late["promise"] == ("running", 2 * DAY + 17 * HOUR), "the day ends in Bogotá"


@given(st.dates(), st.sampled_from(["BO", "CO", "EC", "PE", "ES", "XX"]))
def test_the_end_of_any_day_is_a_moment_that_every_page_can_show(day: date, country: str) -> None:
    """E1: `9999-12-31`, which some systems write for "never", has no next day."""
    end = end_of_day(day.isoformat(), country)
    assert end is not None
    for member in COUNTRIES:
        assert to_datetime(end).astimezone(zone_of(member)).year in (day.year, day.year + 1)


def test_a_request_without_an_end_is_answered_in_time() -> None:
    course = fold(ASSISTANCE, request(deadline="9999-12-31"), [], Clock(BEGIN))
    assert course.deadlines[-1].status is DeadlineStatus.RUNNING
    promise = response("IN_EXECUTION", HOUR, will_answer="YES", expected_by="9999-12-31")
    course = fold(ASSISTANCE, request(), [promise], Clock(BEGIN + DAY))
    assert outcomes(course)["promise"][0] == "running"


def test_the_day_that_the_requesting_authority_names_is_the_deadline_of_the_answer() -> None:
    course = fold(ASSISTANCE, request(deadline="2018-05-31"), [], Clock(BEGIN))
    assert outcomes(course)["answer"] == ("running", 10 * DAY + 17 * HOUR)


def test_a_late_answer_stays_late_and_a_later_one_does_not_mend_it() -> None:
    acts = [response("ANSWERED", 91 * DAY), response("REFUSED", 92 * DAY)]
    course = fold(ASSISTANCE, request(), acts, Clock(BEGIN + 93 * DAY))
    assert outcomes(course)["answer"] == ("late", 90 * DAY)


def test_who_withdraws_a_request_lifts_what_was_not_due_yet() -> None:
    course = fold(
        ASSISTANCE, request(), [response("WITHDRAWN", 8 * DAY, PERU)], Clock(BEGIN + 99 * DAY)
    )
    assert outcomes(course) == {
        "acknowledge": ("missed", 7 * DAY),
        "answer": ("lifted", 90 * DAY),
    }


def test_a_draft_has_no_deadline_and_nobody_can_answer_it() -> None:
    course = fold(ASSISTANCE, request(word="DRAFT"), [], Clock(BEGIN))
    assert (course.state, course.deadlines) == ("DRAFT", [])
    assert [step.word for step in course.next_steps] == ["WITHDRAWN"]


def test_config_can_change_the_minutes_of_a_deadline() -> None:
    clock = Clock(BEGIN, {"assistance.acknowledge": Minutes(None, 60)})
    assert outcomes(fold(ASSISTANCE, request(), [], clock))["acknowledge"] == ("running", HOUR)
