"""Pages and terminal of requests and alerts: every template renders, in both languages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rich.console import Console

from consumers.cli.course_render import print_contacts, print_course, print_courses, print_times
from consumers.console.rendering import PageContext
from consumers.console.request_pages import STATE_WORDS
from consumers.console.session import Claim, Visitor
from consumers.presentation import course_words
from consumers.presentation.payload_lines import payload_lines
from consumers.query.lifecycles.answer_times import answer_times
from consumers.query.lifecycles.course_acts import CourseEvents, as_seen, gather, to_act
from consumers.query.lifecycles.course_queries import CourseFilter, CourseList
from consumers.query.lifecycles.course_views import CourseView, to_contact, to_summary, to_view
from consumers.query.views import EventHistory, to_epoch_ms
from schemas.examples import example
from schemas.i18n import _
from schemas.release.reader_text import parse_reader
from streams.lifecycles.contact_points import ContactPoint, read_contact_point
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.escalation import watch
from streams.lifecycles.fold import fold
from streams.lifecycles.model import Course, Party
from tests.support.course_events import course_event

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
READER = parse_reader("CO/PONAL/officer/AMBER+STRICT")


def history(number: int, type_: str, author: str, minutes: int, **payload: object) -> EventHistory:
    content = {
        name: None if name in ("follows", "request_reference") else value
        for name, value in example(type_).payload.items()
    }
    at = NOW - timedelta(minutes=minutes)
    return course_event(number, type_, Party(*author.split("/")), at, content | payload)


def courses() -> list[tuple[CourseEvents, Course, CourseView]]:
    alert = history(1, "alert", "EC/POLICIA", 18, addressed=[{"country": "CO"}])
    request = history(2, "assistance_request", "PE/MPFN", 20_000, facts=None, deadline=None)
    refused = history(3, "assistance_response", "CO/FGN", 10_000, request=request.id, state="DRAFT")
    late = history(4, "assistance_response", "CO/FGN", 900, request=request.id, state="ANSWERED")
    given = history(5, "spontaneous_information", "EC/UAFE", 600, condition_text="Avise a la UAFE")
    seen = as_seen(history(6, "spontaneous_information", "EC/UAFE", 500), READER, True)
    assert seen is not None
    histories = {item.id: item for item in (alert, request, refused, late, given, seen)}
    now = to_epoch_ms(NOW)
    answer = []
    for events in gather(histories):
        course = fold(events.lifecycle, events.opening, events.acts, Clock(now))
        is_alert = course.lifecycle == "alert"
        watches = {t.party: watch(course, t.party, [point()], now) for t in course.tracks}
        summary = to_summary(events, course, watches if is_alert else {}, READER, now)
        answer.append((events, course, to_view(summary, events, course, READER)))
    return answer


def point() -> ContactPoint:
    """The contact point of the example, on duty day and night."""
    return read_contact_point(to_act(history(9, "contact_point", "CO/PONAL", 99, duty=[]).current))


def rendered(template: str, lang: str, **values: Any) -> str:
    visitor = Visitor(READER, Claim("CO", "PONAL", "officer", "AMBER"), lang, None)
    page = PageContext(visitor, "/requests", {}, None)
    page_answer = page.render(template, course_words=course_words, moment=NOW, **values)
    return bytes(page_answer.body).decode()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_renders_what_is_due_and_whom_to_call(lang: str) -> None:
    views = [view for _events, _course, view in courses()]
    alert = next(view for view in views if view.summary.kind == "alert")
    contacts = [to_contact(point(), to_epoch_ms(NOW))]
    answer = CourseList([view.summary for view in views], is_complete=False)
    errors = {"country": (_("This is too long."), _("Choose a later one."))}
    parts = {"kinds": [("alert", "A")], "states": STATE_WORDS, "command_line": "quipu request list"}
    for wrong in ({}, errors):
        listed = rendered(
            "requests.html", lang, answer=answer, errors=wrong, filter=CourseFilter(), **parts
        )
        assert alert.summary.id in listed
    for view in views:
        content = payload_lines(view.opening.type, view.opening.payload or {}, lang)
        assert view.summary.title in rendered("request.html", lang, view=view, content=content)
    alerts = CourseList([alert.summary], is_complete=True)
    desk = rendered("duty_desk.html", lang, answer=alerts, contacts=contacts)
    assert 'href="tel:+576015550100"' in desk
    rows = answer_times(course for _events, course, _view in courses())
    assert "<td" in rendered("answer_times.html", lang, rows=rows, kind="", kinds=[])


@pytest.mark.parametrize("lang", ["es", "en"])
def test_before_its_conditions_are_accepted_a_page_shows_them_and_no_content(lang: str) -> None:
    views = [view for _events, _course, view in courses()]
    [waiting] = [view for view in views if view.summary.is_withheld]
    hidden = [text for text in texts_of(example("spontaneous_information").payload) if text]
    for shown in (
        rendered("request.html", lang, view=waiting, content=[]),
        printed(lambda console: print_course(console, waiting, NOW, lang)),
        printed(
            lambda console: print_courses(console, CourseList([waiting.summary], True), NOW, lang)
        ),
    ):
        assert [text for text in hidden if text in shown] == []
    page = rendered("request.html", lang, view=waiting, content=[])
    terminal = printed(lambda console: print_course(console, waiting, NOW, lang))
    condition = {"es": "Solo como orientación", "en": "As a lead only"}[lang]
    for shown in (page, terminal):
        assert condition in shown
        assert "CONDITIONS_ACCEPTED" in shown
    assert f"/events/{waiting.summary.id}" not in page
    [given] = [view for view in views if view.summary.id.endswith("5") and view.opening.payload]
    terminal = printed(lambda console: print_course(console, given, NOW, lang))
    assert "Avise a la UAFE" in terminal
    assert waiting.summary.is_yours


def printed(show: Callable[[Console], None]) -> str:
    console = Console(width=80, file=io.StringIO(), highlight=False)
    show(console)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def texts_of(content: object) -> Iterator[str]:
    """Every text of an example that is longer than a code, but those of its conditions."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            if name not in ("conditions", "condition_text", "feedback_by"):
                yield from texts_of(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts_of(value)
    elif isinstance(content, str) and len(content) > 8:
        yield content


@pytest.mark.parametrize("lang", ["es", "en"])
def test_nothing_is_cut_on_a_terminal_of_80_columns(lang: str) -> None:
    console = Console(width=80, file=io.StringIO(), highlight=False)
    views = [view for _events, _course, view in courses()]
    print_courses(console, CourseList([view.summary for view in views], True), NOW, lang)
    for view in views:
        print_course(console, view, NOW, lang)
    print_times(console, answer_times(course for _events, course, _view in courses()), lang)
    print_contacts(console, [to_contact(point(), to_epoch_ms(NOW))], lang)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 80
