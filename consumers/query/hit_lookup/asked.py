"""Show hit look-ups to those whose records answered, and to those who asked. Pure.

An owner sees the look-ups that its own records answered. What else answered is not in them. Who
asked sees the own questions, with what was answered then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from consumers.query.hit_lookup.answers import reference_of
from consumers.query.views import Recorded, to_datetime

Row = Mapping[str, Any]
Side = Literal["owner", "asker"]
QUESTION = "hit look-up"
"""What the ledger calls the question; the legal basis stands after it."""


@dataclass(frozen=True, slots=True)
class AskedHit:
    """A hit look-up, as one of its two sides may see it."""

    reference: Annotated[str, Field(description="names it in a request that follows")]
    recorded_at: Recorded
    person: Annotated[str, Field(description="who asked")]
    country: str
    authority: str | None
    purpose: str | None
    legal_basis: str
    through: Annotated[str, Field(description="api, cli, page")]
    is_hit: bool
    events: Annotated[
        list[str], Field(description="ids of the records of one's own country that answered")
    ]
    owners: Annotated[
        list[str], Field(description="COUNTRY/AUTHORITY: whom to ask; for the one who asked")
    ]


def to_asked_hit(row: Row, country: str, side: Side) -> AskedHit:
    """Read a row of queries/hits_asked.sql for a reader of a country."""
    owners = list(zip(row["owners"], row["owning_authorities"], strict=True))
    own = [event for event, (of, _) in zip(row["events"], owners, strict=True) if of == country]
    names = sorted({f"{of}/{authority}" for of, authority in owners}) if side == "asker" else []
    return AskedHit(
        reference=reference_of(bytes.fromhex(row["hash"])),
        recorded_at=to_datetime(row["recorded_at"]),
        person=row["person"],
        country=row["country"],
        authority=row["authority"],
        purpose=row["purpose"],
        legal_basis=_basis_of(row["questions"]),
        through=row["through"],
        is_hit=bool(owners),
        events=own if side == "owner" else [],
        owners=names,
    )


def _basis_of(questions: list[str]) -> str:
    return questions[1] if len(questions) > 1 else ""
