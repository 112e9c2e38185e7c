"""A number is read where it can be read in one way; in doubt it is a doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.mapping import loader
from producers.mapping.number_text import number_readings, plain_text
from producers.mapping.suggest import suggest
from producers.model import MappedRow

CASES = Path(__file__).parents[3] / "cases"


def read_by(step: dict[str, object], written: object) -> tuple[object, str]:
    """Read a text by one step. Gives the value, or the code of its refusal, and the detail."""
    content = {
        "type": "seizure",
        "source": {"format": "csv"},
        "fields": {"note": {"column": "C", "steps": [step]}},
    }
    mapped = loader.parse_mapping(content, Path("test.toml")).apply({"C": written}, 1)
    if isinstance(mapped, MappedRow):
        return mapped.payload.get("note"), ""
    return mapped[0].code, str(mapped[0].detail)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("1.234", [1.234, 1234.0]),
        ("1,234", [1234.0, 1.234]),
        ("12.500", [12.5, 12500.0]),
        ("-1.234", [-1.234, -1234.0]),
        ("800", [800.0]),
        ("1.23", [1.23]),
        ("0.234", [0.234]),
        ("1234.567", [1234.567]),
        ("1.234,5", [1234.5]),
        ("1,234.50", [1234.5]),
        ("1.234.567", [1234567.0]),
        ("1 234 567", [1234567.0]),
        ("1'234.5", [1234.5]),
        ("1.234'567", []),
        ("1.23.456", []),
        ("1e5", []),
        ("nan", []),
        ("١٢", []),
        ("15 kg", [15]),
        ("", []),
        ("-", []),
    ],
)
def test_every_way_to_read_a_number_is_given(written: str, values: list[float]) -> None:
    readings = number_readings(written)
    assert [reading.value for reading in readings] == values
    assert all(reading.is_certain == (len(values) == 1) for reading in readings)


@pytest.mark.parametrize(
    ("mark", "written", "expected"),
    [
        ("auto", "1.234,5", (1234.5, "")),
        ("auto", "1.234", ("BAD_NUMBER", "it may be 1.234 or 1234")),
        ("auto", 1.234, (1.234, "")),
        ("auto", "x", ("BAD_NUMBER", "a number that can be read in one way only")),
        (",", "1.234", (1234.0, "")),
        (".", "1.234", (1.234, "")),
        (",", "0.234", ("BAD_NUMBER", "a number with decimal mark `,`")),
        (",", "1.234 567", ("BAD_NUMBER", "a number with decimal mark `,`")),
    ],
)
def test_a_doubt_is_refused_unless_the_mapping_decides(
    mark: str, written: object, expected: tuple[object, str]
) -> None:
    assert read_by({"number": mark}, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("15", 15), ("15.0", 15), ("15,00", 15), ("15.000", "BAD_NUMBER"), ("15.5", "BAD_NUMBER")],
)
def test_a_whole_number_is_read_as_a_spreadsheet_shows_it(written: str, expected: object) -> None:
    assert read_by({"integer": True}, written)[0] == expected


@given(
    st.integers(0, 10**9),
    st.integers(0, 9999),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_a_number_alone_is_itself_or_a_doubt(whole: int, part: int, marks: tuple[str, str]) -> None:
    group, mark = marks
    decimals = f"{mark}{part:04d}".rstrip("0").rstrip(mark)
    written = f"{whole:,}".replace(",", group) + decimals
    value = float(f"{whole}.{part:04d}")
    readings = number_readings(written)
    assert value in [reading.value for reading in readings]
    assert len(readings) == 1 or not any(reading.is_certain for reading in readings)


@given(st.floats(-1e9, 1e9))
def test_a_number_is_written_without_an_exponent(value: float) -> None:
    assert float(plain_text(value)) == pytest.approx(value, abs=1e-15)


def test_the_suggestion_doubts_the_mark_aloud() -> None:
    text = suggest(CASES / "29-thousands.csv", lang="en")
    [line] = [line for line in text.text.splitlines() if "CANTIDAD" in line and "number" in line]
    assert "is . the decimal mark? 1.234 may be 1.234 or 1234" in line


@given(st.text("0123456789", min_size=1, max_size=6), st.sampled_from(["", "-", "+"]))
def test_decimals_without_a_zero_before_the_mark_are_read_in_one_way(part: str, sign: str) -> None:
    """Databases write 0.18 as .18, so a latitude of Quito was refused."""
    expected = float(f"{sign}0.{part}")
    for mark in (".", ","):
        assert read_by({"number": mark}, f"{sign}{mark}{part}") == (expected, "")
        readings = number_readings(f"{sign}{mark}{part}")
        assert [(reading.value, reading.is_certain) for reading in readings] == [(expected, True)]
