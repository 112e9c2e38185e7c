"""A mapping's fields, compiled, and what they make of a row: payload and envelope, lists inside.
Pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from producers.mapping.columns import SEVERAL
from producers.mapping.values import Bad, Step, text
from producers.model import Moment, Refusal, Row

_SHOWN = frozenset(["UNKNOWN_CODE", "UNKNOWN_PLACE", "BAD_NUMBER", "IMPOSSIBLE_DATE"])
_NESTING = (dict, list)

Keys = tuple[str | int, ...]
Value = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One target: `keys` in the payload (of the list's element, inside a list; empty: the element
    itself), or "envelope" and a name.

    `value` gives what a row has for it, None where it is left out; it raises Bad.
    """

    target: str
    keys: Keys
    columns: tuple[str, ...]
    value: Value
    needs: frozenset[str]
    shown: tuple[Value, ...]


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
    """The fields and lists of an event, or of a list's element. `dense`: some keys are places in a
    list.
    """

    fields: tuple[Field, ...]
    lists: tuple[RepeatedList, ...]
    dense: bool

    def make(
        self,
        row: Row,
        line: int,
        envelope: dict[str, Any],
        refusals: list[Refusal],
        within: str = "",
        columns: str = "",
    ) -> Any:
        """The payload; what cannot be taken is added to `refusals`. `within`, `columns`: the list
        that we are in, as it is told.
        """
        payload: dict[Any, Any] = {}
        for one in self.fields:
            try:
                value = one.value(row)
            except Bad as bad:
                refusals.append(_refusal(one, row, line, bad, within, columns))
                continue
            if value is None:
                continue
            keys = one.keys
            if not keys:
                return value.start if isinstance(value, Moment) else value
            if keys[0] == "envelope":
                _put_envelope(envelope, str(keys[1]), value)
            else:
                _put(payload, keys, value)
        for each in self.lists:
            _put_list(payload, each, row, line, envelope, refusals, within, columns)
        return _dense(payload) if self.dense else payload

    def each(self) -> list[Field]:
        """All fields, those of lists too."""
        return [*self.fields, *(field for one in self.lists for field in one.group.each())]


def value_of(columns: tuple[Value, ...], join: str, steps: tuple[Step, ...], default: Any) -> Value:
    """A field's value from its columns, by its steps."""
    get = joined(columns, join)

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
            raise Bad("BROKEN_LINE", SEVERAL)
        try:
            for step in steps:
                value = step(value, row)
                if value is None:
                    return default
        except (ValueError, OverflowError) as error:
            raise Bad(
                "BAD_NUMBER", "un número de tamaño usual | a number of a usual size"
            ) from error
        return value

    return stepped if steps else plain


def conditional(value: Value, when: Callable[[Row], bool]) -> Value:
    return lambda row: value(row) if when(row) else None


def joined(columns: tuple[Value, ...], join: str) -> Value:
    """What stands in the columns that have something, joined; one column's value as it is."""
    if len(columns) == 1:
        return columns[0]

    def get(row: Row) -> Any:
        return (
            join.join(
                [text(part) for part in [column(row) for column in columns] if part is not None]
            )
            or None
        )

    return get


def _as_text(value: Any) -> Any:
    """What JSON gave, where a text is wanted; a list of single values stays one."""
    if isinstance(value, Mapping):
        raise Bad("BROKEN_LINE", "un valor, no un objeto | a value, not an object")
    if isinstance(value, list):
        if any(isinstance(each, Mapping | list) for each in value):
            raise Bad("BROKEN_LINE", SEVERAL)
        return [text(each) for each in value if each is not None]
    return text(value)


def _put_list(
    payload: dict[Any, Any],
    one: RepeatedList,
    row: Row,
    line: int,
    envelope: dict[str, Any],
    refusals: list[Refusal],
    within: str,
    columns: str,
) -> None:
    made = []
    for at, element in enumerate(one.elements(row)):
        value = one.group.make(
            element,
            line,
            envelope,
            refusals,
            f"{within}{one.target}[{at}]",
            f"{columns}{one.column}[{at + 1}]/",
        )
        if value not in (None, {}, ""):
            made.append(value)
    if made:
        _put(payload, one.keys, made)


def _refusal(one: Field, row: Row, line: int, bad: Bad, within: str, columns: str) -> Refusal:
    target = (
        (f"{within}.{one.target}" if one.target else within)
        if within
        else one.target.removeprefix("envelope.")
    )
    seen = bad.seen or (
        " ".join(_seen(get, row) for get in one.shown)[:60] if bad.code in _SHOWN else ""
    )
    return Refusal(line, bad.code, target, where(columns, one.columns), bad.detail, seen)


def where(within: str, columns: tuple[str, ...]) -> str:
    """Columns as they are told: those of a list's element after the element's place, those of the
    row around it plainly.
    """
    return ", ".join(
        column[1:] if within and column.startswith("/") else f"{within}{column}"
        for column in columns
    )


def _seen(get: Value, row: Row) -> str:
    try:
        value = get(row)
    except Bad:
        return "…"
    return "" if value is None else str(value)


def _put_envelope(envelope: dict[str, Any], name: str, value: Any) -> None:
    if name == "occurred" and isinstance(value, Moment):
        envelope.update(
            occurred_from=value.start, occurred_until=value.end, occurred_precision=value.precision
        )
    elif isinstance(value, Moment):
        envelope[name] = value.start
    elif name in ("recipients", "handling") and isinstance(value, str):
        envelope[name] = [value]
    else:
        envelope[name] = value


def _put(payload: dict[Any, Any], keys: Keys, value: Any) -> None:
    """Lists are dictionaries by index until all is there."""
    at = payload
    for part in keys[:-1]:
        at = at.setdefault(part, {})
    at[keys[-1]] = value.start if value.__class__ is Moment else value


def _dense(value: Any) -> Any:
    """Dictionaries by index become lists, in order, without holes."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_dense(value[key]) for key in sorted(value)]
    return {key: _dense(each) for key, each in value.items()}
