"""Draw pairs of records that describe one object or one way of acting, and traps.

They are drawn from a chance of their own, so that they change no story of the year.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from producers.scenario.world.chance import FIRST_DAY, LAST_DAY, pick
from producers.scenario.world.people import People

EVERY = 1_000
"""Records of the year for each story."""
MOST = 60
"""Stories of one year: more would be told in the same words."""
COUNTRIES = ("BO", "CO", "EC", "PE")
OBJECT, METHOD = "cultural_object", "crime_incident"
RULES = {OBJECT: "same-object-in-two-countries", METHOD: "same-method-in-two-countries"}
UNITS = {"cm": 1.0, "mm": 10.0, "m": 0.01, "in": 1 / 2.54}
ERROR = 0.01
"""The largest share by which the second office measures otherwise."""
OTHER_SIZE = (1.3, 1.6)
"""How many times larger another object of the kind is."""
_MISSED, _MET = ("ROBADO", "PERDIDO"), ("OFRECIDO", "INCAUTADO", "HALLADO")


Choice = tuple[int, int, int]
"""Which entry of each of three lists."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """An object. `sizes`: in centimetres, by dimension; `legend`: empty where it has none."""

    subject: Choice
    sizes: Mapping[str, float]
    marks: Sequence[str]
    legend: str


@dataclass(slots=True)
class DescribedRecord:
    """A record of one office. `reference` is filled in when it is written; `day`: an ordinal."""

    country: str
    type: str
    day: int
    cells: Mapping[str, str]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AlikeStory:
    """Two records. `is_trap`: they describe two objects or two ways of acting."""

    name: str
    records: tuple[DescribedRecord, DescribedRecord]
    is_trap: bool

    @property
    def owed(self) -> str:
        """The rule that finds it; empty for a trap."""
        return "" if self.is_trap else RULES[self.records[0].type]


class AlikeStories:
    """Makes one story after the other, each kind in its turn."""

    def __init__(self, seed: str) -> None:
        """Begin with the chance of a seed."""
        self._rng = Random(f"{seed}/alike")
        self._people = People(f"{seed}/alike")
        self._kinds = cycle((self._object, self._method, self._other_object, self._other_method))
        table = _table()
        self._methods = self._choices(table["methods"]["parts"])
        self._ordinary = self._choices(table["ordinary"]["parts"])
        self._subjects = [self._choices(making["parts"]) for making in table["objects"]]

    def tell(self) -> AlikeStory:
        """Return the next story; its kind follows that of the last one."""
        return next(self._kinds)()

    def _choices(self, parts: Sequence[Sequence[object]]) -> list[Choice]:
        """Return which entries of three lists go together, in the order in which they are drawn.

        The first two entries say which is the third, so two choices share at most one entry.
        """
        size = len(parts[0])
        choices = [
            (first, second, (first + second) % size)
            for first in range(size)
            for second in range(size)
        ]
        self._rng.shuffle(choices)
        return choices

    def _object(self) -> AlikeStory:
        """An object is missed here, and met abroad."""
        making, subjects = self._making()
        artefact = self._artefact(making, subjects.pop())
        cells = (self._describe(making, artefact, 0), self._describe(making, artefact, 1))
        return AlikeStory("object-met-abroad", self._pair(OBJECT, cells), is_trap=False)

    def _other_object(self) -> AlikeStory:
        """Another object of the same kind, school and century is met abroad."""
        making, subjects = self._making()
        missed = self._artefact(making, subjects.pop())
        met = self._artefact(making, subjects.pop(), missed)
        cells = (self._describe(making, missed, 0), self._describe(making, met, 1))
        return AlikeStory("other-object-of-its-kind", self._pair(OBJECT, cells), is_trap=True)

    def _method(self) -> AlikeStory:
        """A gang acts in two countries."""
        choice = self._methods.pop()
        steps = _chosen(_table()["methods"], choice)
        cells = [{"MODALIDAD": "; ".join(step[wording] for step in steps)} for wording in (0, 1)]
        return AlikeStory("method-in-two-countries", self._pair(METHOD, cells), is_trap=False)

    def _other_method(self) -> AlikeStory:
        """Two cases have no more in common than most have."""
        parts = [_chosen(_table()["ordinary"], self._ordinary.pop()) for _case in range(2)]
        cells = [{"MODALIDAD": " ".join(words)} for words in parts]
        return AlikeStory("ordinary-methods", self._pair(METHOD, cells), is_trap=True)

    def _making(self) -> tuple[Mapping[str, Any], list[Choice]]:
        """Draw how an object is made, with the subjects that are left for it."""
        objects = _table()["objects"]
        place = int(self._rng.random() * len(objects))
        return objects[place], self._subjects[place]

    def _pair(
        self, type_: str, cells: Sequence[Mapping[str, str]]
    ) -> tuple[DescribedRecord, DescribedRecord]:
        first, second = self._rng.sample(COUNTRIES, 2)
        day = FIRST_DAY + int(self._rng.random() * (LAST_DAY - FIRST_DAY - 150))
        later = day + 5 + int(self._rng.random() * 140)
        return (
            DescribedRecord(first, type_, day, cells[0]),
            DescribedRecord(second, type_, later, cells[1]),
        )

    def _artefact(
        self, making: Mapping[str, Any], subject: Choice, unlike: Artefact | None = None
    ) -> Artefact:
        """Draw one object. `unlike`: another one, which it must not have the size and marks of."""
        rng = self._rng
        marks = [f"{damage} {spot}" for damage in making["damage"] for spot in making["spots"]]
        if unlike is not None:
            marks = [mark for mark in marks if mark not in unlike.marks]
        donor = self._people.issue(pick(rng, COUNTRIES), rng)
        name, year = f"{donor.given} {donor.first.name}".upper(), 1650 + int(rng.random() * 140)
        legends = making["inscriptions"]
        factor = 1.0
        if unlike is not None:
            factor = OTHER_SIZE[0] + rng.random() * (OTHER_SIZE[1] - OTHER_SIZE[0])
        sizes = {
            name: low + rng.random() * (high - low) if unlike is None else unlike.sizes[name]
            for name, (low, high) in making["measures"].items()
        }
        return Artefact(
            subject,
            {name: round(size * factor, 1) for name, size in sizes.items()},
            rng.sample(marks, 2),
            pick(rng, legends).format(name=name, year=year) if legends else "",
        )

    def _describe(
        self, making: Mapping[str, Any], artefact: Artefact, wording: int
    ) -> Mapping[str, str]:
        """Describe an object as the first or the second office does."""
        rng = self._rng
        unit = pick(rng, (("cm", "mm", "m"), ("cm", "mm", "in"))[wording])
        parts = [entry[wording] for entry in _chosen(making, artefact.subject)]
        cells = {
            "ESTADO": pick(rng, (_MISSED, _MET)[wording]),
            "BIEN": making["what"][wording],
            "TITULO": "" if wording else making["titles"][artefact.subject[0]],
            "CULTURA": making["culture"][wording],
            "EPOCA": making["period"][wording],
            "DESCRIPCION": ", ".join(reversed(parts) if wording else parts),
            "INSCRIPCION": artefact.legend,
            "UNIDAD": unit,
        }
        for name, size in artefact.sizes.items():
            measured = size * (1 + wording * ERROR * (2 * rng.random() - 1)) * UNITS[unit]
            cells[name] = f"{measured:.{3 if unit == 'm' else 1}f}".replace(".", ",")
        for column, values in (
            ("MATERIAL", making["materials"][wording]),
            ("TECNICA", making["techniques"][wording]),
            ("SENAL", artefact.marks[: 2 - wording]),
        ):
            cells |= {f"{column}_{number}": text for number, text in enumerate(values, 1)}
        return cells


def _chosen(table: Mapping[str, Any], choice: Choice) -> list[Any]:
    """Return the chosen entry of each list of parts."""
    return [entries[place] for entries, place in zip(table["parts"], choice, strict=True)]


@cache
def _table() -> Mapping[str, Any]:
    path = Path(__file__).with_name("descriptions.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
