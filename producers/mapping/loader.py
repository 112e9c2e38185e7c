"""Load mapping files: TOML that library/README.md describes."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from infra.system_errors import reason_of
from producers.errors import MappingError, bad_mapping
from producers.mapping.columns import TABLE_FORMATS, dashless_getter_for_format, getter_for_format
from producers.mapping.compiler import compile_condition, compile_groups
from producers.mapping.date_uses import DateUses
from producers.mapping.fields import Group, Value
from producers.mapping.file_mapping import FileMapping
from producers.mapping.file_model import check_mapping
from producers.mapping.lookup_tables import LookupTable, table_from_csv, table_from_toml
from producers.mapping.mapping import RowMapping
from producers.mapping.row_selection import RowSelection
from producers.mapping.toml_errors import explain_toml_error
from producers.mapping.values import Tables
from producers.mapping.versions import compile_versions
from producers.sources.format import Source
from schemas.i18n import _

FOLDERS = (Path(__file__).parent / "library", Path(__file__).parents[1] / "scenario" / "mappings")
"""Where mappings are looked up by name: real systems, then the scenario's."""
_NEAREST = 3
"""Names of the library that are shown where one is nearly that of a mapping that is not there."""


def load_file_mapping(*names: str) -> FileMapping:
    """Load the mappings that read one file together.

    Raises MappingError also where they do not read it alike.
    """
    mappings = tuple(load_mapping(name) for name in names)
    for other in mappings[1:]:
        if other.source != mappings[0].source:
            problem = _("mappings of one file need the same [source] ({first})", first=names[0])
            raise bad_mapping(other.name, problem)
    return FileMapping(mappings)


def load_mapping(name: str) -> RowMapping:
    """Load the mapping of this name from FOLDERS, or the one at this path.

    Raises MappingError naming the file and the key.
    """
    path = Path(name) if name.endswith(".toml") or "/" in name else _path_of(name)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise _unreadable(name, error) from error
    except UnicodeDecodeError as error:
        raise bad_mapping(path.name, _("is not UTF-8: save it in that encoding")) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise bad_mapping(path.name, explain_toml_error(text, error)) from error
    return parse_mapping(content, path)


def _unreadable(name: str, error: OSError) -> MappingError:
    """Say that a mapping cannot be read, and which of the library have nearly its name."""
    names = sorted(mapping.stem for folder in FOLDERS for mapping in folder.glob("*.toml"))
    nearest = get_close_matches(Path(name).stem.lower(), names, _NEAREST, 0.5)
    return MappingError(
        _("There is no mapping {name} ({strerror}).", name=name, strerror=reason_of(error)),
        _("Nearly the same name: {names}.", names=", ".join(nearest))
        if nearest
        else _(
            "Give the path of your mapping. `quipu mapping suggest FILE` writes one; the ready "
            "ones are in producers/mapping/library/README.md."
        ),
    )


def _path_of(name: str) -> Path:
    """Give where the mapping of this name is, or where it would be."""
    paths = [folder / f"{name}.toml" for folder in FOLDERS]
    return next((path for path in paths if path.exists()), paths[0])


def parse_mapping(
    content: Mapping[str, Any], path: Path, today: Callable[[], date] = date.today
) -> RowMapping:
    """Compile a mapping from its TOML content. Its tables are searched next to `path`.

    `today` gives the day by which years of two digits are completed. Raises MappingError naming the
    file and the key.
    """
    file = path.name
    check_mapping(content, file)
    source = _read_source(content["source"], file)
    tables = _Tables(content.get("tables", {}), path.parent, file)
    group = compile_groups(content, tables, DateUses(content["type"], today), file)
    versions = compile_versions(content, tables, file)
    reference = content.get("reference", {})
    columns = tuple(reference.get("columns", ()))
    selection = _compile_rows(content.get("rows", {}), source.format, file)
    return RowMapping(
        name=path.stem,
        file=file,
        title=str(content.get("title", path.stem)),
        type=content["type"],
        source=source,
        reference=columns,
        reference_getters=tuple(
            dashless_getter_for_format(source.format)(column) for column in columns
        ),
        reference_prefix=reference.get("series"),
        keep_equal_rows=content.get("equal_rows") == "distinct",
        envelope=content.get("envelope", {}),
        group=group,
        selection=selection,
        columns=_file_columns(
            {*columns, *selection.getters, *(versions.columns if versions else ())},
            group,
            source.format,
        ),
        written_values={
            target: tuple(_written_values(spec, tables, f"{file}: {target}"))
            for target, spec in content["fields"].items()
        },
        versions=versions,
        fingerprint=_fingerprint(content),
    )


