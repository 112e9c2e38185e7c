"""Plots and traps of cases that are joined over several steps: mining, trafficking, culture, bribes."""

from __future__ import annotations

from datetime import datetime

from producers.scenario.networks.cast import Cast, account_cells, person_cells, vehicle_cells
from producers.scenario.networks.entry import Cells, Entry, Plot
from producers.scenario.networks.money import flow
from producers.scenario.networks.movement import crossed
from producers.scenario.world.chance import pick

_UNSET = datetime(2018, 1, 1)
"""Until the plot says when."""


def mining(cast: Cast) -> Plot:
    """Join a mine, mercury, a machine and the buyer of the gold over two countries."""
    first, second, crossing = cast.neighbours()
    boss, buyer = cast.person(first), cast.person(second)
    machine, lorry, phone = cast.car(first, "truck"), cast.car(second, "truck"), cast.phone(first)
    paid, source, at = cast.account(first), cast.account(second), cast.moment()
    mine = _mine(first, "NONE", "1850")
    mine.at = at
    mine.cells |= person_cells("persons[0]", boss, "organiser")
    mine.cells |= vehicle_cells("vehicles[0]", machine, "USED") | _phone("phones[0]", first, phone)
    mercury = Entry(
        second, "seizure", cast.later(at, (1, 9)), _goods("precursor", "Mercurio", "34", "kg")
    )
    mercury.cells |= vehicle_cells("vehicles[0]", lorry, "SEIZED") | _phone(
        "phones[0]", first, phone
    )
    passed = crossed(second, cast.later(at, (0.2, 0.9)), (crossing, "EXIT"), lorry)
    payment = flow(
        second, cast.later(at, (3, 12)), cast.rng.uniform(60_000, 140_000), (source, paid)
    )
    payment.cells |= person_cells("transactions[0].from.person", buyer, "sender")
    payment.cells |= person_cells("transactions[0].to.person", boss, "receiver")
    bought = _mine(second, "FORGED", "900")
    bought.at = cast.later(at, (10, 20))
    bought.cells |= person_cells("persons[0]", buyer, "buyer")
    bought.cells |= account_cells("buyers[0].account", source)
    return Plot("mining", [mine, passed, mercury, payment, bought])


def trafficking(cast: Cast) -> Plot:
    """Join cases of two countries by the recruiter, the telephone of the offer and the vehicle."""
    first, second, crossing = cast.neighbours()
    recruiter, keeper = cast.person(first), cast.person(second)
    phone, car, at = cast.phone(first), cast.car(first, "bus"), cast.moment()
    start = _victims(first, "POSSIBLE", "RECRUITMENT")
    start.at = at
    start.cells |= person_cells("persons[0]", recruiter, "recruiter") | _phone(
        "phones[0]", first, phone
    )
    passed = crossed(second, cast.later(at, (1, 6)), (crossing, "ENTRY"), car)
    end = _victims(second, "ACTUAL", "HARBOURING")
    end.at = cast.later(at, (20, 40))
    end.cells |= person_cells("persons[0]", keeper, "suspect") | _phone("phones[0]", first, phone)
    end.cells |= vehicle_cells("vehicles[0]", car, "USED")
    again = _victims(first, "POSSIBLE", "TRANSPORTATION")
    again.at = cast.later(at, (25, 50))
    again.cells |= person_cells("persons[0]", recruiter, "recruiter")
    again.cells |= vehicle_cells("vehicles[0]", car, "USED")
    return Plot("trafficking", [start, passed, end, again])


def culture(cast: Cast) -> Plot:
    """Steal an object, cross a border, and offer it next door."""
    first, second, crossing = cast.neighbours()
    thief, at = cast.person(first), cast.moment()
    title = f"Lienzo de la Virgen {cast.rng.randint(100, 999)}"
    stolen = _object(first, "STOLEN", title)
    stolen.at = at
    stolen.cells |= person_cells("persons[0]", thief, "suspect")
    passed = crossed(second, cast.later(at, (2, 8)), (crossing, "ENTRY"))
    passed.cells |= person_cells("person", thief, "passenger")
    offered = _object(second, "OFFERED", title)
    offered.at = cast.later(at, (15, 50))
    offered.cells |= person_cells("persons[0]", thief, "seller")
    return Plot("culture", [stolen, passed, offered])


