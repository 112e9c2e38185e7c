"""Find the conditions of use (UNTOC 18(5)) that a reader's authority accepted by a record.

The acceptance is an acknowledgement in the log, which the owner of the condition may see. It counts
for each version of the owner's record that was there before it, and for all that has the same words
of the same owner: labels are few, and `schemas.release` decides by label alone (ADR 0122).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from consumers.query.views import EventHistory, EventView, to_epoch_ms
from consumers.store.stored_evidence import label_of
from schemas.model import Label, Reader, ReaderCondition
from schemas.release.rules import TLP, condition_of, pending_condition, release
from schemas.release.use_conditions import BOUND_TYPE, binds_authority

ACCEPTED, REFUSED = "CONDITIONS_ACCEPTED", "CONDITIONS_REFUSED"
_LABEL_FIELDS = (
    *("country", "authority", "recipients", "tlp"),
    *("handling", "condition", "purpose", "exercise"),
)


def label_of_view(view: EventView) -> Label:
    """Return the release label of a version of an event."""
    return label_of({name: getattr(view, name) for name in _LABEL_FIELDS})


def waiting_condition(label: Label, reader: Reader) -> ReaderCondition | None:
    """Return the condition of use that alone keeps this reader from what has this label.

    Its authority may accept it by a record.
    """
    condition = pending_condition(label, reader)
    return condition if condition is not None and binds_authority(condition) else None


def opened_reader(labels: Iterable[Label], reader: Reader) -> Reader:
    """Return the reader as if each condition of use that waits for its authority were accepted.

    Only for lists of what waits: what this reader is shown of it is chosen by `reader` itself.
    """
    waiting = {waiting_condition(label, reader) for label in labels} - {None}
    accepted = reader.accepted_conditions | {item for item in waiting if item is not None}
    return replace(reader, accepted_conditions=accepted)


def acceptance_times(histories: Iterable[EventHistory]) -> dict[str, list[tuple[EventView, int]]]:
    """Return acknowledgements with when each was in the log (ms), by what they are about."""
    times: dict[str, list[tuple[EventView, int]]] = {}
    for history in histories:
        current = history.current
        if history.status == "current" and _act(current) == ACCEPTED:
            stated = [view for view in (current, *history.versions) if _act(view) == ACCEPTED]
            first = min(to_epoch_ms(view.recorded_at) for view in stated)
            about = str((current.payload or {}).get("event"))
            times.setdefault(about, []).append((current, first))
    return times


def accepted_by(
    versions: Iterable[Mapping[str, Any]],
    times: Mapping[str, list[tuple[EventView, int]]],
    reader: Reader,
) -> dict[ReaderCondition, int]:
    """Return the conditions that an authority accepted, with the first time (ms since 1970 UTC).

    `versions`: rows of the records that they stand in; `times`: as `acceptance_times` gives them.
    """
    accepted: dict[ReaderCondition, int] = {}
    for row in versions:
        label = label_of(row)
        condition = condition_of(label)
        if condition is None or not binds_authority(condition) or label.country == reader.country:
            continue
        for at in _heard(label, row["recorded_at"], times.get(str(row["id"]), ())):
            accepted[condition] = min(at, accepted.get(condition, at))
    return accepted


def _heard(label: Label, since: int, acts: Iterable[tuple[EventView, int]]) -> Iterator[int]:
    """Yield when acts were in the log that came after a version, and that its owner may see."""
    names = frozenset(name[1:] for name in label.recipients if name.startswith("@"))
    owner = Reader(
        *("owner", label.country, label.authority),
        clearance=TLP[-1],
        groups=names,
        purpose="investigation",
        exercise=label.exercise,
    )
    for view, at in acts:
        if at > since and release(label_of_view(view), owner).released:
            yield at


def _act(view: EventView) -> object:
    is_act = view.type == "acknowledgement"
    return (view.payload or {}).get("act") if is_act else None


def withheld(view: EventView) -> EventView:
    """Return what may be seen of a record before its conditions of use are accepted.

    Who sent it, to whom, when, the kind of offence, its marking and the conditions.
    """
    payload = view.payload or {}
    conditions = {name: payload.get(name) for name in ("conditions", "condition_text")}
    return replace(
        view,
        supersedes=None,
        correction_reason=None,
        justification=None,
        case_reference=None,
        evaluation=replace(view.evaluation, source="", information=""),
        occurred_from=None,
        occurred_until=None,
        occurred_precision="unknown",
        reported_at=view.recorded_at,
        place_country=None,
        subdivision=None,
        review_date=None,
        payload=conditions if view.type == BOUND_TYPE else {},
    )
