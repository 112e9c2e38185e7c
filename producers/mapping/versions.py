"""Read what a row of a national export says of its record: new, changed, annulled or lifted. Pure.

The table `[versions]` of a mapping is described in library/README.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from producers.errors import bad_mapping
from producers.mapping.columns import dashless_getter_for_format, getter_for_format
from producers.mapping.compiler import compile_condition, compile_single
from producers.mapping.fields import Field, Value, join_columns
from producers.mapping.lookup_tables import fold_text
from producers.mapping.values import BadValueError, Tables, to_text
from producers.model import ChangeKind, Refusal, Row, RowChange, TimeSpan
from schemas.codes import code_lists
from schemas.i18n import _

LIFTED = "LIFTED"
"""The reason of a retraction whose record was right and holds no more."""
_CONDITION = ("column", "columns", "in", "not_in", "present")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a row means where a condition holds. `reason` and `note` give it of a row."""

    kind: ChangeKind
    holds: Callable[[Row], bool]
    reason: Value
    note: Value


@dataclass(frozen=True, slots=True)
class _MarkedColumn:
    """The columns of marks, and every value of theirs that the mapping knows."""

    names: tuple[str, ...]
    get: Value
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class VersionRules:
    """The compiled table `[versions]`. `columns` are those that it looks at.

    Marks that withdraw a record come first: where two hold, the record is withdrawn.
    """

    marks: tuple[_Mark, ...]
    marked_columns: tuple[_MarkedColumn, ...]
    number: Field | None
    reason: str | None
    columns: frozenset[str]

    def read(self, row: Row, line: int, refusals: list[Refusal]) -> RowChange | None:
        """Read what a row changes; what is wrong with it is added to `refusals`.

        A value of a marked column that the mapping does not know is refused: it may be another way
        to write that the record is annulled.
        """
        try:
            number = self._number(row)
            for column in self.marked_columns:
                value = column.get(row)
                if value is not None and fold_text(to_text(value)) not in column.values:
                    detail = _("no mark of [versions] names it")
                    raise BadValueError("UNKNOWN_CODE", detail, to_text(value)[:60])
            mark = next((mark for mark in self.marks if mark.holds(row)), None)
            if mark is None or mark.kind is ChangeKind.NEW:
                return RowChange(ChangeKind.NEW, self.reason, None, number)
            reason, note = mark.reason(row), mark.note(row)
        except BadValueError as bad:
            columns = ", ".join(sorted(self.columns))
            refusals.append(
                Refusal(line, bad.code, "versions", columns, bad.detail, bad.offending_value)
            )
            return None
        if reason is None:
            refusals.append(Refusal(line, "MISSING_FIELD", "versions.reason"))
            return None
        text = None if note is None else to_text(note)
        return RowChange(mark.kind, to_text(reason), text, number)

    def withdraws(self, row: Row) -> bool:
        """Tell whether a row withdraws its record; a doubt is a no."""
        try:
            return any(mark.kind.withdraws and mark.holds(row) for mark in self.marks)
        except BadValueError:
            return False

    def _number(self, row: Row) -> int | None:
        if self.number is None:
            return None
        value = self.number.value(row)
        if isinstance(value, TimeSpan):
            return value.start
        text = "" if value is None else to_text(value)
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            raise BadValueError("BAD_NUMBER", _("a whole number, or a date"), text[:60])
        return int(text)


def compile_versions(content: Mapping[str, Any], tables: Tables, file: str) -> VersionRules | None:
    """Compile `[versions]` of a mapping; None where it has no such table. Raises MappingError."""
    if "versions" not in content:
        return None
    spec, format_, where = content["versions"], content["source"]["format"], f"{file}: [versions]"
    if not content.get("reference"):
        raise bad_mapping(where, _("needs [reference]: it says which record a row changes"))
    reason = spec.get("reason")
    if reason is not None:
        _check_reason(reason, "correction", where)
    if reason is None and ("number" in spec or spec.get("changed") == "correction"):
        raise bad_mapping(where, _("reason is needed: why a record was corrected"))
    number = (
        compile_single("versions.number", spec["number"], tables, format_, file)
        if "number" in spec
        else None
    )
    columns = number.needed_columns if number else frozenset[str]()
    marks: list[_Mark] = []
    for index, mark_spec in enumerate(spec.get("marks", ()), start=1):
        mark, needed = _compile_mark(mark_spec, tables, format_, f"{where}: marks[{index}]")
        marks.append(mark)
        columns |= needed
    changed = spec.get("changed") == "correction" or number is not None
    return VersionRules(
        tuple(sorted(marks, key=lambda mark: not mark.kind.withdraws)),
        tuple(_marked_columns(spec.get("marks", ()), format_, where)),
        number,
        reason if changed else None,
        columns,
    )


def _compile_mark(
    spec: Mapping[str, Any], tables: Tables, format_: str, where: str
) -> tuple[_Mark, frozenset[str]]:
    kind = ChangeKind(spec["means"])
    getter, names = getter_for_format(format_), set[str]()

    def column_getter(column: str) -> Value:
        names.add(column)
        return getter(column)

    condition = {key: spec[key] for key in _CONDITION if key in spec}
    holds = compile_condition(condition, column_getter, where)
    columns = frozenset(names)
    reason = spec.get("reason", LIFTED if kind is ChangeKind.LIFTING else None)
    if kind is ChangeKind.NEW and {"reason", "note"} & spec.keys():
        raise bad_mapping(where, _("a new record has neither reason nor note"))
    if kind is not ChangeKind.NEW and reason is None:
        raise bad_mapping(where, _("reason is needed: a code, or a table that gives it"))
    if isinstance(reason, str):
        _check_reason(reason, "retraction" if kind.withdraws else "correction", where)
        give_reason = _constant(reason)
    elif reason is not None:
        reason_field = compile_single("reason", reason, tables, format_, where)
        give_reason, columns = reason_field.value, columns | reason_field.needed_columns
    else:
        give_reason = _constant(None)
    give_note = _constant(None)
    if "note" in spec:
        note_field = compile_single("note", spec["note"], tables, format_, where)
        give_note, columns = note_field.value, columns | note_field.needed_columns
    return _Mark(kind, holds, give_reason, give_note), columns


def _constant(text: str | None) -> Value:
    return lambda row: text


def _marked_columns(
    marks: Sequence[Mapping[str, Any]], format_: str, where: str
) -> Iterator[_MarkedColumn]:
    """Yield the columns whose every value a mark must name: those of `in` alone."""
    values: dict[tuple[str, ...], set[str]] = {}
    open_columns = set[tuple[str, ...]]()
    for mark in marks:
        names = (mark["column"],) if "column" in mark else tuple(mark["columns"])
        if "in" in mark:
            values.setdefault(names, set()).update(fold_text(str(text)) for text in mark["in"])
        elif "not_in" in mark:
            open_columns.add(names)
    getter = dashless_getter_for_format(format_)
    for names in values.keys() - open_columns:
        get = join_columns(tuple(getter(name) for name in names), " ")
        yield _MarkedColumn(names, get, frozenset(values[names]))


def _check_reason(reason: str, of: str, where: str) -> None:
    known = code_lists()[f"{of}_reason"].codes
    if reason not in known:
        problem = _(
            "`{reason}` is not a reason; these are: {known}",
            reason=reason,
            known=", ".join(known),
        )
        raise bad_mapping(where, problem)
