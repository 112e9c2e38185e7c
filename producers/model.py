"""The values of a country node."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from schemas.i18n import UserMessage, _, as_record
from schemas.model import EventId, Version

Row = Mapping[str, Any]
"""A source's row: column -> text, or what JSON gave."""


SHEET_STEP = 1_000_000_000
"""Where several sheets are read, row r of sheet n (from 0) has the number n * SHEET_STEP + r."""


def describe_line(line: int) -> UserMessage:
    """Say in words where a row stands: a line of the file, a row of a sheet, or the whole file."""
    if line >= SHEET_STEP:
        return _("sheet {sheet}, row {row}", sheet=line // SHEET_STEP + 1, row=line % SHEET_STEP)
    return _("line {line}", line=line) if line else _("file")


def short_line(line: int) -> str:
    """Give a line's number; with that of the sheet in front, if it is of a later one: `2:15`."""
    return f"{line // SHEET_STEP + 1}:{line % SHEET_STEP}" if line >= SHEET_STEP else str(line)


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
class Notice:
    """What the node states about a file that it reads: what is left out, or in doubt.

    `code` is one of STABLE_CODES. `line` 0 means the file. `detail` holds nothing personal.
    """

    line: int
    code: str
    column: str = ""
    detail: UserMessage | str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the notice for programs."""
        return {
            "line": self.line,
            "code": self.code,
            "column": self.column,
            "detail": as_record(self.detail),
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
