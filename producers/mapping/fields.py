"""Make payload and envelope from a row with the compiled fields of a mapping. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from producers.mapping.columns import SINGLE_VALUE_EXPECTED
from producers.mapping.number_text import Estimate
from producers.mapping.parted_values import (
    COMPOSED,
    NO_FURTHER_KEYS,
    FurtherKeys,
    Keys,
    part_value,
    set_path,
)
from producers.mapping.several_dates import DoubtfulDays
from producers.mapping.values import BadValueError, Step, to_text
from producers.model import Notice, Refusal, Row, TimeSpan
from schemas.i18n import _

_SHOWN = frozenset(["UNKNOWN_CODE", "UNKNOWN_PLACE", "BAD_NUMBER", "IMPOSSIBLE_DATE"])
_NESTING = (dict, list)

Value = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One target of a mapping.

    `keys` leads to it in the payload or, inside a list, in the element (empty: the element itself);
    or it is "envelope" and a name. `value` gives what a row has for it, None if it is left out; it
    raises BadValueError. `further` leads to the fields that say more of it, such as how exact a
    date is. A row without a value that `is_required` is refused.
    """

    target: str
    keys: Keys
    columns: tuple[str, ...]
    value: Value
    needed_columns: frozenset[str]
    column_values: tuple[Value, ...]
    further: FurtherKeys = NO_FURTHER_KEYS
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class RepeatedList:
    """A list made of the elements that the source has at `column`."""

    target: str
    keys: Keys
    column: str
    elements: Callable[[Row], list[Row]]
    group: "Group"
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The fields and lists of an event, or of a list's element.

    `has_indexes` says that some keys are indexes of a list.
    """

    fields: tuple[Field, ...]
    lists: tuple[RepeatedList, ...]
    has_indexes: bool
    row_values: tuple[Value, ...] = ()

    def has_value(self, row: Row) -> bool:
        """Tell whether the row has something that the event says, apart from its reference.

        `row_values` look it up; without any, every row has.
        """
        if not self.row_values:
            return True
        for get in self.row_values:
            try:
                if get(row) not in (None, "", []):
                    return True
            except BadValueError:  # several values, where one is needed
                return True
        return False

    def build(self, row: Row, result: "RowResult", place: "ListPlace") -> Any:
        """Build the payload; envelope and refusals are added to `result`."""
        payload: dict[Any, Any] = {}
        for target_field in self.fields:
            try:
                value = target_field.value(row)
                if value.__class__ in COMPOSED:
                    if value.__class__ is DoubtfulDays or value.__class__ is Estimate:
                        result.doubts.append(_doubt(target_field, result.line, value, place))
                    value = part_value(payload, value, target_field.further)
            except BadValueError as bad:
                result.refusals.append(_refusal(target_field, row, result.line, bad, place))
                continue
            if value is None:
                if target_field.is_required:
                    missing = BadValueError("MISSING_FIELD", "")
                    result.refusals.append(_refusal(target_field, row, result.line, missing, place))
                continue
            keys = target_field.keys
            if not keys:
                return value.start if isinstance(value, TimeSpan) else value
            if keys[0] == "envelope":
                _put_envelope(result.envelope, str(keys[1]), value)
            else:
                set_path(payload, keys, value)
        for repeated in self.lists:
            _put_list(payload, repeated, row, result, place)
        return _lists_from_indexes(payload) if self.has_indexes else payload

    def all_fields(self) -> list[Field]:
        """Give all fields, those of lists too."""
        return [
            *self.fields,
            *(inner for repeated in self.lists for inner in repeated.group.all_fields()),
        ]

    def all_list_columns(self) -> list[str]:
        """Give the columns of all lists, those of lists inside lists too."""
        return [
            *(repeated.column for repeated in self.lists),
            *(inner for repeated in self.lists for inner in repeated.group.all_list_columns()),
        ]


class ListPlace(NamedTuple):
    """The list element that is being built, as its target and its columns are shown."""

    target: str
    columns: str


OUTSIDE_LISTS = ListPlace("", "")


@dataclass(slots=True)
class RowResult:
    """What a row of a line gives so far, apart from the payload."""

    line: int
    envelope: dict[str, Any]
    refusals: list[Refusal] = field(default_factory=list)
    doubts: list[Notice] = field(default_factory=list)


def value_getter(
    columns: tuple[Value, ...], join: str | None, steps: tuple[Step, ...], default: Any
) -> Value:
    """Compile what gives a field's value from its columns, by its steps.

    With `join` None the first step takes a list of all values.
    """
    get = join_columns(columns, join) if join is not None else _all_values(columns)

    def plain(row: Row) -> Any:
        value = get(row)
        if value is None:
            return default
        return value if value.__class__ is str or value.__class__ is bool else _as_text(value)

    def stepped(row: Row) -> Any:
        value = get(row)
        if value is None:
            return default
        if join is not None and value.__class__ in _NESTING:
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
    """Compile what joins the columns that have a value; one column's value stays as it is."""
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


