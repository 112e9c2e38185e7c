"""Compile an Avro schema into a Python function that writes its records as bytes.

The function is three to six times as fast as fastavro, which looks up each type again for each
value. It writes only values of the ordinary Python class (`dict`, `list`, `bytes`, `int`, `float`,
text). For any other value it raises one of UNWRITABLE, and the caller lets fastavro decide. So
bytes and errors are those of fastavro (`schemas.avro.codec.Format.write`).
"""

import struct
from collections.abc import Callable
from typing import Any

WriteRecord = Callable[[Any, Callable[[bytes], None]], None]
"""Hand the pieces of an encoded record to the second argument, in their order.

Raises UNWRITABLE.
"""

MAX_DEPTH = 12
"""Of arrays, maps and unions within one another: Python refuses more than 20 nested blocks."""
MAX_LINES = 20_000
"""A named type is written out wherever it is used; a schema could use it exponentially often."""
_SHORT = 8192
"""Lengths and numbers from 0 to below this take one or two bytes, and are looked up."""
_FIVE_GROUPS, _SIX_GROUPS = 1 << 35, 1 << 42
"""A number from the first to below the second has six groups of seven bits."""
_BOUNDS = {"int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1)}
_CLASSES = {
    "null": "None",
    "boolean": "bool",
    "int": "int",
    "long": "int",
    "float": "float",
    "double": "float",
    "string": "str",
    "bytes": "bytes",
    "fixed": "bytes",
    "array": "list",
    "map": "dict",
    "record": "dict",
}


class UnusualValueError(Exception):
    """Leave values to fastavro that an ordinary caller does not write."""


class _NotCompilableError(Exception):
    """A schema that is left to fastavro."""


UNWRITABLE = (UnusualValueError, KeyError, AttributeError, TypeError, ValueError, struct.error)


def compile_writer(definition: Any) -> WriteRecord | None:
    """Compile a schema's parsed JSON.

    None for a schema with logical types, enums, recursion, very deep nesting, or a union whose
    branches are of one Python class.
    """
    compiler = _Compiler()
    try:
        compiler.emit(definition, "value", 1)
    except _NotCompilableError:
        return None
    names = {
        "UnusualValueError": UnusualValueError,
        "SHORT": _SHORT_NUMBERS,
        "long_number": _long_number,
        "float_bytes": struct.Struct("<f").pack,
        "double_bytes": struct.Struct("<d").pack,
    }
    # The text is made here; all it has of the schema are numbers and quoted names of fields.
    exec("\n".join(["def write(value, put):", *compiler.lines]), names)  # noqa: S102
    return names["write"]  # type: ignore[return-value]


def _long_number(number: int) -> bytes:
    """Encode a number of 64 bits: zigzag, then groups of seven bits, the lowest first."""
    rest = (number << 1) ^ (number >> 63)
    if _FIVE_GROUPS <= rest < _SIX_GROUPS:  # a time in ms, most often
        pairs = rest & 0x3FFF | (rest & 0xFFF_C000) << 2 | (rest & 0x3FF_F000_0000) << 4
        bits = pairs & 0x007F_007F_007F | (pairs & 0x3F80_3F80_3F80) << 1 | 0x0080_8080_8080
        return bits.to_bytes(6, "little")
    groups = bytearray()
    while rest > 127:
        groups.append(rest & 127 | 128)
        rest >>= 7
    groups.append(rest)
    return bytes(groups)


_SHORT_NUMBERS = tuple(_long_number(number) for number in range(_SHORT))


class _Compiler:
    """Write the lines of a function that appends a value's bytes."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._named: dict[str, Any] = {}
        self._open: set[str] = set()
        self._variables = 0

    def emit(self, type_: Any, source: str, depth: int) -> None:
        """Write the lines that encode the value in the variable `source`."""
        kind, definition = self._resolved(type_)
        if depth > MAX_DEPTH:
            raise _NotCompilableError
        match kind:
            case "record":
                self._emit_record(definition, source, depth)
            case "union":
                self._emit_union(definition, source, depth)
            case "array":
                self._emit_array(definition, source, depth)
            case "map":
                self._emit_map(definition, source, depth)
            case "fixed":
                self._write(depth, _refuse_unless(source, "bytes", int(definition["size"])))
                self._write(depth, f"put({source})")
            case _:
                self._write(depth, *_SIMPLE_LINES[kind](source))

    def _resolved(self, type_: Any) -> tuple[str, Any]:
        """Find a type's kind and its definition."""
        if isinstance(type_, list):
            return "union", type_
        if isinstance(type_, str):
            if type_ in _SIMPLE_LINES:
                return type_, type_
            if type_ not in self._named or type_ in self._open:
                raise _NotCompilableError
            return self._resolved(self._named[type_])
        kind = type_["type"]
        if "logicalType" in type_ or kind == "enum" or not isinstance(kind, str):
            raise _NotCompilableError
        if "name" in type_:
            if self._named.setdefault(type_["name"], type_) is not type_:
                raise _NotCompilableError  # namesakes of two namespaces
            return kind, type_
        return (kind, type_) if kind in {"array", "map"} else self._resolved(kind)

    def _write(self, depth: int, *lines: str) -> None:
        if len(self.lines) > MAX_LINES:
            raise _NotCompilableError
        self.lines += ("    " * depth + line for line in lines)

    def _variable(self) -> str:
        self._variables += 1
        return f"v{self._variables}"

    def _emit_record(self, definition: Any, source: str, depth: int) -> None:
        self._open.add(definition["name"])
        self._write(depth, _refuse_unless(source, "dict"))
        for field in definition["fields"]:
            variable = self._variable()
            self._write(depth, f"{variable} = {source}{_look_up(field)}")
            self.emit(field["type"], variable, depth)
        self._open.remove(definition["name"])

    def _emit_union(self, branches: list[Any], source: str, depth: int) -> None:
        classes = [_CLASSES[self._resolved(branch)[0]] for branch in branches]
        numbers = [name for name in classes if name in {"bool", "int", "float"}]
        if len(set(classes)) < len(classes) or len(numbers) > 1:
            raise _NotCompilableError
        for index, (branch, name) in enumerate(zip(branches, classes, strict=True)):
            fits = f"{source} is None" if name == "None" else f"{source}.__class__ is {name}"
            self._write(depth, f"{'elif' if index else 'if'} {fits}:")
            self._write(depth + 1, f"put({_SHORT_NUMBERS[index]!r})")
            if name != "None":
                self._emit_branch(branch, source, name, depth + 1)
        self._write(depth, "else: raise UnusualValueError")

    def _emit_branch(self, branch: Any, source: str, class_name: str, depth: int) -> None:
        """Write the lines that encode a value whose class is known."""
        start = len(self.lines)
        self.emit(branch, source, depth)
        if self.lines[start] == "    " * depth + _refuse_unless(source, class_name):
            del self.lines[start]

    def _emit_array(self, definition: Any, source: str, depth: int) -> None:
        item = self._variable()
        self._write(depth, _refuse_unless(source, "list"), *_count_lines(source))
        self._write(depth, f"for {item} in {source}:")
        self.emit(definition["items"], item, depth + 1)
        self._write(depth, "put(b'\\0')")

    def _emit_map(self, definition: Any, source: str, depth: int) -> None:
        key, value = self._variable(), self._variable()
        self._write(depth, _refuse_unless(source, "dict"), *_count_lines(source))
        self._write(depth, f"for {key}, {value} in {source}.items():")
        self.emit("string", key, depth + 1)
        self.emit(definition["values"], value, depth + 1)
        self._write(depth, "put(b'\\0')")


def _look_up(field: Any) -> str:
    """Look a field up; one that is nullable or empty by default may be absent, as in fastavro."""
    name, default = field["name"], field.get("default")
    if "null" in field["type"] and default is None:
        return f".get({name!r})"
    return f".get({name!r}, {default!r})" if default in ([], {}) else f"[{name!r}]"


def _refuse_unless(source: str, class_name: str, size: int | None = None) -> str:
    sized = "" if size is None else f" or len({source}) != {size}"
    return f"if {source}.__class__ is not {class_name}{sized}: raise UnusualValueError"


_LENGTH = f"SHORT[n] if n < {_SHORT} else long_number(n)"
"""Encodes the length in the variable n."""


def _count_lines(source: str) -> list[str]:
    return [f"n = len({source})", f"if n: put({_LENGTH})"]


def _integer_lines(kind: str) -> Callable[[str], list[str]]:
    low, high = _BOUNDS[kind]

    def lines(source: str) -> list[str]:
        return [
            _refuse_unless(source, "int"),
            f"if 0 <= {source} < {_SHORT}: put(SHORT[{source}])",
            f"elif {low} <= {source} <= {high}: put(long_number({source}))",
            "else: raise UnusualValueError",
        ]

    return lines


def _real_lines(kind: str) -> Callable[[str], list[str]]:
    return lambda source: [_refuse_unless(source, "float"), f"put({kind}_bytes({source}))"]


_SIMPLE_LINES: dict[str, Callable[[str], list[str]]] = {
    "null": lambda source: [f"if {source} is not None: raise UnusualValueError"],
    "boolean": lambda source: [
        _refuse_unless(source, "bool"),
        f"put(b'\\1' if {source} else b'\\0')",
    ],
    "int": _integer_lines("int"),
    "long": _integer_lines("long"),
    "float": _real_lines("float"),
    "double": _real_lines("double"),
    "bytes": lambda source: [
        _refuse_unless(source, "bytes"),
        f"n = len({source})",
        f"put({_LENGTH}); put({source})",
    ],
    "string": lambda source: [
        f"text = {source}.encode()",
        "n = len(text)",
        f"put(({_LENGTH}) + text)",
    ],
}
