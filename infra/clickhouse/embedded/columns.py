"""How many bytes a column of the Native format takes, found without decoding its values.

The native protocol frames neither blocks nor columns: to pass a block on, its types must be
followed. `column_type` turns a type as ClickHouse writes it into a `Column`; `Column.start` reads
the column's prefix and returns what skips its rows. Layouts are those of ClickHouse's
`SerializationX::serializeBinaryBulkWithMultipleStreams`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from infra.clickhouse.embedded.errors import NOT_IMPLEMENTED, ProtocolError, RefusedStatementError
from infra.clickhouse.embedded.wire import Wire

Body = Callable[[Wire, int], None]
"""Skips that many rows."""

MAX_DEPTH = 32
NULL_DISCRIMINATOR = 255

_WIDTHS = {
    **{f"{sign}Int{bits}": bits // 8 for sign in ("", "U") for bits in (8, 16, 32, 64, 128, 256)},
    **{
        "Float32": 4,
        "Float64": 8,
        "BFloat16": 2,
        "Bool": 1,
        "UUID": 16,
        "IPv4": 4,
        "IPv6": 16,
        "Nothing": 1,
    },
    **{
        "Date": 2,
        "Date32": 4,
        "DateTime": 4,
        "DateTime64": 8,
        "Time": 4,
        "Time64": 8,
        "Enum8": 1,
        "Enum16": 2,
    },
    **{f"Decimal{bits}": bits // 8 for bits in (32, 64, 128, 256)},
}
_ALIASES = {
    "Point": "Tuple(Float64, Float64)",
    "Ring": "Array(Point)",
    "LineString": "Array(Point)",
    "MultiLineString": "Array(LineString)",
    "Polygon": "Array(Ring)",
    "MultiPolygon": "Array(Polygon)",
}
_NAME = re.compile(r"\s*(\w+)\s*(?:\((.*)\))?\s*\Z", re.S)
_QUOTED = r"'(?:\\.|''|[^'\\])*'|`(?:\\.|``|[^`\\])*`|\"(?:\\.|[^\"\\])*\""
_TOKENS = re.compile(rf"{_QUOTED}|[(),]|[^'`\"(),]+", re.S)
_FIELD_NAME = re.compile(rf"(?:{_QUOTED}|\w+)\s+(?=\w)", re.S)


class Column(Protocol):
    """The layout of a column's bytes."""

    def start(self, wire: Wire) -> Body:
        """Read the prefix; return what skips the rows."""


@dataclass(frozen=True)
class Fixed:
    """Values of one width, in bytes."""

    width: int

    def start(self, wire: Wire) -> Body:
        """Read nothing: no prefix comes before the rows."""
        return self._rows

    def _rows(self, wire: Wire, rows: int) -> None:
        wire.skip(self.width * rows)


@dataclass(frozen=True)
class Strings:
    """Values with their length before them."""

    def start(self, wire: Wire) -> Body:
        """Read nothing: no prefix comes before the rows."""
        return Wire.skip_strings


@dataclass(frozen=True)
class Nullable:
    """A byte a row says whether it is null; then the values, nulls included."""

    inner: Column

    def start(self, wire: Wire) -> Body:
        """The prefix of the values."""
        body = self.inner.start(wire)

        def rows(wire: Wire, count: int) -> None:
            wire.skip(count)
            body(wire, count)

        return rows


@dataclass(frozen=True)
class Array:
    """The end of each row's part, then the parts one after another.

    Map and Nested are arrays of tuples.
    """

    inner: Column

    def start(self, wire: Wire) -> Body:
        """The prefix of the elements."""
        body = self.inner.start(wire)

        def rows(wire: Wire, count: int) -> None:
            if count:
                wire.skip(8 * (count - 1))
                body(wire, wire.uint64())

        return rows


@dataclass(frozen=True)
class Tuple:
    """Column after column; a tuple without elements takes a byte a row."""

    inner: Sequence[Column]

    def start(self, wire: Wire) -> Body:
        """All elements' prefixes, then all their rows."""
        bodies = [column.start(wire) for column in self.inner] or [Fixed(1).start(wire)]

        def rows(wire: Wire, count: int) -> None:
            for body in bodies:
                body(wire, count)

        return rows


@dataclass(frozen=True)
class LowCardinality:
    """A version; then, if there are rows, flags, the dictionary and one index a row.

    An index has 1, 2, 4 or 8 bytes.
    """

    inner: Column
    own_keys = 1 << 9
    global_dictionary = 1 << 8

    def start(self, wire: Wire) -> Body:
        """The version of the keys' serialization."""
        wire.uint64()
        return self._rows

    def _rows(self, wire: Wire, count: int) -> None:
        if not count:
            return
        flags = wire.uint64()
        if flags & self.global_dictionary or not flags & self.own_keys:
            raise RefusedStatementError(
                NOT_IMPLEMENTED, "LowCardinality with a global dictionary is not supported"
            )
        keys = self.inner.inner if isinstance(self.inner, Nullable) else self.inner
        keys.start(wire)(wire, wire.uint64())
        wire.skip(wire.uint64() << (flags & 0xF))


