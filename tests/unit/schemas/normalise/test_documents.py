"""Documents: one key for one document however it is written, certain only when it is."""

import csv
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.co import nit
from stdnum.pe import cui
from stdnum.pe import ruc as pe_ruc

from schemas.normalise import document
from schemas.normalise.reading import Why
from tests.support.cases import read_uncertain
from tests.support.identifier_strategies import (
    CASES,
    Keys,
    certain,
    damaged,
    digits,
    ec_cedulas,
    keys,
    labelled,
    right_values,
    separated,
)

DOCUMENT_CASES = sorted(path.stem for path in CASES.glob("0[1-6]*.csv"))


def of_document(country: str | None, type_: str | None, number: str) -> Keys:
    return keys(document.observe({"country": country, "type": type_, "number": number}))


CARDS = {
    "PE": digits(7).map(lambda number: "4" + number),
    "CO": st.one_of(digits(7), digits(9)).map(lambda number: "1" + number),
    "BO": digits(5, 6).map(lambda number: "5" + number),
    "EC": ec_cedulas,
}
cards = st.one_of(
    *(st.tuples(st.just(country), numbers) for country, numbers in CARDS.items()),
    st.tuples(st.just("PE"), digits(8)),
)
clean_documents = st.one_of(
    cards.map(lambda card: (card[0], "national_id", card[1])),
    digits(8).map(lambda number: ("CO", "tax_id", "9" + number)),
    digits(8).map(
        lambda number: (
            "PE", "tax_id", "10" + number + pe_ruc.calc_check_digit("10" + number + "0")
        )
    ),
    ec_cedulas.map(lambda number: ("EC", "tax_id", number + "001")),
    digits(6).map(lambda number: ("CO", "passport", "AX" + number)),
    digits(6).map(lambda number: ("PE", "foreigner_id", "00" + number.rjust(7, "1"))),
)  # fmt: skip
LABELS = [
    *("CC", "C.C.", "cédula", "Cedula de ciudadanía", "CED. IDENTIDAD", "C.I.", "DNI", "D.N.I."),
    *("Documento", "Doc. de identidad", "Identificación", "L.E.", "NIT", "RUC", "CE", "NUIP"),
    *("Documento: CC", "identificado con C.C.", "Carné de extranjería"),
]
BEHIND = ["", " de Cali", " expedida en Bogotá D.C.", " exp. Lima", " (CC)", ".", " de Santa Cruz"]


# -- the cases of the exchange


@pytest.mark.parametrize("case", DOCUMENT_CASES)
def test_the_cases_of_documents_are_read_rightly(case: str) -> None:
    right = right_values(case)
    with (CASES / f"{case}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {
        row["REF"]: of_document(row["PAIS"], row["TIPO"], row["NUMERO"]) for row in rows
    } == right


def test_a_department_tells_two_persons_apart_and_a_bare_number_is_possibly_either() -> None:
    la_paz = of_document("BO", "national_id", "1234599 LP")
    santa_cruz = of_document("BO", "national_id", "1234599 SC")
    bare = of_document("BO", "national_id", "1234599")
    assert not certain(la_paz) & certain(santa_cruz)
    assert certain(bare) <= {thing[:2] for thing in la_paz & santa_cruz}
    for thing in document.read("1234599 LP", "BO", "national_id").things[1:]:
        assert not thing.whole, "two cards of two departments never agree wholly"


# -- laws


@given(clean_documents, st.data())
def test_a_clean_document_in_any_wrapping_is_itself_or_possible(
    clean: tuple[str, str, str], data: st.DataObject
) -> None:
    country, type_, mark = clean
    expected = certain(of_document(country, type_, mark))
    assume(expected)
    inner = data.draw(damaged(mark) if mark.isdigit() else st.just(mark))
    inner = data.draw(separated(mark)) if inner == mark and mark.isdigit() else inner
    label = ["Pasaporte", "PAS.", "Passport"] if type_ == "passport" else LABELS
    behind = BEHIND[:-1] if country == "BO" else BEHIND  # a department is part of the number
    text = data.draw(labelled(inner, label, behind))
    things = of_document(country, type_, text)
    assert certain(things) <= expected, text
    assert expected <= {thing[:2] for thing in things}, text


