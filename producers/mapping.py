"""A declarative mapping: rows of a national system become payloads and envelopes. Pure once loaded; the language: mappings/README.md."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from producers.errors import bad_mapping
from producers.model import Mapped, Moment, Refusal, Row
from producers.steps import Bad, Step, compile_step, look, text
from producers.tables import Table, fold, from_file, inline

FOLDER = Path(__file__).parent / "mappings"
CONSTANTS = frozenset(
    [
        "tlp",
        "purpose",
        "legal_basis",
        "crime",
        "evaluation",
        "recipients",
        "handling",
        "urgency",
        "language",
        "place_country",
        "condition",
        "justification",
        "case_reference",
        "exercise",
        "review_date",
    ]
)
FROM_FIELDS = CONSTANTS - {"evaluation"} | {"occurred", "reported_at", "subdivision"}
_TOP = frozenset(["title", "type", "source", "reference", "equal_rows", "envelope", "fields", "tables"])
_FIELD = frozenset(["column", "columns", "join", "constant", "steps", "when", "default"])
_SHOWN = frozenset(["UNKNOWN_CODE", "UNKNOWN_PLACE", "BAD_NUMBER", "IMPOSSIBLE_DATE"])
_SEGMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)((?:\[\d+\])*)")

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """How to read the file. `separator` None: find it."""

    format: str
    encoding: str = "utf-8"
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One target, compiled."""

    target: str
    path: Path_
    columns: tuple[str, ...]
    join: str
    constant: Any
    default: Any
    steps: tuple[Step, ...]
    when: Callable[[Row], bool] | None
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A loaded mapping; `apply` is the whole of it."""

    name: str
    title: str
    type: str
    source: Source
    reference: tuple[str, ...]
    series: str | None
    distinct: bool
    envelope: Mapping[str, Any]
    fields: tuple[Field, ...]
    columns: frozenset[str] = field(default_factory=frozenset)

    def apply(self, row: Row, line: int) -> Mapped | list[Refusal]:
        """Payload, envelope and reference of a row, or all that is wrong with it. Never raises for what a row holds."""
        refusals: list[Refusal] = []
        payload: dict[str, Any] = {}
        envelope = dict(self.envelope)
        for one in self.fields:
            try:
                value = _value(one, row)
            except Bad as bad:
                refusals.append(_refusal(one, row, line, bad))
                continue
            if value is None:
                continue
            if one.path[0] == "envelope":
                _put_envelope(envelope, str(one.path[1]), value)
            else:
                _put(payload, one.path, value)
        reference = self._reference(row, line, refusals)
        return refusals or Mapped(line, _dense(payload), envelope, reference)

    def column_of(self, target: str) -> str:
        """The columns behind a field of the event, for telling where to look; empty if there is none."""
        stem = "occurred" if target.startswith("occurred_") else target
        found = next((one.columns for one in self.fields if one.target in (target, f"envelope.{stem}")), ())
        return ", ".join(self.reference if target == "source_reference" else found)

    def urgent(self, justification: str | None) -> "MappingFile":
        """The same for the urgent lane: every event says that it is urgent, and why."""
        said = {"justification": justification} if justification else {}
        return replace(self, envelope={**self.envelope, "urgency": "urgent", **said})

    def _reference(self, row: Row, line: int, refusals: list[Refusal]) -> str | None:
        if not self.reference:
            return None
        parts = [look(row, column) for column in self.reference]
        for column, part in zip(self.reference, parts, strict=True):
            if part is None:
                refusals.append(Refusal(line, "MISSING_FIELD", "source_reference", column))
        joined = "/".join(text(part) for part in parts if part is not None)
        return f"{self.series}/{joined}" if self.series else joined


def load(name: str) -> MappingFile:
    """The mapping called `name` (of producers/mappings), or at this path. Raises MappingError naming file and key."""
    path = Path(name) if name.endswith(".toml") or "/" in name else FOLDER / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(sorted(each.stem for each in FOLDER.glob("*.toml")))
        raise bad_mapping(
            name, f"no se puede leer ({error.strerror}); hay: {known}", f"cannot be read ({error.strerror}); there are: {known}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad_mapping(path.name, f"no es TOML: {error}", f"is not TOML: {error}") from error
    return parse(content, path)


def parse(content: Mapping[str, Any], path: Path) -> MappingFile:
    """A mapping from its TOML content; tables are looked for beside `path`. Raises MappingError."""
    where = path.name
    _known(content, _TOP, where)
    if not isinstance(content.get("type"), str) or not content.get("fields"):
        raise bad_mapping(where, "faltan type y [fields]", "type and [fields] are needed")
    tables = _Tables(content.get("tables", {}), path.parent, where)
    fields = tuple(_field(target, spec, tables, f"{where}: {target}") for target, spec in content["fields"].items())
    reference, series = _read_reference(content.get("reference", {}), where)
    envelope = content.get("envelope", {})
    _known(envelope, CONSTANTS, f"{where}: [envelope]")
    equal_rows = content.get("equal_rows", "same")
    if equal_rows not in ("same", "distinct"):
        raise bad_mapping(f"{where}: equal_rows", "es «same» o «distinct»", "is `same` or `distinct`")
    return MappingFile(
        path.stem,
        str(content.get("title", path.stem)),
        content["type"],
        _read_source(content.get("source", {}), where),
        reference,
        series,
        equal_rows == "distinct",
        envelope,
        fields,
        frozenset(reference).union(*(one.needs for one in fields)),
    )


class _Tables:
    """The mapping's own tables, then those beside it."""

    def __init__(self, own: Mapping[str, Any], folder: Path, where: str) -> None:
        self._tables = {name: inline(name, content) for name, content in own.items()}
        self._folder, self._where = folder, where

    def __call__(self, name: str) -> Table:
        if name not in self._tables:
            path = self._folder / f"{name}.csv"
            if not path.is_file():
                raise bad_mapping(self._where, f"no hay tabla «{name}» (ni {path.name})", f"there is no table `{name}` (nor {path.name})")
            self._tables[name] = from_file(path)
        return self._tables[name]


