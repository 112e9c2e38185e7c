"""A suggestion is right or doubts aloud (cases 25 to 28, 30 and 31)."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.mapping.loader import parse_mapping
from producers.mapping.place_codes import is_same_place
from producers.mapping.suggest import Suggestion, suggest
from producers.mapping.suggest.value_kinds import detect_clocks, find_code
from producers.model import MappedRow

CASES = Path(__file__).parents[3] / "cases"


def case(name: str, **options: str) -> tuple[Suggestion, dict[str, Any]]:
    suggestion = suggest(CASES / name, lang="en", **options)
    return suggestion, tomllib.loads(suggestion.text)


def column_of(mapping: dict[str, Any], target: str) -> object:
    spec = mapping["fields"][target]
    return spec if isinstance(spec, str) else spec.get("column", spec.get("columns"))


def test_words_that_mean_nothing_or_several_countries_get_no_code() -> None:
    suggestion, mapping = case("25-suggest-codes.csv", type_="person_notice")
    assert mapping["tables"]["nacionalidad"] == {}
    for value in ("NO REGISTRA", "NO DETERMINADO", "COREA", "ISLAS"):
        assert re.search(rf'^# "?{value}"? = "\?"$', suggestion.text, re.MULTILINE)
        assert find_code("country", value) is None
    assert any("nationalities" in doubt for doubt in suggestion.doubts)
    constants = mapping["fields"]
    assert constants["person.documents[0].country"] == {"constant": "CO"}
    assert constants["person.documents[0].type"] == {"constant": "national_id"}


@pytest.mark.parametrize(
    ("written", "code"),
    [("COLOMBIA", "CO"), ("colombiana", "CO"), ("VENEZUELA", "VE"), ("PE", "PE"), ("S/N", None)],
)
def test_a_country_is_known_by_its_name_and_by_nothing_else(written: str, code: str | None) -> None:
    match = find_code("country", written)
    assert (match and match.code) == code


@pytest.mark.parametrize("name", ["AÑO", "CANTON", "anio_denuncia"])
def test_digits_are_a_time_only_where_the_name_says_so(name: str) -> None:
    assert detect_clocks(["2013", "2013", "0130"], names_hour=False) == ()
    assert detect_clocks(["2013", "0130"], names_hour=True) == ("%H%M",)
    assert detect_clocks(["20:13", "01:30"], names_hour=False) == ("%H:%M",)


def test_a_year_is_no_time_of_day() -> None:
    _, mapping = case("26-suggest-year-as-hour.csv")
    assert column_of(mapping, "envelope.occurred") == "FECHA DE HECHO"
    assert mapping["type"] != "seizure"


def test_a_download_date_is_not_when_it_happened() -> None:
    suggestion, mapping = case("27-suggest-download-date.csv")
    assert column_of(mapping, "envelope.occurred") == "anio_denuncia"
    assert mapping["fields"]["envelope.occurred"]["steps"][0]["date"] == ["%Y"]
    assert any("envelope.occurred" in doubt for doubt in suggestion.doubts)


def test_a_birth_date_is_not_when_it_happened(tmp_path: Path) -> None:
    file = tmp_path / "personas.csv"
    file.write_text("CASO;FECHA NACIMIENTO;CEDULA\n1;15/01/1980;10111222\n2;16/01/1981;10111333\n")
    suggestion = suggest(file, lang="en")
    assert "envelope.occurred" not in tomllib.loads(suggestion.text)["fields"]
    assert any(doubt.startswith("envelope.occurred") for doubt in suggestion.doubts)


def test_country_and_column_names_give_country_and_type_each_to_be_checked() -> None:
    suggestion, mapping = case("28-suggest-no-country.csv", country="CO")
    expected = {
        "persons[0].document.type": "national_id",
        "persons[0].document.country": "CO",
        "phones[0].country": "CO",
        "vehicles[0].country": "CO",
    }
    for target, code in expected.items():
        assert mapping["fields"][target] == {"constant": code}
        assert any(doubt.startswith(f"{target}: ") for doubt in suggestion.doubts)


def test_homicides_are_no_seizures_and_a_place_code_identifies_nothing() -> None:
    _, mapping = case("30-homicides-become-seizure.csv")
    assert mapping["type"] == "crime_incident"
    assert "reference" not in mapping


def test_a_register_of_licences_is_not_a_seizure(tmp_path: Path) -> None:
    file = tmp_path / "padron.csv"
    file.write_text(
        "LICENCIA;TITULAR;TIPO ARMA;MARCA;CALIBRE;SERIE\n"
        "L1;ANA;PISTOLA;TAURUS;9MM;TKX12345\nL2;LUIS;REVOLVER;ROSSI;38;AB4567\n"
    )
    assert tomllib.loads(suggest(file, lang="en").text)["type"] == "weapon_record"


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("GUAJIRA", "La Guajira", True),
        ("VALLE", "Valle del Cauca", True),
        ("N. DE SANTANDER", "Norte de Santander", True),
        ("SANTANDER", "Norte de Santander", False),
        ("STO DOMINGO DE LOS TSACHILAS", "Santo Domingo de los Tsáchilas", True),
        ("CUNDINAMARCA", "Bogotá", False),
    ],
)
def test_departments_as_sources_write_them(name: str, other: str, is_same: bool) -> None:
    assert is_same_place(name, other) == is_same


def test_a_department_beside_its_code_is_accepted_as_the_police_writes_it() -> None:
    _, mapping = case("31-department-names.csv")
    step = mapping["fields"]["envelope.subdivision"]["steps"][0]
    mapping["fields"]["envelope.subdivision"]["steps"] = [{**step, "department": "DEPARTAMENTO"}]
    compiled = parse_mapping(mapping, Path("m.toml"))
    rows = [
        line.split(";")
        for line in (CASES / "31-department-names.csv").read_text(encoding="utf-8").splitlines()
    ]
    mapped = [compiled.apply(dict(zip(rows[0], row, strict=True)), 2) for row in rows[1:]]
    assert [row.envelope["subdivision"] for row in mapped if isinstance(row, MappedRow)] == [
        "CO-DC",
        "CO-LAG",
        "CO-VAC",
    ]


def test_a_wholly_doubtful_suggestion_ends_with_one_and_lists_its_doubts(tmp_path: Path) -> None:
    file = tmp_path / "nada.csv"
    file.write_text("uno;dos\n1;2\n3;4\n")
    settings = load({"QUIPU_HOME": str(tmp_path / "home")})
    done = CliRunner().invoke(mapping_group, ["suggest", str(file)], obj=settings)
    assert done.exit_code == 1
    assert "Ningún campo es seguro" in done.stderr
    assert "decisiones que revisar" in done.stderr
    assert "type = " in done.stdout


def test_an_existing_file_is_only_replaced_when_told(tmp_path: Path) -> None:
    settings = load({"QUIPU_HOME": str(tmp_path / "home")})
    out = tmp_path / "m.toml"
    out.write_text("mine")
    command = ["suggest", str(CASES / "30-homicides-become-seizure.csv"), "--out", str(out)]
    done = CliRunner().invoke(mapping_group, command, obj=settings)
    assert "Ya hay un archivo" in str(done.exception.message.in_language("es"))  # type: ignore[union-attr]
    assert "--force" in str(done.exception.remedy.in_language("es"))  # type: ignore[union-attr]
    assert out.read_text() == "mine"
    done = CliRunner().invoke(mapping_group, [*command, "--force"], obj=settings)
    assert "type = " in out.read_text()


def seizures(tmp_path: Path) -> Path:
    """Write a month's weapons as an office sends them: a title, three forms of dates and times."""
    file = tmp_path / "relacion.csv"
    file.write_text(
        "RELACION DE ARMAS INCAUTADAS\n\n"
        "FECHA;HORA;MUNICIPIO;CEDULA;CLASE DE ARMA;MARCA;SERIE\n"
        "2026-01-03;14:30:00;PASTO;79456123;PISTOLA;TAURUS;TKX12345\n"
        "2026-01-09;08:05:00;IPIALES;52987654;REVOLVER;ROSSI;AA48293\n"
        "15/01/2026;830;TUMACO;12963258;PISTOLA;BERETTA;BER48291Z\n"
        "enero 20 de 2026;21:15;PASTO;1085234571;FUSIL;FAL;8837\n"
        "sin fecha;;PASTO;1085234572;FUSIL;FAL;8838\n",
        encoding="utf-8",
    )
    return file