@given(cards, st.data())
def test_spaces_dots_and_case_do_not_make_another_document(
    card: tuple[str, str], data: st.DataObject
) -> None:
    assume(certain(of_document(card[0], "national_id", card[1])))  # no day, no placeholder
    text = data.draw(separated(card[1], " ."))
    assert of_document(card[0], "national_id", f" {text} ") == of_document(
        card[0], "national_id", card[1]
    )


@given(cards)
def test_a_national_document_in_its_form_is_certain_and_its_normal_form_is_its_own(
    card: tuple[str, str],
) -> None:
    matches = of_document(card[0], "national_id", card[1])
    assume(certain(matches))  # no placeholder, no day
    ((issuer, value, _certainty),) = matches
    assert issuer == card[0]
    assert of_document(issuer, "national_id", value.split("|")[1]) == matches


@given(cards, st.sampled_from(["BO", "CO", "EC", "PE", "AR"]))
def test_equal_numbers_of_two_countries_are_two_documents(
    card: tuple[str, str], other: str
) -> None:
    assume(other != card[0])
    item, two = (
        of_document(card[0], "national_id", card[1]),
        of_document(other, "national_id", card[1]),
    )
    assert not {key[:2] for key in item} & {key[:2] for key in two}


@given(
    st.sampled_from(["CO", "EC", "PE"]),
    st.sampled_from([" / ", "/", "; ", " y ", ", ", "\n", " - ", " "]),
    st.data(),
)
def test_two_documents_of_a_cell_are_two_things(
    country: str, gap: str, data: st.DataObject
) -> None:
    numbers = data.draw(st.tuples(CARDS[country], CARDS[country]))
    first, second = (of_document(country, "national_id", number) for number in numbers)
    assume(certain(first) and certain(second))
    assert of_document(country, "national_id", gap.join(numbers)) == first | second


@given(
    digits(6, 7).map(lambda number: "4" + number[1:]),
    st.sampled_from(
        [" LP", "-SC", " CBBA", " OR", " PT", "CH", " TJ", "-BE", " PD", " Santa Cruz", " (POT)"]
    ),
)
def test_a_bolivian_card_with_its_department_is_certain_and_its_bare_number_possible(
    number: str, department: str
) -> None:
    assume(certain(of_document("BO", "national_id", number)))
    things = of_document("BO", "national_id", number + department)
    ((issuer, value),) = certain(things)
    assert (issuer, value[:-2]) == ("BO", f"national_id|{number}-")
    assert things - {(issuer, value, "certain")} == {("BO", f"national_id|{number}", "possible")}


def test_the_complement_is_part_of_a_bolivian_card() -> None:
    assert of_document("BO", "national_id", "CI 1234567-1a L.P.") == {
        ("BO", "national_id|12345671A", "certain")
    }
    assert of_document("BO", "national_id", "1234568") != of_document(
        "BO", "national_id", "1234568-1A"
    )


@given(digits(5, 8).map(lambda number: "7" + number[1:]))
def test_lost_leading_zeros_of_a_dni_come_back(number: str) -> None:
    short = of_document("PE", "national_id", number)
    whole = of_document("PE", "national_id", number.rjust(8, "0"))
    assert {thing[:2] for thing in short} == {thing[:2] for thing in whole}
    assert certain(short) <= certain(whole)


@given(digits(8), st.sampled_from([0, 1]))
def test_the_check_character_is_no_part_of_a_dni_and_a_wrong_one_leaves_it_possible(
    number: str, kind: int
) -> None:
    assume(certain(of_document("PE", "national_id", number)))
    right = cui.calc_check_digits(number)[kind]
    wrong = "M" if right != "M" else "N"
    assert of_document("PE", "national_id", f"{number}-{right}") == {
        ("PE", f"national_id|{number}", "certain")
    }
    assert of_document("PE", "national_id", f"{number}-{wrong}") == {
        ("PE", f"national_id|{number}", "possible")
    }


