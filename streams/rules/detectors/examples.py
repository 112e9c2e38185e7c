"""Read the examples of a rule's file as occurrences, and say whether the rule meets them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from schemas.model import DAY_MS
from schemas.words import load_table
from streams.rules.detectors.detector_rule import MICRO, RuleExample
from streams.rules.detectors.file_model import ExampleRecord, ExampleTable
from streams.rules.detectors.occurrence import RecordedThing, RuleOccurrence, Transfer

MEASURES = frozenset({"usd", "kg", "l", "m2", "pieces"})
PARTIES = ("from", "to", "from_owner", "to_owner", "from_country", "to_country")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"min": 60_000, "h": 3_600_000, "d": DAY_MS}
_Written = str | float | int | list[str]


class ExampleError(ValueError):
    """An example cannot be read. `key`: which one, and which part of it."""

    def __init__(self, key: str, detail: str) -> None:
        """Say what is wrong with it."""
        super().__init__(detail)
        self.key = key


def read_examples(tables: Sequence[ExampleTable]) -> tuple[RuleExample, ...]:
    """Read the examples of a file. Raises ExampleError.

    There must be one that the rule finds, and one that it does not.
    """
    examples = read_expectations(tables)
    if not any(example.least > 0 for example in examples):
        raise ExampleError("examples", "need one that the rule finds")
    if not any(example.most == 0 for example in examples):
        raise ExampleError("examples", "need one in which the rule finds nothing")
    return examples


def read_expectations(tables: Sequence[ExampleTable]) -> tuple[RuleExample, ...]:
    """Read examples of which nothing more is asked. Raises ExampleError."""
    return tuple(_example(place, table) for place, table in enumerate(tables))


def _example(place: int, table: ExampleTable) -> RuleExample:
    key = f"examples.{place}"
    bounds = (table.exactly, table.at_least, table.at_most)
    if all(bound is None for bound in bounds):
        raise ExampleError(key, "needs exactly, at_least or at_most")
    if table.exactly is not None and bounds[1:] != (None, None):
        raise ExampleError(key, "has exactly, and so needs no other bound")
    least = table.exactly if table.exactly is not None else table.at_least or 0
    most = table.exactly if table.exactly is not None else table.at_most
    occurrences = [
        occurrence
        for number, record in enumerate(table.records)
        for occurrence in _occurrences(f"{key}.records.{number}", number, record)
    ]
    return RuleExample(table.name, occurrences, least, most)


def _occurrences(key: str, place: int, record: ExampleRecord) -> Iterator[RuleOccurrence]:
    step = milliseconds_of(record.every)
    start = (record.at - _EPOCH) // timedelta(milliseconds=1)
    for turn in range(record.repeat):
        written = {
            name: _numbered(value, record.number + turn)
            for name, value in record.__pydantic_extra__.items()
        }
        yield RuleOccurrence(
            event=str(UUID(int=(place + 1) << 32 | turn)),
            type=record.type,
            country=record.country,
            authority=str(written.get("authority", "example")),
            recorded_at=start + turn * step,
            at=start + turn * step,
            fields=_fields(record, written),
            amounts={name: _amount(key, name, written[name]) for name in MEASURES & set(written)},
            things=tuple(_things(record, written)),
            transfer=_transfer(written),
        )


def milliseconds_of(duration: str) -> int:
    """Return how long a text such as 15min, 12h or 30d says, in ms."""
    number = duration.rstrip("mindh")
    return int(number) * _UNITS[duration[len(number) :]]


def _numbered(value: _Written, number: int) -> _Written:
    if isinstance(value, str):
        return value.replace("{n}", str(number))
    if isinstance(value, list):
        return [text.replace("{n}", str(number)) for text in value]
    return value


def _fields(record: ExampleRecord, written: Mapping[str, _Written]) -> dict[str, str]:
    kinds = load_table("kinds")
    fields = {
        name: "|".join(value) if isinstance(value, list) else str(value)
        for name, value in written.items()
        if name not in kinds and name not in MEASURES and name not in ("from", "to")
    }
    accounts = {f"{side}_account": str(written[side]) for side in ("from", "to") if side in written}
    return {**fields, **accounts, "country": record.country}


def _amount(key: str, name: str, value: _Written) -> int:
    if isinstance(value, str | list):
        raise ExampleError(f"{key}.{name}", "must be a number")
    return int(Decimal(str(value)) * MICRO)


def _things(record: ExampleRecord, written: Mapping[str, _Written]) -> Iterator[RecordedThing]:
    kinds = load_table("kinds")
    for name, value in written.items():
        if name in kinds:
            for text in value if isinstance(value, list) else [str(value)]:
                yield RecordedThing(name, text, name not in record.doubtful)


def _transfer(written: Mapping[str, _Written]) -> Transfer | None:
    source, target, source_owner, target_owner, *countries = (
        str(written.get(name, "")) for name in PARTIES
    )
    if not source or not target:
        return None
    known = frozenset(filter(None, countries))
    return Transfer(source, target, source_owner, target_owner, known)
