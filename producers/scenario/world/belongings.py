"""Things that exist in the scenario besides weapons and persons.

Cars, telephones, handsets, accounts, lots of ammunition.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

from producers.scenario.world.chance import Weighted, pick
from producers.scenario.world.numbers import Numbers, cci, letters, luhn
from producers.scenario.world.weapons import Armoury, Calibre, Make

# first letters of plates, apart in Colombia and Peru whose forms are one (ABC123)
CO_FIRST, PE_FIRST = "EGHJKMNRSTUW", "ABCDFVXZ"
EC_FIRST = "PGAMTEHLRBNXOIWSVZCUKQJY"  # by province
CAR_MAKES = (("Toyota", "Hilux", "pickup"), ("Chevrolet", "D-Max", "pickup"), ("Hyundai", "Accent", "car"), ("Kia", "Rio", "car"),
             ("Nissan", "Frontier", "pickup"), ("Volvo", "FH", "truck"), ("Hino", "500", "truck"), ("Suzuki", "Vitara", "car"),
             ("Mercedes-Benz", "OF 1721", "bus"), ("Renault", "Duster", "car"))  # fmt: skip
COLOURS = ("blanco", "gris", "negro", "rojo", "azul", "plateado", "verde")
CALLING = {"CO": "57", "EC": "593", "PE": "51", "BO": "591"}
TRUNK = {"CO": "", "EC": "0", "PE": "", "BO": ""}
MOBILES = {
    "CO": (3_100_000_000, 3_219_999_999),
    "EC": (980_000_000, 999_999_999),
    "PE": (940_000_000, 969_999_999),
    "BO": (61_000_000, 79_999_999),
}
DESKS = {
    "CO": (6_012_000_000, 6_019_999_999),
    "EC": (22_200_000, 22_999_999),
    "PE": (14_000_000, 14_999_999),
    "BO": (22_100_000, 22_999_999),
}
TACS = (
    "35693803",
    "35328509",
    "86723004",
    "35824005",
    "35209906",
    "86051203",
    "35465107",
    "86934602",
    "35740008",
    "01326300",
)
# how mobile telephones begin with their country, by digits in all: no account's number does
_DIALLED = {10: ("50",), 11: ("519", "5916", "5917"), 12: ("573", "5939")}
LOT_MAKES = ("CBC", "INDUMIL", "FAME", "AGUILA", "FIOCCHI")
LOT_CALIBRES = ("9x19", "38spl", "45acp", "12", "22lr")


@dataclass(frozen=True, slots=True, eq=False)
class Car:
    """`plate` as the register has it."""

    country: str
    plate: str
    kind: str
    make: str
    model: str
    colour: str


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A telephone's number: `national`, without trunk prefix; `desk`: of a switchboard."""

    country: str
    national: str
    desk: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Handset:
    """A handset; `imei` has 15 digits."""

    imei: str


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """`names`: of the institution. A Peruvian one may be a CCI, which says the institution itself."""

    country: str
    names: tuple[str, ...]
    number: str
    interbank: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """Of ammunition, as marked on the box."""

    make: Make
    calibre: Calibre
    mark: str