@given(ec_cedulas, st.integers(1, 9))
def test_a_wrong_check_digit_leaves_a_cedula_possible_on_its_own_value(
    number: str, by: int
) -> None:
    wrong = number[:9] + str((int(number[9]) + by) % 10)
    assume(certain(of_document("EC", "national_id", number)))
    assume(of_document("EC", "national_id", wrong))
    assert of_document("EC", "national_id", wrong) == {("EC", f"national_id|{wrong}", "possible")}
    if number.startswith("0"):
        assert of_document("EC", "national_id", number[1:]) == of_document(
            "EC", "national_id", number
        )


@given(digits(9).map(lambda number: "9" + number[1:]))
def test_a_nit_is_one_with_and_without_its_check_digit(number: str) -> None:
    plain = of_document("CO", "tax_id", number)
    assume(certain(plain))
    check = nit.calc_check_digit(number)
    assert plain == {("CO", f"tax_id|{number}", "certain")}
    assert of_document("CO", "tax_id", f"{number[:3]}.{number[3:6]}.{number[6:]}-{check}") == plain
    assert of_document("CO", "tax_id", number + check) == plain


@given(st.one_of(ec_cedulas.map(lambda number: ("EC", number, number + "001"))))
def test_a_persons_tax_number_meets_the_persons_number(both: tuple[str, str, str]) -> None:
    country, number, tax_number = both
    person = certain(of_document(country, "national_id", number))
    assume(person)
    assert person <= {thing[:2] for thing in of_document(country, "tax_id", tax_number)}


# -- forms


@pytest.mark.parametrize(
    ("country", "type_", "number", "expected"),
    [
        ("PE", "tax_id", "20512333797", {("PE", "tax_id|20512333797", "certain")}),
        ("PE", "tax_id", "20512333798", {("PE", "tax_id|20512333798", "possible")}),
        ("EC", "tax_id", "1792060346-001", {("EC", "tax_id|1792060346001", "certain")}),
        ("CO", "passport", "CC 123987", {("CO", "passport|CC123987", "certain")}),
        ("CO", "passport", "45879123", {("CO", "passport|45879123", "possible")}),
        ("PE", "foreigner_id", "1234987", {("PE", "foreigner_id|001234987", "certain")}),
        ("BO", "foreigner_id", "E-8765437", {("BO", "foreigner_id|8765437", "certain")}),
        ("VE", "national_id", "V-12.345.987", {("VE", "national_id|12345987", "certain")}),
        ("VE", "national_id", "12345987", {("VE", "national_id|12345987", "certain")}),
        ("VE", "national_id", "E-84.345.987", {("VE", "national_id|E84345987", "certain")}),
        ("AR", "national_id", "12.345.987", {("AR", "national_id|12345987", "certain")}),
        ("PE", "national_id", "AB12399", {("PE", "national_id|AB12399", "possible")}),
        ("PE", "other", "AB12399", {("PE", "other|AB12399", "possible")}),
        (
            "PE",
            "national_id",
            "1234567-9",
            {
                ("PE", "national_id|12345679", "possible"),
                ("PE", "national_id|01234567", "possible"),
            },
        ),
        (
            "CO",
            "tax_id",
            "10111222-3",
            {("CO", "tax_id|10111222", "possible")},
        ),
        ("CO", "national_id", "10111222 JUAN PEREZ", {("CO", "national_id|10111222", "possible")}),
        (
            "BO",
            "national_id",
            "C.I. 1234599 exp. en Santa Cruz",
            {
                ("BO", "national_id|1234599-SC", "certain"),
                ("BO", "national_id|1234599", "possible"),
            },
        ),
        (
            "BO",
            "national_id",
            "1234599/LP",
            {
                ("BO", "national_id|1234599-LP", "certain"),
                ("BO", "national_id|1234599", "possible"),
            },
        ),
        ("CO", "national_id", "3005550100", {("CO", "national_id|3005550100", "possible")}),
        ("PE", "national_id", "20210315", {("PE", "national_id|20210315", "possible")}),
    ],
)
def test_types_of_documents_have_their_forms(
    country: str, type_: str, number: str, expected: Keys
) -> None:
    assert of_document(country, type_, number) == expected


