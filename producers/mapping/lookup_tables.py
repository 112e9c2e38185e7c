"""Look up texts of a source in small tables of named values.

Capitals and outer spaces do not matter.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producers.errors import bad_mapping
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class LookupTable:
    """`rows`: folded text -> {name: value}."""

    name: str
    rows: Mapping[str, Mapping[str, Any]]
    names: tuple[str, ...]

    def column(self, name: str | None, where: str) -> dict[str, Any]:
        """Folded text -> the value called `name`, or of the only column. Raises MappingError."""
        if not self.rows:
            return {}  # nothing is in it yet
        if name is None and len(self.names) == 1:
            name = self.names[0]
        if name not in self.names:
            raise bad_mapping(
                where,
                _("the table {name} has {names}", name=self.name, names=self.names),
            )
        return {key: row[name] for key, row in self.rows.items() if row.get(name) not in (None, "")}


def fold_text(text: str) -> str:
    """Give the form in which texts are compared."""
    return text.strip().casefold()


def table_from_toml(name: str, content: Mapping[str, Any]) -> LookupTable:
    """A `[tables.name]` of a mapping file."""
    rows = {
        fold_text(text): value if isinstance(value, dict) else {"value": value}
        for text, value in content.items()
    }
    return LookupTable(
        name, rows, tuple(dict.fromkeys(key for row in rows.values() for key in row))
    )


def table_from_csv(path: Path) -> LookupTable:
    """Read `name.csv` next to the mapping. Raises MappingError naming the file and line."""
    try:
        lines = [
            line
            for line in path.read_text(encoding="utf-8-sig").splitlines()
            if line.strip() and not line.startswith("#")
        ]
        header, *rows = list(csv.reader(lines, strict=True))
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        raise bad_mapping(
            str(path), _("the table cannot be read ({error})", error=error)
        ) from error
    for row in rows:
        if len(row) != len(header):
            raise bad_mapping(
                str(path),
                _("row {line!r} has not {columns} columns", line=row[0], columns=len(header)),
            )
    names = tuple(name.strip() for name in header[1:])
    content = {
        fold_text(row[0]): dict(zip(names, (_value(cell) for cell in row[1:]), strict=True))
        for row in rows
    }
    return LookupTable(path.stem, content, names)


def _value(cell: str) -> str | float | int:
    """Numbers are numbers where they look the same written again; codes such as 0204 stay texts."""
    text = cell.strip()
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if str(number) == text:
            return number
    return text
