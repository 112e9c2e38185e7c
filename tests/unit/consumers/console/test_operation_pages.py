"""Operations on page and terminal: what is compared, whom to call, and what they gave."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from consumers.cli.operation_render import print_checks, print_operation
from consumers.presentation import operation_words
from consumers.query.lifecycles.course_acts import gather
from consumers.query.lifecycles.course_views import ContactView, to_summary, to_view
from consumers.query.operations.operation_views import (
    AttachedRecord,
    OperationView,
    PlanChecks,
    PlanCheckView,
    attached_to,
    sort_key,
    totals_of,
)
from consumers.query.views import to_epoch_ms
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.deconfliction import PlanStanding
from streams.lifecycles.fold import fold
from tests.unit.consumers.console.test_request_pages import NOW, READER, history, rendered

SEIZURE = "4b1d0002-0000-8000-8000-000000000002"
CONTACT = ContactView(
    "p1", "EC", "POLICIA", "REGULAR", "Turno", "", [("TELEPHONE", "+593 2 555")], True
)
CHECK = PlanCheckView(
    id="4b1d0029-0000-8000-8000-000000000001",
    title="Operación Ejemplo",
    reference="OP-1",
    state="CONFIRMED",
    starts="2026-12-01T20:00-05:00",
    ends="2026-12-02T06:00-05:00",
    standing="CONFLICT",
    contacts=[CONTACT],
    tlp="AMBER+STRICT",
    exercise=None,
)


def operation() -> OperationView:
    """A plan of Peru with two results, of which one names a seizure."""
    plan = history(1, "operation_plan", "PE/PNP", 900)
    results = [
        history(
            2 + number,
            "operation_result",
            "PE/PNP",
            300 - number,
            plan=plan.id,
            plan_reference=None,
            outcome="CARRIED_OUT",
            results=[{"what": "ARRESTS", "count": 2 + number}],
            records=[{"event": SEIZURE, "reference": None, "relation": "RESULT"}],
        )
        for number in range(2)
    ]
    [events] = gather({item.id: item for item in (plan, *results)})
    now = to_epoch_ms(NOW)
    course = fold(events.lifecycle, events.opening, events.acts, Clock(now))
    view = to_view(to_summary(events, course, {}, READER, now), events, course, READER)
    given = [item.current for item in results]
    attached = [
        AttachedRecord(id_, "seizure", "PE", "PNP", relation)
        for id_, relation in attached_to(given).items()
    ]
    return OperationView(view, CHECK, totals_of(given), attached)


def test_results_are_added_up_and_their_records_attached_once() -> None:
    view = operation()
    assert [(total.what, total.count) for total in view.totals] == [("ARRESTS", 5)]
    assert [(record.event, record.relation) for record in view.records] == [(SEIZURE, "RESULT")]
    assert view.course.summary.state == "ENDED"


def test_a_conflict_is_at_the_top_and_every_standing_has_words() -> None:
    clear = replace(CHECK, standing="CLEAR", starts="2020-01-01", contacts=[])
    assert sorted([clear, CHECK], key=sort_key) == [CHECK, clear]
    assert set(operation_words.STANDINGS) == set(PlanStanding)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_page_and_terminal_say_whom_to_call_in_80_columns(lang: str) -> None:
    checks = PlanChecks([CHECK, replace(CHECK, standing="TOO_WIDE", contacts=[])], False)
    page = rendered("operations.html", lang, answer=checks, operation_words=operation_words)
    assert "+593 2 555" in page
    assert operation_words.standing_line(CHECK, lang) in page
    empty = rendered(
        "operations.html", lang, answer=PlanChecks([], True), operation_words=operation_words
    )
    assert operation_words.NOTHING.in_language(lang) in empty
    bare = replace(operation(), check=None, totals=[], records=[])
    console = Console(file=io.StringIO(), width=80, color_system=None)
    for view in (operation(), bare):
        shown = rendered("operation.html", lang, view=view, operation_words=operation_words)
        assert ("+593 2 555" in shown) == (view.check is not None)
        print_operation(console, view, NOW, lang)
    print_checks(console, checks, lang)
    print_checks(console, PlanChecks([], True), lang)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert "+593 2 555" in text
