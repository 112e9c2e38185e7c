"""Draw who and what plots are made of, and write each as the cells of an export."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from producers.scenario.networks.entry import Cells
from producers.scenario.world.belongings import Account, Belongings, Car
from producers.scenario.world.chance import FIRST_DAY, LAST_DAY, pick
from producers.scenario.world.people import Identity, People
from producers.scenario.world.weapons import Armoury

COUNTRIES = ("BO", "CO", "EC", "PE")
CROSSINGS = {
    ("CO", "EC"): ("Rumichaca", "San Miguel"),
    ("EC", "PE"): ("Huaquillas", "Macará"),
    ("BO", "PE"): ("Desaguadero", "Kasani"),
    ("CO", "PE"): ("Leticia", "Santa Rosa"),
}
"""Border crossings by the pair of countries that they join, in alphabetical order."""
_EARLIEST, _LATEST = 0, LAST_DAY - FIRST_DAY - 60


class Cast:
    """Issues persons, vehicles, accounts, telephones and serials, each once."""

    def __init__(self, seed: str) -> None:
        """Begin with the chance of a seed; the same seed gives the same cast."""
        self.rng = Random(f"{seed}/networks")
        self._people = People(f"{seed}/networks")
        self._belongings = Belongings(f"{seed}/networks", Armoury(f"{seed}/networks"))
        self._serials = 0

    def country(self) -> str:
        """Return one of the four."""
        return pick(self.rng, COUNTRIES)

    def neighbours(self) -> tuple[str, str, str]:
        """Return two countries in any order, and a crossing that joins them."""
        pair = pick(self.rng, sorted(CROSSINGS))
        first, second = pair if self.rng.random() < 0.5 else pair[::-1]
        return first, second, pick(self.rng, CROSSINGS[pair])

    def moment(self, hours: tuple[int, int] = (7, 20)) -> datetime:
        """Return a moment of the year (UTC) that leaves sixty days for what follows."""
        day = date.fromordinal(FIRST_DAY + self.rng.randint(_EARLIEST, _LATEST))
        hour = self.rng.randint(*hours)
        return datetime(day.year, day.month, day.day, hour, self.rng.randint(0, 59))

    def later(self, at: datetime, days: tuple[float, float]) -> datetime:
        """Return a moment so many days later."""
        return at + timedelta(minutes=round(self.rng.uniform(*days) * 1440))

    def person(self, country: str) -> Identity:
        """Return a new person of a country."""
        return self._people.issue(country, self.rng)

    def namesake(self, identity: Identity, country: str) -> Identity:
        """Return another person with the same name."""
        return self._people.namesake(identity, country, self.rng)

    def car(self, country: str, kind: str | None = None) -> Car:
        """Return a new vehicle of a country."""
        return self._belongings.car(country, self.rng, kind)

    def account(self, country: str) -> Account:
        """Return a new account of a bank of a country."""
        return self._belongings.account(country, self.rng)

    def exchange_house(self, country: str) -> Account:
        """Return the account of an exchange house."""
        return self._belongings.exchange_house(country)

    def phone(self, country: str, desk: bool = False) -> str:
        """Return a new telephone number, without the country's prefix."""
        return self._belongings.line(country, desk).national

    def serials(self, count: int) -> list[str]:
        """Return consecutive serials that nobody else has."""
        self._serials += count + self.rng.randint(7, 40)
        first = 100_000 + self._serials
        return [f"NT{number:06d}" for number in range(first, first + count)]


def person_cells(path: str, person: Identity, role: str = "", *, card: str = "") -> Cells:
    """Write a person. `card`: another number, of a passport, which is shown instead."""
    return {
        f"{path}.role": role,
        f"{path}.given_names": person.given,
        f"{path}.first_surname": person.first.name,
        f"{path}.second_surname": person.second.name if person.second else "",
        f"{path}.nationality": person.country,
        f"{path}.birth_date": date.fromordinal(person.birth).isoformat(),
        f"{path}.document.country": person.country,
        f"{path}.document.type": "passport" if card else person.type,
        f"{path}.document.number": card or person.number + person.department,
    }


def vehicle_cells(path: str, car: Car, involvement: str = "") -> Cells:
    """Write a vehicle with its plate; `involvement`: in the case, where the type has it."""
    cells = {
        f"{path}.kind": car.kind,
        f"{path}.country": car.country,
        f"{path}.plate": car.plate,
        f"{path}.make": car.make,
        f"{path}.colour": car.colour,
    }
    return cells | ({f"{path}.involvement": involvement} if involvement else {})


def account_cells(path: str, account: Account) -> Cells:
    """Write an account with its institution and country."""
    return {
        f"{path}.institution": account.names[0],
        f"{path}.country": account.country,
        f"{path}.number": account.number,
    }
