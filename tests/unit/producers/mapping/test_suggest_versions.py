"""A suggestion names marks of versions and columns that no field takes, and joins times."""

import tomllib
from pathlib import Path

import pytest

from producers.errors import MappingError
from producers.mapping.loader import parse_mapping
from producers.mapping.suggest import Suggestion, suggest

ORDERS = (
    "EXPEDIENTE;FECHA HECHO;HORA;CEDULA;NOMBRES;NOVEDAD;JUZGADO",
    "E-1;15/01/2021;14:20;10111222;ANA INVENTADA;VIGENTE;4 PENAL",
    "E-2;16/02/2021;830;10111333;LUZ INVENTADA;MODIFICADA;5 PENAL",
    "E-3;27/03/2021;2230;10111444;EVA INVENTADA;ANULADA;6 PENAL",
    "E-4;28/03/2021;9:05;10111555;SOL INVENTADA;LEVANTADA;6 PENAL",
)


def suggestion(folder: Path, lines: tuple[str, ...], encoding: str = "utf-8") -> Suggestion:
    path = folder / "ordenes.csv"
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return suggest(path, lang="en")


def test_marks_of_versions_are_said_with_the_table_that_reads_them(tmp_path: Path) -> None:
    proposed = suggestion(tmp_path, ORDERS)
    assert any(doubt.startswith("[versions]: NOVEDAD") for doubt in proposed.doubts)
    begin = proposed.text.index("# [versions]")
    block = proposed.text[begin : proposed.text.index("\n\n", begin)]
    table = tomllib.loads(block.replace("# ", ""))["versions"]
    assert {mark["means"]: mark["in"] for mark in table["marks"]} == {
        "new": ["VIGENTE"],
        "correction": ["MODIFICADA"],
        "annulment": ["ANULADA"],
        "lifting": ["LEVANTADA"],
    }
    content = {
        "type": "crime_incident",
        "source": {"format": "csv"},
        "reference": {"columns": ["EXPEDIENTE"]},
        "fields": {"title": "NOMBRES"},
        "versions": table,
    }
    assert parse_mapping(content, tmp_path / "m.toml")


def test_a_column_of_states_that_says_nothing_of_the_record_is_no_mark(tmp_path: Path) -> None:
    lines = tuple(
        line.replace("MODIFICADA", "VIGENTE").replace("ANULADA", "VIGENTE") for line in ORDERS[:4]
    )
    assert "[versions]" not in suggestion(tmp_path, lines).text


def test_columns_that_no_field_takes_are_listed(tmp_path: Path) -> None:
    proposed = suggestion(tmp_path, ORDERS)
    (listed,) = [doubt for doubt in proposed.doubts if "no field takes" in doubt]
    assert listed == "[fields]: columns that no field takes: NOVEDAD"


def test_times_with_and_without_a_colon_are_joined_with_the_date(tmp_path: Path) -> None:
    occurred = tomllib.loads(suggestion(tmp_path, ORDERS).text)["fields"]["envelope.occurred"]
    assert occurred["columns"] == ["FECHA HECHO", "HORA"]
    assert occurred["steps"][0]["date"] == ["%d/%m/%Y %H:%M", "%d/%m/%Y %H%M", "%d/%m/%Y"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_the_unicode_text_of_excel_is_read(tmp_path: Path, encoding: str) -> None:
    """A suggestion said that a file with the mark of UTF-16 is windows-1252."""
    content = tomllib.loads(suggestion(tmp_path, ORDERS, encoding).text)
    assert content["source"].get("encoding", "utf-8-sig") == encoding
    assert content["reference"]["columns"] == ["EXPEDIENTE"]


@pytest.mark.parametrize("lines", [(), ("SERIE;MARCA",)])
def test_a_file_without_rows_is_called_so(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """The message ended in a point alone."""
    with pytest.raises(MappingError) as raised:
        suggestion(tmp_path, lines)
    assert "it has no rows" in str(raised.value)
