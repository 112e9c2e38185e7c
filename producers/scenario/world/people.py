"""The persons that exist in the scenario.

Names (names.toml), birth, and a document that nobody else has.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from producers.scenario.world.chance import Weighted, pick
from producers.scenario.world.numbers import CEDULAS, Numbers, Pools, cedula

ELDEST, YOUNGEST = date(1948, 1, 1).toordinal(), date(1999, 12, 31).toordinal()
TWO_NAMES = 0.45
ONE_SURNAME = 0.04
GUESTS = ("VE", "BR", "CL", "AR", "US", "ES")  # travellers with passports
PASSPORTS = {
    "VE": 14_000_000,
    "BR": 20_000_000,
    "CL": 30_000_000,
    "AR": 45_000_000,
    "US": 50_000_000,
    "ES": 60_000_000,
}
DEPARTMENTS = ("LP", "SC", "CB", "OR", "PT", "CH", "TJ", "BE", "PD")
_DAY = re.compile(
    r"(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])(19|20)[0-9]{2}|(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
)


@dataclass(frozen=True, slots=True)
class Surname:
    """`spellings`: other ways of writing the same."""

    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """One person. `type` and `number` of the document as the register has them; `birth` an ordinal."""

    given: str
    first: Surname
    second: Surname | None
    sex: str
    birth: int
    country: str
    type: str
    number: str

    @property
    def department(self) -> str:
        """The letters of the department that issued a Bolivian card; empty for others."""
        if self.country != "BO" or self.type != "national_id":
            return ""
        return DEPARTMENTS[int(self.number) % len(DEPARTMENTS)]


@dataclass(slots=True)
class Paper:
    """A person as a record names one: the role, the names, the document and the birth as written.

    `certainty`: where the document leads. `birth`: an ordinal, None where nobody wrote it.
    """

    identity: Identity
    role: str
    given: str
    first: str
    second: str
    country: str
    type: str
    number: str
    certainty: str = "certain"
    doubt: str = ""
    variant: str = ""
    birth: int | None = None


class People:
    """Issues persons, no two with one document."""

    def __init__(self, seed: str) -> None:
        table = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
        self._given: Mapping[str, Sequence[str]] = {
            "F": table["given"]["female"],
            "M": table["given"]["male"],
        }
        groups = [
            Weighted(
                [Surname(name, tuple(spellings)) for name, _, spellings in rows],
                [weight for _, weight, _ in rows],
            )
            for rows in (table["surnames"][group] for group in ("spanish", "quechua", "aymara"))
        ]
        self._surnames = {
            country: Weighted(groups, weights) for country, weights in table["homes"].items()
        }
        self._old = Pools([(52_000_000, 52_999_999, 1), (79_000_000, 79_999_999, 1)], seed)
        self._numbers = {
            "CO": Pools([(1_000_000_000, 1_199_999_999, 1)], seed),
            "PE": Pools(
                [
                    (40_000_000, 49_999_999, 6),
                    (70_000_000, 78_999_999, 3),
                    (60_000_000, 69_999_999, 1),
                    (1_000_000, 2_999_999, 0.5),
                ],
                seed,
            ),
            "BO": Pools([(3_000_000, 9_999_999, 2), (10_000_000, 13_999_999, 1)], seed),
        }
        self._cedulas = Numbers(0, CEDULAS - 1, seed, 1)
        self._passports = {
            country: Numbers(low, low + 15_000_000, seed) for country, low in PASSPORTS.items()
        }

    def issue(self, country: str, rng: Random) -> Identity:
        """Make a person of one of the four countries with a national card.

        A guest from elsewhere has a passport.
        """
        home = country if country in self._surnames else "CO"
        sex = "F" if rng.random() < 0.35 else "M"
        names = self._given[sex]
        text = pick(rng, names)
        if rng.random() < TWO_NAMES and (middle := pick(rng, names)) != text:
            text = f"{text} {middle}"
        second = None if rng.random() < ONE_SURNAME else self._surname(home, rng)
        kind, number = (
            ("passport", self._passport(country))
            if country in PASSPORTS
            else ("national_id", self._number(country, rng))
        )
        birth = ELDEST + int(rng.random() * (YOUNGEST - ELDEST))
        return Identity(text, self._surname(home, rng), second, sex, birth, country, kind, number)

    def double(self, identity: Identity, country: str, rng: Random) -> Identity:
        """Another person, of another country, whose document has the same number."""
        return replace(self.issue(country, rng), number=identity.number)

    def elder(self, rng: Random) -> Identity:
        """A Colombian whose cédula has eight digits, as many as a Peruvian DNI."""
        return replace(self.issue("CO", rng), number=str(self._old.issue(rng)))

    def namesake(self, identity: Identity, country: str, rng: Random) -> Identity:
        """Another person of the very same names."""
        return replace(
            self.issue(country, rng),
            given=identity.given,
            first=identity.first,
            second=identity.second,
            sex=identity.sex,
        )

    def twin(self, identity: Identity, rng: Random) -> Identity:
        """Another person: brother or sister, born on the same day."""
        names = [name for name in self._given[identity.sex] if name not in identity.given]
        return replace(
            self.issue(identity.country, rng),
            given=pick(rng, names),
            first=identity.first,
            second=identity.second,
            sex=identity.sex,
            birth=identity.birth,
        )

    def _surname(self, country: str, rng: Random) -> Surname:
        return self._surnames[country].pick(rng).pick(rng)

    def _number(self, country: str, rng: Random) -> str:
        if country == "EC":
            return cedula(self._cedulas.issue())
        width = 8 if country == "PE" else 0
        while _is_day(number := str(self._numbers[country].issue(rng)).rjust(width, "0")):
            pass
        return number

    def _passport(self, country: str) -> str:
        return f"{country[0]}{self._passports[country].issue()}"


def _is_day(number: str) -> bool:
    """Say whether eight digits are a day of the last century or of this: a column mixed up."""
    return _DAY.fullmatch(number) is not None
