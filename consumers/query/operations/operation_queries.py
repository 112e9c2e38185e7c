"""Ask whether plans of operations meet, and with whom to speak then, for a reader.

A plan is compared with plans that its author may not see. The author learns whom to call, and
nothing else. Nobody but the two authors learns even that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consumers.query.answer_context import AnswerContext
from consumers.query.disclosed import Disclosed
from consumers.query.lifecycles.course_acts import gather, to_act
from consumers.query.lifecycles.course_queries import CourseQueries
from consumers.query.lifecycles.course_reader import CourseReader
from consumers.query.lifecycles.course_views import ContactView, CourseView, title_of, to_contact
from consumers.query.operations.operation_views import (
    AttachedRecord,
    OperationView,
    PlanChecks,
    PlanCheckView,
    attached_to,
    sort_key,
    totals_of,
)
from consumers.query.store_reader import StoreReader
from consumers.query.views import EventHistory, EventView, to_epoch_ms
from infra.clock import now_ms
from schemas.model import COUNTRIES, Reader
from schemas.release.rules import TLP, sees_content
from streams.lifecycles.contact_points import (
    ContactPoint,
    Function,
    choose,
    read_contact_point,
)
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.deconfliction import OperationPlan, check_plan
from streams.lifecycles.fold import fold
from streams.lifecycles.library import OPERATION
from streams.lifecycles.model import Party

RESULT = "operation_result"
STATED = "operation_plan"
COMPARER = "comparison of plans"
"""Who reads the plans of each country in order to compare them."""


@dataclass(slots=True)
class _Plans:
    """Every plan that is compared. `is_complete`: whether those of the reader's country are all."""

    plans: dict[str, OperationPlan] = field(default_factory=dict)
    events: dict[str, EventView] = field(default_factory=dict)
    versions: dict[Party, list[int]] = field(default_factory=dict)
    is_complete: bool = True


class OperationQueries:
    """The questions over one generation's database, for one answer at a time.

    It raises what clickhouse-driver raises.
    """

    def __init__(
        self,
        courses: CourseQueries,
        reader: CourseReader,
        store: StoreReader,
        answer: AnswerContext,
        partners: Iterable[str] = (),
    ) -> None:
        """`answer`: what this is a part of; `partners`: countries that may plan, too."""
        self._courses, self._reader, self._store = courses, reader, store
        self._answer = answer
        self._countries = sorted({*COUNTRIES, *partners})

    def checks(self, reader: Reader, as_of: int | None = None) -> PlanChecks:
        """Return the plans of the reader's authority with the result of their comparison."""
        if not sees_content(reader) or not reader.authority:
            return PlanChecks([], True)
        entitled, disclosed = self._answer.begin("operations", reader, as_of)
        moment = now_ms() if as_of is None else as_of
        every = self._every_plan(entitled, as_of, moment)
        side = Party(entitled.country, entitled.authority or "")
        own = [plan for plan in every.plans.values() if plan.owner == side]
        points = self._points(entitled, as_of, disclosed) if own else []
        views = [_view(plan, every, points, moment) for plan in own]
        disclosed.add_events(every.events[plan.id] for plan in own)
        return PlanChecks(sorted(views, key=sort_key), every.is_complete)

    def operation(self, id_: str, reader: Reader, as_of: int | None = None) -> OperationView | None:
        """Return an operation that the reader may see, with its results; None for none."""
        course = self._courses.course(id_, reader, as_of)
        if course is None or course.summary.kind != OPERATION.name:
            return None
        entitled, disclosed = self._answer.begin("operations", reader, as_of)
        own = [plan for plan in self.checks(reader, as_of).plans if plan.id == course.summary.id]
        results = _results(course)
        relations = attached_to(results)
        records = self._store.current_events(sorted(relations), entitled, as_of)
        disclosed.add_events(records)
        return OperationView(
            course,
            own[0] if own else None,
            totals_of(results),
            [
                AttachedRecord(
                    record.id, record.type, record.country, record.authority, relations[record.id]
                )
                for record in records
            ],
        )

    def _every_plan(self, reader: Reader, as_of: int | None, moment: int) -> _Plans:
        """Return the plans of all countries, each read as its own country reads it."""
        every = _Plans()
        for country in self._countries:
            owner = Reader(
                COMPARER,
                country,
                roles=frozenset({"officer"}),
                clearance=TLP[-1],
                purpose="border_control",
                exercise=reader.exercise,
            )
            histories, is_complete = self._reader.newest_histories((STATED, RESULT), owner, as_of)
            if country == reader.country:
                every.is_complete = is_complete
            own = {id_: item for id_, item in histories.items() if item.current.country == country}
            _add_versions(every, own.values())
            _add_plans(every, own, reader.exercise, moment)
        return every

    def _points(
        self, reader: Reader, as_of: int | None, disclosed: Disclosed
    ) -> list[ContactPoint]:
        events = self._reader.contacts(reader, as_of)
        disclosed.add_events(events)
        return [read_contact_point(to_act(event)) for event in events]


