"""Every reading of every kind has a reason, and the explained things are those of the observers."""

import csv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise import OBSERVERS
from schemas.normalise.calibre import calibre
from schemas.normalise.maker import read_make
from schemas.normalise.reading import Readings, Why
from schemas.normalise.reasons import (
    explain_calibre,
    explain_lot,
    explain_make,
    explain_plate,
    explain_serial,
    explain_weapon,
)
from tests.support.identifier_strategies import CASES, digits, keys, labelled

WEAPON = {"kind": "firearm", "make": "Taurus", "type": "PISTOL"}
LOT = {"kind": "ammunition_lot", "make": "Indumil", "calibre": "9 mm"}
WORDS = [
    "S/N",
    "RASPADO",
    "CAL 38",
    "PLACA",
    "SERIE",
    "LOTE",
    "Y",
    "/",
    "?",
    "*",
    "DE CALI",
    "12345678",
]
marks = labelled("", ["SERIE", "PLACA"], []).flatmap(
    lambda label: st.builds(
        lambda letters, number, end: f"{label}{letters}{number}{end}",
        st.sampled_from(["", "TKX", "ABC", "ABC-", "AB?", "L-", "0"]),
        digits(2, 9),
        st.sampled_from(["", ".0", "?", "*", " CAL 38", " DE CALI", "/TKX55555", ";ABC124", "E+9"]),
    )
)
cells = st.one_of(
    marks,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.text("ABCXO012359 -./?*#_SN", max_size=16),
)  # fmt: skip


def assert_explained(readings: Readings, observations: Any) -> None:
    assert {(thing.issuer, thing.value, thing.certainty) for thing in readings.things} == keys(
        observations
    )
    assert all(thing.why for thing in readings.things)
    assert (readings.nothing_because is None) == bool(readings.things)


@given(cells, st.sampled_from(["Taurus", "Taurus rara", "", "HECHIZO"]))
def test_weapons_are_explained_as_they_are_observed(text: str, make: str) -> None:
    record = {**WEAPON, "serial": text, "make": make}
    assert_explained(explain_weapon(record), OBSERVERS["weapon"](record))


@given(cells, st.sampled_from(["Indumil", "Marca rara", ""]), st.sampled_from(["9 mm", "9.9x99"]))
def test_lots_are_explained_as_they_are_observed(text: str, make: str, size: str) -> None:
    record = {**LOT, "serial": text, "make": make, "calibre": size}
    assert_explained(explain_lot(record), OBSERVERS["weapon"](record))


@given(cells, st.sampled_from(["CO", "PE", "EC", "BO", "VE", ""]))
def test_plates_are_explained_as_they_are_observed(text: str, country: str) -> None:
    record = {"plate": text, "country": country or None}
    assert_explained(explain_plate(text, country), OBSERVERS["plate"](record))


def written_in(name: str) -> list[str]:
    path = CASES / name
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8").splitlines()
    with path.open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file, delimiter=";")]


@pytest.mark.parametrize(
    "name", ["calibres-read.csv", "makers-read.csv", "no-calibre.txt", "no-maker.txt"]
)
def test_makes_and_calibres_have_reasons(name: str) -> None:
    for text in written_in(name):
        for readings in (explain_make(text), explain_calibre(text)):
            assert all(thing.why for thing in readings.things)
            assert (readings.nothing_because is None) == bool(readings.things)
        assert tuple(thing.value for thing in explain_make(text).things) == read_make(text).names
        certain = [
            thing.value for thing in explain_calibre(text).things if thing.certainty == "certain"
        ]
        assert certain == ([calibre(text)] if calibre(text) else [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TKX12345", Why.AS_WRITTEN),
        ("SERIE N° TKX12345 CAL 38", Why.LABEL_REMOVED),
        ("TKX1?345", Why.UNREAD_POSITIONS),
        ("TKX12345 / TKX12346", Why.ONE_OF_SEVERAL),
        ("121212", Why.FILLER_LIKE),
    ],
)
def test_a_serial_says_why_it_is_read(text: str, why: Why) -> None:
    assert all(why in thing.why for thing in explain_serial(text).things)
    assert explain_serial(text).things


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("S/N", Why.NOTHING_WRITTEN),
        ("RASPADO CAL 38", Why.NOTHING_WRITTEN),
        ("1.2E+9", Why.DIGITS_LOST),
        ("PT92", Why.IS_MODEL),
        ("12345678", Why.FILLER_LIKE),
        ("12345678901234567", Why.OTHER_KIND),
        ("A1", Why.TOO_SHORT),
    ],
)
def test_a_serial_that_is_nothing_says_why(text: str, why: Why) -> None:
    assert explain_serial(text).nothing_because == why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"make": ""}, Why.MAKE_MISSING),
        ({"type": "UNKNOWN"}, Why.TYPE_UNKNOWN),
        ({"serial_state": "OBLITERATED"}, Why.NOT_LEGIBLE),
        ({"kind": "explosive"}, Why.NO_KEY),
        ({"model": "TKX12345"}, Why.IS_MODEL),
    ],
)
def test_a_weapon_that_is_no_thing_says_what_it_lacks(change: dict[str, str], why: Why) -> None:
    assert explain_weapon({**WEAPON, "serial": "TKX12345", **change}).nothing_because == why


@pytest.mark.parametrize(
    ("text", "country", "why"),
    [
        ("ABC123", "CO", Why.AS_WRITTEN),
        ("PLACA ABC-123 DE CALI", "CO", Why.LABEL_REMOVED),
        ("ABC123", "", Why.COUNTRY_UNKNOWN),
        ("ABCI23", "CO", Why.LOOK_ALIKE),
        ("AB?123", "CO", Why.UNREAD_POSITIONS),
        ("ABC0123", "CO", Why.OTHER_FORM),
        ("AAA111", "CO", Why.FILLER_LIKE),
    ],
)
def test_a_plate_says_why_it_is_read(text: str, country: str, why: Why) -> None:
    assert why in explain_plate(text, country).things[0].why
