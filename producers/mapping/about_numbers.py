"""Read words next to a number that is not exact: "aprox. 500", "más de 500", "entre 500 y 600".

Pure. The words are in about_words.toml. A number that is not exact is never certain: the text keeps
its doubt, and a range has two readings, its ends.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from producers.mapping.money_text import fold_money
from schemas.i18n import UserMessage, _

LONGEST = 80  # characters: beyond, it is a sentence
_TABLE: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    (files("producers.mapping") / "about_words.toml").read_text(encoding="utf-8")
)
WHY: Mapping[str, UserMessage] = {
    "about": _("the text says that it is about this much"),
    "least": _("the text says that it is this much or more"),
    "most": _("the text says that it is this much or less"),
}
LOWER_END, UPPER_END = _("it is the lower end of a range"), _("it is the upper end of a range")


class AboutText(NamedTuple):
    """Hold a text without the words that say that it is not exact, and what they say."""

    number_text: str
    why: UserMessage


def strip_about(written: str) -> Iterator[AboutText]:
    """Yield a text without the words by which its number is not exact; nothing without any."""
    if len(written) > LONGEST:
        return
    text = fold_money(written).strip(" .")
    for kind in ("about", "least", "most"):
        rest = _without(text, kind)
        if rest is not None:
            yield AboutText(rest, WHY[kind])
            for further in strip_about(rest):
                yield AboutText(further.number_text, WHY[kind])


def _without(text: str, kind: str) -> str | None:
    for pattern in _patterns(kind):
        match = pattern.fullmatch(text)
        rest = "".join(part for part in match.groups() if part).strip() if match else ""
        if rest:
            return rest
    return None


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    words = _alternatives(_TABLE[kind]["words"])
    signs = _alternatives(_TABLE[kind]["signs"])
    if kind == "least":  # a plus in front is a sign of the number
        front = _alternatives(sign for sign in _TABLE[kind]["signs"] if sign != "+")
    else:
        front = signs
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?:(?:{words})(?![A-Z])[ .:]*|(?:{front})\s*)(.+)",
            rf"(.*?[0-9A-Z/$)])\s*(?:\(\s*(?:{words})[ .]*\)|(?<![A-Z])(?:{words})|(?:{signs}))",
            rf"((?:S/\.?|BS\.?|US\$|\$|[A-Z]{{3}})\s*)(?:{words})(?![A-Z])[ .:]*([0-9].*)",
        )
    )


def range_ends(written: str) -> tuple[str, str] | None:
    """Part a range into the texts of its ends: "entre 500 y 600", "500-600"; None for others."""
    if len(written) > LONGEST:
        return None
    match = _range().fullmatch(fold_money(written).strip(" ."))
    return (match["low"].strip(), match["high"].strip()) if match is not None else None


def centre_and_margin(written: str) -> tuple[str, str] | None:
    """Part "500 ± 10" into its texts; None for others."""
    if len(written) > LONGEST:
        return None
    match = _around().fullmatch(fold_money(written).strip(" ."))
    return (match["centre"].strip(), match["margin"].strip()) if match is not None else None


@cache
def _range() -> re.Pattern[str]:
    before = _alternatives(_TABLE["range"]["before"])
    words = _alternatives(word for word in _TABLE["range"]["between"] if word != "-")
    return re.compile(
        rf"(?:(?:{before})\s+)?(?P<low>[^-]*?[0-9][^-]*?)(?:\s+(?:{words})\s+|\s*-\s*)"
        r"(?P<high>[^-]*?[0-9][^-]*)"
    )


@cache
def _around() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<centre>.*[0-9].*?)\s*(?:{_alternatives(_TABLE['range']['around'])})"
        r"\s*(?P<margin>[0-9][0-9.,]*)"
    )


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
