"""Make records of the scenario's persons, with namesakes, twins, siblings, parents and children.

Names, numbers and rates are the scenario's (producers/scenario), which no training has seen. What
the scenario does not write of a person (birth, place, telephone) is written with the rates below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from producers.scenario.recording.noise import DOCUMENT_RATES, marked, wrong_digit
from producers.scenario.world.chance import pick
from producers.scenario.world.people import Identity, People
from streams.matching import PersonRecord, read_person

COUNTRIES = ("BO", "CO", "EC", "PE")
PLACES: Mapping[str, tuple[str, ...]] = {
    "BO": ("Villazón", "Oruro", "Desaguadero", "Riberalta"), "CO": ("Ipiales", "Leticia", "Neiva"),
    "EC": ("Tulcán", "Macará", "Nueva Loja", "Quito"), "PE": ("Ilave", "Sullana", "Caballococha"),
}  # fmt: skip
RATES: Mapping[str, float] = {
    "birth-missing": 0.08,
    "birth-swapped": 0.02,
    "birth-year": 0.04,
    "document-missing": 0.40,
    "sex-missing": 0.20,
    "place-missing": 0.50,
    "second-surname-missing": 0.08,
    "second-name-missing": 0.15,
    "whole-name": 0.15,
}
"""Share of records. The rates of spellings and documents are the scenario's DOCUMENT_RATES."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A record, the person it is of, and why that person is in the set."""

    person: int
    kind: str
    record: PersonRecord


def labelled_records(seed: str, families: int) -> list[Labelled]:
    """Make records: of so many families, and as many strangers of whom some have a namesake."""
    rng = Random(seed)
    people = People(seed)
    residents = [
        (kind, identity)
        for number in range(families)
        for kind, identity in _residents(people, rng, number)
    ]
    places = [pick(rng, PLACES[identity.country]) for _, identity in residents]
    return [
        Labelled(number, kind, _write(identity, places[number], rng))
        for number, (kind, identity) in enumerate(residents)
        for _ in range(rng.choice((1, 2, 2, 3)))
    ]


def _residents(people: People, rng: Random, number: int) -> Iterator[tuple[str, Identity]]:
    country = COUNTRIES[number % 4]
    father, mother = people.issue(country, rng), people.issue(country, rng)
    father = replace(
        father, sex="M", birth=date(1945, 1, 1).toordinal() + int(rng.random() * 365 * 20)
    )
    yield "parent", father
    yield "parent", mother
    birth = father.birth + 365 * 22 + int(rng.random() * 3000)
    names = {mother.given.split()[0]}
    for child in range(rng.choice((1, 2, 3))):
        own = _child(people, country, (father, mother), birth, rng, names)
        if child == 0 and number % 5 == 0 and own.sex == "M":
            own = replace(own, given=father.given)
        yield "child", own
        if number % 6 == 0 and child == 0:
            yield "twin", _child(people, country, (father, mother), birth, rng, names)
        birth += 500 + int(rng.random() * 1500)
    for _ in range(3):
        stranger = people.issue(country, rng)
        yield "stranger", stranger
        if rng.random() < 0.1:
            yield "namesake", people.namesake(stranger, rng.choice(COUNTRIES), rng)


def _child(
    people: People, country: str, parents: tuple[Identity, Identity], birth: int, rng: Random,
    names: set[str],
) -> Identity:  # fmt: skip
    """Make a child whose names no brother or sister has, and add them to `names`."""
    while not names.isdisjoint((child := people.issue(country, rng)).given.split()):
        pass
    names.update(child.given.split())
    return replace(child, first=parents[0].first, second=parents[1].first, birth=birth)


def _write(identity: Identity, place: str, rng: Random) -> PersonRecord:
    """Write a person down with the documented rates of error."""
    person: dict[str, Any] = {"given_names": None, "first_surname": None}
    given = identity.given.split()
    if len(given) > 1 and rng.random() < RATES["second-name-missing"]:
        given = given[:1]
    first = _spelling(identity.first.name, identity.first.spellings, rng)
    second = identity.second
    last = _spelling(second.name, second.spellings, rng) if second is not None else ""
    if rng.random() < RATES["second-surname-missing"]:
        last = ""
    if rng.random() < RATES["whole-name"]:
        person["name"] = f"{first} {last}, {' '.join(given)}"
    else:
        person |= {
            "given_names": " ".join(given), "first_surname": first, "second_surname": last or None
        }  # fmt: skip
    person |= _birth(date.fromordinal(identity.birth), rng)
    if rng.random() >= RATES["sex-missing"]:
        person["sex"] = identity.sex
    person["nationality"] = identity.country
    if rng.random() >= RATES["place-missing"]:
        person["birth_place"] = place
    if rng.random() >= RATES["document-missing"]:
        person["document"] = _document(identity, rng)
    return read_person(person)


def _spelling(name: str, spellings: tuple[str, ...], rng: Random) -> str:
    if spellings and rng.random() < DOCUMENT_RATES["name-spelling"]:
        return pick(rng, spellings)
    return name


def _birth(birth: date, rng: Random) -> dict[str, str]:
    if rng.random() < RATES["birth-missing"]:
        return {}
    if rng.random() < RATES["birth-year"]:
        return {"birth_date": f"{birth.year}-01-01", "birth_precision": "year"}
    if birth.day <= 12 and rng.random() < RATES["birth-swapped"]:
        return {"birth_date": f"{birth.year}-{birth.day:02}-{birth.month:02}"}
    return {"birth_date": birth.isoformat()}


def _document(identity: Identity, rng: Random) -> dict[str, str | None]:
    number = identity.number
    if rng.random() < DOCUMENT_RATES["document-typo"]:
        number = wrong_digit(number, rng)
    elif rng.random() < DOCUMENT_RATES["document-marks"]:
        number = marked(number, identity.country, identity.type, rng)
    missing = rng.random() < DOCUMENT_RATES["country-missing"]
    return {
        "country": None if missing else identity.country, "type": identity.type, "number": number
    }  # fmt: skip
