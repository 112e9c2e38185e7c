"""Hold what an examination found. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schemas.i18n import UserMessage


class CheckResult(StrEnum):
    """Grade a check. UNKNOWN: it could not be made, so it says nothing good or bad."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """Say what was examined, what was seen, and what to do where it is not well."""

    subject: UserMessage
    result: CheckResult
    seen: UserMessage
    remedy: UserMessage | None = None


def worst(checks: Iterable[Check]) -> CheckResult:
    """Return the gravest result; OK where nothing was examined."""
    order = (CheckResult.OK, CheckResult.UNKNOWN, CheckResult.WARNING, CheckResult.FAILED)
    return max((check.result for check in checks), key=order.index, default=CheckResult.OK)
