"""Load mapping files: TOML that library/README.md describes."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from producers.errors import bad_mapping
from producers.mapping.columns import getter_for_format
from producers.mapping.compiler import CONSTANT_ENVELOPE_FIELDS, compile_groups, reject_unknown_keys
from producers.mapping.lookup_tables import LookupTable, table_from_csv, table_from_toml
from producers.mapping.mapping import RowMapping
from producers.sources.format import FORMATS, Source
from schemas.i18n import _

FOLDERS = (Path(__file__).parent / "library", Path(__file__).parents[1] / "scenario" / "mappings")
"""Where mappings are looked up by name: real systems, then the scenario's."""
_TOP = frozenset(
    ["title", "type", "source", "reference", "equal_rows", "envelope", "lists", "fields", "tables"]
)


def load_mapping(name: str) -> RowMapping:
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
            _(
                "cannot be read ({strerror}); there are: {known}",
                strerror=error.strerror,
                known=known,
            ),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad_mapping(path.name, _("is not TOML: {error}", error=error)) from error
    return parse_mapping(content, path)


def _path_of(name: str) -> Path:
    """Where the mapping of this name is, or where it would be."""
    paths = [folder / f"{name}.toml" for folder in FOLDERS]
    return next((path for path in paths if path.exists()), paths[0])


def parse_mapping(content: Mapping[str, Any], path: Path) -> RowMapping:
    """A mapping from its TOML content; tables are looked for beside `path`. Raises MappingError."""
    where = path.name
    reject_unknown_keys(content, _TOP, where)
    if not isinstance(content.get("type"), str) or not content.get("fields"):
        raise bad_mapping(where, _("type and [fields] are needed"))
    tables = _Tables(content.get("tables", {}), path.parent, where)
    source = _read_source(content.get("source", {}), where)
    group = compile_groups(
        content["fields"], content.get("lists", {}), tables, source.format, where
    )
    reference, series = _read_reference(content.get("reference", {}), where)
    envelope = content.get("envelope", {})
    reject_unknown_keys(envelope, CONSTANT_ENVELOPE_FIELDS, f"{where}: [envelope]")
    equal_rows = content.get("equal_rows", "same")
    if equal_rows not in ("same", "distinct"):
        raise bad_mapping(f"{where}: equal_rows", _("is `same` or `distinct`"))
    return RowMapping(
        path.stem,
        str(content.get("title", path.stem)),
        content["type"],
        source,
        reference,
        tuple(getter_for_format(source.format)(column) for column in reference),
        series,
        equal_rows == "distinct",
        envelope,
        group,
        frozenset(reference).union(*(one.needed_columns for one in group.all_fields())),
    )


class _Tables:
    """The mapping's own tables, then those beside it."""

    def __init__(self, own: Mapping[str, Any], folder: Path, where: str) -> None:
        self._tables = {name: table_from_toml(name, content) for name, content in own.items()}
        self._folder, self._where = folder, where

    def __call__(self, name: str) -> LookupTable:
        if name not in self._tables:
            paths = [folder / f"{name}.csv" for folder in (self._folder, *FOLDERS)]
            path = next((path for path in paths if path.is_file()), paths[0])
            if not path.is_file():
                raise bad_mapping(
                    self._where,
                    _(
                        "there is no table `{name}` (nor {path_name})",
                        name=name,
                        path_name=path.name,
                    ),
                )
            self._tables[name] = table_from_csv(path)
        return self._tables[name]


def _read_source(content: Mapping[str, Any], where: str) -> Source:
    where = f"{where}: [source]"
    format_ = content.get("format")
    if format_ not in FORMATS:
        raise bad_mapping(
            where,
            _("format is one of {formats}", formats=", ".join(FORMATS)),
        )
    reject_unknown_keys(content, frozenset({"format"}) | FORMATS[format_], where)
    encoding = content.get("encoding", "utf-8")
    try:
        "".encode(encoding)
    except (LookupError, TypeError) as error:
        raise bad_mapping(where, _("unknown encoding: {encoding}", encoding=encoding)) from error
    separator = content.get("separator", "auto")
    if separator != "auto" and (not isinstance(separator, str) or len(separator) != 1):
        raise bad_mapping(where, _("separator is one character, or auto"))
    rows, sheet, header_row = content.get("rows"), content.get("sheet"), content.get("header_row")
    if (rows is None and format_ == "xml") or not (
        rows is None or (isinstance(rows, str) and rows)
    ):
        raise bad_mapping(
            where,
            _("rows is the path to each row: reports/report"),
        )
    if header_row is not None and (not isinstance(header_row, int) or header_row < 1):
        raise bad_mapping(
            where,
            _("header_row is the number of a row, from 1"),
        )
    return Source(
        format_, encoding, None if separator == "auto" else separator, rows, sheet, header_row
    )


def _read_reference(content: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], str | None]:
    reject_unknown_keys(content, frozenset({"columns", "series"}), f"{where}: [reference]")
    columns = content.get("columns", [])
    if (content and not columns) or not all(isinstance(column, str) for column in columns):
        raise bad_mapping(
            f"{where}: [reference]",
            _("columns is a list of columns"),
        )
    return tuple(columns), content.get("series")
