"""One record of the scenario: what happened, and what an officer wrote."""

from dataclasses import dataclass, field, replace
from random import Random

from producers.scenario import noise
from producers.scenario.chance import Year
from producers.scenario.places import Map, Place
from producers.scenario.weapons import Armoury, Weapon

WEAPON, SEIZURE = "weapon_record", "seizure"
AT_A_DESK = ("REGISTERED", "EXPORTED", "IMPORTED", "DESTROYED")


@dataclass(slots=True)
class Record:
    """A row to be. `day` is an ordinal, `minute` of the day (local time); quantity in grams of a drug or in the country's currency."""

    type: str
    status: str
    place: Place
    day: int
    minute: int
    what: str = "weapon"
    weapon: Weapon | None = None
    make: str = ""
    calibre: str = ""
    serial: str = ""
    substance: str = ""
    quantity: float = 0.0
    noise: list[str] = field(default_factory=list)
    reference: str = ""
    first_serial: str | None = None  # what was reported before the correction

    @property
    def country(self) -> str:
        return self.place.country

    @property
    def found(self) -> bool:
        """Whether it was found on the spot, not filed at a desk."""
        return self.type == SEIZURE or self.status in ("SEIZED", "TRAFFICKED")

    @property
    def certainty(self) -> str:
        """certain | possible | mistyped | none: whether the serial as written leads to the weapon."""
        if "typo" in self.noise:
            return "mistyped"
        if any(name in self.noise for name in ("illegible", "placeholder", "obliterated")):
            return "none"
        return "possible" if "partial" in self.noise else "certain"

    def before_correction(self) -> "Record":
        """The record as first reported."""
        return replace(self, serial=self.first_serial or self.serial)


@dataclass(slots=True)
class Known:
    """What the truth tells of one weapon. `trap`: it resembles another one, or needs care."""

    story: str
    weapon: Weapon
    records: list[Record]
    trap: bool = False


class Officers:
    """Writes records down, in the world that one seed makes."""

    def __init__(self, seed: str) -> None:
        self.armoury = Armoury(seed)
        self.map = Map()
        self.year = Year()
        self.rng = Random(f"{seed}/officers")

    def record(
        self, weapon: Weapon, status: str, place: Place, day: int, form: str = WEAPON, light: bool = False, serial: str | None = None
    ) -> Record:
        """A record of this weapon. `light`: without noise that changes characters; `serial`: written exactly so."""
        rng = self.rng
        text, noises = (serial, []) if serial is not None else noise.serial(weapon, rng, light)
        make = noise.make(weapon, rng, noises)
        calibre = noise.calibre(weapon, rng, noises, light)
        minute = self.year.office_minute(rng) if status in AT_A_DESK else self.year.minute(rng)
        return Record(form, status, place, day, minute, "weapon", weapon, make, calibre, text, noise=noises)
