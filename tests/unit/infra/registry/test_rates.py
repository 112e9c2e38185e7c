"""A file of rates is read whole or refused with its line; a rate the wrong way round is noticed."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from infra.errors import RateFileError
from infra.registry.rates import (
    RATES_PER_ENTRY,
    known_rates,
    new_rates,
    rate_entries,
    read_rates,
)
from schemas.bounds import MAX_MESSAGE_BYTES
from schemas.config_entry import read_entry, write_entry
from schemas.exchange_config import ConfigView, apply
from schemas.measures.rates import Rate

HEADER = "currency,day,per_dollar\n"
ANNOUNCED = ConfigView(rates={("COP", "2018-01-01"): "2984.00", ("VES", "2018-09-01"): "61"})


def file_with(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tasas.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "COP,2018-06-01,2889.32\nPEN,2018-06-01,3.27\n",
        "\ufeffCurrency; day ;per_dollar;nota\ncop;2018-06-01;2889,32;TRM\n\nPEN;2018-06-01;3,27;\n",
        HEADER + "COP,2018-06-01,2889.32\nCOP,2018-06-01,2889.32\nPEN,2018-06-01,3.27\n",
    ],
)
def test_a_file_may_have_semicolons_decimal_commas_and_more_columns(
    tmp_path: Path, text: str
) -> None:
    assert list(read_rates(file_with(tmp_path, text)).values()) == [
        Rate("COP", "2018-06-01", "2889.32"),
        Rate("PEN", "2018-06-01", "3.27"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("moneda,day,per_dollar\n", "line 1: the column currency is missing"),
        ("", "line 1: the column currency is missing"),
        (HEADER + "COP,2018-06-01,2889\nPESO,2018-06-01,2889\n", "line 3: the currency"),
        (HEADER + "COP,01/06/2018,2889\n", "line 2: the day"),
        (HEADER + 'COP,2018-06-01,"2.889,32"\n', "line 2: the rate is no number"),
        (HEADER + "COP,2018-06-01\n", "line 2: the rate is no number"),
        (HEADER + "USD,2018-06-01,1\n", "line 2: the dollar"),
        (HEADER + "COP,2018-06-01,2889\nCOP,2018-06-01,2890\n", "line 3: line 2 has another"),
    ],
)
def test_a_line_that_is_no_rate_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(RateFileError, match=reason):
        read_rates(file_with(tmp_path, text))


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tasas.csv"
    path.write_bytes(HEADER.encode() + "COP,2018-06-01,2889,día\n".encode("latin-1"))
    with pytest.raises(RateFileError, match="UTF-8"):
        read_rates(path)


@pytest.mark.parametrize(
    "row",
    [
        "COP,2018-06-01,0.000346",  # dollars for a peso
        "COP,2018-06-01,2.889",  # a point that parts thousands
        "PEN,2018-06-01,2889",  # the rate of another currency
        "VES,2018-10-01,6100000",
    ],
)
def test_a_rate_far_from_the_next_one_in_time_is_refused_unless_accepted(
    tmp_path: Path, row: str
) -> None:
    path = file_with(tmp_path, HEADER + row + "\n")
    with pytest.raises(RateFileError, match=r"line 2.*far from"):
        new_rates(path, ANNOUNCED, accept_steps=False)
    assert len(new_rates(path, ANNOUNCED, accept_steps=True)) == 1


def test_only_what_config_lacks_is_new(tmp_path: Path) -> None:
    rows = "COP,2018-01-01,2984\nCOP,2018-01-02,2984.5\nPEN,2018-01-02,3.21\n"
    path = file_with(tmp_path, HEADER + rows)
    assert new_rates(path, ANNOUNCED, accept_steps=False) == [
        Rate("COP", "2018-01-02", "2984.5"),
        Rate("PEN", "2018-01-02", "3.21"),
    ]
    changed = file_with(tmp_path, HEADER + "COP,2018-01-01,2990\n")
    assert new_rates(changed, ANNOUNCED, accept_steps=False) == [Rate("COP", "2018-01-01", "2990")]
    assert known_rates(ANNOUNCED)[0] == Rate("COP", "2018-01-01", "2984.00")


def test_config_holds_what_an_entry_of_many_rates_says() -> None:
    days = [date(2018, 1, 1) + timedelta(number) for number in range(RATES_PER_ENTRY + 2)]
    rates = [Rate("BOB", day.isoformat(), "6.91") for day in days]
    view = ConfigView()
    written = [write_entry(name, entry, 0) for name, entry in rate_entries(rates, "made up")]
    assert len(written) == 2
    for body in written:
        name, entry, _effective_from = read_entry(body)
        view = apply(view, name, entry)
    assert known_rates(view) == rates
    assert max(map(len, written)) < MAX_MESSAGE_BYTES
