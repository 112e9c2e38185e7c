"""Give every text that a user reads in English or Spanish.

The code holds the English text, `_("The node {node} is not registered.", node=name)`; the catalogue
`schemas/locale/es/LC_MESSAGES/quipu.po` holds the Spanish one. The language is chosen where the
text is shown (`UserMessage.in_language`), never where it is made, so that one error can be shown to
an officer in Spanish and logged in English.

In the catalogue: help texts, errors and remedies, headings, the words of the console page. Not in
it: the vocabulary of the exchange, that is the names of event types, fields, code lists and rules.
They are data in both languages next to their schema, because a data folder can bring its own. Nor
the sentences of indicators (`streams.correlation.wording`): hits carry them in the log.

`make messages` writes new texts into the catalogue; `make check` fails where one has no Spanish.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from schemas.hidden_characters import make_visible
from schemas.po_file import Key, read_po

LANGUAGES = ("es", "en")
CATALOGUE = Path(__file__).parent / "locale" / "es" / "LC_MESSAGES" / "quipu.po"


SPANISH_SIGNS = str.maketrans({",": "\N{NO-BREAK SPACE}", ".": ","})
"""Thousands are set apart by a space at which no line ends; decimals by a comma."""
_QUANTITIES = (
    "behind bundles columns count countries days entries fewest files findings found "
    "groups hidden hours invented items keys lag left letters lines listed machines "
    "members messages minutes missed months nodes others owed pairs records right rows "
    "seconds shown steps things topics total values wrong "
)
QUANTITIES = frozenset(_QUANTITIES.split())
"""Fields of texts that say how many: a whole number in one is grouped. Others are numbers of
something, such as a line, a port or a year.
"""


@dataclass(frozen=True, slots=True)
class UserMessage:
    """A text for users with its values. `msgid`: the English text, with `{name}` for each value.

    `plural`: the English text for another count than one; the value `count` decides. `context`
    distinguishes equal English texts that differ in Spanish. A value may be a UserMessage.
    """

    msgid: str
    arguments: tuple[tuple[str, object], ...] = ()
    plural: str = ""
    context: str = ""

    def in_language(self, lang: str) -> str:
        """Return the text in `lang` (es or en); in English where the catalogue has no Spanish.

        Raises ValueError for another language.
        """
        if lang not in LANGUAGES:
            raise ValueError(
                f"{lang!r} is no language of the exchange: choose one of {', '.join(LANGUAGES)}"
            )
        values = dict(self.arguments)
        is_plural = bool(self.plural) and values["count"] != 1
        text = self.plural if is_plural else self.msgid
        if lang != "en":
            texts = _spanish().get((self.context, self.msgid))
            text = texts[-1 if is_plural else 0] if texts else text
        return (
            text.format(**{name: _shown(name, value, lang) for name, value in values.items()})
            if values
            else text
        )

    def with_values(self, **arguments: object) -> UserMessage:
        """Return this text with these values, for a text that is kept in a table."""
        return replace(self, arguments=tuple(arguments.items()))

    def __str__(self) -> str:
        """Return the English text, as logs show it."""
        return self.in_language("en")


def _(msgid: str, /, **arguments: object) -> UserMessage:
    """Make a text for users from its English form and its values."""
    return UserMessage(msgid, tuple(arguments.items()))


def ngettext(singular: str, plural: str, /, count: int, **arguments: object) -> UserMessage:
    """Make a text that depends on a number; both forms may use `{count}`."""
    return UserMessage(singular, (("count", count), *arguments.items()), plural)


def pgettext(context: str, msgid: str, /, **arguments: object) -> UserMessage:
    """Make a text that has another Spanish form elsewhere; `context` says where it stands."""
    return UserMessage(msgid, tuple(arguments.items()), context=context)


class ShortFigure(str):
    """A figure with its unit, such as `3.4 s`; Spanish shows it with a comma."""

    __slots__ = ()


def in_language(text: object, lang: str) -> Any:
    """Return a UserMessage or a short figure in `lang`, anything else as it is."""
    if isinstance(text, ShortFigure):
        return text.replace(".", ",") if lang == "es" else str(text)
    return text.in_language(lang) if isinstance(text, UserMessage) else text


class _WrittenNumber(NamedTuple):
    """Write a number that a text formats: 11 123 and 35,5 in Spanish.

    `spec`: the format where the text gives none; without either the number is as it is.
    """

    value: float | Decimal
    lang: str
    spec: str = ""

    def __format__(self, spec: str) -> str:
        """Return the number with the signs of the language."""
        text = format(self.value, spec or self.spec)
        return text.translate(SPANISH_SIGNS) if self.lang == "es" and (spec or self.spec) else text


class _VisibleValue(NamedTuple):
    """Write anything else that a text formats, such as an error or a path."""

    value: object

    def __format__(self, spec: str) -> str:
        """Return it with its hidden characters by their names."""
        return make_visible(format(self.value, spec))

    def __repr__(self) -> str:
        """Return what `!r` in a text writes."""
        return make_visible(repr(self.value))

    def __str__(self) -> str:
        """Return what `!s` in a text writes."""
        return make_visible(str(self.value))


def number_text(value: float | Decimal, spec: str, lang: str) -> str:
    """Write a number by a format such as `g`, with the signs of the language: 35,5 in Spanish."""
    return format(_WrittenNumber(value, lang), spec)


def figure_text(value: float | Decimal | str, lang: str) -> str:
    """Write a figure with all its digits: 52 061,5 in Spanish, 52,061.5 in English.

    `value`: a number, or its text with a decimal point. It is never written with an exponent.
    """
    number = Decimal(f"{value:.15g}" if isinstance(value, float) else value)
    return number_text(number, ",f", lang)


def _shown(name: str, value: object, lang: str) -> object:
    """Return a value as it stands in a text: hidden characters by their names."""
    value = in_language(value, lang)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        is_grouped = isinstance(value, int) and name in QUANTITIES
        return _WrittenNumber(value, lang, "," if is_grouped else "")
    return make_visible(value) if isinstance(value, str) else _VisibleValue(value)


def as_record(text: object) -> Any:
    """Return a UserMessage for JSON: its text in both languages, and what `from_record` needs."""
    if not isinstance(text, UserMessage):
        return text if isinstance(text, str | int | float) or text is None else str(text)
    record: dict[str, Any] = {lang: text.in_language(lang) for lang in LANGUAGES}
    record |= {
        "msgid": text.msgid,
        "arguments": {name: as_record(value) for name, value in text.arguments},
    }
    return record | {"plural": text.plural, "context": text.context}


def from_record(record: object) -> Any:
    """Return the UserMessage that `as_record` wrote; anything else as it is."""
    if not isinstance(record, dict):
        return record
    arguments = tuple((name, from_record(value)) for name, value in record["arguments"].items())
    return UserMessage(record["msgid"], arguments, record["plural"], record["context"])


@cache
def _spanish() -> Mapping[Key, tuple[str, ...]]:
    """Read the catalogue once, when the first Spanish text is shown (about 5 ms)."""
    return {
        key: texts
        for key, texts in read_po(CATALOGUE.read_text(encoding="utf-8")).items()
        if all(texts)
    }
