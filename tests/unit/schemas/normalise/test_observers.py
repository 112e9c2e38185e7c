"""Documents, accounts, phones, handsets, plates, ammunition lots: one key for one thing however it
is written, another for another.
"""

import re
from typing import Any

import pytest
import stdnum.luhn
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.co import nit
from stdnum.ec import ci
from stdnum.ec import ruc as ec_ruc
from stdnum.pe import cui
from stdnum.pe import ruc as pe_ruc

from schemas.normalise import (
    BOUNDS,
    COUNT_UNREAD,
    COUNTERS,
    OBSERVERS,
    account,
    check_digits,
    document,
    imei,
    phone,
    plate,
    weapon,
)
from schemas.normalise.nothing import find_nothing
from schemas.normalise.reading import JOINT
from schemas.observation import Observation

Keys = set[tuple[str, str, str]]


def keys(observations: list[Observation]) -> Keys:
    return {(thing.issuer, thing.value, thing.certainty) for thing in observations}


def of_document(country: str | None, type_: str | None, number: str) -> Keys:
    return keys(document.observe({"country": country, "type": type_, "number": number}))


def of_plate(country: str | None, number: str) -> Keys:
    return keys(plate.observe({"country": country, "plate": number}))


def of_phone(number: str, country: str | None = None) -> Keys:
    return keys(phone.observe({"number": number, "country": country}))


def of_account(number: str, country: str | None = None, institution: str | None = None) -> Keys:
    return keys(account.observe({"number": number, "country": country, "institution": institution}))


def of_lot(**changes: str) -> Keys:
    return keys(
        weapon.observe(
            {
                "kind": "ammunition_lot",
                "serial": "L-0517",
                "make": "Indumil",
                "calibre": "9 mm",
                **changes,
            }
        )
    )


@st.composite
def written(draw: st.DrawFn, marks: st.SearchStrategy[str]) -> tuple[str, str]:
    """A mark, and the same with spaces, dots, dashes and small letters put in."""
    mark = draw(marks)
    gaps = draw(
        st.lists(
            st.sampled_from(["", "", " ", ".", "-", "/"]), min_size=len(mark), max_size=len(mark)
        )
    )
    small = draw(st.booleans())
    text = "".join(letter + gap for letter, gap in zip(mark, gaps, strict=True))
    return mark, f" {text.lower() if small else text} "


def digits(low: int, high: int | None = None) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=low, max_size=high or low)


letters = st.text("ABCDEFGHJKLMNPRSTUVWXYZ", min_size=3, max_size=3)
ec_numbers = st.builds(
    lambda province, third, rest: (
        (base := f"{province:02}{third}{rest}") + stdnum.luhn.calc_check_digit(base)
    ),
    st.integers(1, 24), st.integers(0, 5), digits(6),
)  # fmt: skip
imeis = digits(14).map(lambda base: base + stdnum.luhn.calc_check_digit(base))
plates = st.one_of(
    st.tuples(st.just("CO"), st.builds("{}{}".format, letters, digits(3))),
    st.tuples(st.just("EC"), st.builds("{}{}".format, letters, digits(4))),
    st.tuples(st.just("BO"), st.builds("{1}{0}".format, letters, digits(4))),
)
cards = st.one_of(
    st.tuples(st.just("PE"), digits(8)),
    st.tuples(
        st.just("CO"), st.one_of(digits(7, 8), digits(10)).map(lambda number: "1" + number[1:])
    ),
    st.tuples(st.just("BO"), digits(6, 7).map(lambda number: "5" + number[1:])),
    st.tuples(st.just("EC"), ec_numbers),
)


# -- check digits
# ------------------------------------------------------------------------------


@given(st.one_of(digits(10), ec_numbers))
def test_ecuadors_cedula_is_checked_as_the_library_does(number: str) -> None:
    assert check_digits.ec_cedula(number) == ci.is_valid(number)


@given(
    st.one_of(
        digits(13),
        ec_numbers.map(lambda number: number + "001"),
        digits(10).map(lambda number: "179" + number),
    )
)
def test_ecuadors_ruc_is_checked_as_the_library_does(number: str) -> None:
    assert check_digits.ec_ruc(number) == ec_ruc.is_valid(number)


@given(st.sampled_from(["10", "15", "17", "20", "30"]), digits(8), st.sampled_from("0123456789"))
def test_perus_ruc_is_checked_as_the_library_does(kind: str, number: str, check: str) -> None:
    assert check_digits.pe_ruc(kind + number + check) == pe_ruc.is_valid(kind + number + check)


