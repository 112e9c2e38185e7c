"""Make the retraction, erasure or extension of an item, with the markings of its target. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from producers.model import Draft, MappedRow, Refusal
from schemas.model import EventId
from schemas.retention import EXTENSION

DraftStatement = Callable[[MappedRow, str], Draft | list[Refusal]]
"""(payload and envelope, type) -> the event, or what is wrong with it."""
_INHERITED_FIELDS = (
    "recipients",
    "tlp",
    "handling",
    "condition",
    "purpose",
    "legal_basis",
    "crime",
    "case_reference",
    "exercise",
    "evaluation",
    "place_country",
    "subdivision",
    "language",
)


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """A retraction, an erasure or an extension (`type`) of the event `target`.

    `reason` is a code of the type's list of reasons. `note` and `ordered_by` are sealed. `until`:
    the new review date of an extension (ISO 8601).
    """

    type: str
    target: EventId
    reason: str
    note: str | None = None
    ordered_by: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A retraction that a line of a file, or a person (line 0), asks for.

    `unknown_code` is the code where the node never sent the target: a person is refused, a row of a
    national export has nothing to withdraw.
    """

    line: int
    statement: ControlStatement
    unknown_code: str = "UNKNOWN_TARGET"


def build_statement(
    statement: ControlStatement,
    target_envelope: Mapping[str, Any],
    draft_statement: DraftStatement,
    line: int = 0,
) -> Draft | list[Refusal]:
    """Make the event of a statement, or give all that is wrong with it."""
    envelope = {name: target_envelope[name] for name in _INHERITED_FIELDS}
    payload: dict[str, object] = {
        "target": statement.target,
        "reason": statement.reason,
        "note": statement.note,
    }
    if statement.type == EXTENSION:
        payload |= {"review_date": statement.until, "decided_by": statement.ordered_by}
        envelope["review_date"] = statement.until
    else:
        payload["ordered_by"] = statement.ordered_by
    draft = draft_statement(MappedRow(line, payload, envelope, None), statement.type)
    if isinstance(draft, list):
        return draft
    return replace(draft, target=statement.target, why=statement.reason)
