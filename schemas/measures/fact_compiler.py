"""Compile the marks `measure` and `dimension` of a schema into one function of a payload.

It gives one line for the record, and one for each measured element: each entry of a list, or a
record, that holds a `measure` or bears one itself. The dimensions of a record around an element are
those of the element, too. schemas/events/README.md describes the marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.errors import ConfigRefusedError
from schemas.measures.amounts import NO_AMOUNT, ONE_PIECE, Amount, ReadAmount, compile_amount
from schemas.measures.dimension_reader import (
    NOTHING_ABOVE,
    DimensionField,
    DimensionReader,
    Dimensions,
    value_at,
)
from schemas.measures.dimensions import FIELDS_BESIDE, ReadDimension, is_closed, reader_of
from schemas.measures.fact_line import FactLine
from schemas.measures.units import MONEY

MAX_LINES = 4_000
"""Of one event: two measures of each entry of the longest list. Further ones have no amount."""
PIECES = "unit"
"""The only mark `measure` of a record or a list: each of them counts as one piece."""
WEAPON = "weapon"
"""The mark `observed` of a record of one weapon."""
_NAME = re.compile("[a-z][a-z_]{0,39}")
_TEXTS = frozenset({"string", "int", "long", "boolean"})
_NUMBERS = frozenset({"int", "long", "float", "double"})

GetFacts = Callable[[Record], list[FactLine]]


@dataclass
class _Element:
    """What is counted together: the record itself, an entry of a list, a record in it."""

    name: str
    is_counted: bool = False
    names: set[str] = field(default_factory=set)
    """Of its dimensions: each once."""
    dimensions: list[DimensionField] = field(default_factory=list)
    amounts: list[tuple[str, ReadAmount]] = field(default_factory=list)
    """With the name of the field."""
    elements: list[tuple[Sequence[str], _Element]] = field(default_factory=list)
    """With the path to them, from this one's record."""
    weapon: Sequence[str] = ()
    """The path to the weapon that it describes, if its schema observes one."""

    @cached_property
    def reader(self) -> DimensionReader:
        """What reads its dimensions, once all of them are known."""
        return DimensionReader(self.dimensions)

    @property
    def has_amounts(self) -> bool:
        """Whether it, or an element inside it, is measured."""
        inner = any(element.has_amounts for _path, element in self.elements)
        return self.is_counted or bool(self.amounts) or inner


class _Position(NamedTuple):
    """Where the compiler is: the element, the path from its record, and the prefix of names."""

    element: _Element
    path: tuple[str, ...] = ()
    prefix: str = ""


def compile_facts(definition: Record) -> GetFacts | None:
    """Compile what can be counted of a whole payload; None where the schema has no marks.

    Raises ConfigRefusedError for a mark that is not understood.
    """
    root = _Element("")
    _add_record(definition, _Position(root), {})
    if not (root.dimensions or root.has_amounts):
        return None

    def get_facts(record: Record) -> list[FactLine]:
        lines: list[FactLine] = []
        _collect(root, record, NOTHING_ABOVE, lines)
        if len(lines) > MAX_LINES:
            lines[MAX_LINES - 1 :] = [FactLine(usable="no_amount")]
        return lines

    return get_facts


def _add_record(definition: Record, place: _Position, names: NamedTypes) -> None:
    parts = list(fields_of(definition, names))
    siblings = frozenset(part.name for part in parts)
    for part in parts:
        _add_field(part, place, names, siblings)


def _add_field(
    part: SchemaField, place: _Position, names: NamedTypes, siblings: frozenset[str]
) -> None:
    kind = part.type["type"]
    measure, dimension = (part.attributes.get(mark) for mark in ("measure", "dimension"))
    if kind == "record":
        _add_inner(part, part.type, place, names)
    elif kind == "array":
        item = array_item(part, names)
        if item.type["type"] == "record":
            _add_inner(part, item.type, place, names)
        elif measure is not None or dimension is not None:
            raise ConfigRefusedError(f"{part.name}: a list of {item.type['type']} bears no mark")
    else:
        if measure is not None:
            _check_type(part, "measure", _NUMBERS)
            element, read = place.element, compile_amount(part.name, measure, siblings)
            name = ".".join((element.name, *place.path, part.name)).lstrip(".")
            element.amounts.append((name, _within(place.path, read)))
        if dimension is not None:
            _check_type(part, "dimension", _TEXTS)
            _add_dimension(part, dimension, place, siblings)


def _add_inner(part: SchemaField, definition: Record, place: _Position, names: NamedTypes) -> None:
    """Add a record, or the entries of a list.

    They are an element of their own where they count as pieces, and always in a list.
    """
    is_counted = _counts_pieces(part)
    prefix = _prefix_of(part, place)
    path = (*place.path, part.name)
    if part.type["type"] == "record" and not is_counted:
        if definition.get("observed") == WEAPON:
            place.element.weapon = path
        _add_record(definition, _Position(place.element, path, prefix), names)
        return
    name = ".".join((place.element.name, *path)).lstrip(".")
    element = _Element(name, is_counted)
    _add_record(definition, _Position(element, prefix=prefix), names)
    if element.has_amounts:
        place.element.elements.append((path, element))


