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

from schemas.normalise import OBSERVERS, account, check_digits, document, imei, phone, plate, weapon
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
    st.tuples(st.just("CO"), digits(6, 10).map(lambda number: "1" + number[1:])),
    st.tuples(st.just("BO"), digits(6, 8).map(lambda number: "5" + number[1:])),
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


# -- documents
# ------------------------------------------------------------------------------


@given(st.data())
def test_spaces_dots_dashes_and_case_do_not_make_another_document(data: st.DataObject) -> None:
    country, mark = data.draw(cards)
    _, text = data.draw(written(st.just(mark)))
    assert of_document(country, "national_id", text) == of_document(country, "national_id", mark)


@given(cards)
def test_a_national_document_in_its_form_is_certain_and_its_normal_form_is_its_own(
    card: tuple[str, str],
) -> None:
    matches = of_document(card[0], "national_id", card[1])
    assume(matches)  # a placeholder
    ((issuer, value, certainty),) = matches
    assert (issuer, certainty) == (card[0], "certain")
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
    digits(6, 9).map(lambda number: "4" + number[1:]),
    st.sampled_from(["", " LP", "-SC", " CBBA", " OR", " PT", "CH", " TJ", "-BE", " PD"]),
)
def test_the_department_is_no_part_of_a_bolivian_card(number: str, department: str) -> None:
    assert of_document("BO", "national_id", number + department) == {
        ("BO", f"national_id|{number}", "certain")
    }


def test_the_complement_is_part_of_a_bolivian_card() -> None:
    assert of_document("BO", "national_id", "CI 1234567-1a L.P.") == {
        ("BO", "national_id|12345671A", "certain")
    }
    assert of_document("BO", "national_id", "1234567") != of_document(
        "BO", "national_id", "1234567-1A"
    )


@given(digits(5, 8).map(lambda number: "7" + number[1:]))
def test_lost_leading_zeros_of_a_dni_come_back(number: str) -> None:
    assert of_document("PE", "national_id", number) == of_document(
        "PE", "national_id", number.rjust(8, "0")
    )


@given(digits(8), st.sampled_from([0, 1]))
def test_the_check_character_is_no_part_of_a_dni_and_a_wrong_one_leaves_it_possible(
    number: str, kind: int
) -> None:
    assume(of_document("PE", "national_id", number))
    right = cui.calc_check_digits(number)[kind]
    wrong = "M" if right != "M" else "N"
    assert of_document("PE", "national_id", f"{number}-{right}") == {
        ("PE", f"national_id|{number}", "certain")
    }
    assert of_document("PE", "national_id", f"{number}-{wrong}") == {
        ("PE", f"national_id|{number}", "possible")
    }


@given(ec_numbers, st.integers(1, 9))
def test_a_wrong_check_digit_leaves_a_cedula_possible_on_its_own_value(
    number: str, by: int
) -> None:
    wrong = number[:9] + str((int(number[9]) + by) % 10)
    assume(of_document("EC", "national_id", number) and of_document("EC", "national_id", wrong))
    assert of_document("EC", "national_id", wrong) == {("EC", f"national_id|{wrong}", "possible")}
    if number.startswith("0"):
        assert of_document("EC", "national_id", number[1:]) == of_document(
            "EC", "national_id", number
        )


@given(digits(9).map(lambda number: "9" + number[1:]))
def test_a_nit_is_one_with_and_without_its_check_digit(number: str) -> None:
    plain = of_document("CO", "tax_id", number)
    assume(plain)
    check = nit.calc_check_digit(number)
    assert plain == {("CO", f"tax_id|{number}", "certain")}
    assert of_document("CO", "tax_id", f"{number[:3]}.{number[3:6]}.{number[6:]}-{check}") == plain
    assert of_document("CO", "tax_id", number + check) == plain


