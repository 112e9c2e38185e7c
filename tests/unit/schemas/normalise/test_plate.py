"""Plates as officers write them: labels, cities, look-alike letters, several in a cell."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.normalise import plate
from schemas.observation import Observation
from tests.support.cases import read_lines, read_rows

CASES = {row["REF"]: (row["PAIS"], row["PLACA"]) for row in read_rows("12-plates.csv")}
LETTERS = "ACDEFHJKMNPRTUVWXY"  # letters that are taken for no digit
BEFORE = [
    *("", "PLACA ", "PLACA: ", "Placa N° ", "PLACAS ", "PLACA No. ", "PL. ", "PLACA", "placa-"),
    *("MOTO ", "CAMIONETA TOYOTA HILUX ", "VEHICULO DE PLACA ", "PLACA DE RODAJE "),
]
BEHIND = ["", " BOGOTA", " (CALI)", " DE LIMA", " COLOR ROJO", ".0", " QUITO", " - LA PAZ"]
SEPARATORS = ["", "-", " ", " - ", "--", "'"]
UNREAD = ["?", "*", "_", "#"]
LOOKS = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G"}


def observe(country: str | None, text: str) -> set[tuple[str, str, str]]:
    things = plate.observe({"country": country, "plate": text})
    return {(thing.issuer, thing.value, thing.certainty) for thing in things}


def certain(things: set[tuple[str, str, str]]) -> set[tuple[str, str]]:
    return {thing[:2] for thing in things if thing[2] == "certain"}


def values(things: set[tuple[str, str, str]]) -> set[tuple[str, str]]:
    return {thing[:2] for thing in things}


def _form(country: str, form: str) -> st.SearchStrategy[tuple[str, str]]:
    signs = [st.sampled_from(LETTERS if sign in "AX" else "1234567890") for sign in form]
    return st.tuples(*signs).map(lambda parts: (country, "".join(parts)))


clean_plates = st.one_of(
    _form("CO", "AAA999"), _form("EC", "AAA9999"), _form("BO", "9999AAA"), _form("PE", "AXX999"),
    _form("CO", "AAA99A"),
).filter(lambda both: certain(observe(*both)) == {both})  # fmt: skip


@pytest.mark.parametrize("ref", ["0", "1", "2"])
def test_a_label_or_a_city_is_no_part_of_a_plate(ref: str) -> None:
    assert observe(*CASES[ref]) == {("CO", "ABC123", "certain")}


def test_look_alike_letters_give_possible_plates() -> None:
    assert observe(*CASES["3"]) >= {("CO", "ABC123", "possible")}
    assert observe(*CASES["4"]) == {("CO", "ABC12O", "possible"), ("CO", "ABC120", "possible")}
    assert observe(*CASES["7"]) >= {("BO", "1234ABC", "possible")}
    assert not certain(observe(*CASES["3"])) | certain(observe(*CASES["7"]))


def test_two_plates_in_a_cell_are_two() -> None:
    assert observe(*CASES["5"]) == {("CO", "ABC123", "certain"), ("CO", "XYZ789", "certain")}


def test_a_plate_of_peru_with_its_label_is_certain() -> None:
    assert observe(*CASES["6"]) == {("PE", "A1B234", "certain")}


@pytest.mark.parametrize("ref", ["8", "9"])
def test_a_permit_and_a_plate_of_no_form_are_not_certain(ref: str) -> None:
    assert certain(observe(*CASES[ref])) == set()


def test_another_country_next_to_a_plate_makes_both_possible() -> None:
    assert observe("CO", "ABC123 PERUANA") == {
        ("CO", "ABC123", "possible"),
        ("PE", "ABC123", "possible"),
    }


@given(clean_plates, st.sampled_from(BEFORE), st.sampled_from(BEHIND), st.data())
def test_a_clean_plate_in_any_label_and_damage_is_itself_or_possible(
    both: tuple[str, str], before: str, behind: str, data: st.DataObject
) -> None:
    country, mark = both
    assume(behind != ".0" or mark[-1].isdigit())
    place = next(n for n in range(1, len(mark)) if mark[n].isdigit() != mark[n - 1].isdigit())
    separator = data.draw(st.sampled_from(SEPARATORS))
    written = f"{before}{mark[:place]}{separator}{mark[place:]}{behind}"
    things = observe(country, written.lower() if data.draw(st.booleans()) else written)
    assert certain(things) <= {both}
    assert both in values(things) or "XXX" in mark, "three X apart are a hidden part"


@given(clean_plates, st.data())
def test_a_look_alike_never_makes_another_certain_plate(
    both: tuple[str, str], data: st.DataObject
) -> None:
    country, mark = both
    places = [n for n, sign in enumerate(mark) if sign in LOOKS and (country != "PE" or n > 2)]
    assume(places)
    place = data.draw(st.sampled_from(places))
    things = observe(country, mark[:place] + LOOKS[mark[place]] + mark[place + 1 :])
    assert certain(things) == set()
    assert both in values(things)


@given(clean_plates, st.sampled_from(UNREAD), st.data())
def test_an_unread_position_may_be_what_stood_there(
    both: tuple[str, str], sign: str, data: st.DataObject
) -> None:
    country, mark = both
    place = data.draw(st.integers(0, len(mark) - 1))
    things = observe(country, mark[:place] + sign + mark[place + 1 :])
    assert certain(things) == set()
    assert both in values(things) or "XXX" in mark, "three X apart are a hidden part"


@given(st.lists(clean_plates, min_size=2, max_size=4, unique=True), st.sampled_from(",;/\n"))
def test_several_plates_in_a_cell_are_themselves(plates: list[tuple[str, str]], sign: str) -> None:
    country = plates[0][0]
    same = {both for both in plates if both[0] == country}
    assert certain(observe(country, f" {sign} ".join(mark for _, mark in sorted(same)))) == same


@pytest.mark.parametrize("country", ["CO", "PE", "EC", "BO", None])
def test_what_is_no_plate_is_never_certain(country: str | None) -> None:
    wrong: list[tuple[str, set[str]]] = []
    for text in read_lines("no-certain-plate.txt"):
        allowed = {country} if text in FORMS_OF_OTHERS else set()
        issuers = {thing[0] for thing in certain(observe(country, text))}
        wrong += [(text, issuers)] if issuers - allowed else []
    assert wrong == []


FORMS_OF_OTHERS = {"ABC 1 2 E", "ABC12", "ABCI23", "ABC12O", "A8C123", "AB0123", "ABC12345"}
"""Marks of the list that are plates of another country than the one they were listed for."""


def test_the_list_is_long() -> None:
    assert len(set(read_lines("no-certain-plate.txt"))) >= 300


@given(st.text("ABC123I0O -/.?*#,;PLACN°", max_size=20), st.sampled_from(["CO", "PE", "BR", None]))
def test_a_record_is_never_more_plates_than_were_counted(text: str, country: str | None) -> None:
    record = {"plate": text, "country": country}
    legible: list[Observation] = plate.observe_legible(record)
    assert len(legible) == plate.count(record)
    assert len(plate.observe(record)) <= plate.count(record) + plate.count_unread(record)
    assert {thing.value for thing in legible} <= {thing.value for thing in plate.observe(record)}


@pytest.mark.parametrize(
    ("written", "certainty"),
    [
        ("IMO 9074729", "certain"),
        ("I.M.O. N° 9074729", "certain"),
        ("Buque tanquero IMO:9074729 bandera Panamá", "certain"),
        ("IMO9074729", "certain"),
        ("IMO 9074721", "possible"),
    ],
)
@pytest.mark.parametrize("country", ["CO", "PA", None])
def test_a_ship_is_known_by_its_number_under_every_flag(
    written: str, certainty: str, country: str | None
) -> None:
    number = "".join(filter(str.isdigit, written.replace("N°", "")))
    things = plate.observe({"plate": written, "country": country, "kind": "boat"})
    assert [(thing.issuer, thing.value, thing.certainty) for thing in things] == [
        ("IMO", number, certainty)
    ]


@pytest.mark.parametrize("written", ["IMO 0000000", "IMO 907472", "IMO", "SIMO 9074729"])
def test_a_number_that_is_no_ships_is_none(written: str) -> None:
    things = plate.observe({"plate": written, "country": "PA", "kind": "boat"})
    assert all(thing.issuer != "IMO" for thing in things)


def test_a_number_alone_may_be_a_ships_in_the_record_of_a_boat() -> None:
    things = plate.observe({"plate": "9074729", "country": "PA", "kind": "boat"})
    assert ("IMO", "9074729", "possible") in {
        (thing.issuer, thing.value, thing.certainty) for thing in things
    }
