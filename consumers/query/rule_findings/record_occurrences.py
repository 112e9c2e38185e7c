"""Read released records as rules over many records see them. Pure.

Things are read by the observers of intake, and amounts by the marks of the schema, as the sink
reads them. Money is in dollars at the rate of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from consumers.query.views import EventView, to_epoch_ms
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import EventType, event_type
from schemas.measures.fact_line import FactLine
from schemas.measures.payload_facts import GetFacts, facts_of
from schemas.measures.rates import RateTable
from schemas.normalise import OBSERVERS
from streams.matching import person_records
from streams.matching.record import BirthDate
from streams.rules.detectors.detector_rule import MICRO
from streams.rules.detectors.occurrence import RecordedThing, RuleOccurrence, Transfer

Payload = Mapping[str, Any]
COARSE = frozenset({"year", "month", "unknown"})
"""Precisions of a date with which nobody knows the day."""
MEASURES = {"money": "usd", "mass": "kg", "volume": "l", "area": "m2", "pieces": "pieces"}
MOST_PARTS = 200
"""Transactions or items of a record that are looked at."""


class _Part(NamedTuple):
    """A record, or one entry of the list that is measured in it.

    `payload`: with this entry alone; `entry`: the entry; empty for the record itself.
    """

    number: int
    payload: dict[str, Any]
    element: str
    entry: Payload


def occurrences_of(events: Iterable[EventView], rates: RateTable) -> Iterator[RuleOccurrence]:
    """Yield what rules see of current versions, in the order of each record."""
    for event in events:
        if event.payload is not None:
            for part in _parts(event.type, event.payload):
                yield _occurrence(event, part, rates)


def _parts(type_: str, payload: dict[str, Any]) -> Iterator[_Part]:
    """Yield the entries of the lists that are measured; the record itself where there is none."""
    lists = {
        line.element: payload[line.element]
        for line in _lines(type_, payload)
        if isinstance(payload.get(line.element), list)
    }
    number = 0
    bare = {**payload, **{name: [] for name in lists}}
    for name, entries in lists.items():
        for entry in entries[:MOST_PARTS]:
            yield _Part(number, {**bare, name: [entry]}, name, entry)
            number += 1
    if not lists:
        yield _Part(0, payload, "", {})


def _occurrence(event: EventView, part: _Part, rates: RateTable) -> RuleOccurrence:
    transfer = _transfer(part.entry)
    at = _moment(event, part.entry)
    lines = _lines(event.type, part.payload)
    return RuleOccurrence(
        event=event.id,
        type=event.type,
        country=event.country,
        authority=event.authority,
        recorded_at=to_epoch_ms(event.recorded_at),
        at=at,
        index=part.number,
        fields=_fields(event, part, lines, transfer),
        amounts=_amounts(part, lines, rates, _day(event, at)),
        things=_things(event.type, part.payload),
        transfer=transfer,
        exercise=event.exercise or "",
    )


@cache
def _known_type(name: str) -> EventType | None:
    """Return a type of the release; None for one that config alone has."""
    try:
        return event_type(name)
    except ConfigRefusedError:
        return None


@cache
def _facts(name: str) -> GetFacts | None:
    kind = _known_type(name)
    return None if kind is None else facts_of(kind.format)


def _lines(type_: str, payload: dict[str, Any]) -> Sequence[FactLine]:
    facts = _facts(type_)
    return () if facts is None else facts(payload)


def _fields(
    event: EventView, part: _Part, lines: Sequence[FactLine], transfer: Transfer | None
) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        if line.element in ("", part.element):
            fields |= line.dimensions
    persons = person_records(event.type, part.payload)
    if len(persons) == 1:
        names = (*persons[0].record.given, *persons[0].record.surnames)
        fields["person"] = " ".join(sorted(names)).lower()
        fields["born"] = _born(persons[0].record.birth)
    if transfer is not None:
        fields |= {"from_account": transfer.source, "to_account": transfer.target}
    return {
        **fields,
        "country": event.country,
        "authority": event.authority,
        "subdivision": event.subdivision or "",
        "crime": event.crime,
    }


def _born(birth: BirthDate | None) -> str:
    """Return a birth date whose day is known, ISO 8601; empty else."""
    if birth is None or not (birth.month and birth.day):
        return ""
    return f"{birth.year:04}-{birth.month:02}-{birth.day:02}"


def _amounts(part: _Part, lines: Sequence[FactLine], rates: RateTable, day: date) -> dict[str, int]:
    """Return the amounts of a part by measure; money without a rate for its day is none."""
    amounts: dict[str, int] = {}
    for line in lines:
        is_own = not part.element or line.element == part.element
        if not is_own or line.measure not in MEASURES:
            continue
        amount: Decimal | None = line.amount
        if line.measure == "money":
            amount = rates.to_dollars(line.amount, line.currency, day)
        if amount is not None:
            name = MEASURES[line.measure]
            amounts[name] = amounts.get(name, 0) + int(amount * MICRO)
    return amounts


def _things(type_: str, payload: dict[str, Any]) -> tuple[RecordedThing, ...]:
    kind = _known_type(type_)
    observations = [] if kind is None else kind.observe(payload)
    return tuple(
        RecordedThing(
            observation.kind,
            _value(observation.issuer, observation.value),
            observation.certainty == "certain",
            observation.traits,
        )
        for observation in observations
    )


def _value(issuer: str, value: str) -> str:
    return f"{issuer} {value}" if issuer else value


def _transfer(entry: Payload) -> Transfer | None:
    """Return where an entry's money goes, where both accounts are known."""
    source, target = (entry.get(name) or {} for name in ("from", "to"))
    if not (isinstance(source, Mapping) and isinstance(target, Mapping)):
        return None
    accounts = [_first("account", side.get("account")) for side in (source, target)]
    if not all(accounts):
        return None
    countries = {_country(side) for side in (source, target)}
    parties = (*accounts, _owner(source), _owner(target))
    return Transfer(parties[0], parties[1], parties[2], parties[3], frozenset(countries) - {""})


def _owner(side: Payload) -> str:
    """Return the document of who owns an account, a person's or a company's; empty if unknown."""
    person = side.get("person") or {}
    own = _first("document", person.get("document"))
    return own or _first("document", side.get("entity_document"))


def _country(side: Payload) -> str:
    account = side.get("account") or {}
    return side.get("country") or account.get("country") or ""


def _first(kind: str, record: Payload | None) -> str:
    """Return the thing that a record is, the surest reading; empty where it is none."""
    observations = OBSERVERS[kind](record) if record else []
    named = [observation for observation in observations if observation.kind == kind]
    if not named:
        return ""
    best = min(named, key=lambda item: (item.certainty != "certain", item.issuer, item.value))
    return _value(best.issuer, best.value)


def _moment(event: EventView, entry: Payload) -> int | None:
    """Return when it happened, as the entry says or else the record; None where no day is known."""
    written = entry.get("date")
    if isinstance(written, str):
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            moment = None
        if moment is not None:
            return to_epoch_ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    if event.occurred_from is None or event.occurred_precision in COARSE:
        return None
    return to_epoch_ms(event.occurred_from)


def _day(event: EventView, at: int | None) -> date:
    if at is not None:
        return datetime.fromtimestamp(at / 1000, UTC).date()
    return (event.occurred_from or event.reported_at).date()
