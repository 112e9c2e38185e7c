"""Make up families of the four countries and what offices write of them, from a seed.

Only training and its own checks use this. Names are those of streams/matching/name_shares.json, and
made-up rare ones; error rates stand in ERRORS, each with why it happens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import streams.matching
from benchmarks.matching.spelling_errors import misspell, respell

SHARES: Mapping[str, Any] = json.loads(
    (Path(streams.matching.__file__).parent / "name_shares.json").read_text(encoding="utf-8")
)
TRAINING_SEED, TRAINING_FAMILIES, TRAINING_PAIRS = 20_261_129, 6_000, 300_000
"""What the model of the release is trained with."""
COUNTRIES = ("PE", "BO", "EC", "CO")
PLACES: Mapping[str, Sequence[str]] = {
    "PE": ["Lima", "Puno", "Juliaca", "Cusco", "Arequipa", "Tacna", "Piura", "Tumbes", "Iquitos"],
    "BO": ["La Paz", "El Alto", "Cochabamba", "Santa Cruz", "Oruro", "Potosí", "Copacabana"],
    "EC": ["Quito", "Guayaquil", "Cuenca", "Tulcán", "Ibarra", "Huaquillas", "Machala", "Loja"],
    "CO": ["Bogotá", "Cali", "Pasto", "Ipiales", "Tumaco", "Leticia", "Medellín", "Cúcuta"],
}
ERRORS: Mapping[str, float] = {
    "respelt": 0.08,  # each name: another orthography of the same sound
    "mistyped": 0.02,  # each name: a letter left out, added, changed or exchanged
    "second_given_missing": 0.22,  # forms with room for one name
    "second_surname_missing": 0.10,  # offices outside the Spanish custom; hurry
    "first_surname_missing": 0.005,  # offices that take the last word for the surname
    "short_form": 0.02,  # the name by which people call him
    "initial": 0.01,
    "surnames_crossed": 0.008,
    "columns_exchanged": 0.004,
    "whole_name": 0.15,  # one column for the name
    "married": 0.06,  # women: "de" and the husband's surname
    "birth_missing": 0.35,
    "birth_year_only": 0.06,
    "birth_filler": 0.03,  # 1 January where only the year is known
    "birth_swapped": 0.015,
    "birth_digit": 0.015,
    "birth_other_day": 0.006,
    "document_missing": 0.35,
    "document_passport": 0.10,
    "document_digit": 0.012,
    "document_country_missing": 0.03,
    "sex_missing": 0.45,
    "sex_wrong": 0.004,
    "nationality_missing": 0.25,
    "nationality_wrong": 0.02,  # the country of the report for that of the person
    "place_missing": 0.65,
    "place_other": 0.06,  # the department or the village
    "phone_missing": 0.80,
    "phone_other": 0.35,  # numbers change
}

TWINS = 0.012
"""Share of births that are twins: 9 to 12 of 1,000 in Latin America (Monden et al., 2021)."""
ONE_FIRST_NAME = 0.25
"""Share of brothers and sisters drawn with one first name (José Luis, José Carlos) who keep it.