def _all_values(columns: tuple[Value, ...]) -> Value:
    """Compile what gives every single value of some columns as a list; None for none."""

    def get(row: Row) -> list[Any] | None:
        values = [column(row) for column in columns]
        flat = [
            item for value in values for item in (value if isinstance(value, list) else [value])
        ]
        return [item for item in flat if item is not None and not isinstance(item, Mapping)] or None

    return get


def _as_text(value: Any) -> Any:
    """Make a value of JSON into text; a list of single values stays one."""
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
    result: RowResult,
    place: ListPlace,
) -> None:
    elements = []
    for index, element in enumerate(repeated.elements(row)):
        element_place = ListPlace(
            f"{place.target}{repeated.target}[{index}]",
            f"{place.columns}{repeated.column}[{index + 1}]/",
        )
        value = repeated.group.build(element, result, element_place)
        if isinstance(value, list):
            elements.extend(value)  # an element of several values, split
        elif value not in (None, {}, ""):
            elements.append(value)
    if elements:
        set_path(payload, repeated.keys, elements)
    elif repeated.is_required:
        target, columns = f"{place.target}{repeated.target}", f"{place.columns}{repeated.column}"
        result.refusals.append(Refusal(result.line, "MISSING_FIELD", target, columns))


def _doubt(
    target_field: Field, line: int, value: DoubtfulDays | Estimate, place: ListPlace
) -> Notice:
    columns = describe_columns(place.columns, target_field.columns)
    code = "BAD_NUMBER" if isinstance(value, Estimate) else "DATE_IN_DOUBT"
    return Notice(line, code, columns, value.why)


def _refusal(
    target_field: Field, row: Row, line: int, bad: BadValueError, place: ListPlace
) -> Refusal:
    target = target_field.target.removeprefix("envelope.")
    if place.target:
        target = f"{place.target}.{target}" if target else place.target
    offending_value = bad.offending_value
    if not offending_value and bad.code in _SHOWN:
        values = (_shown_value(getter, row) for getter in target_field.column_values)
        offending_value = " ".join(values)[:60]
    columns = describe_columns(place.columns, target_field.columns)
    return Refusal(line, bad.code, target, columns, bad.detail, offending_value)


def describe_columns(within: str, columns: tuple[str, ...]) -> str:
    """Name columns as they are shown.

    Those of a list's element come after the element's index, those of the row around it do not.
    """
    return ", ".join(
        column[1:] if within and column.startswith("/") else f"{within}{column}"
        for column in columns
    )


def _shown_value(get: Value, row: Row) -> str:
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


def _lists_from_indexes(value: Any) -> Any:
    """Make dictionaries by index into lists, in order, without holes."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_lists_from_indexes(value[key]) for key in sorted(value)]
    return {key: _lists_from_indexes(item) for key, item in value.items()}
