"""Telephones: one key for one number however it is written, certain only when it is."""

import csv

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.normalise import phone
from schemas.normalise.reading import Why
from tests.support.cases import read_uncertain
from tests.support.identifier_strategies import (
    CASES,
    Keys,
    certain,
    damaged,
    digits,
    keys,
    labelled,
    right_values,
    separated,
)


def of_phone(number: str, country: str | None = None) -> Keys:
    return keys(phone.observe({"number": number, "country": country}))


MOBILES = st.one_of(
    st.tuples(st.just("CO"), digits(7).map(lambda rest: "310" + rest)),
    st.tuples(st.just("PE"), digits(8).map(lambda rest: "9" + rest)),
    st.tuples(st.just("EC"), digits(7).map(lambda rest: "099" + rest)),
    st.tuples(st.just("BO"), digits(7).map(lambda rest: "7" + rest)),
)
LABELS = [
    *("Tel", "Tel.", "TELF", "Teléfono", "Cel", "Celular", "Móvil", "Cel. WhatsApp", "WhatsApp"),
    *("Fijo", "Abonado", "Línea", "Claro", "Movistar"),
]
BEHIND = ["", " ext. 12", " extensión 9775", " #12", " anexo 4", " (WhatsApp)", " CEL", " x12", "."]


def test_the_cases_of_phones_are_read_rightly() -> None:
    right = right_values("10-phones")
    with (CASES / "10-phones.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["REF"]: of_phone(row["TEL"], row["PAIS"]) for row in rows} == right


@given(MOBILES, st.data())
def test_a_clean_number_in_any_wrapping_is_itself_or_possible(
    clean: tuple[str, str], data: st.DataObject
) -> None:
    country, number = clean
    expected = certain(of_phone(number, country))
    assume(expected)
    inner = data.draw(damaged(number))
    inner = data.draw(separated(number)) if inner == number else inner
    text = data.draw(labelled(inner, LABELS, BEHIND))
    things = of_phone(text, country)
    assert certain(things) <= expected, text
    assert expected <= {thing[:2] for thing in things}, text


@given(MOBILES, digits(4), st.sampled_from([" / ", "/", "; ", " y ", ", ", "\n", " - ", "-", " "]))
def test_two_numbers_of_a_cell_are_two_things(mobile: tuple[str, str], rest: str, gap: str) -> None:
    country, number = mobile
    other = number[:-4] + rest
    first, second = of_phone(number, country), of_phone(other, country)
    assume(certain(first) and certain(second))
    assert of_phone(number + gap + other, country) == first | second


@given(
    st.sampled_from(["300", "310", "315", "321"]), digits(7), st.sampled_from(["", " ", "-", "."])
)
def test_a_colombian_number_is_one_in_all_its_forms(prefix: str, rest: str, gap: str) -> None:
    local = f"{prefix}{gap}{rest[:3]}{gap}{rest[3:]}"
    assume(certain(of_phone(local, "CO")))  # no placeholder
    expected = {("", f"+57{prefix}{rest}", "certain")}
    forms = [
        (local, "CO"),
        (f"+57 {local}", "CO"),
        (f"+57{gap}{local}", None),
        (f"0057 {local}", "CO"),
        (f"0057{local}", None),
        (f"57{local}", "CO"),
        (f"(+57) {local}", None),
        (f"+57 {local}", "PE"),
        (f"{local} ext. 12", "CO"),
    ]
    assert [of_phone(*form) for form in forms] == [expected] * len(forms)
    assert ("", f"+57{prefix}{rest}", "possible") in of_phone(local)


def test_phones_of_the_four_countries() -> None:
    assert (
        of_phone("099 123 4568", "EC")
        == of_phone("+593 99 123 4568")
        == {("", "+593991234568", "certain")}
    )
    assert (
        of_phone("912 345 687", "PE")
        == of_phone("0051912345687")
        == {("", "+51912345687", "certain")}
    )
    assert (
        of_phone("71234569", "BO")
        == of_phone("591 71234569", "BO")
        == {("", "+59171234569", "certain")}
    )
    assert of_phone("912345687") == {("", "+51912345687", "possible")}
    assert len(of_phone("22345678")) > 1  # a landline's number is of several plans


@pytest.mark.parametrize(
    ("country", "former", "today", "certainty"),
    [
        ("CO", "(1) 5550100", "+576015550100", "certain"),
        ("CO", "(1)5550100", "+576015550100", "certain"),
        ("CO", "+57 4 5550100", "+576045550100", "certain"),
        ("CO", "03 1 5550100", "+576015550100", "certain"),
        ("CO", "09 4 5550100", "+576045550100", "certain"),
        ("CO", "03 300 555 0100", "+573005550100", "certain"),
        ("CO", "15550100", "+576015550100", "possible"),
        ("PE", "01 955550100", "+51955550100", "certain"),
        ("PE", "044 955550100", "+51955550100", "certain"),
        ("PE", "97123456", "+51997123456", "possible"),
        ("PE", "044-9123456", "+51944123456", "possible"),
        ("EC", "09 555 0100", "+593995550100", "possible"),
        ("EC", "08 555 0100", "+593985550100", "possible"),
        ("EC", "02 345678", "+59322345678", "possible"),
        ("BO", "0 71234569", "+59171234569", "certain"),
        ("BO", "010 22123456", "+59122123456", "certain"),
    ],
)
def test_a_number_of_a_former_plan_is_the_one_of_today(
    country: str, former: str, today: str, certainty: str
) -> None:
    assert of_phone(former, country) == {("", today, certainty)}


@pytest.mark.parametrize(
    ("number", "country"), [("+51 1 915 0100", None), ("3995550100", "CO"), ("0912345675", "EC")]
)
def test_a_number_newer_than_the_library_is_possible_and_never_nothing(
    number: str, country: str | None
) -> None:
    ((_issuer, value, certainty),) = of_phone(number, country)
    assert certainty == "possible"
    assert of_phone(value) == {("", value, "possible")}


@pytest.mark.parametrize(
    "number",
    [
        *("911", "110", "*611", "123", "+57 123", "000000000", "999999999", "S/N", "NO TIENE"),
        *("", "12345678", "+"),
    ],
)
@pytest.mark.parametrize("country", [None, "BO", "CO", "EC", "PE"])
def test_short_numbers_and_fillers_are_nobodys(number: str, country: str | None) -> None:
    assert of_phone(number, country) == set()


def test_the_last_digits_of_further_numbers_leave_the_first_possible() -> None:
    assert of_phone("3005550100/01", "CO") == {("", "+573005550100", "possible")}
    assert of_phone("3005550100\\3105550100", "CO") == {
        ("", "+573005550100", "certain"),
        ("", "+573105550100", "certain"),
    }


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("3.0055501E+9", Why.DIGITS_LOST),
        ("5550100", Why.AREA_MISSING),
        ("300555????", Why.UNREAD_POSITIONS),
        ("123", Why.TOO_SHORT),
        ("NO TIENE", Why.NOTHING_WRITTEN),
        ("490154203237518", Why.NO_NUMBER),
        ("3" * 300, Why.TOO_LONG),
    ],
)
def test_a_telephone_that_is_nothing_has_its_reason(number: str, why: Why) -> None:
    assert phone.read(number, "CO") == ((), why, ())


