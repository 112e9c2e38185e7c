"""Errors fit into the terminal, and a command in them can be copied."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from infra.terminal import wrap_lines

WORDS = st.lists(st.sampled_from(["una", "palabra", "`quipu rule add FILE`", "ñandú,", "-"]))


@given(WORDS, st.integers(30, 100))
def test_lines_are_as_wide_as_the_terminal_and_commands_stay_whole(
    words: list[str], width: int
) -> None:
    text = " ".join(words)
    wrapped = wrap_lines(text, width)
    assert wrapped.split() == text.split()
    assert all(len(line) <= width for line in wrapped.split("\n"))
    assert wrapped.count("`quipu rule add FILE`") == words.count("`quipu rule add FILE`")


def test_a_word_that_is_too_long_is_not_broken_and_lines_stay_apart() -> None:
    cursor = "x" * 90
    assert wrap_lines(f"más:\n\n  --after {cursor}", 80) == f"más:\n\n  --after\n{cursor}"
