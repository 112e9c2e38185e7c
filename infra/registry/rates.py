"""Read a file of exchange rates, and announce its rates in quipu.config."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from infra.errors import RateFileError
from infra.registry.config_writer import ConfigChange, Entry, announce, read_config_history
from infra.settings import Settings
from schemas.exchange_config import ConfigView
from schemas.i18n import UserMessage, _
from schemas.measures.rates import Rate, RateProblem, problem_of

COLUMNS = ("currency", "day", "per_dollar")
MAX_RATES = 100_000
"""Of one file: four currencies for seventy years."""
RATES_PER_ENTRY = 5_000
"""An entry of config fits one message."""
LARGEST_STEP = 3
"""How many times as large a rate may be as the next one in time: beyond, columns are mixed up, or
the rate is in dollars for a unit.
"""
LARGEST_FIRST_STEP = 10
"""The same, next to a typical rate."""
_TYPICAL = (
    Rate("BOB", "", "7"),
    Rate("COP", "", "3500"),
    Rate("PEN", "", "3.5"),
    Rate("BRL", "", "4"),
)
"""Of the years 2018 to 2026: a first rate is measured by it. It sorts before all days."""
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
_PROBLEMS: Mapping[RateProblem, UserMessage] = {
    RateProblem.CURRENCY: _("the currency is no code of ISO 4217, such as COP"),
    RateProblem.DOLLAR: _("the dollar has no rate"),
    RateProblem.DAY: _("the day is not written as 2018-06-30"),
    RateProblem.NUMBER: _("the rate is no number, such as 2905.25"),
}


class RateImport(NamedTuple):
    """What a file brought: the new rates, and the change of config; None without new rates."""

    announced: list[Rate]
    change: ConfigChange | None


def import_rates(settings: Settings, file: Path, source: str, accept_steps: bool) -> RateImport:
    """Announce those rates of a CSV file that config lacks. `source`: who publishes them.

    Raises what `new_rates` raises, FoundingError, LogUnavailableError.
    """
    config = read_config_history(settings)
    rates = new_rates(file, config.newest(), accept_steps)
    change = announce(settings, config, rate_entries(rates, source)) if rates else None
    return RateImport(rates, change)


def new_rates(file: Path, view: ConfigView, accept_steps: bool) -> list[Rate]:
    """List the rates of a CSV file that a view of config lacks.

    `accept_steps`: also rates far from the next one in time. Raises RateFileError naming the line.
    """
    rates = read_rates(file)
    if not accept_steps:
        _check_steps(file, rates, view)
    return [rate for rate in rates.values() if not _is_known(rate, view)]


def known_rates(view: ConfigView) -> list[Rate]:
    """List the rates of a view of config, by currency and day."""
    return [Rate(*place, per_dollar) for place, per_dollar in sorted(view.rates.items())]


def read_rates(file: Path) -> dict[int, Rate]:
    """Read a CSV file with the columns currency, day and per_dollar, by the number of the line.

    Comma or semicolon parts the columns. Raises RateFileError naming the line.
    """
    rates: dict[int, Rate] = {}
    line_of: dict[tuple[str, str], int] = {}
    for line, row in _rows(file):
        rate = Rate(row["currency"].upper(), row["day"], _with_point(row["per_dollar"]))
        problem = problem_of(rate)
        if problem is not None:
            raise _wrong_line(file, line, _PROBLEMS[problem])
        first = line_of.setdefault((rate.currency, rate.day), line)
        if first == line:
            rates[line] = rate
        elif rates[first] != rate:
            raise _wrong_line(file, line, _("line {line} has another rate for it", line=first))
        if len(rates) > MAX_RATES:
            raise _wrong_line(file, line, _("a file may have {count} rates", count=MAX_RATES))
    return rates


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong_line(file, 1, _("the file is not UTF-8 text")) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in first else ",")
    missing = set(COLUMNS) - {_heading(name) for name in reader.fieldnames or ()}
    if missing:
        raise _wrong_line(file, 1, _("the column {name} is missing", name=min(missing)))
    for row in reader:
        values = {_heading(name): _cell(text) for name, text in row.items()}
        if any(values[name] for name in COLUMNS):
            yield reader.line_num, values


def _heading(name: str | None) -> str:
    return (name or "").strip().lower()


def _cell(text: object) -> str:
    """Return a cell; empty where the row is too short or too long."""
    return text.strip() if isinstance(text, str) else ""


def _with_point(text: str) -> str:
    return text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text


def _check_steps(file: Path, rates: Mapping[int, Rate], view: ConfigView) -> None:
    """Refuse a rate that is far from the one before or after it, in the file or in config."""
    lines = {(rate.currency, rate.day): line for line, rate in rates.items()}
    announced = [rate for rate in known_rates(view) if (rate.currency, rate.day) not in lines]
    ordered = sorted([*announced, *rates.values(), *_TYPICAL])
    for before, rate in pairwise(ordered):
        if before.currency != rate.currency or not _is_far(before, rate):
            continue
        for near, other in ((rate, before), (before, rate)):
            line = lines.get((near.currency, near.day))
            if line is not None:
                raise _far_rate(file, line, near, other)


def _is_far(rate: Rate, other: Rate) -> bool:
    step = Decimal(rate.per_dollar) / Decimal(other.per_dollar)
    largest = LARGEST_FIRST_STEP if rate in _TYPICAL else LARGEST_STEP
    return not 1 / Decimal(largest) <= step <= largest


def _far_rate(file: Path, line: int, rate: Rate, other: Rate) -> RateFileError:
    return RateFileError(
        _(
            "{file}, line {line}: {rate} {currency} for a dollar is far from {other}, the rate"
            " next to it in time.",
            file=file,
            line=line,
            rate=rate.per_dollar,
            currency=rate.currency,
            other=other.per_dollar,
        ),
        _("Write how many units of the currency one dollar costs; --accept-steps takes it as is."),
    )


def _wrong_line(file: Path, line: int, detail: UserMessage) -> RateFileError:
    return RateFileError(
        _("{file}, line {line}: {detail}.", file=file, line=line, detail=detail),
        _("Correct the line and repeat the command. Nothing was announced."),
    )


def _is_known(rate: Rate, view: ConfigView) -> bool:
    former = view.rates.get((rate.currency, rate.day))
    return former is not None and Decimal(former) == Decimal(rate.per_dollar)


def rate_entries(rates: list[Rate], source: str) -> list[Entry]:
    """Return what announces the rates, in as many entries as messages need."""
    return [
        (
            "ExchangeRates",
            {
                "source": source,
                "rates": [rate._asdict() for rate in rates[start : start + RATES_PER_ENTRY]],
            },
        )
        for start in range(0, len(rates), RATES_PER_ENTRY)
    ]
