"""Types of options that refuse, with a sentence, what click's own types let through."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import NoReturn

import click

from infra.command_line import language_of
from schemas.i18n import UserMessage, _

_DURATION = re.compile(r"(?P<count>[0-9]{1,5})(?P<unit>[smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
YEAR_S = 366 * 86_400.0
_LARGEST_CURSOR = 2**63 - 1  # what SQLite and the log's formats hold


class _Number(click.FloatRange):
    """A number within bounds; unlike click's FloatRange it refuses `nan`."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number. Raises click.BadParameter."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            _refuse(_("{value} is no number.", value=value), param, ctx)
        return number


class _Cursor(click.ParamType):
    """A place in a list, as the part before it gave it."""

    name = "integer"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the cursor. Raises click.BadParameter."""
        text = str(value)
        is_number = text.isascii() and text.isdigit() and len(text) < 20
        if not is_number or int(text) > _LARGEST_CURSOR:
            _refuse(_("{value} is no cursor that a list gave.", value=text), param, ctx)
        return int(text)


class _Day(click.ParamType):
    """A day of the calendar: 2028-03-09."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the beginning of the day, without a time zone. Raises click.BadParameter."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d")
        except ValueError:
            _refuse(_("`{value}` is no day. Write it as 2028-03-09.", value=value), param, ctx)


class _Duration(click.ParamType):
    """A length of time: 30s, 10m, 2h, 7d."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the length of time. Raises click.BadParameter."""
        duration = value if isinstance(value, timedelta) else parse_duration(str(value))
        if duration is None or not duration:
            context = ctx or click.get_current_context()
            text = _("{value} is no length of time such as 30m, 4h or 2d.", value=str(value))
            raise click.BadParameter(text.in_language(language_of(context)), context, param)
        return duration


def parse_duration(text: str) -> timedelta | None:
    """Read 30s, 10m, 2h or 7d; None for anything else."""
    match = _DURATION.fullmatch(text)
    return None if match is None else timedelta(**{_UNITS[match["unit"]]: int(match["count"])})


def _refuse(
    message: UserMessage, param: click.Parameter | None, ctx: click.Context | None
) -> NoReturn:
    context = ctx or click.get_current_context()
    raise click.BadParameter(message.in_language(language_of(context)), context, param)


CURSOR = _Cursor()
DAY = _Day()
DURATION = _Duration()


def number(minimum: float, maximum: float) -> click.ParamType:
    """Return the type of an option that takes a number within these bounds, with decimals."""
    return _Number(minimum, maximum)


def seconds(minimum: float = 0) -> click.ParamType:
    """Return the type of an option in seconds: from `minimum` to a year."""
    return number(minimum, YEAR_S)
