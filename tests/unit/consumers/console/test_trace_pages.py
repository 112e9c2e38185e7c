"""Traces on page, terminal and in figures: what is computed never looks like what is signed."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consumers.cli.trace_render import print_trace, print_trace_figures, print_traces
from consumers.console.request_pages import STATE_WORDS
from consumers.presentation import trace_words
from consumers.query.lifecycles.course_acts import gather
from consumers.query.lifecycles.course_queries import CourseFilter
from consumers.query.lifecycles.course_views import to_summary, to_view
from consumers.query.traces.trace_figures import DIMENSIONS, trace_figures
from consumers.query.traces.trace_views import TraceList, TraceView, to_trace, trace_lines
from consumers.query.views import to_epoch_ms
from infra.cli.traces import confirmed_values, own_party
from infra.errors import QuipuError
from schemas.event.event_type import event_type
from schemas.i18n import _
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.fold import fold
from streams.lifecycles.model import Party
from streams.lifecycles.tracing import WeaponTrail
from tests.unit.consumers.console.test_request_pages import NOW, READER, history, rendered

REFERENCE = "RAS-2026-1"
PERSON = {"role": "owner", "given_names": "Juana", "first_surname": "Condori"}


def trace(*answers: dict[str, object]) -> TraceView:
    """A trace that asks Colombia and Peru; Peru has a register, and gives these answers."""
    request = history(
        1,
        "trace_request",
        "EC/POLICIA",
        600,
        source_reference=REFERENCE,
        priority="urgent",
    )
    steps = [
        history(
            2 + number,
            "trace_result",
            "PE/SUCAMEC",
            300,
            **{"request_reference": REFERENCE, "basis": None, **answer},
        )
        for number, answer in enumerate(answers)
    ]
    [events] = gather({item.id: item for item in (request, *steps)})
    course = fold(events.lifecycle, events.opening, events.acts, Clock(to_epoch_ms(NOW)))
    summary = to_summary(events, course, {}, READER, to_epoch_ms(NOW))
    weapon = {"kind": "firearm", "make": "Taurus", "country_of_manufacture": "BR", "year": 2011}
    held = {"status": "REGISTERED", "weapon": weapon, "possessor": PERSON}
    trail = [
        WeaponTrail("r1", "weapon_record", Party("PE", "SUCAMEC"), "2012-02-03", 1, True, held),
        WeaponTrail(
            steps[0].id if steps else "r2",
            "trace_result",
            Party("PE", "SUCAMEC"),
            "2026-11-30",
            2,
            True,
            {"weapon": weapon, "holder": {"name": "Otro"}},
        ),
    ]
    return to_trace(to_view(summary, events, course, READER), trail if steps else trail[:1])


def party(view: TraceView, country: str) -> tuple[str, str, str]:
    [own] = [item for item in view.parties if item.country == country]
    return own.standing, own.outcome, own.holder


def test_what_is_computed_waits_until_a_person_of_the_country_signs() -> None:
    assert party(trace(), "PE") == ("automatic", "IDENTIFIED", "Juana Condori")
    assert party(trace(), "CO") == ("nothing", "", "")
    signed = trace({"outcome": "PARTIAL", "basis": "CORRECTED", "holder": None})
    assert party(signed, "PE") == ("signed", "PARTIAL", ""), "the signed answer decides"
    [own] = [item for item in signed.parties if item.country == "PE"]
    assert own.automatic.holder == "Juana Condori", "the answer does not feed what is computed"
    assert own.deadline is not None
    assert own.deadline.status == "kept"


def test_what_is_confirmed_is_an_event_that_its_schema_takes() -> None:
    own = own_party(trace(), Party("PE", "SUCAMEC"))
    values = confirmed_values(own)
    payload = {"outcome": own.automatic.outcome, **values}
    assert event_type("trace_result").validate(payload) == []
    assert (values["basis"], values["holder"]) == ("CONFIRMED", PERSON)
    assert isinstance(values["chain"], list)
    assert [link["date"] for link in values["chain"]] == [None, "2012-02-03"], "a year is no day"
    with pytest.raises(QuipuError) as refused:
        own_party(trace(), Party("BR", "PF"))
    assert refused.value.code == "NOT_ADDRESSED"


def test_figures_count_each_country_once_and_add_up() -> None:
    traces = [trace(), trace({"outcome": "IDENTIFIED", "basis": "CONFIRMED"})]
    for by in DIMENSIONS:
        rows = trace_figures(traces, by)
        assert sum(row.requests for row in rows) == 6, "three countries were asked"
        for row in rows:
            answered = row.traced + row.partly_traced + row.not_traced
            assert answered + row.pending == row.requests
            assert row.in_time + row.too_late <= row.requests
    peru = next(row for row in trace_figures(traces, "country") if row.value == "PE")
    assert (peru.traced, peru.automatic, peru.confirmed, peru.median_hours) == (1, 1, 1, 5.0)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_page_and_terminal_say_what_is_automatic_in_80_columns(lang: str) -> None:
    views = [trace(), trace({"outcome": "IDENTIFIED", "basis": "CONFIRMED", "holder": PERSON})]
    listed = TraceList([line for view in views for line in trace_lines(view)], False)
    errors = {"country": (_("This is too long."), _("Choose a later one."))}
    values = {"by": "country", "states": STATE_WORDS, "command_line": "quipu trace list"}
    page = rendered(
        "traces.html",
        lang,
        answer=listed,
        rows=trace_figures(views, "country"),
        filter=CourseFilter(),
        errors=errors,
        trace_words=trace_words,
        **values,
    )
    automatic = trace_words.STANDINGS["automatic"].in_language(lang)
    assert automatic in page
    assert "refusal" in page
    console = Console(file=io.StringIO(), width=80, color_system=None)
    print_traces(console, listed, NOW, lang)
    print_traces(console, TraceList([], True), NOW, lang)
    for view in views:
        shown = rendered("trace.html", lang, view=view, trace_words=trace_words)
        assert "Juana Condori" in shown
        print_trace(console, view, NOW, lang)
    for by in DIMENSIONS:
        print_trace_figures(console, trace_figures(views, by), by, lang)
    print_trace_figures(console, [], "country", lang)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert automatic in " ".join(text.split())
