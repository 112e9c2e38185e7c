"""streams.lifecycles.deadlines: kept, late, missed, running and lifted, by the log's times."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.deadlines import Minutes
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.fold import fold
from streams.lifecycles.library import LIFECYCLES
from streams.lifecycles.model import MINUTE_MS, Act, Course, Party, Payload

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
