"""A list is read to its end by its cursor, each page as an answer of its own, none held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from consumers.query.cursors import Cursor
from consumers.query.paging import Page, PageRange
from consumers.serving.question import current_question
from consumers.serving.question_queue import QueueFullError
from consumers.serving.whole_list import PAGE, read_whole_list

BUSY = QueueFullError(1)


class ListPool:
    """A pool over a list of numbers; a page is told to the ledger when its block ends."""

    def __init__(self, length: int, busy_at: frozenset[int] = frozenset()) -> None:
        self.length, self.busy_at = length, busy_at
        self.places: list[PageRange] = []
        self.questions: set[int] = set()
        self.disclosed = 0

    @contextmanager
    def queries(self, _channel: str) -> Iterator[ListPool]:
        self.questions.add(id(current_question()))
        yield self
        self.disclosed = len(self.places)

    def page(self, place: PageRange) -> Page[int]:
        if len(self.places) in self.busy_at:
            self.busy_at -= {len(self.places)}
            raise BUSY
        self.places.append(place)
        start = 0 if place.after is None else int(place.after.id)
        end = min(start + place.limit, self.length)
        return Page(list(range(start, end)), Cursor(0, str(end)) if end < self.length else None)


def read(pool: Any, most: int | None = None) -> Iterator[int]:
    return read_whole_list(
        pool, "cli", lambda _queries, place: pool.page(place), PageRange(1), most
    )


@pytest.mark.parametrize("length", [0, 1, PAGE, PAGE + 1, 3 * PAGE - 1])
def test_every_item_comes_once_and_in_order(length: int) -> None:
    assert list(read(ListPool(length))) == list(range(length))


@pytest.mark.parametrize("most", [1, PAGE - 1, PAGE, PAGE + 7])
def test_no_more_is_asked_for_than_is_wanted(most: int) -> None:
    pool = ListPool(5 * PAGE)
    assert list(read(pool, most)) == list(range(most))
    assert sum(place.limit for place in pool.places) == most


def test_a_page_is_told_before_its_items_go_out_and_the_next_one_waits() -> None:
    pool = ListPool(3 * PAGE)
    items = read(pool)
    assert pool.disclosed == 1
    for _number in range(PAGE):
        next(items)
    assert len(pool.places) == 1
    next(items)
    assert pool.disclosed == len(pool.places) == 2


def test_a_later_page_waits_while_others_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consumers.serving.whole_list.PAUSE_S", 0)
    assert list(read(ListPool(3 * PAGE, frozenset({1, 2})))) == list(range(3 * PAGE))


def test_the_first_page_says_at_once_that_it_is_busy() -> None:
    with pytest.raises(QueueFullError):
        read(ListPool(3, frozenset({0})))