class Belongings:
    """Issues them, none like another."""

    def __init__(self, seed: str, armoury: Armoury) -> None:
        self._calibres = armoury.calibres
        self._plates = {
            country: Numbers(0, size - 1, f"{seed}/{country}", 1)
            for country, size in _PLATES.items()
        }
        self._mobiles = {
            country: Numbers(low, high, f"{seed}/{country}")
            for country, (low, high) in MOBILES.items()
        }
        self._desks = {
            country: Numbers(low, high, f"{seed}/{country}/desk")
            for country, (low, high) in DESKS.items()
        }
        self._handsets = [Numbers(0, 999_999, f"{seed}/{tac}") for tac in TACS]
        self._lots = Numbers(0, 99_999_999, f"{seed}/lots", 1)
        table = tomllib.loads(
            (Path(__file__).parent / "institutions.toml").read_text(encoding="utf-8")
        )
        self.banks = {
            country: Weighted(rows["banks"], [row["weight"] for row in rows["banks"]])
            for country, rows in table.items()
        }
        self._exchange = {country: rows["exchange"] for country, rows in table.items()}
        self._numbers: dict[str, Numbers] = {}
        self._seed = seed

    def car(self, country: str, rng: Random, kind: str | None = None) -> Car:
        """A new vehicle with this country's plate."""
        fitting = [row for row in CAR_MAKES if kind in (None, row[2])]
        make, model, kind = pick(rng, fitting)
        return Car(country, self._plate(country), kind, make, model, pick(rng, COLOURS))

    def line(self, country: str, desk: bool = False) -> Line:
        """A new number; `desk`: a fixed one, of a hotel or switchboard."""
        return Line(country, str((self._desks if desk else self._mobiles)[country].issue()), desk)

    def handset(self, rng: Random) -> Handset:
        """Make a handset with an IMEI of its own."""
        place = int(rng.random() * len(TACS))
        return Handset(luhn(f"{TACS[place]}{self._handsets[place].issue():06}"))

    def account(self, country: str, rng: Random) -> Account:
        """A new account of one of the country's banks."""
        bank = self.banks[country].pick(rng)
        if country == "PE" and rng.random() < 0.5:
            return Account(country, tuple(bank["names"]), self._interbank(bank["bank"], rng), True)
        return Account(country, tuple(bank["names"]), self.number(bank["digits"]))

    def exchange_house(self, country: str) -> Account:
        """The account through which an exchange house moves its customers' money."""
        house = self._exchange[country]
        return Account(country, tuple(house["names"]), self.number(house["digits"]))

    def number(self, digits: int) -> str:
        """A new account number: no two accounts of any two banks with as many digits have the same.

        None begins as a document, a mobile telephone or a tax number of the four countries does.
        """
        key = str(digits)
        if key not in self._numbers:
            self._numbers[key] = Numbers(
                4 * 10 ** (digits - 1), 9 * 10 ** (digits - 1) - 1, f"{self._seed}/accounts"
            )
        while (text := str(self._numbers[key].issue())).startswith(_DIALLED.get(digits, "-")):
            pass
        return text

    def lot(self, rng: Random) -> Lot:
        """Make an ammunition lot with a number of its own."""
        number = self._lots.issue()
        mark = f"{letters(number // 1_000_000, 2)}{number % 1_000_000:06}"
        make = pick(rng, LOT_MAKES)
        return Lot(Make(make, (make,)), self._calibres[pick(rng, LOT_CALIBRES)], mark)

    def _plate(self, country: str) -> str:
        """Issue a plate that no officer takes for a placeholder."""
        while _looks_like_placeholder(number := plate(country, self._plates[country].issue())):
            pass
        return number

    def _interbank(self, bank: str, rng: Random) -> str:
        return cci(bank, f"{100 + int(rng.random() * 800)}", f"0{self.number(11)}")


def plate(country: str, number: int) -> str:
    """The country's form: CO and PE ABC123, EC ABC1234, BO 1234ABC."""
    if country in ("CO", "PE"):
        number, digits = divmod(number, 1000)
        first = CO_FIRST if country == "CO" else PE_FIRST
        return f"{first[number % len(first)]}{letters(number // len(first), 2)}{digits:03}"
    number, digits = divmod(
        number, 9_000
    )  # from 1000 on: GAB0123 is GAB123 in Ecuador, and that is a Colombian form too
    if country == "EC":
        return f"{EC_FIRST[number % len(EC_FIRST)]}{letters(number // len(EC_FIRST), 2)}{1000 + digits}"
    return f"{1000 + digits}{letters(number, 3)}"


def _looks_like_placeholder(number: str) -> bool:
    """Say whether forms use this plate where none is known: XXX176, ABC000, AAA111."""
    series = {sign for sign in number if sign.isalpha()}
    digits = {sign for sign in number if sign.isdigit()}
    return series == {"X"} or digits == {"0"} or (len(series) == 1 and len(digits) == 1)


_PLATES = {
    "CO": len(CO_FIRST) * 529_000,
    "PE": len(PE_FIRST) * 529_000,
    "EC": len(EC_FIRST) * 4_761_000,
    "BO": 109_503_000,
}
