"""A maker that is nearly one of the table is possible, with both readings."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.normalise import weapon
from schemas.normalise.maker import is_known_make, read_make
from schemas.normalise.misspelling import is_near

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MAKERS = ["GLOCK", "TAURUS", "BROWNING", "BERETTA", "WINCHESTER", "REMINGTON", "INDUMIL", "NORINCO"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("GLOK", "GLOCK"),
        ("TAURUZ", "TAURUS"),
        ("Pistola Tauruz PT 92", "TAURUS"),
        ("SMIHT & WESSON", "SMITH & WESSON"),
        ("SMITH & WESSSON CORP", "SMITH & WESSON"),
        ("BERRETA", "BERETTA"),
        ("COLTT", "COLT"),
        ("HECKLER & KOSH", "HECKLER & KOCH"),
        ("Ceská Zbrojovca", "CZ"),
    ],
)
def test_a_misspelt_maker_may_be_the_one_of_the_table(written: str, name: str) -> None:
    reading = read_make(written)
    assert (reading.names[0], len(reading.names), reading.certain) == (name, 2, False)


@pytest.mark.parametrize("written", ["BOLT", "KESEL", "ROCHELLE", "TAUR"])
def test_a_maker_that_is_near_to_none_keeps_its_own_spelling(written: str) -> None:
    assert read_make(written) == ((written,), True)


def test_a_misspelt_maker_meets_the_right_one_as_possible() -> None:
    record = {"kind": "firearm", "type": "PISTOL", "serial": "TKX48213", "calibre": "9 mm"}
    right = weapon.observe({**record, "make": "GLOCK"})
    misspelt = weapon.observe({**record, "make": "GLOK"})
    assert [thing.certainty for thing in right] == ["certain"]
    assert {thing.certainty for thing in misspelt} == {"possible"}
    assert right[0].value in {thing.value for thing in misspelt}


@given(st.sampled_from(MAKERS), st.data())
def test_one_wrong_letter_is_never_a_certain_maker_of_its_own(
    name: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    written = data.draw(
        st.sampled_from(
            [
                name[:place] + letter + name[place + 1 :],
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place:],
                name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            ]
        )
    )
    assume(len(written) >= 5 and not is_known_make(written))
    reading = read_make(written)
    assert not reading.certain
    assert not reading.names or name in reading.names or written in reading.names


@given(st.text(LETTERS, max_size=12), st.text(LETTERS, max_size=12))
def test_nearness_is_mutual_and_no_text_is_near_to_itself(first: str, second: str) -> None:
    assert is_near(first, second) == is_near(second, first)
    assert not is_near(first, first)