def _read_source(content: Mapping[str, Any], where: str) -> Source:
    where = f"{where}: [source]"
    _known(content, frozenset({"format", "encoding", "separator"}), where)
    if content.get("format") not in ("csv", "json", "jsonl"):
        raise bad_mapping(where, "format es csv, json o jsonl", "format is csv, json or jsonl")
    encoding = content.get("encoding", "utf-8")
    try:
        "".encode(encoding)
    except (LookupError, TypeError) as error:
        raise bad_mapping(where, f"codificación desconocida: {encoding}", f"unknown encoding: {encoding}") from error
    separator = content.get("separator", "auto")
    if separator != "auto" and (not isinstance(separator, str) or len(separator) != 1):
        raise bad_mapping(where, "separator es un solo carácter, o auto", "separator is one character, or auto")
    return Source(content["format"], encoding, None if separator == "auto" else separator)


def _read_reference(content: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], str | None]:
    _known(content, frozenset({"columns", "series"}), f"{where}: [reference]")
    columns = content.get("columns", [])
    if (content and not columns) or not all(isinstance(column, str) for column in columns):
        raise bad_mapping(f"{where}: [reference]", "columns es una lista de columnas", "columns is a list of columns")
    return tuple(columns), content.get("series")


def _known(content: Mapping[str, Any], names: frozenset[str], where: str) -> None:
    unknown = sorted(set(content) - names)
    if unknown:
        raise bad_mapping(
            where,
            f"no conozco {', '.join(unknown)}; sí {', '.join(sorted(names))}",
            f"{', '.join(unknown)} is not known; {', '.join(sorted(names))} are",
        )


