"""Traps for the rules on persons.

Whose document it is, when a notice holds, who brings a case, what belongs to an exercise alone.
"""

from dataclasses import replace

from producers.scenario.recording.clerks import Clerks
from producers.scenario.recording.officers import Officers
from producers.scenario.stories.record import Record
from producers.scenario.world.chance import pick

EXERCISE = "CONDOR-2018"
LATE = 22 * 60 + 30  # minute of the day
NO_PAPERS = ("NO PORTA", "S/N", "00000000", "NO TIENE", "XXXXXXXX", "INDOCUMENTADO")


class PersonSnares:
    """Each method lays one trap from the country `a` to `b`, ending on `day`."""

    def __init__(self, officers: Officers) -> None:
        self.officers, self.rng, self.clerks = officers, officers.rng, Clerks(officers, light=True)

    def equal_numbers(self, _a: str, b: str, day: int) -> list[Record]:
        """A Colombian's cédula of eight digits and a Peruvian's DNI: the same number, two persons."""
        identity = self.officers.people.elder(self.rng)
        other = self.officers.people.double(identity, "PE", self.rng)
        at = b if b != "CO" else "PE"
        record = self.clerks.notice(
            "CO", identity, "requisitoria", day - self._days(3, 200), "fugitive"
        )
        return [
            record,
            self.clerks.movement(at, day, other),
            self.clerks.seizure("PE", "drug", "drugs", day, other),
        ]

    def bystander(self, a: str, b: str, day: int) -> list[Record]:
        """Detained in one country; in the other the same person only complained, saw or suffered."""
        who = self.officers.people.issue(a, self.rng)
        caught = self.clerks.seizure(a, "drug", "drugs", day - self._days(3, 200), who)
        return [caught, self.clerks.suffered(self.clerks.incident(b, "robbery", day), who)]

    def before_notice(self, a: str, b: str, day: int) -> list[Record]:
        """Let a person cross before the notice about them."""
        who = self.officers.people.issue(a, self.rng)
        return [
            self.clerks.movement(b, day - self._days(4, 200), who),
            self.clerks.notice(a, who, "requisitoria", day, "fugitive"),
        ]

    def expired(self, a: str, b: str, day: int) -> list[Record]:
        """Crossed when the notice had run out."""
        who = self.officers.people.issue(a, self.rng)
        until = day - self._days(2, 100)
        notice = self.clerks.notice(
            a, who, "impedimento_de_transito", until - self._days(20, 200), "travel-ban", until
        )
        return [notice, self.clerks.movement(b, day, who)]

    def last_evening(self, a: str, b: str, day: int) -> list[Record]:
        """Crossed on the evening of the notice's last day: that counts."""
        who = self.officers.people.issue(a, self.rng)
        notice = self.clerks.notice(
            a, who, "impedimento_de_transito", day - self._days(20, 200), "travel-ban", day
        )
        return [notice, self.clerks.movement(b, day, who, minute=LATE)]

    def other_notice(self, a: str, b: str, day: int) -> list[Record]:
        """A missing person and somebody with a record cross: neither is wanted."""
        people = self.officers.people
        lost, known = people.issue(a, self.rng), people.issue(a, self.rng)
        before = day - self._days(5, 100)
        return [
            self.clerks.notice(a, lost, "missing", before, "missing"), self.clerks.movement(b, day, lost),
            self.clerks.notice(a, known, "antecedentes", before, "record"), self.clerks.movement(b, day, known),
        ]  # fmt: skip

    def at_home(self, a: str, _b: str, day: int) -> list[Record]:
        """Wanted, crossing and detained in one and the same country."""
        who = self.officers.people.issue(a, self.rng)
        notice = self.clerks.notice(a, who, "requisitoria", day - self._days(5, 100), "fugitive")
        return [
            notice,
            self.clerks.movement(a, day, who),
            self.clerks.seizure(a, "drug", "drugs", day + 1, who),
        ]

    def namesakes(self, a: str, b: str, day: int) -> list[Record]:
        """The same names, two documents."""
        identity = self.officers.people.issue(a, self.rng)
        other = self.officers.people.namesake(identity, b, self.rng)
        return [
            self.clerks.notice(a, identity, "requisitoria", day - self._days(5, 100), "fugitive"),
            self.clerks.movement(b, day, other),
            self.clerks.seizure(b, "drug", "drugs", day, other),
        ]

    def no_papers(self, a: str, b: str, day: int) -> list[Record]:
        """Words where a number should be."""
        words, records = pick(self.rng, NO_PAPERS), []
        for country, when in ((a, day - self._days(5, 100)), (b, day)):
            record = self.clerks.seizure(
                country, "drug", "drugs", when, self.officers.people.issue(country, self.rng)
            )
            if record.person is not None:
                record.person.number, record.person.certainty = words, "none"
            record.noise.append("placeholder")
            records.append(record)
        return records

    def document_away(self, a: str, b: str, day: int) -> list[Record]:
        """First reported with another's document; the correction gives the right one."""
        identity, other = (
            self.officers.people.issue(a, self.rng),
            self.officers.people.issue(a, self.rng),
        )
        notice = self.clerks.notice(
            a, identity, "requisitoria", day - self._days(5, 100), "fugitive"
        )
        crossed = self.clerks.movement(b, day, other)
        self._first_said(crossed, identity.number)
        return [notice, crossed]

    def document_to(self, a: str, b: str, day: int) -> list[Record]:
        """First reported with a wrong document; the correction gives the wanted one's."""
        identity, other = (
            self.officers.people.issue(a, self.rng),
            self.officers.people.issue(a, self.rng),
        )
        notice = self.clerks.notice(
            a, identity, "requisitoria", day - self._days(5, 100), "fugitive"
        )
        crossed = self.clerks.movement(b, day, identity)
        self._first_said(crossed, other.number)
        return [notice, crossed]

    def exercise(self, a: str, b: str, day: int) -> list[Record]:
        """A drill from end to end.

        It owes its indicators to those who take part, and to nobody else.
        """
        who, car = (
            self.officers.people.issue(a, self.rng),
            self.officers.belongings.car(a, self.rng),
        )
        records = [
            self.clerks.notice(a, who, "requisitoria", day - 3, "fugitive"),
            self.clerks.incident(a, "car-robbery", day - 2, None, car=car, involvement="STOLEN"),
            self.clerks.movement(b, day, who, car, a),
        ]
        for record in records:
            record.exercise = EXERCISE
        return records

    def half_exercise(self, a: str, b: str, day: int) -> list[Record]:
        """A notice of the drill, and somebody who really crosses with that document."""
        who = self.officers.people.issue(a, self.rng)
        notice = self.clerks.notice(a, who, "requisitoria", day - 3, "fugitive")
        notice.exercise = EXERCISE
        return [notice, self.clerks.movement(b, day, who, origin=a)]

    def _first_said(self, record: Record, number: str) -> None:
        if record.person is not None:
            record.corrected_from(person=replace(record.person, number=number))

    def _days(self, low: int, high: int) -> int:
        return low + int(self.rng.random() * (high - low + 1))
