"""Mappings for files as they are: rows of many shapes, lists in cells, facts around the row."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from producers.errors import MappingError
from producers.mapping import loader
from producers.mapping.file_mapping import FileMapping, RowSharing
from producers.mapping.mapping import RowMapping
from producers.model import MappedRow, SourceRow
from producers.sources.reader import read

CASES = Path(__file__).parents[3] / "cases"


def parsed(text: str, type_: str = "crime_incident") -> RowMapping:
    content = {"type": type_, **tomllib.loads(text)}
    return loader.parse_mapping(content, Path("test.toml"))


def payloads(path: Path, mapping: RowMapping) -> list[Mapping[str, Any]]:
    mapped: list[Mapping[str, Any]] = []
    for row in read(path, mapping.source, mapping.columns):
        assert isinstance(row, SourceRow), row
        event = mapping.apply(row.row, row.number)
        assert isinstance(event, MappedRow), event
        mapped.append(event.payload)
    return mapped


def no_records(path: Path, mapping: RowMapping) -> dict[int, str]:
    """Of the rows that are no records, line and reason."""
    refusals = [
        mapping.refuse_no_record(row.row, row.number)
        for row in read(path, mapping.source, mapping.columns)
        if isinstance(row, SourceRow)
    ]
    return {refusal.line: str(refusal.detail) for refusal in refusals if refusal}


# Footers and totals.


def test_18_totals_and_notes_are_no_records() -> None:
    mapping = loader.load_mapping(str(CASES / "18-mapping.toml"))
    reasons = no_records(CASES / "18-footer-and-total.xlsx", mapping)
    assert list(reasons) == [5, 6, 7]
    assert reasons[5] == "a total"
    assert reasons[6] == reasons[7] == "a note under the table"


TABLE = """
source = { format = "csv" }
reference = { columns = ["REF"] }
fields = { title = "A", "place.municipality" = "B", modus_operandi = "C" }
"""


@pytest.mark.parametrize(
    "row",
    [
        "TOTAL;;;3",
        "Total general:;1;2;3",
        "SUBTOTAL;;10,5;1.234",
        ";TOTAL;;7",
        "Fuente: DANE;;;",
        "Elaborado por: Persona Inventada;;;",
        "(*) Cifras sujetas a variación;;;",
        "Fecha de corte;31/12/2021;;",
        "NOTA: las cifras son preliminares;;;",
        "REF;A;B;C",
        "Z9;;;",
        "Policía Nacional - DIJIN;;;",
    ],
)
def test_a_row_that_is_no_record_is_refused_as_such(tmp_path: Path, row: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"REF;A;B;C\nP1;x;y;z\n{row}\n")
    assert list(no_records(path, parsed(TABLE))) == [3]
    for footers in ("take", "leave_out"):
        mapping = parsed(f'{TABLE}\nrows = {{ footers = "{footers}" }}')
        assert bool(no_records(path, mapping)) == (footers == "leave_out")


@pytest.mark.parametrize(
    "row",
    [
        "TOTAL S.A.;x;y;z",
        "TOTAL;CALI;robo;3",
        "Notaría 3;x;;",
        "NOTARIO;x;y;",
        "Fuente de agua;x;y;",
        "P2;;;z",
        "P2;0;;",
        "CORTEZ;x;;",
        "Suma;x;1;2",
    ],
)
def test_a_record_with_such_words_is_a_record(tmp_path: Path, row: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"REF;A;B;C\n{row}\n")
    assert no_records(path, parsed(TABLE)) == {}


# Several shapes in one file.

SHAPES = """
source = { format = "json", rows = "objects" }
reference = { columns = ["id"] }
"""
INDICATORS = (
    SHAPES
    + """
rows = { when = { column = "type", in = ["indicator"] } }
fields = { title = "name" }
"""
)
IDENTITIES = (
    SHAPES
    + """
