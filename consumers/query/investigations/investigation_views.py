"""Define what is answered about joint investigations, and compute it from their courses. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.lifecycles.course_views import CourseView
from consumers.query.views import EventView, Tlp, to_datetime, to_epoch_ms
from schemas.model import Reader
from streams.lifecycles.custody import fold_exhibits, text_of
from streams.lifecycles.custody_rules import (
    Exhibit,
    ExhibitAct,
    ExhibitEvent,
    ExhibitState,
    HasPart,
    NextAct,
)
from streams.lifecycles.model import Party
from streams.lifecycles.parties import GROUP, party_of

REFUSED = (
    "null where the act counts; else NO_STEP, UNKNOWN_ACT, GAP, IMPOSSIBLE, NOT_HOLDER, "
    "NOT_ADDRESSEE, INCOMPLETE, NO_PART or CIRCULAR"
)

_LIVE = frozenset({ExhibitState.HELD, ExhibitState.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class ExhibitActView:
    """One act of the chain of custody. `recorded_at`: when the log had it."""

    event: str
    act: Annotated[str, Field(description="a code of the list custody_act")]
    author: str
    recorded_at: datetime
    done_at: Annotated[str, Field(description="when it was done, as its author says")]
    place: str
    official: str
    seal: str
    hash: str
    handed_to: str
    grounds: str
    state: Annotated[str, Field(description="after it: HELD, HANDED_OVER, RETURNED, DESTROYED")]
    holder: Annotated[str, Field(description="who holds the exhibit after it")]
    refusal: Annotated[str | None, Field(description=REFUSED)]
    detail: str
    warnings: Annotated[list[str], Field(description="OTHER_SEAL, OTHER_HASH, EARLIER")]
    is_corrected: Annotated[bool, Field(description="its author has corrected the record")]


@dataclass(frozen=True, slots=True)
class NextActView:
    """An act that may be taken now. `is_yours`: whether the reader's authority may take it."""

    act: str
    party: str
    needs: list[str]
    is_yours: bool


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """An exhibit with its chain of custody. `last`: the event of the last act that counts."""

    register: Annotated[str, Field(description="the authority that registered it")]
    number: str
    kind: str
    description: str
    hash: str
    seal: str
    state: str
    holder: str
    addressee: Annotated[str, Field(description="who is to receive it, empty for nobody")]
    last: str | None
    acts: list[ExhibitActView]
    next_acts: list[NextActView]


@dataclass(frozen=True, slots=True)
class InvestigationView:
    """A joint investigation with its exhibits, as far as they are released to the reader."""

    course: CourseView
    exhibits: list[ExhibitView]


@dataclass(frozen=True, slots=True)
class InvestigationLine:
    """A line of the list. `held`, `awaited`: exhibits with the reader's authority, or coming."""

    id: str
    title: str
    reference: str
    state: str
    is_open: bool
    opened_at: datetime
    country: str
    authority: str
    exhibits: int
    held: int
    awaited: int
    tlp: Tlp
    exercise: str | None


@dataclass(frozen=True, slots=True)
class InvestigationList:
    """Joint investigations, open ones first. `is_complete`: whether every one was looked at."""

    investigations: list[InvestigationLine]
    is_complete: bool


def exhibits_of(view: CourseView) -> list[Exhibit]:
    """Return the register of exhibits of an investigation."""
    return fold_exhibits(exhibit_events(view), members_of(view))


def members_of(view: CourseView) -> HasPart:
    """Return what says whether an authority can take steps of the investigation."""
    opener = Party(view.opening.country, view.opening.authority)
    parties = [Party(party.country, party.authority) for party in view.summary.parties]
    is_group = any(name.startswith(GROUP) for name in view.opening.recipients)

    def has_part(party: Party) -> bool:
        return is_group or party == opener or party_of(party, parties) is not None

    return has_part


def exhibit_events(view: CourseView) -> list[ExhibitEvent]:
    """Return the events of an investigation with what they say of exhibits."""
    counted = {step.event for step in view.steps if step.refusal is None} | {view.opening.id}
    return [
        ExhibitEvent(
            event.id,
            Party(event.country, event.authority),
            to_epoch_ms(event.recorded_at),
            event.id in counted,
            _entries(event),
        )
        for event in (view.opening, *view.events)
    ]


def to_investigation(view: CourseView, reader: Reader) -> InvestigationView:
    """Return an investigation in full."""
    corrected = {event.id for event in (view.opening, *view.events) if event.supersedes}
    exhibits = [to_exhibit(exhibit, corrected, reader) for exhibit in exhibits_of(view)]
    return InvestigationView(view, exhibits)


def to_line(view: CourseView, reader: Reader) -> InvestigationLine:
    """Return the line of an investigation."""
    summary, exhibits = view.summary, exhibits_of(view)
    live = [item for item in exhibits if item.state in _LIVE]
    return InvestigationLine(
        id=summary.id,
        title=summary.title,
        reference=summary.reference,
        state=summary.state,
        is_open=summary.is_open,
        opened_at=summary.opened_at,
        country=summary.country,
        authority=summary.authority,
        exhibits=len(exhibits),
        held=sum(_is_own(item.holder, reader) for item in live),
        awaited=sum(bool(item.addressee and _is_own(item.addressee, reader)) for item in live),
        tlp=summary.tlp,
        exercise=summary.exercise,
    )


def _entries(event: EventView) -> list[dict[str, object]]:
    values = (event.payload or {}).get("evidence")
    return [part for part in values if isinstance(part, dict)] if isinstance(values, list) else []


def to_exhibit(exhibit: Exhibit, corrected: set[str], reader: Reader) -> ExhibitView:
    """Return an exhibit as it is answered. `corrected`: ids of records with more versions."""
    return ExhibitView(
        register=str(exhibit.key.authority),
        number=exhibit.key.number,
        kind=exhibit.kind,
        description=exhibit.description,
        hash=exhibit.hash,
        seal=exhibit.seal,
        state=exhibit.state,
        holder=str(exhibit.holder),
        addressee=str(exhibit.addressee or ""),
        last=exhibit.last,
        acts=[_act(act, act.event in corrected) for act in exhibit.acts],
        next_acts=[_next_act(act, reader) for act in exhibit.next_acts()],
    )


def _act(act: ExhibitAct, is_corrected: bool) -> ExhibitActView:
    entry = act.entry
    return ExhibitActView(
        event=act.event,
        act=act.act,
        author=str(act.author),
        recorded_at=to_datetime(act.at),
        done_at=text_of(entry, "at"),
        place=text_of(entry, "place"),
        official=text_of(entry, "official"),
        seal=text_of(entry, "seal"),
        hash=text_of(entry, "hash"),
        handed_to=text_of(entry, "handed_to"),
        grounds=text_of(entry, "grounds"),
        state=act.state,
        holder=str(act.holder),
        refusal=act.refusal,
        detail=act.detail,
        warnings=[*act.warnings],
        is_corrected=is_corrected,
    )


def _next_act(act: NextAct, reader: Reader) -> NextActView:
    return NextActView(act.act, str(act.party), [*act.needs], _is_own(act.party, reader))


def _is_own(party: Party, reader: Reader) -> bool:
    return (reader.country, reader.authority) == party
