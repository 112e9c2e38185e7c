"""Read what somebody typed into the words that records must have. Pure.

A word stands for its other number (armas, arma), for the code that it names in a list (pistola is
PISTOL), and for a place that it names. Words in quotation marks must follow one another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consumers.query.filters import fold_text
from consumers.store.record_words import place_word, split_words, squeeze
from infra.errors import QuipuError
from schemas.codes import code_lists
from schemas.i18n import _

LONGEST = 200
"""Letters of a question."""
MOST_WORDS = 12
MOST_FORMS = 24
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')
IDLE = frozenset(
    {"de", "del", "la", "las", "el", "los", "y", "e", "o", "a", "al", "en", "un", "una", "con"}
    | {"por", "para", "que", "se", "su", "the", "of", "and", "or", "in", "on", "at", "to", "an"}
    | {"by", "for", "with"}
)
"""Words that nearly every text has; they are searched only within quotation marks."""
NOT_OF_PAYLOADS = frozenset({"country", "subdivision", "currency", "language", "unit", "yes_no"})
MEMBERS = ("BO", "CO", "EC", "PE")


class SearchRefusedError(QuipuError):
    """What was typed is too long, or has too many words."""

    code = "SEARCH"


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word as it was typed, folded, and the words of records that it stands for."""

    written: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What a record must have: one form of each word, and each phrase.

    `idle`: words that were left out, since nearly every text has them.
    """

    words: tuple[AskedWord, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    idle: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to look for."""
        return bool(self.words or self.phrases)

    def are_in(self, text: str) -> bool:
        """Return whether the words of a record have all of it. `text`: as the store keeps them."""
        known = frozenset(text.split(" "))
        return all(not known.isdisjoint(word.any_of) for word in self.words) and all(
            f" {' '.join(phrase)} " in f" {text} " for phrase in self.phrases
        )


def read_words(text: str) -> AskedWords:
    """Return the words and phrases of what was typed. Raises SearchRefusedError."""
    if len(text) > LONGEST:
        raise SearchRefusedError(
            _("This is longer than {most} characters.", most=LONGEST),
            _("Write a name, a number or some words. Look a list up on the page for lists."),
        )
    quoted = [split_words("".join(groups)) for groups in _QUOTED.findall(text)]
    phrases = tuple(tuple(words) for words in quoted if words)
    typed = list(dict.fromkeys(_typed_words(_QUOTED.sub(" ", text))))
    words = [word for word in typed if word not in IDLE] or ([] if phrases else typed)
    if len(words) + len(phrases) > MOST_WORDS:
        raise SearchRefusedError(
            _("These are more than {most} words.", most=MOST_WORDS),
            _("Leave some out, or put a sentence in quotation marks."),
        )
    meanings = tuple(AskedWord(word, tuple(_forms(word))) for word in words)
    idle = tuple(word for word in typed if word not in words)
    return AskedWords(meanings, phrases, idle)


def as_one_mark(text: str) -> AskedWords | None:
    """Return the words of an identifier that was typed with signs or spaces; None for others."""
    mark = squeeze(text)
    if len(text) > 30 or not any(sign.isdigit() for sign in mark) or mark == fold_text(text):
        return None
    return AskedWords((AskedWord(mark, (mark,)),))


def _typed_words(text: str) -> Iterator[str]:
    """Yield the words; what has digits and signs, such as TKL-12345, is one word."""
    for part in text.split():
        words = split_words(part)
        if len(words) > 1 and any(sign.isdigit() for sign in part):
            yield squeeze(part)
        else:
            yield from words


def _forms(word: str) -> Sequence[str]:
    """Return the words of records that a word stands for, itself first."""
    forms = dict.fromkeys((word, *_numbers(word)))
    for form in tuple(forms):
        forms.update(dict.fromkeys(_codes_by_word().get(form, ())))
    return tuple(forms)[:MOST_FORMS]


def _numbers(word: str) -> Iterator[str]:
    """Yield the singular and the plural that a Spanish or English word may have."""
    if len(word) < 4 or not word.isalpha():
        return
    if word.endswith("ces"):
        yield f"{word[:-3]}z"
    elif word.endswith("es"):
        yield word[:-2]
        yield word[:-1]
    elif word.endswith("s"):
        yield word[:-1]
    elif word.endswith("z"):
        yield f"{word[:-1]}ces"
    elif word[-1] in "aeiou":
        yield f"{word}s"
    else:
        yield f"{word}es"
        yield f"{word}s"


@cache
def _codes_by_word() -> Mapping[str, tuple[str, ...]]:
    """Map a word to the codes that it alone names: of lists, of our countries and their parts."""
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for name, code_list in code_lists().items():
        for code, names in code_list.codes.items():
            if name in NOT_OF_PAYLOADS and not _is_ours(name, code):
                continue
            marked = place_word(code) if name in ("country", "subdivision") else squeeze(code)
            for text in names.values():
                words = split_words(re.split("[:,(]", text)[0])
                if len(words) == 1:
                    codes[words[0]][marked] = None
    return {word: tuple(named) for word, named in codes.items()}


def _is_ours(list_name: str, code: str) -> bool:
    """Return whether a code is of a country of the exchange, or of a part of one."""
    return list_name in ("country", "subdivision") and code[:2] in MEMBERS