@given(digits(8), st.sampled_from("0123456789ABCDEFGHIJK"))
def test_a_dnis_check_is_that_of_the_library(number: str, check: str) -> None:
    assert check_digits.pe_dni(number, check) == cui.is_valid(number + check)


@given(digits(7, 10), st.sampled_from("0123456789"))
def test_a_nits_check_is_that_of_the_library(number: str, check: str) -> None:
    assert check_digits.co_nit(number, check) == nit.is_valid(number + check)


# -- plates
# ------------------------------------------------------------------------------


@given(st.data())
def test_a_plate_is_one_however_it_is_written(data: st.DataObject) -> None:
    country, mark = data.draw(plates)
    _, text = data.draw(written(st.just(mark)))
    text = text.replace(".", "-").replace("/", "-")  # may be an unread position, or part two
    matches = of_plate(country, mark)
    assume({key[2] for key in matches} == {"certain"})  # no filler such as AAA000
    assume(not find_nothing(text))  # NUL 001
    assert of_plate(country, text) == matches
    assert matches == {(country, mark, "certain")}


@given(letters, digits(3), st.permutations(["BO", "CO", "EC", "PE", "AR"]))
def test_equal_plates_of_two_countries_are_two_things(
    front: str, number: str, countries: list[str]
) -> None:
    item, two = (of_plate(country, front + number) for country in countries[:2])
    certain = {key[:2] for key in item if key[2] == "certain"} & {
        key[:2] for key in two if key[2] == "certain"
    }
    assert not certain


def test_plates_by_country() -> None:
    assert of_plate("CO", "abc-12d") == {("CO", "ABC12D", "certain")}
    assert of_plate("EC", "PBA-123") == of_plate("EC", "PBA0123") == {("EC", "PBA0123", "certain")}
    assert of_plate(None, "PBA 123") == {
        ("CO", "PBA123", "possible"),
        ("EC", "PBA0123", "possible"),
        ("PE", "PBA123", "possible"),
    }
    assert of_plate(None, "1234ABC") == {("BO", "1234ABC", "possible")}
    assert of_plate("BO", "PBA-123") == {
        (text, mark, "possible")
        for text, mark in (("BO", "PBA123"), ("CO", "PBA123"), ("EC", "PBA0123"), ("PE", "PBA123"))
    }
    assert of_plate("PE", "EUA-12345-X") == {("PE", "EUA12345X", "possible")}
    assert of_plate("BR", "ABC1D23") == {("BR", "ABC1D23", "certain")}
    assert of_plate(None, "EUA-12345-X") == set()


# -- ammunition
# ------------------------------------------------------------------------------


def test_a_lot_is_lot_make_and_calibre() -> None:
    assert (
        of_lot()
        == of_lot(serial="lote L0517", make="INDUMIL COLOMBIA", calibre="9x19")
        == {("", "L0517|INDUMIL|9X19", "certain")}
    )
    assert of_lot(calibre=".38 SPL") != of_lot() != of_lot(make="CBC")
    assert [
        thing.kind
        for thing in weapon.observe(
            {"kind": "ammunition_lot", "serial": "L-0517", "make": "CBC", "calibre": "9"}
        )
    ] == ["ammunition_lot"]


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": ""},
        {"make": ""},
        {"calibre": "DESCONOCIDO"},
        {"make": "SIN MARCA"},
        {"serial": "05?7"},
        {"serial": "0000"},
        {"serial": "S/N"},
    ],
)
def test_a_lot_of_which_something_is_unknown_is_nothing(changes: dict[str, str]) -> None:
    assert of_lot(**changes) == set()


# -- all
# ------------------------------------------------------------------------------

PLACEHOLDERS = [
    *(
        "S/N",
        "s.n.",
        "SN",
        "NO TIENE",
        "No presenta",
        "N/A",
        "NINGUNO",
        "SIN DATOS",
        "DESCONOCIDO",
        "INDOCUMENTADO",
        "EN TRÁMITE",
        "PENDIENTE",
    ),
    *(
        "0",
        "000000",
        "00000000",
        "0000000000",
        "11111111",
        "99999999",
        "9999999999",
        "XXX",
        "XXXXXX",
        "XXX000",
        "-",
        "",
        "  ",
        "12345678",
    ),
    *("123456789", "1234567890", "NO TIENE 000123", "SIN PLACA 001"),
]


