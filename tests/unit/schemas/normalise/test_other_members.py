"""Other members of the classes of the cases, which were once read wrongly or not at all."""

from datetime import date

import pytest

from producers.mapping.identify import WrittenText, identify


def things(kind: str, text: str, **known: str) -> set[tuple[str, str]]:
    """Value and certainty of what a text is."""
    identified = identify(WrittenText(kind, text, **known), date(2026, 11, 29))
    return {
        (f"{thing.issuer}/{thing.value}".lstrip("/"), thing.certainty)
        for thing in identified.things
    }


CARD = "CO/national_id|10111222"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("C. de C. 10111222", "certain"),
        ("C.C 10111222 - CALI", "certain"),
        ("10111222 (BOGOTÁ D.C.)", "certain"),
        ("C.C. VENCIDA 10111222", "certain"),
        ("1O111222", "possible"),
        ("10l11222", "possible"),
        ("C.C. 10.111.222 DON NADIE", "possible"),
    ],
)
def test_documents(text: str, certainty: str) -> None:
    assert things("document", text, country="CO", type="national_id") == {(CARD, certainty)}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Tel 3005550100 (madre)", "certain"),
        ("3005550100 VECINA", "certain"),
        ("3OO5550100", "possible"),
    ],
)
def test_phones(text: str, certainty: str) -> None:
    assert things("phone", text, country="CO") == {("+573005550100", certainty)}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("CUENTA DE AHORROS N 24055566677 BANCOLOMBIA", "certain"),
        ("BANCOLOMBIA 24055566677", "certain"),
        ("DAVIVIENDA 24055566677", "possible"),
    ],
)
def test_accounts(text: str, certainty: str) -> None:
    accounts = things("account", text, country="CO", issuer="Bancolombia")
    assert accounts == {("CO/BANCOLOMBIA/24055566677", certainty)}


@pytest.mark.parametrize(
    ("text", "country", "right"),
    [
        ("ABC123 (robado)", "CO", {("CO/ABC123", "certain")}),
        ("ABC123 RECUPERADA", "CO", {("CO/ABC123", "certain")}),
        (
            "PLACA VENEZOLANA AB123CD",
            "CO",
            {("CO/AB123CD", "possible"), ("VE/AB123CD", "possible")},
        ),
        ("XXX-11A", "CO", set()),
        ("XXX11A", "CO", set()),
    ],
)
def test_plates(text: str, country: str, right: set[tuple[str, str]]) -> None:
    assert things("plate", text, country=country) == right


def test_a_sign_before_a_shorter_plate_may_be_an_unread_position() -> None:
    read = things("plate", "#111AAC", country="BO")
    assert ("BO/111AAC", "possible") in read
    assert ("BO/1111AAC", "possible") in read
    assert all(certainty == "possible" for _value, certainty in read)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("IM1234A Y IM1235A", {("1M1234A", "certain"), ("1M1235A", "certain")}),
        ("IM1234A-IM1239A", {("1M1234A", "certain"), ("1M1239A", "certain")}),
        ("IM1234A AL IM1239A", {("1M1234A", "certain"), ("1M1239A", "certain")}),
        ("IM1234AR Y IM1235AR", {("1M1234AR", "certain"), ("1M1235AR", "certain")}),
        ("PT 92 AF", set()),
        ("PT92AFS", set()),
        ("G17 GEN4", set()),
        ("3005550100", {("3005550100", "possible")}),
        ("0912345675", {("0912345675", "possible"), ("912345675", "possible")}),
        ("955550100", {("955550100", "possible")}),
        ("NV E594", {("E594", "possible"), ("NVE594", "possible")}),
        ("SN E594", {("E594", "possible"), ("5NE594", "possible")}),
        ("SN E59412", {("E59412", "certain")}),
        ("NV TKX12345", {("TKX12345", "certain")}),
    ],
)
def test_serials(text: str, right: set[tuple[str, str]]) -> None:
    assert things("serial", text) == right


def test_a_year_is_no_certain_lot() -> None:
    assert things("lot", "2021") == {("2021", "possible")}
    assert things("lot", "L2021") == {("L2021", "certain")}


def test_a_calibre_of_inches_with_a_point() -> None:
    assert things("calibre", "30.06") == {("30-06", "certain")}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("marzo 15 de 2021", "2021-03-15"),
        ("15/03/2021 1405 hrs", "2021-03-15T14:05"),
        ("15/03/2021 14:05 h", "2021-03-15T14:05"),
    ],
)
def test_dates(text: str, right: str) -> None:
    assert things("date", text) == {(right, "certain")}


@pytest.mark.parametrize(
    ("text", "right"), [("1'234.56", "1234.56"), ("12345,678", "12345.678"), ("0,1", "0.1")]
)
def test_numbers_have_no_noise(text: str, right: str) -> None:
    assert things("number", text) == {(right, "certain")}


def test_an_apostrophe_may_stand_for_millions() -> None:
    readings = {("1234567", "possible"), ("1234.567", "possible")}
    assert things("number", "1'234.567") == readings
