"""A cursor holds a place in a list, and nothing else is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.cursors import (
    MAX_CURSOR,
    Cursor,
    CursorRefusedError,
    read_cursor,
    write_cursor,
)

PLACES = st.builds(
    Cursor, st.integers(0, 10**14 - 1), st.uuids().map(str) | st.integers(0, 10**18).map(str)
)


@given(PLACES)
def test_a_cursor_is_read_as_it_was_written(place: Cursor) -> None:
    text = write_cursor(place)
    assert read_cursor(text) == place
    assert len(text) <= MAX_CURSOR
    assert text.replace("-", "").replace("_", "").isalnum()


@given(st.text(min_size=1))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    try:
        place = read_cursor(text)
    except CursorRefusedError:
        return
    assert place is not None
    assert write_cursor(place) == text.rstrip("=")


@pytest.mark.parametrize("text", ["", None])
def test_an_empty_text_is_the_start(text: str | None) -> None:
    assert read_cursor(text or "") is None
