"""Values next to models, to other values, in lists and in ranges: each is itself, or in doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.mapping.identify import WrittenText, identify
from schemas.normalise.serial import serial
from tests.support.identifier_strategies import digits, ec_cedulas

PLAIN = "ACDEFHJKLMNPQRTUVWXY"  # letters that are confused with no digit
numbers = st.text("123456789", min_size=5, max_size=8).filter(
    lambda mark: serial(mark) == (mark, "certain", ())
)
marks = st.builds("{}{}".format, st.text(PLAIN, min_size=2, max_size=3), numbers).filter(
    lambda mark: serial(mark) == (mark, "certain", ())
)
models = st.sampled_from(
    ["TAURUS 85", "GLOCK 17", "BERETTA PX4", "S&W 10", "REVOLVER 38", "ESCOPETA 12", "CZ 75B"]
)


def read(kind: str, text: str, **known: str) -> dict[str, str]:
    """Certainty of each thing that a text is, by its value."""
    things = identify(WrittenText(kind, text, **known), date(2026, 11, 30)).things
    return {thing.value: thing.certainty for thing in things}


@given(models, st.one_of(marks, numbers))
def test_a_serial_behind_a_make_and_a_model_is_itself_and_no_other_certain_one(
    model: str, mark: str
) -> None:
    """«GLOCK 17 447213» was 17447213, certain."""
    things = read("serial", f"{model} {mark}")
    assert mark in things
    assert {value for value in things if things[value] == "certain"} <= {mark}


@given(marks, st.sampled_from(["ARMAZON", "CAJON DE MECANISMOS", "EN EL TAMBOR"]))
def test_a_serial_behind_unknown_words_is_read_alone_too(mark: str, words: str) -> None:
    assert mark in read("serial", f"{words} {mark}")
    assert read("serial", f"{words} {mark}").keys() >= {mark}


def test_a_serial_that_is_denied_is_none() -> None:
    """«NO ES TKX12345» was ESTKX12345, certain."""
    assert read("serial", "NO ES TKX12345") == {}


def test_a_serial_in_two_groups_stays_one() -> None:
    for written in ("IM628 - 794M", "245 MW728691", "KC Y02189", "2776 - 2785"):
        assert list(read("serial", written).values()) == ["certain"]


@given(numbers, st.integers(1, 9), st.sampled_from([" AL ", " A ", " HASTA ", " O "]))
def test_the_ends_of_a_range_are_never_one_certain_serial(
    number: str, more: int, between: str
) -> None:
    """«4472 AL 4480» was 44724480, certain."""
    end = f"{number[:-1]}{(int(number[-1]) + more) % 10}"
    things = read("serial", f"{number}{between}{end}")
    assert "certain" not in things.values()
    assert number in things


@given(marks, marks)
def test_of_two_serials_of_which_one_is_meant_none_is_certain(mark: str, other: str) -> None:
    things = read("serial", f"{mark} O {other}")
    assert things.keys() >= {mark, other}
    assert set(things.values()) == {"possible"} or mark == other


@given(ec_cedulas, ec_cedulas, st.sampled_from(["o", "O", "u", "ó", "y/o", "or"]))
def test_of_two_documents_of_which_one_is_meant_none_is_certain(
    number: str, other: str, between: str
) -> None:
    things = read("document", f"{number} {between} {other}", country="EC", type="national_id")
    assert "certain" not in things.values() or number == other


@given(st.lists(ec_cedulas, min_size=2, max_size=4, unique=True), st.sampled_from([")", ".-"]))
def test_a_numbered_list_is_read_as_its_values(values: list[str], sign: str) -> None:
    """«1) 356938035643809» was the handset 13569380356438, with the number of the list in it."""
    known = {"country": "EC", "type": "national_id"}
    written = " ".join(f"{n}{sign} {value}" for n, value in enumerate(values, 1))
    assert read("document", written, **known) == read("document", "; ".join(values), **known)


@given(digits(9), digits(9))
def test_two_phones_among_words_are_both_possible(first: str, second: str) -> None:
    mine, other = f"0{first}", f"0{second}"
    alone = {
        number: certainty
        for text in (mine, other)
        for number, certainty in read("phone", text, country="EC").items()
        if certainty == "certain"
    }
    assert alone.keys() <= read("phone", f"{mine} esposa {other}", country="EC").keys()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("58 412 1234567", "+584121234567"),
        ("584121234567", "+584121234567"),
        ("593991234567", "+593991234567"),
    ],
)
def test_a_foreign_number_without_a_plus_is_possible(text: str, value: str) -> None:
    """They were no number: a Venezuelan's telephone in a Colombian file was lost."""
    assert read("phone", text, country="CO") == {value: "possible"}


def test_each_number_among_words_is_possible() -> None:
    assert read("imei", "SAMSUNG GALAXY S9 IMEI 490154203237518") == {"49015420323751": "possible"}
    assert read("imei", "MOTO X4 490154203237518, 490154203237526 malos") == {
        "49015420323751": "possible",
        "49015420323752": "possible",
    }
    accounts = "AHORRO BCP 19312345670012 CCI 00219300123456701211"
    assert read("account", accounts, country="PE", issuer="BCP") == {
        "19312345670012": "possible",
        "00219300123456701211": "possible",
    }


def test_a_word_next_to_a_plate_is_no_part_of_it() -> None:
    """«PLACA EXTRANJERA PCB1234» was EXTRANJERAPCB1234 alone."""
    assert read("plate", "PLACA EXTRANJERA PCB1234", country="CO") == {"PCB1234": "possible"}
    assert read("plate", "INTERNO 482", country="CO") == {}
    assert read("plate", "AB123CD (ARG)") == {"AB123CD": "possible"}


def test_a_point_behind_a_plate_may_be_an_unread_position() -> None:
    plates = read("plate", "KLM48.", country="CO")
    assert plates.keys() >= {"KLM48", "KLM482"} and "certain" not in plates.values()
    assert read("plate", "KLM482.", country="CO") == {"KLM482": "certain"}


def test_a_foreign_plate_of_alike_signs_is_possible() -> None:
    assert read("plate", "AA000AA", country="AR") == {"AA000AA": "possible"}


@pytest.mark.parametrize("mark", ["TKX482XX", "48213XX"])
def test_a_row_of_x_at_the_end_may_be_unread(mark: str) -> None:
    things = read("serial", mark)
    assert mark in things and "certain" not in things.values() and len(things) > 2


def test_digits_apart_are_a_part_of_a_serial_unless_they_are_a_calibre() -> None:
    assert read("serial", "58 - C2984849") == {"582984849": "certain"}
    assert read("serial", "MW - A72462") == {"MWA72462": "certain"}
    assert set(read("serial", "38 C2984849").values()) == {"possible"}


def test_a_count_behind_a_lot_is_no_part_of_it() -> None:
    assert read("lot", "LOTE 4472 X 50") == {"4472": "certain"}


def test_a_serial_that_somebody_told_is_possible() -> None:
    assert read("serial", "TKX12345 SEGUN DENUNCIA") == {"TKX12345": "possible"}
    assert read("serial", "SEGUN ACTA 44721") == {}


def test_a_number_of_a_file_is_no_serial() -> None:
    for word in ("CASO", "PROCESO", "RADICADO", "DENUNCIA", "INVENTARIO"):
        assert read("serial", f"{word} 44721") == {}


def test_a_word_of_a_make_may_be_that_make() -> None:
    assert read("make", "SMITH") == {"SMITH & WESSON": "possible", "SMITH": "possible"}
    assert read("make", "DAN WESSON") == {"DANWESSON": "certain"}