No two living children of one couple have all their names in common.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Resident:
    """One made-up person; `family` and `parent` say whose relative."""

    number: int
    family: int
    parent: bool
    given: tuple[str, ...]
    surnames: tuple[str, str]
    sex: str
    birth: date
    country: str
    place: str
    document: str
    passport: str
    phones: tuple[str, ...]
    husband: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One record: what is written, in the shape of a SoughtPerson, and of whom."""

    resident: Resident
    person: Mapping[str, Any]
    phones: Sequence[Mapping[str, Any]] = field(default_factory=list)


class Draw:
    """Draw a name with its share."""

    def __init__(self, names: Mapping[str, float], rest: Sequence[str], of: float) -> None:
        self._names = [*names, *rest]
        left = max(of - sum(names.values()), 0.0)
        weights = [*names.values(), *(left / len(rest) for _ in rest)]
        self._bounds = list(accumulate(weights))

    def draw(self, rng: Random) -> str:
        """Return one name, each as often as its share says."""
        return rng.choices(self._names, cum_weights=self._bounds)[0]


class Population:
    """Make families, and records of their members, all from one seed."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        rest = _made_up(Random(7), SHARES["rest"]["surnames"])
        self._surnames = {
            country: Draw(
                {name: by[country] for name, by in SHARES["surnames"].items() if country in by},
                rest,
                10_000,
            )
            for country in COUNTRIES
        }
        other = _made_up(Random(11), SHARES["rest"]["given"])
        self._given = {
            "F": Draw(SHARES["female"], other, 10_000), "M": Draw(SHARES["male"], other, 10_000)
        }  # fmt: skip
        self._number = 0
        self._families = 0

    def families(self, count: int) -> list[Resident]:
        """Make so many families, of two parents and one to four children."""
        first = self._families
        self._families += count
        numbers = range(first, self._families)
        return [resident for family in numbers for resident in self._family(family)]

    def _family(self, family: int) -> list[Resident]:
        rng = self._rng
        country = rng.choices(COUNTRIES, (4, 2, 2, 5))[0]
        mother_birth = date(1940, 1, 1) + timedelta(days=int(rng.random() * 365 * 38))
        father_birth = mother_birth - timedelta(days=int(rng.gauss(900, 1400)))
        phone = self._phone(country)
        father = self._person(country, family, "M", father_birth, None, phone, True)
        mother = self._person(country, family, "F", mother_birth, None, phone, True)
        mother = replace(mother, husband=father.surnames[0])
        members = [father, mother]
        birth = mother_birth + timedelta(days=365 * 18 + int(rng.random() * 365 * 8))
        for _ in range(rng.choice((1, 2, 2, 3, 4))):
            surnames = (father.surnames[0], mother.surnames[0])
            members.append(self._child(members, country, family, birth, surnames, phone))
            if rng.random() < TWINS:
                members.append(self._child(members, country, family, birth, surnames, phone))
            birth += timedelta(days=400 + int(rng.random() * 1800))
        return members

    def _child(
        self, members: list[Resident], country: str, family: int, birth: date,
        surnames: tuple[str, str], phone: str,
    ) -> Resident:  # fmt: skip
        sex = self._rng.choice("FM")
        child = self._person(country, family, sex, birth, surnames, phone, False)
        elder = members[0] if sex == "M" else members[1]
        if self._rng.random() < 0.12:  # named after the parent
            child = replace(child, given=(elder.given[0], *child.given[1:]))
        elders = [member.given for member in members if not member.parent]
        while any(_calls_alike(child.given, given, self._rng) for given in elders):
            given = self._person(country, family, sex, birth, surnames, phone, False).given
            child = replace(child, given=given)
        sibling = members[-1]
        if not sibling.parent and self._rng.random() < 0.15:  # registered on one day
            number = str(int(sibling.document) + 1).rjust(len(sibling.document), "0")
            child = replace(child, document=number if country != "EC" else child.document)
        return replace(child, place=members[0].place if self._rng.random() < 0.8 else child.place)

    def _person(
        self, country: str, family: int, sex: str, birth: date,
        surnames: tuple[str, str] | None, phone: str, parent: bool,
    ) -> Resident:  # fmt: skip
        rng = self._rng
        self._number += 1
        given = [self._given[sex].draw(rng)]
        if rng.random() < 0.6 and (second := self._given[sex].draw(rng)) != given[0]:
            given.append(second)
        draw = self._surnames[country].draw
        phones = (self._phone(country), *((phone,) if rng.random() < 0.25 else ()))
        return Resident(
            self._number, family, parent, tuple(given), surnames or (draw(rng), draw(rng)), sex,
            birth, country, rng.choice(PLACES[country]), self._document(country),
            f"{country[0]}{rng.randrange(10**7, 10**8)}"[:9], phones,
        )  # fmt: skip

    def _document(self, country: str) -> str:
        rng = self._rng
        if country == "EC":
            digits = [
                int(c)
                for c in f"{rng.randrange(1, 25):02}{rng.randrange(6)}{rng.randrange(10**6):06}"
            ]
            doubled = [sum(divmod(2 * d, 10)) if i % 2 == 0 else d for i, d in enumerate(digits)]
            return "".join(map(str, digits)) + str(-sum(doubled) % 10)
        low, high = {"PE": (10**7, 8 * 10**7), "BO": (3 * 10**6, 10**7), "CO": (10**9, 12 * 10**8)}[
            country
        ]
        return str(rng.randrange(low, high))

    def _phone(self, country: str) -> str:
        prefix, digits = {
            "PE": ("+519", 8), "BO": ("+5917", 7), "EC": ("+5939", 8), "CO": ("+573", 9),
        }[country]  # fmt: skip
        return f"{prefix}{self._rng.randrange(10 ** (digits - 1), 10**digits)}"

    def write(self, resident: Resident) -> Written:
        """Write a resident down as some office would."""
        person: dict[str, Any] = {"given_names": None, "first_surname": None}
        self._write_name(resident, person)
        self._write_birth(resident.birth, person)
        rng = self._rng
        if rng.random() > ERRORS["sex_missing"]:
            wrong = rng.random() < ERRORS["sex_wrong"]
            person["sex"] = {"F": "M", "M": "F"}[resident.sex] if wrong else resident.sex
        if rng.random() > ERRORS["nationality_missing"]:
            wrong = rng.random() < ERRORS["nationality_wrong"]
            person["nationality"] = rng.choice(COUNTRIES) if wrong else resident.country
        if rng.random() > ERRORS["place_missing"]:
            other = rng.random() < ERRORS["place_other"]
            person["birth_place"] = (
                rng.choice(PLACES[resident.country]) if other else resident.place
            )
        if rng.random() > ERRORS["document_missing"]:
            person["documents"] = [self._write_document(resident)]
        phones = []
        if rng.random() > ERRORS["phone_missing"]:
            other = rng.random() < ERRORS["phone_other"]
            number = self._phone(resident.country) if other else rng.choice(resident.phones)
            phones = [{"number": number, "country": resident.country}]
        return Written(resident, person, phones)

    def _write_document(self, resident: Resident) -> dict[str, str | None]:
        rng = self._rng
        if rng.random() < ERRORS["document_passport"]:
            return {"country": resident.country, "type": "passport", "number": resident.passport}
        number = resident.document
        if rng.random() < ERRORS["document_digit"]:
            at = rng.randrange(1, len(number))
            number = number[:at] + rng.choice("0123456789") + number[at + 1 :]
        missing = rng.random() < ERRORS["document_country_missing"]
        country = None if missing else resident.country
        return {"country": country, "type": "national_id", "number": number}

    def _write_birth(self, birth: date, person: dict[str, Any]) -> None:
        rng = self._rng
        if rng.random() < ERRORS["birth_missing"]:
            return
        text, precision = birth.isoformat(), "day"
        if rng.random() < ERRORS["birth_year_only"]:
            text, precision = f"{birth.year}-01-01", "year"
        elif rng.random() < ERRORS["birth_filler"]:
            text = f"{birth.year}-01-01"
        elif birth.day <= 12 and rng.random() < ERRORS["birth_swapped"] * 2.5:
            text = f"{birth.year}-{birth.day:02}-{birth.month:02}"
        elif rng.random() < ERRORS["birth_digit"]:
            text = _misread_date(birth, rng)
        elif rng.random() < ERRORS["birth_other_day"]:
            text = birth.replace(day=rng.randrange(1, 29)).isoformat()
        person["birth_date"], person["birth_precision"] = text, precision

    def _write_name(self, resident: Resident, person: dict[str, Any]) -> None:
        rng = self._rng
        given = [self._write_word(name, True) for name in resident.given]
        if len(given) > 1 and rng.random() < ERRORS["second_given_missing"]:
            given.pop(0 if rng.random() < 0.25 else 1)
        first, second = (self._write_word(name, False) for name in resident.surnames)
        if rng.random() < ERRORS["second_surname_missing"]:
            second = ""
        elif rng.random() < ERRORS["first_surname_missing"]:
            first, second = second, ""
        elif rng.random() < ERRORS["surnames_crossed"]:
            first, second = second, first
        if resident.husband and rng.random() < ERRORS["married"] * 2:
            second = (
                f"de {resident.husband}"
                if rng.random() < 0.7
                else f"{second} de {resident.husband}"
            )
        surnames = f"{first} {second}".strip()
        if rng.random() < ERRORS["whole_name"]:
            person["name"] = rng.choice(
                (
                    f"{' '.join(given)} {surnames}",
                    f"{surnames}, {' '.join(given)}",
                    f"{surnames} {' '.join(given)}",
                )
            )
            return
        if rng.random() < ERRORS["columns_exchanged"]:
            person |= {"given_names": surnames, "first_surname": " ".join(given)}
            return
        person |= {
            "given_names": " ".join(given),
            "first_surname": first,
            "second_surname": second or None,
        }

    def _write_word(self, name: str, given: bool) -> str:
        rng = self._rng
        if given and rng.random() < ERRORS["short_form"] and (forms := SHORT_FORMS.get(name)):
            return rng.choice(forms)
        if given and rng.random() < ERRORS["initial"]:
            return name[0] + "."
        if rng.random() < ERRORS["respelt"]:
            name = respell(name, rng)
        if rng.random() < ERRORS["mistyped"]:
            name = misspell(name, rng)
        return name


