"""Who writes records down, in the world that one seed makes.

Weapons, persons, plates, telephones and accounts as officers write them.
"""

from random import Random

from producers.scenario.recording import noise
from producers.scenario.stories.record import AT_A_DESK, WEAPON, Call, Ledger, Plate, Record
from producers.scenario.world.belongings import (
    CALLING,
    TRUNK,
    Account,
    Belongings,
    Car,
    Handset,
    Line,
)
from producers.scenario.world.chance import Traffic, Year, pick
from producers.scenario.world.people import Identity, Paper, People, Surname
from producers.scenario.world.places import Map, Place
from producers.scenario.world.weapons import Armoury, Weapon


class Officers:
    """Write records down as officers do."""

    def __init__(self, seed: str) -> None:
        self.armoury = Armoury(seed)
        self.people = People(seed)
        self.belongings = Belongings(seed, self.armoury)
        self.map = Map()
        self.year, self.traffic = Year(), Traffic()
        self.rng = Random(f"{seed}/officers")

    def record(
        self,
        weapon: Weapon,
        status: str,
        place: Place,
        day: int,
        form: str = WEAPON,
        light: bool = False,
        serial: str | None = None,
    ) -> Record:
        """A record of this weapon.

        `light`: without noise that changes characters; `serial`: written exactly so.
        """
        rng = self.rng
        text, noises = (serial, []) if serial is not None else noise.serial(weapon, rng, light)
        make = noise.make(weapon, rng, noises)
        calibre = noise.calibre(weapon, rng, noises, light)
        minute = self.year.office_minute(rng) if status in AT_A_DESK else self.year.minute(rng)
        return Record(
            form, status, place, day, minute, "weapon", weapon, make, calibre, text, noise=noises
        )

    def entry(
        self, form: str, status: str, place: Place, day: int, story: str = "", what: str = ""
    ) -> Record:
        """A record without a weapon so far."""
        return Record(form, status, place, day, self.year.minute(self.rng), what, story=story)

    def paper(self, identity: Identity, role: str, noises: list[str], light: bool = False) -> Paper:
        """The person as written. `light`: the document is written rightly and with its country."""
        rng = self.rng
        number, country, certainty = identity.number, identity.country, "certain"
        if not light and rng.random() < noise.DOCUMENT_RATES["document-typo"]:
            number, certainty = noise.wrong_digit(number, rng), "mistyped"
            noises.append("document-typo")
        elif (
            not light
            and identity.type == "national_id"
            and rng.random() < noise.DOCUMENT_RATES["country-missing"]
        ):
            country, certainty = "", "possible"
            noises.append("country-missing")
        elif rng.random() < noise.DOCUMENT_RATES["document-marks"]:
            number = noise.marked(number, identity.country, identity.type, rng)
            noises.append("document-marks")
        first, second = (
            self._spelled(identity.first, noises),
            self._spelled(identity.second, noises) if identity.second else "",
        )
        return Paper(
            identity, role, identity.given, first, second, country, identity.type, number, certainty
        )

    def plate(
        self, car: Car, noises: list[str], involvement: str = "", light: bool = False
    ) -> Plate:
        """Write a vehicle's plate as an officer would."""
        rng = self.rng
        text = car.plate
        if rng.random() < noise.DOCUMENT_RATES["plate-marks"]:
            text = noise.split_plate(text, rng)
            noises.append("plate-marks")
        if not light and rng.random() < noise.DOCUMENT_RATES["country-missing"]:
            noises.append("country-missing")
            return Plate(car, "", text, involvement, "possible")
        return Plate(car, car.country, text, involvement)

    def call(self, line: Line, at: str, noises: list[str], light: bool = False) -> Call:
        """The number as written in the country `at`.

        The country's prefix, or as one dials at home.
        """
        rng = self.rng
        home = f"{TRUNK[line.country]}{line.national}"
        if not light and rng.random() < noise.DOCUMENT_RATES["country-missing"]:
            noises.append("country-missing")
            return Call(line, "", home, "possible")
        if at == line.country and rng.random() < 0.7:
            return Call(
                line, line.country, noise.grouped(home, rng) if rng.random() < 0.3 else home
            )
        spaced = f"+{CALLING[line.country]} {line.national}"
        return Call(
            line,
            pick(rng, ("", line.country)),
            spaced if rng.random() < 0.5 else spaced.replace(" ", ""),
        )

    def handset(self, handset: Handset, call: Call | None = None) -> Call:
        """The handset as written, with the number that was in it."""
        text = (
            handset.imei
            if self.rng.random() < 0.7
            else f"{handset.imei[:2]}-{handset.imei[2:8]}-{handset.imei[8:14]}-{handset.imei[14]}"
        )
        result = call or Call()
        result.handset, result.imei = handset, text
        return result

    def ledger(self, account: Account) -> Ledger:
        """The account as written. A CCI may stand alone, since it says bank and country itself."""
        rng = self.rng
        if account.interbank and rng.random() < 0.3:
            return Ledger(
                account,
                "",
                "",
                f"{account.number[:3]}-{account.number[3:6]}-{account.number[6:18]}-{account.number[18:]}",
            )
        text = (
            account.number if rng.random() < 0.7 else f"{account.number[:4]}-{account.number[4:]}"
        )
        return Ledger(account, pick(rng, account.names), account.country, text)

    def _spelled(self, surname: Surname, noises: list[str]) -> str:
        if not surname.spellings or self.rng.random() >= noise.DOCUMENT_RATES["name-spelling"]:
            return surname.name
        noises.append("name-spelling")
        return pick(self.rng, surname.spellings)
