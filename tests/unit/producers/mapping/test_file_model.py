"""A fault of a mapping file is told with the file, the place in it and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from producers.errors import MappingError
from producers.mapping import loader
from producers.mapping.file_model import json_schema

VALID: dict[str, object] = {
    "type": "seizure",
    "source": {"format": "csv"},
    "fields": {"note": "A"},
}


def problem(content: dict[str, object], lang: str = "en") -> str:
    """Load a mapping that must be refused. Returns the message."""
    with pytest.raises(MappingError) as caught:
        loader.parse_mapping({**VALID, **content}, Path("armas.toml"))
    return str(caught.value.message.in_language(lang))


def field(**keys: object) -> dict[str, object]:
    """Make a mapping with one field that has these keys."""
    return {"fields": {"note": {"column": "A", **keys}}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"source": {"format": "ods"}}, "armas.toml: [source]: format is one of csv, json, "),
        ({"source": {"format": "csv", "sheet": "a"}}, "armas.toml: [source]: sheet is not known; "),
        ({"source": {"format": "xml"}}, "armas.toml: [source]: rows is the path to each row"),
        ({"source": {"format": "csv", "separator": ";;"}}, "[source]: separator: is one character"),
        ({"equal_rows": "both"}, "armas.toml: equal_rows: is one of 'same', 'distinct'"),
        ({"envelope": {"tpl": "AMBER"}}, "armas.toml: [envelope]: tpl is not known; "),
        ({"fields": {}}, "armas.toml: [fields]: must not be empty"),
        ({"fields": {"note": 3}}, "armas.toml: note: is a column or a table"),
        (
            field(stesp=[]),
            "armas.toml: note: stesp is not known; these are: column, columns, constant, ",
        ),
        (field(steps=["shout"]), "armas.toml: note: steps[1]: there is no step `shout`"),
        (field(steps=["upper", {"cot": "x"}]), "note: steps[2]: there is no step {'cot': 'x'}"),
        (field(steps=[{"first": "x"}]), "note: steps[1]: first: must be a whole number"),
        (field(steps=[{"times": "u.f"}]), "armas.toml: note: steps[1]: by is needed"),
        (
            field(when={"col": "B", "in": ["x"]}),
            "note: when: col is not known; these are: column, columns, ",
        ),
    ],
)
def test_a_fault_is_told_with_file_place_and_what_is_right(
    content: dict[str, object], message: str
) -> None:
    assert message in problem(content)


def test_a_fault_is_told_in_spanish_too() -> None:
    assert "armas.toml: note: steps[1]: first: debe ser un número entero" in problem(
        field(steps=[{"first": "x"}]), "es"
    )


def test_of_several_unknown_keys_all_are_named() -> None:
    assert "armas.toml: a, b is not known; " in problem({"b": 1, "a": 2})


def test_the_published_schema_names_every_step_and_format() -> None:
    definitions = json_schema()["$defs"]
    steps = {
        name
        for table, definition in definitions.items()
        if table.endswith("Step")
        for name in definition["required"]
    }
    formats = {
        definition["properties"]["format"]["const"]
        for table, definition in definitions.items()
        if table.endswith("Source")
    }
    assert {"cut", "number", "codes", "place_code", "date", "iso_date", "times"} <= steps
    assert formats == {"csv", "json", "jsonl", "xls", "xlsx", "xml"}
    assert all(definition["additionalProperties"] is False for definition in definitions.values())
