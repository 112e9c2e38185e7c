"""The values of a country node."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from schemas.model import EventId, Version

Row = Mapping[str, Any]
"""A source's row: column -> text, or what JSON gave."""


class Line(NamedTuple):
    """A row of a file and the number of the line it begins on (from 1)."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an item, or a file (line 0), was not taken.

    `detail`, `español | English`, has nothing personal; `seen` is what stood there: shown at once,
    never stored.
    """

    line: int
    code: str
    field: str = ""
    column: str = ""
    detail: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping made of a row: payload, envelope as far as the mapping knows it, source
    reference (None: the content is it).
    """

    line: int
    payload: dict[str, Any]
    envelope: dict[str, Any]
    reference: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Local time as the source had it: [start, end) in ms since 1970 UTC, as fine as `precision`."""

    start: int
    end: int
    precision: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event ready to be sealed."""

    line: int
    id: EventId
    version: Version
    envelope: dict[str, Any]
    schema: bytes
    payload: bytes = field(repr=False)

    @property
    def supersedes(self) -> Version | None:
        return self.envelope["supersedes"]  # type: ignore[no-any-return]
