"""Make payload and envelope from a row with the compiled fields of a mapping. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from producers.mapping.columns import SINGLE_VALUE_EXPECTED
from producers.mapping.values import BadValueError, Step, to_text
from producers.model import Refusal, Row, TimeSpan
from schemas.i18n import _

_SHOWN = frozenset(["UNKNOWN_CODE", "UNKNOWN_PLACE", "BAD_NUMBER", "IMPOSSIBLE_DATE"])
_NESTING = (dict, list)

Keys = tuple[str | int, ...]
Value = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One target of a mapping.

    `keys` leads to it in the payload or, inside a list, in the element (empty: the element itself);
    or it is "envelope" and a name. `value` gives what a row has for it, None if it is left out; it
    raises BadValueError.
    """

    target: str
    keys: Keys
    columns: tuple[str, ...]
    value: Value
    needed_columns: frozenset[str]
    column_values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RepeatedList:
    """A list made of the elements that the source has at `column`."""

    target: str
    keys: Keys
    column: str
    elements: Callable[[Row], list[Row]]
    group: "Group"


@dataclass(frozen=True, slots=True)
class Group:
    """The fields and lists of an event, or of a list's element.

    `has_indexes` says that some keys are indexes of a list.
    """

    fields: tuple[Field, ...]
    lists: tuple[RepeatedList, ...]
    has_indexes: bool

    def build(
        self,
        row: Row,
        line: int,
        envelope: dict[str, Any],
        refusals: list[Refusal],
        within: str = "",
        columns: str = "",
    ) -> Any:
        """Build the payload; what cannot be used is added to `refusals`.

        `within` and `columns` are the current list as it is shown.
        """
        payload: dict[Any, Any] = {}
        for field in self.fields:
            try:
                value = field.value(row)
            except BadValueError as bad:
                refusals.append(_refusal(field, row, line, bad, within, columns))
                continue
            if value is None:
                continue
            keys = field.keys
            if not keys:
                return value.start if isinstance(value, TimeSpan) else value
            if keys[0] == "envelope":
                _put_envelope(envelope, str(keys[1]), value)
            else:
                _set_path(payload, keys, value)
        for all_fields in self.lists:
            _put_list(payload, all_fields, row, line, envelope, refusals, within, columns)
        return _lists_from_indexes(payload) if self.has_indexes else payload

    def all_fields(self) -> list[Field]:
        """All fields, those of lists too."""
        return [
            *self.fields,
            *(field for repeated in self.lists for field in repeated.group.all_fields()),
        ]


def value_getter(
    columns: tuple[Value, ...], join: str, steps: tuple[Step, ...], default: Any
) -> Value:
    """A field's value from its columns, by its steps."""
    get = join_columns(columns, join)

    def plain(row: Row) -> Any:
        value = get(row)
        if value is None:
            return default
        return value if value.__class__ is str or value.__class__ is bool else _as_text(value)

    def stepped(row: Row) -> Any:
        value = get(row)
        if value is None:
            return default
        if value.__class__ in _NESTING:
            raise BadValueError("BROKEN_LINE", SINGLE_VALUE_EXPECTED)
        try:
            for step in steps:
                value = step(value, row)
                if value is None:
                    return default
        except (ValueError, OverflowError) as error:
            raise BadValueError("BAD_NUMBER", _("a number of a usual size")) from error
        return value

    return stepped if steps else plain


def only_when(value: Value, when: Callable[[Row], bool]) -> Value:
    """Give a value only for rows that meet a condition."""
    return lambda row: value(row) if when(row) else None


def join_columns(columns: tuple[Value, ...], join: str) -> Value:
    """What stands in the columns that have something, joined; one column's value as it is."""
    if len(columns) == 1:
        return columns[0]

    def get(row: Row) -> Any:
        return (
            join.join(
                [to_text(part) for part in [column(row) for column in columns] if part is not None]
            )
            or None
        )

    return get


def _as_text(value: Any) -> Any:
    """What JSON gave, where a text is wanted; a list of single values stays one."""
    if isinstance(value, Mapping):
        raise BadValueError("BROKEN_LINE", _("a value, not an object"))
    if isinstance(value, list):
        if any(isinstance(item, Mapping | list) for item in value):
            raise BadValueError("BROKEN_LINE", SINGLE_VALUE_EXPECTED)
        return [to_text(item) for item in value if item is not None]
    return to_text(value)


def _put_list(
    payload: dict[Any, Any],
    repeated: RepeatedList,
    row: Row,
    line: int,
    envelope: dict[str, Any],
    refusals: list[Refusal],
    within: str,
    columns: str,
) -> None:
    elements = []
    for at, element in enumerate(repeated.elements(row)):
        value = repeated.group.build(
            element,
            line,
            envelope,
            refusals,
            f"{within}{repeated.target}[{at}]",
            f"{columns}{repeated.column}[{at + 1}]/",
        )
        if value not in (None, {}, ""):
            elements.append(value)
    if elements:
        _set_path(payload, repeated.keys, elements)


def _refusal(
    field: Field, row: Row, line: int, bad: BadValueError, within: str, columns: str
) -> Refusal:
    target = (
        (f"{within}.{field.target}" if field.target else within)
        if within
        else field.target.removeprefix("envelope.")
    )
    seen = bad.offending_value or (
        " ".join(_seen(get, row) for get in field.column_values)[:60] if bad.code in _SHOWN else ""
    )
    return Refusal(
        line, bad.code, target, describe_columns(columns, field.columns), bad.detail, seen
    )


def describe_columns(within: str, columns: tuple[str, ...]) -> str:
    """Name columns as they are shown.

    Those of a list's element come after the element's index, those of the row around it do not.
    """
    return ", ".join(
        column[1:] if within and column.startswith("/") else f"{within}{column}"
        for column in columns
    )


def _seen(get: Value, row: Row) -> str:
    try:
        value = get(row)
    except BadValueError:
        return "…"
    return "" if value is None else str(value)


def _put_envelope(envelope: dict[str, Any], name: str, value: Any) -> None:
    if name == "occurred" and isinstance(value, TimeSpan):
        envelope.update(
            occurred_from=value.start, occurred_until=value.end, occurred_precision=value.precision
        )
    elif isinstance(value, TimeSpan):
        envelope[name] = value.start
    elif name in ("recipients", "handling") and isinstance(value, str):
        envelope[name] = [value]
    else:
        envelope[name] = value


def _set_path(payload: dict[Any, Any], keys: Keys, value: Any) -> None:
    """Lists are dictionaries by index until all is there."""
    at = payload
    for part in keys[:-1]:
        at = at.setdefault(part, {})
    at[keys[-1]] = value.start if value.__class__ is TimeSpan else value


def _lists_from_indexes(value: Any) -> Any:
    """Dictionaries by index become lists, in order, without holes."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_lists_from_indexes(value[key]) for key in sorted(value)]
    return {key: _lists_from_indexes(item) for key, item in value.items()}
