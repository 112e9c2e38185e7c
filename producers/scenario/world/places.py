"""Where things happen.

Towns and border crossings of the four countries, and the routes between them.

places.csv is hand-made, 2026-11: codes by DANE (Colombia, eight digits), INEC (Ecuador, province),
INEI's UBIGEO (Peru), department letters (Bolivia); ISO 3166-2 subdivisions; coordinates of the town
rounded to 0.01 degrees, from general knowledge as GeoNames has them; crossings by their common
names. Weights are rounded judgement.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from producers.scenario.world.chance import Weighted, pick
from producers.scenario.world.weapons import COUNTRIES

# from, to: how often weapons go that way.
ROUTES = (
    (("EC", "CO"), 26), (("PE", "EC"), 14), (("PE", "CO"), 10), (("CO", "EC"), 14), (("BO", "PE"), 12),
    (("PE", "BO"), 8), (("EC", "PE"), 7), (("CO", "PE"), 4), (("BO", "CO"), 2), (("CO", "BO"), 1), (("EC", "BO"), 1), (("BO", "EC"), 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """`code`: the country's own; `crossing`: the border post it stands at, into `across`, or empty."""

    country: str
    subdivision: str
    code: str
    municipality: str
    latitude: float
    longitude: float
    crossing: str
    across: str


class Map:
    """Draw places and routes of the four countries."""

    def __init__(self) -> None:
        rows = read()
        self._towns = {
            c: Weighted(
                [place for place, _ in rows if place.country == c],
                [w for place, w in rows if place.country == c],
            )
            for c in COUNTRIES
        }
        self._posts = {
            (a, b): [p for p, _ in rows if p.country == a and p.across == b]
            for a in COUNTRIES
            for b in COUNTRIES
        }
        self._all_posts = {
            country: [place for place, _ in rows if place.country == country and place.across]
            for country in COUNTRIES
        }
        self._routes = Weighted([route for route, _ in ROUTES], [weight for _, weight in ROUTES])

    def town(self, country: str, rng: Random) -> Place:
        """Anywhere in the country, by weight."""
        return self._towns[country].pick(rng)

    def arrival(self, country: str, origin: str, rng: Random) -> Place:
        """Where something from `origin` is found: half of it at a border post, where there is one.

        `origin` may be empty.
        """
        posts = self._posts.get((country, origin))
        return pick(rng, posts) if posts and rng.random() < 0.5 else self.town(country, rng)

    def post(self, country: str, rng: Random, origin: str = "") -> Place:
        """A border post of the country; towards `origin`, where the two have a border."""
        return pick(rng, self._posts.get((country, origin)) or self._all_posts[country])

    def route(self, rng: Random) -> tuple[str, str]:
        """Draw the country of departure and that of arrival."""
        return self._routes.pick(rng)

    def onward(self, country: str, without: Sequence[str], rng: Random) -> str:
        """A further country on the way."""
        while True:
            start, end = self._routes.pick(rng)
            if start == country and end not in without:
                return end
            if rng.random() < 0.02:
                return pick(rng, [c for c in COUNTRIES if c not in (*without, country)])


def read() -> list[tuple[Place, float]]:
    """The table, with each place's weight."""
    with (Path(__file__).parent / "places.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                Place(
                    r["country"],
                    r["subdivision"],
                    r["code"],
                    r["municipality"],
                    float(r["lat"]),
                    float(r["lon"]),
                    r["crossing"],
                    r["across"],
                ),
                float(r["weight"]),
            )
            for r in csv.DictReader(file)
        ]
