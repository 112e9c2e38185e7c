"""Turn released events into acts that streams.lifecycles folds, and find their courses. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from consumers.query.use_acceptances import label_of_view, withheld
from consumers.query.views import EventHistory, EventView, to_epoch_ms
from schemas.model import Reader
from schemas.release.rules import release
from schemas.release.use_conditions import BOUND_TYPE
from streams.lifecycles.library import BY_OPENING, LIFECYCLES
from streams.lifecycles.model import Act, Lifecycle, Party
from streams.lifecycles.parties import addressed_parties, party_of, takes_anybody

REFERENCE = "ref:"
"""Begins what a step is about where it names the opening by its reference (migration 0021)."""
_ABOUT: Mapping[str, tuple[str, str]] = {
    "acknowledgement": ("event", ""),
    "alert": ("follows", ""),
    "assistance_response": ("request", "request_reference"),
    "commitment_step": ("commitment", ""),
    "investigation": ("investigation", ""),
    "operation_plan": ("follows", ""),
    "operation_result": ("plan", "plan_reference"),
    "trace_result": ("", "request_reference"),
}
"""The field with the id that an event is about, and that with the opening's reference."""
COURSE_TYPES = frozenset(_ABOUT) | frozenset(BY_OPENING)
WORD_FIELDS: Mapping[str, str] = {
    type_: name
    for lifecycle in LIFECYCLES.values()
    for type_, name in lifecycle.word_fields.items()
}


@dataclass(frozen=True, slots=True)
class WithheldHistory(EventHistory):
    """What may be seen of a record before its conditions of use are accepted."""


@dataclass(frozen=True, slots=True)
class CourseEvents:
    """An opening with the events that may be its steps. `events`: of all acts, by id.

    `is_withheld`: whether the opening's content waits for its conditions to be accepted.
    """

    lifecycle: Lifecycle
    opening: Act
    acts: list[Act] = field(default_factory=list)
    events: dict[str, EventView] = field(default_factory=dict)
    is_withheld: bool = False

    @property
    def shown(self) -> list[EventView]:
        """Return the events whose content is shown."""
        hidden = self.opening.id if self.is_withheld else ""
        return [event for id_, event in self.events.items() if id_ != hidden]


def about_of(event: EventView) -> str:
    """Return what an event is about, as the column `about` has it; empty for an opening."""
    by_id, by_reference = _ABOUT.get(event.type, ("", ""))
    if id_ := _text(event, by_id):
        return id_
    reference = _text(event, by_reference)
    return f"{REFERENCE}{reference}" if reference else ""


def references_of(event: EventView) -> Iterator[str]:
    """Yield how steps may name this opening by its reference."""
    for name in ("source_reference", "request_reference", "reference"):
        if reference := _text(event, name):
            yield f"{REFERENCE}{reference}"


def as_seen(history: EventHistory, reader: Reader, is_hidden_today: bool) -> EventHistory | None:
    """Return a history without the content that conditions of use keep from the reader.

    `is_hidden_today`: whether they do as the owner marks it today. Of what is no spontaneous
    information nothing is left then.
    """
    views = (history.current, *history.versions)
    current, *versions = (
        withheld(view)
        if is_hidden_today or not release(label_of_view(view), reader).released
        else view
        for view in views
    )
    if current is not history.current and current.type != BOUND_TYPE:
        return None
    if current is history.current:
        return replace(history, versions=versions)
    return WithheldHistory(history.id, history.status, current, versions, history.acts, [])


def gather(histories: Mapping[str, EventHistory]) -> list[CourseEvents]:
    """Return the courses that are among these events; what is not current is left out."""
    events = {
        id_: history.current
        for id_, history in histories.items()
        if history.status == "current" and history.current.type in COURSE_TYPES
    }
    courses = {id_: _course(histories[id_]) for id_ in events if _is_root(id_, events)}
    for id_, event in events.items():
        if id_ not in courses:
            for root in _roots(event, events, courses):
                course = courses[root]
                course.acts.extend(_acts(histories[id_]))
                course.events[id_] = event
    return list(courses.values())


