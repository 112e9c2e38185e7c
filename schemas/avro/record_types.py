"""Write log_records.py: a TypedDict for each record of the log, so that mypy knows the fields.

python -m schemas.avro.record_types            writes the file
python -m schemas.avro.record_types --check    exits with 1 if the file differs (`make check`)
"""

import argparse
import json
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.errors import ConfigRefusedError

LOG_FOLDER = Path(__file__).parents[1] / "log"
MODULE = Path(__file__).with_name("log_records.py")
_COLUMNS = 100
_PLAIN = {
    "null": "None",
    "boolean": "bool",
    "int": "int",
    "long": "int",
    "float": "float",
    "double": "float",
    "bytes": "bytes",
    "string": "str",
}
_CLOSED = {"op": "ObservationOp", "certainty": "Certainty", "grade": "Grade"}
"""By a field's name, the closed set of its values. Only the mechanism writes these fields."""
_GENERAL = frozenset({"Own", "Other", "Live"})
"""Names that say too little alone: the class bears the name of the whole record too."""
_HEAD = '''"""The records of the log, as `log_format(name)` reads them.

Written by `python -m schemas.avro.record_types` from schemas/log/*.avsc; do not edit.
"""

from typing import TypedDict

from schemas.model import Certainty, Grade, ObservationOp
'''


class RecordTypes:
    """Collect the TypedDicts of several schemas, each under a name of its own."""

    def __init__(self) -> None:
        """Begin without any class or name."""
        self._fields: dict[str, str] = {}
        self._docs: dict[str, str] = {}
        self._file = self._top = ""
        self._names: dict[str, str] = {}

    def add(self, file: str, definition: Mapping[str, Any]) -> None:
        """Add the record of a schema file and the records within it.

        Raises ConfigRefusedError for a type that no TypedDict can express.
        """
        self._file, self._top, self._names = file, definition["name"], {}
        self._add_record(definition)

    def text(self) -> str:
        """Return the classes in an order in which each comes after those it uses."""
        return "".join(
            f"\n\nclass {name}(TypedDict):\n{self._docs[name]}{fields}"
            for name, fields in self._fields.items()
        )

    def _add_record(self, definition: Mapping[str, Any]) -> str:
        fields = "".join(
            _line(field["name"], self._annotation(field["type"], field["name"]))
            for field in definition["fields"]
        )
        fields = f"\n{fields}" if fields else ""
        name = f"{definition['name']}Record"
        if definition["name"] in _GENERAL or self._fields.get(name, fields) != fields:
            name = f"{self._top}{name}"
        self._fields[name] = fields
        self._docs.setdefault(name, self._doc(definition))
        self._names[definition["name"]] = name
        return name

    def _doc(self, definition: Mapping[str, Any]) -> str:
        summary = f'    """The record {definition["name"]} of schemas/log/{self._file}.'
        doc = definition.get("doc", "")
        if not doc:
            return f'{summary}"""\n'
        sentence = doc[0].upper() + doc[1:] + ("" if doc.endswith((".", ")")) else ".")
        return f'{summary}\n\n{textwrap.indent(textwrap.fill(sentence, 96), "    ")}\n    """\n'

    def _annotation(self, type_: Any, field: str = "") -> str:
        if isinstance(type_, list):
            branches = [self._annotation(branch, field) for branch in type_]
            return " | ".join(sorted(dict.fromkeys(branches), key=lambda text: text == "None"))
        if isinstance(type_, str):
            name = type_.rsplit(".", 1)[-1]
            return _CLOSED.get(field, "str") if name == "string" else self._named(name)
        match type_["type"]:
            case "record":
                return self._add_record(type_)
            case "fixed":
                self._names[type_["name"]] = "bytes"
                return "bytes"
            case "array":
                return f"list[{self._annotation(type_['items'])}]"
            case "map":
                return f"dict[str, {self._annotation(type_['values'])}]"
        raise ConfigRefusedError(f"no TypedDict can express {type_}")

    def _named(self, name: str) -> str:
        return _PLAIN.get(name) or self._names[name]


def module_text() -> str:
    """Return the text of log_records.py."""
    types = RecordTypes()
    for path in sorted(LOG_FOLDER.glob("*.avsc")):
        types.add(path.name, json.loads(path.read_text(encoding="utf-8")))
    return _HEAD + types.text()


def main(arguments: list[str] | None = None) -> int:
    """Write or check the file; return 1 if --check finds a difference, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    if not parser.parse_args(arguments).check:
        MODULE.write_text(module_text(), encoding="utf-8")
        return 0
    if MODULE.exists() and MODULE.read_text(encoding="utf-8") == module_text():
        return 0
    print(f"{MODULE.name} differs from schemas/log: run python -m schemas.avro.record_types")
    return 1


def _line(field: str, annotation: str) -> str:
    line = f"    {field}: {annotation}\n"
    if len(line) <= _COLUMNS:
        return line
    branches = annotation.split(" | ")
    return f"    {field}: (\n        " + "\n        | ".join(branches) + "\n    )\n"


if __name__ == "__main__":
    sys.exit(main())