@pytest.mark.parametrize(
    ("country", "type_", "number", "expected"),
    [
        ("PE", "tax_id", "20512333797", {("PE", "tax_id|20512333797", "certain")}),
        ("PE", "tax_id", "20512333798", {("PE", "tax_id|20512333798", "possible")}),
        ("EC", "tax_id", "1792060346-001", {("EC", "tax_id|1792060346001", "certain")}),
        ("CO", "passport", "CC 123987", {("CO", "passport|CC123987", "certain")}),
        ("PE", "foreigner_id", "1234987", {("PE", "foreigner_id|001234987", "certain")}),
        ("BO", "foreigner_id", "E-8765432", {("BO", "foreigner_id|8765432", "certain")}),
        ("VE", "national_id", "V-12.345.987", {("VE", "national_id|12345987", "certain")}),
        ("VE", "national_id", "12345987", {("VE", "national_id|12345987", "certain")}),
        ("VE", "national_id", "E-84.345.987", {("VE", "national_id|E84345987", "certain")}),
        ("AR", "national_id", "12.345.987", {("AR", "national_id|12345987", "certain")}),
        ("PE", "national_id", "AB12399", {("PE", "national_id|AB12399", "possible")}),
        ("PE", "other", "AB12399", {("PE", "other|AB12399", "possible")}),
    ],
)
def test_types_of_documents_have_their_forms(
    country: str, type_: str, number: str, expected: Keys
) -> None:
    assert of_document(country, type_, number) == expected


def test_without_a_country_a_number_is_possible_wherever_its_form_fits() -> None:
    assert of_document(None, "national_id", "45879123") == {
        (item, "national_id|45879123", "possible") for item in ("BO", "CO", "PE")
    }
    assert of_document(None, "national_id", "1710203041") == {
        (item, "national_id|1710203041", "possible") for item in ("CO", "EC")
    }
    assert of_document("PE", None, "45879123") == {
        ("PE", "national_id|45879123", "possible"),
        ("PE", "foreigner_id|045879123", "possible"),
        ("PE", "passport|45879123", "possible"),
    }


# -- plates
# ------------------------------------------------------------------------------


@given(st.data())
def test_a_plate_is_one_however_it_is_written(data: st.DataObject) -> None:
    country, mark = data.draw(plates)
    _, text = data.draw(written(st.just(mark)))
    matches = of_plate(country, mark)
    assert of_plate(country, text) == matches
    assume(matches)  # a placeholder
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
    assert of_plate("PE", "EUA-12345-X") == {("PE", "EUA12345X", "certain")}
    assert of_plate("BR", "ABC1D23") == {("BR", "ABC1D23", "certain")}
    assert of_plate(None, "EUA-12345-X") == set()


# -- phones
# ------------------------------------------------------------------------------


@given(
    st.sampled_from(["300", "310", "315", "321"]), digits(7), st.sampled_from(["", " ", "-", "."])
)
def test_a_colombian_number_is_one_in_all_its_forms(prefix: str, rest: str, gap: str) -> None:
    local = f"{prefix}{gap}{rest[:3]}{gap}{rest[3:]}"
    assume(of_phone(local, "CO"))  # a placeholder
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
    "number",
    [
        "911",
        "110",
        "*611",
        "123",
        "+57 123",
        "000000000",
        "999999999",
        "S/N",
        "NO TIENE",
        "",
        "12345678",
        "+",
    ],
)
@pytest.mark.parametrize("country", [None, "BO", "CO", "EC", "PE"])
def test_short_numbers_and_fillers_are_nobodys(number: str, country: str | None) -> None:
    assert of_phone(number, country) == set()


# -- handsets
# ------------------------------------------------------------------------------


@given(written(imeis))
def test_a_handset_is_one_however_it_is_written_and_its_check_digit_must_hold(
    both: tuple[str, str],
) -> None:
    mark, text = both
    matches = keys(imei.observe(mark))
    assert keys(imei.observe(text)) == keys(imei.observe("IMEI: " + text)) == matches
    assume(matches)
    assert matches == {("", mark[:14], "certain")}
    assert imei.observe(mark[:14] + str((int(mark[14]) + 1) % 10)) == []


@pytest.mark.parametrize(
    "mark",
    [
        "000000000000000",
        "111111111111119",
        "123456789012347",
        "123456789012345",
        "004999010640000",
        "35200001122334",
        "S/N",
        "",
    ],
)
def test_fillers_are_no_handset(mark: str) -> None:
    assert imei.observe(mark) == []


