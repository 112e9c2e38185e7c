"""Say how many items of each authority were refused, to whom may know it. Pure.

A refused item has no released label, so need to know cannot be read from it. The sender hears of it
by a receipt: its own authority sees the number, the mechanism's auditor sees all, and an auditor of
a country those of its country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from consumers.query.figures.quality import QualityRow
from consumers.query.figures.question import FactFilter
from schemas.model import Reader
from schemas.release.rules import AUDITOR, MECHANISM, sees_content

Owner = tuple[str, str]
"""Country and authority."""


def tells_refused(filter_: FactFilter) -> bool:
    """Say whether refused items can be counted: only their owner is known, not their content."""
    of_owner = FactFilter(country=filter_.country, authority=filter_.authority)
    return filter_ == of_owner


def count_refused(
    by_node: Iterable[tuple[str, int]], owners: Mapping[str, Owner]
) -> dict[Owner, int]:
    """Add the refused items of an authority's nodes. A node that config does not know has none."""
    counts: Counter[Owner] = Counter()
    for node, number in by_node:
        if node in owners:
            counts[owners[node]] += number
    return dict(counts)


def with_refused(
    rows: Sequence[QualityRow], refused: Mapping[Owner, int], filter_: FactFilter, reader: Reader
) -> list[QualityRow]:
    """Add the number of refused items to the rows of the authorities that this reader may know.

    An authority of which only refused items are known gets a row of its own.
    """
    present = {row.group: row for row in rows}
    for owner in refused:
        if _is_asked(owner, filter_) and may_know(owner, reader):
            present.setdefault(owner, QualityRow(*owner, 0, 0, 0, 0, 0, 0, 0, None, None))
    return [
        replace(row, refused=refused.get(owner, 0)) if may_know(owner, reader) else row
        for owner, row in sorted(present.items())
    ]


def may_know(owner: Owner, reader: Reader) -> bool:
    """Say whether a reader may know how many items of an authority were refused."""
    country, authority = owner
    if reader.exercise is not None or not reader.person:
        return False
    if AUDITOR in reader.roles:
        return reader.country in (MECHANISM, country)
    own = reader.country == country and reader.authority == authority
    return own and sees_content(reader)


def _is_asked(owner: Owner, filter_: FactFilter) -> bool:
    return filter_.country in ("", owner[0]) and filter_.authority in ("", owner[1])
