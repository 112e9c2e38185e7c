"""Small tables of a mapping: text as a source writes it -> named values. Looked up without regard
to capitals and outer spaces.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producers.errors import bad_mapping


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: folded text -> {name: value}."""

    name: str
    rows: Mapping[str, Mapping[str, Any]]
    names: tuple[str, ...]

    def column(self, name: str | None, where: str) -> dict[str, Any]:
        """Folded text -> the value called `name`, or of the only column. Raises MappingError."""
        if name is None and len(self.names) == 1:
            name = self.names[0]
        if name not in self.names:
            raise bad_mapping(
                where,
                f"la tabla {self.name} tiene {self.names}",
                f"the table {self.name} has {self.names}",
            )
        return {key: row[name] for key, row in self.rows.items() if row.get(name) not in (None, "")}


def fold(text: str) -> str:
    """How texts are compared."""
    return text.strip().casefold()


def inline(name: str, content: Mapping[str, Any]) -> Table:
    """A `[tables.name]` of a mapping file."""
    rows = {
        fold(text): value if isinstance(value, dict) else {"value": value}
        for text, value in content.items()
    }
    return Table(name, rows, tuple(dict.fromkeys(key for row in rows.values() for key in row)))


def from_file(path: Path) -> Table:
    """`name.csv` beside the mapping. Raises MappingError naming the file and line."""
    try:
        lines = [
            line
            for line in path.read_text(encoding="utf-8-sig").splitlines()
            if line.strip() and not line.startswith("#")
        ]
        header, *rows = list(csv.reader(lines, strict=True))
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        raise bad_mapping(
            str(path), f"no se puede leer la tabla ({error})", f"the table cannot be read ({error})"
        ) from error
    for row in rows:
        if len(row) != len(header):
            raise bad_mapping(
                str(path),
                f"la fila {row[0]!r} no tiene {len(header)} columnas",
                f"row {row[0]!r} has not {len(header)} columns",
            )
    names = tuple(name.strip() for name in header[1:])
    content = {
        fold(row[0]): dict(zip(names, (_value(cell) for cell in row[1:]), strict=True))
        for row in rows
    }
    return Table(path.stem, content, names)


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
