"""Letters that look like digits make a number possible, wherever they stand, never another one."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise import imei, phone
from schemas.normalise.check_digits import luhn

LETTERS = {"0": "O", "1": "I"}


@given(st.integers(0, 9_999_999), st.data())
def test_a_telephone_with_letters_for_digits_is_possibly_itself(
    number: int, data: st.DataObject
) -> None:
    digits = f"300{number:07}"
    at = data.draw(st.sampled_from([place for place, sign in enumerate(digits) if sign in LETTERS]))
    written = digits[:at] + LETTERS[digits[at]] + digits[at + 1 :]
    things = phone.read(written, "CO").things
    assert all((thing.certainty, thing.value) == ("possible", f"+57{digits}") for thing in things)


@given(st.integers(0, 10**12 - 1), st.data())
def test_a_handset_with_letters_for_digits_is_possibly_itself(
    number: int, data: st.DataObject
) -> None:
    body = f"49{number:012}"
    digits = next(f"{body}{check}" for check in range(10) if luhn(f"{body}{check}"))
    places = [place for place, sign in enumerate(digits) if sign in LETTERS]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    written = digits[:at] + LETTERS[digits[at]] + digits[at + 1 :]
    things = imei.read(written).things
    assert all((thing.certainty, thing.value) == ("possible", body) for thing in things)


def test_letters_at_the_end_are_read_as_well() -> None:
    assert [thing.value for thing in phone.read("300555010O", "CO").things] == ["+573005550100"]
    assert [thing.value for thing in phone.read("9555501OO", "PE").things] == ["+51955550100"]
    assert [thing.value for thing in imei.read("4901542O3237518").things] == ["49015420323751"]
