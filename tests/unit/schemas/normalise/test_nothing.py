"""One list of words says for all kinds that there is no number."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise import nothing
from schemas.normalise.nothing import find_nothing, is_doubtful, is_filler, is_placeholder, is_row

TABLE = json.loads(Path(nothing.__file__).with_name("nothing.json").read_text(encoding="utf-8"))
STEMS = [stem for stem in TABLE["stems"] if stem.endswith("AD") or stem.endswith("ID")]
BESIDE = ["", " CAL 38", " 9MM", " CAL. 16", " 2", " 38 SPL", ", 12 UNIDADES", " (9 mm)", " 1234"]


@given(
    st.sampled_from(STEMS),
    st.sampled_from(["O", "A", "OS", "AS"]),
    st.sampled_from(["", "SERIE ", "NUMERO ", "Nº ", "TOTALMENTE "]),
    st.sampled_from(BESIDE),
    st.booleans(),
)
def test_a_word_counts_in_every_gender_and_number_and_with_a_number_beside_it(
    stem: str, ending: str, before: str, beside: str, small: bool
) -> None:
    text = before + stem + ending + beside
    assert find_nothing(text.lower() if small else text)


@given(st.sampled_from(TABLE["phrases"]), st.sampled_from(BESIDE), st.sampled_from([" ", ".", "-"]))
def test_a_phrase_counts_however_its_words_are_parted(phrase: str, beside: str, gap: str) -> None:
    assert find_nothing(phrase.replace(" ", gap) + beside)


@given(st.sampled_from([p for p in TABLE["phrases"] if len(p.replace(" ", "")) >= 6]))
def test_a_phrase_counts_without_its_spaces(phrase: str) -> None:
    assert is_placeholder(phrase.replace(" ", ""))
    assert find_nothing(phrase.replace(" ", "") + "001")


@given(
    st.sampled_from(["S/N", "S.N.", "S/D", "N/A", "N/R", "N/T", "S/P", "NT", "N.N.", "SN", "nd"]),
    st.sampled_from(["", " 38", " CAL.38", " 9MM", " 2", " 0000", " .38 SPL"]),
)
def test_an_abbreviation_counts_alone_and_beside_a_calibre_or_a_count(
    short: str, beside: str
) -> None:
    assert find_nothing(short + beside)


@pytest.mark.parametrize(
    "text",
    [
        *("SIN N° 38", "Sin número", "SIN SERIE 12345", "POR ESTABLECER 9MM", "VER ACTA 1234"),
        *("N0 TIENE", "RASPAD0", "B0RRAD0", "Não informado", "ilegível", "EN TRÁMITE 4455"),
        *("-", "--", ".", "…", "//", "()", "", " ", "#N/A", "#¡REF!", "#VALUE!", "#¡N/D!"),
        *("1900-01-01", "01/01/1900", "1900-01-01 00:00:00", "15-mar-2021", "2021-03-15T14:05:00"),
        *("NULL", "None", "nan", "NaT", "<NA>", "(null)", "(en blanco)", "N/R 12345"),
    ],
)
def test_what_stands_for_nothing_is_nothing(text: str) -> None:
    assert find_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *("TKX12345", "S/N TKX12345", "S/N 12345", "No. TKX12345", "SERIE N° TKX12345"),
        *("N.I.T. 800.555.111-5", "C.C. No. 10111222", "NO CUENTA 24055566677", "NT 12345"),
        *("SIN 123", "SIN-123", "VER 456", "POR 789", "SN123456", "ABC123 BOGOTA", "369J257"),
        *("CTA AHORROS 24055566677", "Nº SERIE 1234567", "IM123456A", "12-34-56", "1-2-2021-5"),
    ],
)
def test_what_may_be_a_number_is_not_nothing(text: str) -> None:
    assert not find_nothing(text)


@given(st.sampled_from("0123456789XAN"), st.integers(2, 20))
def test_one_sign_repeated_is_a_filler(sign: str, count: int) -> None:
    assert is_filler(sign * count)


@given(st.integers(4, 10))
def test_digits_in_their_order_are_a_row(count: int) -> None:
    assert is_row("1234567890"[:count])
    assert is_row("0123456789"[:count])
    assert count == 4 or (is_row("9876543210"[:count]) and is_row("987654321"[-count:]))


@pytest.mark.parametrize("text", ["121212", "123123", "112233", "3456789", "5000000", "10000001"])
def test_patterns_are_doubtful(text: str) -> None:
    assert is_doubtful(text)
    assert is_doubtful(f"ABC{text}")


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(find_nothing(text), str)
