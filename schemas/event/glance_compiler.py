"""Compile a schema into a glance at a decoded payload: is it surely good, or must one look closer?

`schemas.event.check_compiler` and `schemas.hidden_characters` say what is wrong, and where. Nearly
no payload has anything wrong. So the glance is one function, written out for the schema, and leaves
what is rare to them. It may doubt a good payload; it never calls a bad one good.
"""

import re
from collections.abc import Callable
from enum import IntEnum
from math import isfinite
from typing import Any

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.codes import CodeSets
from schemas.event.check_compiler import NUMBERS, is_date, is_needed, number_bounds
from schemas.event.protected_names import is_pseudonym, named_only_as

MAX_DEPTH = 12
"""Of lists and optional records within one another: Python refuses more than 20 nested blocks."""
MAX_LINES = 20_000
"""A named type is written out wherever it is used; a schema could use it exponentially often."""
_WITHOUT_RULES = frozenset({"null", "boolean", "bytes", "fixed"})


class Doubt(IntEnum):
    """What a glance says of a payload.

    `HIDDEN`: nothing but a hidden character can be wrong. A line feed, too, gives this.
    """

    NONE = 0
    HIDDEN = 1
    ANY = 2


Glance = Callable[[Record], Doubt]
"""Takes a payload that its format has read."""


class _TooLongError(Exception):
    """A schema whose glance would be too long."""


def compile_glance(definition: Record, lists: CodeSets) -> Glance:
    """Compile the glance at a whole payload. `compile_checks` has taken the schema before."""
    compiler = _GlanceCompiler(lists)
    try:
        compiler.emit_record(definition, "payload", 1)
    except _TooLongError:
        return _doubt_all
    lines = ["def glance(payload):", "    doubt = NONE", *compiler.lines, "    return doubt"]
    # The text is made here; all it has of the schema are quoted names of fields.
    exec("\n".join(lines), compiler.names)  # noqa: S102
    return compiler.names["glance"]  # type: ignore[no-any-return]


def _doubt_all(_payload: Record) -> Doubt:
    return Doubt.ANY


class _GlanceCompiler:
    """Write the function's body; `names` are what it refers to."""

    def __init__(self, lists: CodeSets) -> None:
        """Begin with an empty body."""
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            "NONE": Doubt.NONE,
            "HIDDEN": Doubt.HIDDEN,
            "ANY": Doubt.ANY,
            "is_date": is_date,
            "is_pseudonym": is_pseudonym,
            "isfinite": isfinite,
        }
        self._lists = lists
        self._named: NamedTypes = {}
        self._variables = 0

    def emit_record(self, definition: Record, record: str, depth: int) -> None:
        """Write the lines that look at the fields of a record in a variable."""
        for schema_field in fields_of(definition, self._named):
            value = self._variable()
            body = self._body(schema_field, value, depth + schema_field.nullable)
            needed = schema_field.nullable and is_needed(schema_field)
            if body or needed:
                self._write(depth, f"{value} = {record}[{schema_field.name!r}]")
            if needed:
                self._write(depth, f"if {value} is None: return ANY")
            if body and schema_field.nullable:
                self._write(depth, f"if {value} is not None:")
            self.lines += body

    def _body(self, schema_field: SchemaField, value: str, depth: int) -> list[str]:
        """Return the lines that look at a value that is not null; they are not yet written."""
        start = len(self.lines)
        self._emit(schema_field, value, depth)
        body = self.lines[start:]
        del self.lines[start:]
        return body

    def _emit(self, schema_field: SchemaField, value: str, depth: int) -> None:
        """Write the lines that look at a value that is not null."""
        kind = schema_field.type["type"]
        if kind == "string":
            self._emit_string(schema_field, value, depth)
        elif kind in NUMBERS:
            self._emit_number(schema_field, value, depth)
        elif kind == "record":
            self._emit_protection(schema_field, value, depth)
            self.emit_record(schema_field.type, value, depth)
        elif kind == "array":
            self._emit_array(schema_field, value, depth)
        elif kind not in _WITHOUT_RULES:  # a map
            self._write(depth, f"if {value}: return ANY")

    def _emit_protection(self, schema_field: SchemaField, value: str, depth: int) -> None:
        rule = named_only_as(schema_field, self._named)
        if rule is not None:
            self._write(depth, f"if {self._name('refused', rule.is_refused)}({value}): return ANY")

    def _emit_string(self, schema_field: SchemaField, value: str, depth: int) -> None:
        attributes = schema_field.attributes
        codes = self._lists[attributes["codes"]] if "codes" in attributes else None
        if codes is not None:
            self._write(depth, f"if {value} not in {self._name('codes', codes)}: return ANY")
        if attributes.get("required") and (codes is None or not all(map(str.strip, codes))):
            self._write(depth, f"if not {value} or {value}.isspace(): return ANY")
        if "pattern" in attributes:
            fits = self._name("fits", re.compile(attributes["pattern"]).fullmatch)
            self._write(depth, f"if {fits}({value}) is None: return ANY")
        if attributes.get("date"):
            self._write(depth, f"if not is_date({value}): return ANY")
        if attributes.get("pseudonym"):
            self._write(depth, f"if not is_pseudonym({value}): return ANY")
        if codes is None or not all(map(str.isprintable, codes)):
            self._write(depth, f"if not {value}.isprintable(): doubt = HIDDEN")

    def _emit_number(self, schema_field: SchemaField, value: str, depth: int) -> None:
        low, high = number_bounds(schema_field)
        if low is not None:
            self._write(depth, f"if {value} < {self._name('low', low)}: return ANY")
        if high is not None:
            self._write(depth, f"if {value} > {self._name('high', high)}: return ANY")
        if schema_field.type["type"] in {"float", "double"}:
            self._write(depth, f"if not isfinite({value}): return ANY")

    def _emit_array(self, schema_field: SchemaField, value: str, depth: int) -> None:
        if schema_field.attributes.get("required"):
            self._write(depth, f"if not {value}: return ANY")
        item = array_item(schema_field, self._named)
        if item.nullable:
            self._write(depth, f"if None in {value}: return ANY")
        variable = self._variable()
        body = self._body(item, variable, depth + 1)
        if body:
            self._write(depth, f"for {variable} in {value}:")
            self.lines += body

    def _write(self, depth: int, line: str) -> None:
        if len(self.lines) > MAX_LINES or depth > MAX_DEPTH:
            raise _TooLongError
        self.lines.append("    " * depth + line)

    def _variable(self) -> str:
        self._variables += 1
        return f"v{self._variables}"

    def _name(self, stem: str, value: Any) -> str:
        """Name something that the function refers to."""
        name = f"{stem}{len(self.names)}"
        self.names[name] = value
        return name
