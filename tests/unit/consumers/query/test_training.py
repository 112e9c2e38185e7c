"""The training course: each task follows from what log and ledger hold, and from nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.training.tasks import Lack, TaskName, TrainingFacts, check_tasks
from tests.support.training_facts import (
    at,
    case,
    course,
    done_facts,
    merged,
    record,
    version,
    whole_report,
)

FIRST_LACKS = {
    TaskName.RECORD: Lack.NO_RECORD,
    TaskName.CORRECTION: Lack.NO_CORRECTION,
    TaskName.REPORT: Lack.NO_REPORT,
    TaskName.RETRACTION: Lack.NO_RETRACTION,
    TaskName.ALERT: Lack.NO_ALERT,
    TaskName.ALERT_END: Lack.NO_ALERT,
    TaskName.REQUEST: Lack.NO_REQUEST,
    TaskName.INFORMATION: Lack.NO_INFORMATION,
    TaskName.LOOKUP: Lack.NO_LOOKUP,
    TaskName.CASE: Lack.NO_CASE,
}
IMPLIED = {
    TaskName.CORRECTION: {TaskName.RECORD},
    TaskName.REPORT: {TaskName.RECORD},
    TaskName.RETRACTION: {TaskName.RECORD},
    TaskName.ALERT_END: {TaskName.ALERT},
}
"""What is done with a task by itself: who corrects a record has published it."""


def done_in(facts: TrainingFacts) -> set[TaskName]:
    return {task.name for task in check_tasks(facts) if task.done_at is not None}


def test_there_are_ten_tasks_and_nothing_is_done_at_the_begin() -> None:
    tasks = check_tasks(TrainingFacts())
    assert {task.name: task.lack for task in tasks} == FIRST_LACKS
    assert [task.name for task in tasks] == [*TaskName]
    assert len(tasks) == 10


@pytest.mark.parametrize("name", TaskName)
def test_what_a_task_asks_for_does_it_and_no_other(name: TaskName) -> None:
    assert done_in(done_facts()[name]) == {name, *IMPLIED.get(name, ())}


@given(st.permutations([*TaskName]), st.integers(0, 10))
def test_any_order_and_doubling_gives_the_same_progress(order: list[TaskName], count: int) -> None:
    chosen = order[:count]
    facts = [done_facts()[name] for name in chosen]
    tasks = check_tasks(merged(facts))
    ordered = [done_facts()[name] for name in TaskName if name in chosen]
    assert tasks == check_tasks(merged(ordered)) == check_tasks(merged([*facts, *facts]))
    assert done_in(merged(facts)) == set(chosen).union(
        *(IMPLIED.get(name, set()) for name in chosen)
    )


def test_a_task_is_done_when_the_log_first_had_it() -> None:
    facts = merged([*done_facts().values(), *done_facts().values()])
    times = {task.name: task.done_at for task in check_tasks(facts)}
    assert times[TaskName.RECORD] == at(1)
    assert times[TaskName.CORRECTION] == at(3)
    assert times[TaskName.ALERT_END] == at(9)
    assert times[TaskName.CASE] == at(15), "a case needs its first item and its first note"


@pytest.mark.parametrize(
    ("facts", "name", "lack", "about"),
    [
        (
            TrainingFacts(courses=[course("alert", 1, to="CO")]),
            *(TaskName.ALERT, Lack.ALERT_AT_HOME, "alert-1"),
        ),
        (
            TrainingFacts(courses=[course("alert", 1)]),
            *(TaskName.ALERT_END, Lack.ALERT_OPEN, "alert-1"),
        ),
        (
            TrainingFacts(courses=[course("assistance", 1, state="DRAFT")]),
            *(TaskName.REQUEST, Lack.REQUEST_DRAFT, "assistance-1"),
        ),
        (
            TrainingFacts(courses=[course("information", 1, conditions=[])]),
            *(TaskName.INFORMATION, Lack.NO_CONDITIONS, "information-1"),
        ),
        (
            TrainingFacts(cases=[case(1, items=0)]),
            *(TaskName.CASE, Lack.CASE_EMPTY, "case-1"),
        ),
        (TrainingFacts(cases=[case(1, notes=0)]), TaskName.CASE, Lack.NO_NOTE, "case-1"),
    ],
)
def test_what_is_begun_says_what_is_missing(
    facts: TrainingFacts, name: TaskName, lack: Lack, about: str
) -> None:
    [task] = [task for task in check_tasks(facts) if task.name == name]
    assert (task.done_at, task.lack, task.about) == (None, lack, about)


def test_a_report_and_a_request_name_the_fields_that_they_lack_least() -> None:
    nearly = {**whole_report(), "goods": []}
    facts = TrainingFacts(
        records=[record(version(1, {})), record(version(2, nearly))],
        courses=[
            course("assistance", 1, lacks=["facts", "aim"]),
            course("assistance", 2, lacks=["aim"]),
        ],
    )
    tasks = {task.name: task for task in check_tasks(facts)}
    report, request = tasks[TaskName.REPORT], tasks[TaskName.REQUEST]
    assert (report.lack, report.fields) == (Lack.REPORT_INCOMPLETE, ["goods"])
    assert (request.lack, request.fields) == (Lack.REQUEST_INCOMPLETE, ["aim"])


def test_a_step_that_counts_for_nothing_ends_no_alert() -> None:
    alert = course("alert", 1, ended=2)
    alert.steps[0] = type(alert.steps[0])(
        **{name: getattr(alert.steps[0], name) for name in alert.steps[0].__dataclass_fields__}
        | {"refusal": "IMPOSSIBLE"}
    )
    assert TaskName.ALERT_END not in done_in(TrainingFacts(courses=[alert]))
