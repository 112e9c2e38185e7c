"""Dates that leave nothing to ask about are refused, not answered with nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.dates import DAY_MS, DatesRefusedError, check_former, check_past, check_span
from infra.clock import now_ms

MOMENTS = st.none() | st.integers(-(10**12), 10**13)


@given(MOMENTS, MOMENTS)
def test_a_span_begins_before_it_ends(since: int | None, until: int | None) -> None:
    if since is None or until is None or since < until:
        check_span(since, until)
    else:
        with pytest.raises(DatesRefusedError, match="is not after the begin") as caught:
            check_span(since, until)
        assert caught.value.field == "until"


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_moment_compared_with_is_not_later_than_that_of_the_question(
    changed_since: int, as_of: int
) -> None:
    if changed_since <= as_of:
        check_former(changed_since, as_of)
    else:
        with pytest.raises(DatesRefusedError, match="not before the moment"):
            check_former(changed_since, as_of)


def test_now_is_the_moment_of_a_question_without_one() -> None:
    check_former(now_ms(), None)
    check_former(None, None)
    with pytest.raises(DatesRefusedError):
        check_former(now_ms() + DAY_MS, None)


def test_a_moment_of_the_log_may_be_today_and_no_later() -> None:
    """2029 for 2019 would be answered as of now."""
    assert check_past(None) is None
    assert check_past(0) == 0
    today = now_ms() // DAY_MS * DAY_MS + DAY_MS - 1
    assert check_past(today) == today
    with pytest.raises(DatesRefusedError, match="in the future") as caught:
        check_past(today + DAY_MS * 2, "recorded_since")
    assert caught.value.field == "recorded_since"
