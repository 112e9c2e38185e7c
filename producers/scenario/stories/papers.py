"""Persons whom no equal number joins: without papers, or with others than elsewhere.

Only the names, often in another spelling, and the birth tell who it is. They are drawn from a
chance of their own, after the stories of the year, so that they change none of these.
"""

from collections.abc import Callable
from itertools import cycle
from random import Random

from producers.scenario.recording.clerks import Clerks
from producers.scenario.recording.officers import Officers
from producers.scenario.stories.record import Record, Tale
from producers.scenario.world.chance import pick
from producers.scenario.world.people import Identity, Paper

EVERY = 500
"""Records of the year for each story."""
LONGEST = 2
"""Records of one story."""


class PaperStories:
    """Makes stories of who had which papers. A method makes one story, from the country `a` to `b`."""

    def __init__(self, officers: Officers, seed: str) -> None:
        """Draw from a chance of its own under the seed of the scenario."""
        self._rng, self._officers = Random(f"{seed}/papers"), officers
        self._clerks = Clerks(officers)
        self._names = cycle(STORIES)

    def tell(self, day: int) -> Tale:
        """The next story; the second half of them are traps."""
        name = next(self._names)
        a, b = self._officers.map.route(self._rng)
        return Tale(name, STORIES[name](self, a, b, day), trap=name in TRAPS)

    def fugitive(self, a: str, b: str, day: int) -> list[Record]:
        """Sought in `a`, and at a post of `b` without papers."""
        who = self._issue(a)
        notice = self._clerks.notice(a, who, "requisitoria", day - self._days(3, 300), "fugitive")
        return [notice, self._without_papers(self._clerks.movement(b, day, who, origin=a))]

    def wanted_with_passport(self, a: str, b: str, day: int) -> list[Record]:
        """Sought in `a` by the card, and at a post of `b` with a passport."""
        who = self._issue(a)
        notice = self._clerks.notice(a, who, "requisitoria", day - self._days(3, 300), "fugitive")
        return [notice, self._with_passport(self._clerks.movement(b, day, who, origin=a))]

    def noticed_twice(self, a: str, b: str, day: int) -> list[Record]:
        """Barred from travelling in `a` by the card, and sought in `b` by the passport."""
        who = self._issue(a)
        barred = self._clerks.notice(
            a, who, "impedimento_de_transito", day - self._days(3, 200), "travel-ban"
        )
        sought = self._clerks.notice(b, who, "requisitoria", day, "fugitive")
        return [barred, self._with_passport(sought)]

    def detained(self, a: str, b: str, day: int) -> list[Record]:
        """Suspected in `a`, and detained in `b` without papers."""
        who = self._issue(a)
        case = self._clerks.incident(a, "robbery", day - self._days(3, 200), who)
        seizure = self._clerks.seizure(b, "drug", "drugs", day, who)
        return [case, self._without_papers(seizure)]

    def reported(self, a: str, b: str, day: int) -> list[Record]:
        """In a report of money of `a` by the passport, and suspected in `b` by the card."""
        who = self._issue(a)
        account = self._officers.belongings.account(a, self._rng)
        report = self._clerks.flow(a, day - self._days(3, 90), "laundering", account, None, who)
        return [self._with_passport(report), self._clerks.incident(b, "contraband", day, who)]

    def sibling(self, a: str, b: str, day: int) -> list[Record]:
        """A person is sought, and the twin passes the border without papers."""
        who = self._issue(a)
        twin = self._officers.people.twin(who, self._rng)
        notice = self._clerks.notice(a, who, "requisitoria", day - self._days(3, 300), "fugitive")
        return [notice, self._without_papers(self._clerks.movement(b, day, twin, origin=a))]

    def child(self, a: str, b: str, day: int) -> list[Record]:
        """Father or mother is sought, and a child of the very same names passes the border."""
        who = self._issue(a)
        child = self._officers.people.namesake(who, a, self._rng)
        notice = self._clerks.notice(a, who, "requisitoria", day - self._days(3, 300), "fugitive")
        return [notice, self._without_papers(self._clerks.movement(b, day, child, origin=a))]

    def no_longer_sought(self, a: str, b: str, day: int) -> list[Record]:
        """The same person without papers, days after the notice has ended."""
        who, until = self._issue(a), day - self._days(3, 60)
        notice = self._clerks.notice(
            a, who, "impedimento_de_transito", until - self._days(9, 90), "travel-ban", until
        )
        return [notice, self._without_papers(self._clerks.movement(b, day, who, origin=a))]

    def victim(self, a: str, b: str, day: int) -> list[Record]:
        """Suspected in `a`, and the victim of a robbery in `b`, without papers."""
        who = self._issue(a)
        case = self._clerks.incident(a, "contraband", day - self._days(3, 200), who)
        robbery = self._clerks.incident(b, "robbery", day, who, "victim")
        return [case, self._without_papers(robbery)]

    def _issue(self, country: str) -> Identity:
        return self._officers.people.issue(country, self._rng)

    def _days(self, low: int, high: int) -> int:
        return low + int(self._rng.random() * (high - low + 1))

    def _without_papers(self, record: Record) -> Record:
        paper = self._spell_otherwise(record)
        paper.number = paper.country = paper.doubt = paper.variant = ""
        paper.certainty = "lost"
        record.noise.append("no-papers")
        return record

    def _with_passport(self, record: Record) -> Record:
        paper = self._spell_otherwise(record)
        digits = 100_000 + int(self._rng.random() * 900_000)
        paper.number, paper.type = f"{paper.identity.country[0]}X{digits}", "passport"
        paper.country, paper.certainty = paper.identity.country, "lost"
        paper.doubt = paper.variant = ""
        record.noise.append("other-papers")
        return record

    def _spell_otherwise(self, record: Record) -> Paper:
        """Write the first surname in another spelling, and the birth; return the paper."""
        paper = record.person
        if paper is None:
            raise ValueError("a story of papers has a person in each record")
        paper.birth = paper.identity.birth
        if paper.identity.first.spellings:
            paper.first = pick(self._rng, paper.identity.first.spellings)
        return paper


STORIES: dict[str, Callable[[PaperStories, str, str, int], list[Record]]] = {
    "wanted-without-papers": PaperStories.fugitive,
    "twin-without-papers": PaperStories.sibling,
    "noticed-under-two-papers": PaperStories.noticed_twice,
    "child-of-the-same-names": PaperStories.child,
    "detained-without-papers": PaperStories.detained,
    "no-longer-sought": PaperStories.no_longer_sought,
    "reported-under-other-papers": PaperStories.reported,
    "victim-without-papers": PaperStories.victim,
    "wanted-with-passport": PaperStories.wanted_with_passport,
}
TRAPS = frozenset(
    ["twin-without-papers", "child-of-the-same-names", "no-longer-sought", "victim-without-papers"]
)
