"""Page and terminal of the training course: what is done, what is missing, how to go on."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consumers.cli.training import print_training
from consumers.console.rendering import PageContext
from consumers.console.session import Claim, Visitor
from consumers.presentation import training_words
from consumers.query.training.tasks import Lack, TaskName, TrainingFacts, check_tasks
from consumers.query.training.training_queries import NO_COURSE, TrainingProgress
from schemas.i18n import LANGUAGES
from schemas.model import Reader
from tests.support.training_facts import course, done_facts, merged
from tests.unit.infra.cli.test_help_of_commands import COMMANDS, LEAVES

READER = Reader("ana", "CO", "PONAL", frozenset({"officer"}), "AMBER")


def progress_of(facts: TrainingFacts) -> TrainingProgress:
    tasks = check_tasks(facts)
    ahead = [task.name for task in tasks if task.done_at is None]
    return TrainingProgress("training-ana", tasks, len(tasks) - len(ahead), next(iter(ahead), None))


BEGUN = progress_of(
    merged([*list(done_facts().values())[:4], TrainingFacts(courses=[course("alert", 7)])])
)
WHOLE = progress_of(merged(list(done_facts().values())))


def page(lang: str, progress: TrainingProgress) -> str:
    visitor = Visitor(READER, Claim("CO", "PONAL", "officer", "AMBER"), lang, None)
    answer = PageContext(visitor, "/training", {}, None).render(
        "training.html",
        progress=progress,
        training_words=training_words,
        command_line="quipu training",
    )
    return bytes(answer.body).decode()


def terminal(lang: str, progress: TrainingProgress) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    print_training(console, progress, lang)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_every_task_and_every_lack_has_its_words() -> None:
    assert set(training_words.TASKS) == set(TaskName)
    assert set(training_words.LACKS) == set(Lack)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_and_terminal_say_what_is_done_what_is_missing_and_how_to_go_on(lang: str) -> None:
    missing = training_words.LACKS[Lack.ALERT_OPEN].with_values(about="alert-7")
    for text in (page(lang, BEGUN), terminal(lang, BEGUN)):
        plain = " ".join(text.split())
        assert training_words.progress_line(BEGUN, "en").count("5 of 10") == 1
        assert training_words.progress_line(BEGUN, lang).replace("'", "&#39;") in plain
        assert missing.in_language(lang) in plain
        assert "quipu alert answer ID --node NODE --step ENDED --exercise training-ana" in plain
        assert all(task.title.in_language(lang) in plain for task in training_words.TASKS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("progress", [BEGUN, WHOLE, progress_of(TrainingFacts()), NO_COURSE])
def test_sentences_fit_80_columns_and_commands_stay_whole(
    lang: str, progress: TrainingProgress
) -> None:
    lines = terminal(lang, progress).splitlines()
    assert [
        line for line in lines if len(line) > 80 and not line.lstrip().startswith("quipu")
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_in_no_exercise_learns_how_to_enter_one(lang: str) -> None:
    for text in (page(lang, NO_COURSE), terminal(lang, NO_COURSE)):
        assert "quipu user change NAME --exercises training-NAME".replace(
            "NAME", {"en": "NAME", "es": "NOMBRE"}[lang]
        ) in " ".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_end_of_the_course_is_said(lang: str) -> None:
    for text in (page(lang, WHOLE), terminal(lang, WHOLE)):
        assert training_words.ALL_DONE.in_language(lang) in " ".join(text.split())


def test_every_command_of_a_task_exists_with_its_options() -> None:
    unknown = []
    for task in training_words.TASKS.values():
        for line in task.commands:
            words = line.partition(">")[0].split()[1:]
            paths = [path for path in LEAVES if words[: len(path.split())] == path.split()]
            names = {
                name
                for path in paths
                for parameter in COMMANDS[path].params
                for name in parameter.opts
            }
            unknown += [] if paths else [line]
            unknown += [word for word in words if word.startswith("--") and word not in names]
    assert unknown == []
