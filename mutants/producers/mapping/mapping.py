"""A declarative mapping: rows of a national system become payloads and envelopes. Pure once loaded;
the language: library/README.md.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producers.errors import bad_mapping
from producers.mapping.columns import getter
from producers.mapping.compiler import CONSTANTS, groups, known
from producers.mapping.fields import Field, Group, Value, where
from producers.mapping.lookup_tables import Table, from_file, inline
from producers.mapping.values import Bad, text
from producers.model import Mapped, Refusal, Row

FOLDERS = (Path(__file__).parent / "library", Path(__file__).parents[1] / "scenario" / "mappings")
"""Where mappings are looked up by name: real systems, then the scenario's."""
FORMATS = {
    "csv": frozenset({"encoding", "separator", "header_row"}),
    "json": frozenset({"encoding", "rows"}),
    "jsonl": frozenset({"encoding"}),
    "xlsx": frozenset({"sheet", "header_row"}),
    "xml": frozenset({"encoding", "rows"}),
}
_TOP = frozenset(
    ["title", "type", "source", "reference", "equal_rows", "envelope", "lists", "fields", "tables"]
)


@dataclass(frozen=True, slots=True)
class Source:
    """How to read the file. `separator` None: find it; `header_row` too. `rows`: where the rows are
    in JSON and XML; `sheet`: in XLSX.
    """

    format: str
    encoding: str = "utf-8"
    separator: str | None = None
    rows: str | None = None
    sheet: str | int | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A loaded mapping; `apply` is the whole of it. `looks`: how each column of `reference` is
    looked up.
    """

    name: str
    title: str
    type: str
    source: Source
    reference: tuple[str, ...]
    looks: tuple[Value, ...]
    series: str | None
    distinct: bool
    envelope: Mapping[str, Any]
    group: Group
    columns: frozenset[str]

    def apply(self, row: Row, line: int) -> Mapped | list[Refusal]:
        """Payload, envelope and reference of a row, or all that is wrong with it. Never raises for
        what a row holds.
        """
        refusals: list[Refusal] = []
        envelope = dict(self.envelope)
        payload = self.group.make(row, line, envelope, refusals)
        reference = self._reference(row, line, refusals) if self.reference else None
        return refusals or Mapped(line, payload, envelope, reference)

    @property
    def fields(self) -> list[Field]:
        """All of them, those of lists too."""
        return self.group.each()

    def column_of(self, target: str) -> str:
        """The columns behind a field of the event, for telling where to look; empty if there is
        none.
        """
        if target == "source_reference":
            return ", ".join(self.reference)
        stem = "occurred" if target.startswith("occurred_") else target
        return next(
            (
                ", ".join(one.columns)
                for one in self.group.fields
                if one.target in (target, f"envelope.{stem}")
            ),
            "",
        ) or _listed(self.group, target)

    def urgent(self, justification: str | None) -> "MappingFile":
        """The same for the urgent lane: every event says that it is urgent, and why."""
        said = {"justification": justification} if justification else {}
        return replace(self, envelope={**self.envelope, "urgency": "urgent", **said})

    def _reference(self, row: Row, line: int, refusals: list[Refusal]) -> str | None:
        try:
            parts = [look(row) for look in self.looks]
        except Bad as bad:
            refusals.append(
                Refusal(line, bad.code, "source_reference", ", ".join(self.reference), bad.detail)
            )
            return None
        for column, part in zip(self.reference, parts, strict=True):
            if part is None:
                refusals.append(Refusal(line, "MISSING_FIELD", "source_reference", column))
        joined = "/".join([text(part) for part in parts if part is not None])
        return f"{self.series}/{joined}" if self.series else joined


def _listed(group: Group, target: str) -> str:
    """As column_of, of a target inside a list: `transactions[3].amount`."""
    for one in group.lists:
        found = re.match(rf"{re.escape(one.target)}\[(\d+)\]\.?", target)
        if found:
            rest = target[found.end() :]
            inner = next(
                (field.columns for field in one.group.fields if field.target == rest), None
            )
            at = f"{one.column}[{int(found[1]) + 1}]"
            return (
                where(f"{at}/", inner)
                if inner
                else "/".join(part for part in (at, _listed(one.group, rest)) if part)
            )
    return ""


def load(name: str) -> MappingFile:
    """The mapping called `name` (of FOLDERS), or at this path. Raises MappingError naming file and
    key.
    """
    path = Path(name) if name.endswith(".toml") or "/" in name else _path_of(name)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(
            sorted(mapping.stem for folder in FOLDERS for mapping in folder.glob("*.toml"))
        )
        raise bad_mapping(
            name,
            f"no se puede leer ({error.strerror}); hay: {known}",
            f"cannot be read ({error.strerror}); there are: {known}",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad_mapping(path.name, f"no es TOML: {error}", f"is not TOML: {error}") from error
    return parse(content, path)


def _path_of(name: str) -> Path:
    """Where the mapping of this name is, or where it would be."""
    paths = [folder / f"{name}.toml" for folder in FOLDERS]
    return next((path for path in paths if path.exists()), paths[0])


def parse(content: Mapping[str, Any], path: Path) -> MappingFile:
    """A mapping from its TOML content; tables are looked for beside `path`. Raises MappingError."""
    where = path.name
    known(content, _TOP, where)
    if not isinstance(content.get("type"), str) or not content.get("fields"):
        raise bad_mapping(where, "faltan type y [fields]", "type and [fields] are needed")
    tables = _Tables(content.get("tables", {}), path.parent, where)
    source = _read_source(content.get("source", {}), where)
    group = groups(content["fields"], content.get("lists", {}), tables, source.format, where)
    reference, series = _read_reference(content.get("reference", {}), where)
    envelope = content.get("envelope", {})
    known(envelope, CONSTANTS, f"{where}: [envelope]")
    equal_rows = content.get("equal_rows", "same")
    if equal_rows not in ("same", "distinct"):
        raise bad_mapping(
            f"{where}: equal_rows", "es «same» o «distinct»", "is `same` or `distinct`"
        )
    return MappingFile(
        path.stem,
        str(content.get("title", path.stem)),
        content["type"],
        source,
        reference,
        tuple(getter(source.format)(column) for column in reference),
        series,
        equal_rows == "distinct",
        envelope,
        group,
        frozenset(reference).union(*(one.needs for one in group.each())),
    )


class _Tables:
    """The mapping's own tables, then those beside it."""

    def __init__(self, own: Mapping[str, Any], folder: Path, where: str) -> None:
        self._tables = {name: inline(name, content) for name, content in own.items()}
        self._folder, self._where = folder, where

    def __call__(self, name: str) -> Table:
        if name not in self._tables:
            paths = [folder / f"{name}.csv" for folder in (self._folder, *FOLDERS)]
            path = next((path for path in paths if path.is_file()), paths[0])
            if not path.is_file():
                raise bad_mapping(
                    self._where,
                    f"no hay tabla «{name}» (ni {path.name})",
                    f"there is no table `{name}` (nor {path.name})",
                )
            self._tables[name] = from_file(path)
        return self._tables[name]


