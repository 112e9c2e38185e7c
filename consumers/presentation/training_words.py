"""Word the training course: what a task asks, what is missing, and how to go on. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from consumers.presentation.times import utc
from consumers.query.training.tasks import Lack, TaskName, TaskProgress
from consumers.query.training.training_queries import TrainingProgress
from schemas import words
from schemas.i18n import UserMessage, _

NO_EXERCISE = _(
    "You are in no exercise, so there is no course. The operator gives your account one of your "
    "own: quipu user change NAME --exercises training-NAME"
)
ENTER = _(
    "Then enter it, so that nothing here is real: quipu training --exercise training-NAME. On the "
    "page choose it where you say who asks."
)
ALL_DONE = _("All ten tasks are done. You know how to begin; the exercise stays to try more.")
DONE = _("done")


class TaskWords(NamedTuple):
    """What a task is called, what to do, and the commands that do it."""

    title: UserMessage
    how: UserMessage
    commands: Sequence[str]


TASKS: Mapping[TaskName, TaskWords] = {
    TaskName.RECORD: TaskWords(
        _("Publish a record"),
        _("Write the form, give it a reference of your own, fill in one line and send it."),
        (
            "quipu practice form environment --exercise {exercise} > report.json",
            "quipu request send report.json --node NODE",
        ),
    ),
    TaskName.CORRECTION: TaskWords(
        _("Correct it"),
        _("Change the file, keep its reference, and send it again with a reason."),
        ("quipu request send report.json --node NODE --reason NEW_FINDING",),
    ),
    TaskName.REPORT: TaskWords(
        _("Make a report that is whole"),
        _("Read the guide and answer each question of its form that is needed."),
        (
            "quipu practice show environment",
            "quipu request send report.json --node NODE --reason NEW_FINDING",
        ),
    ),
    TaskName.RETRACTION: TaskWords(
        _("Retract a record that was wrong"),
        _("Publish a second record under another reference, and retract it with a reason."),
        (
            "quipu retract --node NODE --reference R --type environmental_crime --reason WRONG",
            "quipu receipts --node NODE",
        ),
    ),
    TaskName.ALERT: TaskWords(
        _("Send an alert to another country"),
        _("Address another country. Only those in the exercise see the alert."),
        (
            "quipu alert contacts",
            "quipu alert send --node NODE --to PE/PNP --kind VEHICLE_IN_TRANSIT "
            '--title "Exercise" --exercise {exercise}',
        ),
    ),
    TaskName.ALERT_END: TaskWords(
        _("End the alert"),
        _("Say that it is over: an alert that stays open keeps a desk busy."),
        (
            "quipu alert list --exercise {exercise}",
            "quipu alert answer ID --node NODE --step ENDED --exercise {exercise}",
        ),
    ),
    TaskName.REQUEST: TaskWords(
        _("Ask for judicial assistance"),
        _("Fill in what article 18(15) of UNTOC demands; the form names what is missing."),
        (
            "quipu request form assistance --node NODE --to PE/MPFN --exercise {exercise} "
            "> request.json",
            "quipu request send request.json --node NODE",
        ),
    ),
    TaskName.INFORMATION: TaskWords(
        _("Give information under conditions"),
        _("Say under which conditions it may be used: they bind before it can be read."),
        (
            "quipu request form information --node NODE --to PE/PNP --exercise {exercise} "
            "--set conditions=CONFIDENTIAL > information.json",
            "quipu request send information.json --node NODE",
        ),
    ),
    TaskName.LOOKUP: TaskWords(
        _("Ask by hit or no hit"),
        _("Ask for any number, with your legal basis. Each question is in the ledger."),
        (
            "quipu hit-lookup ask --number 45678912 --country PE --basis CAN-589 "
            "--exercise {exercise}",
        ),
    ),
    TaskName.CASE: TaskWords(
        _("Keep a case"),
        _("Open a case, add a record of the exercise, and write a note about it."),
        (
            'quipu case open "Exercise" --exercise {exercise}',
            "quipu case add ID --record RECORD --exercise {exercise}",
            'quipu case note ID "What I saw" --exercise {exercise}',
        ),
    ),
}
LACKS: Mapping[Lack, UserMessage] = {
    Lack.NO_RECORD: _("Your authority has no record in this exercise."),
    Lack.NO_CORRECTION: _("No record of the exercise was corrected with a reason."),
    Lack.NO_REPORT: _("There is no report of a specialised office in this exercise."),
    Lack.REPORT_INCOMPLETE: _("The report {about} lacks: {fields}."),
    Lack.NO_RETRACTION: _("No record of the exercise was retracted."),
    Lack.NO_ALERT: _("Your authority sent no alert in this exercise."),
    Lack.ALERT_AT_HOME: _("The alert {about} addresses your own country alone."),
    Lack.ALERT_OPEN: _("The alert {about} is still open."),
    Lack.NO_REQUEST: _("Your authority sent no request for assistance in this exercise."),
    Lack.REQUEST_DRAFT: _("The request {about} is still a draft."),
    Lack.REQUEST_INCOMPLETE: _("The request {about} lacks: {fields}."),
    Lack.NO_INFORMATION: _("Your authority gave no information in this exercise."),
    Lack.NO_CONDITIONS: _("The information {about} has no conditions of use."),
    Lack.NO_LOOKUP: _("You asked nothing by hit or no hit in this exercise."),
    Lack.NO_CASE: _("You opened no case in this exercise."),
    Lack.CASE_EMPTY: _("Your case {about} has no record in it."),
    Lack.NO_NOTE: _("Your case {about} has no note."),
}
SHORT = 8
"""Digits of an id by which a sentence names a record or case."""


def progress_line(progress: TrainingProgress, lang: str) -> str:
    """Say how many tasks of the exercise are done."""
    return _(
        "Training in `{exercise}`: {done} of {count} tasks done",
        exercise=progress.exercise,
        done=progress.done,
        count=len(progress.tasks),
    ).in_language(lang)


def task_title(task: TaskProgress, lang: str) -> str:
    """Name a task with its number."""
    number = [*TaskName].index(task.name) + 1
    return f"{number}. {TASKS[task.name].title.in_language(lang)}"


def state_text(task: TaskProgress, lang: str) -> str:
    """Say when a task was done, or what it lacks."""
    if task.done_at is not None:
        return f"{DONE.in_language(lang)} · {utc(task.done_at)} UTC"
    if task.lack is None:
        return ""
    names = ", ".join(f"{words.field(name, lang)} ({name})" for name in task.fields)
    about = (task.about or "")[:SHORT]
    return LACKS[task.lack].with_values(about=about, fields=names).in_language(lang)


def commands_of(task: TaskProgress, exercise: str | None) -> list[str]:
    """Return the commands that do a task in an exercise."""
    return [
        command.replace("{exercise}", exercise or "training-NAME")
        for command in TASKS[task.name].commands
    ]
