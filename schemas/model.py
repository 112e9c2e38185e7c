"""Define the values that cross boundaries.

A closed set is a Literal, not a StrEnum: the values come from Avro as `str`, and turning each into
a member would cost a call a value in the worker and in the sink.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, NewType

EventId = NewType("EventId", bytes)  # 16 bytes
Version = NewType("Version", bytes)  # 16 bytes
ThingKey = NewType("ThingKey", bytes)  # 16 bytes
IndicatorId = NewType("IndicatorId", bytes)  # 16 bytes
EpochMs = NewType("EpochMs", int)  # milliseconds since 1970 UTC
Offset = NewType("Offset", int)  # of a message in its partition
PartitionNumber = NewType("PartitionNumber", int)  # of a topic

Verdict = Literal["accepted", "duplicate", "pending", "rejected"]
ObservationOp = Literal["add", "withdraw", "erase"]
Certainty = Literal["certain", "possible"]
Grade = Literal["certain", "possible", "hub"]
Use = Literal["reading", "file", "court", "hit"]
"""What becomes of an answer: it is read here, it is passed on as a file, or used in court."""

COUNTRIES = ("BO", "CO", "EC", "PE")
LANES = ("routine", "urgent")
DAY_MS = 86_400_000


NEWEST_FORM = 4
"""Of generations: what they derive, and how their topics are named. docs/adr/0057 lists them."""


class LegacyGeneration(int):
    """Number a generation that has the form of a former release.

    It equals the plain number. `form`: 0 names topics generation first; 1 has one topic of receipts
    and one of hits for a country, and less evidence of things that many records name; 2 has no
    links between persons; 3 has none between objects and ways of acting, spreads what an event is
    compared by over the partitions, and keeps erased rows in its topics.
    """

    form: int

    def __new__(cls, number: int, form: int = 0) -> "LegacyGeneration":
        """Make the number of a generation of this form."""
        generation = super().__new__(cls, number)
        generation.form = form
        return generation


THING_PARTITIONS = 4
"""Of a generation's observations and evidence, unless its entry in config says another number."""
MOST_THING_PARTITIONS = 64


class WideGeneration(int):
    """Number a generation of the newest form with another number of partitions of things.

    It equals the plain number.
    """

    thing_partitions: int

    def __new__(cls, number: int, thing_partitions: int = THING_PARTITIONS) -> "WideGeneration":
        """Make the number of a generation with so many partitions of things."""
        generation = super().__new__(cls, number)
        generation.thing_partitions = thing_partitions
        return generation


def sized_generation(number: int, thing_partitions: int) -> int:
    """Return a generation of the newest form with so many partitions of things."""
    if thing_partitions == THING_PARTITIONS:
        return int(number)
    return WideGeneration(number, thing_partitions)


def thing_partitions_of(generation: int) -> int:
    """Return in how many partitions a generation's things are: a plain number has the usual."""
    if isinstance(generation, WideGeneration):
        return generation.thing_partitions
    return THING_PARTITIONS


def form_of(generation: int) -> int:
    """Return the form of a generation: a plain number has the newest."""
    return generation.form if isinstance(generation, LegacyGeneration) else NEWEST_FORM


class Cord(NamedTuple):
    """Name one chain of a node's bundles."""

    node: str
    lane: str
    epoch: int

    def __str__(self) -> str:
        """Write it as node/lane/epoch, as in tables and messages."""
        return f"{self.node}/{self.lane}/{self.epoch}"


class Position(NamedTuple):
    """Name a position in the log: a total order, the same after any rebuild."""

    appended_at: EpochMs
    topic: str
    partition: PartitionNumber
    offset: Offset
    item: int


@dataclass(frozen=True, slots=True)
class Message:
    """Hold a message of Kafka; `appended_at` in ms since 1970 UTC (LogAppendTime)."""

    topic: str
    partition: PartitionNumber
    offset: Offset
    appended_at: EpochMs
    key: bytes | None
    value: bytes


@dataclass(frozen=True, slots=True)
class Output:
    """Hold a message to be written to Kafka."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes


@dataclass(frozen=True, slots=True)
class Label:
    """Hold what an item carries for need-to-know (schemas.release.rules)."""

    country: str
    authority: str
    recipients: tuple[str, ...]
    tlp: str
    handling: tuple[str, ...]
    condition: str | None
    purpose: str
    exercise: str | None


class ReaderCondition(NamedTuple):
    """Hold what an owner asks of a reader first (handling code H3): its country and its text."""

    country: str
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Describe who asks. `country` is a member's or a partner's code; `purpose` is this query's.

    `accepted_conditions` comes from the log, never from the request: from the disclosure ledger
    and from acknowledgements of the reader's authority. `use`: what becomes of the answer; `hit` is
    of hit look-ups alone, whose answers have no content.
    """

    person: str
    country: str
    authority: str | None = None
    roles: frozenset[str] = frozenset({"analyst"})
    clearance: str = "GREEN"
    groups: frozenset[str] = frozenset()
    purpose: str | None = None
    exercise: str | None = None
    accepted_conditions: frozenset[ReaderCondition] = field(default_factory=frozenset)
    use: Use = "reading"
