"""Choose the owners' conditions (handling code H3) that a reader is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.views import to_datetime
from schemas.model import Label, Reader, ReaderCondition
from schemas.release.rules import pending_condition
from schemas.release.use_conditions import binds_authority


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
    """Return the conditions of these labels that this reader accepted, or may accept.

    A label that more than its condition keeps from the reader gives none, nor does a condition
    that an authority accepts by a record (`schemas.release.use_conditions`). `accepted`: when each
    was accepted first, ms since 1970 UTC.
    """
    newcomer = replace(reader, accepted_conditions=frozenset())
    conditions = {
        condition
        for label in labels
        if (condition := pending_condition(label, newcomer)) is not None
        and not binds_authority(condition)
    }
    return [
        ConditionView(
            country=condition.country,
            text=condition.text,
            accepted_at=to_datetime(accepted[condition]) if condition in accepted else None,
        )
        for condition in sorted(conditions)
    ]
