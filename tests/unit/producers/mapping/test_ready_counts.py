"""The ready mappings of counts keep them counts: their sum, period, place and crime, and no things.

The files have the shape that the offices publish; those of Colombia's thefts and of Peru are
excerpts of the published ones.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from schemas.event.event_type import event_type
from tests.unit.producers.mapping.test_ready_mappings import DATA, checked

HOMICIDES = DATA / "co-homicidios.csv"


def homicide_workbook(folder: Path) -> Path:
    """Write the homicides as the police's workbook does: titles above, a total and a note below."""
    with HOMICIDES.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file, delimiter=";"))
    sheet = Workbook()
    page = sheet.active
    assert page is not None
    for title in ("MINISTERIO DE DEFENSA NACIONAL", "POLICÍA NACIONAL", "HOMICIDIOS", None):
        page.append([title])
    page.append(header)
    for row in rows[:-1]:
        day, month, year = map(int, row[4].split("/"))
        page.append([*row[:4], date(year, month, day), *row[5:7], int(row[7])])
    page.append(["TOTAL", None, None, None, None, None, None, int(rows[-1][7])])
    page.append(["Fuente: SIEDCO. Información extraída el 15 de marzo de 2021"])
    path = folder / "homicidios.xlsx"
    sheet.save(path)
    return path


def samples_of(folder: Path, file: str, mapping: str) -> list[dict[str, Any]]:
    content = checked(folder, file, mapping)
    assert content["problems"] == []
    assert content["type"] == "crime_statistic"
    samples: list[dict[str, Any]] = content["samples"]
    return samples


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_homicides_of_colombia_are_counts_of_victims_in_each_form(
    tmp_path: Path, form: str
) -> None:
    file = str(homicide_workbook(tmp_path)) if form == "xlsx" else f"co-homicidios.{form}"
    content = checked(tmp_path, file, f"co-ponal-homicidios-{form}")
    assert (content["type"], content["good"], content["problems"]) == ("crime_statistic", 4, [])
    first = content["samples"][0]
    assert first["payload"] == {
        "measure": "VICTIMS",
        "count": 1,
        "offence": "Homicidio",
        "means": "ARMA DE FUEGO",
        "sex": "M",
        "age_group": "ADULTOS",
        "place": {"municipality": "Medellín", "municipality_code": "05001"},
    }
    envelope = first["envelope"]
    assert (envelope["crime"], envelope["subdivision"]) == ("0101", "CO-ANT")
    assert (envelope["occurred_from"], envelope["occurred_precision"]) == (1609477200000, "day")


def test_thefts_of_vehicles_are_counts_with_their_sum(tmp_path: Path) -> None:
    samples = samples_of(tmp_path, "co-hurto-vehiculos.csv", "co-ponal-hurto-vehiculos")
    assert all(sample["envelope"]["crime"] == "05021" for sample in samples)
    assert {sample["payload"]["measure"] for sample in samples} == {"INCIDENTS"}
    content = checked(tmp_path, "co-hurto-vehiculos.csv", "co-ponal-hurto-vehiculos")
    assert content["good"] == 25


def test_complaints_of_peru_have_year_crime_and_department_and_no_date_of_download(
    tmp_path: Path,
) -> None:
    samples = samples_of(tmp_path, "pe-mpfn-delitos.csv", "pe-mpfn-delitos")
    counts = {sample["payload"]["offence"]: sample["payload"]["count"] for sample in samples}
    assert counts["Hurto de ganado"] == 137
    crimes = {
        sample["payload"]["offence_group"].split(" / ")[1]: sample["envelope"]["crime"]
        for sample in samples
    }
    assert crimes["ABIGEATO"] == "05025"
    for sample in samples:
        envelope = sample["envelope"]
        assert (envelope["occurred_precision"], envelope["subdivision"]) == ("year", "PE-LAM")
        assert envelope["occurred_from"] == 1546318800000


def test_reported_crimes_of_ecuador_have_month_and_canton(tmp_path: Path) -> None:
    first, second, third = samples_of(
        tmp_path, "ec-fiscalia-noticias.csv", "ec-fiscalia-noticias-delito"
    )
    assert [item["payload"]["count"] for item in (first, second, third)] == [3, 41, 120]
    assert [item["envelope"]["crime"] for item in (first, second, third)] == [
        "0101",
        "0401",
        "0000",
    ]
    assert second["payload"]["place"] == {"municipality": "Tulcán", "municipality_code": "0401"}
    assert {item["envelope"]["occurred_precision"] for item in (first, second, third)} == {"month"}


def test_a_count_names_no_thing_and_no_person() -> None:
    kind = event_type("crime_statistic")
    text = json.dumps(kind.format.definition)
    assert '"observed"' not in text
    assert '"trait"' not in text


def test_entities_vessels_and_aircraft_of_lists_are_no_persons(tmp_path: Path) -> None:
    company, vessel, aircraft = checked(tmp_path, "ofac-sdn.xml", "ofac-sdn-entities")["samples"]
    assert company["payload"]["documents"] == [
        {"country": "CO", "type": "tax_id", "number": "800555111-1"}
    ]
    assert company["payload"]["countries"] == ["CO", "PA"]
    assert vessel["payload"]["vehicles"] == [
        {"kind": "boat", "country": "PA", "plate": "IMO 9000001"}
    ]
    assert aircraft["payload"]["vehicles"] == [
        {"kind": "aircraft", "country": "CO", "plate": "HK-0001X"}
    ]
    (entity,) = checked(tmp_path, "un-consolidated-list.xml", "un-consolidated-list-entities")[
        "samples"
    ]
    assert entity["payload"]["aliases"] == ["Inventada", "La Inventada", "Inventos"]
    assert (entity["payload"]["valid_from"], entity["payload"]["countries"]) == (
        "2002-01-11",
        ["EC"],
    )


def test_a_goaml_report_is_one_event_with_its_transactions(tmp_path: Path) -> None:
    content = checked(tmp_path, "goaml-str.xml", "goaml-str")
    assert (content["good"], content["problems"]) == (1, [])
    payload = content["samples"][0]["payload"]
    assert payload["source_reference"] == "1042/ROS-2018-0031"
    assert payload["report"]["indicators"] == ["ML-01", "ML-14"]
    first, second = payload["transactions"]
    assert (first["amount"], first["currency"], first["transmode"]) == (9800.5, "PEN", "cash")
    assert first["from"]["person"]["document"] == {"type": "national_id", "number": "40112233"}
    assert second["from"]["account"]["number"] == first["to"]["account"]["number"]
    assert second["to"]["entity"] == "Importadora El Illimani SRL"
