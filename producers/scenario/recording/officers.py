"""Who writes records down, in the world that one seed makes.

Weapons, persons, plates, telephones and accounts as officers write them.
"""

from random import Random

from producers.scenario.recording import noise
from producers.scenario.recording.field_noise import FieldWriter, WrittenField
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
from producers.scenario.world.serials import canonical
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
        self._fields = FieldWriter(seed)
        self._births = Random(f"{seed}/births")

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
        record = Record(
            form, status, place, day, minute, "weapon", weapon, make, calibre, text, noise=noises
        )
        if serial is None:
            self._write_marks(record, weapon, light or "typo" in noises or "partial" in noises)
        return record

    def _write_marks(self, record: Record, weapon: Weapon, careful: bool) -> None:
        """Write serial, make and calibre into their cells."""
        country = record.country
        facts = {"calibre": record.calibre, "model": weapon.model}
        mark = self._fields.write("serial", record.serial, country, facts, careful)
        make = self._fields.write("make", record.make, country, facts, careful)
        if record.calibre:
            calibre = self._fields.write("calibre", record.calibre, country, {}, careful)
            record.calibre = calibre.text
            record.noise += calibre.noise
        record.serial, record.make = mark.text, make.text
        record.noise += (*mark.noise, *make.noise)
        record.leaves = mark.leaves if mark.leaves in ("lost", "possible") else make.leaves
        if record.certainty == "possible":
            by = make.text if make.leaves == "possible" else weapon.make.name
            record.doubt = f"{canonical(_said(mark.core))}|{by}"
        record.variant = "no zeros" if mark.leaves == "variant" else ""

    def lot_mark(self, mark: str, country: str, noises: list[str]) -> str:
        """The mark of a box as written."""
        written = self._fields.write("lot", mark, country)
        noises += written.noise
        return written.text

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
        written = self._written_document(identity, number, country, light or certainty != "certain")
        noises += written.noise
        first, second = (
            self._spelled(identity.first, noises),
            self._spelled(identity.second, noises) if identity.second else "",
        )
        certainty = _certainty(written) if certainty == "certain" else certainty
        return Paper(
            identity,
            role,
            identity.given,
            first,
            second,
            country,
            identity.type,
            written.text,
            certainty,
            _doubt(country, written, certainty),
            identity.department if written.leaves == "variant" else "",
            noise.birth(identity.birth, self._births, noises, light),
        )

    def _written_document(
        self, identity: Identity, number: str, country: str, careful: bool
    ) -> WrittenField:
        field = "document" if identity.type == "national_id" else "passport"
        facts = {"department": identity.department, "known": country}
        return self._fields.write(field, number, identity.country, facts, careful)

    def plate(
        self, car: Car, noises: list[str], involvement: str = "", light: bool = False
    ) -> Plate:
        """Write a vehicle's plate as an officer would."""
        rng = self.rng
        text = car.plate
        if rng.random() < noise.DOCUMENT_RATES["plate-marks"]:
            text = noise.split_plate(text, rng)
            noises.append("plate-marks")
        country = car.country
        if not light and rng.random() < noise.DOCUMENT_RATES["country-missing"]:
            noises.append("country-missing")
            country = ""
        written = self._fields.write("plate", text, car.country, {}, light or not country)
        noises += written.noise
        certainty = _certainty(written) if country else "possible"
        return Plate(
            car,
            country,
            written.text,
            involvement,
            certainty,
            _doubt(country, written, certainty),
        )

    def call(self, line: Line, at: str, noises: list[str], light: bool = False) -> Call:
        """The number as written in the country `at`.

        The country's prefix, or as one dials at home.
        """
        text, country = self._dialled(line, at, light)
        certainty = "certain" if country is not None else "possible"
        if country is None:
            noises.append("country-missing")
        careful = light or country is None
        facts = {"desk": "yes" if line.desk else ""}
        if not careful:
            facts["second"] = _at_home(self.belongings.line(line.country))
        written = self._fields.write("phone", text, line.country, facts, careful)
        noises += written.noise
        certainty = certainty if country is None else _certainty(written)
        doubt = _doubt(country or "", written, certainty)
        return Call(line, country or "", written.text, certainty, doubt)

    def _dialled(self, line: Line, at: str, light: bool) -> tuple[str, str | None]:
        """The number, and the country next to it; None where it is missing and needed."""
        rng, home = self.rng, _at_home(line)
        if not light and rng.random() < noise.DOCUMENT_RATES["country-missing"]:
            return home, None
        if at == line.country and rng.random() < 0.7:
            return noise.grouped(home, rng) if rng.random() < 0.3 else home, line.country
        spaced = f"+{CALLING[line.country]} {line.national}"
        country = pick(rng, ("", line.country))
        return spaced if rng.random() < 0.5 else spaced.replace(" ", ""), country

    def handset(
        self, handset: Handset, noises: list[str], call: Call | None = None, light: bool = False
    ) -> Call:
        """The handset as written, with the number that was in it."""
        text = (
            handset.imei
            if self.rng.random() < 0.7
            else f"{handset.imei[:2]}-{handset.imei[2:8]}-{handset.imei[8:14]}-{handset.imei[14]}"
        )
        second = {} if light else {"second": self.belongings.handset(self._fields.rng).imei}
        written = self._fields.write("imei", text, "", second, light)
        noises += written.noise
        result = call or Call()
        result.handset, result.imei = handset, written.text
        result.imei_certainty = _certainty(written)
        result.imei_doubt = _doubt("", written, result.imei_certainty)
        return result

    def ledger(self, account: Account, noises: list[str], light: bool = False) -> Ledger:
        """The account as written. A CCI may stand alone, since it says bank and country itself."""
        rng, number = self.rng, account.number
        institution = country = ""
        if account.interbank and rng.random() < 0.3:
            text = f"{number[:3]}-{number[3:6]}-{number[6:18]}-{number[18:]}"
        else:
            text = number if rng.random() < 0.7 else f"{number[:4]}-{number[4:]}"
            institution, country = pick(rng, account.names), account.country
        written = self._fields.write("account", text, account.country, {}, light)
        noises += written.noise
        return Ledger(account, institution, country, written.text, _certainty(written))

    def _spelled(self, surname: Surname, noises: list[str]) -> str:
        if not surname.spellings or self.rng.random() >= noise.DOCUMENT_RATES["name-spelling"]:
            return surname.name
        noises.append("name-spelling")
        return pick(self.rng, surname.spellings)


def _at_home(line: Line) -> str:
    """As one dials it in its country."""
    if line.desk and line.country == "PE":
        return f"0{line.national}"  # with the area; without it, eight digits are as well a DNI
    return f"{TRUNK[line.country]}{line.national}"


def _certainty(written: WrittenField) -> str:
    """What the truth calls what a value still says."""
    return "certain" if written.leaves == "variant" else written.leaves


def _doubt(country: str, written: WrittenField, certainty: str) -> str:
    """What a possible value says: the country and the number that everybody sees."""
    return f"{country}|{_said(written.core).upper()}" if certainty == "possible" else ""


def _said(core: str) -> str:
    """Letters, digits and one sign for what nobody could read."""
    return "".join(c if c.isalnum() else "?" for c in core if c.isalnum() or c in "?*_#")
