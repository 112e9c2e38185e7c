"""Find what processes report of the stage that they work on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from consumers.health.facts import ProcessState

Figures = Mapping[str, Any]
STAGES = ("intake", "correlate", "sink", "hits")
SINGLE_STAGES = ("sink", "hits")
"""Stages with a process of their own; a worker works on several."""


def stage_figures(stage: str, processes: Iterable[ProcessState]) -> list[Figures]:
    """Return the figures of a stage, one for each process that works on it."""
    if stage in SINGLE_STAGES:
        return [process.figures for process in processes if process.figures.get("kind") == stage]
    return [
        process.figures["stages"][stage]
        for process in processes
        if stage in process.figures.get("stages", {})
    ]


def rate_name(stage: str) -> str:
    """Return the name of the figure that is the stage's rate."""
    if stage in SINGLE_STAGES:
        return "rows_per_s"
    return "events_per_s" if stage == "intake" else "messages_per_s"


def total(figures: Iterable[Figures], name: str) -> float:
    """Return the sum of one figure; a process that does not report it counts as 0."""
    return sum(figure.get(name) or 0.0 for figure in figures)