def corruption(cast: Cast) -> Plot:
    """Let a firm pay a public servant whose crossing its lorry uses."""
    first, second, crossing = cast.neighbours()
    official, lorry = cast.person(first), cast.car(second, "truck")
    bribed, payer, at = cast.account(first), cast.account(second), cast.moment()
    link = Entry(first, "corruption_link", cast.later(at, (20, 40)), {
        "kind": "BRIBERY",
        "office.institution": "Aduana",
        "office.sector": "CUSTOMS",
        "favour_kind": "SAFE_PASSAGE",
        **person_cells("official", official, "official"),
        **vehicle_cells("vehicles[0]", lorry, "USED"),
        **account_cells("payments[0].to.account", bribed),
    })  # fmt: skip
    payments = [
        flow(
            second, cast.later(at, (day, day + 2)), cast.rng.uniform(1_500, 3_000), (payer, bribed)
        )
        for day in (0, 7, 14)
    ]
    for payment in payments:
        payment.cells |= person_cells("transactions[0].to.person", official, "receiver")
    passed = crossed(first, cast.later(at, (1, 3)), (crossing, "ENTRY"), lorry)
    return Plot("corruption", [*payments, passed, link])


def trap_gold(cast: Cast) -> Plot:
    """Sell gold of a valid title through a bank that many use."""
    country, abroad, _ = cast.neighbours()
    owner, source, target = cast.person(country), cast.account(abroad), cast.account(country)
    sold = _mine(country, "VALID", "5200")
    sold.at = cast.moment()
    sold.cells |= person_cells("persons[0]", owner, "owner")
    paid = flow(
        abroad, cast.later(sold.at, (5, 20)), cast.rng.uniform(150_000, 260_000), (source, target)
    )
    return Plot("trap_gold", [sold, paid])


def trap_switchboard(cast: Cast) -> Plot:
    """Put the telephone of one hotel into sixty cases that have nothing else in common."""
    home, at = cast.country(), cast.moment()
    phone, entries = cast.phone(home, desk=True), []
    for _ in range(60):
        country = cast.country()
        entry = _incident(cast, country)
        entry.at = cast.later(at, (0, 55))
        entry.cells |= _phone("phones[0]", home, phone)
        entries.append(entry)
    return Plot("trap_switchboard", entries)


def everyday(cast: Cast) -> Plot:
    """Record something that belongs to nothing."""
    country = cast.country()
    first, second, crossing = cast.neighbours()
    turn = cast.rng.random()
    if turn < 0.4:
        entry = crossed(second, cast.moment(), (crossing, "ENTRY"), cast.car(first))
        entry.cells |= person_cells("person", cast.person(first), "driver")
    elif turn < 0.75:
        accounts = (cast.account(first), cast.account(second if turn < 0.5 else first))
        amount = round(10 ** cast.rng.uniform(2.4, 4.9), 2)
        entry = flow(first, cast.moment(), amount, accounts)
    else:
        entry = _incident(cast, country)
        entry.cells |= _phone("phones[0]", country, cast.phone(country))
    return Plot("everyday", [entry])


def _incident(cast: Cast, country: str) -> Entry:
    cells: Cells = {"title": pick(cast.rng, ("Hurto", "Estafa", "Amenaza", "Lesiones"))}
    cells |= person_cells("persons[0]", cast.person(country), "complainant")
    return Entry(country, "crime_incident", cast.moment(), cells)


def _mine(country: str, licence: str, grams: str) -> Entry:
    cells = {
        "kind": "ILLEGAL_MINING",
        "licence_state": licence,
        "goods[0].what": "mineral",
        "goods[0].description": "Oro",
        "goods[0].quantity": grams,
        "goods[0].unit": "g",
    }
    return Entry(country, "environmental_crime", _UNSET, cells)


def _victims(country: str, status: str, act: str) -> Entry:
    cells = {"status": status, "acts[0]": act, "exploitation[0]": "SexualExploitation"}
    return Entry(country, "trafficking_case", _UNSET, cells | {"victims[0].count": "2"})


def _object(country: str, status: str, title: str) -> Entry:
    cells = {"status": status, "what": "Lienzo", "title": title, "culture": "Escuela cusqueña"}
    return Entry(country, "cultural_object", _UNSET, cells)


def _goods(what: str, description: str, quantity: str, unit: str) -> Cells:
    return {
        "items[0].what": what,
        "items[0].description": description,
        "items[0].quantity": quantity,
        "items[0].unit": unit,
    }


def _phone(path: str, country: str, number: str) -> Cells:
    return {f"{path}.number": number, f"{path}.country": country}


KINDS = (mining, trafficking, culture, corruption, trap_gold, trap_switchboard)
