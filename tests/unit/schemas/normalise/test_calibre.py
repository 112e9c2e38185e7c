"""A calibre is one name for all its spellings; what is not in the table is unknown."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.normalise import calibre as calibres
from schemas.normalise.calibre import CALIBRES, calibre, calibres_fit, read_calibre
from tests.support.cases import read_lines, read_rows

SPELLINGS = [
    (text, name)
    for name, aliases in calibres._TABLE["calibres"].items()
    for text in (name, *aliases)
]
RIGHT = ["38 SPECIAL", "38", "38 SPECIAL", "9X19", "9X19", "9X19", "9X19", "4.5MM", "4.5MM"]


@pytest.mark.parametrize(("row", "right"), [*zip(read_rows("09-calibres.csv"), RIGHT, strict=True)])
def test_decimals_and_brackets_are_the_calibre_that_they_name(
    row: dict[str, str], right: str
) -> None:
    assert calibre(row["CAL"]) == right


def test_a_spelling_is_its_calibre_or_unknown() -> None:
    rows = [(row["WRITTEN"], row["READ"] or None) for row in read_rows("calibres-read.csv")]
    assert [(text, calibre(text)) for text, _ in rows] == rows


@given(
    st.sampled_from(SPELLINGS),
    st.sampled_from(["", "CAL ", "CAL. ", "Calibre ", "CALIBRE: ", "cal:"]),
    st.sampled_from(["", " ", ".", " (VER ACTA)", " (12 cartuchos)", " CAL"]),
    st.sampled_from(["as_is", "comma", "small", "zeros", "spaces"]),
)
def test_a_calibre_in_any_label_and_damage_is_itself_or_in_doubt(
    spelling: tuple[str, str], label: str, behind: str, damage: str
) -> None:
    text, name = spelling
    if damage == "comma":
        text = text.replace(".", ",")
    elif damage == "small":
        text = text.lower()
    elif damage == "zeros" and text.isdigit():
        text += ".0"
    elif damage == "spaces":
        text = f"  {text.replace('X', ' X ')} "
    assert calibre(f"{label}{text}{behind}") in {name, None}
    if behind in {"", " "}:
        assert calibre(f"{label}{text}") == name


def test_what_is_no_calibre_is_unknown() -> None:
    texts = read_lines("no-calibre.txt")
    assert [(text, calibre(text)) for text in texts if calibre(text) is not None] == []


def test_the_list_of_what_is_no_calibre_is_long() -> None:
    assert len(set(read_lines("no-calibre.txt"))) >= 300


@given(st.text(max_size=30))
def test_any_text_is_a_calibre_of_the_table_or_unknown(text: str) -> None:
    read = read_calibre(text)
    assert read.name is None or read.name in CALIBRES
    assert not read.certain or read.spelling


@given(st.sampled_from(sorted(CALIBRES)), st.text(max_size=12))
def test_an_unknown_calibre_contradicts_none(name: str, text: str) -> None:
    assume(text not in CALIBRES)
    assert calibres_fit(name, text)
    assert calibres_fit(text, name)


def test_every_edge_joins_two_calibres_of_the_table() -> None:
    assert {end for edge in calibres._TABLE["edges"] for end in edge} <= CALIBRES


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("38 MM", "38"),
        (".38 MM", "38"),
        ("45 MM", "45 ACP"),
        ("4.5 MM", "4.5MM"),
        ("37 MM", "37MM"),
    ],
)
def test_millimetres_behind_inches_are_the_inches(text: str, right: str) -> None:
    """A revolver «CAL. 38 MM» is a 38; it does not contradict a 38 SPECIAL."""
    assert calibre(text) == right
