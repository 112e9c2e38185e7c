"""The weapons that exist in the scenario.

Makes, models, calibres (makes.toml, calibres.toml) and their serials.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from producers.scenario.world.chance import Weighted
from producers.scenario.world.serials import Pattern

HERE = Path(__file__).parent
# where a maker's own numbers are out (beyond a million records): like no maker's own
SPARE = "@@@@@#####"
COUNTRIES = ("CO", "EC", "PE", "BO")


@dataclass(frozen=True, slots=True)
class Make:
    """`names`: how it is written, the usual one first."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibre:
    """`names`: ways of writing the same; `near`: of its neighbour."""

    key: str
    names: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weapon:
    """One weapon, as it is; records tell of it as officers write."""

    make: Make
    type: str
    model: str
    calibre: Calibre
    serial: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Model:
    """What a group of one make's weapons, numbered together, is made in."""

    make: Make
    type: str
    model: str
    calibre: Calibre
    patterns: tuple[Pattern, ...]


class Armoury:
    """Issues weapons, none like another: serials are numbered per make and never repeat."""

    def __init__(self, seed: str) -> None:
        self.calibres = {
            key: Calibre(
                key, tuple(value["names"]), tuple(value["near"][0]) if value["near"] else ()
            )
            for key, value in _toml("calibres.toml").items()
        }
        self.makes: dict[str, Make] = {}
        self.models: list[Model] = []
        weights: list[list[float]] = [[] for _ in COUNTRIES]
        for name, content in _toml("makes.toml").items():
            self.makes[name] = Make(name, tuple(content["names"]))
            self._add(self.makes[name], content, weights, seed)
        self._draw: Mapping[str, Weighted[Model]] = {
            country: Weighted(self.models, item)
            for country, item in zip(COUNTRIES, weights, strict=True)
        }

    def _add(
        self, make: Make, content: Mapping[str, Any], weights: Sequence[list[float]], seed: str
    ) -> None:
        spare = Pattern(SPARE, f"{seed}/{make.name}")
        total = sum(model[3] for group in content["group"].values() for model in group["models"])
        for group in content["group"].values():
            patterns = (*(Pattern(text, f"{seed}/{make.name}") for text in group["serials"]), spare)
            for kind, model, calibre, weight in group["models"]:
                self.models.append(Model(make, kind, model, self.calibres[calibre], patterns))
                for item, home in zip(weights, content["home"], strict=True):
                    item.append(home * weight / total)

    def issue(self, country: str, rng: Random) -> Weapon:
        """A new weapon such as circulates in this country."""
        while True:
            model = self._draw[country].pick(rng)
            weapon = self.make(model, rng)
            if weapon is not None:
                return weapon

    def make(self, model: Model, rng: Random) -> Weapon | None:
        """A new weapon of this model; None when the maker's numbers are all out."""
        for pattern in model.patterns:
            serial = pattern.issue(rng)
            if serial is not None:
                return Weapon(model.make, model.type, model.model, model.calibre, serial, pattern)
        return None

    def of(self, rng: Random, makes: Sequence[str], kind: str | None = None) -> Weapon:
        """A new weapon of one of these makes (and of this type).

        Raises ValueError when none is left.
        """
        fitting = [
            model
            for model in self.models
            if model.make.name in makes and kind in (None, model.type)
        ]
        start = rng.randrange(len(fitting))
        for model in fitting[start:] + fitting[:start]:
            weapon = self.make(model, rng)
            if weapon is not None:
                return weapon
        raise ValueError(f"no serials left for {', '.join(makes)}: ask for fewer records")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
