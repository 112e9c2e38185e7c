"""Explain a burst in a few sentences, Spanish and English, as its rule says it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from consumers.query.bursts.calendar_weeks import HolidayMark, holiday_name, monday_of
from consumers.query.bursts.detection import FoundBurst
from consumers.query.explanations.explanation import Explanation
from schemas import words
from schemas.i18n import LANGUAGES, figure_text, number_text
from streams.rules import BurstRule

POSSIBLE = {"es": "posible", "en": "possible"}
LAST_DAY_OF_WEEK = timedelta(days=6)
HOLIDAY = {
    "es": "Se comparó con las mismas fiestas de otros años: {holidays}.",
    "en": "It was compared with the same holidays of other years: {holidays}.",
}
METHOD = {
    "es": "Método: Farrington mejorado (Noufaily y otros, 2013), con las mismas semanas de hasta "
    "{years} años. El azar da una semana así {chance}.",
    "en": "Method: improved Farrington (Noufaily and others, 2013), with the same weeks of up to "
    "{years} years. Chance gives such a week {chance}.",
}
CHANCE = {"es": "menos de una vez en {times}", "en": "less than once in {times}"}
CHANGE = {
    "es": "Cambia si se corrigen o se retiran estos registros, o si llegan registros de otras "
    "semanas.",
    "en": "It changes if these records are corrected or retracted, or records of other weeks come.",
}


def first_day(burst: FoundBurst) -> date:
    """Return the first day of a burst's first week."""
    return monday_of(burst.weeks[0].week)


def last_day(burst: FoundBurst) -> date:
    """Return the last day of a burst's last week."""
    return monday_of(burst.weeks[-1].week) + LAST_DAY_OF_WEEK


def burst_title(rule: BurstRule, burst: FoundBurst) -> dict[str, str]:
    """Word the rule's title by language; a possible burst says so."""
    if burst.grade == "certain":
        return dict(rule.title)
    return {language: f"{text} ({POSSIBLE[language]})" for language, text in rule.title.items()}


def explain_burst(rule: BurstRule, burst: FoundBurst) -> dict[str, str]:
    """Say what, where, when, how many, how many were expected, by which method, what changes it."""
    explanation = explanation_of_burst(rule, burst)
    parts = (explanation.sentence, explanation.confidence, *explanation.changes)
    return {language: " ".join(part[language] for part in parts) for language in LANGUAGES}


def explanation_of_burst(rule: BurstRule, burst: FoundBurst) -> Explanation:
    """Explain a burst as other findings are explained. The answer has its weeks, too."""
    key = burst.key
    return Explanation(
        sentence={language: _sentence(rule, burst, language) for language in LANGUAGES},
        subject={
            language: words.value(key.dimension, key.place, language) for language in LANGUAGES
        },
        records=[],
        features=[],
        confidence={language: _method(rule, burst, language) for language in LANGUAGES},
        changes=[dict(CHANGE)],
    )


def name_of_holiday(mark: HolidayMark) -> dict[str, str]:
    """Name a holiday by language."""
    return {language: holiday_name(mark, language) for language in LANGUAGES}


def _sentence(rule: BurstRule, burst: FoundBurst, lang: str) -> str:
    key = burst.key
    sentence = rule.sentence[lang].format(
        place=words.value(key.dimension, key.place, lang),
        type=words.event_type(key.type, lang).lower(),
        records=burst.count,
        first=first_day(burst).isoformat(),
        last=last_day(burst).isoformat(),
        expected=plain_number(sum(week.expected for week in burst.weeks), lang),
        bound=sum(week.bound for week in burst.weeks),
    )
    return " ".join([sentence, *_holiday_sentence(burst, lang)])


def _method(rule: BurstRule, burst: FoundBurst, lang: str) -> str:
    chance = CHANCE[lang].format(times=_in_words(rule.alpha[burst.grade], lang))
    return METHOD[lang].format(years=rule.years, chance=chance)


def _holiday_sentence(burst: FoundBurst, lang: str) -> Iterable[str]:
    marks = (week.holiday for week in burst.weeks)
    names = sorted({holiday_name(mark, lang) for mark in marks if mark is not None})
    if names:
        yield HOLIDAY[lang].format(holidays=", ".join(names))


def plain_number(value: float, lang: str) -> str:
    """Write a number with one decimal: 2,5 in Spanish."""
    return number_text(value, ",.1f", lang)


def _in_words(alpha: float, lang: str) -> str:
    """Write how many weeks go for one: 4 000 in Spanish."""
    return figure_text(round(1 / alpha), lang)
