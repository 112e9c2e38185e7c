"""Plots and traps of weapons: consecutive serials, and a weapon's life."""

from __future__ import annotations

from datetime import datetime

from producers.scenario.networks.cast import Cast
from producers.scenario.networks.entry import Cells, Entry, Plot
from producers.scenario.world.chance import pick

MAKES = ("Taurus", "Glock", "Bersa", "Rossi")


def serial_run(cast: Cast) -> Plot:
    """Seize weapons of one batch in two countries."""
    first, second, _ = cast.neighbours()
    make, at = pick(cast.rng, MAKES), cast.moment()
    entries = [
        seized(first if number < 3 else second, cast.later(at, (0, 50)), (make, serial))
        for number, serial in enumerate(cast.serials(cast.rng.randint(5, 7)))
    ]
    return Plot("serial_run", entries)


def weapon_life(cast: Cast) -> Plot:
    """Register a weapon, let it be stolen, and seize it abroad within weeks."""
    home, abroad, _ = cast.neighbours()
    (serial,), make, at = cast.serials(1), pick(cast.rng, MAKES), cast.moment()
    stolen = cast.later(at, (5, 20))
    entries = [
        recorded(home, at, (make, serial), "REGISTERED"),
        recorded(home, stolen, (make, serial), "STOLEN"),
        seized(abroad, cast.later(stolen, (3, 25)), (make, serial)),
    ]
    return Plot("weapon_life", entries)


def trap_dealer(cast: Cast) -> Plot:
    """Register a dealer's stock in one country."""
    country, make, at = cast.country(), pick(cast.rng, MAKES), cast.moment()
    entries = [recorded(country, at, (make, serial), "REGISTERED") for serial in cast.serials(8)]
    return Plot("trap_dealer", entries)


def trap_makes(cast: Cast) -> Plot:
    """Seize weapons whose serials follow each other, each of another make."""
    first, second, _ = cast.neighbours()
    at = cast.moment()
    pairs = zip(MAKES, cast.serials(len(MAKES)), strict=True)
    entries = [
        seized(first if number % 2 else second, cast.later(at, (0, 40)), mark)
        for number, mark in enumerate(pairs)
    ]
    return Plot("trap_makes", entries)


def seized(country: str, at: datetime, mark: tuple[str, str]) -> Entry:
    """Seize one weapon; `mark`: make and serial."""
    cells: Cells = {"items[0].what": "weapon", "items[0].quantity": "1", "items[0].unit": "unit"}
    return Entry(country, "seizure", at, cells | _weapon("items[0].weapon", mark))


def recorded(country: str, at: datetime, mark: tuple[str, str], status: str) -> Entry:
    """Record one weapon with its status."""
    return Entry(country, "weapon_record", at, {"status": status} | _weapon("weapon", mark))


def _weapon(path: str, mark: tuple[str, str]) -> Cells:
    return {
        f"{path}.kind": "firearm",
        f"{path}.type": "PISTOL",
        f"{path}.make": mark[0],
        f"{path}.calibre": "9 mm",
        f"{path}.serial": mark[1],
    }


KINDS = (serial_run, weapon_life, trap_dealer, trap_makes)
