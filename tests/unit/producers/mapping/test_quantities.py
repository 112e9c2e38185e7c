"""A number with its unit is read as number and unit; a unit that disagrees is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.mapping.number_text import number_readings
from producers.mapping.quantity_text import unit_words
from schemas.codes import code_lists
from tests.unit.producers.mapping.test_money import apply
from tests.unit.producers.mapping.test_numbers import read_by

CERTAIN = """
12,5 kg=12.5 kg|12.5 kg=12.5 kg|12KGS=12 kg|kg 12,5=12.5 kg|Kg. 12.5=12.5 kg|Peso: 12 Kg=12 kg
peso neto 12,5 kg=12.5 kg|500 gr.=500 g|500 gramos=500 g|3 gl=3 gal|3 galones=3 gal|20 l=20 l
250 cc=250 ml|30 m³=30 m3|30 m3=30 m3|1,5 tn=1.5 t|15 unidades=15 unit|15 uds.=15 unit|5 bidones=5 unit
15 cartuchos=15 unit|120 pastillas=120 tablet|10 ladrillos=10 package|30 hectáreas=30 ha|50 %=50 %
12 kilos de marihuana=12 kg|12 arrobas=12 arroba|12 bbl=12 bbl|doce kilos=12 kg|media tonelada=0.5 t
2½ kg=2.5 kg|dos kilos y medio=2.5 kg|kilo y medio=1.5 kg|12 kg 500 g=12.5 kg|½=0.5|una docena=12
12 kilos con 500 gramos=12.5 kg|1 gramo con 200 miligramos=1.2 g|2 docenas=24|1.25E+02=125
"""
POSSIBLE = """
12,500 kg=12.5 kg,12500 kg|12.500 gramos=12.5 g,12500 g|12 libras=12 lb|3 onzas=3 oz|1 1/2=1.5
3 sacos de 50 kg=150 kg|aprox. 12 kg=12 kg|12 kg aprox=12 kg|más de 500 gramos=500 g|1/2=0.5
entre 10 y 12 kg=10 kg,12 kg|10 kg a 12 kg=10 kg,12 kg|3/4=0.75|≈ 12 kg=12 kg
"""
NOTHING = """
kg|S/ 12 kg|12 kg y 3 pistolas|CC 79456123|T 123456|un 2005|3 de 5|15 de marzo de 2021|30 de mayo|12 L/día
PLACA ABC123|5/4|1/7|3 kg de 2 g|12 g 5 kg|12 kg 3 l|G 12|1,2E+03|1e6
"""
QUANTITY = {"items[0].quantity": {"column": "PESO", "steps": [{"number": ","}]}}


def expected_of(lines: str) -> list[tuple[str, set[str]]]:
    rows = [row for line in lines.strip("\n").split("\n") for row in line.split("|")]
    return [(row.partition("=")[0], set(row.partition("=")[2].split(","))) for row in rows]


def read(text: str) -> tuple[set[str], set[bool]]:
    readings = number_readings(text)
    shown = {f"{reading.value:g} {reading.unit}".strip() for reading in readings}
    return shown, {reading.is_certain for reading in readings}


@pytest.mark.parametrize(("lines", "is_certain"), [(CERTAIN, True), (POSSIBLE, False)])
def test_a_quantity_is_its_number_and_its_unit(lines: str, is_certain: bool) -> None:
    expected = [(text, values) for text, values in expected_of(lines)]
    wrong = [
        (text, read(text)) for text, values in expected if read(text) != (values, {is_certain})
    ]
    assert wrong == []


def test_what_is_no_single_quantity_is_no_number() -> None:
    texts = [text for text, _values in expected_of(NOTHING)]
    assert [(text, read(text)[0]) for text in texts if number_readings(text)] == []


def test_each_unit_is_of_the_code_list() -> None:
    assert unit_words().keys() <= code_lists()["unit"].codes.keys()


@given(
    st.decimals(0, 99_999, places=2).map(str),
    st.sampled_from([(w, unit) for unit, words in unit_words().items() for w in words]),
    st.sampled_from(["{} {}", "{}{}", "{} {}.", "{} ({})", "aprox. {} {}"]),
)
def test_a_unit_changes_no_number(number: str, unit: tuple[str, str], form: str) -> None:
    readings = number_readings(form.format(number, unit[0].lower()))
    assert {reading.value for reading in readings} == {float(number)}
    assert {reading.unit for reading in readings} == {unit[1]}


@pytest.mark.parametrize(
    ("fields", "cell", "item"),
    [
        ({}, "12,5 kg", {"quantity": 12.5, "unit": "kg"}),
        ({"items[0].unit": {"constant": "kg"}}, "12,5 kg", {"quantity": 12.5, "unit": "kg"}),
        ({"items[0].unit": {"constant": "kg"}}, "12,5", {"quantity": 12.5, "unit": "kg"}),
        ({}, "15 und.", {"quantity": 15.0, "unit": "unit"}),
    ],
)
def test_the_unit_of_the_text_fills_the_field_beside_it(
    fields: dict[str, Any], cell: str, item: dict[str, Any]
) -> None:
    payload, problems = apply({**QUANTITY, **fields}, {"PESO": cell})
    assert (payload["items"], problems) == ([item], [])


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("12,5 kg", "a quantity in g, as `unit` says, but its text names kg"),
        ("50 %", "a number without a unit; it names %"),
        ("5 bidones", "a quantity in g, as `unit` says, but its text names unit"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_unit_that_disagrees_is_an_error(cell: str, problem: str, is_first: bool) -> None:
    unit = {"items[0].unit": {"constant": "g"}}
    fields = {**unit, **QUANTITY} if is_first else {**QUANTITY, **unit}
    assert apply(fields, {"PESO": cell})[1] == [f"BAD_NUMBER items[0].quantity: {problem}"]


def test_a_field_without_a_unit_takes_counts_alone() -> None:
    fields = {"place.latitude": {"column": "LAT", "steps": [{"number": "."}]}}
    assert apply(fields, {"LAT": "4 und"})[0]["place"]["latitude"] == 4.0
    assert apply(fields, {"LAT": "4 kg"})[1] == [
        "BAD_NUMBER place.latitude: a number without a unit; it names kg"
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("15 und.", 15), ("15 unidades", 15), ("15 kg", "BAD_NUMBER"), ("15,5 und", "BAD_NUMBER")],
)
def test_a_whole_number_may_name_what_it_counts(cell: str, expected: object) -> None:
    assert read_by({"integer": True}, cell)[0] == expected
