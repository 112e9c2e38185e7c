"""An entry of config that an older release wrote is read as what it was."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastavro import parse_schema, schemaless_writer

from schemas.avro.codec import RELEASED_FOLDER, Format
from schemas.config_entry import read_entry

VERSIONS = sorted((RELEASED_FOLDER / "config_entry").glob("*.avsc"))
PLAIN = {"long": 7, "int": 7, "double": 0.5, "string": "x", "bytes": b"y", "boolean": True}
EMPTY: dict[str, Any] = {"array": [], "map": {}, "null": None}


def example_of(definition: Any, named: dict[str, Any]) -> Any:
    """A value of a type. `named`: the definitions met so far, by name."""
    if isinstance(definition, list):
        return example_of(definition[-1], named)
    if isinstance(definition, str):
        known = {**PLAIN, **EMPTY}
        return known[definition] if definition in known else example_of(named[definition], named)
    kind = definition["type"]
    if "name" in definition:
        named[definition["name"]] = definition
    if kind == "record":
        return {field["name"]: example_of(field["type"], named) for field in definition["fields"]}
    if kind == "fixed":
        return bytes(definition["size"])
    return definition["symbols"][0] if kind == "enum" else example_of(kind, named)


def write(definition: Any, header: bytes, name: str, entry: Any) -> bytes:
    """The bytes that a release with this schema writes; the entry holds from 5 on."""
    body = BytesIO()
    record = {"effective_from": 5, "entry": (f"quipu.{name}", entry)}
    schemaless_writer(body, parse_schema(definition), record)
    return header + body.getvalue()


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.name.partition("-")[0])
def test_every_kind_of_entry_of_every_released_version_is_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    definition = json.loads(text)
    (kinds,) = (field["type"] for field in definition["fields"] if field["name"] == "entry")
    header, named = Format(text).header, dict[str, Any]()
    for kind in kinds:
        written = example_of(kind, named)
        value = write(definition, header, kind["name"], written)
        name, entry, effective_from = read_entry(value)
        assert (name, effective_from) == (kind["name"], 5)
        assert {key: entry[key] for key in written} == written


def test_a_generation_of_a_former_release_has_four_partitions_of_things() -> None:
    (path,) = (RELEASED_FOLDER / "config_entry").glob("13-*.avsc")
    text = path.read_text(encoding="utf-8")
    value = write(json.loads(text), Format(text).header, "Generation", {"number": 2})
    assert read_entry(value)[1] == {"number": 2, "thing_partitions": 4}
