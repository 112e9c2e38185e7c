"""Whole numbers in Spanish words are read as officers write them; a sentence is no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.mapping.number_text import number_readings
from producers.mapping.number_words import read_number_words

_SMALL = (
    "uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|"
    "diecisiete|dieciocho|diecinueve|veinte|veintiuno|veintidós|veintitrés|veinticuatro|"
    "veinticinco|veintiséis|veintisiete|veintiocho|veintinueve"
)
_TENS = "treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
_HUNDREDS = (
    "ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|"
    "novecientos"
)


def _pick(words: str, index: int) -> str:
    return words.split("|")[index]


def _spelled_below_thousand(number: int) -> str:
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [_pick(_HUNDREDS, hundreds - 1)] if hundreds else []
    if rest > 29:
        words.append(_pick(_TENS, tens - 3) + (f" y {_pick(_SMALL, units - 1)}" if units else ""))
    elif rest:
        words.append(_pick(_SMALL, rest - 1))
    return " ".join(words)


def _spelled(number: int) -> str:
    if number >= 1_000_000:
        millions, rest = divmod(number, 1_000_000)
        head = "un millón" if millions == 1 else f"{_spelled(millions)} millones"
        return f"{head} {_spelled(rest)}".strip() if rest else head
    thousands, rest = divmod(number, 1_000)
    head = "" if not thousands else "mil" if thousands == 1 else f"{_spelled(thousands)} mil"
    return f"{head} {_spelled_below_thousand(rest)}".strip()


@given(st.integers(1, 10**12 - 1), st.sampled_from([str.upper, str.lower, str.title]))
def test_every_number_is_read_from_its_words(number: int, in_capitals: object) -> None:
    assert callable(in_capitals)
    assert read_number_words(in_capitals(_spelled(number))) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("cero", 0),
        ("un", 1),
        ("UNA", 1),
        ("veintidos", 22),
        ("veintiún", 21),
        ("diez y seis", 16),
        ("ciento veinte y cinco", 125),
        ("quinientas", 500),
        ("  treinta   y   una ", 31),
        ("un mil", 1_000),
        ("TRES (03)", 3),
        ("veinticinco mil pesos", 25_000),
        ("Un millón de pesos", 1_000_000),
    ],
)
def test_spellings_that_officers_use_are_read(written: str, number: int) -> None:
    assert [reading.value for reading in number_readings(written)] == [number]


def test_a_sum_in_words_keeps_its_currency() -> None:
    (reading,) = number_readings("Dos mil quinientos soles")
    assert (reading.value, reading.currency, reading.is_certain) == (2_500.0, "PEN", True)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "y",
        "dos y",
        "y dos",
        "dos y tres",
        "dos tres",
        "mil mil",
        "dos docenas",
        "cien y uno",
        "millón",
        "unos",
        "cero uno",
        "veinte diez",
        "dos (3)",
        "dos (tres)",
        "San Miguel",
        "pesos",
        "mil soles y dólares",
        "Tres Ríos",
        "dos Ríos",
    ],
)
def test_other_words_are_no_number(written: str) -> None:
    assert read_number_words(written) is None
    assert number_readings(written) == []
