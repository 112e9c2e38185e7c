"""Say what is found around some records, and which records were looked at for it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

View = TypeVar("View")


class LookedAt(NamedTuple, Generic[View]):
    """What is found in the groups that some records are in.

    `events`: ids of the records of these groups; `is_complete`: whether all were looked at.
    """

    findings: list[View]
    events: frozenset[str]
    is_complete: bool = True
