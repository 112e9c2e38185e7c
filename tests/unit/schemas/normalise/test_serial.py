"""Serials: one normal form, after the vocabulary's rules."""

import re
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.normalise.nothing import is_doubtful, is_placeholder, is_row
from schemas.normalise.serial import serial

PLAIN = "ACDEFHJKLMNPQRTUVWXY"  # letters that are confused with no digit
CONFUSED = {"O": "0", "I": "1", "S": "5", "B": "8", "Z": "2", "G": "6"}

digits = st.text("123456789", min_size=4, max_size=9).filter(
    lambda number: not is_placeholder(number) and not is_row(number) and not is_doubtful(number)
)
affix = st.text(PLAIN, max_size=3).filter(
    lambda text: text not in {"NUM", "XXX"}  # a label, and what stands for nothing
)
_OTHER_KINDS = re.compile("9[0-9]{8}|[0-9]{10,}")  # as telephones and documents are written
marks = st.builds(lambda a, b, c: a + b + c, affix, digits, affix).filter(
    lambda mark: _OTHER_KINDS.fullmatch(mark) is None
)


@given(st.text(string.ascii_letters + string.digits + " -./#?ñé", max_size=14))
def test_any_text_is_certain_possible_or_never(text: str) -> None:
    read = serial(text)
    assert (read.normal is not None) == (read.certainty == "certain")
    assert all(len(item) >= 4 for item in (*read.candidates, *filter(None, [read.normal])))


def test_a_misread_prefix_letter_does_not_hide_the_others() -> None:
    assert serial("BGX123").normal == serial("8GX123").normal == serial("B6X123").normal == "86X123"
    assert serial("BGM123").normal != serial("BGX123").normal


def test_a_misread_suffix_letter_does_not_hide_the_others() -> None:
    assert serial("34797XG").normal == serial("34797X6").normal == "34797X6"
    assert serial("34797XG").normal != serial("34797MG").normal


def test_what_may_be_a_prefix_or_a_number_keeps_the_other_reading_as_possible() -> None:
    assert serial("1J5678") == ("1J5678", "certain", ("15678",))
    assert serial("12J5678") == ("125678", "certain", ())


@given(marks)
def test_a_normal_serial_is_kept_and_certain(mark: str) -> None:
    assert serial(mark) == (mark, "certain", ())


@given(marks, st.data())
def test_case_punctuation_and_spaces_do_not_count(mark: str, data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(
            st.sampled_from(["", "-", "'", "--"]),
            min_size=len(mark),
            max_size=len(mark),
        )
    )
    written = "".join(
        gap + (letter.lower() if gap else letter) for gap, letter in zip(gaps, mark, strict=True)
    )
    assert serial(written) == serial(mark)


@given(marks, st.data())
def test_letters_confused_with_digits_do_not_count(mark: str, data: st.DataObject) -> None:
    back = {digit: letter for letter, digit in CONFUSED.items()}
    swap = data.draw(st.lists(st.booleans(), min_size=len(mark), max_size=len(mark)))
    written = "".join(
        back.get(letter, letter) if yes else letter for letter, yes in zip(mark, swap, strict=True)
    )
    if any(letter.isdigit() for letter in written):
        assert serial(written) == serial(mark)


@given(affix, digits, st.text(PLAIN, min_size=1, max_size=2), digits, affix)
def test_letters_between_digits_do_not_count(
    before: str, text: str, middle: str, right: str, after: str
) -> None:
    assume(middle != "XX")  # which may stand for what nobody could read
    plain = serial(before + text + right + after)
    assume(plain.certainty == "certain")  # not so long that it may be a number of another kind
    assert serial(before + text + middle + right + after) == plain


def are_one(text: str, other: str) -> bool:
    """Whether two texts are read as one serial; a doubtful one has candidates alone."""
    first, second = serial(text), serial(other)
    return first == second or (first.normal is not None and first.normal == second.normal)


@given(affix, affix, digits)
def test_prefix_letters_count(text: str, other: str, number: str) -> None:
    assert are_one(text + number, other + number) == (text == other)


@given(affix, affix, digits)
def test_suffix_letters_count(text: str, other: str, number: str) -> None:
    assert are_one(number + text, number + other) == (text == other)


@given(digits, digits)
def test_every_digit_counts(text: str, other: str) -> None:
    assert are_one(text, other) == (text == other)


def test_ncics_own_example_is_one_serial() -> None:
    assert {serial(mark).normal for mark in ("369J257", "369257", "369M257", "369-257")} == {
        "369257"
    }


def test_a_confusable_between_digits_is_a_digit() -> None:
    assert serial("369I257").normal == "3691257"


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "UNKNOWN",
            "none",
            "S/N",
            "s.n.",
            "SN",
            "N/A",
            "SIN NUMERO",
            "Sin número",
            "SIN SERIE",
            "NO TIENE",
            "ILEGIBLE",
            "BORRADO",
            "limado",
            "OBLITERADO",
        ),
        *(
            "DESCONOCIDO",
            "NO VISIBLE",
            "XXXX",
            "0000",
            "00000000",
            "O0O0",
            "S/N 0000",
            "LIMADO 2",
            "",
            " ",
            "???",
            "ABCD",
            "123",
            "12A3",
            "-",
        ),
    ],
)
def test_placeholders_and_marks_that_say_too_little_never_match(mark: str) -> None:
    assert serial(mark) == (None, "never", ())


def test_no_serial_at_all_never_matches() -> None:
    assert serial(None).certainty == "never"


@given(digits, st.data())
def test_an_unread_position_could_be_what_was_there(number: str, data: st.DataObject) -> None:
    at = data.draw(st.sets(st.integers(0, len(number) - 1), min_size=1, max_size=2))
    read = serial("".join("?" if n in at else digit for n, digit in enumerate(number)))
    if read.certainty == "possible":
        assert number in read.candidates
        assert len(read.candidates) <= 961
    else:
        assert len(number) - len(at) == 0


@given(affix.filter(bool), digits, st.data())
def test_an_unread_letter_of_the_prefix_could_be_any_letter_that_counts(
    prefix: str, number: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(prefix) - 1))
    assert prefix + number in serial(prefix[:at] + "?" + prefix[at + 1 :] + number).candidates


def test_an_unread_position_between_digits_is_a_digit_or_a_dropped_letter() -> None:
    assert serial("369?257").candidates == tuple(
        sorted({f"369{n}257" for n in "0123456789"} | {"369257"})
    )


def test_more_than_two_unread_positions_never_match() -> None:
    assert serial("12???345").certainty == "never"


@pytest.mark.parametrize("text", ["S: TKX12345", "s:TKX12345", "S: T KX12345", "SER: TKX12345"])
def test_a_word_with_a_colon_is_no_letter_of_the_mark(text: str) -> None:
    """«S: TKX12345» was 5TKX12345, certain."""
    assert serial(text).normal == "TKX12345"


def test_an_unknown_word_with_a_colon_before_a_number_is_a_doubt() -> None:
    assert serial("S: 5047188").normal == "5047188"
    read = serial("AB: 5047188")
    assert read.certainty == "possible" and {"5047188", "A85047188"} <= set(read.candidates)


def test_a_prefix_y_is_no_word() -> None:
    """«Y 450824H» was 450824H, certain: the number of another weapon."""
    assert serial("Y 450824H").normal == serial("Y450824H").normal


def test_a_look_alike_does_not_hide_the_zero_before_a_number() -> None:
    assert "3683427" in serial("036b3427").candidates
