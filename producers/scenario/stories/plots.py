"""What happens to weapons: stories that cross borders, and the background of every day."""

from collections.abc import Iterator
from dataclasses import dataclass

from producers.scenario.recording.officers import Officers
from producers.scenario.stories.record import SEIZURE, WEAPON, Record, Tale
from producers.scenario.world.chance import Weighted

ANY = "any"  # a seizure is reported by the weapons register, by the seizures' register, or by both


@dataclass(frozen=True, slots=True)
class PlotStep:
    """`who`: 0 is the weapon's first country; `back`: days before the story's end, between the two."""

    who: int
    status: str
    back: tuple[int, int] = (0, 0)
    form: str = WEAPON


STOLEN_AT_HOME = (PlotStep(0, "STOLEN", (10, 300)),)
REGISTERED_AT_HOME = (PlotStep(0, "REGISTERED", (400, 6000)),)
SEIZED_ABROAD = (PlotStep(1, "SEIZED", form=ANY),)
STORIES: tuple[tuple[str, float, tuple[PlotStep, ...]], ...] = (
    ("registered-seized-abroad", 24, REGISTERED_AT_HOME + SEIZED_ABROAD),
    ("registered-stolen-seized-abroad", 26, REGISTERED_AT_HOME + STOLEN_AT_HOME + SEIZED_ABROAD),
    ("stolen-seized-abroad", 14, STOLEN_AT_HOME + SEIZED_ABROAD),
    ("lost-seized-abroad", 6, (PlotStep(0, "LOST", (10, 330)), *SEIZED_ABROAD)),
    ("seized-in-two-countries", 8, (PlotStep(0, "SEIZED", (30, 340), ANY), *SEIZED_ABROAD)),
    ("trafficked-seized-abroad", 6, (PlotStep(0, "TRAFFICKED", (5, 120)), *SEIZED_ABROAD)),
    (
        "exported-stolen-seized-in-third",
        4,
        (
            PlotStep(0, "REGISTERED", (2000, 4000)),
            PlotStep(0, "EXPORTED", (1500, 1600)),
            PlotStep(1, "IMPORTED", (1450, 1490)),
            PlotStep(1, "REGISTERED", (1300, 1440)),
            PlotStep(1, "STOLEN", (30, 300)),
            PlotStep(2, "SEIZED", form=ANY),
        ),
    ),
    (
        "stolen-seized-in-two-more",
        4,
        (
            *REGISTERED_AT_HOME,
            PlotStep(0, "STOLEN", (150, 330)),
            PlotStep(1, "SEIZED", (30, 140), ANY),
            PlotStep(2, "SEIZED", form=ANY),
        ),
    ),
    ("stolen-registered-abroad", 4, (*STOLEN_AT_HOME, PlotStep(1, "REGISTERED"))),
    (
        "stolen-seized-destroyed",
        3,
        (
            PlotStep(0, "STOLEN", (130, 330)),
            PlotStep(1, "SEIZED", (60, 120), ANY),
            PlotStep(1, "DESTROYED"),
        ),
    ),
)
LONGEST = 8
DOMESTIC: tuple[tuple[float, tuple[PlotStep, ...]], ...] = (
    (4, (*REGISTERED_AT_HOME, PlotStep(0, "STOLEN"))),
    (3, (*REGISTERED_AT_HOME, PlotStep(0, "SEIZED", form=ANY))),
    (3, (PlotStep(0, "STOLEN", (5, 300)), PlotStep(0, "SEIZED", form=ANY))),
    (2, (*REGISTERED_AT_HOME, PlotStep(0, "STOLEN", (20, 300)), PlotStep(0, "SEIZED", form=ANY))),
    (2, (PlotStep(0, "SEIZED", (40, 200), ANY), PlotStep(0, "DESTROYED"))),
    (1, (*REGISTERED_AT_HOME, PlotStep(0, "LOST"))),
)
SINGLE = (
    ("REGISTERED", 48),
    ("SEIZED", 30),
    ("STOLEN", 12),
    ("LOST", 4),
    ("TRAFFICKED", 2),
    ("IMPORTED", 2),
    ("DESTROYED", 2),
)
HOME = {"CO": 34, "EC": 22, "PE": 27, "BO": 17}
# substance, weight, grams between, by country's own words in national.py
DRUGS = {
    "CO": (("cocaine", 30), ("base", 40), ("cannabis", 50)),
    "EC": (("cocaine", 45), ("base", 20), ("cannabis", 30)),
    "PE": (("cocaine", 25), ("base", 50), ("cannabis", 20)),
    "BO": (("cocaine", 25), ("base", 50), ("cannabis", 40)),
}


