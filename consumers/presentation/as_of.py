"""Read the dates that people write: a whole day, or a moment in UTC."""

from __future__ import annotations

from datetime import datetime, timedelta

from consumers.query.views import to_stored_ms
from infra.errors import QuipuError
from schemas.i18n import _

DAY_LENGTH = len("2018-07-01")


def parse_as_of(text: str | None) -> int | None:
    """Return the moment in ms since 1970 UTC; a whole day means its end, None stays None.

    Raises QuipuError AS_OF for what is no date.
    """
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise QuipuError(
            _("`{text}` is not a date.", text=text),
            _("Write 2018-07-01, or 2018-07-01T14:30 (UTC)."),
            "AS_OF",
        ) from error
    if len(text) == DAY_LENGTH:
        at += timedelta(days=1, milliseconds=-1)
    return to_stored_ms(at)


def parse_since(text: str | None) -> int:
    """Return the moment in ms since 1970 UTC; a whole day means its beginning, None means 0.

    Raises QuipuError AS_OF for what is no date.
    """
    return parse_as_of(f"{text}T00:00" if text and len(text) == DAY_LENGTH else text) or 0
