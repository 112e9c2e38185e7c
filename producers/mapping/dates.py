"""Read dates and times as sources write them. Pure.

Formats use Python's letters, or `excel` for Excel's serial numbers. Local time is in its zone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from producers.errors import bad_mapping
from producers.model import TimeSpan
from producers.sources.xlsx_workbook import excel_date
from schemas.i18n import _

EXCEL = "excel"  # in the place of a format: days since 1900, as Excel counts
PRECISIONS = ("second", "minute", "hour", "day", "month", "year")
_UNITS = (
    ("S", "second"),
    ("M", "minute"),
    ("HI", "hour"),
    ("djaAcx", "day"),
    ("mbB", "month"),
    ("Yy", "year"),
)
_PLAIN = {"%d": "day", "%m": "month", "%Y": "year", "%H": "hour", "%M": "minute", "%S": "second"}
_EPOCH = datetime(1970, 1, 1)
_SERIAL = re.compile(r"\d{1,7}(?:\.\d{1,12})?")

DateParser = Callable[[str], datetime]


def precision_of(layout: str) -> str:
    """The finest part that a date format names."""
    letters = set(re.findall(r"%([A-Za-z])", layout))
    return next((name for marks, name in _UNITS if letters & set(marks)), "unknown")


def time_span_parser(spec: Mapping[str, Any], where: str) -> Callable[[str], TimeSpan | None]:
    """Compile a `date` step: text -> the time span that it names, None if no format fits.

    Raises MappingError.
    """
    layouts, coarser = list(spec["date"]), spec.get("precision")
    zone = ZoneInfo(spec["zone"]) if "zone" in spec else None
    fixed = [(layout, layout_parser(layout), coarser or precision_of(layout)) for layout in layouts]
    if any(
        precision not in PRECISIONS for layout, _, precision in fixed if layout != EXCEL or coarser
    ):
        raise bad_mapping(where, _("the precision is one of {precisions}", precisions=PRECISIONS))
    if zone is None and not all("%z" in layout for layout in layouts):
        raise bad_mapping(where, _("the time zone is missing (zone)"))

    @lru_cache(8192)
    def read(written: str) -> TimeSpan | None:
        for layout, parse, precision in fixed:
            try:
                local = parse(written)
                fine = (
                    precision
                    if layout != EXCEL or coarser
                    else ("day" if local.time() == datetime.min.time() else "second")
                )
                return time_span(local.replace(tzinfo=None), local.tzinfo or zone, fine)
            except (ValueError, OverflowError):
                continue
        return None

    return read


def iso_day_parser(layouts: Sequence[str]) -> Callable[[str], str | None]:
    """Of an `iso_date` step: text -> 2018-06-30, None if no format fits."""
    parsers = [layout_parser(layout) for layout in layouts]

    @lru_cache(8192)
    def read(written: str) -> str | None:
        for parse in parsers:
            try:
                return parse(written).date().isoformat()
            except ValueError:
                continue
        return None

    return read


def layout_parser(layout: str) -> DateParser:
    """Compile a format into what reads a text, raising ValueError.

    Formats of digits alone do without strptime, in a fifth of the time.
    """
    if layout == EXCEL:
        return _excel
    pieces = re.split(r"(%[A-Za-z])", layout)
    marks = pieces[1::2]
    if (
        not set(marks) <= set(_PLAIN)
        or len(set(marks)) < len(marks)
        or "%Y" not in marks
        or "%" in "".join(pieces[::2])
    ):
        return _strptime(layout)
    order = [list(_PLAIN.values()).index(_PLAIN[mark]) for mark in marks]
    body = "".join(
        (r"(\d{4})" if piece == "%Y" else r"(\d{1,2})") if at % 2 else _literal(piece)
        for at, piece in enumerate(pieces)
    )
    match = re.compile(body, re.ASCII).fullmatch

    def read(written: str) -> datetime:
        parts_match = match(written)
        if parts_match is None:
            raise ValueError(layout)
        parts = [1, 1, 1900, 0, 0, 0]
        for place, value in zip(order, parts_match.groups(), strict=True):
            parts[place] = int(value)
        day, month, year, hour, minute, second = parts
        return datetime(year, month, day, hour, minute, second)

    return read


def _strptime(layout: str) -> DateParser:
    """Raises ValueError or re.error for what is no format."""
    try:
        datetime.strptime("", layout)
    except ValueError as error:
        if "directive" in str(error) or "stray" in str(error):
            raise
    return lambda written: datetime.strptime(written, layout)


def time_span(local: datetime, zone: tzinfo | None, precision: str) -> TimeSpan:
    """The stretch of time that a local date of this precision names."""
    start = _floor(local, precision)
    return TimeSpan(_millis(start, zone), _millis(_after(start, precision), zone), precision)


def _literal(piece: str) -> str:
    return "".join(
        r"\s+" if part.isspace() else re.escape(part) for part in re.split(r"(\s+)", piece) if part
    )


def _excel(written: str) -> datetime:
    text = excel_date(float(written)) if _SERIAL.fullmatch(written) else None
    if text is None:
        raise ValueError(EXCEL)
    return datetime.fromisoformat(text)


def _floor(local: datetime, precision: str) -> datetime:
    if precision == "minute" and not local.second and not local.microsecond:
        return local
    parts = ("month", "day", "hour", "minute", "second", "microsecond")
    keep = {"year": 0, "month": 1, "day": 2, "hour": 3, "minute": 4, "second": 5}[precision]
    least = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return local.replace(**{part: least[part] for part in parts[keep:]})  # type: ignore[arg-type]


def _after(start: datetime, precision: str) -> datetime:
    if precision == "year":
        return start.replace(year=start.year + 1)
    if precision == "month":
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start + timedelta(**{f"{precision}s": 1})


def _millis(local: datetime, zone: tzinfo | None) -> int:
    past = (
        local
        - _EPOCH
        - ((zone.utcoffset(local.replace(tzinfo=zone)) if zone else None) or timedelta())
    )
    return past.days * 86_400_000 + past.seconds * 1000