class Plots:
    """Makes stories end on a given day."""

    def __init__(self, officers: Officers) -> None:
        self._officers, self._rng = officers, officers.rng
        self._stories = Weighted(
            [(name, steps) for name, _, steps in STORIES], [weight for _, weight, _ in STORIES]
        )
        self._domestic = Weighted(
            [steps for _, steps in DOMESTIC], [weight for weight, _ in DOMESTIC]
        )
        self._single = Weighted([status for status, _ in SINGLE], [weight for _, weight in SINGLE])
        self._home = Weighted(HOME, HOME.values())
        self._drugs = {
            country: Weighted([name for name, _ in drugs], [weight for _, weight in drugs])
            for country, drugs in DRUGS.items()
        }

    def crossing(self, day: int) -> Tale:
        """A weapon that crosses a border."""
        name, steps = self._stories.pick(self._rng)
        start, end = self._officers.map.route(self._rng)
        third = (
            self._officers.map.onward(end, (start, end), self._rng)
            if any(step.who == 2 for step in steps)
            else ""
        )
        return self._tell(name, steps, (start, end, third), day)

    def domestic(self, day: int) -> Tale:
        """A weapon reported several times in one country."""
        return self._tell(
            "domestic", self._domestic.pick(self._rng), (self._home.pick(self._rng),), day
        )

    def single(self, day: int) -> Tale:
        """Tell of a weapon that is reported once."""
        status = self._single.pick(self._rng)
        form = SEIZURE if status == "SEIZED" and self._rng.random() < 0.35 else WEAPON
        back = (0, 6000) if status == "REGISTERED" else (0, 0)
        return self._tell(
            "background", (PlotStep(0, status, back, form),), (self._home.pick(self._rng),), day
        )

    def goods(self, day: int) -> Tale:
        """A seizure of drugs or cash: no weapon in it."""
        rng, officers = self._rng, self._officers
        country = self._home.pick(rng)
        place = officers.map.town(country, rng)
        if rng.random() < 0.13:
            what, substance, quantity = "cash", "", round(rng.lognormvariate(8.5, 1.3))
        else:
            what, substance, quantity = (
                "drug",
                self._drugs[country].pick(rng),
                round(rng.lognormvariate(5.5, 2.4)) + 1,
            )
        record = officers.entry(SEIZURE, "", place, day, what=what)
        record.substance, record.quantity = substance, quantity
        self._company(record)
        return Tale("goods", [record])

    def _company(self, record: Record) -> None:
        """Who was there, in what, with which telephone: in some of the seizures."""
        rng, officers = self._rng, self._officers
        if rng.random() < 0.4:
            role = "detained" if rng.random() < 0.7 else "driver"
            record.person = officers.paper(
                officers.people.issue(record.country, rng), role, record.noise
            )
        if rng.random() < 0.15:
            record.vehicle = officers.plate(
                officers.belongings.car(record.country, rng), record.noise, "USED"
            )
        if rng.random() < 0.06:
            record.phone = officers.call(
                officers.belongings.line(record.country), record.country, record.noise
            )

    def _tell(
        self, name: str, steps: tuple[PlotStep, ...], countries: tuple[str, ...], day: int
    ) -> Tale:
        weapon = self._officers.armoury.issue(countries[0], self._rng)
        legal = {step.who for step in steps if step.status == "EXPORTED"}
        records: list[Record] = []
        for step in steps:
            light = step.status in ("EXPORTED", "IMPORTED") or (
                step.status == "REGISTERED" and step.who in legal
            )
            origin = countries[step.who - 1] if step.who else ""
            place = self._officers.map.arrival(countries[step.who], origin, self._rng)
            low, high = step.back
            when = day - low - int(self._rng.random() * (high - low + 1))
            records += (
                self._officers.record(weapon, step.status, place, when, form, light)
                for form in self._forms(step.form)
            )
        return Tale(name, records)

    def _forms(self, form: str) -> Iterator[str]:
        if form != ANY:
            yield form
            return
        chance = self._rng.random()
        if chance < 0.7:
            yield WEAPON
        if chance > 0.55:
            yield SEIZURE
