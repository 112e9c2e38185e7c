"""Degrees as people write them, and points that cannot be in the country of their record."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.mapping.coordinates import doubt_point, read_degrees
from producers.mapping.place_codes import find_system, is_same_place

CASES = Path(__file__).parents[3] / "cases"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4° 36' 35\" N", 4.6097),
        ("74° 04' 54\" W", -74.0817),
        ("74°04'54''O", -74.0817),
        ("74º 04’ 54,3” Oeste", -74.0818),
        ("S 12° 2.5'", -12.0417),
        ("4.6097° N", 4.6097),
        ("12° Sur", -12.0),
    ],
)
def test_degrees_are_read_with_their_side(text: str, expected: float) -> None:
    assert read_degrees(text) == pytest.approx(expected, abs=0.0001)


@pytest.mark.parametrize(
    "text", ["4° 60' N", "4° 36' 75\" N", "N 4° S", "4 36 35 N", "4.6", "°", ""]
)
def test_another_form_is_no_reading(text: str) -> None:
    assert read_degrees(text) is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "words"),
    [
        (3.4516, -76.532, "CO", None),
        (12.58, -81.7, "CO", None),
        (-0.75, -90.3, "EC", None),
        (-12.05, -77.04, "", None),
        (-14.5, -79.9, "PE", None),
        (40.4, -3.7, "ES", None),
        (-76.532, 3.4516, "CO", "exchanged"),
        (3.4516, 76.532, "CO", "minus"),
        (12.05, -77.04, "PE", "minus"),
        (0.0, 0.0, "CO", "the point is not in CO"),
        (0.0, 0.0, "", "the point is not in BO, CO, EC, PE"),
        (40.4, -3.7, "CO", "the point is not in CO"),
    ],
)
def test_a_point_far_from_its_country_is_a_doubt(
    latitude: float, longitude: float, country: str, words: str | None
) -> None:
    doubt = doubt_point(latitude, longitude, country)
    if words is None:
        assert doubt is None
    else:
        assert doubt is not None
        assert words in doubt.in_language("en")


def test_the_case_tells_its_points_and_reads_its_degrees(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        mapping_group,
        [
            *("check", str(CASES / "32-coordinates.csv"), "--json", "--rows", "6"),
            *("--mapping", str(CASES / "32-mapping.toml")),
        ],
        obj=load({"QUIPU_HOME": str(tmp_path)}),
    )
    content = json.loads(done.output)
    assert [notice["line"] for notice in content["notices"]] == [3, 4, 5]
    assert {notice["code"] for notice in content["notices"]} == {"BAD_NUMBER"}
    assert {notice["column"] for notice in content["notices"]} == {"LAT, LON"}
    points = [event["payload"]["place"] for event in content["samples"]]
    assert [
        (problem["line"], problem["code"], problem["seen"]) for problem in content["problems"]
    ] == [(6, "UNKNOWN_PLACE", "La Estrella ≠ CALI")]
    assert points[4]["latitude"] == pytest.approx(4.6097, abs=0.0001)
    assert points[4]["longitude"] == pytest.approx(-74.0817, abs=0.0001)
    assert done.exit_code == 1


def test_towns_are_known_by_the_names_that_people_use() -> None:
    pairs = (
        ("San José de Cúcuta", "CUCUTA"),
        ("San Andrés de Tumaco", "Tumaco"),
        ("Santiago de Cali", "CALI (CT)"),
        ("Cartagena de Indias", "CARTAGENA"),
        ("Puerto Leguízamo", "LEGUIZAMO"),
    )
    for official, written in pairs:
        assert is_same_place(official, written), written
    for official, written in (("Norte de Santander", "SANTANDER"), ("La Estrella", "CALI")):
        assert not is_same_place(official, written), written


def test_the_municipalities_of_colombia_are_those_of_dane() -> None:
    rows = find_system("dane").rows
    municipalities = [code for code in rows if len(code) == 5]
    assert len(municipalities) > 1_100
    assert all(rows[code][0] == rows[code[:2]][0] for code in municipalities)
    assert [rows[code][1] for code in ("05380", "11001", "52835", "76001")] == [
        *("La Estrella", "Bogotá", "San Andrés de Tumaco", "Cali")
    ]