def test_nothing_of_the_list_is_a_certain_telephone() -> None:
    texts = read_uncertain("phone")
    assert [text for text in texts if certain(of_phone(text[1], text[0]))] == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("-12.046374", "PE"), ("1503-2021", "PE"), ("44.123.456", "PE"), ("91.123.45.67", "PE"),
        ("-68.150000", "BO"), ("$ 3.005.550.100", "CO"), ("15 03 2021", "PE"),
        ("096123456-4", "EC"),
    ],
)  # fmt: skip
def test_digits_with_the_signs_of_another_kind_are_a_telephone_only_by_a_word(
    text: str, country: str
) -> None:
    assert not certain(of_phone(text, country)), text
    assert not certain(of_phone(f"N° {text}", country)), "N° says nothing of a telephone"


@pytest.mark.parametrize("label", ["RPM {}", "RPC {}", "RPM: {}"])
def test_the_words_of_perus_private_networks_are_labels(label: str) -> None:
    assert of_phone(label.format("955550173"), "PE") == {("", "+51955550173", "certain")}


def test_eight_digits_of_peru_are_a_telephone_where_a_word_says_so() -> None:
    """Alone they may be a DNI."""
    assert of_phone("14636864", "PE") == {("", "+5114636864", "possible")}
    for text in ("TEL 14636864", "14636864 ext. 101", "Fijo: 14636864"):
        assert of_phone(text, "PE") == {("", "+5114636864", "certain")}