def _add_dimension(
    part: SchemaField, mark: object, place: _Position, siblings: frozenset[str]
) -> None:
    if part.attributes.get("personal"):
        raise ConfigRefusedError(f"{part.name}: what is personal is no dimension")
    if isinstance(mark, str):
        names, selector = {"": mark}, ""
    elif isinstance(mark, dict) and mark.get("by") in siblings and len(mark) > 1:
        selector = mark["by"]
        names = {code: name for code, name in mark.items() if code != "by"}
    else:
        raise ConfigRefusedError(f"{part.name}: a dimension is a name, or names by a field: {mark}")
    has_codes = "codes" in part.attributes
    readers: dict[str, tuple[str, ReadDimension, bool]] = {}
    for code, name in names.items():
        full = _full_name(part.name, name, place)
        read = _as_written if has_codes else reader_of(name)
        readers[code] = full, read, not has_codes and is_closed(name)
    _take_names(part.name, {full for full, _, _ in readers.values()}, place.element)
    beside = {other for name in names.values() for other in FIELDS_BESIDE.get(name, ())}
    place.element.dimensions.append(
        DimensionField(place.path, part.name, selector, readers, tuple(beside & siblings))
    )


def _as_written(text: str, _record: Mapping[str, Any]) -> str:
    return text


def _collect(
    element: _Element, record: Mapping[str, Any], above: Dimensions, lines: list[FactLine]
) -> None:
    dimensions, lacks_code = element.reader.read(record, above)
    no_code = "no_code" if lacks_code else ""
    if not element.name:
        lines.append(FactLine(usable=no_code, dimensions=dimensions))
    if element.is_counted or element.amounts:
        for name, amount in _amounts_of(element, record):
            usable = amount.usable or no_code
            line = FactLine(name, amount.measure, amount.value, amount.currency, usable, dimensions)
            lines.append(line)
    for path, inner in element.elements:
        value = value_at(record, path)
        for entry in value if isinstance(value, list) else [value] if value else []:
            if len(lines) <= MAX_LINES:
                _collect(inner, entry, dimensions, lines)


def _amounts_of(element: _Element, record: Mapping[str, Any]) -> list[tuple[str, Amount]]:
    """List the amounts of an element, with the name of its line: money once.

    An element of a list that is measured and has no amount is one line without; a field of the
    record itself that is not filled in is none. A firearm with a serial is one piece, where no
    quantity is stated: no two have the same.
    """
    amounts: list[tuple[str, Amount]] = []
    has_money = False
    for name, read in element.amounts:
        amount = read(record)
        if amount is None or (amount.measure == MONEY and has_money):
            continue
        has_money |= amount.measure == MONEY
        amounts.append((element.name or name, amount))
    is_unmeasured = all(amount.measure == MONEY for _name, amount in amounts)
    if is_unmeasured and element.weapon and _is_firearm(value_at(record, element.weapon)):
        amounts.append((element.name, ONE_PIECE))
    if amounts or not element.name:
        return amounts
    return [(element.name, ONE_PIECE if element.is_counted else NO_AMOUNT)]


def _is_firearm(weapon: Mapping[str, Any] | None) -> bool:
    return bool(weapon and weapon.get("kind") == "firearm" and weapon.get("serial"))


def _within(path: Sequence[str], read: Callable[..., Any]) -> Callable[..., Any]:
    """Read a record that stands at a path inside the element's."""
    if not path:
        return read

    def read_inner(record: Mapping[str, Any], *more: Any) -> Any:
        inner = value_at(record, path)
        return read(inner, *more) if inner else None

    return read_inner


def _counts_pieces(part: SchemaField) -> bool:
    mark = part.attributes.get("measure")
    if mark not in (None, PIECES):
        raise ConfigRefusedError(f"{part.name}: the measure of a record or a list is {PIECES!r}")
    return mark == PIECES


def _prefix_of(part: SchemaField, place: _Position) -> str:
    """Return what stands before the names of the dimensions inside a record."""
    mark = part.attributes.get("dimension")
    if mark is None:
        return place.prefix
    if not isinstance(mark, str):
        raise ConfigRefusedError(f"{part.name}: the dimension of a record is a name")
    return f"{_full_name(part.name, mark, place)}_"


def _full_name(field_name: str, name: object, place: _Position) -> str:
    full = f"{place.prefix}{name}"
    if not isinstance(name, str) or not _NAME.fullmatch(full):
        raise ConfigRefusedError(f"{field_name}: {name!r} is no name of a dimension")
    return full


def _take_names(field_name: str, names: set[str], element: _Element) -> None:
    twice = names & element.names
    if twice:
        raise ConfigRefusedError(f"{field_name}: there are two dimensions {min(twice)}")
    element.names |= names


def _check_type(part: SchemaField, mark: str, kinds: frozenset[str]) -> None:
    if part.type["type"] not in kinds:
        raise ConfigRefusedError(f"{part.name}: a {part.type['type']} is no {mark}")
