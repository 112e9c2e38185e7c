"""Word an indicator in one sentence, Spanish and English, as its rule says it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import assert_never

from schemas.codes import code_lists
from schemas.model import Grade
from schemas.words import load_table
from streams.rules import THING, Rule

CountriesByRole = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes of countries by the role of their records, to be remembered by."""
AND = {"es": "y", "en": "and"}
POSSIBLE = {"es": "Posible, sin certeza: ", "en": "Possible, not certain: "}
THING_OF_ANY_KIND = {"es": "el mismo objeto", "en": "the same thing"}
HUB = {
    "es": "Más de {hub} registros comparten este valor. Vea quiénes los tienen antes de actuar.",
    "en": "More than {hub} records share this value. See who has them before you act.",
}


def title(rule: Rule, grade: Grade, kind: str) -> dict[str, str]:
    """Word the rule's title by language, for a thing of this kind; a possible one says so."""
    texts = {language: _say(text, language, kind, ()) for language, text in rule.title.items()}
    return (
        texts
        if grade == "certain"
        else {language: f"{text} ({_possible(language)})" for language, text in texts.items()}
    )


def title_of_any(rule: Rule) -> dict[str, str]:
    """Word the rule's title by language, whichever of its kinds of things it matches."""
    if len(rule.kinds) == 1:
        return title(rule, "certain", next(iter(rule.kinds)))
    texts = {
        language: text.format(**{THING: THING_OF_ANY_KIND[language]})
        for language, text in rule.title.items()
    }
    return {language: text[0].upper() + text[1:] for language, text in texts.items()}


def explain(
    rule: Rule, grade: Grade, kind: str, countries: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Word the sentence of an indicator, by language.

    `kind`: of the thing; `countries`: codes by role.
    """
    match grade:
        case "hub":
            return {language: text.format(hub=rule.hub) for language, text in HUB.items()}
        case "certain":
            return _sentences(rule, kind, countries)
        case "possible":
            return {
                language: POSSIBLE[language] + text[0].lower() + text[1:]
                for language, text in _sentences(rule, kind, countries).items()
            }
        case _:
            assert_never(grade)


def _sentences(rule: Rule, kind: str, countries: Mapping[str, Sequence[str]]) -> dict[str, str]:
    by_role = tuple((role, tuple(codes)) for role, codes in countries.items())
    return {
        language: _say(text, language, kind, by_role) for language, text in rule.sentence.items()
    }


@lru_cache(maxsize=4_096)
def _say(text: str, language: str, kind: str, by_role: CountriesByRole) -> str:
    """Word a sentence. Many indicators of a list have the same one."""
    named = {role: _list(codes, language) for role, codes in by_role}
    sentence = text.format(**named, **{THING: load_table("kinds")[kind][language]["same"]})
    return sentence[0].upper() + sentence[1:]


def _possible(language: str) -> str:
    return {"es": "posible", "en": "possible"}[language]


def _list(codes: Sequence[str], language: str) -> str:
    names = sorted(_country(code, language) for code in codes)
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} {_and(names[-1], language)} {names[-1]}"
    )


def _and(following: str, language: str) -> str:
    """Give the word before the last name: Spanish says `e` before an i-sound."""
    return "e" if language == "es" and following.lower().startswith(("i", "hi")) else AND[language]


def _country(code: str, language: str) -> str:
    for name in ("country", "partner"):
        words = code_lists()[name].codes.get(code)
        if words:
            return words[language]
    return code
