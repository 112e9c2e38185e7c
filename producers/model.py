"""The values of a country node."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from schemas.i18n import UserMessage, _, as_record
from schemas.model import EventId, Version

Row = Mapping[str, Any]
"""A source's row: column -> text, or what JSON gave."""
Reason = UserMessage | str
"""Why something does not answer: a sentence, or a word that is the same in both languages."""


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


REPEATED_CODES = frozenset(
    {"ALREADY_TAKEN", "ALREADY_RETRACTED", "CAPITALS_ONLY", "NEVER_SENT", "OLDER_VERSION"}
)
"""Codes of rows with which there is nothing to do: they are no fault."""


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


class ChangeKind(StrEnum):
    """What a row of a national export says of its record.

    `NEW`: nothing, or that it is new. `LIFTING`: the record was right and holds no more.
    """

    NEW = "new"
    CORRECTION = "correction"
    ANNULMENT = "annulment"
    LIFTING = "lifting"

    @property
    def withdraws(self) -> bool:
        """Tell whether the record is to be retracted."""
        return self in (ChangeKind.ANNULMENT, ChangeKind.LIFTING)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row changes of a record that the node may have sent.

    `reason` is the code of a correction's or a retraction's reason; None: the row gives none, so a
    record with other content is a conflict. `note` is sealed with a retraction. `number` orders the
    versions of a record.
    """

    kind: ChangeKind
    reason: str | None = None
    note: str | None = None
    number: int | None = None


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
    row. `change` is None where the mapping does not read versions. `doubts`: what of the row is
    left out, because it is not certain.
    """

    line: int
    payload: dict[str, Any]
    envelope: dict[str, Any]
    reference: str | None
    change: RowChange | None = None
    doubts: tuple[Notice, ...] = ()


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
    """An event ready to be sealed.

    `observations`: the most things that it may name. `change`: what its row says of it. `likeness`:
    of an item without a reference, what stays the same if only capitals change. `sealed_reference`:
    its source reference, sealed for the node's outbox. `sealed_marks`: what its content says about
    its retention, sealed likewise. `target`: the event that it retracts, erases or extends, and
    `why`. `record`: the payload before it was encoded.
    """

    line: int
    id: EventId
    version: Version
    envelope: dict[str, Any]
    schema: bytes
    payload: bytes = field(repr=False)
    observations: int = 0
    change: RowChange | None = None
    likeness: bytes | None = None
    sealed_reference: bytes | None = field(default=None, repr=False)
    sealed_marks: bytes | None = field(default=None, repr=False)
    target: EventId | None = None
    why: str | None = None
    record: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def supersedes(self) -> Version | None:
        """Give the version that this one replaces, if any."""
        return self.envelope["supersedes"]  # type: ignore[no-any-return]
