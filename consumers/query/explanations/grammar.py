"""Write countries, places, dates and lists in a sentence, in Spanish or English. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from consumers.query.explanations.record_facts import Occurrence
from schemas import words

MONTHS: Mapping[str, Sequence[str]] = {
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
        *("septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
}
LONGEST_DELAY = 730
"""Days that a sentence counts; where more lie between, it gives the date."""
_CONTRACTED = re.compile(r"\b([Dd]e|[Aa]) el (?=\w)")
_EXTRA_COMMA = re.compile(r",(?=\s*[,.;:()])")
_SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")
_VOWELS = frozenset("AEIOU")
_CONSONANT_SOUNDS = ("eu", "uni", "us", "ut", "one")


def noun(table: str, code: str | None, lang: str) -> str:
    """Return a noun of schemas/words/nouns.json; the table's general one for a code without."""
    nouns = words.load_table("nouns")[table]
    return str(nouns.get(code or "", nouns.get("", {})).get(lang, ""))


def is_feminine(table: str, code: str | None) -> bool:
    """Say whether the noun is feminine in Spanish."""
    nouns = words.load_table("nouns")[table]
    entry = nouns.get(code or "", nouns[""])
    return bool(entry.get("feminine")) or str(entry["es"]).startswith("una ")


def country(code: str, lang: str) -> str:
    """Name a country with its article: el Perú, the United States."""
    name = _country_name(code, lang)
    articles: Mapping[str, Any] = words.load_table("nouns")["country_article"].get(code, {})
    article = articles.get(lang, "")
    return f"{article} {name}" if article else name


def bare_country(code: str, lang: str) -> str:
    """Name a country behind the name of a place in it: Leticia, Colombia."""
    return _country_name(code, lang)


def _country_name(code: str, lang: str) -> str:
    """Return a country's name; of the form "Congo, República Democrática del" in reading order."""
    for code_list in ("country", "partner"):
        name = words.value(code_list, code, lang)
        if name != code:
            head, _separator, rest = name.partition(", ")
            article = {"es": "", "en": "The "}[lang]
            return f"{rest.removeprefix(article)} {head}" if rest else name
    return code


def place(municipality: str, subdivision: str, country_code: str, lang: str) -> str:
    """Write where something was, as exactly as it is known; empty where it is not."""
    name = municipality or (
        words.value("subdivision", subdivision, lang) if "-" in subdivision else ""
    )
    preposition = {"es": "en", "en": "in"}[lang]
    if name and country_code:
        return f"{preposition} {name}, {bare_country(country_code, lang)},"
    if name:
        return f"{preposition} {name}"
    return f"{preposition} {country(country_code, lang)}" if country_code else ""


def when(occurrence: Occurrence | None, lang: str, *, since: bool = False) -> str:
    """Write when something was, no more exactly than it is known: el 12 de agosto de 2025."""
    if occurrence is None:
        return ""
    written = write_day(occurrence, lang)
    is_day = occurrence.precision == "day"
    if lang == "en":
        return f"{'since' if since else 'on' if is_day else 'in'} {written}"
    article = "el " if is_day else ""
    return f"desde {article}{written}" if since else f"{'el' if is_day else 'en'} {written}"


def write_day(occurrence: Occurrence, lang: str) -> str:
    """Write a day, month or year: 12 de agosto de 2025, August 2025."""
    day = occurrence.day
    if occurrence.precision == "year":
        return f"{day.year}"
    month = MONTHS[lang][day.month - 1]
    joint = {"es": " de ", "en": " "}[lang]
    written = f"{month}{joint}{day.year}"
    return written if occurrence.precision == "month" else f"{day.day}{joint}{written}"


def later(first: Occurrence | None, second: Occurrence | None, lang: str) -> str:
    """Write how much later the second was: 132 days later; the date where that says more."""
    if first is None or second is None or {first.precision, second.precision} != {"day"}:
        return when(second, lang)
    days = (second.day - first.day).days
    if not 0 <= days <= LONGEST_DELAY:
        return when(second, lang)
    spanish = {0: "el mismo día", 1: "un día después"}.get(days, f"{days} días después")
    english = {0: "the same day", 1: "one day later"}.get(days, f"{days} days later")
    return {"es": spanish, "en": english}[lang]


def listed(parts: Sequence[str], lang: str) -> str:
    """Join parts with commas and a last "and"; in Spanish `e` before an i-sound."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction(parts[-1], lang)} {parts[-1]}"


def conjunction(following: str, lang: str) -> str:
    """Return the word for "and" before a text."""
    if lang == "en":
        return "and"
    start = following.lower()
    is_i_sound = start.startswith(("i", "hi", "í", "hí")) and not start.startswith(("hie", "ia"))
    return "e" if is_i_sound else "y"


def indefinite(following: str) -> str:
    """Return the English article before a text; letters that are spelled out count as spoken."""
    word = following.split(" ", maxsplit=1)[0]
    letters = [letter for letter in word if letter.isalpha()]
    if not letters:
        return "an" if word.startswith(("8", "11", "18")) else "a"
    if word.isupper() and (len(letters) == 1 or not _VOWELS.intersection(word)):
        return "an" if letters[0] in _SPELLED_WITH_VOWEL else "a"
    is_vowel = letters[0].upper() in _VOWELS and not word.lower().startswith(_CONSONANT_SOUNDS)
    return "an" if is_vowel else "a"


def finish(text: str, lang: str) -> str:
    """Write a sentence: single blanks, contractions, no comma before another sign, a full stop."""
    sentence = " ".join(text.split())
    sentence = _EXTRA_COMMA.sub("", sentence.replace(" ,", ",").replace(" ;", ";"))
    sentence = contract(sentence, lang).rstrip(",. ")
    return f"{capitalised(sentence)}."


def capitalised(text: str) -> str:
    """Write the first letter as that of a sentence; the others stay as they are."""
    return text[:1].upper() + text[1:]


def contract(text: str, lang: str) -> str:
    """Write `del` and `al` for `de el` and `a el`; a name such as El Salvador keeps its article."""
    if lang != "es":
        return text
    return _CONTRACTED.sub(lambda match: f"{match[1]}l ", text)
