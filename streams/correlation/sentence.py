"""An indicator in one sentence, Spanish and English, as its rule words it."""

from collections.abc import Mapping, Sequence

from schemas.codes import code_lists
from streams.rules import Rule

AND = {"es": "y", "en": "and"}
POSSIBLE = {"es": "Posible, sin certeza: ", "en": "Possible, not certain: "}
HUB = {
    "es": "Más de {hub} registros comparten este valor: no vincula a nadie.",
    "en": "More than {hub} records share this value: it links nobody.",
}


def title(rule: Rule, grade: str) -> dict[str, str]:
    """The rule's title by language, a merely possible one saying so."""
    return {language: text if grade == "certain" else f"{text} ({_possible(language)})" for language, text in rule.title.items()}


def explain(rule: Rule, grade: str, countries: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The sentence by language. `grade`: certain, possible or hub; `countries`: codes by role."""
    if grade == "hub":
        return {language: text.format(hub=rule.hub) for language, text in HUB.items()}
    said = {
        language: text.format(**{role: _list(codes, language) for role, codes in countries.items()})
        for language, text in rule.sentence.items()
    }
    if grade == "certain":
        return said
    return {language: POSSIBLE[language] + text[0].lower() + text[1:] for language, text in said.items()}


def _possible(language: str) -> str:
    return {"es": "posible", "en": "possible"}[language]


def _list(codes: Sequence[str], language: str) -> str:
    names = sorted(_country(code, language) for code in codes)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {_and(names[-1], language)} {names[-1]}"


def _and(following: str, language: str) -> str:
    """Spanish says `e` before an i-sound."""
    return "e" if language == "es" and following.lower().startswith(("i", "hi")) else AND[language]


def _country(code: str, language: str) -> str:
    for name in ("country", "partner"):
        words = code_lists()[name].codes.get(code)
        if words:
            return words[language]
    return code
