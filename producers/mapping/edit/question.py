"""A question with numbered choices, and how an answer is read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from producers.mapping.suggest.match_fields import LEFT_OUT
from producers.mapping.suggest.similarity import likeness, stems
from schemas.i18n import UserMessage, _


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the key that the mapping needs, and the words that a person reads."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class MappingQuestion:
    """A question to a person.

    `default` is the key of the answer to Enter. `hidden` are further choices that are not listed
    but may be typed by their key or their words.
    """

    text: UserMessage
    choices: tuple[Choice, ...]
    default: str
    hidden: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read: a key, or `problem` with the choices whose words are near the text."""

    key: str = ""
    problem: UserMessage | None = None
    nearest: tuple[Choice, ...] = ()


def read_answer(question: MappingQuestion, text: str) -> Answer:
    """Read what a person typed: nothing, a number of the list, a key, or words of a choice."""
    text = text.strip()
    if not text:
        return Answer(question.default)
    if text.isdecimal() and 1 <= int(text) <= len(question.choices):
        return Answer(question.choices[int(text) - 1].key)
    every = (*question.choices, *question.hidden)
    for choice in every:
        if text.casefold() in (choice.key.casefold(), choice.label.casefold()):
            return Answer(choice.key)
    nearest = nearest_choices(text, every)
    if nearest:
        return Answer(problem=_("Which of these?"), nearest=nearest)
    return Answer(
        problem=_("`{text}` is none of the choices. Type a number, or words of one.", text=text)
    )


def nearest_choices(text: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return at most nine choices that have words of the text, the nearest first."""
    words = stems(text)
    scored = [
        (likeness(words, (stems(choice.label), stems(choice.key))), place)
        for place, choice in enumerate(choices)
        if choice.key != LEFT_OUT
    ]
    ranked = sorted((entry for entry in scored if entry[0] > 0), key=lambda entry: -entry[0])
    return tuple(choices[place] for _score, place in ranked[:9])
