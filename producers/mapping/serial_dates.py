"""Read dates that are written as a number of days or seconds. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from producers.sources.xlsx_workbook import excel_date

EXCEL = "excel"
EPOCH, EPOCH_MS = "epoch", "epoch_ms"
_SERIAL = re.compile(r"(?:[0-9]{5}|2958465)(?:\.[0-9]{1,12})?")
_SECONDS = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,9})?")
_MILLIS = re.compile(r"-?[0-9]{1,13}")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_SECONDS = 4_102_444_800
"""1 January 2100. Milliseconds below it would be seconds of a likely date."""


def _read_excel(written: str) -> tuple[datetime, str]:
    """Days since 1900, as Excel counts: from 1927 to 2173, and the last day that Excel knows.

    A number of four digits is rather a year.
    """
    text = excel_date(float(written)) if _SERIAL.fullmatch(written) else None
    if text is None:
        raise ValueError(EXCEL)
    moment = datetime.fromisoformat(text)
    return moment, "day" if moment.time() == datetime.min.time() else "second"


def _read_epoch(written: str) -> tuple[datetime, str]:
    """Seconds since 1970 UTC, from 1900 to 2100."""
    seconds = float(written) if _SECONDS.fullmatch(written) else None
    if seconds is None or not -2_208_988_800 <= seconds <= _LARGEST_SECONDS:
        raise ValueError(EPOCH)
    return _since_1970(timedelta(seconds=seconds))


def _read_epoch_ms(written: str) -> tuple[datetime, str]:
    """Milliseconds since 1970 UTC, from 1900 to 2100; not what may be seconds."""
    millis = int(written) if _MILLIS.fullmatch(written) else None
    if millis is None or not -2_208_988_800_000 <= millis <= _LARGEST_SECONDS * 1000:
        raise ValueError(EPOCH_MS)
    if millis and abs(millis) <= _LARGEST_SECONDS:
        raise ValueError(EPOCH_MS)
    return _since_1970(timedelta(milliseconds=millis))


def _since_1970(elapsed: timedelta) -> tuple[datetime, str]:
    """Give the moment. Zero is what systems write for no date: the year 1."""
    return _START + elapsed if elapsed else datetime.min, "second"


SERIALS: Mapping[str, Callable[[str], tuple[datetime, str]]] = {
    EXCEL: _read_excel,
    EPOCH: _read_epoch,
    EPOCH_MS: _read_epoch_ms,
}
"""What stands in the place of a format: text -> moment and precision, raising ValueError."""
