"""Read the examples of a rule of pairs: records of one thing, and what it must find. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from schemas.model import Certainty
from schemas.observation import TRAIT_SEPARATOR
from streams.rules.errors import RuleError
from streams.rules.file_model import ExampleGrade, PairExampleTable, PairRecord

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ExampleMember(NamedTuple):
    """A record of an example, as a rule sees it. `occurred`: ms since 1970 UTC."""

    type: str
    country: str
    certainty: Certainty
    occurred: int | None
    traits: Mapping[str, str]


class PairExample(NamedTuple):
    """Members of one thing of a kind, and what the rule must find on it."""

    name: str
    kind: str
    members: Sequence[ExampleMember]
    finds: ExampleGrade


def read_pair_examples(
    rule: str, kinds: Sequence[str], tables: Sequence[PairExampleTable]
) -> tuple[PairExample, ...]:
    """Read the examples of a rule; none are none. Raises RuleError."""
    check_grades(rule, [table.finds for table in tables])
    return tuple(_example(rule, kinds, place, table) for place, table in enumerate(tables))


def check_grades(rule: str, grades: Sequence[str]) -> None:
    """Accept what the examples of a rule find. Raises RuleError.

    Where there are any, there must be one that the rule finds and one in which it finds nothing.
    """
    if grades and "none" not in grades:
        raise RuleError(rule, "examples", "need one in which the rule finds nothing")
    if grades and not {"certain", "possible"} & set(grades):
        raise RuleError(rule, "examples", "need one that the rule finds")


def _example(rule: str, kinds: Sequence[str], place: int, table: PairExampleTable) -> PairExample:
    kind = table.kind or kinds[0]
    if kind not in kinds:
        raise RuleError(rule, f"examples.{place}.kind", f"must be one of {', '.join(kinds)}")
    members = [member for record in table.records for member in _members(record)]
    return PairExample(table.name, kind, members, table.finds)


def _members(record: PairRecord) -> Iterator[ExampleMember]:
    occurred = None if record.at is None else (record.at - _EPOCH) // timedelta(milliseconds=1)
    traits = {
        name: value if isinstance(value, str) else TRAIT_SEPARATOR.join(value)
        for name, value in record.__pydantic_extra__.items()
    }
    member = ExampleMember(record.type, record.country, record.certainty, occurred, traits)
    return (member for _ in range(record.repeat))