def test_a_column_of_dates_in_several_forms_is_when_it_happened(tmp_path: Path) -> None:
    file = seizures(tmp_path)
    suggestion = suggest(file, lang="en", type_="seizure", country="CO")
    mapping = tomllib.loads(suggestion.text)
    assert column_of(mapping, "envelope.occurred") == ["FECHA", "HORA"]
    assert any("no such date: 1" in doubt for doubt in suggestion.doubts)
    formats = mapping["fields"]["envelope.occurred"]["steps"][0]["date"]
    assert {"%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H%M", "%B %d de %Y %H:%M"} <= set(formats)


@pytest.mark.parametrize(("what", "crime"), [("ARMA", "0901"), ("COCAINA", "0601")])
def test_the_crime_of_a_seizure_is_that_of_what_was_seized(
    what: str, crime: str, tmp_path: Path
) -> None:
    columns = {
        "ARMA": ("CLASE DE ARMA;MARCA;SERIE", "PISTOLA;TAURUS;TKX12345"),
        "COCAINA": ("DROGA;PESO KG", "COCAINA;12"),
    }
    header, row = columns[what]
    file = tmp_path / "decomisos.csv"
    file.write_text(f"FECHA;{header}\n2026-01-03;{row}\n", encoding="utf-8")
    mapping = tomllib.loads(suggest(file, lang="en", type_="seizure", country="PE").text)
    assert mapping["envelope"]["crime"] == crime