# -- accounts
# ------------------------------------------------------------------------------

CCI = "00219100102030405055"


def test_a_cci_tells_country_and_institution_itself() -> None:
    expected = {("PE/BCP", CCI, "certain")}
    assert (
        of_account("002-191-001020304050-55")
        == of_account(CCI, "PE")
        == of_account(CCI, "PE", "Banco de Crédito del Perú")
        == expected
    )
    assert of_account("018" + "000" + "0" * 10 + "12" + "00") == set()
    assert of_account(CCI[:-1] + "6", "PE") == {("PE/BCP", CCI[:-1] + "6", "possible")}
    assert of_account(CCI[:-1] + "6") == set()


@pytest.mark.parametrize(
    "cci", ["00219100260670808255", "00248017740653007625", "01136600010003254221"]
)
def test_ccis_that_were_published_hold(cci: str) -> None:
    assert {key[2] for key in of_account(cci)} == {"certain"}


@given(written(digits(8, 14).map(lambda number: "3" + number[1:])))
def test_an_account_is_one_however_it_is_written(both: tuple[str, str]) -> None:
    mark, text = both
    matches = of_account(mark, "CO", "BANCOLOMBIA")
    assert (
        of_account(text, "CO", "Banco Bancolombia S.A.")
        == of_account("000" + mark, "CO", "bancolombia")
        == matches
    )
    assume(matches)
    assert matches == {("CO/BANCOLOMBIA", mark, "certain")}
    assert not matches & of_account(mark, "CO", "Davivienda")
    assert not matches & of_account(mark, "EC", "Bancolombia")


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        (
            "PE",
            [
                "BCP",
                "Banco de Crédito del Perú",
                "BANCO DE CREDITO DEL PERU - BCP PERU",
                "Banco de Credito",
            ],
        ),
        ("PE", ["Interbank", "Banco Internacional del Perú"]),
        ("EC", ["Pichincha", "Banco Pichincha C.A.", "BANCO DEL PICHINCHA"]),
        ("BO", ["BNB", "Banco Nacional de Bolivia S.A."]),
        (
            "EC",
            ["Cooperativa de Ahorro y Crédito Cotocollao Ltda.", "COAC Cotocollao", "COTOCOLLAO"],
        ),
    ],
)
def test_institutions_have_aliases(country: str, spellings: list[str]) -> None:
    named = [
        account.institution(country, spelling) for spelling in spellings if "-" not in spelling
    ]
    assert len(set(named)) == 1
    assert named[0]
    assert account.institution(country, named[0]) == named[0]


@pytest.mark.parametrize(
    "number", ["****1234", "XXXX-XXXX-1234", "0000000000", "S/N", "NO REGISTRA", "1234", "12345678"]
)
def test_masked_accounts_and_fillers_are_nobodys(number: str) -> None:
    assert of_account(number, "CO", "Bancolombia") == set()


@pytest.mark.parametrize(
    "institution",
    [None, "", "Banco", "DESCONOCIDO", "Otros bancos", "Cooperativa de Ahorro y Crédito"],
)
def test_an_account_without_its_institution_or_country_is_nothing(institution: str | None) -> None:
    assert of_account("23456781", "CO", institution) == set()
    assert of_account("23456781", None, "Bancolombia") == set()


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
        kind, value = thing.value.split("|")
        assert (thing.issuer, thing.value) in {
            key[:2] for key in of_document(thing.issuer, kind, value)
        }
    for thing in plate.observe({"country": country, "plate": number}):
        assert (thing.issuer, thing.value) in {
            key[:2] for key in of_plate(thing.issuer, thing.value)
        }
    for thing in phone.observe({"country": country, "number": number}):
        assert of_phone(thing.value) == {("", thing.value, "certain")}
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
    assert all(re.fullmatch(r"[A-Z0-9+|_a-z &.()-]+", thing.value) for thing in things)
    assert all(thing.certainty in {"certain", "possible"} for thing in things)
