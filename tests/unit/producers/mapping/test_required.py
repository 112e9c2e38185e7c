"""A mapping says which fields a row must have; a row without one of them is refused by its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from producers.errors import MappingError
from producers.mapping import loader
from producers.mapping.mapping import RowMapping
from producers.mapping.suggest import suggest
from producers.model import MappedRow, Refusal

OCCURRED = {"column": "FECHA", "steps": [{"date": ["%d/%m/%Y"], "zone": "America/Lima"}]}
FIELDS: Mapping[str, object] = {
    "title": {"constant": "x"},
    "envelope.occurred": OCCURRED,
    "modus_operandi": "MODO",
}


def mapping_of(fields: Mapping[str, object], **top: object) -> RowMapping:
    content = {"type": "crime_incident", "source": {"format": "csv"}, "fields": fields, **top}
    return loader.parse_mapping(content, Path("test.toml"))


@pytest.mark.parametrize("date", ["", "  ", "-", "01/01/1900", "31/12/9999"])
def test_a_row_without_a_date_is_refused_where_a_date_is_required(date: str) -> None:
    row = {"FECHA": date, "MODO": "descuido"}
    assert isinstance(mapping_of(FIELDS).apply(row, 2), MappedRow)
    refusals = mapping_of(FIELDS, required=["envelope.occurred"]).apply(row, 2)
    assert refusals == [Refusal(2, "MISSING_FIELD", "occurred", "FECHA", "")]


def test_every_missing_field_is_named() -> None:
    mapping = mapping_of(FIELDS, required=["envelope.occurred", "modus_operandi"])
    refusals = mapping.apply({}, 3)
    assert isinstance(refusals, list)
    assert [(refusal.field, refusal.column) for refusal in refusals] == [
        ("occurred", "FECHA"),
        ("modus_operandi", "MODO"),
    ]
    assert isinstance(mapping.apply({"FECHA": "15/03/2021", "MODO": "x"}, 3), MappedRow)


def test_a_default_fills_what_is_required() -> None:
    fields = {**FIELDS, "modus_operandi": {"column": "MODO", "default": "no consta"}}
    mapped = mapping_of(fields, required=["modus_operandi"]).apply({"FECHA": ""}, 1)
    assert isinstance(mapped, MappedRow)


def test_a_list_and_what_its_elements_have_can_be_required() -> None:
    content: dict[str, object] = {
        "source": {"format": "json"},
        "lists": {"persons": "personas"},
        "required": ["persons", "persons[*].given_names"],
    }
    mapping = mapping_of({"persons[*].given_names": "nombre"}, **content)
    assert mapping.apply({}, 1) == [Refusal(1, "MISSING_FIELD", "persons", "personas")]
    elements = [{"nombre": "ANA"}, {"apellido": "X"}]
    assert mapping.apply({"personas": elements}, 1) == [
        Refusal(1, "MISSING_FIELD", "persons[1].given_names", "personas[2]/nombre", "")
    ]


def test_what_no_line_fills_cannot_be_required() -> None:
    with pytest.raises(MappingError) as caught:
        mapping_of(FIELDS, required=["envelope.ocurred", "titel"])
    message = caught.value.message.in_language("en")
    assert "test.toml: required: envelope.ocurred, titel is in no line of [fields] or" in message


def test_a_table_may_name_a_dash_and_elsewhere_a_dash_is_nothing() -> None:
    coded = {"column": "MODO", "steps": [{"codes": "t"}]}
    named = mapping_of({"modus_operandi": coded}, tables={"t": {"-": "no consta"}})
    plain = mapping_of({"modus_operandi": coded}, tables={"t": {"DESCUIDO": "descuido"}})
    payloads = [
        mapped.payload
        for mapping in (named, plain)
        if isinstance(mapped := mapping.apply({"MODO": "-"}, 1), MappedRow)
    ]
    assert payloads == [{"modus_operandi": "no consta"}, {}]


def test_a_suggestion_requires_the_date_that_every_row_has(tmp_path: Path) -> None:
    path = tmp_path / "hechos.csv"
    path.write_text(
        "FECHA DEL HECHO;LUGAR\n15-ene-2021;CALI\n16-feb-2021;BUGA\n17-set-2021;TULUA\n",
        encoding="utf-8",
    )
    text = suggest(path, country="CO").text
    assert 'required = ["envelope.occurred"]' in text
    assert "%d-%b-%Y" in text
    path.write_text("FECHA DEL HECHO;LUGAR\n15/01/2021;CALI\n;BUGA\n", encoding="utf-8")
    assert "required" not in suggest(path, country="CO").text


def test_steps_read_a_constant_too() -> None:
    mapped = mapping_of({**FIELDS, "envelope.occurred": {**OCCURRED, "column": "FECHA"}}).apply(
        {"FECHA": "02/03/2026"}, 2
    )
    constant = {"constant": "02/03/2026", "steps": OCCURRED["steps"]}
    assert mapping_of({**FIELDS, "envelope.occurred": constant}).apply({}, 2) == mapped


@pytest.mark.parametrize("spec", ["FECHA", {"constant": "02/03/2026"}, {"column": "FECHA"}])
@pytest.mark.parametrize("name", ["occurred", "reported_at"])
def test_a_moment_that_no_step_reads_is_refused_when_the_mapping_loads(
    name: str, spec: object
) -> None:
    with pytest.raises(MappingError, match="date"):
        mapping_of({f"envelope.{name}": spec})
