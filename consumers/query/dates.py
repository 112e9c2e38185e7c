"""Refuse dates that leave nothing to ask about. Pure.

They would be answered with nothing, or with what is known now, and nobody would see the slip.
"""

from __future__ import annotations

from consumers.query.views import to_datetime
from infra.clock import now_ms
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _

DAY_MS = 86_400_000


class DatesRefusedError(QuipuError):
    """The dates of a question leave nothing, or lie in the future. `field`: the wrong parameter."""

    code = "DATES"

    def __init__(self, field: str, message: UserMessage, remedy: UserMessage) -> None:
        """Keep the field, for the form that shows the error there."""
        super().__init__(message, remedy)
        self.field = field


def check_span(since: int | None, until: int | None) -> None:
    """Accept a span that begins before it ends; None is open. ms since 1970 UTC.

    Raises DatesRefusedError.
    """
    if since is not None and until is not None and since >= until:
        raise DatesRefusedError(
            "until",
            _(
                "The end, {until}, is not after the begin, {since}.",
                until=_written(until),
                since=_written(since),
            ),
            _("Write a later end. The end itself does not count."),
        )


def check_former(changed_since: int | None, as_of: int | None) -> None:
    """Accept a moment to compare with that is not after that of the question; None is none.

    `as_of`: None is now. Raises DatesRefusedError.
    """
    moment = now_ms() if as_of is None else as_of
    if changed_since is not None and changed_since > moment:
        raise DatesRefusedError(
            "changed_since",
            _(
                "{moment} is not before the moment of the question, {now}.",
                moment=_written(changed_since),
                now=_written(moment),
            ),
            _("Compare with an earlier moment. A day means its end."),
        )


def check_past(moment: int | None, field: str = "as_of") -> int | None:
    """Return a moment of the log; None is now. A day that is not over yet is accepted.

    `field`: the parameter that says it. Raises DatesRefusedError for a later one: nobody knows
    what will be recorded by then.
    """
    if moment is not None and moment > now_ms() + DAY_MS:
        raise DatesRefusedError(
            field,
            _("{moment} is in the future.", moment=_written(moment)),
            _("Write a moment that has passed."),
        )
    return moment


def _written(ms: int) -> str:
    """Write a moment; a whole day without its time."""
    at = to_datetime(ms)
    return f"{at:%Y-%m-%d}" if ms % DAY_MS == 0 else f"{at:%Y-%m-%d %H:%M} UTC"