rows = { when = { column = "type", in = ["identity"] } }
fields = { title = "name" }
"""
)


def shared(path: Path, *mappings: RowMapping) -> tuple[dict[str, list[int]], RowSharing]:
    """Of each mapping the lines that it takes, and what remembers the others."""
    sharing = RowSharing(FileMapping(mappings))
    batch = list(read(path, mappings[0].source, mappings[0].columns))
    shares = sharing.share(batch)
    lines = {
        str(mapping.title): [row.number for _index, row in rows if isinstance(row, SourceRow)]
        for mapping, rows in shares
    }
    return lines, sharing


def test_33_a_mapping_takes_one_shape_and_the_others_are_told() -> None:
    path = CASES / "33-many-shapes.json"
    lines, sharing = shared(path, parsed('title = "i"' + INDICATORS))
    assert lines == {"i": [9]}
    (notice,) = sharing.notices()
    assert (notice.code, notice.column, notice.line) == ("ROWS_LEFT_OUT", "type", 4)
    assert str(notice.detail) == "2 rows: identity (1), relationship (1)"


def test_33_several_mappings_take_one_file_together() -> None:
    path = CASES / "33-many-shapes.json"
    mappings = parsed('title = "i"' + INDICATORS), parsed('title = "o"' + IDENTITIES)
    lines, sharing = shared(path, *mappings)
    assert lines == {"i": [9], "o": [4]}
    assert str(sharing.notices()[0].detail) == "1 row: relationship (1)"


def test_what_cannot_be_read_is_refused_once_by_the_first_mapping(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('{"objects": [{"type": "indicator", "name": "x"}, 7]}')
    mappings = parsed('title = "i"' + INDICATORS), parsed('title = "o"' + IDENTITIES)
    sharing = RowSharing(FileMapping(mappings))
    shares = sharing.share(list(read(path, mappings[0].source, frozenset())))
    assert [[index for index, _row in rows] for _mapping, rows in shares] == [[0, 1]]


def test_mappings_of_one_file_must_read_it_alike(tmp_path: Path) -> None:
    for name, rows in (("a", "objects"), ("b", "things")):
        text = INDICATORS.replace('"objects"', f'"{rows}"')
        (tmp_path / f"{name}.toml").write_text(f'type = "crime_incident"\n{text}')
    with pytest.raises(MappingError, match=r"\[source\]"):
        loader.load_file_mapping(str(tmp_path / "a.toml"), str(tmp_path / "b.toml"))


# Facts around the row.


MISP = """
source = { format = "json", rows = "Event.Attribute" }
reference = { columns = ["uuid"] }
[fields]
"modus_operandi" = "//Event.info"
"indicators[0].kind" = "type"
"indicators[0].value" = "value"
"envelope.tlp" = { column = "//Event.Tag[*].name", steps = [
  { find = '^tlp:(.+)$' }, { codes = "tlp" } ], default = "AMBER" }