def _read_source(content: Mapping[str, Any], where: str) -> Source:
    where = f"{where}: [source]"
    format_ = content.get("format")
    if format_ not in FORMATS:
        raise bad_mapping(
            where,
            f"format es uno de {', '.join(FORMATS)}",
            f"format is one of {', '.join(FORMATS)}",
        )
    known(content, frozenset({"format"}) | FORMATS[format_], where)
    encoding = content.get("encoding", "utf-8")
    try:
        "".encode(encoding)
    except (LookupError, TypeError) as error:
        raise bad_mapping(
            where, f"codificación desconocida: {encoding}", f"unknown encoding: {encoding}"
        ) from error
    separator = content.get("separator", "auto")
    if separator != "auto" and (not isinstance(separator, str) or len(separator) != 1):
        raise bad_mapping(
            where, "separator es un solo carácter, o auto", "separator is one character, or auto"
        )
    rows, sheet, header_row = content.get("rows"), content.get("sheet"), content.get("header_row")
    if (rows is None and format_ == "xml") or not (
        rows is None or (isinstance(rows, str) and rows)
    ):
        raise bad_mapping(
            where,
            "rows es el camino a cada fila: reportes/reporte",
            "rows is the path to each row: reports/report",
        )
    if header_row is not None and (not isinstance(header_row, int) or header_row < 1):
        raise bad_mapping(
            where,
            "header_row es un número de fila, desde 1",
            "header_row is the number of a row, from 1",
        )
    return Source(
        format_, encoding, None if separator == "auto" else separator, rows, sheet, header_row
    )


def _read_reference(content: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], str | None]:
    known(content, frozenset({"columns", "series"}), f"{where}: [reference]")
    columns = content.get("columns", [])
    if (content and not columns) or not all(isinstance(column, str) for column in columns):
        raise bad_mapping(
            f"{where}: [reference]",
            "columns es una lista de columnas",
            "columns is a list of columns",
        )
    return tuple(columns), content.get("series")
