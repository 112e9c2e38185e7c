"""Read the examples of rules whose findings are computed for a reader: bursts and identities. Pure.

What evaluates them is where such findings are computed, in consumers.query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.codes import code_lists
from streams.rules.errors import RuleError
from streams.rules.file_model import RuleFileTable, Text
from streams.rules.pair_examples import check_grades

Outcome = Literal["certain", "possible", "none"]
"""The grade of what a rule finds in an example, or that it finds nothing."""
PlaceDimension = Literal["subdivision", "crossing"]
MOST_WEEKS = 700
NAMES = ("given_names", "first_surname")
"""Fields by which a person is found in a payload."""
PERSON_FIELDS = frozenset(
    {
        *NAMES,
        *("second_surname", "married_surname", "name", "alias", "role", "sex"),
        *("birth_date", "birth_precision", "birth_place", "nationality", "document"),
    }
)
DOCUMENT_FIELDS = frozenset({"country", "type", "number"})
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class BurstExampleTable(RuleFileTable):
    """The records that one authority has at a place, week by week."""

    name: Text
    finds: Outcome
    type: Text | None = Field(None, description="type of event; else the rule's first")
    place: Text = Field(description="code of a department or a border crossing")
    week: date = Field(description="a day of the last week")
    records: list[Count] = Field(
        min_length=1, max_length=60, description="of the weeks looked at, the oldest first"
    )
    past: list[Count] = Field(
        min_length=1, max_length=MOST_WEEKS, description="of weeks before, repeated to fill `weeks`"
    )
    weeks: int = Field(ge=1, le=MOST_WEEKS, description="how many weeks there were before")


class BurstExample(NamedTuple):
    """Weekly counts at a place, and what the rule must find.

    `counts`: the oldest first, the last is of `week`; `looked_at`: in how many of the last weeks.
    """

    name: str
    finds: Outcome
    type: str
    dimension: PlaceDimension
    place: str
    week: date
    counts: tuple[int, ...]
    looked_at: int


class ExamplePerson(BaseModel):
    """A person as a record of an example writes it, by the names of fields of schemas/events."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, Text | dict[str, Text]]


class IdentityRecordTable(RuleFileTable):
    """A record of one person."""

    type: Text
    country: Text
    person: ExamplePerson
    at: AwareDatetime | None = Field(None, description="when it occurred; unknown without it")
    category: Text | None = Field(None, description="of a notice")
    valid_from: Text | None = None
    valid_until: Text | None = None


class IdentityExampleTable(RuleFileTable):
    """Records of persons, and what the rule must find on them."""

    name: Text
    finds: Outcome
    records: list[IdentityRecordTable] = Field(min_length=2, max_length=20)


class IdentityRecord(NamedTuple):
    """A record of an example. `payload`: its content, as a record of its type has it."""

    type: str
    country: str
    at: datetime | None
    payload: Mapping[str, object]


class IdentityExample(NamedTuple):
    """Records of persons, and what the rule must find on them."""

    name: str
    finds: Outcome
    records: tuple[IdentityRecord, ...]


def read_burst_examples(
    rule: str,
    types: Sequence[str],
    places: Sequence[PlaceDimension],
    tables: Sequence[BurstExampleTable],
) -> tuple[BurstExample, ...]:
    """Read the examples of a rule of bursts; none are none. Raises RuleError."""
    check_grades(rule, [table.finds for table in tables])
    examples = []
    for number, table in enumerate(tables):
        dimension = _dimension(table.place)
        if dimension is None or dimension not in places:
            detail = f"must be the code of a {' or '.join(places)}"
            raise RuleError(rule, f"examples.{number}.place", detail)
        type_ = table.type or types[0]
        if type_ not in types:
            raise RuleError(rule, f"examples.{number}.type", f"must be one of {', '.join(types)}")
        repeated = (table.past[place % len(table.past)] for place in range(-table.weeks, 0))
        example = BurstExample(
            *(table.name, table.finds, type_, dimension, table.place, table.week),
            counts=(*repeated, *table.records),
            looked_at=len(table.records),
        )
        examples.append(example)
    return tuple(examples)


def _dimension(place: str) -> PlaceDimension | None:
    lists = code_lists()
    if place in lists["crossing"].codes:
        return "crossing"
    return "subdivision" if place in lists["subdivision"].codes else None


def read_identity_examples(
    rule: str, tables: Sequence[IdentityExampleTable]
) -> tuple[IdentityExample, ...]:
    """Read the examples of a rule over identities; none are none. Raises RuleError."""
    check_grades(rule, [table.finds for table in tables])
    return tuple(
        IdentityExample(
            table.name,
            table.finds,
            tuple(
                _record(rule, f"examples.{number}.records.{place}.person", record)
                for place, record in enumerate(table.records)
            ),
        )
        for number, table in enumerate(tables)
    )


def _record(rule: str, key: str, table: IdentityRecordTable) -> IdentityRecord:
    """Read a record. `key`: of its person in the file."""
    person = table.person.__pydantic_extra__
    _check_fields(rule, key, person, PERSON_FIELDS)
    for name, value in person.items():
        if isinstance(value, str) == (name == "document"):
            kind = "table" if name == "document" else "text"
            raise RuleError(rule, f"{key}.{name}", f"must be a {kind}")
        if not isinstance(value, str):
            _check_fields(rule, f"{key}.{name}", value, DOCUMENT_FIELDS)
    payload = {
        "category": table.category,
        "valid_from": table.valid_from,
        "valid_until": table.valid_until,
        "person": {**dict.fromkeys(NAMES), **person},
    }
    return IdentityRecord(table.type, table.country, table.at, payload)


def _check_fields(
    rule: str, key: str, written: Mapping[str, object], fields: frozenset[str]
) -> None:
    """Accept these names of fields. Raises RuleError."""
    for name in written:
        if name not in fields:
            raise RuleError(rule, f"{key}.{name}", f"is none of {', '.join(sorted(fields))}")