[tables.tlp]
red = "RED"
green = "GREEN"
"""


def test_34_the_tag_of_the_event_reaches_each_attribute() -> None:
    mapping = parsed(MISP, "threat_report")
    rows = list(read(CASES / "34-tag-on-the-event.json", mapping.source, mapping.columns))
    events = [mapping.apply(row.row, row.number) for row in rows if isinstance(row, SourceRow)]
    assert [event.envelope["tlp"] for event in events if isinstance(event, MappedRow)] == [
        "RED",
        "RED",
    ]
    assert [
        event.payload["modus_operandi"] for event in events if isinstance(event, MappedRow)
    ] == [
        "Evento inventado",
        "Evento inventado",
    ]


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        ([], "AMBER"),
        (["x:y"], "AMBER"),
        (["x:y", "tlp:green"], "GREEN"),
        (["tlp:red", "tlp:red"], "RED"),
        (["tlp:red", "tlp:green"], "BROKEN_LINE"),
        (["tlp:purple"], "UNKNOWN_CODE"),
    ],
)
def test_a_mark_is_found_among_many_or_refused_in_doubt(tags: list[str], level: str) -> None:
    mapping = parsed(MISP, "threat_report")
    around = {"Event": {"Tag": [{"name": tag} for tag in tags]}}
    event = mapping.apply({"uuid": "u", "type": "t", "value": "v", "//": around}, 1)
    given = event.envelope["tlp"] if isinstance(event, MappedRow) else event[0].code
    assert given == level


# Lists: in a cell, in a list.

PHONES = """
source = { format = "csv" }
reference = { columns = ["REF"] }
lists = { phones = { column = "TEL", split = ["/", ";", " y "] } }
fields = { title = { constant = "x" }, "phones[*].number" = ".", "phones[*].use" = "/USO" }
"""


def test_43_several_values_of_a_cell_are_elements_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "phones.csv"
    path.write_text("REF|TEL|USO\nA|3005550100 / 3105550100|casa\nB|1 y 2; 3|\nC||casa\n")
    assert [payload.get("phones") for payload in payloads(path, parsed(PHONES))] == [
        [{"number": "3005550100", "use": "casa"}, {"number": "3105550100", "use": "casa"}],
        [{"number": "1"}, {"number": "2"}, {"number": "3"}],
        None,
    ]
    case = parsed(PHONES.replace(', "phones[*].use" = "/USO"', ""))
    assert payloads(CASES / "43-several-values-in-a-cell.csv", case)[0]["phones"] == [
        {"number": "3005550100"},
        {"number": "3105550100"},
    ]


def test_a_list_of_a_table_is_one_cell() -> None:
    with pytest.raises(MappingError, match="split"):
        parsed(PHONES.replace('{ column = "TEL", split = ["/", ";", " y "] }', '"TEL"'))


def test_a_cell_split_in_json_takes_each_value_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "phones.json"
    path.write_text(json.dumps([{"REF": "A", "TEL": ["1/2", "3"], "USO": "x"}]))
    mapping = parsed(PHONES.replace('"csv"', '"json"'))
    assert payloads(path, mapping)[0]["phones"] == [
        {"number": number, "use": "x"} for number in "123"
    ]


ALIASES = """
source = { format = "xml", rows = "LIST/PEOPLE/PERSON" }
reference = { columns = ["REF"] }
lists = { "person.aliases" = "ALIAS/A" }
[fields]
"person.name" = "NAME"
"person.birth_date" = { column = "BIRTH/YEAR", steps = [{ iso_date = ["%Y"] }] }
"person.aliases[*]" = { column = ".", steps = [{ split = ";" }] }
"""


def test_35_lists_in_lists_give_one_list_and_two_values_are_refused_by_name() -> None:
    mapping = parsed(ALIASES, "person_notice")
    first, second = read(CASES / "35-list-in-list.xml", mapping.source, mapping.columns)
    assert isinstance(first, SourceRow)
    assert isinstance(second, SourceRow)
    event = mapping.apply(first.row, first.number)
    assert isinstance(event, MappedRow)
    assert event.payload["person"]["aliases"] == ["Uno", "Primero", "El Uno"]
    refusals = mapping.apply(second.row, second.number)
    assert isinstance(refusals, list)
    assert [(refusal.code, refusal.field, refusal.column) for refusal in refusals] == [
        ("BROKEN_LINE", "person.birth_date", "BIRTH/YEAR")
    ]
    without_birth = ALIASES.replace('"BIRTH/YEAR"', '"NONE"')
    event = parsed(without_birth, "person_notice").apply(second.row, 2)
    assert isinstance(event, MappedRow)
    assert event.payload["person"]["aliases"] == ["Dos", "Segundo"]


@pytest.mark.parametrize(
    "text",
    [
        'source = { format = "csv", names = ["A"] }\nfields = { title = "A" }',
        'source = { format = "csv", header_rows = 4 }\nfields = { title = "A" }',
        'source = { format = "xlsx", sheet = [] }\nfields = { title = "A" }',
        'source = { format = "csv" }\nrows = { when = { column = "A" } }\nfields = { title = "A" }',
        'source = { format = "csv" }\nrows = { footers = "drop" }\nfields = { title = "A" }',
        'source = { format = "csv" }\nrows = { wen = 1 }\nfields = { title = "A" }',
    ],
)
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(MappingError, match=r"test\.toml"):
        parsed(text)
