"""Every day's records that belong to no story.

Who passes the borders, what is reported, whom a judge seeks.
"""

from collections.abc import Callable, Mapping

from producers.scenario.recording.clerks import Clerks
from producers.scenario.recording.officers import Officers
from producers.scenario.stories.plots import HOME
from producers.scenario.stories.record import Record, Tale
from producers.scenario.world.chance import Weighted, pick
from producers.scenario.world.people import GUESTS

FOREIGN = 0.3  # of those who pass are of another country than the post's
CRIMES = (
    ("car-theft", 22),
    ("robbery", 26),
    ("extortion", 18),
    ("rustling", 8),
    ("murder", 6),
    ("mining", 6),
    ("migrants", 5),
    ("contraband", 9),
)
NOTICES = (
    ("requisitoria", "fugitive", 45),
    ("impedimento_de_transito", "travel-ban", 20),
    ("antecedentes", "record", 22),
    ("missing", "missing", 13),
)


class Background:
    """Makes one record of a day at a time."""

    def __init__(self, officers: Officers) -> None:
        self.officers, self.rng, self.clerks = officers, officers.rng, Clerks(officers)
        self._home = Weighted(HOME, HOME.values())
        self._crimes = Weighted([name for name, _ in CRIMES], [weight for _, weight in CRIMES])
        self._notices = Weighted([row[:2] for row in NOTICES], [row[2] for row in NOTICES])
        self._kinds = Weighted(KINDS, [weight for _, weight in KINDS.values()])

    def tell(self, share: float) -> Tale:
        """One record; `share` of the year is written already.

        Borders have their own rhythm: full on holidays.
        """
        name = self._kinds.pick(self.rng)
        rhythm = self.officers.traffic if name == "border" else self.officers.year
        return Tale(name, [KINDS[name][0](self, self._home.pick(self.rng), rhythm.day(share))])

    def border(self, country: str, day: int) -> Record:
        """Somebody passes a post: on foot or in a bus, or at the wheel."""
        rng = self.rng
        place = self.officers.map.post(country, rng)
        home = (
            country
            if rng.random() >= FOREIGN
            else place.across
            if rng.random() < 0.8
            else pick(rng, GUESTS)
        )
        who = self.officers.people.issue(home, rng)
        car = (
            self.officers.belongings.car(home, rng)
            if home not in GUESTS and rng.random() < 0.35
            else None
        )
        return self.clerks.movement(country, day, who, car)

    def crime(self, country: str, day: int) -> Record:
        """Tell of a crime that nothing connects to another."""
        rng, officers = self.rng, self.officers
        story = self._crimes.pick(rng)
        stolen = story == "car-theft"
        record = self.clerks.incident(country, story, day)
        if stolen or rng.random() < 0.1:
            record.vehicle = officers.plate(
                officers.belongings.car(country, rng), record.noise, "STOLEN" if stolen else "USED"
            )
        if rng.random() < 0.3:
            record.person = officers.paper(
                officers.people.issue(country, rng), "suspect", record.noise
            )
        if rng.random() < 0.6:
            self.clerks.suffered(record, officers.people.issue(country, rng))
        if story == "extortion" or rng.random() < 0.05:
            self.clerks.telephone(record, officers.belongings.line(country))
        return record

    def notice(self, country: str, day: int) -> Record:
        """Somebody is sought, barred, on record or missing."""
        category, story = self._notices.pick(self.rng)
        until = (
            day + 30 + int(self.rng.random() * 700)
            if category == "impedimento_de_transito"
            else None
        )
        return self.clerks.notice(
            country, self.officers.people.issue(country, self.rng), category, day, story, until
        )

    def flow(self, country: str, day: int) -> Record:
        """A suspicious flow, reported once."""
        belongings, rng = self.officers.belongings, self.rng
        payee = (
            belongings.account(country if rng.random() < 0.8 else self._home.pick(rng), rng)
            if rng.random() < 0.7
            else None
        )
        who = self.officers.people.issue(country, rng) if rng.random() < 0.7 else None
        return self.clerks.flow(
            country,
            day,
            pick(rng, ("laundering", "remittances", "gold-money")),
            belongings.account(country, rng),
            payee,
            who,
        )

    def threat(self, country: str, day: int) -> Record:
        """Tell of a threat that nothing connects to another."""
        rng, officers = self.rng, self.officers
        record = self.clerks.threat(
            country, pick(rng, ("extortion", "migrants", "arms", "drugs", "mining")), day
        )
        if rng.random() < 0.4:
            self.clerks.telephone(record, officers.belongings.line(country))
        if rng.random() < 0.3:
            record.person = officers.paper(
                officers.people.issue(country, rng), "suspect", record.noise
            )
        return record

    def trace(self, country: str, day: int) -> Record:
        """A trace request that nobody has answered."""
        return self.clerks.request(country, self.officers.armoury.issue(country, self.rng), day)


KINDS: Mapping[str, tuple[Callable[[Background, str, int], Record], float]] = {
    "border": (Background.border, 52),
    "crime": (Background.crime, 20),
    "notice": (Background.notice, 13),
    "flow": (Background.flow, 10),
    "threat": (Background.threat, 3),
    "trace": (Background.trace, 2),
}
