"""Handsets and accounts: one key for one thing however it is written, certain only when it is."""

import csv
import json

import pytest
import stdnum.luhn
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import iban

from schemas.normalise import account, check_digits, imei
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


def of_imei(text: str) -> Keys:
    return keys(imei.observe(text))


def of_account(number: str, country: str | None = None, institution: str | None = None) -> Keys:
    return keys(account.observe({"number": number, "country": country, "institution": institution}))


imeis = digits(12).map(lambda rest: (base := "35" + rest) + stdnum.luhn.calc_check_digit(base))
accounts = digits(10).map(lambda rest: "2" + rest)


# -- handsets


def test_the_cases_of_handsets_are_read_rightly() -> None:
    right = right_values("11-imei")
    with (CASES / "11-imei.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["REF"]: of_imei(row["IMEI"]) for row in rows} == right


@given(imeis, st.data())
def test_a_clean_imei_in_any_wrapping_is_itself_or_possible(mark: str, data: st.DataObject) -> None:
    expected = certain(of_imei(mark))
    assume(expected)
    inner = data.draw(damaged(mark))
    inner = data.draw(separated(mark)) if inner == mark else inner
    labels = ["IMEI", "IMEI1", "IMEI 2", "IMEI (SLOT 1)", "Imei A"]
    text = data.draw(labelled(inner, labels, ["", " (SIM 1)", "."]))
    things = of_imei(text)
    assert certain(things) <= expected, text
    assert expected <= {thing[:2] for thing in things}, text


@given(imeis, imeis, st.sampled_from([" / ", "/", "; ", "\n", " IMEI2: ", " ", " - ", ", "]))
def test_two_handsets_of_a_cell_are_two_things(first_mark: str, second_mark: str, gap: str) -> None:
    first, second = of_imei(first_mark), of_imei(second_mark)
    assume(certain(first) and certain(second))
    assert of_imei(f"IMEI1: {first_mark}{gap}{second_mark}") == first | second


@given(imeis, st.integers(1, 9))
def test_a_wrong_check_digit_leaves_a_handset_possible(mark: str, by: int) -> None:
    assume(of_imei(mark))
    wrong = mark[:14] + str((int(mark[14]) + by) % 10)
    assert of_imei(wrong) == of_imei(mark[:14]) == {("", mark[:14], "possible")}
    assert of_imei(mark[:14] + "01") == {("", mark[:14], "possible")}


@pytest.mark.parametrize("text", ["490154203237518 SIM CLARO", "490154203237518 / 01"])
def test_a_handset_among_other_words_is_possible(text: str) -> None:
    assert of_imei(text) == {("", "49015420323751", "possible")}


@pytest.mark.parametrize(
    "mark",
    [
        *("000000000000000", "111111111111119", "123456789012347", "123456789012345"),
        *("004999010640000", "35200001122", "S/N", ""),
    ],
)
def test_fillers_are_no_handset(mark: str) -> None:
    assert imei.observe(mark) == []


def test_nothing_of_the_list_is_a_certain_handset() -> None:
    texts = json.loads((CASES / "no-certain-imei.json").read_text(encoding="utf-8"))
    assert len(texts) >= 300
    assert [text for text in texts if certain(of_imei(text))] == []


# -- accounts

CCI = "00219100102030405055"


def test_the_cases_of_accounts_are_read_rightly() -> None:
    right = right_values("13-accounts")
    with (CASES / "13-accounts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {
        row["REF"]: of_account(row["CUENTA"], row["PAIS"], row["BANCO"]) for row in rows
    } == right


@given(accounts, st.data())
def test_a_clean_account_in_any_wrapping_is_itself_or_possible(
    mark: str, data: st.DataObject
) -> None:
    expected = certain(of_account(mark, "CO", "Bancolombia"))
    assume(expected)
    inner = data.draw(damaged(mark))
    inner = data.draw(separated(mark)) if inner == mark else inner
    labels = ["Cta", "CTA AHORROS", "Cta. Cte.", "Cuenta de ahorros", "Cuenta", "Cta. Cte. Soles"]
    text = data.draw(labelled(inner, labels, ["", " (AHORROS)", " COP", "."]))
    bank = data.draw(
        st.sampled_from(["Bancolombia", "BANCOLOMBIA S.A.", "Bancolombia - Sucursal Cali"])
    )
    things = of_account(text, "CO", bank)
    assert certain(things) <= expected, text
    assert expected <= {thing[:2] for thing in things}, text


@given(accounts, accounts, st.sampled_from([" / ", "/", "; ", " y ", "\n", ", ", " "]))
def test_two_accounts_of_a_cell_are_two_things(first_mark: str, second_mark: str, gap: str) -> None:
    first, second = (of_account(mark, "CO", "Bancolombia") for mark in (first_mark, second_mark))
    assume(certain(first) and certain(second))
    assert of_account(first_mark + gap + second_mark, "CO", "Bancolombia") == first | second


def test_a_cci_tells_country_and_institution_itself() -> None:
    expected = {("PE/BCP", CCI, "certain")}
    assert (
        of_account("002-191-001020304050-55")
        == of_account(CCI, "PE")
        == of_account(CCI, "PE", "Banco de Crédito del Perú")
        == of_account(f"CCI: {CCI}", "PE")
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


@given(digits(20), st.integers(2, 98))
def test_an_iban_is_checked_as_the_library_does(digits_: str, check: int) -> None:
    mark = f"ES{check:02}{digits_}"
    assert check_digits.iban_holds(mark) == iban.is_valid(mark, check_country=False)


@given(accounts)
def test_an_account_is_of_its_institution_and_leading_zeros_do_not_count(mark: str) -> None:
    matches = of_account(mark, "CO", "BANCOLOMBIA")
    assume(certain(matches))
    assert (
        of_account(mark, "CO", "Banco Bancolombia S.A.")
        == of_account("000" + mark, "CO", "bancolombia")
        == matches
        == {("CO/BANCOLOMBIA", mark, "certain")}
    )
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
        ("BO", ["BNB", "Banco Nacional de Bolivia S.A.", "BNB, Agencia 12"]),
        (
            "EC",
            ["Cooperativa de Ahorro y Crédito Cotocollao Ltda.", "COAC Cotocollao", "COTOCOLLAO"],
        ),
        ("CO", ["Bancolombia", "Banco de Colombia", "BANCOLOMBIA SUCURSAL CALI"]),
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
    [
        None,
        "",
        "-",
        "---",
        "Banco",
        "DESCONOCIDO",
        "Otros bancos",
        "Cooperativa de Ahorro y Crédito",
    ],
)
def test_an_account_without_its_institution_or_country_is_nothing(institution: str | None) -> None:
    assert of_account("24055566677", "CO", institution) == set()
    assert of_account("24055566677", None, "Bancolombia") == set()
    assert account.read("24055566677", "CO").nothing_because is Why.ISSUER_MISSING


def test_nothing_of_the_list_is_a_certain_account() -> None:
    texts = read_uncertain("account")
    assert [text for text in texts if certain(of_account(text[2], *text[:2]))] == []


@pytest.mark.parametrize("label", ["{}", "IMEI {}", "IMEI: {}", "{}.0", "'{}"])
def test_fourteen_digits_are_read_in_two_ways_where_a_zero_may_be_missing(label: str) -> None:
    """013263000522721 has lost its zero in a spreadsheet, or 13263000522721 its check digit.

    The digit of the label "IMEI 1" is none of the number.
    """
    handsets = of_imei(label.format("13263000522721"))
    assert handsets >= {("", "01326300052272", "possible"), ("", "13263000522721", "possible")}
    assert {certainty for _, _, certainty in handsets} == {"possible"}
    assert of_imei("013263000522721") == {("", "01326300052272", "certain")}


@pytest.mark.parametrize("text", ["{} M/N", "{} M/E", "{} M.N."])
def test_a_currency_behind_an_account_is_no_part_of_it(text: str) -> None:
    row = {"country": "PE", "institution": "Interbank", "number": text.format("4055566677123")}
    assert keys(account.observe(row)) == {("PE/INTERBANK", "4055566677123", "certain")}