@pytest.mark.parametrize("mark", PLACEHOLDERS)
@pytest.mark.parametrize("country", [None, "BO", "CO", "EC", "PE", "AR"])
def test_placeholders_never_are_things(mark: str, country: str | None) -> None:
    for type_ in (None, "national_id", "passport", "tax_id", "foreigner_id", "other"):
        assert of_document(country, type_, mark) == set()
    assert (
        of_plate(country, mark)
        == of_phone(mark, country)
        == of_account(mark, country, "Banco de ejemplo")
        == set()
    )
    assert of_lot(serial=mark) == set()
    assert imei.observe(mark) == []


numbers = st.one_of(
    st.text(max_size=45),
    st.text("0123456789ABXÑ-. ", max_size=25),
    digits(5, 20),
    cards.map(lambda card: card[1]),
    plates.map(lambda pair: pair[1]),
)
countries = st.sampled_from([None, "BO", "CO", "EC", "PE", "AR"])
types = st.sampled_from(
    [None, "national_id", "passport", "tax_id", "foreigner_id", "driving_licence", "other"]
)


@given(numbers, countries, types)
def test_normalising_is_idempotent(number: str, country: str | None, type_: str | None) -> None:
    for thing in document.observe({"country": country, "type": type_, "number": number}):
        if JOINT in thing.value:  # what several readings have in common
            continue
        kind, value = thing.value.split("|")
        assert (thing.issuer, thing.value) in {
            key[:2] for key in of_document(thing.issuer, kind, value)
        }
    for thing in plate.observe({"country": country, "plate": number}):
        assert (thing.issuer, thing.value) in {
            key[:2] for key in of_plate(thing.issuer, thing.value)
        }
    for thing in phone.observe({"country": country, "number": number}):
        if JOINT not in thing.value:
            assert [other.value for other in phone.observe({"number": thing.value})] == [
                thing.value
            ]
    for thing in account.observe(
        {"country": country, "institution": "Banco Ñandú", "number": number}
    ):
        at, name = thing.issuer.split("/")
        assert (thing.issuer, thing.value) in {key[:2] for key in of_account(thing.value, at, name)}


@given(st.text(max_size=60), countries, types)
def test_whatever_is_written_is_observed_without_an_error_and_keys_are_plain(
    text: str, country: str | None, type_: str | None
) -> None:
    record: dict[str, Any] = {
        "country": country,
        "type": type_,
        "number": text,
        "institution": text,
        "plate": text,
        "kind": "ammunition_lot",
    }
    record |= {"serial": text, "make": text, "calibre": text}
    things = [
        thing
        for kind, observe in OBSERVERS.items()
        for thing in observe(text if kind == "imei" else record)
    ]
    assert all(re.fullmatch(r"[A-Z0-9+|_a-z &.()?/-]+", thing.value) for thing in things)
    assert all(thing.certainty in {"certain", "possible"} for thing in things)


@given(numbers, countries, types)
def test_a_record_never_names_more_than_was_counted(
    text: str, country: str | None, type_: str | None
) -> None:
    record: dict[str, Any] = {
        "country": country,
        "type": type_,
        "number": text,
        "institution": "Bancolombia",
        "plate": text,
    }
    for kind in ("document", "phone", "account", "imei", "plate"):
        value = text if kind == "imei" else record
        assert len(OBSERVERS[kind](value)) <= COUNTERS[kind](value), kind


serials = st.from_regex(r"[A-Za-z]{0,4}( - |[- ])?[0-9]{2,11}[A-Z]?", fullmatch=True) | numbers


@given(serials, st.sampled_from([None, "Taurus", "TAURUS PT 92 ACME", "Ruger Foo"]), countries)
def test_the_bound_of_a_mark_is_never_below_its_counts(
    text: str, make: str | None, country: str | None
) -> None:
    record: dict[str, Any] = {
        "kind": "firearm",
        "type": "PISTOL",
        "make": make,
        "serial": text,
        "plate": text,
        "country": country,
    }
    for kind in ("weapon", "plate"):
        counted = COUNTERS[kind](record) + COUNT_UNREAD[kind](record)
        assert counted <= BOUNDS[kind](record), kind
        assert len(OBSERVERS[kind](record)) <= BOUNDS[kind](record), kind
