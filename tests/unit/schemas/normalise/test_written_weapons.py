"""Weapons and lots as officers write them: labels, damage, several in a cell, nothing at all."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.normalise import weapon
from schemas.normalise.calibre import is_calibre
from schemas.normalise.serial import serial, serials
from schemas.observation import Observation
from tests.support.cases import read_lines, read_rows

PLAIN = "ACDEFHJKLMNPQRTUVWXY"  # letters that are confused with no digit
PISTOL = {"kind": "firearm", "type": "PISTOL", "make": "Taurus", "calibre": ".38"}
BOX = {"kind": "ammunition_lot", "make": "CBC", "calibre": "9 mm"}
TKX12345, TKX12346 = "TKX12345|TAURUS|PISTOL", "TKX12346|TAURUS|PISTOL"
UNREAD = ["?", "*", "_", "#", ".", "¿", "\N{REPLACEMENT CHARACTER}", "•"]
BEFORE = [
    *("", "SERIE ", "SERIE: ", "Serie N° ", "SERIE Nº", "No. ", "NRO. ", "N° ", "SERIAL "),
    *("Número de serie ", "NUMERO DE SERIE: ", "S/N ", "SERIE-", "SERIE", "Serie del arma "),
    *("PISTOLA ", "PISTOLA TAURUS ", "PISTOLA TAURUS SERIE ", "CAL 38 ", "ARMA N° ", "TAURUS "),
]
BEHIND = [
    *("", " CAL 38", " CAL. .38", " (9MM)", " 9MM", " 38 SPL", ", CALIBRE 9 MM", " TAURUS"),
    *(" MARCA TAURUS", " MODELO PT92", " (TAURUS)", " CON PROVEEDOR", " .38", " BRASIL", ".0"),
]
LOT_BEFORE = ["", "LOTE ", "LOTE N° ", "Lote: ", "LOT ", "LOTE No. ", "lote-", "LOTE"]
LOT_BEHIND = ["", " CAL 9MM", " (9MM)", " 9MM", " CBC", ", 50 CARTUCHOS", " MARCA CBC", ".0"]

digits = st.text("123456789", min_size=4, max_size=8)
prefixes = st.text(PLAIN, max_size=3)
clean_serials = st.builds("{}{}".format, prefixes, digits).filter(
    lambda mark: serial(mark) == (mark, "certain", ()) and "XXX" not in mark
)
separators = st.sampled_from(["", "-", " ", " - ", "/", "--", "'"])


def things(**changes: Any) -> list[Observation]:
    return weapon.observe({**PISTOL, **changes})


def certain(observations: list[Observation]) -> set[str]:
    return {thing.value for thing in observations if thing.certainty == "certain"}


def values(observations: list[Observation]) -> set[str]:
    return {thing.value for thing in observations}


@pytest.mark.parametrize("row", read_rows("07-serial-words-with-calibre.csv"))
def test_words_with_a_calibre_or_a_number_are_no_serial(row: dict[str, str]) -> None:
    assert things(serial=row["SERIE"], calibre=row["CAL"]) == []


SERIALS = {row["REF"]: row["SERIE"] for row in read_rows("08-serial-labels-and-several.csv")}


@pytest.mark.parametrize("ref", ["0", "1", "2", "3", "4", "5", "6", "7", "9"])
def test_a_label_calibre_or_make_is_no_part_of_a_serial(ref: str) -> None:
    (thing,) = things(serial=SERIALS[ref])
    assert (thing.value, thing.certainty) == (TKX12345, "certain")


def test_two_serials_in_a_cell_are_two_weapons() -> None:
    assert [(thing.value, thing.certainty) for thing in things(serial=SERIALS["8"])] == [
        (TKX12345, "certain"),
        (TKX12346, "certain"),
    ]


def test_every_sign_for_an_unread_position_is_one() -> None:
    unread = things(serial="TKX12?45")
    assert {thing.certainty for thing in unread} == {"possible"}
    assert things(serial=SERIALS["10"]) == unread
    for sign in UNREAD:
        assert values(unread) <= values(things(serial=f"TKX12{sign}45"))
        assert certain(things(serial=f"TKX12{sign}45")) == set()


@pytest.mark.parametrize("ref", ["11", "12"])
def test_repeated_and_ascending_digits_are_no_serial(ref: str) -> None:
    assert things(serial=SERIALS[ref]) == []


@given(clean_serials, st.sampled_from(BEFORE), st.sampled_from(BEHIND), separators, st.booleans())
def test_a_clean_serial_in_any_label_and_damage_is_itself_or_possible(
    mark: str, before: str, behind: str, separator: str, small: bool
) -> None:
    assume(before != "SERIE" or behind != ".0")
    assume(mark[0].isalpha() or " " not in separator)  # 55 - 45 may be two calibres
    place = next((n for n, letter in enumerate(mark) if letter.isdigit()), 0) or len(mark) // 2
    assume(not is_calibre(f"{mark[:place]}{separator}{mark[place:]}"))  # 12/76
    written = f"{before}{mark[:place]}{separator}{mark[place:]}{behind}"
    observed = things(serial=written.lower() if small else written)
    expected = f"{mark}|TAURUS|PISTOL"
    assert certain(observed) <= {expected}
    assert expected in values(observed)


@given(clean_serials, st.sampled_from(UNREAD), st.data())
def test_an_unread_position_never_makes_another_certain_serial(
    mark: str, sign: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(mark) - 2))
    observed = things(serial=mark[:place] + sign + mark[place + 1 :])
    assert certain(observed) == set()
    assert not observed or f"{mark}|TAURUS|PISTOL" in values(observed)


@given(st.lists(clean_serials, min_size=2, max_size=4, unique=True), st.sampled_from("; , Y \n"))
def test_several_serials_in_a_cell_are_never_another_certain_one(
    marks: list[str], sign: str
) -> None:
    separator = {" ": " / ", "Y": " Y "}.get(sign, f"{sign} ")
    observed = things(serial=separator.join(marks))
    assert certain(observed) <= {f"{mark}|TAURUS|PISTOL" for mark in marks}
    if all(len(mark) >= 5 for mark in marks):
        assert {f"{mark}|TAURUS|PISTOL" for mark in marks} <= values(observed)


@pytest.mark.parametrize("changes", [{}, {"calibre": "9 mm", "model": "PT 92"}])
def test_what_is_no_serial_is_never_certain(changes: dict[str, str]) -> None:
    texts = read_lines("no-certain-serial.txt")
    assert [text for text in texts if certain(things(serial=text, **changes))] == []


def test_what_is_no_lot_is_never_certain() -> None:
    texts = read_lines("no-certain-lot.txt")
    assert [text for text in texts if certain(weapon.observe({**BOX, "serial": text}))] == []


@pytest.mark.parametrize("name", ["no-certain-serial.txt", "no-certain-lot.txt"])
def test_the_lists_are_long(name: str) -> None:
    assert len(set(read_lines(name))) >= 300


@given(
    st.builds("{}{}".format, st.text("ABCDEFGH", min_size=1, max_size=2), digits),
    st.sampled_from(LOT_BEFORE),
    st.sampled_from(LOT_BEHIND),
    separators,
    st.booleans(),
)
def test_a_clean_lot_in_any_label_and_damage_is_itself_or_possible(
    lot: str, before: str, behind: str, separator: str, small: bool
) -> None:
    place = next(n for n, letter in enumerate(lot) if letter.isdigit())
    written = f"{before}{lot[:place]}{separator}{lot[place:]}{behind}"
    observed = weapon.observe({**BOX, "serial": written.lower() if small else written})
    clean = weapon.observe({**BOX, "serial": lot})
    assert certain(observed) <= {f"{lot}|CBC|9X19"}
    assert values(clean) <= values(observed)


def test_a_lot_of_an_unknown_calibre_is_possible() -> None:
    assert [
        thing.certainty
        for thing in weapon.observe({**BOX, "serial": "AB123987", "calibre": "6.2 FANTASIA"})
    ] == ["possible"]


def test_a_make_in_doubt_is_possible_with_both_readings() -> None:
    observed = things(serial="TKX12345", make="TAURUS ZUMBA")
    assert {(thing.value, thing.certainty) for thing in observed} == {
        (TKX12345, "possible"),
        ("TKX12345|TAURUSZUMBA|PISTOL", "possible"),
    }


def test_a_calibre_that_is_not_in_the_table_is_no_trait() -> None:
    (thing,) = things(serial="TKX12345", calibre="6.2 FANTASIA")
    assert (thing.certainty, thing.traits) == ("certain", {})


@given(st.text("TKX12345 /.-?*#_…,;YNSº°()CAL", max_size=24), st.sampled_from(["Taurus", "FAL X"]))
def test_a_record_is_never_more_things_than_were_counted(text: str, make: str) -> None:
    record = {**PISTOL, "serial": text, "make": make}
    assert len(weapon.observe_legible(record)) <= weapon.count(record)
    assert len(weapon.observe(record)) <= weapon.count(record) + weapon.count_unread(record)
    assert {thing.value for thing in weapon.observe_legible(record)} <= values(
        weapon.observe(record)
    )


def test_a_serial_in_a_cell_of_several_is_listed_in_order() -> None:
    assert [reading.normal for reading in serials("TKX12346; TKX12345")] == [
        "TKX12346",
        "TKX12345",
    ]


def test_words_behind_a_serial_make_no_other_certain_serial() -> None:
    words = (
        "SIC|(SIC)|POCO LEGIBLE|DE FABRICACION BRASILERA|MAL ESTADO|EN ARMAZON|BUEN ESTADO"
        "|LADO DERECHO|SEMI BORRADO|SEMIBORRADO|(SEMI LIMADO)"
    )
    for behind in words.split("|"):
        read = serial(f"TKX12345 {behind}")
        assert read.certainty == "possible", behind
        assert "TKX12345" in read.candidates, behind
    assert set(serial("S/TKX12345").candidates) == {"5TKX12345", "TKX12345"}