def _add_versions(every: _Plans, histories: Iterable[EventHistory]) -> None:
    for history in histories:
        current = history.current
        if current.type == STATED:
            times = every.versions.setdefault(Party(current.country, current.authority), [])
            times += [to_epoch_ms(version.recorded_at) for version in history.versions]


def _add_plans(
    every: _Plans, histories: Mapping[str, EventHistory], exercise: str | None, moment: int
) -> None:
    for gathered in gather(histories):
        opening = gathered.opening
        if gathered.lifecycle is not OPERATION or opening.exercise != exercise:
            continue
        course = fold(OPERATION, opening, gathered.acts, Clock(moment))
        stating = [
            step.act.id
            for step in course.steps
            if step.refusal is None
            and step.act.type == STATED
            and step.act.author == opening.author
        ]
        last = gathered.events[stating[-1] if stating else opening.id]
        every.events[opening.id] = gathered.events[opening.id]
        every.plans[opening.id] = OperationPlan(
            opening.id,
            opening.author,
            opening.exercise,
            course.state,
            to_epoch_ms(last.recorded_at),
            last.payload or {},
        )


def _view(
    plan: OperationPlan, every: _Plans, points: Sequence[ContactPoint], moment: int
) -> PlanCheckView:
    check = check_plan(plan, every.plans.values(), every.versions, moment)
    contacts = {_contact(other, points, moment): None for other in check.met}
    event = every.events[plan.id]
    return PlanCheckView(
        id=plan.id,
        title=title_of(plan.payload),
        reference=str((event.payload or {}).get("source_reference") or ""),
        state=plan.state,
        starts=str(plan.payload.get("starts") or ""),
        ends=str(plan.payload.get("ends") or ""),
        standing=check.standing.value,
        contacts=[contact.view for contact in contacts],
        tlp=event.tlp,
        exercise=plan.exercise,
    )


@dataclass(frozen=True, slots=True)
class _Contact:
    """Whom to call, once for all plans that lead to the same one."""

    key: tuple[str, ...]
    view: ContactView = field(compare=False)


def _contact(plan: OperationPlan, points: Sequence[ContactPoint], moment: int) -> _Contact:
    """Return the contact point in force of a plan's author, else whom the plan itself names."""
    chosen = (choose(points, function, plan.owner, moment) for function in Function)
    known = [point for point in chosen if point is not None]
    on_duty = [point for point in known if point.is_on_duty(moment)]
    if known:
        point = (on_duty or known)[0]
        return _Contact((point.id,), to_contact(point, moment))
    named = plan.payload.get("contact")
    agency = named if isinstance(named, Mapping) else {}
    country, authority, official, position, reach = (
        str(agency.get(name) or "")
        for name in ("country", "authority", "official", "functions", "reach")
    )
    channels = [("TELEPHONE", reach)] if reach else []
    own = ("", country or plan.owner.country, authority, "", official, position)
    return _Contact((*own, reach), ContactView(*own, channels, is_on_duty=True))


def _results(course: CourseView) -> list[EventView]:
    counting = {step.event for step in course.steps if step.refusal is None}
    return [event for event in course.events if event.type == RESULT and event.id in counting]
