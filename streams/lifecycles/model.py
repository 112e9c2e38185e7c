"""Define lifecycles as data, and the acts that are folded by them. Times are ms since 1970 UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

MINUTE_MS = 60_000
Payload = Mapping[str, object]


class StepRole(StrEnum):
    """Name who takes a step: who opened the course, who is addressed, or either of them."""

    OPENER = "opener"
    ADDRESSED = "addressed"
    EITHER = "either"


class StepRefusal(StrEnum):
    """Name why a step counts for nothing."""

    NOT_ADDRESSED = "NOT_ADDRESSED"
    NOT_YOURS = "NOT_YOURS"
    UNKNOWN_STEP = "UNKNOWN_STEP"
    IMPOSSIBLE = "IMPOSSIBLE"
    INCOMPLETE = "INCOMPLETE"
    CIRCULAR = "CIRCULAR"
    OTHER_WORLD = "OTHER_WORLD"


class DeadlineStatus(StrEnum):
    """Name what became of a deadline. LIFTED: the course ended before it was due."""

    RUNNING = "running"
    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    LIFTED = "lifted"


class Party(NamedTuple):
    """Name an authority; without an authority every one of the country."""

    country: str
    authority: str = ""

    def __str__(self) -> str:
        """Write it as CO/FGN, or CO."""
        return f"{self.country}/{self.authority}" if self.authority else self.country


@dataclass(frozen=True, slots=True)
class Act:
    """Hold an event of a course, as far as it is released to a reader.

    `at`: when the log first took what it states now; `word`: the state or act that it states;
    `follows`: the id of the step before; `recipients`: ALL, a country, country/authority, @group.
    """

    id: str
    type: str
    author: Party
    at: int
    word: str
    follows: str | None = None
    recipients: tuple[str, ...] = ()
    is_urgent: bool = False
    exercise: str | None = None
    payload: Payload = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepRule:
    """Say which step may be taken by whom after which states.

    `to`: the state that it leads to, empty where the state stays; `needs`: fields that the payload
    must have.
    """

    word: str
    types: tuple[str, ...]
    by: StepRole
    after: frozenset[str]
    to: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Say until when what must have been done.

    `urgent`, `normal`: minutes from the opening, None for no such deadline; `kept_by`: words of
    steps that keep it; `kept_if`: a field whose values keep it too; `own`: the field of the opening
    that says another moment; `promised`: the field of a step that says it; `moved`: the field by
    which the opener sets another day later.
    """

    name: str
    urgent: int | None
    normal: int | None
    kept_by: frozenset[str]
    kept_if: tuple[str, frozenset[str]] | None = None
    own: str = ""
    promised: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Describe a kind of course.

    `begins`: the state that each word of the opening leads to; `draft`: the state in which nothing
    is sent yet; `states`: in the order of progress; `ends`: states after which nothing is awaited;
    `lists`: the code lists that name states and words; `parties`: the field that names the
    addressed; `seat`: the field that names the seat by which its author may open it. Where there is
    one, each authority that is named answers for itself, the opener's own too.
    """

    name: str
    opening: str
    word_fields: Mapping[str, str]
    begins: Mapping[str, str]
    states: tuple[str, ...]
    ends: frozenset[str]
    steps: tuple[StepRule, ...]
    deadlines: tuple[DeadlineRule, ...]
    lists: tuple[str, ...]
    parties: str = ""
    draft: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class CourseStep:
    """Hold one step as it was judged: what it led to, or why it counts for nothing.

    `role`: None for an author who has no part; `parties`: for whom it counts; `detail`: the state,
    or the field, of a refusal.
    """

    act: Act
    role: StepRole | None
    parties: tuple[Party, ...]
    state: str
    refusal: StepRefusal | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Hold a deadline of one party. `at`: when it was kept, or lifted; None while it is neither."""

    name: str
    party: Party
    due: int
    status: DeadlineStatus
    at: int | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """Hold a step that may be taken now, and by whom."""

    word: str
    type: str
    role: StepRole
    party: Party
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """Hold where one addressed party stands."""

    party: Party
    state: str
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """Hold an opening with all that followed, at a moment.

    `state`: the least advanced of its tracks; `steps`: in their order, refused ones too.
    """

    lifecycle: str
    opening: Act
    state: str
    tracks: Sequence[Track]
    steps: Sequence[CourseStep]
    next_steps: Sequence[NextStep]
    is_open: bool

    @property
    def deadlines(self) -> list[Deadline]:
        """Return the deadlines of all parties, the first due first."""
        every = [deadline for track in self.tracks for deadline in track.deadlines]
        return sorted(every, key=lambda deadline: (deadline.due, deadline.name, deadline.party))
