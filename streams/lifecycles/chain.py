"""Bring steps into their order: each after the one that it follows, else as the log has them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from streams.lifecycles.model import Act


def in_order(opening: Act, acts: Iterable[Act]) -> tuple[list[Act], list[Act]]:
    """Return the steps in their order, and those whose chain has no beginning.

    The order is a function of the set: copies of an act count once. A step that follows what is
    not there begins a chain of its own.
    """
    distinct = {(act.id, act.word): act for act in sorted(acts, key=_place, reverse=True)}
    ids = {act.id for act in distinct.values()} - {opening.id}
    waiting: dict[str, list[Act]] = {}
    ready: list[tuple[int, str, str, Act]] = []
    for act in distinct.values():
        if act.follows in ids and act.id != opening.id:
            waiting.setdefault(str(act.follows), []).append(act)
        else:
            heapq.heappush(ready, (*_place(act), act))
    ordered: list[Act] = []
    while ready:
        act = heapq.heappop(ready)[-1]
        ordered.append(act)
        for later in waiting.pop(act.id, ()):
            heapq.heappush(ready, (*_place(later), later))
    circular = [act for acts_of_one in waiting.values() for act in acts_of_one]
    return ordered, sorted(circular, key=_place)


def _place(act: Act) -> tuple[int, str, str]:
    return act.at, act.id, act.word
