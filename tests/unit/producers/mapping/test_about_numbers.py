"""A number that is not exact is read and kept, never as certain; a range is its two ends."""

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from producers.mapping import loader
from producers.mapping.number_text import number_readings
from producers.model import MappedRow, Refusal

ABOUT = """
aprox 500|500 aprox.|APROX. 500|aproximadamente 500|500 (aprox)|500 (aproximadamente)|±500|~500|≈ 500
unos 500|unas 500|alrededor de 500|cerca de 500|casi 500|como 500|más o menos 500|500 más o menos
c. 500|ca. 500|500?|500 (?)|500 y pico|500 y tantos|estimado 500|500 est.|unos quinientos|about 500
"""
BOUNDS = """
más de 500|mas de 500|>500|> 500|≥500|>= 500|500+|al menos 500|por lo menos 500|mínimo 500|no menos de 500
a partir de 500|500 o más|500 como mínimo|más de quinientos|superior a 500|more than 500|min. 500
menos de 500|<500|<= 500|hasta 500|máximo 500|no más de 500|500 o menos|inferior a 500|up to 500
"""
RANGES = """
500-600|500 - 600|500 – 600|entre 500 y 600|de 500 a 600|500 a 600|desde 500 hasta 600|500 o 600
550±50|550 +/- 50|aprox. entre 500 y 600|between 500 and 600
"""
NO_NUMBERS = "aprox|más de|unos|entre 500|10-5|5 a 5|-5-10|1-2-3|varios|2021-05|500/600"
WRAPS = (
    *("aprox {}", "{} aprox.", "±{}", "unos {}", "más de {}", "menos de {}", "~ {}", "hasta {}"),
    *("{} (aprox)", "al menos {}", "{} o más", "cerca de {}", ">{}", "<= {}", "{}?", "CASI {}"),
)


def texts_of(lines: str) -> list[str]:
    return [text for line in lines.strip().splitlines() for text in line.split("|")]


def values_of(text: str) -> list[float]:
    readings = number_readings(text)
    assert not any(reading.is_certain for reading in readings), text
    return [reading.value for reading in readings]


def test_what_is_about_a_number_is_possibly_that_number() -> None:
    texts = texts_of(ABOUT) + texts_of(BOUNDS)
    assert [text for text in texts if values_of(text) != [500]] == []


def test_a_range_is_one_of_its_ends() -> None:
    texts = texts_of(RANGES)
    assert [text for text in texts if values_of(text) != [500, 600]] == []


def test_what_names_no_number_stays_none() -> None:
    assert [text for text in texts_of(NO_NUMBERS) if number_readings(text)] == []


def test_a_currency_stays_beside_what_is_about() -> None:
    for text in ("aprox S/ 300", "S/ aprox 300", "S/ 300 aprox.", "más de 300 soles"):
        assert [(r.value, r.currency, r.is_certain) for r in number_readings(text)] == [
            (300, "PEN", False)
        ]


def test_the_number_in_words_behind_it_decides_or_doubts() -> None:
    assert values_and_certainty("1.500 (MIL QUINIENTOS SOLES)") == [(1500, True)]
    assert values_and_certainty("500 (CINCUENTA)") == [(500, False), (50, False)]


def values_and_certainty(text: str) -> list[tuple[float, bool]]:
    return [(reading.value, reading.is_certain) for reading in number_readings(text)]


@given(st.integers(0, 10**9), st.sampled_from(WRAPS))
def test_words_beside_a_number_make_it_possible_and_leave_its_value(number: int, wrap: str) -> None:
    assert values_of(wrap.format(number)) == [number]


def read(value: str, step: object) -> tuple[Any, list[str]]:
    """Map one number. Gives it and the doubts, or None and the refusals."""
    content = {
        "type": "seizure",
        "source": {"format": "csv"},
        "fields": {"note": {"column": "C", "steps": [step]}},
    }
    mapped = loader.parse_mapping(content, Path("test.toml")).apply({"C": value}, 1)
    if isinstance(mapped, MappedRow):
        return mapped.payload["note"], [str(doubt.detail) for doubt in mapped.doubts]
    assert all(isinstance(refusal, Refusal) for refusal in mapped)
    return None, [str(refusal.detail) for refusal in mapped]


def test_a_mapping_keeps_what_is_about_and_says_so() -> None:
    about = ["the text says that it is about this much"]
    assert read("aprox. 500", {"number": "auto"}) == (500, about)
    assert read("aprox. 1.500,5", {"number": ","}) == (1500.5, about)
    assert read("unos 5", {"integer": True}) == (5, about)
    assert read("500", {"number": "auto"}) == (500, [])
    assert read("500-600", {"number": "auto"}) == (None, ["it may be 500 or 600"])
