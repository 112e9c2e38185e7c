"""Answer questions about courses: requests, alerts, operations, investigations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from consumers.query.answer_context import AnswerContext
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.known_names import LONGEST_SHOWN, check_country, check_word
from consumers.query.lifecycles.answer_times import AnswerTimes, answer_times
from consumers.query.lifecycles.course_acts import CourseEvents, to_act
from consumers.query.lifecycles.course_reader import CourseReader
from consumers.query.lifecycles.course_views import (
    ContactView,
    CourseSummary,
    CourseView,
    to_contact,
    to_summary,
    to_view,
)
from consumers.query.views import to_epoch_ms
from infra.clock import now_ms
from schemas.deadlines import DeadlineHistory
from schemas.i18n import _
from schemas.model import Reader
from schemas.release.rules import sees_content
from streams.lifecycles.contact_points import ContactPoint, Function, read_contact_point
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.escalation import Watch, watch
from streams.lifecycles.fold import fold
from streams.lifecycles.library import ALERT, BY_OPENING, COMMITMENTS, INFORMATION, LIFECYCLES
from streams.lifecycles.model import Course, Party

STATES = ("open", "ended", "all")
NEVER = 2**62
NO_POINTS: Sequence[ContactPoint] = ()
FOUNDED_DEADLINES = DeadlineHistory()


@dataclass(frozen=True, slots=True)
class CourseFilter:
    """Choose courses. `kind`: empty for any; `country`: that opened or is addressed.

    `yours`: only what waits for the reader's authority.
    """

    kind: str = ""
    state: str = "open"
    country: str = ""
    yours: bool = False


EVERY_COURSE = CourseFilter(state="all")


@dataclass(frozen=True, slots=True)
class CourseList:
    """Courses, what is due first at the top. `is_complete`: whether every opening was looked at."""

    courses: list[CourseSummary]
    is_complete: bool


class CourseQueries:
    """The questions over one generation's database, for one answer at a time.

    It raises what clickhouse-driver raises.
    """

    def __init__(
        self,
        courses: CourseReader,
        answer: AnswerContext,
        deadlines: DeadlineHistory = FOUNDED_DEADLINES,
    ) -> None:
        """`answer`: what this is a part of; `deadlines`: as config has had them."""
        self._deadlines = deadlines
        self._courses = courses
        self._answer = answer

    def courses(
        self, reader: Reader, filter_: CourseFilter, as_of: int | None = None, limit: int = NEVER
    ) -> CourseList:
        """Return the courses of a filter, what is due first at the top, `limit` at most.

        `as_of`: ms since 1970 UTC, None is now. Raises UnknownNameError for a word that is none.
        """
        _check(filter_)
        if not sees_content(reader):
            return CourseList([], is_complete=True)
        entitled, disclosed = self._answer.begin("courses", reader, as_of)
        types = _types(filter_.kind, with_commitments=filter_.yours)
        gathered, is_complete = self._courses.newest(types, entitled, as_of)
        folded = self._fold(gathered, entitled, as_of, disclosed)
        matching = [item for item in folded if _matches(item.summary, filter_)]
        chosen = sorted(matching, key=_urgency)[:limit]
        for item in chosen:
            disclosed.add_events(item.gathered.shown)
        if not chosen:
            self._answer.add_empty(EmptyLookup(reader, as_of, "courses", asdict(filter_)))
        return CourseList([item.summary for item in chosen], is_complete)

    def course(self, id_: str, reader: Reader, as_of: int | None = None) -> CourseView | None:
        """Return the course that an event opens, or is a step of; None where there is none."""
        entitled, disclosed = self._answer.begin("course", reader, as_of)
        gathered = self._courses.courses([id_], entitled, as_of)
        own = [item for item in gathered if id_ in item.events]
        folded = self._fold(own, entitled, as_of, disclosed)
        if not folded:
            self._answer.add_empty(EmptyLookup(reader, as_of, "course", id_))
            return None
        first = folded[0]
        disclosed.add_events(first.gathered.shown)
        return to_view(first.summary, first.gathered, first.course, entitled)

    def in_full(
        self,
        kind: str,
        reader: Reader,
        as_of: int | None = None,
        filter_: CourseFilter = EVERY_COURSE,
        limit: int = NEVER,
    ) -> tuple[list[CourseView], bool]:
        """Return courses of a kind with their steps, and whether every opening was looked at.

        Their order is that of `courses`. Raises UnknownNameError for a word that is none.
        """
        _check(filter_)
        if not sees_content(reader):
            return [], True
        entitled, disclosed = self._answer.begin("courses", reader, as_of)
        gathered, is_complete = self._courses.newest(_types(kind), entitled, as_of)
        folded = self._fold(gathered, entitled, as_of, disclosed)
        matching = [item for item in folded if _matches(item.summary, filter_)]
        chosen = sorted(matching, key=_urgency)[:limit]
        for item in chosen:
            disclosed.add_events(item.gathered.shown)
        if not chosen:
            self._answer.add_empty(EmptyLookup(reader, as_of, "courses", {"kind": kind}))
        views = [to_view(item.summary, item.gathered, item.course, entitled) for item in chosen]
        return views, is_complete

    def waiting(self, digits: str, reader: Reader, as_of: int | None = None) -> list[str]:
        """Return the ids that begin or end so of what waits for its conditions to be accepted."""
        entitled = self._answer.begin("courses", reader, as_of)[0]
        types = [INFORMATION.opening]
        gathered, _is_complete = self._courses.newest(types, entitled, as_of)
        plain = digits.replace("-", "").lower()
        ids = [item.opening.id for item in gathered if item.is_withheld]
        return [
            id_
            for id_ in ids
            if plain
            and (id_.replace("-", "").startswith(plain) or id_.replace("-", "").endswith(plain))
        ]

    def times(
        self, reader: Reader, kind: str = "", since: int | None = None, as_of: int | None = None
    ) -> list[AnswerTimes]:
        """Return how deadlines were kept in the courses that this reader sees.

        `since`: of the opening, ms since 1970 UTC. Raises UnknownNameError.
        """
        _check(CourseFilter(kind))
        if not sees_content(reader):
            return []
        entitled, disclosed = self._answer.begin("answer times", reader, as_of)
        gathered, _is_complete = self._courses.newest(_types(kind), entitled, as_of)
        folded = [
            item
            for item in self._fold(gathered, entitled, as_of, disclosed)
            if since is None or item.course.opening.at >= since
        ]
        for item in folded:
            for event in item.gathered.shown:
                disclosed.add_figures(event.tlp, event.markings)
        return answer_times(item.course for item in folded)

    def contacts(self, reader: Reader, as_of: int | None = None) -> list[ContactView]:
        """Return the contact points of the 24/7 network, by country, in the order of calling."""
        if not sees_content(reader):
            return []
        entitled, disclosed = self._answer.begin("contact points", reader, as_of)
        moment = now_ms() if as_of is None else as_of
        points = self._points(entitled, as_of, disclosed)
        order = [*Function]
        known = [point for point in points if point.is_valid(moment) and point.function in order]
        known.sort(key=lambda point: (point.owner, order.index(Function(point.function)), point.id))
        return [to_contact(point, moment) for point in known]

    def _fold(
        self,
        gathered: Iterable[CourseEvents],
        reader: Reader,
        as_of: int | None,
        disclosed: Disclosed,
    ) -> list[_Folded]:
        """Return the courses of the reader's world, folded at the moment of the question."""
        now = now_ms() if as_of is None else as_of
        own = [item for item in gathered if item.opening.exercise == reader.exercise]
        has_alert = any(item.lifecycle is ALERT for item in own)
        points = self._points(reader, as_of, disclosed) if has_alert else NO_POINTS
        return [_folded(item, points, reader, self._clock(item, now)) for item in own]

    def _clock(self, gathered: CourseEvents, now: int) -> Clock:
        """Return the moment, with the deadlines in effect when the log took the opening."""
        return Clock(now, self._deadlines.at(gathered.opening.at).changes)

    def _points(
        self, reader: Reader, as_of: int | None, disclosed: Disclosed
    ) -> list[ContactPoint]:
        events = self._courses.contacts(reader, as_of)
        disclosed.add_events(events)
        return [read_contact_point(to_act(event)) for event in events]


