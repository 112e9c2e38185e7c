"""The weapons that the benchmarks publish: four nodes' records, a fifth of them of weapons that
crossed a border.

Shaped after the scenario's proportions, but made by arithmetic on a counter, so that a million cost
seconds and any node's share can be made by a process of its own. The same seed gives the same
events.

An event speaks of one thing, its weapon, as in the foundation's figures: the possessor's document
is a filler, which is nobody's. With QUIPU_BENCH_DOCUMENTS=1 it is the possessor's own, and an event
speaks of two things.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from producers.model import MappedRow

SEED = "quipu"
REPORTED_AT = 1_546_300_800_000  # 1 January 2019, ms since 1970 UTC
YEAR_MS = 365 * 86_400_000
FILLER = "99999999"
DOCUMENTS = bool(os.environ.get("QUIPU_BENCH_DOCUMENTS"))
GIVEN_NAMES, SURNAMES = 2_000, 20_000
COMMONEST = 25
"""A name's rank r has a share of 1 / (r + COMMONEST): the commonest is borne by one of 170."""
_SYLLABLES = tuple(f"{first}{second}" for first in "bcdfglmnprst" for second in "aeiou")
CROSSING = 0.1  # of stories; each gives two or three records


@dataclass(frozen=True, slots=True)
class Station:
    """A node and where it is."""

    node: str
    country: str
    authority: str
    subdivisions: tuple[str, ...]


STATIONS = (
    Station("bo-felcn", "BO", "FELCN", ("BO-L", "BO-S", "BO-C")),
    Station("co-ponal", "CO", "PONAL", ("CO-NAR", "CO-PUT", "CO-VAC")),
    Station("ec-policia", "EC", "POLICIA", ("EC-C", "EC-U", "EC-O")),
    Station("pe-sucamec", "PE", "SUCAMEC", ("PE-PUN", "PE-TUM", "PE-LOR")),
)
MAKES = (
    ("Taurus", "PISTOL", "9 mm", "TKZ"),
    ("Smith & Wesson", "REVOLVER", "38 Special", "CRT"),
    ("Bersa", "PISTOL", "380 ACP", "FHL"),
)
WRITTEN = ("{p}{n:07}", "{p}-{n:07}", "{p} {n:07}", "{p}{n:07}")
PLOTS = (
    ("REGISTERED", "STOLEN", "SEIZED"),
    ("STOLEN", "SEIZED"),
    ("REGISTERED", "SEIZED"),
    ("SEIZED", "SEIZED"),
)
BACKGROUND = ("REGISTERED", "REGISTERED", "SEIZED", "STOLEN", "LOST", "DESTROYED")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One record: of which station, which weapon, what happened."""

    number: int
    station: int
    weapon: int
    status: str


def generate_sentences(count: int, seed: str = SEED) -> Iterator[Sentence]:
    """`count` records in the order of the year. A crossing weapon's records are spread over the
    following thousand.
    """
    rng, waiting, weapon = Random(seed), dict[int, Sentence](), 0
    for number in range(count):
        due = waiting.pop(number, None)
        if due is not None:
            yield due
            continue
        weapon += 1
        station = int(rng.random() * 4)
        if rng.random() >= CROSSING:
            yield Sentence(number, station, weapon, BACKGROUND[int(rng.random() * len(BACKGROUND))])
            continue
        plot = PLOTS[weapon % len(PLOTS)]
        for step, status in enumerate(plot[1:], 1):
            at = number + step + int(rng.random() * 1000)
            while at in waiting:
                at += 1
            abroad = (station + 1 + int(rng.random() * 3)) % 4 if step == len(plot) - 1 else station
            waiting[at] = Sentence(at, abroad, weapon, status)
        yield Sentence(number, station, weapon, plot[0])


def mapped(sentence: Sentence) -> MappedRow:
    """The record as a mapping of the station's source would give it."""
    station = STATIONS[sentence.station]
    make, kind, calibre, prefix = MAKES[sentence.weapon % len(MAKES)]
    serial = WRITTEN[sentence.number % len(WRITTEN)].format(p=prefix, n=sentence.weapon)
    occurred = REPORTED_AT - YEAR_MS + sentence.number * 29 % YEAR_MS
    reference = f"{station.country}-2018-{sentence.number:07}"
    return MappedRow(
        sentence.number,
        _payload(sentence, make, kind, calibre, serial),
        _envelope(station, sentence.number, occurred),
        reference,
    )


def _payload(sentence: Sentence, make: str, kind: str, calibre: str, serial: str) -> dict[str, Any]:
    return {
        "status": sentence.status,
        "weapon": {
            "kind": "firearm",
            "type": kind,
            "make": make,
            "model": None,
            "calibre": calibre,
            "serial": serial,
            "serial_state": "LEGIBLE",
            "country_of_manufacture": "BR",
            "importer": None,
            "import_mark": None,
            "other_markings": None,
            "year": 1990 + sentence.weapon % 28,
        },
        "possessor": {
            "role": "owner",
            "name": None,
            "given_names": _name(sentence.weapon, 1, GIVEN_NAMES),
            "first_surname": _name(sentence.weapon, 2, SURNAMES),
            "second_surname": _name(sentence.weapon, 3, SURNAMES),
            "alias": None,
            "nationality": "PE",
            "document": {
                "country": "PE",
                "type": "national_id",
                "number": f"{40_000_000 + sentence.weapon:08}" if DOCUMENTS else FILLER,
            },
        },
        "found": {
            "municipality": "Juliaca",
            "municipality_code": "211101",
            "text": "Jirón 4",
            "latitude": -15.4997,
            "longitude": -70.1333,
        },
        "photographs": [],
        "note": "Denuncia por robo de domicilio; licencia vigente.",
    }


def _name(person: int, part: int, names: int) -> str:
    """A name of this person, always the same: common ones often, rare ones seldom."""
    chance = Random(person * 3 + part).random()
    rank = int(COMMONEST * ((names + COMMONEST) / COMMONEST) ** chance) - COMMONEST
    syllables, rest = [], rank * 7 + part
    for _ in range(4):
        rest, index = divmod(rest * 31 + 17, len(_SYLLABLES))
        syllables.append(_SYLLABLES[index])
        rest += rank
    return "".join(syllables).title()


def _envelope(station: Station, number: int, occurred: int) -> dict[str, Any]:
    return {
        "tlp": "AMBER",
        "handling": ["H1"],
        "purpose": "investigation",
        "legal_basis": "CAN-552",
        "crime": "09012",
        "evaluation": {"scheme": "admiralty", "source": "A", "information": "2"},
        "occurred_from": occurred,
        "occurred_until": occurred + 86_400_000,
        "occurred_precision": "day",
        "subdivision": station.subdivisions[number % len(station.subdivisions)],
        "review_date": "2028-03-09",
    }
