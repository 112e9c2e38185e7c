"""Traps for the rules on telephones, accounts, vehicles, handsets, ammunition and traces.

Written apart from the matcher.

What each owes is what truth.py says of its records: nothing, for all but those of OWING.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from producers.scenario.stories.record import Call, Record, Tale
from producers.scenario.traps.person_traps import PersonSnares
from producers.scenario.world.belongings import Account, Handset, Line, Lot
from producers.scenario.world.chance import pick
from producers.scenario.world.numbers import luhn

CROWD = (22, 28)  # records of a hub: more than the twenty that telephones and accounts may have
OWING = frozenset({"notice-last-evening", "document-corrected-to", "exercise"})
NO_IMEI = ("000000000000000", "111111111111119", "123456789012345", "NO LEGIBLE")
SHORT = {"CO": "123", "EC": "911", "PE": "105", "BO": "110"}


class Snares(PersonSnares):
    """Each method lays one trap from the country `a` to `b`, ending on `day`."""

    def lay(self, name: str, day: int) -> Tale:
        """The trap called `name` (a key of SNARES)."""
        return self._tale(name, SNARES[name], day)

    def crowd(self, name: str, day: int) -> Tale:
        """A hub (a key of CROWDS): CROWD records of one thing."""
        return self._tale(name, CROWDS[name], day)

    def _tale(self, name: str, lay: "Snare", day: int) -> Tale:
        a, b = self.officers.map.route(self.rng)
        return Tale(name, lay(self, a, b, day), True)

    # vehicles

    def equal_plates(self, a: str, b: str, day: int) -> list[Record]:
        """ABC123 is a plate of Colombia and one of Peru."""
        car = self.officers.belongings.car("CO", self.rng)
        other = replace(self.officers.belongings.car("PE", self.rng), plate=car.plate)
        theft = self.clerks.incident(
            "CO", "car-theft", day - self._days(3, 200), car=car, involvement="STOLEN"
        )
        at = b if b != "CO" else a
        return [
            theft,
            self.clerks.movement(at, day, None, other),
            self.clerks.seizure("PE", "drug", "drugs", day, None, car=other),
        ]

    def recovered(self, a: str, b: str, day: int) -> list[Record]:
        """Stolen, found again and given back; then it travels."""
        car = self.officers.belongings.car(a, self.rng)
        since = day - self._days(40, 200)
        theft = self.clerks.incident(a, "car-theft", since, car=car, involvement="STOLEN")
        record = self.clerks.incident(
            a, "car-found", since + self._days(3, 30), car=car, involvement="RECOVERED"
        )
        return [theft, record, self.clerks.movement(b, day, None, car, a)]

    def before_theft(self, a: str, b: str, day: int) -> list[Record]:
        """Travelled, and was stolen later."""
        car = self.officers.belongings.car(a, self.rng)
        crossed = self.clerks.movement(b, day - self._days(4, 150), None, car, a)
        return [crossed, self.clerks.incident(a, "car-theft", day, car=car, involvement="STOLEN")]

    def commuter(self, a: str, b: str, day: int) -> list[Record]:
        """A trader's truck and driver that both countries see again and again."""
        truck, driver = (
            self.officers.belongings.car(a, self.rng, "truck"),
            self.officers.people.issue(a, self.rng),
        )
        return [
            self.clerks.movement(b if back % 2 else a, day - 7 * back, driver, truck)
            for back in range(4)
        ]

    # telephones and handsets

    def recycled(self, a: str, b: str, day: int) -> list[Record]:
        """A number that fell silent and was given to somebody else."""
        line = self.officers.belongings.line(a)
        before = self.clerks.incident(a, "extortion", day - self._days(200, 330))
        return [
            self.clerks.telephone(before, line),
            self.clerks.telephone(self.clerks.seizure(b, "drug", "drugs", day), line),
        ]

    def equal_lines(self, _a: str, _b: str, day: int) -> list[Record]:
        """The same digits at home, in Ecuador and in Peru."""
        here = self.officers.belongings.line("EC")
        present = Line("PE", here.national)
        calls = []
        for line, when in ((here, day - self._days(3, 100)), (present, day)):
            record = self.clerks.incident(line.country, "extortion", when)
            record.phone = Call(
                line, line.country, ("0" if line.country == "EC" else "") + line.national
            )
            calls.append(record)
        return calls

    def short_numbers(self, a: str, b: str, day: int) -> list[Record]:
        """Let two countries report the emergency number."""
        calls = []
        for country, when in ((a, day - self._days(3, 100)), (b, day)):
            record = self.clerks.incident(country, "robbery", when)
            record.phone = Call(Line(country, SHORT[a]), country, SHORT[a], "none")
            calls.append(record)
        return calls

    def no_imei(self, a: str, b: str, day: int) -> list[Record]:
        """Zeros where an IMEI should be."""
        text, matches = pick(self.rng, NO_IMEI), []
        for country, when in ((a, day - self._days(3, 100)), (b, day)):
            record = self.clerks.incident(country, "robbery", when)
            record.phone = Call(handset=Handset(text), imei=text, imei_certainty="none")
            matches.append(record)
        return matches

    def next_imei(self, a: str, b: str, day: int) -> list[Record]:
        """The next handset of the same box."""
        handset = self.officers.belongings.handset(self.rng)
        digit = int(handset.imei[13])
        other = Handset(luhn(f"{handset.imei[:13]}{digit + 1 if digit < 9 else 0}"))
        first = self.clerks.telephone(
            self.clerks.incident(a, "robbery", day - self._days(3, 200)), None, handset
        )
        return [
            first,
            self.clerks.telephone(self.clerks.seizure(b, "drug", "drugs", day), None, other),
        ]

    def hotel(self, a: str, b: str, day: int) -> list[Record]:
        """The telephone of a hotel at the border: in everybody's statement."""
        line = self.officers.belongings.line(a, desk=True)
        return [
            self.clerks.telephone(
                self.clerks.incident(b if n % 3 == 0 else a, "robbery", day - self._days(0, 80)),
                line,
            )
            for n in range(self._days(*CROWD))
        ]

    # money

    def other_bank(self, a: str, b: str, day: int) -> list[Record]:
        """The same account number at two banks."""
        account, other = self._plain_account(a), self._plain_account(b)
        return self._two_flows(a, b, day, account, Account(b, other.names, account.number))

    def other_country(self, a: str, b: str, day: int) -> list[Record]:
        """The same number at two banks of one name, in two countries."""
        names = ("Western Union", "WESTERN UNION")
        number = self.officers.belongings.number(10)
        return self._two_flows(a, b, day, Account(a, names, number), Account(b, names, number))

    def no_bank(self, a: str, b: str, day: int) -> list[Record]:
        """The same number, and nobody wrote of which bank."""
        records = self._two_flows(a, b, day, *[self._plain_account(a)] * 2)
        for record in records:
            if record.account is not None:
                record.account.institution, record.account.certainty = "", "none"
        return records

    def exchange_house(self, a: str, b: str, day: int) -> list[Record]:
        """The account through which an exchange house's customers all pay."""
        house, belongings = self.officers.belongings.exchange_house(a), self.officers.belongings
        flows = []
        for number in range(self._days(*CROWD)):
            country = b if number % 3 == 0 else a
            payer, when = belongings.account(country, self.rng), day - self._days(0, 200)
            flows.append(
                self.clerks.flow(
                    country,
                    when,
                    "remittances",
                    payer,
                    house,
                    self.officers.people.issue(country, self.rng),
                )
            )
        return flows

    # ammunition and traces

    def other_lot(self, a: str, b: str, day: int) -> list[Record]:
        """The same mark on another maker's boxes, or on boxes of another calibre."""
        belongings = self.officers.belongings
        lot, other = belongings.lot(self.rng), belongings.lot(self.rng)
        while other.make.name == lot.make.name and other.calibre.key == lot.calibre.key:
            other = belongings.lot(self.rng)
        other = Lot(other.make, other.calibre, lot.mark)
        return [
            self.clerks.ammunition(a, lot, day - self._days(5, 200)),
            self.clerks.ammunition(b, other, day),
        ]

    def traced_at_home(self, a: str, b: str, day: int) -> list[Record]:
        """A country asks for what only itself has on record; the other found nothing."""
        officers, rng = self.officers, self.rng
        weapon = officers.armoury.issue(a, rng)
        owned = officers.record(
            weapon, "REGISTERED", officers.map.town(a, rng), day - self._days(100, 900), light=True
        )
        record = self.clerks.request(a, weapon, day - 5)
        return [owned, record, self.clerks.result(b, weapon, day, "NOT_FOUND", record)]

    def _plain_account(self, country: str) -> Account:
        while (account := self.officers.belongings.account(country, self.rng)).interbank:
            pass
        return account

    def _two_flows(
        self, a: str, b: str, day: int, account: Account, other: Account
    ) -> list[Record]:
        return [
            self.clerks.flow(a, day - self._days(3, 150), "laundering", account),
            self.clerks.flow(b, day, "laundering", other),
        ]