def written(tmp_path: Path, *rows: str) -> tuple[Suggestion, dict[str, Any]]:
    file = tmp_path / "denuncias.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    suggestion = suggest(file, lang="en", country="CO", type_="crime_incident")
    return suggestion, tomllib.loads(suggestion.text)


def test_a_column_of_crimes_says_the_crime(tmp_path: Path) -> None:
    _suggestion, mapping = written(
        tmp_path,
        "ref;fecha;delito;TLP",
        "A1;15/03/2021;HURTO AGRAVADO;GREEN",
        "A2;16/03/2021;Homicidio;AMBER",
        "A3;17/03/2021;0903;GREEN",
    )
    assert column_of(mapping, "envelope.crime") == "delito"
    assert mapping["tables"]["delito"] == {
        "HURTO AGRAVADO": "0502",
        "Homicidio": "0101",
        "0903": "0903",
    }
    assert column_of(mapping, "envelope.tlp") == "TLP"
    assert mapping["envelope"].keys() == {"purpose", "legal_basis", "evaluation"}


def test_crimes_without_a_code_are_listed_as_doubts(tmp_path: Path) -> None:
    suggestion, mapping = written(
        tmp_path,
        "ref;fecha;delito",
        "A1;15/03/2021;HURTO",
        "A2;16/03/2021;HOMICIDIO CULPOSO EN ACCIDENTE DE TRANSITO",
        "A3;17/03/2021;INASISTENCIA ALIMENTARIA",
    )
    assert mapping["tables"]["delito"] == {"HURTO": "0502"}
    assert "envelope.crime: values without a code: 2; see the table" in suggestion.doubts


def test_a_column_of_unknown_crimes_is_named_beside_the_crime_that_is_missing(
    tmp_path: Path,
) -> None:
    suggestion, mapping = written(
        tmp_path, "ref;fecha;delito", "A1;15/03/2021;ART. 233", "A2;16/03/2021;ART. 12"
    )
    assert mapping["envelope"]["crime"] == "0000"
    assert "crime: None: control message: check; delito may say the crime" in suggestion.doubts


@pytest.mark.parametrize("tlp", ["VERDE CLARO", "X"])
def test_a_column_with_other_words_is_no_marking(tmp_path: Path, tlp: str) -> None:
    suggestion, mapping = written(tmp_path, "ref;fecha;TLP", f"A1;15/03/2021;{tlp}")
    assert mapping["envelope"]["tlp"] == "AMBER"
    assert any("TLP" in doubt for doubt in suggestion.doubts)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("HURTO DE VEHICULOS", "05021"),
        ("Tráfico, fabricación o porte de estupefacientes", "06012"),
        ("Concierto para delinquir", "0905"),
        ("LESIONES CULPOSAS", None),
        ("TENTATIVA DE HOMICIDIO", None),
        ("NO REGISTRA", None),
    ],
)
def test_a_crime_is_known_by_the_words_of_the_four_countries(value: str, code: str | None) -> None:
    match = find_code("crime", value)
    assert (match and match.code) == code