def test_without_a_country_a_number_is_possible_wherever_its_form_fits() -> None:
    assert of_document(None, "national_id", "45879123") == {
        (item, "national_id|45879123", "possible") for item in ("CO", "PE")
    }
    assert of_document(None, "national_id", "1710203041") == {
        (item, "national_id|1710203041", "possible") for item in ("CO", "EC")
    }
    assert of_document("PE", None, "45879123") == {("PE", "national_id|45879123", "possible")}


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("3.0055501E+9", Why.DIGITS_LOST),
        ("10111?22", Why.UNREAD_POSITIONS),
        ("101__22", Why.UNREAD_POSITIONS),
        ("NO PORTA 38", Why.NOTHING_WRITTEN),
        ("99999999", Why.NOTHING_WRITTEN),
        ("1" * 300, Why.TOO_LONG),
    ],
)
def test_a_document_that_is_nothing_has_its_reason(number: str, why: Why) -> None:
    assert document.read(number, "CO", "national_id") == ((), why, ())


# -- certain only when they are


def test_nothing_of_the_list_is_a_certain_document() -> None:
    texts = read_uncertain("document")
    assert [text for text in texts if certain(of_document(*text))] == []


@pytest.mark.parametrize(
    ("country", "type_", "text"),
    [
        ("CO", "national_id", "10111222 colombiano"),
        ("CO", "national_id", "C.C. 10111222 (Colombia)"),
        ("EC", "national_id", "C.C. 0912345675 ecuatoriana"),
        ("PE", "national_id", "D.N.I. 45879123 peruano"),
        ("BO", "national_id", "4587912 boliviana"),
        ("PE", "foreigner_id", "carné de extranjería 001234567"),
        ("CO", "foreigner_id", "C. E. 345671"),
        ("CO", "national_id", "10111222 expedida en la Victoria"),
        ("CO", "national_id", "1.199.114.136"),
    ],
)
def test_words_that_name_the_documents_own_country_or_type_leave_it_certain(
    country: str, type_: str, text: str
) -> None:
    assert certain(of_document(country, type_, text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10111222 (Venezuela)", Why.OTHER_COUNTRY),
        ("DNI 10111222", Why.OTHER_COUNTRY),
        ("PPT 5123456", Why.OTHER_KIND),
        ("$ 10.111.222", Why.OTHER_KIND),
        ("15 03 2021", Why.OTHER_KIND),
        ("10111222 de la madre", Why.WORDS_BESIDE),
        ("10111222 u otro", Why.ONE_MEANT),
    ],
)
def test_a_document_that_may_be_anothers_is_possible_and_says_why(text: str, why: Why) -> None:
    (thing,) = document.read(text, "CO", "national_id").things
    assert (thing.certainty, thing.why[0]) == ("possible", why)


DATES = st.dates(date(1930, 1, 1), date(2026, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            day.isoformat(),
            f"{day:%d-%m-%Y}",
            f"{day:%d/%m/%Y}",
            f"{day.day}.{day.month}.{day.year}",
            f"{day.day} {['ENE', 'ABR', 'AGO', 'DIC'][day.month % 4]} {day.year}",
        ]
    )
)


@given(cards, DATES, st.sampled_from(["()", "[]", "{}"]), st.sampled_from(["", " "]))
def test_a_date_in_brackets_next_to_a_document_is_no_document(
    card: tuple[str, str], day: str, brackets: str, space: str
) -> None:
    country, number = card
    beside = f"{brackets[0]}{space}{day}{space}{brackets[1]}"
    alone = of_document(country, "national_id", number)
    assert of_document(country, "national_id", f"{number} {beside}") == alone
    assert of_document(country, "national_id", beside) == set()
