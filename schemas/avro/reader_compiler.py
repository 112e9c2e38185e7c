"""Compile an Avro schema into a Python function that reads its records from bytes.

The function is one and a half to three times as fast as fastavro, which looks up each type again
for each value. It reads only what an ordinary writer writes. For any other bytes (a truncated
value, a negative block count, text that is not UTF-8) it raises one of UNREADABLE, and the caller
lets fastavro decide. So results and errors are those of fastavro
(`schemas.avro.codec.Format.read`).
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any

ReadRecord = Callable[[bytes, int], Any]
"""(bytes, index of the record's first byte) → the record, which must end with the bytes.

Raises UNREADABLE.
"""

MAX_DEPTH = 12
"""Of arrays, maps and unions within one another: Python refuses more than 20 nested blocks."""
MAX_LINES = 20_000
"""A named type is written out wherever it is used; a schema could use it exponentially often."""
_LAST_SHIFT = 63
_EIGHT_BYTES = struct.Struct("<Q").unpack_from
_MORE_FOLLOWS = 0x8080_8080_8080
"""The bits of six bytes that say whether another byte of the number follows."""
_FIVE_MORE = 0x0080_8080_8080
"""Of these, the bits that are set in a number of exactly six bytes."""
_KEY_BYTES = 32
MAX_STRETCHES = 4_096
_LONGEST_STRETCH = 1_000
"""Bytes of a stretch that is remembered, so that nobody can fill the memory."""
_SIMPLE = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})


class UnusualBytesError(Exception):
    """Leave bytes to fastavro that an ordinary writer does not write."""


class _NotCompiledError(Exception):
    """A schema that is left to fastavro."""


UNREADABLE = (UnusualBytesError, IndexError, UnicodeDecodeError, struct.error, MemoryError)


def compile_reader(definition: Any) -> ReadRecord | None:
    """Compile a schema's parsed JSON.

    None for a schema with logical types, enums, recursion or very deep nesting.
    """
    return ReaderCompiler().compile(definition)


def _long_varint(data: bytes, at: int) -> tuple[int, int]:
    """Read the variable-length number at `at`, not zigzag-decoded, and the index of its last byte.

    Raises one of UNREADABLE for more than 64 bits.
    """
    second = data[at + 1]
    if second < 128:
        return data[at] - 128 + (second << 7), at + 1
    if at + 8 <= len(data):
        (bits,) = _EIGHT_BYTES(data, at)
        if bits & _MORE_FOLLOWS == _FIVE_MORE:  # six bytes are a time in ms, most often
            pairs = bits & 0x007F_007F_007F | (bits & 0x7F00_7F00_7F00) >> 1
            number = pairs & 0x3FFF | pairs >> 2 & 0xFFF_C000 | pairs >> 4 & 0x3FF_F000_0000
            return number, at + 5
    number = shift = 0
    while (byte := data[at]) > 127:
        number |= (byte & 127) << shift
        shift += 7
        at += 1
    if shift >= _LAST_SHIFT and (shift > _LAST_SHIFT or byte > 1):
        raise UnusualBytesError
    return number | byte << shift, at


_STEP = tuple(None if byte & 129 else 1 + (byte >> 1) for byte in range(256))
"""By the first byte of a length or count: how many, and one more for the byte itself.

None where the number is negative or has several bytes.
"""


def _long_step(data: bytes, at: int) -> tuple[int, int]:
    """Read a length or count of several bytes, plus one, and the index of its last byte.

    Raises one of UNREADABLE for a number that one byte can hold: fastavro takes a count of 0 as the
    end.
    """
    number, at = _long_varint(data, at)
    if number & 1 or number < 128:
        raise UnusualBytesError
    return 1 + (number >> 1), at


class ReaderCompiler:
    """Write the function's body. In it, `data` are all bytes and `at` is the index of the next."""

    def __init__(self) -> None:
        """Begin with an empty function body."""
        self.lines: list[str] = []
        self.names: dict[str, Any] = {}
        """What the function refers to, besides what every such function does."""
        self._named: dict[str, Any] = {}
        self._open: set[str] = set()
        self._variables = 0

    def compile(self, definition: Any) -> ReadRecord | None:
        """Compile a schema's parsed JSON; None for one that is left to fastavro."""
        try:
            result = self.emit_result(definition)
        except _NotCompiledError:
            return None
        lines = [
            "def read(data, at):",
            "    step = STEP",
            *self.lines,
            "    if at != len(data): raise UnusualBytesError",
            f"    return {result}",
        ]
        names = {**_NAMES, **self.names}
        # The text is made here; all it has of the schema are numbers and quoted names of fields.
        exec("\n".join(lines), names)  # noqa: S102
        return names["read"]  # type: ignore[no-any-return]

    def emit_result(self, definition: Any) -> str:
        """Write the lines that read the whole record; what the function returns."""
        return self.emit(definition, 1)

    def emit(self, type_: Any, depth: int) -> str:
        """Write the lines that read a value of this type; the name of the variable that gets it."""
        if isinstance(type_, str):
            return self._emit_name(type_, depth)
        if isinstance(type_, list):
            return self._emit_union(type_, depth)
        kind = type_["type"]
        if "logicalType" in type_ or kind == "enum" or depth > MAX_DEPTH:
            raise _NotCompiledError
        if kind == "record":
            return self._emit_record(type_, depth)
        if kind == "fixed":
            return self._emit_fixed(type_, depth)
        if kind == "array":
            return self._emit_array(type_, depth)
        if kind == "map":
            return self._emit_map(type_, depth)
        return self.emit(kind, depth)

    def _write(self, depth: int, *lines: str) -> None:
        if len(self.lines) > MAX_LINES:
            raise _NotCompiledError
        self.lines += ("    " * depth + line for line in lines)

    def _variable(self) -> str:
        self._variables += 1
        return f"v{self._variables}"

    def _emit_name(self, name: str, depth: int) -> str:
        if name not in _SIMPLE:
            return self.emit(self._definition(name), depth)
        variable = self._variable()
        self._write(depth, *_SIMPLE_LINES[name](variable))
        return variable

    def _definition(self, name: str) -> Any:
        if name in self._open or name not in self._named:
            raise _NotCompiledError
        return self._named[name]

    def _learn(self, type_: Any) -> str:
        """Remember a named type; namesakes of two namespaces are left to fastavro."""
        name: str = type_["name"]
        if self._named.setdefault(name, type_) is not type_:
            raise _NotCompiledError
        return name

    def _emit_fixed(self, type_: Any, depth: int) -> str:
        self._learn(type_)
        variable = self._variable()
        self._write(depth, f"{variable} = data[at : (at := at + {int(type_['size'])})]")
        return variable

    def _emit_record(self, type_: Any, depth: int) -> str:
        name = self._learn(type_)
        self._open.add(name)
        fields = self._emit_record_fields(type_, depth)
        self._open.remove(name)
        variable = self._variable()
        entries = ", ".join(f"{field!r}: {value}" for field, value in fields)
        self._write(depth, f"{variable} = {{{entries}}}")
        return variable

    def _emit_record_fields(self, type_: Any, depth: int) -> list[tuple[str, str]]:
        """Write the lines that read the fields of a record; their names and variables."""
        return [(field["name"], self.emit(field["type"], depth)) for field in type_["fields"]]

    def _emit_remembered(self, depth: int, emit: Callable[[int], Sequence[str]]) -> None:
        """Write the lines that read a stretch, or take it from a record with the same bytes.

        `emit` writes the lines that read it and returns the variables that get its values.
        `memory` holds, by the first bytes of a stretch, all its bytes, its values and its length.
        Only a short stretch whose bytes were all there is remembered.
        """
        memory = self._variable()
        self.names[memory] = {}
        self._write(
            depth,
            f"{memory}_key = data[at : at + {_KEY_BYTES}]",
            f"known = {memory}.get({memory}_key)",
            "if known is not None and data.startswith(known[0], at):",
        )
        taken_at = len(self.lines)
        self._write(depth, "else:", f"    {memory}_at = at")
        values = f"({''.join(f'{value}, ' for value in emit(depth + 1))})"
        entry = f"(data[{memory}_at:at], {values}, at - {memory}_at)"
        self._write(
            depth + 1,
            f"if at <= len(data) and at - {memory}_at <= {_LONGEST_STRETCH}:",
            f"    {memory}[{memory}_key] = {entry}",
            f"    if len({memory}) > {MAX_STRETCHES}: {memory}.clear()",
        )
        self.lines.insert(
            taken_at, "    " * (depth + 1) + f"_, {values}, length = known; at += length"
        )

    def _emit_union(self, branches: list[Any], depth: int) -> str:
        if len(branches) == 2 and branches[0] == "null":
            return self._emit_nullable(branches[1], depth)
        variable = self._variable()
        self._write(depth, "n = data[at]; at += 1")
        for index, branch in enumerate(branches):
            self._write(depth, f"{'elif' if index else 'if'} n == {2 * index}:")
            value = self.emit(branch, depth + 1)
            self._write(depth + 1, f"{variable} = {value}")
        self._write(depth, "else: raise UnusualBytesError")
        return variable

    def _emit_nullable(self, type_: Any, depth: int) -> str:
        variable = self._variable()
        self._write(depth, "n = data[at]; at += 1", f"if not n: {variable} = None", "elif n == 2:")
        value = self.emit(type_, depth + 1)
        self._write(depth + 1, f"{variable} = {value}")
        self._write(depth, "else: raise UnusualBytesError")
        return variable

    def _emit_array(self, type_: Any, depth: int) -> str:
        variable = self._variable()
        self._write(depth, f"{variable} = []")
        for inner in self._blocks(variable, depth):
            item = self.emit(type_["items"], inner)
            self._write(inner, f"{variable}.append({item})")
        return variable

    def _emit_map(self, type_: Any, depth: int) -> str:
        variable = self._variable()
        self._write(depth, f"{variable} = {{}}")
        for inner in self._blocks(variable, depth):
            key = self.emit("string", inner)
            value = self.emit(type_["values"], inner)
            self._write(inner, f"{variable}[{key}] = {value}")
        return variable

    def _blocks(self, variable: str, depth: int) -> Iterator[int]:
        """Write the loops over blocks and items; the caller writes an item at the depth given.

        More items than bytes are left, at least one of them for the end, are refused: a few bytes
        must not make millions of items of no size.
        """
        self._write(depth, f"while {variable}_count := data[at]:")
        self._write(depth + 1, f"n = step[{variable}_count]")
        self._write(depth + 1, "if n is None: n, at = long_step(data, at)", "at += 1")
        self._write(depth + 1, "if n > len(data) - at: raise UnusualBytesError")
        self._write(depth + 1, "for _ in range(n - 1):")
        yield depth + 2
        self._write(depth, "at += 1")


def _bytes_lines(variable: str) -> list[str]:
    return [
        "n = step[data[at]]",
        "if n is None: n, at = long_step(data, at)",
        f"{variable} = data[at + 1 : (at := at + n)]",
    ]


def _number_lines(variable: str) -> list[str]:
    return [
        "n = data[at]",
        "if n > 127: n, at = long_varint(data, at)",
        "at += 1",
        f"{variable} = ~(n >> 1) if n & 1 else n >> 1",
    ]


def _boolean_lines(variable: str) -> list[str]:
    return ["n = data[at]; at += 1", "if n > 1: raise UnusualBytesError", f"{variable} = n == 1"]


_SIMPLE_LINES: dict[str, Callable[[str], list[str]]] = {
    "null": lambda variable: [f"{variable} = None"],
    "boolean": _boolean_lines,
    "int": _number_lines,
    "long": _number_lines,
    "float": lambda variable: [f"{variable} = float_at(data, at)[0]; at += 4"],
    "double": lambda variable: [f"{variable} = double_at(data, at)[0]; at += 8"],
    "bytes": _bytes_lines,
    "string": lambda variable: [*_bytes_lines(variable), f"{variable} = {variable}.decode()"],
}

_NAMES: dict[str, Any] = {
    "UnusualBytesError": UnusualBytesError,
    "STEP": _STEP,
    "long_step": _long_step,
    "long_varint": _long_varint,
    "float_at": struct.Struct("<f").unpack_from,
    "double_at": struct.Struct("<d").unpack_from,
}
