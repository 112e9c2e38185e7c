"""Plots and traps of movement: convoys, patterns of crossings, two documents at one border."""

from __future__ import annotations

from datetime import datetime, timedelta

from producers.scenario.networks.cast import Cast, person_cells, vehicle_cells
from producers.scenario.networks.entry import Cells, Entry, Plot
from producers.scenario.world.belongings import Car


def convoy(cast: Cast) -> Plot:
    """Let two cars cross within minutes of each other, on four days."""
    first, second, crossing = cast.neighbours()
    cars = (cast.car(first, "car"), cast.car(second, "pickup"))
    start, entries = cast.moment(), []
    for trip in range(4):
        at = start + timedelta(days=trip * cast.rng.randint(3, 9), minutes=cast.rng.randint(0, 300))
        for car, minutes in zip(cars, (0, cast.rng.randint(1, 6)), strict=True):
            entries.append(
                crossed(second, at + timedelta(minutes=minutes), (crossing, "ENTRY"), car)
            )
    return Plot("convoy", entries)


def crossings(cast: Cast) -> Plot:
    """Let one car cross ten times in twelve nights."""
    first, second, crossing = cast.neighbours()
    car, start = cast.car(first, "pickup"), cast.moment((1, 2))
    entries = []
    for night in range(10):
        at = start + timedelta(days=night + night // 5, minutes=cast.rng.randint(0, 240))
        country, direction = (first, "EXIT") if night % 2 else (second, "ENTRY")
        entries.append(crossed(country, at, (crossing, direction), car))
    return Plot("crossings", entries)


def two_documents(cast: Cast) -> Plot:
    """Let a person leave with the national card and enter next door with a passport."""
    first, second, crossing = cast.neighbours()
    person, at = cast.person(first), cast.moment()
    other = cast.person("CO" if first != "CO" else "PE")
    left = crossed(first, at, (crossing, "EXIT"))
    left.cells |= person_cells("person", person, "passenger")
    entered = crossed(second, at + timedelta(minutes=cast.rng.randint(8, 45)), (crossing, "ENTRY"))
    entered.cells |= person_cells("person", person, "passenger", card=f"AX{other.number[-6:]}")
    return Plot("two_documents", [left, entered])


def trap_buses(cast: Cast) -> Plot:
    """Let the buses of a line take turns at one hour, each on days of its own."""
    first, second, crossing = cast.neighbours()
    buses = [cast.car(first, "bus") for _ in range(4)]
    start = cast.moment((12, 12))
    entries = [
        crossed(
            second,
            start + timedelta(days=day, minutes=cast.rng.randint(0, 20)),
            (crossing, "ENTRY"),
            buses[day % len(buses)],
        )
        for day in range(16)
    ]
    return Plot("trap_buses", entries)


def trap_lorries(cast: Cast) -> Plot:
    """Let six lorries of a firm cross together each week: a queue, no escort."""
    first, second, crossing = cast.neighbours()
    lorries = [cast.car(first, "truck") for _ in range(6)]
    start = cast.moment((14, 15))
    entries = [
        crossed(
            second, start + timedelta(days=7 * week, minutes=number), (crossing, "ENTRY"), lorry
        )
        for week in range(4)
        for number, lorry in enumerate(lorries)
    ]
    return Plot("trap_lorries", entries)


def trap_festival(cast: Cast) -> Plot:
    """Let two families cross together once, there and back."""
    first, second, crossing = cast.neighbours()
    cars = (cast.car(first, "car"), cast.car(first, "car"))
    at = datetime(2018, 8, 4, 13, cast.rng.randint(0, 59))
    entries = [
        crossed(second, at + timedelta(days=days, minutes=minutes), (crossing, direction), car)
        for days, direction in ((0, "ENTRY"), (3, "EXIT"))
        for minutes, car in zip((0, 4), cars, strict=True)
    ]
    return Plot("trap_festival", entries)


def trap_namesakes(cast: Cast) -> Plot:
    """Let two persons of one name cross in one hour, one out, one in."""
    first, second, crossing = cast.neighbours()
    person, at = cast.person(first), cast.moment()
    left = crossed(first, at, (crossing, "EXIT"))
    left.cells |= person_cells("person", person, "passenger")
    entered = crossed(second, at + timedelta(minutes=25), (crossing, "ENTRY"))
    entered.cells |= person_cells("person", cast.namesake(person, first), "passenger")
    return Plot("trap_namesakes", [left, entered])


def crossed(country: str, at: datetime, passage: tuple[str, str], car: Car | None = None) -> Entry:
    """Record a crossing; `passage`: its name, and the direction as the recording country sees it."""
    cells: Cells = {"crossing": passage[0], "direction": passage[1]}
    return Entry(country, "movement", at, cells | (vehicle_cells("conveyance", car) if car else {}))


KINDS = (
    *(convoy, crossings, two_documents),
    *(trap_buses, trap_lorries, trap_festival, trap_namesakes),
)
