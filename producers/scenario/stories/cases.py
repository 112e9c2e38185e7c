"""Stories that cross borders and that several records tell.

Fugitives, stolen cars, extortion, money, gold, migrants, traces.
"""

from collections.abc import Callable, Mapping

from producers.scenario.recording.clerks import Clerks
from producers.scenario.recording.officers import Officers
from producers.scenario.stories.record import Record, Tale
from producers.scenario.world.chance import Weighted, pick

Story = Callable[["Cases", str, str, int], list[Record]]


class Cases:
    """Each method makes one story that ends on `day`, from the country `a` to the country `b`."""

    def __init__(self, officers: Officers) -> None:
        self.officers, self.rng, self.clerks = officers, officers.rng, Clerks(officers)
        self._stories = Weighted(STORIES, [weight for _, weight in STORIES.values()])

    def tell(self, day: int) -> Tale:
        """One of them, by weight."""
        name = self._stories.pick(self.rng)
        a, b = self.officers.map.route(self.rng)
        return Tale(name, STORIES[name][0](self, a, b, day))

    def fugitive(self, a: str, b: str, day: int) -> list[Record]:
        """Wanted by a judge of `a`, shows the document at a post of `b`."""
        who = self.officers.people.issue(a, self.rng)
        since = day - self._days(3, 500)
        until = day + self._days(5, 900) if self.rng.random() < 0.4 else None
        records = [
            self.clerks.notice(a, who, "requisitoria", since, "fugitive", until),
            self.clerks.movement(b, day, who, origin=a),
        ]
        if self.rng.random() < 0.3:
            records.append(
                self.clerks.seizure(
                    b, "drug", "drugs", day + 1, who, car=self.officers.belongings.car(b, self.rng)
                )
            )
        return records

    def travel_ban(self, a: str, b: str, day: int) -> list[Record]:
        """Under investigation for laundering, may not travel, and does; the account follows."""
        people, belongings = self.officers.people, self.officers.belongings
        who = people.issue(a, self.rng)
        ban = self.clerks.notice(
            a,
            who,
            "impedimento_de_transito",
            day - self._days(3, 120),
            "travel-ban",
            day + self._days(3, 300),
        )
        records = [
            ban,
            self.clerks.movement(
                b, day, who, belongings.car(a, self.rng) if self.rng.random() < 0.5 else None, a
            ),
        ]
        if self.rng.random() < 0.5:
            records.append(
                self.clerks.flow(
                    b, day + 3, "laundering", belongings.account(b, self.rng), None, who
                )
            )
        return records

    def stolen_car(self, a: str, b: str, day: int) -> list[Record]:
        """Steal a car in `a` and drive it through a border post of `b`.

        Some drivers have no papers. Sometimes the car is found in a seizure there.
        """
        car = self.officers.belongings.car(a, self.rng)
        since = day - self._days(2, 150)
        theft = self.clerks.incident(
            a,
            pick(self.rng, ("car-theft", "car-robbery")),
            since,
            None,
            car=car,
            involvement="STOLEN",
        )
        self.clerks.suffered(theft, self.officers.people.issue(a, self.rng), "complainant")
        records = [theft, self.clerks.movement(b, day, None, car, a)]
        if self.rng.random() < 0.35:
            records.append(
                self.clerks.seizure(
                    b, "vehicle", "contraband", day + 4, None, car=car, involvement="SEIZED"
                )
            )
        return records

    def extortion(self, a: str, b: str, day: int) -> list[Record]:
        """One telephone, calls to traders in two countries; the handset turns up as well."""
        line, handset = self.officers.belongings.line(a), self.officers.belongings.handset(self.rng)
        both = handset if self.rng.random() < 0.4 else None
        first = self.clerks.incident(a, "extortion", day - self._days(3, 120))
        self.clerks.suffered(first, self.officers.people.issue(a, self.rng), "victim")
        second = (
            self.clerks.threat(b, "extortion", day)
            if self.rng.random() < 0.5
            else self.clerks.incident(b, "extortion", day)
        )
        return [self.clerks.telephone(first, line, both), self.clerks.telephone(second, line, both)]

    def handset(self, a: str, b: str, day: int) -> list[Record]:
        """A telephone stolen in a robbery here, in the pocket of somebody detained there."""
        handset = self.officers.belongings.handset(self.rng)
        record = self.clerks.telephone(
            self.clerks.incident(a, "robbery", day - self._days(2, 250)), None, handset
        )
        who = self.officers.people.issue(b, self.rng)
        return [
            record,
            self.clerks.telephone(self.clerks.seizure(b, "drug", "drugs", day, who), None, handset),
        ]

    def money(self, a: str, b: str, day: int) -> list[Record]:
        """Report one account in two financial-intelligence units.

        Sometimes a threat report names it as well.
        """
        belongings = self.officers.belongings
        hub, story = (
            belongings.account(pick(self.rng, (a, b)), self.rng),
            pick(self.rng, ("laundering", "remittances")),
        )
        who = self.officers.people.issue(a, self.rng)
        records = [
            self.clerks.flow(
                a, day - self._days(3, 200), story, belongings.account(a, self.rng), hub, who
            ),
            self.clerks.flow(b, day, story, hub, belongings.account(b, self.rng)),
        ]
        if self.rng.random() < 0.3:
            records.append(self.clerks.threat(b, story, day + 5, None, hub))
        return records

    def gold(self, a: str, b: str, day: int) -> list[Record]:
        """Illegal mining: dredges in `a`.

        The gold seized in `b`, in a truck already seen at the mine; the money reported by both
        units.
        """
        belongings = self.officers.belongings
        boss, car, till = (
            self.officers.people.issue(a, self.rng),
            belongings.car(a, self.rng, "truck"),
            belongings.account(b, self.rng),
        )
        mine = self.clerks.incident(a, "mining", day - self._days(20, 90), boss, "suspect", car)
        carried = self.clerks.seizure(
            b, "mineral", "mining", day, self.officers.people.issue(a, self.rng), "driver", car, a
        )
        paid = self.clerks.flow(
            b, day + 8, "gold-money", till, belongings.account(a, self.rng), boss
        )
        sent = self.clerks.flow(a, day + 12, "gold-money", belongings.account(a, self.rng), till)
        return [mine, carried, paid, sent][: 3 + (self.rng.random() < 0.6)]

    def migrants(self, a: str, b: str, day: int) -> list[Record]:
        """A smuggling route.

        One driver and van in cases of two countries; those carried are victims, and bring no case
        onto anyone.
        """
        driver, van = (
            self.officers.people.issue(a, self.rng),
            self.officers.belongings.car(a, self.rng, "bus"),
        )
        carried = self.officers.people.issue("VE", self.rng)
        story = pick(self.rng, ("migrants", "trafficking"))
        first = self.clerks.suffered(
            self.clerks.incident(a, story, day - self._days(5, 90), driver, "driver", van),
            carried,
            "victim",
        )
        passed = self.clerks.movement(b, day - 1, carried, origin=a)
        second = self.clerks.suffered(
            self.clerks.incident(b, story, day, driver, "detained", van), carried, "victim"
        )
        return [first, passed, second]

    def rustlers(self, a: str, b: str, day: int) -> list[Record]:
        """Cattle stolen in `a` on a truck that is stopped in `b`."""
        truck, thief = (
            self.officers.belongings.car(b, self.rng, "truck"),
            self.officers.people.issue(b, self.rng),
        )
        herd = self.clerks.incident(a, "rustling", day - self._days(1, 20), None, car=truck)
        self.clerks.suffered(herd, self.officers.people.issue(a, self.rng), "complainant")
        return [herd, self.clerks.incident(b, "rustling", day, thief, "detained", truck)]

    def courier(self, a: str, b: str, day: int) -> list[Record]:
        """On record in `a`, detained in `b` with drugs.

        The money's report in `a` names the same document.
        """
        who = self.officers.people.issue(a, self.rng)
        first = self.clerks.notice(
            a,
            who,
            pick(self.rng, ("antecedentes", "requisitoria")),
            day - self._days(30, 400),
            "record",
        )
        caught = self.clerks.seizure(
            b, "drug", "drugs", day, who, car=self.officers.belongings.car(b, self.rng), origin=a
        )
        if self.rng.random() < 0.3:
            return [
                first,
                caught,
                self.clerks.flow(
                    a,
                    day + 6,
                    "laundering",
                    self.officers.belongings.account(a, self.rng),
                    None,
                    who,
                ),
            ]
        return [first, caught]

    def ammunition(self, a: str, b: str, day: int) -> list[Record]:
        """One lot in two countries' seizures."""
        lot = self.officers.belongings.lot(self.rng)
        return [
            self.clerks.ammunition(a, lot, day - self._days(5, 250)),
            self.clerks.ammunition(b, lot, day, a),
        ]

    def trace(self, a: str, b: str, day: int) -> list[Record]:
        """`b` finds a weapon and asks; `a`, where it is registered, answers whose it was."""
        officers, rng = self.officers, self.rng
        weapon = officers.armoury.issue(a, rng)
        owned = officers.record(
            weapon, "REGISTERED", officers.map.town(a, rng), day - self._days(500, 5000)
        )
        record = officers.record(
            weapon, "SEIZED", officers.map.arrival(b, a, rng), day - 6, light=True
        )
        query = self.clerks.request(b, weapon, day - 4)
        answer = self.clerks.result(
            a, weapon, day, "IDENTIFIED", query, officers.people.issue(a, rng)
        )
        return [owned, record, query, answer][1 if rng.random() < 0.4 else 0 :]

    def _days(self, low: int, high: int) -> int:
        return low + int(self.rng.random() * (high - low + 1))


STORIES: Mapping[str, tuple[Story, float]] = {
    "fugitive-at-crossing": (Cases.fugitive, 16),
    "travel-ban-broken": (Cases.travel_ban, 8),
    "stolen-car-at-crossing": (Cases.stolen_car, 16),
    "extortion-by-telephone": (Cases.extortion, 14),
    "robbed-handset": (Cases.handset, 6),
    "money-in-two-countries": (Cases.money, 12),
    "illegal-gold": (Cases.gold, 6),
    "migrants-smuggled": (Cases.migrants, 6),
    "cattle-rustling": (Cases.rustlers, 5),
    "courier-on-record": (Cases.courier, 8),
    "ammunition-lot": (Cases.ammunition, 5),
    "weapon-traced": (Cases.trace, 7),
}
