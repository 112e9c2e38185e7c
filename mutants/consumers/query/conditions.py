"""The owners' conditions (handling code H3) that a reader may be shown: those accepted, and those
that alone bar the way. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.views import to_datetime
from schemas.model import Label, Reader, ReaderCondition
from schemas.release.rules import pending_condition


@dataclass(frozen=True, slots=True)
class ConditionView:
    """What an owner asks of this reader before its items are shown."""

    country: Annotated[str, Field(description="the owner's")]
    text: str
    accepted_at: Annotated[
        datetime | None,
        Field(description="when the ledger recorded it, UTC; null: not accepted yet"),
    ]


def offered_conditions(
    labels: Iterable[Label], reader: Reader, accepted: Mapping[ReaderCondition, int]
) -> list[ConditionView]:
    """The conditions of these labels for this reader. What is barred by more than its condition is
    not told of.
    """
    stranger = replace(reader, accepted_conditions=frozenset())
    found = {
        condition
        for label in labels
        if (condition := pending_condition(label, stranger)) is not None
    }
    return [
        ConditionView(*one, to_datetime(accepted[one]) if one in accepted else None)
        for one in sorted(found)
    ]
