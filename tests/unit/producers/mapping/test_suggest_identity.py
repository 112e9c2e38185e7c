"""A number of the rows identifies no record, and a title says the country."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from producers.mapping.suggest import Suggestion, suggest
from producers.mapping.suggest.value_kinds import count_rows


def suggestion(folder: Path, *lines: str) -> tuple[Suggestion, Any]:
    path = folder / "datos.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    proposed = suggest(path, lang="en")
    return proposed, tomllib.loads(proposed.text)


ROW_NUMBERS = (
    "N°",
    "Nº",
    "N.°",
    "N.º",
    "No.",
    "NRO",
    "Nro.",
    "NUM",
    "#",
    "ITEM",
    "Ítem",
    "ORDEN",
    "N° ORDEN",
    "No. de orden",
    "CONSECUTIVO",
    "FILA",
)


@pytest.mark.parametrize("name", ROW_NUMBERS)
def test_a_number_of_the_rows_is_no_identity_and_no_field(tmp_path: Path, name: str) -> None:
    proposed, mapping = suggestion(
        tmp_path,
        f"{name};FECHA HECHO;CEDULA;NOMBRES",
        "1;15/01/2021;10111222;ANA INVENTADA",
        "2;16/02/2021;10111333;LUZ INVENTADA",
        "3;27/03/2021;10111444;EVA INVENTADA",
    )
    assert "reference" not in mapping
    assert not any(name in str(target) for target in mapping["fields"].values())
    assert any(f"{name} only numbers the rows" in doubt for doubt in proposed.doubts)


@pytest.mark.parametrize("name", ROW_NUMBERS)
def test_the_next_candidate_is_the_identity(tmp_path: Path, name: str) -> None:
    _proposed, mapping = suggestion(
        tmp_path,
        f"{name};ACTA;FECHA HECHO;CEDULA",
        "1;A-77;15/01/2021;10111222",
        "2;A-12;16/02/2021;10111333",
        "3;A-90;27/03/2021;10111444",
    )
    assert mapping["reference"] == {"columns": ["ACTA"]}


def test_a_number_of_cases_is_an_identity_and_one_from_1_is_in_doubt(tmp_path: Path) -> None:
    rows = ("15/01/2021;10111222", "16/02/2021;10111333", "27/03/2021;10111444")
    proposed, mapping = suggestion(
        tmp_path,
        "NRO;FECHA HECHO;CEDULA",
        *(f"{number};{row}" for number, row in zip((8812, 9120, 9377), rows, strict=True)),
    )
    assert mapping["reference"] == {"columns": ["NRO"]}
    assert not any(doubt.startswith("[reference]") for doubt in proposed.doubts)
    proposed, mapping = suggestion(
        tmp_path,
        "EXPEDIENTE;FECHA HECHO;CEDULA",
        *(f"{number};{row}" for number, row in zip((1, 2, 3), rows, strict=True)),
    )
    assert mapping["reference"] == {"columns": ["EXPEDIENTE"]}
    assert any("keep its number" in doubt for doubt in proposed.doubts)


@pytest.mark.parametrize(
    ("values", "is_counting"),
    [
        (["1"], True),
        (["0", "1", "2"], True),
        (["001", "002", "003"], True),
        (["1.0", "2.0", "3.0"], True),
        (["3", "2", "1"], True),
        (["1", "2", "3", "1", "2", "1", "2"], True),
        (["1", "5", "9"], False),
        (["10", "11", "12"], False),
        (["A1", "A2"], False),
        ([], False),
    ],
)
def test_values_that_only_number_rows(values: list[str], is_counting: bool) -> None:
    assert count_rows(values) is is_counting


ROWS = (
    "ACTA;FECHA HECHO;DOCUMENTO;TELEFONO",
    "A-77;15/01/2021;10111222;955550100",
    "A-12;16/02/2021;10111333;955550101",
)


@pytest.mark.parametrize(
    ("title", "country", "zone"),
    [
        ("POLICÍA NACIONAL DEL PERÚ – INCAUTACIONES 2021", "PE", "America/Lima"),
        ("REPÚBLICA DE COLOMBIA", "CO", "America/Bogota"),
        ("Ministerio de Gobierno, Ecuador", "EC", "America/Guayaquil"),
        ("ESTADO PLURINACIONAL DE BOLIVIA", "BO", "America/La_Paz"),
        ("POLICIA BOLIVIANA", "BO", "America/La_Paz"),
    ],
)
def test_the_title_says_the_country_to_be_checked(
    tmp_path: Path, title: str, country: str, zone: str
) -> None:
    proposed, mapping = suggestion(tmp_path, f"{title};;;", ";;;", *ROWS)
    fields = mapping["fields"]
    assert fields["persons[0].document.country"] == {"constant": country}
    assert fields["phones[0].country"] == {"constant": country}
    assert fields["envelope.occurred"]["steps"][0]["zone"] == zone
    doubts = [doubt for doubt in proposed.doubts if "title" in doubt]
    assert {doubt.partition(":")[0] for doubt in doubts} == {
        "persons[0].document.country",
        "phones[0].country",
        "envelope.occurred",
    }


def test_two_countries_in_a_title_are_a_doubt_and_none_is_taken(tmp_path: Path) -> None:
    proposed, mapping = suggestion(
        tmp_path, "FRONTERA COLOMBIA - ECUADOR;;;", "Detenidos 2021;;;", *ROWS
    )
    assert "persons[0].document.country" not in mapping["fields"]
    assert any("CO, EC" in doubt and "--country" in doubt for doubt in proposed.doubts)


def test_what_the_columns_say_outweighs_the_title_with_a_doubt(tmp_path: Path) -> None:
    proposed, mapping = suggestion(
        tmp_path,
        "Convenio con Colombia;;;",
        "ACTA;FECHA HECHO;DNI;TELEFONO",
        "A-77;15/01/2021;01234567;955550100",
        "A-12;16/02/2021;11234567;955550101",
    )
    assert mapping["fields"]["persons[0].document.country"] == {"constant": "PE"}
    assert any("the title names CO" in doubt for doubt in proposed.doubts)


def test_no_title_and_no_country_stays_open(tmp_path: Path) -> None:
    _proposed, mapping = suggestion(tmp_path, *ROWS)
    assert "persons[0].document.country" not in mapping["fields"]


def test_a_birth_date_in_one_word_is_not_when_it_happened() -> None:
    proposed = suggest(Path("tests/cases/37-dash-and-1900.xml"), lang="en")
    assert "envelope.occurred" not in tomllib.loads(proposed.text)["fields"]
