"""The records of the large log: nine types, eight nodes, several labels; corrections and the like.

All is arithmetic on a number, so any node's share is made by a process of its own, in any order of
pieces, and the same number always gives the same record. A block of 20 numbers has records of all
types. Three of a block name a thing of another country: a stolen weapon that is seized, a stolen
vehicle at a crossing, a traced weapon. Of 1,000 numbers, 20 are followed by a correction of an
older record of the same node, 5 by a retraction, 1 by an erasure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from benchmarks.population import Station
from producers.model import MappedRow
from schemas.examples import example

STATIONS = (
    Station("bo-felcn", "BO", "FELCN", ("BO-L", "BO-S", "BO-C")),
    Station("co-ponal", "CO", "PONAL", ("CO-NAR", "CO-PUT", "CO-VAC")),
    Station("ec-policia", "EC", "POLICIA", ("EC-C", "EC-U", "EC-O")),
    Station("pe-sucamec", "PE", "SUCAMEC", ("PE-PUN", "PE-TUM", "PE-LOR")),
    Station("bo-aduana", "BO", "ADUANA", ("BO-L", "BO-O", "BO-T")),
    Station("co-uiaf", "CO", "UIAF", ("CO-DC", "CO-NAR", "CO-ANT")),
    Station("ec-migracion", "EC", "MIGRACION", ("EC-C", "EC-L", "EC-G")),
    Station("pe-pnp", "PE", "PNP", ("PE-LIM", "PE-TAC", "PE-PIU")),
)
BLOCK = 20
BACK = 160
"""A record so many numbers before is of the same node and type."""
FIRST_DAY_MS = 1_577_836_800_000
"""1 January 2020, UTC."""
DAY_MS = 86_400_000
DAYS = 2_160
"""Nearly six years: no record is in the future."""
RECENT_DAYS = 20
"""What arrives while questions are measured happened within the last days, as it does in use."""
SPREAD = 0x9E3779B1
TYPES = (
    *["weapon_record"] * 5,
    *["seizure"] * 4,
    *["crime_incident"] * 3,
    *["movement"] * 4,
    *("person_notice", "suspicious_flow", "trace_request", "threat_report"),
)
CRIMES: Mapping[str, tuple[str, ...]] = {
    "weapon_record": ("09012",),
    "seizure": ("06012", "0601", "09012"),
    "crime_incident": ("0401", "0101"),
    "movement": ("0101",),
    "person_notice": ("0101", "0601"),
    "suspicious_flow": ("07041",),
    "trace_request": ("09012",),
    "threat_report": ("0601",),
}
MARKINGS: tuple[dict[str, Any], ...] = (
    {"tlp": "GREEN", "handling": [], "recipients": ["ALL"]},
    {"tlp": "AMBER", "handling": ["H1"], "recipients": ["ALL"]},
    {"tlp": "AMBER", "handling": [], "recipients": ["PE", "EC", "CO", "BO"]},
    {"tlp": "AMBER", "handling": ["H2"], "recipients": ["@frontera-sur"]},
    {"tlp": "RED", "handling": [], "recipients": ["PE", "EC"]},
    {"tlp": "AMBER", "handling": ["H3"], "recipients": ["ALL"], "condition": "Solo inteligencia"},
)
SHARES = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
"""Which marking each record of sixteen bears."""
DRUGS = ("Pasta base de cocaína", "Clorhidrato de cocaína", "Marihuana", "Heroína", "Basuco")
MAKES = (("Taurus", "9 mm", "TKZ"), ("Bersa", "380 ACP", "FHL"), ("Glock", "9 mm", "GLK"))
CARS = ("Toyota", "Chevrolet", "Volvo", "Kia", "Nissan")
CROSSINGS = ("Rumichaca", "Desaguadero", "Huaquillas", "Aguas Verdes", "Villazón")
STATUSES = ("STOLEN", "STOLEN", "REGISTERED", "LOST", "REGISTERED")

Json = dict[str, Any]


class Step(NamedTuple):
    """What a node publishes: a record, or what it does to a former one."""

    act: Literal["record", "correction", "retraction", "erasure"]
    number: int


def station_of(number: int) -> int:
    """Give the index of the node of a number; those of a block that share a thing differ."""
    return (number // BLOCK + number) % len(STATIONS)


def steps(station: int, first: int, end: int) -> Iterator[Step]:
    """Give what a node publishes of the numbers from `first` up to `end`, in order."""
    for number in range(first, end):
        if station_of(number) != station:
            continue
        yield Step("record", number)
        if number % 50 == 10 and number >= BACK:
            yield Step("correction", number - BACK)
        if number % 200 == 33 and number >= 2 * BACK:
            yield Step("retraction", number - 2 * BACK)
        if number % 1000 == 77 and number >= 3 * BACK:
            yield Step("erasure", number - 3 * BACK)


def type_of(number: int) -> str:
    """Give the type of the record of a number."""
    return TYPES[number % BLOCK]


def mapped(number: int, is_corrected: bool = False, is_recent: bool = False) -> MappedRow:
    """Give the record of a number as a mapping would; `is_corrected`: as its correction says."""
    type_, station = type_of(number), STATIONS[station_of(number)]
    payload = {**_template(type_), **_PAYLOADS[type_](number)}
    if is_corrected:
        payload["note"] = "Corregido"
    reference = f"{station.authority}-{number:09}"
    return MappedRow(number, payload, _envelope(number, is_corrected, is_recent), reference)


def control(step: Step, target: bytes) -> MappedRow:
    """Give the retraction or erasure of a record, whose event id is `target`."""
    reason = "RECOVERED" if step.act == "retraction" else "COURT_ORDER"
    payload = {**_template(step.act), "target": target, "reason": reason}
    envelope = _envelope(step.number, False, False)
    return MappedRow(step.number, payload, envelope, f"{step.act}-{step.number:09}")


def _envelope(number: int, is_corrected: bool, is_recent: bool) -> Json:
    station, spread = STATIONS[station_of(number)], number * SPREAD >> 7
    share = SHARES[spread % len(SHARES)]
    marking = MARKINGS[1 if is_corrected and share == 0 else share]
    day = DAYS - 1 - spread % RECENT_DAYS if is_recent else spread % DAYS
    occurred = FIRST_DAY_MS + day * DAY_MS
    crimes = CRIMES[type_of(number)]
    return {
        **marking,
        "purpose": "investigation",
        "legal_basis": "CAN-552",
        "crime": crimes[spread // 3 % len(crimes)],
        "evaluation": {"scheme": "admiralty", "source": "A", "information": "2"},
        "occurred_from": occurred,
        "occurred_until": occurred + DAY_MS,
        "occurred_precision": "day",
        "reported_at": occurred + (1 + spread % 40) * DAY_MS,
        "subdivision": station.subdivisions[spread % 3],
    }


@cache
def _template(type_: str) -> Json:
    payload = dict(example(type_).payload)
    return {name: value for name, value in payload.items() if name != "source_reference"}


def _weapon(number: int) -> Json:
    make, calibre, prefix = MAKES[number // BLOCK % len(MAKES)]
    template = _template("trace_request")["weapon"]
    return {**template, "make": make, "calibre": calibre, "serial": f"{prefix}{number:09}"}


def _person(number: int, country: str = "PE") -> Json:
    """A person without a document, as most records have them: it names no thing."""
    return {
        "role": "suspect",
        "name": None,
        "given_names": "Juana",
        "first_surname": "Condori",
        "second_surname": f"M{number % 997}",
        "alias": None,
        "nationality": country,
        "document": None,
    }


def _vehicle(number: int, involvement: str | None) -> Json:
    return {
        "kind": "car",
        "country": "PE",
        "plate": f"A{number % 10}{chr(65 + number // 10 % 26)}-{number // 260:06}",
        "make": CARS[number // BLOCK % len(CARS)],
        "model": None,
        "colour": "gris",
        "involvement": involvement,
    }


def _weapon_record(number: int) -> Json:
    return {
        "status": STATUSES[number % BLOCK],
        "weapon": _weapon(number),
        "possessor": _person(number),
        "vehicles": [],
        "photographs": [],
    }


def _seizure(number: int) -> Json:
    """Seize, by the place in the block, a weapon of the block, drugs, drugs and cash, or gold."""
    template = _template("seizure")["items"][0]
    spread = number * SPREAD >> 9
    grams = float(100 + spread % 50_000)
    drug = {**template, "description": DRUGS[spread % len(DRUGS)], "quantity": grams, "unit": "g"}
    cash = {**template, "what": "cash", "description": "Billetes", "quantity": None, "unit": None}
    cash |= {"value": float(500 + spread % 20_000), "currency": ("USD", "PEN", "BOB")[spread % 3]}
    weapon = {**template, "what": "weapon", "description": "Pistola", "quantity": 1.0}
    weapon |= {"unit": "unit", "weapon": _weapon(number - 5)}
    gold = {**template, "what": "mineral", "description": "Oro", "quantity": grams, "unit": "g"}
    items = ([weapon], [drug], [drug, cash], [gold])[number % BLOCK - 5]
    return {"items": items, "persons": [_person(number)], "vehicles": [], "phones": []}


def _crime_incident(number: int) -> Json:
    return {
        "persons": [_person(number)],
        "vehicles": [_vehicle(number, "STOLEN")],
        "phones": [],
        "weapons": [],
    }


def _movement(number: int) -> Json:
    """Cross a border, one of the block in its stolen vehicle."""
    is_stolen = number % BLOCK == 12
    conveyance = _vehicle(number - 3 if is_stolen else number, None)
    return {
        "crossing": CROSSINGS[number * SPREAD % len(CROSSINGS)],
        "person": _person(number),
        "conveyance": conveyance,
    }


def _person_notice(number: int) -> Json:
    template = _template("person_notice")["person"]
    document = {"country": "CO", "type": "national_id", "number": f"{1_000_000_000 + number}"}
    return {"person": {**template, "documents": [document]}, "phones": [], "biometrics": []}


def _suspicious_flow(number: int) -> Json:
    template = _template("suspicious_flow")["transactions"][0]
    account = {"institution": "Banco de Crédito del Perú", "country": "PE", "type": "savings"}
    sender = {**template["from"], "person": _person(number)}
    receiver = {
        **template["to"],
        "entity_document": None,
        "account": {**account, "number": f"002-{number:012}-55"},
    }
    amount = float(1_000 + number * SPREAD % 90_000)
    flow = {**template, "amount": amount, "from": sender, "to": receiver}
    return {"transactions": [flow]}


def _trace_request(number: int) -> Json:
    return {"weapon": _weapon(number - 17), "holder": None, "chain": []}


def _threat_report(number: int) -> Json:
    return {
        "group": f"Los del Ejemplo {number // BLOCK % 40}",
        "persons": [_person(number)],
        "phones": [],
        "accounts": [],
        "vehicles": [],
    }


_PAYLOADS = {
    "weapon_record": _weapon_record,
    "seizure": _seizure,
    "crime_incident": _crime_incident,
    "movement": _movement,
    "person_notice": _person_notice,
    "suspicious_flow": _suspicious_flow,
    "trace_request": _trace_request,
    "threat_report": _threat_report,
}
