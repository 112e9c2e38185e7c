"""Ask the questions of `quipu mapping edit` on a terminal."""

from __future__ import annotations

import click

from infra.terminal import echo_text
from producers.mapping.edit.dialog import Dialog
from producers.mapping.edit.question import Choice, MappingQuestion, read_answer
from producers.mapping.suggest.match_fields import Plan
from schemas.hidden_characters import make_visible
from schemas.i18n import _, ngettext


def hold_dialog(dialog: Dialog, lang: str) -> Plan:
    """Put every question of a dialog to the person at the terminal; return what it came to.

    Raises click.Abort on Ctrl-C or at the end of the input: then nothing was written.
    """
    question = next(dialog)
    while True:
        try:
            question = dialog.send(_ask(question, lang))
        except StopIteration as end:
            plan: Plan = end.value
            return plan


def _ask(question: MappingQuestion, lang: str) -> str:
    """Ask until the answer is one of the choices; return its key."""
    _say(f"\n{question.text.in_language(lang)}")
    choices = question.choices
    while True:
        _list(choices, question.default)
        others = _others(question, choices)
        if others:
            more = ngettext(
                "      … or type the name or code of {count} more",
                "      … or type the name or code of one of {count} more",
                len(others),
            )
            _say(more.in_language(lang))
        text = click.prompt("", prompt_suffix="> ", default="", show_default=False)
        answer = read_answer(
            MappingQuestion(question.text, choices, question.default, others), text
        )
        if answer.problem is None:
            return answer.key
        _say(answer.problem.in_language(lang))
        choices = answer.nearest or question.choices


def _others(question: MappingQuestion, listed: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the choices that are not listed now but may be typed."""
    every = (*question.choices, *question.hidden)
    return tuple(choice for choice in every if choice not in listed)


def _list(choices: tuple[Choice, ...], default: str) -> None:
    for number, choice in enumerate(choices, start=1):
        mark = "*" if choice.key == default else " "
        _say(f" {mark}{number:>3}  {choice.label}")


def _say(text: str) -> None:
    echo_text("\n".join(make_visible(line) for line in text.split("\n")))


INTRODUCTION = _(
    "Answer with Enter for the choice marked *, with a number, or with words. Ctrl-C ends without "
    "writing anything."
)
