"""Figures: a number, what it should be, and whether it is."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

OUT = Path(__file__).parent / "out" / "latest.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """`aim`: None for one that only explains another. `detail`: what else was seen, and the
    machine's load before and after.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = True
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim

    def line(self) -> str:
        """Format the figure for a terminal."""
        text = f"{self.name:<30} {self.value:>12,.{_digits(self.value)}f} {self.unit:<10}"
        if self.aim is None:
            return text.rstrip()
        sign = "≥" if self.at_least else "≤"
        met = "met" if self.met else "MISSED"
        return f"{text} aim {sign} {self.aim:,.{_digits(self.aim)}f}  {met}"


def _digits(value: float) -> int:
    return 2 if abs(value) < 100 and value != int(value) else 0


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def load() -> float:
    """The load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def write(figures: Sequence[Figure], path: Path = OUT) -> None:
    """Into the file, beside what other figures it already has; each says when it was measured."""
    path.parent.mkdir(exist_ok=True)
    former = json.loads(path.read_text(encoding="utf-8"))["figures"] if path.exists() else {}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    new = {figure.name: {**asdict(figure), "met": figure.met, "at": at} for figure in figures}
    content = {"machine": machine(), "figures": {**former, **new}}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
