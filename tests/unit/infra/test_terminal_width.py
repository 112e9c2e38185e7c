"""Errors fit into the terminal, and a command in them can be copied."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from infra.terminal import make_console, wrap_lines

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


@given(st.integers(8, 40))
def test_a_figure_stays_on_one_line_of_the_terminal(width: int) -> None:
    file = io.StringIO()
    console = make_console(file=file, width=width)
    console.print("hace ya 3\xa0083 días, con 52\xa0061 más")
    lines = [line.split(" ") for line in file.getvalue().splitlines()]
    words = [word for line in lines for word in line if word]
    assert {"3\xa0083", "52\xa0061"} <= set(words)
    assert all(sum(map(len, line)) + len(line) - 1 <= width + 1 for line in lines)