@dataclass(frozen=True, slots=True)
class _Folded:
    gathered: CourseEvents
    course: Course
    summary: CourseSummary


def _folded(
    gathered: CourseEvents, points: Sequence[ContactPoint], reader: Reader, clock: Clock
) -> _Folded:
    now = clock.now
    officers = frozenset(point.owner for point in points if point.function == Function.DUTY_OFFICER)
    is_alert = gathered.lifecycle is ALERT
    stand_ins = officers if is_alert else frozenset[Party]()
    course = fold(gathered.lifecycle, gathered.opening, gathered.acts, clock, stand_ins)
    watches: Mapping[Party, Watch] = (
        {track.party: watch(course, track.party, points, now) for track in course.tracks}
        if is_alert
        else {}
    )
    return _Folded(gathered, course, to_summary(gathered, course, watches, reader, now))


def _check(filter_: CourseFilter) -> None:
    kind, state = filter_.kind[:LONGEST_SHOWN], filter_.state[:LONGEST_SHOWN]
    check_word(filter_.kind, sorted(LIFECYCLES), _("There is no kind `{name}`.", name=kind))
    check_word(filter_.state, STATES, _("There is no state `{name}`.", name=state))
    check_country(filter_.country)


def _types(kind: str, with_commitments: bool = False) -> list[str]:
    """Return what opens a kind of course. Goals and decisions have a list of their own."""
    if kind:
        return [LIFECYCLES[kind].opening]
    return [type_ for type_ in BY_OPENING if with_commitments or type_ not in COMMITMENTS]


def _matches(summary: CourseSummary, filter_: CourseFilter) -> bool:
    countries = {summary.country, *(party.country for party in summary.parties)}
    return (
        (filter_.state in ("", "all") or summary.is_open is (filter_.state == "open"))
        and filter_.country in ("", *countries)
        and (summary.is_yours or not filter_.yours)
    )


def _urgency(summary_of: _Folded) -> tuple[bool, int, int, str]:
    """Order what is open and due first before the rest, then the newest."""
    summary = summary_of.summary
    due = to_epoch_ms(summary.next_due) if summary.next_due else NEVER
    return not summary.is_open, due, -to_epoch_ms(summary.opened_at), summary.id