def _compile_rows(content: Mapping[str, Any], format_: str, file: str) -> RowSelection:
    """Compile [rows]: which rows the mapping takes. Raises MappingError."""
    footers = content.get("footers", "refuse")
    if "when" not in content:
        return RowSelection(None, {}, footers, format_ in TABLE_FORMATS)
    getters: dict[str, Value] = {}

    def column_getter(column: str) -> Value:
        return getters.setdefault(column, getter_for_format(format_)(column))

    takes = compile_condition(content["when"], column_getter, f"{file}: [rows]")
    return RowSelection(takes, getters, footers, format_ in TABLE_FORMATS)


def _file_columns(columns: set[str], group: Group, format_: str) -> frozenset[str]:
    """Give the columns that the file must have; in a table those of a cell's values are not."""
    needed = columns.union(*(field.needed_columns for field in group.all_fields()))
    needed.update(group.all_list_columns())
    if format_ not in TABLE_FORMATS:
        return frozenset(needed)
    is_in_cells = bool(group.lists)
    return frozenset(
        column.removeprefix("/") if is_in_cells else column
        for column in needed
        if not (is_in_cells and column == ".")
    )


def _fingerprint(content: Mapping[str, Any]) -> str:
    """Compute what changes with what a mapping makes of a row."""
    names = ("type", "reference", "equal_rows", "envelope", "lists", "fields", "tables")
    parts = {name: content.get(name) for name in names}
    encoded = json.dumps(parts, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    return hashlib.sha256(encoded).hexdigest()


def _written_values(spec: str | Mapping[str, Any], tables: Tables, where: str) -> Iterator[str]:
    """Yield the texts that a field may have from the mapping itself, not from the source."""
    if isinstance(spec, str):
        return
    values = [spec.get("constant"), spec.get("default")]
    last_step = (spec.get("steps") or [None])[-1]
    if isinstance(last_step, Mapping) and "codes" in last_step:
        name, _dot, column = last_step["codes"].partition(".")
        values += [last_step.get("else"), *tables(name).column(column or None, where).values()]
    yield from (value for value in values if isinstance(value, str))


class _Tables:
    """The lookup tables of a mapping: its own, then the CSV files next to it and in FOLDERS."""

    def __init__(self, own: Mapping[str, Any], folder: Path, file: str) -> None:
        self._tables = {name: table_from_toml(name, content) for name, content in own.items()}
        self._folder, self._file = folder, file

    def __call__(self, name: str) -> LookupTable:
        """Give the table of this name. Raises MappingError where there is none."""
        if name not in self._tables:
            file_name = f"{name}.csv"
            paths = [folder / file_name for folder in (self._folder, *FOLDERS)]
            path = next((path for path in paths if path.is_file()), None)
            if path is None:
                problem = _(
                    "there is no table `{name}` (nor {path_name})",
                    name=name,
                    path_name=file_name,
                )
                raise bad_mapping(self._file, problem)
            self._tables[name] = table_from_csv(path)
        return self._tables[name]


def _read_source(content: Mapping[str, Any], file: str) -> Source:
    """Read [source], which has the right keys. Raises MappingError for an unknown encoding."""
    encoding, separator = content.get("encoding", "utf-8"), content.get("separator", "auto")
    try:
        "".encode(encoding)
    except LookupError as error:
        problem = _("unknown encoding: {encoding}", encoding=encoding)
        raise bad_mapping(f"{file}: [source]", problem) from error
    names, sheet = content.get("names"), content.get("sheet")
    if names is not None and content.get("header_rows") != 0:
        raise bad_mapping(f"{file}: [source]", _("names needs header_rows = 0"))
    return Source(
        format="xlsx" if content["format"] == "xls" else content["format"],
        encoding=encoding,
        separator=None if separator == "auto" else separator,
        rows=content.get("rows"),
        sheet=tuple(sheet) if isinstance(sheet, list) else sheet,
        header_row=content.get("header_row"),
        header_rows=content.get("header_rows"),
        names=tuple(names) if names is not None else None,
    )
