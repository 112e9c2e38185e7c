"""Compare amounts that must be equal, in the order in which records flow. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from schemas.i18n import UserMessage


class AmountCheck(NamedTuple):
    """Two amounts that must be equal, and what to do where they are not."""

    what: UserMessage
    amount: object
    other_amount: object
    remedy: UserMessage


@dataclass(frozen=True, slots=True)
class Difference:
    """Two amounts that must be equal and are not, and what to do."""

    what: UserMessage
    amount: str
    other_amount: str
    remedy: UserMessage


def find_differences(checks: Iterable[AmountCheck]) -> list[Difference]:
    """Return what does not agree, in the order of the checks."""
    return [
        Difference(check.what, str(check.amount), str(check.other_amount), check.remedy)
        for check in checks
        if check.amount != check.other_amount
    ]
