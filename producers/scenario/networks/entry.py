"""What a plot consists of: entries of national systems, and what is true of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Cells = dict[str, str]
"""What an export has in its columns; a column's name is the path of the field that it fills."""


@dataclass(slots=True)
class Entry:
    """One record of one country's system.

    `at`: UTC. `corrected`: cells of a later correction; empty where none follows. `noise` and
    `reference` are filled in when it is written.
    """

    country: str
    type: str
    at: datetime
    cells: Cells
    corrected: Cells = field(default_factory=dict)
    reference: str = ""
    noise: tuple[str, ...] = ()


@dataclass(slots=True)
class Plot:
    """Entries that belong together. `kind`: a table of kinds.toml; `about`: facts for the truth."""

    kind: str
    entries: list[Entry]
    about: Mapping[str, object] = field(default_factory=dict)