@dataclass(frozen=True)
class Variant:
    """A mode; then a byte a row that says which type it is of, then each type's rows."""

    inner: Sequence[Column]

    def start(self, wire: Wire) -> Body:
        """The mode (0: one byte a row) and the types' prefixes."""
        if wire.uint64():
            raise RefusedStatementError(
                NOT_IMPLEMENTED, "Variant with compact discriminators is not supported"
            )
        bodies = [column.start(wire) for column in self.inner]

        def rows(wire: Wire, count: int) -> None:
            kinds = wire.read(count)
            for kind, body in enumerate(bodies):
                body(wire, kinds.count(kind))
            if sum(map(kinds.count, range(len(bodies)))) + kinds.count(NULL_DISCRIMINATOR) != count:
                raise ProtocolError("a Variant column names a type that it does not have")

        return rows


@dataclass(frozen=True)
class Dynamic:
    """A Variant whose types come with the block.

    Among them, in order of name, are the shared ones, as strings.
    """

    shared = "SharedVariant"

    def start(self, wire: Wire) -> Body:
        """Version (1: with a limit before the count), the types' names, the Variant's prefix."""
        version = wire.uint64()
        if version not in (1, 2):
            raise RefusedStatementError(
                NOT_IMPLEMENTED, f"version {version} of Dynamic's serialization is not supported"
            )
        if version == 1:
            wire.varint()
        names = sorted([*(wire.string() for _ in range(wire.varint())), self.shared])
        return Variant(
            [Strings() if name == self.shared else column_type(name) for name in names]
        ).start(wire)


@dataclass(frozen=True)
class Json:
    """Text (version 1), or typed paths, dynamic paths and an array of shared ones (0 and 2)."""

    typed: Sequence[Column]

    def start(self, wire: Wire) -> Body:
        """Version, the dynamic paths, and the paths' prefixes."""
        version = wire.uint64()
        if version == 1:
            return Wire.skip_strings
        if version not in (0, 2):
            raise RefusedStatementError(
                NOT_IMPLEMENTED, f"version {version} of JSON's serialization is not supported"
            )
        if version == 0:
            wire.varint()
        paths = wire.varint()
        for _ in range(paths):
            wire.string()
        shared = Array(Tuple([Strings(), Strings()]))
        bodies = [column.start(wire) for column in [*self.typed, *([Dynamic()] * paths), shared]]

        def rows(wire: Wire, count: int) -> None:
            for body in bodies:
                body(wire, count)

        return rows


def split(arguments: str) -> list[str]:
    """Split a type's arguments at the commas that stand outside of parentheses and quotes."""
    parts, depth = [""], 0
    for piece in _TOKENS.findall(arguments):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


@lru_cache(maxsize=4096)
def column_type(spec: str, depth: int = 0) -> Column:
    """Find the layout of a type such as `Array(Nullable(DateTime64(6, 'UTC')))`.

    Raises RefusedStatementError (48) for a type whose layout is not known here, such as
    AggregateFunction.
    """
    match = _NAME.match(spec)
    if match is None or depth > MAX_DEPTH:
        raise RefusedStatementError(
            NOT_IMPLEMENTED, f"column type '{spec[:200]}' is not supported by the embedded server"
        )
    name, arguments = match.group(1), split(match.group(2) or "")
    if name.startswith("Interval"):
        return Fixed(8)
    if name in _ALIASES:
        return column_type(_ALIASES[name], depth + 1)
    if name in _WIDTHS:
        return Fixed(_WIDTHS[name])
    return _composed(name, arguments, depth + 1, spec)


def _composed(name: str, arguments: list[str], depth: int, spec: str) -> Column:
    """Types that are made of others or depend on their arguments."""
    match name, arguments:
        case "String", []:
            return Strings()
        case "FixedString", [size]:
            return Fixed(int(size))
        case "Decimal", [precision, *_]:
            return Fixed(
                next(
                    width
                    for limit, width in ((9, 4), (18, 8), (38, 16), (76, 32))
                    if int(precision) <= limit
                )
            )
        case "Nullable", [inner]:
            return Nullable(column_type(inner, depth))
        case "LowCardinality", [inner]:
            return LowCardinality(column_type(inner, depth))
        case "Array", [inner]:
            return Array(column_type(inner, depth))
        case "Map", [key, value]:
            return Array(Tuple([column_type(key, depth), column_type(value, depth)]))
        case "SimpleAggregateFunction", [_, inner]:
            return column_type(inner, depth)
        case "Tuple" | "Nested", _:
            fields = Tuple(
                [column_type(_FIELD_NAME.sub("", field, count=1), depth) for field in arguments]
            )
            return fields if name == "Tuple" else Array(fields)
        case "Variant", _:
            return Variant([column_type(inner, depth) for inner in sorted(arguments)])
        case "Dynamic", _:
            return Dynamic()
        case "JSON", _:
            return Json(_typed_paths(arguments, depth))
    raise RefusedStatementError(
        NOT_IMPLEMENTED, f"column type '{spec[:200]}' is not supported by the embedded server"
    )


def _typed_paths(arguments: list[str], depth: int) -> list[Column]:
    """Give the declared paths of a JSON type in their order; no others take bytes."""
    fields = [
        field for field in arguments if "=" not in field and not field.upper().startswith("SKIP ")
    ]
    named = sorted(tuple(field.split(None, 1)) for field in fields)
    return [column_type(spec, depth) for _, spec in named]
