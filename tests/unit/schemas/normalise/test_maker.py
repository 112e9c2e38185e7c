"""A make is one name, whatever legal form, country, model or calibre stands next to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise import maker
from schemas.normalise.maker import make, read_make
from tests.support.cases import read_lines, read_rows

MAKES = maker._TABLE["makes"]
SPELLINGS = [(text, name) for name, aliases in MAKES.items() for text in (name, *aliases)]
BEFORE = ["", "MARCA ", "Marca: ", "PISTOLA ", "REVOLVER MARCA ", "FABRICANTE "]
BEHIND = [
    *("", " S.A.", " SA", ", S.A.C.", " LTDA.", " Inc.", " & CO", " Y CIA", " GmbH", " S.p.A."),
    *(" (BRASIL)", " - USA", " CAL 38", " 9MM", " CAL. 9 mm", " MODELO 85", " MOD. PT 92"),
    *(" PT92", " 92 FS", " SERIE 12345", " ARGENTINA", " (S/N)"),
]


def test_a_spelling_is_its_make_or_nobody() -> None:
    rows = [(row["WRITTEN"], row["READ"] or None) for row in read_rows("makers-read.csv")]
    assert [(text, make(text)) for text, _ in rows] == rows


@given(st.sampled_from(SPELLINGS), st.sampled_from(BEFORE), st.sampled_from(BEHIND), st.booleans())
def test_a_make_with_anything_next_to_it_is_itself_or_in_doubt(
    spelling: tuple[str, str], before: str, behind: str, small: bool
) -> None:
    text, name = spelling
    written = before + text + behind
    read = read_make(written.lower() if small else written)
    assert not read.certain or read.names == (name,)
    assert not read.names or name in read.names


@given(st.sampled_from(SPELLINGS), st.sampled_from(BEHIND[:5]))
def test_a_legal_form_is_no_part_of_a_make(spelling: tuple[str, str], form: str) -> None:
    assert make(spelling[0] + form) == spelling[1]


def test_what_is_no_make_is_nobody() -> None:
    assert [(text, make(text)) for text in read_lines("no-maker.txt") if make(text)] == []


def test_the_list_of_what_is_no_make_is_long() -> None:
    assert len(set(read_lines("no-maker.txt"))) >= 300


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read = read_make(text)
    assert read.certain is False or len(read.names) == 1


def test_at_least_forty_makes_are_known() -> None:
    assert len(MAKES) >= 40


def test_a_spelling_of_two_makes_is_refused() -> None:
    with pytest.raises(ValueError, match="keep one"):
        maker._names_by_spelling({"A": ["X"], "B": ["X"]})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("INDUMIL MOD. LLAMA CASSIDY", "INDUMIL"),
        ("IDM LLAMA CASSIDY", "INDUMIL"),
        ("REMINGTON R-15", "REMINGTON"),
        ("NORINCO NP 22", "NORINCO"),
        ("GALIL SAR", "IWI"),
        ("SMITH & WESSON M&P 9", "SMITH & WESSON"),
        ("NORINCO TYPE 56", "NORINCO"),
    ],
)
def test_a_model_behind_a_make_is_no_part_of_it(text: str, name: str) -> None:
    assert read_make(text) == ((name,), True)


def test_two_makes_are_both_possible() -> None:
    """They are two weapons, or one that nobody is sure of; neither reading is lost."""
    assert read_make("TAURUS ROSSI") == (("TAURUS", "ROSSI"), False)
