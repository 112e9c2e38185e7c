"""Read dates and times as sources write them. Pure.

A text is read as one date, as no date (what systems write where there is none), or not at all. It
is never read as another date: where two formats of a mapping read it differently, it is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from producers.errors import bad_mapping
from producers.mapping.date_layout import (
    LayoutError,
    check_whole_date,
    compile_layout,
    precision_of,
)
from producers.mapping.date_words import tidy_date
from producers.mapping.serial_dates import SERIALS
from producers.model import TimeSpan
from schemas.event.date_bounds import DateRole
from schemas.i18n import _

__all__ = ["DateUse", "day_parser", "layout_parser", "precision_of", "time_span_parser"]

PRECISIONS = ("second", "minute", "hour", "day", "month", "year")
_COARSE = frozenset({"month", "year"})
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1)
_FIRST_YEAR = {DateRole.ANY: 1800, DateRole.PAST: 1900}
"""Before it a year is a slip. The schema bounds the other dates."""
_NO_DATES = frozenset(
    {
        date(1, 1, 1),
        date(1111, 11, 11),
        date(1753, 1, 1),
        date(1899, 12, 30),
        date(1899, 12, 31),
        date(1900, 1, 1),
        date(2999, 12, 31),
        date(9999, 12, 31),
    }
)
"""Days that systems write where they have none, or where something has no end."""

DateParser = Callable[[str], datetime]


class DateUse(NamedTuple):
    """What a mapping's field is used for, as far as it is a date.

    `is_date`: the event type has a date there. `has_precision`: it says how exact it is.
    `has_text`: it has a place for the text of a date in doubt. `today` gives the day by which years
    of two digits are completed.
    """

    role: DateRole = DateRole.ANY
    is_date: bool = False
    has_precision: bool = False
    today: Callable[[], date] = date.today
    has_text: bool = False

    def latest(self) -> date:
        """Give the last day that a year of two digits may lead to. No birth is in the future."""
        today = self.today()
        if self.role is DateRole.BIRTH:
            return today
        if self.role in (DateRole.VALID_FROM, DateRole.VALID_UNTIL):
            return today.replace(year=today.year + 50, day=min(today.day, 28))
        return today + _DAY


class PartialDay(NamedTuple):
    """A date of which the day or the month is not known: the text for it, and its precision."""

    text: str
    precision: str


class Moment(NamedTuple):
    """A date as it is written: local, unless it has a zone."""

    local: datetime
    precision: str


Read = Callable[[str, date], Moment]
Result = TypeVar("Result")


class _Readers(NamedTuple):
    """What reads each format: texts as they should be, and those that lost leading zeros."""

    exact: tuple[Read, ...]
    short: tuple[Read, ...]
    is_by_day: bool
    has_zones: bool


class DoubtfulDateError(ValueError):
    """A text that is two dates. `problem` names them, for users."""

    def __init__(self, first: datetime, second: datetime) -> None:
        """Take the two dates that the text can be."""
        self.problem = _(
            "it may be {first} or {second}",
            first=first.date().isoformat(),
            second=second.date().isoformat(),
        )
        super().__init__(self.problem.in_language("en"))


def time_span_parser(
    spec: Mapping[str, Any], where: str, use: DateUse
) -> Callable[[str], TimeSpan | None]:
    """Compile a `date` step: text -> the time span that it names, None for no date.

    The result raises ValueError where no format fits. Raises MappingError.
    """
    readers, coarser = _compile(spec["date"], where), spec.get("precision")
    zone = ZoneInfo(spec["zone"]) if "zone" in spec else None
    _check_precision(spec["date"], coarser, where)
    if zone is None and not readers.has_zones:
        raise bad_mapping(where, _("the time zone is missing (zone)"))

    def read(written: str, latest: date) -> TimeSpan | None:
        moment = _read_moment(readers, written, latest, use.role)
        if moment is None:
            return None
        local, precision = moment
        return time_span(local.replace(tzinfo=None), local.tzinfo or zone, coarser or precision)

    return _remember(read, readers, use)


def day_parser(
    spec: Mapping[str, Any], where: str, use: DateUse
) -> Callable[[str], str | PartialDay | None]:
    """Compile an `iso_date` step: text -> 2018-06-30, None for no date.

    A date without its day is a PartialDay: its first day, but for the end of a validity its last.
    In a field that is no date it keeps its own form: 2018-06. The result raises ValueError where no
    format fits. Raises MappingError.
    """
    layouts = spec["iso_date"]
    if use.role is DateRole.BIRTH and {"epoch", "epoch_ms"} <= set(layouts):
        raise bad_mapping(where, _("a birth early in 1970 may be epoch or epoch_ms: name one only"))
    readers, zone = _compile(layouts, where), ZoneInfo(spec["zone"]) if "zone" in spec else None
    if use.is_date and not use.has_precision and use.role in (DateRole.ANY, DateRole.PAST):
        for layout in layouts:
            if layout not in SERIALS and precision_of(layout) in _COARSE:
                problem = _("the format {layout} lacks the day, which this date has", layout=layout)
                raise bad_mapping(where, problem)

    def read(written: str, latest: date) -> str | PartialDay | None:
        moment = _read_moment(readers, written, latest, use.role)
        if moment is None:
            return None
        local, precision = moment
        day = (local.astimezone(zone) if local.tzinfo and zone else local).date()
        if precision not in _COARSE:
            return day.isoformat()
        if not use.is_date:
            return day.isoformat()[: 4 if precision == "year" else 7]
        if use.role is DateRole.VALID_UNTIL:
            day = (_after(datetime(day.year, day.month, 1), precision) - _DAY).date()
        return PartialDay(day.isoformat(), precision)

    return _remember(read, readers, use)


def layout_parser(layout: str) -> DateParser:
    """Compile a format into what reads a text, raising ValueError. It may lack the year."""
    if layout in SERIALS:
        read = SERIALS[layout]
        return lambda written: read(written)[0]
    compiled = compile_layout(layout)
    return lambda written: compiled.read(written, date.today() + _DAY)


def time_span(local: datetime, zone: tzinfo | None, precision: str) -> TimeSpan:
    """The stretch of time that a local date of this precision names."""
    start = _floor(local, precision)
    return TimeSpan(_millis(start, zone), _millis(_after(start, precision), zone), precision)


def _compile(layouts: Sequence[str], where: str) -> _Readers:
    """Compile formats. Raises MappingError for one without a year, or that cannot be meant."""
    exact, short, by_day, zones = list[Read](), list[Read](), False, True
    for layout in layouts:
        if layout in SERIALS:
            exact.append(_serial_reader(layout))
            zones = zones and layout != "excel"
            continue
        try:
            compiled = compile_layout(layout)
            check_whole_date(compiled)
        except LayoutError as error:
            raise bad_mapping(where, error.problem) from error
        exact.append(_reader(compiled.read, compiled.precision))
        if compiled.block:
            short.append(_reader(compiled.read_short, compiled.precision))
        by_day = by_day or compiled.has_short_year
        zones = zones and compiled.has_zone
    return _Readers(tuple(exact), tuple(short), by_day, zones)


def _serial_reader(layout: str) -> Read:
    read = SERIALS[layout]
    return lambda written, _latest: Moment(*read(written))


def _reader(read: Callable[[str, date], datetime], precision: str) -> Read:
    return lambda written, latest: Moment(read(written, latest), precision)


def _read_moment(readers: _Readers, written: str, latest: date, role: DateRole) -> Moment | None:
    """Read a text by the formats: exactly if one fits so, else with the zeros that it lost.

    What fits no format is read once more, tidied. None for what systems write where there is no
    date. Raises ValueError, DoubtfulDateError.
    """
    try:
        return _read_exactly(readers, written, latest, role)
    except DoubtfulDateError:
        raise
    except ValueError:
        text = tidy_date(written)
        if text == written:
            raise
    return _read_exactly(readers, text, latest, role)


def _read_exactly(readers: _Readers, written: str, latest: date, role: DateRole) -> Moment | None:
    """Read a text by the formats as it stands. Raises ValueError, DoubtfulDateError."""
    for group in (readers.exact, readers.short):
        moments = []
        for read in group:
            try:
                moment = read(written, latest)
            except (ValueError, OverflowError):
                continue
            if is_no_date(moment.local, role) or moment.local.year >= _FIRST_YEAR.get(role, 1800):
                moments.append(moment)
        if moments:
            first = moments[0]
            other = next((m for m in moments if _differ(m.local, first.local)), None)
            if other is not None:
                raise DoubtfulDateError(first.local, other.local)
            return None if is_no_date(first.local, role) else first
    raise ValueError(written)


def _differ(first: datetime, second: datetime) -> bool:
    return first.replace(tzinfo=None) != second.replace(tzinfo=None)


def is_no_date(local: datetime, role: DateRole) -> bool:
    """Tell whether a day is what systems write where there is no date."""
    if local.date() in _NO_DATES:
        return True
    return role is DateRole.PAST and local.replace(tzinfo=None) == _EPOCH


def _remember(
    read: Callable[[str, date], Result], readers: _Readers, use: DateUse
) -> Callable[[str], Result]:
    """Remember what texts are, because a file repeats them. The day counts for short years only."""
    remembering = lru_cache(8192)(read)
    if readers.is_by_day:
        return lambda written: remembering(written, use.latest())
    latest = date.max - _DAY
    return lambda written: remembering(written, latest)


def _check_precision(layouts: Sequence[str], coarser: str | None, where: str) -> None:
    """Check that a precision is none that the formats do not have. Raises MappingError."""
    if coarser is None:
        return
    if coarser not in PRECISIONS:
        raise bad_mapping(where, _("the precision is one of {precisions}", precisions=PRECISIONS))
    for layout in layouts:
        precision = precision_of(layout)
        if layout not in SERIALS and PRECISIONS.index(coarser) < PRECISIONS.index(precision):
            problem = _(
                "the precision {precision} is finer than the format {layout}",
                precision=coarser,
                layout=layout,
            )
            raise bad_mapping(where, problem)


def _floor(local: datetime, precision: str) -> datetime:
    if precision == "minute" and not local.second and not local.microsecond:
        return local
    if precision == "second":
        return local
    parts = ("month", "day", "hour", "minute", "second", "microsecond")
    keep = {"year": 0, "month": 1, "day": 2, "hour": 3, "minute": 4}[precision]
    least = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return local.replace(**{part: least[part] for part in parts[keep:]})  # type: ignore[arg-type]


def _after(start: datetime, precision: str) -> datetime:
    if precision == "year":
        return start.replace(year=start.year + 1)
    if precision == "month":
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start.replace(microsecond=0) + timedelta(**{f"{precision}s": 1})


def _millis(local: datetime, zone: tzinfo | None) -> int:
    past = (
        local
        - _EPOCH
        - ((zone.utcoffset(local.replace(tzinfo=zone)) if zone else None) or timedelta())
    )
    return past.days * 86_400_000 + past.seconds * 1000 + past.microseconds // 1000
