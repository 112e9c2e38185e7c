"""Count what the disclosure ledger shows its reader, by who saw it and by month. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consumers.query.disclosures import Disclosure, DisclosureFilter
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from schemas.model import Reader

MOST_LINES = 2_000
"""Lines of the ledger that are counted: an owner's lines are explained one by one."""
PART = 500


@dataclass(frozen=True, slots=True)
class ReaderMonth:
    """How often somebody was shown records in a month, UTC. `month`: such as 2018-07."""

    person: str
    country: str
    authority: str
    month: str
    lines: int
    records: int


@dataclass(frozen=True, slots=True)
class DisclosureCounts:
    """The counts, newest month first. `is_complete`: whether the whole ledger was counted."""

    rows: list[ReaderMonth]
    lines: int
    is_complete: bool


def count_disclosures(
    queries: QueryLayer, reader: Reader, filter_: DisclosureFilter
) -> DisclosureCounts:
    """Count the newest lines of the ledger that this reader may see."""
    pages = list(_pages(queries, reader, filter_))
    every = [line for lines, _is_last in pages for line in lines]
    return DisclosureCounts(to_months(every), len(every), pages[-1][1])


def to_months(lines: Iterable[Disclosure]) -> list[ReaderMonth]:
    """Count lines and shown records by reader and month."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    records: Counter[tuple[str, str, str, str]] = Counter()
    for line in lines:
        month = f"{line.recorded_at:%Y-%m}"
        key = month, line.country, line.authority or "", line.person
        counts[key] += 1
        records[key] += len(line.events)
    ordered = sorted(counts, key=lambda key: (key[1:], -_number(key[0])))
    ordered.sort(key=lambda key: -_number(key[0]))
    return [
        ReaderMonth(person, country, authority, month, counts[key], records[key])
        for key in ordered
        for month, country, authority, person in [key]
    ]


def _number(month: str) -> int:
    year, _sign, number = month.partition("-")
    return int(year) * 12 + int(number)


def _pages(
    queries: QueryLayer, reader: Reader, filter_: DisclosureFilter
) -> Iterator[tuple[list[Disclosure], bool]]:
    """Yield the parts of the list, and whether each is the last one there is."""
    page = PageRange(PART)
    for _part in range(MOST_LINES // PART):
        part = queries.disclosures.page(reader, filter_, page)
        yield part.items, part.next is None
        if part.next is None:
            return
        page = page._replace(after=part.next)