def _field(target: str, spec: Any, tables: _Tables, where: str) -> Field:
    if isinstance(spec, str):
        spec = {"column": spec}
    if not isinstance(spec, dict):
        raise bad_mapping(where, "es una columna o una tabla", "is a column or a table")
    _known(spec, _FIELD, where)
    if sum(key in spec for key in ("column", "columns", "constant")) != 1:
        raise bad_mapping(where, "necesita column, columns o constant (una de ellas)", "needs one of column, columns, constant")
    path = _path(target, where)
    if path[0] == "envelope" and (len(path) != 2 or path[1] not in FROM_FIELDS):
        raise bad_mapping(
            where,
            f"del sobre se puede dar: {', '.join(sorted(FROM_FIELDS))}",
            f"of the envelope can be given: {', '.join(sorted(FROM_FIELDS))}",
        )
    columns = (spec["column"],) if "column" in spec else tuple(spec.get("columns", ()))
    steps = tuple(compile_step(step, tables, where) for step in spec.get("steps", ()))
    when, used = _when(spec.get("when"), where)
    by = tuple(step["by"] for step in spec.get("steps", ()) if isinstance(step, dict) and "by" in step)
    needs = frozenset(columns + used + by)
    return Field(target, path, columns, str(spec.get("join", " ")), spec.get("constant"), spec.get("default"), steps, when, needs)


def _path(target: str, where: str) -> Path_:
    parts: list[str | int] = []
    for segment in target.split("."):
        found = _SEGMENT.fullmatch(segment)
        if not found:
            raise bad_mapping(where, "no es un destino como a.b[0].c", "is no target such as a.b[0].c")
        parts.append(found[1])
        parts.extend(int(index) for index in re.findall(r"\d+", found[2]))
    return tuple(parts)


def _when(spec: Any, where: str) -> tuple[Callable[[Row], bool] | None, tuple[str, ...]]:
    """The condition and the column that it looks at."""
    if spec is None:
        return None, ()
    if not isinstance(spec, dict) or len(spec) != 2 or "column" not in spec:
        raise bad_mapping(f"{where}: when", "necesita column y uno de in, not_in, present", "needs column and one of in, not_in, present")
    _known(spec, frozenset({"column", "in", "not_in", "present"}), f"{where}: when")
    column = spec["column"]
    if "present" in spec:
        wanted = bool(spec["present"])
        return (lambda row: (look(row, column) is not None) == wanted), (column,)
    inside = "in" in spec
    values = frozenset(fold(str(value)) for value in spec["in" if inside else "not_in"])
    return (lambda row: (fold(text(look(row, column) or "")) in values) == inside), (column,)


def _value(one: Field, row: Row) -> Any:
    """The field's value; None where it is left out. Raises Bad."""
    if one.when is not None and not one.when(row):
        return None
    if not one.columns:
        return one.constant
    if len(one.columns) == 1:
        value = look(row, one.columns[0])
    else:
        parts = [look(row, column) for column in one.columns]
        value = one.join.join(text(part) for part in parts if part is not None) or None
    if value is None:
        return one.default
    try:
        for step in one.steps:
            value = step(value, row)
            if value is None:
                return one.default
    except (ValueError, OverflowError) as error:
        raise Bad("BAD_NUMBER", "un número de tamaño usual | a number of a usual size") from error
    return text(value) if not one.steps and not isinstance(value, bool) else value


def _refusal(one: Field, row: Row, line: int, bad: Bad) -> Refusal:
    target = one.target.removeprefix("envelope.")
    seen = " ".join(str(look(row, column) or "") for column in one.columns)[:60] if bad.code in _SHOWN else ""
    return Refusal(line, bad.code, target, ", ".join(one.columns), bad.detail, seen)


def _put_envelope(envelope: dict[str, Any], name: str, value: Any) -> None:
    if name == "occurred" and isinstance(value, Moment):
        envelope.update(occurred_from=value.start, occurred_until=value.end, occurred_precision=value.precision)
    elif isinstance(value, Moment):
        envelope[name] = value.start
    elif name in ("recipients", "handling") and isinstance(value, str):
        envelope[name] = [value]
    else:
        envelope[name] = value


def _put(payload: dict[str, Any], path: Path_, value: Any) -> None:
    """Lists are dictionaries by index until all is there."""
    at: dict[Any, Any] = payload
    for part in path[:-1]:
        at = at.setdefault(part, {})
    at[path[-1]] = value.start if isinstance(value, Moment) else value


def _dense(value: Any) -> Any:
    """Dictionaries by index become lists, in order, without holes."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_dense(value[key]) for key in sorted(value)]
    return {key: _dense(each) for key, each in value.items()}
