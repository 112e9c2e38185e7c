"""Read a list to its end, page by page, for a file of any length.

Each page is an answer of its own: it waits for its turn, it is written to the disclosure ledger
before its items go out, and nothing of it is held once the next one begins.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from consumers.query.paging import Page, PageRange
from consumers.query.query_layer import QueryLayer
from consumers.serving.query_pool import QueryPool
from consumers.serving.question import ANSWER_WITHIN_S, Question, asking, current_question
from consumers.serving.question_queue import QueueFullError, TooManyQuestionsError

Item = TypeVar("Item")
AskPage = Callable[[QueryLayer, PageRange], Page[Item]]
PAGE = 500
"""Items of a page."""
PATIENCE_S = 60.0
"""How long a page that is not the first waits while others are answered."""
PAUSE_S = 0.5


def read_whole_list(
    pool: QueryPool,
    channel: str,
    ask: AskPage[Item],
    begin: PageRange,
    most: int | None = None,
    within_s: float = ANSWER_WITHIN_S,
) -> Iterator[Item]:
    """Return the items of a list from a place on; the first page is read at once.

    `begin`: where the list begins; `most`: how many items at most, None: all; `within_s`: how long
    a page may take. Raises what the query layer raises, later pages too: then the file ends before
    its time, and whoever reads it sees that.
    """
    asker = current_question().asker

    def page_of(place: PageRange) -> Page[Item]:
        with asking(Question(asker, within_s)), pool.queries(channel) as queries:
            return ask(queries, place)

    first = page_of(_next_part(begin, most))
    return _items(page_of, first, most)


def _items(
    page_of: Callable[[PageRange], Page[Item]], page: Page[Item], most: int | None
) -> Iterator[Item]:
    left = most
    while True:
        yield from page.items
        left = None if left is None else left - len(page.items)
        if page.next is None or left == 0:
            return
        page = _patiently(page_of, _next_part(PageRange(PAGE, after=page.next), left))


def _next_part(place: PageRange, left: int | None) -> PageRange:
    return place._replace(limit=PAGE if left is None else min(PAGE, left))


def _patiently(page_of: Callable[[PageRange], Page[Item]], place: PageRange) -> Page[Item]:
    """Return a page once there is a place for it; whoever waits for a short answer goes first."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(QueueFullError, TooManyQuestionsError):
            return page_of(place)
        time.sleep(PAUSE_S)
    return page_of(place)
