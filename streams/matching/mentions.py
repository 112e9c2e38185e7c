"""Find the persons of a payload and read each into a record.

A record with the fields `given_names` and `first_surname` is a person, in whatever type of event it
stands: a type that config adds needs no entry here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_SEXES = frozenset({"F", "M"})
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
    places: list[tuple[str, Payload]] = []
    _find_persons(payload, "", places)
    mentions: list[NamedPerson] = []
    for path, person in places:
        record = read_person(person, phones)
        if not record.is_empty:
            mentions.append(NamedPerson(path, person.get("role") or "", record))
            if len(mentions) == MOST_PERSONS:
                break
    return mentions


def _find_persons(value: Payload, path: str, places: list[tuple[str, Payload]]) -> None:
    """Add the persons within a record, and where each stands, in the order of the payload."""
    if "first_surname" in value and "given_names" in value:
        places.append((path, value))
        return
    before = f"{path}." if path else ""
    for name, inner in value.items():
        if inner.__class__ is dict:
            _find_persons(inner, before + name, places)
        elif inner.__class__ is list:
            for index, item in enumerate(inner):
                if item.__class__ is dict:
                    _find_persons(item, f"{before}{name}[{index}]", places)


def read_person(person: Payload, phones: Sequence[Payload] = ()) -> PersonRecord:
    """Read a Person or SoughtPerson record; `phones`: Phone records of the person."""
    get = person.get
    sex = get("sex") or ""
    names, guessed = _names(person, sex)
    nationality, document, alias = get("nationality"), get("document"), get("alias")
    nationalities = get("nationalities") or ((nationality,) if nationality else ())
    documents = get("documents") or ((document,) if document else ())
    aliases = get("aliases") or ((alias,) if alias else ())
    born, birth_place = get("birth_date"), get("birth_place")
    return PersonRecord(
        names.given,
        names.surnames,
        names.married,
        _unique([" ".join(words_of(alias)) for alias in aliases]) if aliases else (),
        guessed,
        read_birth(born, get("birth_precision")) if born else None,
        sex if sex in _SEXES else "",
        _unique(sorted(nationalities)) if nationalities else (),
        " ".join(words_of(birth_place)) if birth_place else "",
        _unique([paper for written in documents for paper in _documents(written)])
        if documents
        else (),
        _unique([number for written in phones for number in _phones(written)]) if phones else (),
    )


def _unique(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple([value for value in dict.fromkeys(values) if value][:MOST_VALUES])


def _names(person: Payload, sex: str) -> tuple[Names, bool]:
    get = person.get
    given, first = get("given_names") or "", get("first_surname") or ""
    second, married = get("second_surname") or "", get("married_surname") or ""
    if given or first or second:
        names = part_surnames(first, second, married, sex)
        return Names(words_of(given), names.surnames, names.married), False
    whole = get("name") or ""
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
