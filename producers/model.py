"""The values of a country node."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from schemas.i18n import UserMessage, as_record
from schemas.model import EventId, Version

Row = Mapping[str, Any]
"""A source's row: column -> text, or what JSON gave."""


class SourceRow(NamedTuple):
    """A row of a file and the number of the line it begins on (from 1)."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an item, or a file (line 0), was not taken.

    `detail` holds nothing personal; `offending_value` is what stood there: shown at once, never
    stored.
    """

    line: int
    code: str
    field: str = ""
    column: str = ""
    detail: UserMessage | str = ""
    offending_value: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the reason for programs; the key `seen` quotes the source."""
        return {
            "line": self.line,
            "code": self.code,
            "field": self.field,
            "column": self.column,
            "detail": as_record(self.detail),
            "seen": self.offending_value,
        }


@dataclass(frozen=True, slots=True)
class MappedRow:
    """What a mapping makes of a row: payload, envelope and source reference.

    The envelope is as far as the mapping knows it. Without a reference the content identifies the
    row.
    """

    line: int
    payload: dict[str, Any]
    envelope: dict[str, Any]
    reference: str | None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A local time as the source has it: [start, end) in ms since 1970 UTC.

    `precision` says how fine it is.
    """

    start: int
    end: int
    precision: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event ready to be sealed. `observations`: the most things that it may name."""

    line: int
    id: EventId
    version: Version
    envelope: dict[str, Any]
    schema: bytes
    payload: bytes = field(repr=False)
    observations: int = 0

    @property
    def supersedes(self) -> Version | None:
        """Give the version that this one replaces, if any."""
        return self.envelope["supersedes"]  # type: ignore[no-any-return]
