"""Read the dates of a field that may have several, or none that is certain. Pure.

Lists of sought persons give two births, a range, or a year with "circa". What all of them have in
common is certain: the day, the month or the year. Else there is no date, and the text stays.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from producers.mapping.dates import PartialDay
from schemas.i18n import UserMessage, _

_IDLE = frozenset({"EXACT", "EXACTO", "EXACTA", "BETWEEN", "ENTRE"})
"""What a list says of its dates next to them: nothing that the dates do not say."""
_ABOUT = re.compile(
    r"(?:APPROXIMATELY|APPROXIMATE|APPROX|CIRCA|CA|C|ABOUT|ABT|AROUND|EARLY|LATE|MID|ESTIMATED|EST"
    r"|APROXIMADAMENTE|APROXIMAD[AO]|APROX|ALREDEDOR DE|HACIA|CERCA DE|POSIBLEMENTE)\b[ .:-]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:BETWEEN|ENTRE)\s+", re.IGNORECASE)
_RANGE = re.compile(
    r"\s+(?:TO|AND|OR|A|AL|Y|O|HASTA)\s+|\s+[-\u2013]\s+|\s*;\s*|(?<=\d{4})[-\u2013/](?=\d{4}$)",
    re.IGNORECASE,
)

Day = str | PartialDay


class DoubtfulDays(NamedTuple):
    """Hold what is certain of several dates, or None; the dates as written; and why they differ."""

    day: Day | None
    text: str
    why: UserMessage


class _Dates(NamedTuple):
    """Hold the days that texts name. `is_about`: one of them is not exact."""

    days: tuple[Day, ...]
    is_about: bool
    is_legible: bool


def several_days_parser(
    read: Callable[[str], Day | None],
) -> Callable[[Sequence[str]], Day | DoubtfulDays | None]:
    """Compile what reads all texts of a field. `read` reads one date, raising ValueError."""

    def read_several(texts: Sequence[str]) -> Day | DoubtfulDays | None:
        written = [text for text in dict.fromkeys(texts) if text.upper() not in _IDLE]
        dates = _read_all(written, read)
        shown = "; ".join(text for text in written if re.search(r"\d", text))
        if dates.is_about and shown:
            return DoubtfulDays(None, shown, _("the date is not exact"))
        if not dates.is_legible and shown:
            return DoubtfulDays(None, shown, _("it is no date"))
        if len(dates.days) < 2:
            return dates.days[0] if dates.days else None
        return DoubtfulDays(_common(dates.days), shown, _why(_common(dates.days)))

    return read_several


def _read_all(texts: Sequence[str], read: Callable[[str], Day | None]) -> _Dates:
    days: dict[Day, None] = {}
    is_about, is_legible = False, True
    for text in texts:
        exact = _ABOUT.sub("", text)
        is_about = is_about or exact != text
        for part in _RANGE.split(_BETWEEN.sub("", exact)) if exact else ():
            try:
                day = read(part.strip())
            except (ValueError, OverflowError):
                is_legible = False
                continue
            if day is not None:
                days[day] = None
    return _Dates(tuple(days), is_about, is_legible)


def _common(days: Sequence[Day]) -> PartialDay | None:
    """Give the month, else the year, that is the same in all days."""
    starts = {day.text if isinstance(day, PartialDay) else day for day in days}
    by_year = any(isinstance(day, PartialDay) and day.precision == "year" for day in days)
    months, years = {start[:7] for start in starts}, {start[:4] for start in starts}
    if len(months) == 1 and not by_year:
        return PartialDay(f"{months.pop()}-01", "month")
    return PartialDay(f"{years.pop()}-01-01", "year") if len(years) == 1 else None


def _why(common: PartialDay | None) -> UserMessage:
    if common is None:
        return _("there are several dates")
    if common.precision == "year":
        return _("there are several dates, and only their year is the same")
    return _("there are several dates, and only their month is the same")
