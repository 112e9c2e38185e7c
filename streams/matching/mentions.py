"""Find the persons of a payload and read each into a record.

A record with the fields `given_names` and `first_surname` is a person, in whatever type of event it
stands: a type that config adds needs no entry here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from schemas.normalise import document, phone
from schemas.normalise.reading import Why
from streams.matching.names import (
    GIVEN_SOUNDS,
    LONGEST_NAME,
    Names,
    fold,
    part_surnames,
    part_whole_name,
    words_of,
)
from streams.matching.record import BirthDate, PersonDocument, PersonRecord

MOST_PERSONS = 200
"""Persons of one event that are compared; further ones are not."""
MOST_VALUES = 4
"""Documents, telephones, aliases and nationalities of one person that are compared."""
_PHONES_OF_PERSON: Mapping[str, str] = {"person_notice": "phones"}
"""Types whose telephones are those of their only person, and the field that has them."""
_DATE = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

Payload = Mapping[str, Any]


class NamedPerson(NamedTuple):
    """Say where in a payload a person stands, in which role, and what is written of them.

    `path`: such as `transactions[1].from.person`.
    """

    path: str
    role: str
    record: PersonRecord


def person_records(event_type: str, payload: Payload) -> Sequence[NamedPerson]:
    """List the persons of a payload in its order, without those of whom nothing is written."""
    phones = payload.get(_PHONES_OF_PERSON.get(event_type, "")) or ()
    mentions: list[NamedPerson] = []
    for path, person in _find_persons(payload, ""):
        record = read_person(person, phones)
        if not record.is_empty:
            mentions.append(NamedPerson(path, person.get("role") or "", record))
            if len(mentions) == MOST_PERSONS:
                break
    return mentions


def _find_persons(value: Any, path: str) -> Iterator[tuple[str, Payload]]:
    if value.__class__ is dict:
        if "first_surname" in value and "given_names" in value:
            yield path, value
            return
        before = f"{path}." if path else ""
        for name, inner in value.items():
            if inner.__class__ is dict or inner.__class__ is list:
                yield from _find_persons(inner, before + name)
    elif value.__class__ is list:
        for index, inner in enumerate(value):
            if inner.__class__ is dict:
                yield from _find_persons(inner, f"{path}[{index}]")


def read_person(person: Payload, phones: Sequence[Payload] = ()) -> PersonRecord:
    """Read a Person or SoughtPerson record; `phones`: Phone records of the person."""
    get = person.get
    sex = get("sex") or ""
    names, guessed = _names(person, sex)
    nationality = get("nationality")
    nationalities = get("nationalities") or ([nationality] if nationality else [])
    documents = get("documents") or ([get("document")] if get("document") else [])
    aliases = get("aliases") or ([get("alias")] if get("alias") else [])
    return PersonRecord(
        names.given,
        names.surnames,
        names.married,
        _unique(" ".join(words_of(alias)) for alias in aliases),
        guessed,
        read_birth(get("birth_date"), get("birth_precision")),
        sex if sex in {"F", "M"} else "",
        _unique(sorted(nationalities)),
        " ".join(words_of(get("birth_place") or "")),
        _unique(paper for written in documents for paper in _documents(written)),
        _unique(number for written in phones for number in _phones(written)),
    )


def _unique(values: Any) -> tuple[Any, ...]:
    return tuple([value for value in dict.fromkeys(values) if value][:MOST_VALUES])


def _names(person: Payload, sex: str) -> tuple[Names, bool]:
    given, first = person.get("given_names") or "", person.get("first_surname") or ""
    second, married = person.get("second_surname") or "", person.get("married_surname") or ""
    whole = person.get("name") or ""
    if given or first or second:
        names = part_surnames(first, second, married, sex)
        return names._replace(given=words_of(given)), False
    if whole:
        return part_whole_name(whole[:LONGEST_NAME], GIVEN_SOUNDS), "," not in whole
    return Names((), (), words_of(married)), False


def read_birth(written: str | None, precision: str | None = None) -> BirthDate | None:
    """Read an ISO 8601 date, no more exactly than `precision` says; None where it is none."""
    match = _DATE.match(written or "")
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    if year < 1880:
        return None
    if precision in {"year", "unknown"}:
        month = 0 if precision == "year" else month
        day = 0 if precision == "year" else day
    elif precision == "month":
        day = 0
    if not 1 <= month <= 12:
        month = day = 0
    return BirthDate(year, month, day if 1 <= day <= 31 else 0)


def _documents(written: Payload) -> Iterator[PersonDocument]:
    number = written.get("number")
    if not number:
        return
    for thing in document.read(
        number, written.get("country") or "", written.get("type") or ""
    ).things:
        type_, _, value = thing.value.partition("|")
        yield PersonDocument(
            thing.issuer, type_, value, thing.certainty == "certain", Why.CHECK_HOLDS in thing.why
        )


def _phones(written: Payload) -> Iterator[str]:
    number = written.get("number")
    if number:
        for thing in phone.read(number, written.get("country") or "").things:
            yield thing.value


__all__ = ["NamedPerson", "fold", "person_records", "read_birth", "read_person"]
