"""Read a list of persons and plates to look up from a CSV file. Pure."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consumers.query.persons.person_question import PersonQuestion
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _

MOST_LINES = 1_000
MOST_BYTES = 1_000_000
COLUMNS: Mapping[str, Sequence[str]] = {
    "name": ("name", "nombre", "nombres", "persona"),
    "born": ("born", "birth date", "date of birth", "nacido", "nacimiento", "fecha de nacimiento"),
    "document": ("document", "documento", "dni", "ci", "cedula"),
    "country": ("country", "pais"),
    "phone": ("phone", "telephone", "telefono", "celular"),
    "sex": ("sex", "sexo"),
    "plate": ("plate", "placa", "matricula"),
}
"""By what a line says, how a column may be headed: without accents, in small letters."""


class LookupFileError(QuipuError):
    """The file is no list that can be looked up."""

    code = "LOOKUP"


@dataclass(frozen=True, slots=True)
class LookupLine:
    """A line of the list. `number`: as an editor counts, the heading is line 1."""

    number: int
    values: Mapping[str, str]

    @property
    def person(self) -> PersonQuestion | None:
        """What it says of a person; None where it says nothing."""
        known = {name: self.values.get(name, "") for name in PersonQuestion().fields}
        says_something = any(known[name] for name in ("name", "born", "document", "phone"))
        return PersonQuestion(**known) if says_something else None


def read_lookup_file(
    content: bytes, most: int = MOST_LINES, columns: Mapping[str, Sequence[str]] = COLUMNS
) -> list[LookupLine]:
    """Return the lines that say something, `most` at most. Raises LookupFileError.

    `columns`: by what a line may say, how its column may be headed.
    """
    if len(content) > MOST_BYTES:
        raise LookupFileError(
            _("The file has more than {most:,} bytes.", most=MOST_BYTES),
            _("Part it into several files."),
        )
    rows = _rows(_text(content))
    heading = next(rows, (0, []))[1]
    names = _columns(heading, columns)
    lines = [
        LookupLine(number, values)
        for number, row in rows
        if (values := _values(number, row, names))
    ]
    if not lines:
        raise LookupFileError(
            _("The file has no line to look up."),
            _("Write one person, plate or other value on each line."),
        )
    if len(lines) > most:
        raise LookupFileError(
            _("The file has more than {most:,} lines.", most=most),
            _("Part it into several files."),
        )
    return lines


def _text(content: bytes) -> str:
    """Decode a file as spreadsheets write it: UTF-8, else Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the line on which each begins. Raises LookupFileError."""
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in reader:
            yield number, [cell.strip() for cell in row]
            number = reader.line_num + 1
    except csv.Error as error:
        raise LookupFileError(
            _("Line {line} cannot be read: {error}.", line=number, error=str(error)),
            _("Check the quotation marks of the line."),
        ) from error


def _columns(heading: Sequence[str], known_columns: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what each column says. Raises LookupFileError for a heading that says nothing."""
    names = {word: name for name, words in known_columns.items() for word in words}
    columns = [names.get(_plain(cell), "") for cell in heading]
    unknown = [cell for cell, name in zip(heading, columns, strict=True) if not name]
    doubled = {name for name in columns if name and columns.count(name) > 1}
    problem: UserMessage | None = None
    if unknown or not heading:
        problem = _("Line 1 has columns without meaning: {names}.", names=_listed(unknown))
    elif doubled:
        problem = _("Line 1 has a column twice: {names}.", names=_listed(sorted(doubled)))
    if problem is not None:
        known = ", ".join(f"{words[0]} ({words[1]})" for words in known_columns.values())
        raise LookupFileError(problem, _("The columns are: {names}.", names=known))
    return columns


def _values(number: int, row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Return what a line says; nothing for an empty one. Raises LookupFileError."""
    if len(row) > len(columns):
        raise LookupFileError(
            _(
                "Line {line} has {cells} cells, and line 1 has {columns}.",
                line=number,
                cells=len(row),
                columns=len(columns),
            ),
            _("Put text that contains the separator in quotation marks."),
        )
    return {name: cell for name, cell in zip(columns, row, strict=False) if cell}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().lower().replace("_", " "))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name[:40]}`" for name in names[:8]) or "—"
