"""Keep seven days of figures, one value in ten minutes each, and draw them as sparklines. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consumers.health.facts import Facts, KafkaStatus, StoreStatus, Unavailable
from consumers.health.humanize import humanize_bytes, humanize_count, humanize_seconds
from consumers.health.stage_figures import STAGES
from consumers.health.thresholds import Degree
from schemas.i18n import UserMessage, _
from schemas.topics import kind_of

BUCKET_MS = 600_000
KEPT_MS = 7 * 86_400_000
WIDTH = 42
"""Characters of a sparkline: each is four hours of the week."""
_BARS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
"""Stands where nothing was measured."""


class FigureBucket(NamedTuple):
    """The figures of ten minutes, each the worst of them; `at`: their begin, ms since 1970 UTC."""

    at: int
    values: Mapping[str, float]


class _Figure(NamedTuple):
    title: UserMessage
    unit: str
    is_lowest: bool = False  # whether the lowest value is the worst


FIGURES: Mapping[str, _Figure] = {
    "degree": _Figure(_("degree (3: act now)"), "degree"),
    **{f"lag_{stage}": _Figure(_("lag of {stage}", stage=stage), "seconds") for stage in STAGES},
    "bundles": _Figure(_("bundles in 10 min"), "count"),
    "canary": _Figure(_("from node to query"), "seconds"),
    "rejected": _Figure(_("rejected in 24 h"), "count"),
    "restarts": _Figure(_("restarts in 10 min"), "count"),
    "memory": _Figure(_("memory in all"), "bytes"),
    "disk_free": _Figure(_("disk free"), "percent", is_lowest=True),
}


def measured_figures(facts: Facts, degree: Degree) -> dict[str, float]:
    """Return the figures of this moment; what is not known is left out."""
    figures: dict[str, float] = {"degree": float(degree)}
    disks = []
    if isinstance(facts.kafka, KafkaStatus):
        for stage in facts.kafka.stages:
            if stage.lag_s is not None:
                figures[f"lag_{stage.name}"] = stage.lag_s if stage.lag else 0.0
        figures["bundles"] = float(
            sum(topic.grown for topic in facts.kafka.topics if kind_of(topic.name) == "bundles")
        )
        disks.append(facts.kafka.disk)
    if isinstance(facts.store, StoreStatus):
        disks.append(facts.store.disk)
    shares = [disk.free_share for disk in disks if disk is not None]
    if shares:
        figures["disk_free"] = 100 * min(shares)
    return figures | _process_figures(facts) | _node_figures(facts)


def _process_figures(facts: Facts) -> dict[str, float]:
    if isinstance(facts.processes, Unavailable):
        return {}
    ends = [end for process in facts.processes for end in process.ends]
    return {
        "memory": float(sum(process.rss or 0 for process in facts.processes)),
        "restarts": float(sum(facts.at - end.at <= BUCKET_MS for end in ends)),
    }


def _node_figures(facts: Facts) -> dict[str, float]:
    figures: dict[str, float] = {}
    if not isinstance(facts.canaries, Unavailable) and facts.canaries:
        figures["canary"] = max(canary.last for canary in facts.canaries)
    if not isinstance(facts.nodes, Unavailable) and not isinstance(facts.refused, Unavailable):
        figures["rejected"] = float(sum(sum(node.codes.values()) for node in facts.nodes))
    return figures


@dataclass(frozen=True, slots=True)
class Week:
    """The buckets of the last seven days, the oldest first: 1,009 at most."""

    buckets: Sequence[FigureBucket] = ()

    def with_figures(self, figures: Mapping[str, float], at: int) -> Week:
        """Return the week with these figures of `at` (ms), without what is older than seven days.

        A clock that was set back adds to the newest bucket.
        """
        begin = at - at % BUCKET_MS
        newest = self.buckets[-1] if self.buckets else None
        recent = [bucket for bucket in self.buckets if begin - bucket.at <= KEPT_MS]
        if newest is None or newest.at < begin or not recent:
            return Week([*recent, FigureBucket(begin, dict(figures))])
        merged = {
            name: _worst(name, [part[name] for part in (newest.values, figures) if name in part])
            for name in {*newest.values, *figures}
        }
        return Week([*recent[:-1], FigureBucket(newest.at, merged)])


class FigureLine(NamedTuple):
    """A figure of the week: its bars, and its worst and newest value in words."""

    name: str
    title: UserMessage
    bars: str
    worst: str
    newest: str


def figure_lines(week: Week, now: int, width: int = WIDTH) -> list[FigureLine]:
    """Return a line for each figure that was measured in the seven days before `now` (ms)."""
    lines = []
    for name, figure in FIGURES.items():
        points = [
            (bucket.at, bucket.values[name])
            for bucket in week.buckets
            if name in bucket.values and 0 <= now - bucket.at <= KEPT_MS
        ]
        if points:
            worst = _worst(name, [value for _at, value in points])
            bars = sparkline(_spread(name, points, now, width))
            lines.append(
                FigureLine(
                    name, figure.title, bars, _written(name, worst), _written(name, points[-1][1])
                )
            )
    return lines


def sparkline(values: Sequence[float | None]) -> str:
    """Draw values from 0 to the largest as bars; a dot where there is none."""
    largest = max((value for value in values if value is not None), default=0.0)
    return "".join(NOTHING if value is None else _bar(value, largest) for value in values)


def _bar(value: float, largest: float) -> str:
    share = value / largest if largest > 0 else 0.0
    return _BARS[min(len(_BARS) - 1, max(0, round(share * (len(_BARS) - 1))))]


def _spread(
    name: str, points: Sequence[tuple[int, float]], now: int, width: int
) -> list[float | None]:
    """Return the worst value of each part of the seven days before `now`."""
    parts: list[list[float]] = [[] for _number in range(width)]
    for at, value in points:
        number = width - 1 - (now - at) * width // (KEPT_MS + 1)
        parts[number].append(value)
    return [_worst(name, part) if part else None for part in parts]


def _worst(name: str, values: Sequence[float]) -> float:
    figure = FIGURES.get(name)
    return min(values) if figure is not None and figure.is_lowest else max(values)


def _written(name: str, value: float) -> str:
    unit = FIGURES[name].unit
    if unit == "seconds":
        return humanize_seconds(value)
    if unit == "bytes":
        return humanize_bytes(value)
    return f"{value:.0f} %" if unit == "percent" else humanize_count(value)
