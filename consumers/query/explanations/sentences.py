"""Compose the sentence of a finding from two of its records. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from consumers.query.explanations import grammar
from consumers.query.explanations.record_facts import RecordFacts
from consumers.query.explanations.record_phrases import RecordPhrases, phrase_record
from consumers.query.explanations.subjects import Subject
from consumers.query.indicators import EvidenceView
from schemas.i18n import LANGUAGES
from streams.rules import Rule

APPEARS = {"es": "figura", "en": "appears"}
POSSIBLE = {"es": "Posible, sin certeza: ", "en": "Possible, not certain: "}
FURTHER = {
    "es": ("; hay un registro más,", "; hay {count} registros más,"),
    "en": ("; one further record", "; {count} further records"),
}
ABSENT = {
    "exported": {"es": "; no consta su exportación", "en": "; no export is on record"},
    "recovered": {"es": "; no consta su recuperación", "en": "; no recovery is on record"},
}
"""What is not on record, by the role that would rule the finding out."""
Texts = dict[str, str]


def word_pair(
    kind: str,
    subject: Subject,
    first: RecordFacts,
    second: RecordFacts,
    further: Mapping[str, str],
) -> Texts | None:
    """Tell what two records say of a thing, by language; None where one has no phrases.

    `first`, `second`: in the order of the rule's roles, or of time where the roles are the same;
    `further`: what follows, by language.
    """
    texts = {}
    for lang in LANGUAGES:
        body = _body(kind, subject, first, second, lang)
        if body is None:
            return None
        texts[lang] = grammar.finish(f"{subject.texts[lang]} {body}{further[lang]}", lang)
    return texts


def what_follows(rule: Rule, first: EvidenceView, further: Sequence[EvidenceView]) -> Texts:
    """Say what is not on record, and how many more records there are, of which countries.

    Only a rule of two different roles says what is missing: another one suspects nothing.
    """
    roles: Iterable[str] = ()
    if rule.pair[0] != rule.pair[1]:
        roles = sorted(rule.unless_of(first.role, first.type, first.traits))
    return {
        lang: "".join(ABSENT[role][lang] for role in roles if role in ABSENT)
        + _further(further, lang)
        for lang in LANGUAGES
    }


def _further(pieces: Sequence[EvidenceView], lang: str) -> str:
    count = len({piece.event for piece in pieces})
    if not count:
        return ""
    single, several = FURTHER[lang]
    names = [grammar.country(code, lang) for code in sorted({piece.country for piece in pieces})]
    text = (single if count == 1 else several).format(count=count)
    if lang == "es":  # each name has the preposition, since an article joins it: del Perú
        return f"{text} {grammar.listed([f'de {name}' for name in names], lang)}"
    return f"{text} of {grammar.listed(names, lang)}"


def word_records(sentence: Mapping[str, str], records: Sequence[RecordFacts]) -> Texts:
    """Add to a rule's own sentence where and when each record was: for what has no phrases."""
    return {
        lang: grammar.finish(
            f"{text.rstrip('.')}: {'; '.join(_where_and_when(facts, lang) for facts in records)}",
            lang,
        )
        if records
        else text
        for lang, text in sentence.items()
    }


def as_possible(sentence: Mapping[str, str], subject: Subject | None) -> Texts:
    """Say of a sentence that it is not certain. A name keeps its capital letter."""
    return {
        lang: POSSIBLE[lang] + (text if _is_name(subject, lang) else text[:1].lower() + text[1:])
        for lang, text in sentence.items()
    }


def in_exercise(sentence: Mapping[str, str], name: str) -> Texts:
    """Say of a sentence that it is of an exercise."""
    marks = {"es": f"EJERCICIO «{name}»: ", "en": f"EXERCISE “{name}”: "}
    return {lang: marks[lang] + text for lang, text in sentence.items()}


def describe_record(facts: RecordFacts, kind: str, subject: Subject, lang: str) -> str:
    """Say in a few words what a record says, with its place and time; empty without phrases."""
    phrases = phrase_record(facts, kind, lang, is_feminine=subject.is_feminine)
    if phrases is None:
        return ""
    text = phrases.attribute or phrases.predicate or phrases.mention
    since = phrases.lasts and bool(phrases.attribute)
    return grammar.finish(f"{text} {grammar.when(facts.occurrence, lang, since=since)}", lang)


def _body(
    kind: str, subject: Subject, first: RecordFacts, second: RecordFacts, lang: str
) -> str | None:
    """Write all of a sentence behind its subject."""
    feminine = subject.is_feminine
    a = phrase_record(_without_town(first), kind, lang, is_feminine=feminine)
    if a is not None and not a.attribute:
        a = phrase_record(first, kind, lang, is_feminine=feminine)
    b = phrase_record(second, kind, lang, is_feminine=feminine)
    if a is None or b is None:
        return None
    if a.act == b.act and a.attribute:
        b = phrase_record(second, kind, lang, is_feminine=feminine, also=True) or b
    opening = _opening(a, b, first, lang, is_named=subject.is_named)
    return f"{opening} {_closing(a, b, (first, second), lang)}"


def _opening(
    a: RecordPhrases, b: RecordPhrases, first: RecordFacts, lang: str, *, is_named: bool
) -> str:
    """Write what the first record says: as an attribute where it can be one."""
    if a.attribute and (b.predicate or b.mention):
        text = f"{a.attribute} {grammar.when(first.occurrence, lang, since=a.lasts)}"
        return f", {text}," if a.is_apart and is_named else text
    clause = a.predicate or f"{APPEARS[lang]} {a.mention}"
    moment = grammar.when(first.occurrence, lang, since=a.lasts and not a.mention)
    second_clause = b.predicate or b.mention
    return f"{clause} {moment} {grammar.conjunction(second_clause, lang)}"


def _closing(
    a: RecordPhrases, b: RecordPhrases, records: tuple[RecordFacts, RecordFacts], lang: str
) -> str:
    """Write what the second record says, and when: how much later, or its date."""
    first, second = records
    clause = b.predicate
    if not clause:
        is_listed = not a.attribute and not a.predicate
        clause = b.mention if is_listed else f"{APPEARS[lang]} {b.mention}"
    if a.lasts or b.lasts:
        is_state = b.lasts and bool(b.predicate)
        return f"{clause} {grammar.when(second.occurrence, lang, since=is_state)}"
    return f"{clause} {grammar.later(first.occurrence, second.occurrence, lang)}"


def _without_town(facts: RecordFacts) -> RecordFacts:
    """Keep the country alone of where the first record was: the second is where to act."""
    content = {
        name: value for name, value in facts.content.items() if name not in ("place", "found")
    }
    return replace(facts, content=content, subdivision="")


def _where_and_when(facts: RecordFacts, lang: str) -> str:
    country = facts.place_country or facts.country
    place = grammar.place(facts.municipality, facts.subdivision, country, lang)
    return f"{place.partition(' ')[2]} {grammar.when(facts.occurrence, lang)}".strip()


def _is_name(subject: Subject | None, lang: str) -> bool:
    """Say whether a sentence begins with a name, which no language writes small."""
    return subject is not None and subject.texts[lang][:1].isupper()
