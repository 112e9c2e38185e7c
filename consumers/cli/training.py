"""`quipu training`: the ten tasks of an exercise, checked by what the log and the ledger hold."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from consumers.cli.person_render import print_indented
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.presentation import training_words
from consumers.query.training.tasks import TaskProgress
from consumers.query.training.training_queries import TrainingProgress
from consumers.serving.cli_session import open_queries
from infra.command_line import command
from infra.terminal import make_console
from schemas.i18n import _

HOW_TO_GO_ON = _("How to go on")


@command("training", help=_("Show your ten training tasks: what is done, what is missing."))
@with_query_options
def training_command(context: QueryContext) -> None:
    """Show how far the reader is in the exercise that --exercise names."""
    reader = context.reader
    with open_queries(context.settings) as queries:
        progress = queries.training.progress(reader, context.as_of)
    if context.as_json:
        print_json(TrainingProgress, progress)
        return
    print_training(make_console(highlight=False), progress, context.lang)


def print_training(console: Console, progress: TrainingProgress, lang: str) -> None:
    """Print the tasks, and how to go on with the first one that is not done."""
    if progress.exercise is None:
        for text in (training_words.NO_EXERCISE, training_words.ENTER):
            console.print(Text(text.in_language(lang)))
        return
    console.print(Text(training_words.progress_line(progress, lang), style="bold"))
    for task in progress.tasks:
        mark, style = ("✓", "green") if task.done_at else ("·", "")
        line = Text(f"  {mark} ", style=style).append(training_words.task_title(task, lang))
        console.print(line, soft_wrap=True)
        print_indented(console, training_words.state_text(task, lang), 7, "dim")
        if task.name == progress.next:
            _print_how(console, task, progress.exercise, lang)
    if progress.next is None:
        console.print(Text(training_words.ALL_DONE.in_language(lang)))


def _print_how(console: Console, task: TaskProgress, exercise: str, lang: str) -> None:
    """Print what to do, and its commands unbroken, so that they can be copied."""
    how = training_words.TASKS[task.name].how
    text = f"{HOW_TO_GO_ON.in_language(lang)}: {how.in_language(lang)}"
    print_indented(console, text, 7)
    for line in training_words.commands_of(task, exercise):
        console.print(Text(f"         {line}"), soft_wrap=True)


commands: list[click.Command] = [training_command]