Snare = Callable[[Snares, str, str, int], list[Record]]
SNARES: Mapping[str, Snare] = {
    "equal-numbers-of-two-countries": Snares.equal_numbers,
    "bystander": Snares.bystander,
    "crossed-before-notice": Snares.before_notice,
    "notice-expired": Snares.expired,
    "notice-last-evening": Snares.last_evening,
    "not-wanted": Snares.other_notice,
    "wanted-at-home": Snares.at_home,
    "namesakes": Snares.namesakes,
    "no-papers": Snares.no_papers,
    "document-corrected-away": Snares.document_away,
    "document-corrected-to": Snares.document_to,
    "equal-plates-of-two-countries": Snares.equal_plates,
    "recovered-car": Snares.recovered,
    "crossed-before-theft": Snares.before_theft,
    "commuter": Snares.commuter,
    "recycled-number": Snares.recycled,
    "equal-numbers-at-home": Snares.equal_lines,
    "emergency-number": Snares.short_numbers,
    "no-imei": Snares.no_imei,
    "next-imei": Snares.next_imei,
    "same-account-other-bank": Snares.other_bank,
    "same-account-other-country": Snares.other_country,
    "account-without-bank": Snares.no_bank,
    "same-lot-other-box": Snares.other_lot,
    "traced-at-home": Snares.traced_at_home,
    "exercise": Snares.exercise,
    "half-exercise": Snares.half_exercise,
}
CROWDS: Mapping[str, Snare] = {"hotel": Snares.hotel, "exchange-house": Snares.exchange_house}
LONGEST = CROWD[1]
