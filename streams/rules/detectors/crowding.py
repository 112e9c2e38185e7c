"""Say why a rule says nothing of a group, or not all: how many share it, and since when. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class CrowdReason(StrEnum):
    """Why something is left out.

    `hub`: more records share it than the rule counts; `publisher`: one publisher's part of it is
    too large, and the others count; `fleet`: it meets too many others; `size`: what hangs together
    has too many records.
    """

    HUB = "hub"
    PUBLISHER = "publisher"
    FLEET = "fleet"
    SIZE = "size"


class PublisherPart(NamedTuple):
    """How many records of a group an authority owns."""

    country: str
    authority: str
    records: int


class GroupCrowding(NamedTuple):
    """What is left out of a group.

    `records`: how many share it (accounts or vehicles, where those are counted); `limit`: how many
    may; `since`: when the log had more, ms since 1970 UTC; `set_aside`: whose records do not count.
    """

    reason: CrowdReason
    records: int
    limit: int
    since: int
    set_aside: Sequence[PublisherPart] = ()


def first_times(recorded: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return when each name was recorded first. Times: ms since 1970 UTC."""
    times: dict[str, int] = {}
    for name, moment in recorded:
        times[name] = min(moment, times.get(name, moment))
    return times


def crowding_of(times: Mapping[str, int], limit: int, reason: CrowdReason) -> GroupCrowding | None:
    """Say that more share a group than may; None where they do not.

    `times`: when each of them was recorded, ms since 1970 UTC.
    """
    if len(times) <= limit:
        return None
    return GroupCrowding(reason, len(times), limit, sorted(times.values())[limit])