SHORT_FORMS: Mapping[str, Sequence[str]] = json.loads(
    (Path(streams.matching.__file__).parent / "given_names.json").read_text(encoding="utf-8")
)["short_forms"]


def _calls_alike(given: Sequence[str], other: Sequence[str], rng: Random) -> bool:
    """Say whether parents would avoid these names for two children."""
    if given[0] == other[0]:
        return len(given) < 2 or len(other) < 2 or rng.random() >= ONE_FIRST_NAME
    return set(given) <= set(other) or set(other) <= set(given)


def _misread_date(birth: date, rng: Random) -> str:
    text = birth.isoformat()
    for _ in range(20):
        at = rng.choice([i for i, c in enumerate(text) if c.isdigit() and i > 1])
        changed = text[:at] + rng.choice("0123456789") + text[at + 1 :]
        try:
            if changed != text and date.fromisoformat(changed).year < 2010:
                return changed
        except ValueError:
            continue
    return text


def _made_up(rng: Random, count: int) -> list[str]:
    """Make names that sound of the Andes, for the many that no list has."""
    onsets = (
        "B",
        "C",
        "CH",
        "D",
        "F",
        "G",
        "H",
        "J",
        "L",
        "LL",
        "M",
        "N",
        "P",
        "R",
        "S",
        "T",
        "V",
        "Y",
        "Z",
        "QU",
        "HU",
        "TR",
        "BR",
    )
    codas = ("", "", "", "N", "S", "R", "L", "Z")
    names: dict[str, None] = {}
    while len(names) < count:
        name = ""
        for _ in range(rng.choice((2, 2, 3, 3, 4))):
            onset = rng.choice(onsets)
            vowel = (
                rng.choice("EI")
                if onset == "QU"
                else rng.choice("AE")
                if onset == "HU"
                else rng.choice("AEIOU")
            )
            name += onset + vowel + rng.choice(codas)
        names[name] = None
    return list(names)


def made_by(families: int, pairs: int) -> str:
    """Say how a model is made."""
    return f"splink 5, seed {TRAINING_SEED}, {families} families, {pairs} random pairs"
