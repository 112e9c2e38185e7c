"""Suggestions for counts, registries, downloads and nothing words: other files than the cases."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from producers.mapping.suggest import Suggestion, suggest


def suggestion(folder: Path, *lines: str, name: str = "datos.csv") -> tuple[Suggestion, Any]:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    proposed = suggest(path, lang="en")
    return proposed, tomllib.loads(proposed.text)


@pytest.mark.parametrize(
    ("header", "rows", "measure"),
    [
        (
            "PROVINCIA;CANTÓN;TIPO DE DELITO;AÑO;MES;CASOS",
            ["GUAYAS;DURÁN;ASESINATO;2021;ENERO;12", "MANABÍ;MANTA;ROBO;2021;ABRIL;7"],
            "CASES",
        ),
        (
            "Departamento;Código Dane;Año hecho;Mes hecho;Sexo víctima;Número víctimas",
            ["Antioquia;05001;2020;1;Hombre;14", "Antioquia;05088;2020;2;Mujer;2"],
            "VICTIMS",
        ),
        (
            "PERIODO;FECHA CONSULTA;FECHA DE CARGUE;UBIGEO;MODALIDAD;TOTAL DENUNCIAS",
            ["2020-I;01/02/2022;02/02/2022;150101;HURTO;112", "2020-II;01/02/2022;02/02/2022;150102;ROBO;87"],
            "COMPLAINTS",
        ),
        (
            "departamento;anio;delito;capturas",
            ["LIMA;2020;ROBO;31", "CUSCO;2021;HURTO;8"],
            "ARRESTS",
        ),
    ],
)  # fmt: skip
def test_rows_with_a_number_and_no_day_are_statistics(
    tmp_path: Path, header: str, rows: list[str], measure: str
) -> None:
    proposed, mapping = suggestion(tmp_path, header, *rows)
    assert mapping["type"] == "crime_statistic"
    assert mapping["equal_rows"] == "distinct"
    assert "reference" not in mapping
    assert "count" in mapping["fields"]
    assert mapping["fields"]["measure"] == {"constant": measure}
    assert any(doubt.startswith("measure:") for doubt in proposed.doubts)


def test_month_and_year_are_one_date(tmp_path: Path) -> None:
    _proposed, mapping = suggestion(
        tmp_path, "PROVINCIA;AÑO;MES;TOTAL", "GUAYAS;2021;ENERO;12", "MANABÍ;2021;ABRIL;7"
    )
    occurred = mapping["fields"]["envelope.occurred"]
    assert occurred["columns"] == ["MES", "AÑO"]
    assert occurred["steps"][0]["date"] == ["%B %Y"]


def test_daily_counts_are_incidents_with_a_doubt_and_no_row_is_lost(tmp_path: Path) -> None:
    proposed, mapping = suggestion(
        tmp_path,
        "FECHA_HECHO;COD_DEPTO;DEPARTAMENTO;COD_MUNI;MUNICIPIO;TIPO EXTORSION;CANTIDAD;FECHA_CARGUE",
        "2/01/2010;76;VALLE DEL CAUCA;76001;CALI;LLAMADA;3;01/01/2023",
        "13/01/2010;5;ANTIOQUIA;5001;MEDELLIN;DIRECTA;1;01/01/2023",
    )
    assert (mapping["type"], mapping["equal_rows"]) == ("crime_incident", "distinct")
    assert "reference" not in mapping
    assert mapping["fields"]["envelope.occurred"]["column"] == "FECHA_HECHO"
    assert mapping["fields"]["place.municipality_code"]["column"] == "COD_MUNI"
    assert any(doubt.startswith("CANTIDAD:") for doubt in proposed.doubts)


def test_seizures_with_quantities_and_records_of_persons_are_no_statistics(tmp_path: Path) -> None:
    for header, row in (
        ("DROGA;CANTIDAD;UNIDAD;AÑO", "COCAINA;12;KILOGRAMO;2020"),
        ("NOMBRES;APELLIDOS;AÑO;TOTAL", "Ana;Uno;2020;1"),
        ("PLACA;AÑO;CANTIDAD", "ABC123;2020;1"),
    ):
        _proposed, mapping = suggestion(tmp_path, header, row, row)
        assert mapping["type"] != "crime_statistic"


@pytest.mark.parametrize(
    "word",
    ["FECHA DE CARGUE", "FECHA CONSULTA", "FECHA EXTRACCION", "fecha_actualizacion", "FECHA EXPEDICIÓN",
     "FECHA DE GENERACIÓN", "ULTIMA MODIFICACION", "FECHA VENCIMIENTO LICENCIA"],
)  # fmt: skip
def test_a_date_of_the_file_or_of_a_paper_is_not_when_it_happened(
    tmp_path: Path, word: str
) -> None:
    proposed, mapping = suggestion(
        tmp_path, f"CASO;DELITO;{word}", "A-1;ROBO;13/02/2020", "A-2;HURTO;14/02/2020"
    )
    assert "envelope.occurred" not in mapping["fields"]
    assert any(doubt.startswith("envelope.occurred") for doubt in proposed.doubts)


@pytest.mark.parametrize("word", ["FECHA REPORTE", "FECHA DE REGISTRO", "FECHA DENUNCIA"])
def test_a_date_of_a_report_is_a_doubt(tmp_path: Path, word: str) -> None:
    proposed, _mapping = suggestion(
        tmp_path, f"CASO;DELITO;{word}", "A-1;ROBO;13/02/2020", "A-2;HURTO;14/02/2020"
    )
    assert any("when it was reported" in doubt for doubt in proposed.doubts)


@pytest.mark.parametrize(
    "word",
    ["NR", "NO", "SIN INFORMACION", "NO APLICA", "N/A", "NINGUNA", "POR DEFINIR", "ND", "NA", "SN", "SD",
     "NO CONSTA", "SE DESCONOCE", "NO REPORTA", "DESCONOCIDO", "NO PRECISA", "NI", "NE"],
)  # fmt: skip
def test_words_that_say_nothing_are_no_country(tmp_path: Path, word: str) -> None:
    proposed, _mapping = suggestion(
        tmp_path,
        "CASO;CEDULA;NACIONALIDAD;FECHA HECHO",
        f"A-1;10111222;{word};13/02/2020",
        "A-2;10111333;VENEZOLANA;14/02/2020",
    )
    tables = tomllib.loads(proposed.text).get("tables", {})
    assert all(word not in table for table in tables.values())
    assert any("values without a code" in doubt for doubt in proposed.doubts)


def test_a_registry_of_licences_is_a_weapon_record_and_its_dates_are_no_events(
    tmp_path: Path,
) -> None:
    proposed, mapping = suggestion(
        tmp_path,
        "ID;PERMISO DE PORTE;NOMBRE;CEDULA;CLASE ARMA;NO ARMA;CALIBRE;VIGENCIA",
        "1;P-77;EJEMPLO UNO;10111222;PISTOLA;IM2233A;9MM;31/12/2024",
        "2;P-78;EJEMPLO DOS;10111333;REVOLVER;IM9988R;38 LARGO;31/12/2024",
    )
    assert mapping["type"] == "weapon_record"
    assert mapping["fields"]["status"] == {"constant": "REGISTERED"}
    assert mapping["fields"]["weapon.serial"] == "NO ARMA"
    assert "envelope.occurred" not in mapping["fields"]
    assert any("give --country" in doubt for doubt in proposed.doubts)


def test_a_plate_is_no_place_and_a_passport_is_a_document(tmp_path: Path) -> None:
    _proposed, mapping = suggestion(
        tmp_path,
        "CASO;FECHA;PLACA;MARCA VEHICULO;PASAPORTE",
        "1;13/03/2021;ABC123;CHEVROLET;AX123457",
        "2;14/03/2021;ABD124;KIA;AX123458",
    )
    fields = mapping["fields"]
    assert fields["vehicles[0].plate"] == "PLACA"
    assert fields["persons[0].document.number"] == "PASAPORTE"
    assert fields["persons[0].document.type"] == {"constant": "passport"}


def test_titles_that_a_spreadsheet_filled_up_and_totals_are_no_rows(tmp_path: Path) -> None:
    proposed, mapping = suggestion(
        tmp_path,
        "Informe de criminalidad;;;;",
        "Fecha de corte;15/03/2022;;;",
        ";;;;",
        "PROVINCIA;CANTÓN;DELITO;AÑO;CASOS",
        "GUAYAS;DURÁN;ASESINATO;2021;12",
        "MANABÍ;MANTA;ROBO;2021;7",
        "TOTAL;;;;19",
    )
    assert mapping["source"]["header_row"] == 4
    assert mapping["rows"] == {"footers": "leave_out"}
    assert mapping["fields"]["envelope.subdivision"]["column"] == "PROVINCIA"
    assert any(doubt.startswith("[rows]") for doubt in proposed.doubts)


def test_a_report_of_json_on_one_line_has_its_rows_and_the_words_of_its_paths(
    tmp_path: Path,
) -> None:
    row = {
        "nro": "D-1",
        "fecha_hecho": "2021-03-15T10:00:00",
        "ubicacion": {"dpto": "LIMA"},
        "denunciado": {"dni": "01234567"},
        "vehiculo": {"placa": "A1B-234"},
    }
    text = json.dumps({"data": {"denuncias": [row, {**row, "nro": "D-2"}]}})
    _proposed, mapping = suggestion(tmp_path, text, name="denuncias.json")
    assert mapping["source"] == {"format": "json", "rows": "data.denuncias"}
    assert mapping["fields"]["persons[0].document.number"] == "denunciado.dni"
    assert mapping["fields"]["vehicles[0].plate"] == "vehiculo.placa"
    assert mapping["fields"]["envelope.subdivision"]["column"] == "ubicacion.dpto"


def test_a_list_of_wanted_persons_is_no_registry_of_weapons(tmp_path: Path) -> None:
    proposed, mapping = suggestion(
        tmp_path,
        "N° OFICIO;APELLIDO PATERNO;NOMBRES;D.N.I.;DELITO;JUZGADO;FECHA DE EMISIÓN;ESTADO",
        "001-2021;UNO;ANA;01234567;ROBO;1er JPL;15/03/2021;VIGENTE",
        "002-2021;TRES;LUIS;10111222;TID;2do JPL;16/03/2021;SUSPENDIDA",
    )
    assert mapping["type"] == "person_notice"
    assert mapping["reference"]["columns"] == ["N° OFICIO"]
    assert mapping["fields"]["person.documents[0].number"] == "D.N.I."
    assert mapping["fields"]["category"] == {"constant": "requisitoria"}
    assert any(doubt.startswith("category:") for doubt in proposed.doubts)


def test_companies_and_their_tax_numbers_are_entities(tmp_path: Path) -> None:
    _proposed, mapping = suggestion(
        tmp_path,
        "RAZON SOCIAL;RUC;PAIS;LISTA",
        "EMPRESA INVENTADA S.A.;20123456781;PERU;OFAC",
        "OTRA INVENTADA SAC;20123456782;PERU;OFAC",
    )
    assert mapping["type"] == "entity_notice"
    assert mapping["fields"]["name"] == "RAZON SOCIAL"
    assert mapping["fields"]["documents[0].type"] == {"constant": "tax_id"}
    assert mapping["fields"]["documents[0].number"] == "RUC"


def test_both_sides_of_a_transfer_are_found(tmp_path: Path) -> None:
    _proposed, mapping = suggestion(
        tmp_path,
        "Nro Operación;Fecha Operación;Monto;Moneda;Banco Origen;Cuenta Origen;Banco Destino;Cuenta Destino",
        "1;15/03/2021;1.500,50;USD;BCP;19112345678012;BBVA;00110123456789012345",
        "2;16/03/2021;2.500,00;PEN;BCP;19112345678012;BBVA;00110123456789012345",
    )
    fields = mapping["fields"]
    assert mapping["type"] == "suspicious_flow"
    assert fields["transactions[0].from.account.number"] == "Cuenta Origen"
    assert fields["transactions[0].to.account.number"] == "Cuenta Destino"
    assert fields["transactions[0].to.account.institution"] == "Banco Destino"