def _course(history: EventHistory) -> CourseEvents:
    event = history.current
    lifecycle = BY_OPENING[event.type]
    first, *later = _acts(history)
    is_withheld = isinstance(history, WithheldHistory)
    return CourseEvents(lifecycle, first, later, {event.id: event}, is_withheld)


def _acts(history: EventHistory) -> list[Act]:
    """Return an act for each word that the versions state, the first one first.

    All have today's content. An opening whose word is a beginning today has no other act.
    """
    event = history.current
    word_field = WORD_FIELDS.get(event.type, "")
    times: dict[str, int] = {}
    for version in (event, *history.versions):
        word, at = _text(version, word_field), to_epoch_ms(version.recorded_at)
        times[word] = min(times.get(word, at), at)
    current = _text(event, word_field)
    lifecycle = BY_OPENING.get(event.type)
    begins = lifecycle.begins if lifecycle and not about_of(event) else {}
    if current in begins or not any(word in begins for word in times):
        return [to_act(event, current, times[current])]
    opened = min((word for word in times if word in begins), key=times.__getitem__)
    return [to_act(event, opened, times[opened]), to_act(event, current, times[current])]


def to_act(event: EventView, word: str = "", at: int | None = None) -> Act:
    """Return an event as an act. `at`: ms since 1970 UTC, None for when the log took it."""
    payload = event.payload or {}
    is_urgent = "urgent" in (event.urgency, payload.get("priority"))
    return Act(
        id=event.id,
        type=event.type,
        author=Party(event.country, event.authority),
        at=to_epoch_ms(event.recorded_at) if at is None else at,
        word=word,
        follows=_text(event, "follows") or None,
        recipients=tuple(event.recipients),
        is_urgent=is_urgent,
        exercise=event.exercise,
        payload=payload,
    )


def _is_root(id_: str, events: Mapping[str, EventView]) -> bool:
    """Say whether an event opens a course: nothing that it is about is there.

    Of events that name each other in a circle the first one does.
    """
    event = events[id_]
    if event.type not in BY_OPENING:
        return False
    chain = [id_]
    while (parent := about_of(events[chain[-1]])) in events:
        if parent in chain:
            return id_ == min(chain[chain.index(parent) :])
        chain.append(parent)
    return len(chain) == 1


def _roots(
    event: EventView, events: Mapping[str, EventView], courses: Mapping[str, CourseEvents]
) -> Iterable[str]:
    """Return the courses that a step belongs to: one, unless references are ambiguous."""
    seen = {event.id}
    about = about_of(event)
    while about in events and about not in courses and about not in seen:
        seen.add(about)
        about = about_of(events[about])
    if about in courses:
        return (about,)
    if not about.startswith(REFERENCE):
        return ()
    step = to_act(event)
    return [id_ for id_, course in courses.items() if _answers_by_reference(step, about, course)]


def _answers_by_reference(step: Act, about: str, course: CourseEvents) -> bool:
    """Say whether a step that names a reference is of this course: addressed, and answered to."""
    opening = course.opening
    if about not in references_of(course.events[opening.id]):
        return False
    if step.type not in course.lifecycle.word_fields:
        return False
    own = opening.author
    is_own = step.author == own
    parties = addressed_parties(course.lifecycle, opening)
    is_addressed = bool(party_of(step.author, parties)) or takes_anybody(opening)
    is_for_opener = bool({"ALL", own.country, str(own)} & set(step.recipients)) or any(
        recipient.startswith("@") for recipient in step.recipients
    )
    return is_own or (is_addressed and is_for_opener)


def _text(event: EventView, name: str) -> str:
    value = (event.payload or {}).get(name) if name else None
    return value if isinstance(value, str) else ""
