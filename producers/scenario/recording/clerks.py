"""Records of persons, money, movements, threats, traces and crimes.

The offices that keep them make them in their own ways.
"""

from producers.scenario.recording.noise import DOCUMENT_RATES
from producers.scenario.recording.officers import Officers
from producers.scenario.stories.record import (
    FLOW,
    INCIDENT,
    MOVEMENT,
    NOTICE,
    REQUEST,
    RESULT,
    SEIZURE,
    THREAT,
    Call,
    Ledger,
    Record,
)
from producers.scenario.world.belongings import Account, Car, Handset, Line, Lot
from producers.scenario.world.chance import pick
from producers.scenario.world.people import Identity
from producers.scenario.world.places import Place
from producers.scenario.world.weapons import Weapon

FLOW_USD = (7.6, 1.1)  # of a lognormal: the amounts of reported transactions


class Clerks:
    """One method a type. `light`: all is written rightly (things that a trap or rule depends on)."""

    def __init__(self, officers: Officers, light: bool = False) -> None:
        self.officers, self.rng, self._light = officers, officers.rng, light

    def notice(
        self,
        country: str,
        who: Identity,
        category: str,
        day: int,
        story: str,
        until: int | None = None,
    ) -> Record:
        """A person notice: category as schemas/codes/notice_category.json."""
        record = self._entry(NOTICE, category, country, day, story)
        record.minute = self.officers.year.office_minute(self.rng)
        record.until = until
        return self._with(record, who, "")

    def movement(
        self,
        country: str,
        day: int,
        who: Identity | None = None,
        car: Car | None = None,
        origin: str = "",
        minute: int | None = None,
    ) -> Record:
        """Someone or something at a border post of `country`, from or to the country beyond."""
        place = self.officers.map.post(country, self.rng, origin)
        direction = "ENTRY" if origin or self.rng.random() < 0.55 else "EXIT"
        record = self.officers.entry(MOVEMENT, direction, place, day, "travel")
        record.across = place.across
        if minute is not None:
            record.minute = minute
        if who is not None:
            self._with(
                record,
                who,
                "driver" if car is not None and self.rng.random() < 0.6 else "passenger",
            )
        return self._in(record, car, "")

    def incident(
        self, country: str, story: str, day: int, who: Identity | None = None, role: str = "suspect", car: Car | None = None,
        involvement: str = "USED", place: Place | None = None,
    ) -> Record:  # fmt: skip
        """Write down a crime that somebody reported."""
        record = self._entry(INCIDENT, "", country, day, story, place)
        return self._in(self._with(record, who, role), car, involvement)

    def seizure(
        self, country: str, what: str, story: str, day: int, who: Identity | None = None, role: str = "detained", car: Car | None = None,
        origin: str = "", involvement: str = "USED",
    ) -> Record:  # fmt: skip
        """A seizure of something that is no single weapon."""
        record = self._entry(
            SEIZURE,
            "",
            country,
            day,
            story,
            self.officers.map.arrival(country, origin, self.rng),
            what,
        )
        if what == "drug":
            record.substance, record.quantity = (
                "cocaine",
                round(self.rng.lognormvariate(8.5, 1.2)) + 1,
            )
        elif what == "cash":
            record.quantity = round(self.rng.lognormvariate(8.5, 1.3))
        elif what == "mineral":
            record.quantity = round(self.rng.lognormvariate(6.5, 1.0)) + 1
        return self._in(self._with(record, who, role), car, involvement)

    def ammunition(self, country: str, lot: Lot, day: int, origin: str = "") -> Record:
        """Boxes of a lot, seized."""
        record = self.seizure(country, "ammunition", "arms", day, origin=origin)
        record.lot, record.make, record.calibre, record.serial = (
            lot,
            lot.make.name,
            lot.calibre.names[0],
            self.officers.lot_mark(lot.mark, country, record.noise),
        )
        record.quantity = 50 * (1 + int(self.rng.random() * 40))
        return record

    def flow(
        self,
        country: str,
        day: int,
        story: str,
        account: Account,
        payee: Account | None = None,
        who: Identity | None = None,
    ) -> Record:
        """A report of a suspicious flow: from an account (and who moves it) to another."""
        record = self._entry(FLOW, "", country, day, story)
        record.minute = self.officers.year.office_minute(self.rng)
        record.quantity = round(self.rng.lognormvariate(*FLOW_USD), 2)
        record.account = self._account(record, account)
        record.payee = self._account(record, payee)
        return self._with(record, who, "reported")

    def threat(
        self,
        country: str,
        story: str,
        day: int,
        who: Identity | None = None,
        account: Account | None = None,
    ) -> Record:
        """What a unit fears, and why."""
        record = self._entry(THREAT, "", country, day, story)
        record.undated = not self._light and self.rng.random() < DOCUMENT_RATES["undated"]
        if record.undated:
            record.noise.append("undated")
        record.account = self._account(record, account)
        return self._with(record, who, "suspect")

    def request(self, country: str, weapon: Weapon, day: int) -> Record:
        """A country asks whose a weapon was."""
        place = self.officers.map.town(country, self.rng)
        record = self.officers.record(weapon, "", place, day, REQUEST, light=True)
        record.story = "trace"
        return record

    def result(
        self,
        country: str,
        weapon: Weapon,
        day: int,
        outcome: str,
        answers: Record,
        who: Identity | None = None,
    ) -> Record:
        """What another country found. `who`: the last lawful holder."""
        record = self.officers.record(
            weapon, outcome, self.officers.map.town(country, self.rng), day, RESULT, light=True
        )
        record.story, record.answers = "trace", answers
        return self._with(record, who, "owner")

    def telephone(
        self, record: Record, line: Line | None = None, handset: Handset | None = None
    ) -> Record:
        """With a telephone in it."""
        call: Call | None = (
            self.officers.call(line, record.country, record.noise, self._light)
            if line is not None
            else None
        )
        record.phone = (
            self.officers.handset(handset, record.noise, call, self._light)
            if handset is not None
            else call
        )
        return record

    def suffered(self, record: Record, who: Identity, role: str = "") -> Record:
        """With somebody in it who only complained, saw or suffered."""
        role = role or pick(self.rng, ("complainant", "victim", "witness"))
        record.other = self.officers.paper(who, role, record.noise, self._light)
        return record

    def _entry(
        self,
        form: str,
        status: str,
        country: str,
        day: int,
        story: str,
        place: Place | None = None,
        what: str = "",
    ) -> Record:
        return self.officers.entry(
            form, status, place or self.officers.map.town(country, self.rng), day, story, what
        )

    def _account(self, record: Record, account: Account | None) -> Ledger | None:
        if account is None:
            return None
        return self.officers.ledger(account, record.noise, self._light)

    def _with(self, record: Record, who: Identity | None, role: str) -> Record:
        if who is not None:
            record.person = self.officers.paper(who, role, record.noise, self._light)
        return record

    def _in(self, record: Record, car: Car | None, involvement: str) -> Record:
        if car is not None:
            record.vehicle = self.officers.plate(car, record.noise, involvement, self._light)
        return record
