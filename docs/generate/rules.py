"""The page of rules: every rule as its file states it."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.markdown import Lang, Row, choose, table
from schemas import words
from streams.rules import BurstRule, DetectorRule, IdentityRule, Rule, read_rule_book


def rule_pages(lang: Lang) -> Iterator[str]:
    """Yield every rule of the library."""
    book = read_rule_book()
    for rule in book.by_id.values():
        yield f"## {rule.id}"
        yield f"**{rule.title[lang]}.** {rule.sentence[lang]}"
        yield table(("", ""), _rows(rule, lang))
    for burst_rule in book.bursts:
        yield f"## {burst_rule.id}"
        yield f"**{burst_rule.title[lang]}.** {burst_rule.sentence[lang]}"
        yield table(("", ""), _burst_rows(burst_rule, lang))
    for detector_rule in book.detectors:
        yield f"## {detector_rule.id}"
        yield f"**{detector_rule.title[lang]}.** {detector_rule.sentence[lang]}"
        yield table(("", ""), _detector_rows(detector_rule, lang))
    for identity_rule in book.identities:
        yield f"## {identity_rule.id}"
        yield f"**{identity_rule.title[lang]}.** {identity_rule.sentence[lang]}"
        yield table(("", ""), _identity_rows(identity_rule, lang))


def _detector_rows(rule: DetectorRule, lang: Lang) -> Iterator[Row]:
    yield choose(lang, "versión", "version"), str(rule.version)
    yield choose(lang, "gravedad", "severity"), rule.severity
    yield choose(lang, "forma", "form"), f"`{rule.detector}`"
    for role, conditions in rule.records.items():
        yield f"`{role}`", "; ".join(condition.describe() for condition in conditions)
    if rule.by:
        yield "`by`", ", ".join(rule.by)
    yield "`countries`", str(rule.countries)
    yield "`hub`", str(rule.hub)
    yield choose(lang, "duda", "doubt"), rule.doubt[lang]
    legal = " ".join(text[lang] for text in rule.false_positives)
    yield choose(lang, "falsos positivos conocidos", "known false positives"), legal


def _burst_rows(rule: BurstRule, lang: Lang) -> Iterator[Row]:
    yield choose(lang, "versión", "version"), str(rule.version)
    yield choose(lang, "gravedad", "severity"), rule.severity
    types = ", ".join(words.event_type(type_, lang) for type_ in rule.types)
    yield choose(lang, "tipos", "types"), types
    yield choose(lang, "lugares", "places"), ", ".join(rule.places)
    for name in ("years", "window", "guard", "gap", "fewest", "ratio"):
        yield f"`{name}`", f"{getattr(rule, name):g}"
    yield "`alpha`", ", ".join(f"{grade} {chance:g}" for grade, chance in rule.alpha.items())


def _identity_rows(rule: IdentityRule, lang: Lang) -> Iterator[Row]:
    yield choose(lang, "versión", "version"), str(rule.version)
    yield choose(lang, "gravedad", "severity"), rule.severity
    yield (
        choose(lang, "une registros de", "joins records of"),
        choose(lang, "una persona", "one person")
        if rule.subject == "person"
        else choose(lang, "un documento", "one document"),
    )
    places = choose(lang, "primero", "first"), choose(lang, "segundo", "second")
    for place, role in zip(places, rule.pair, strict=True):
        types = ", ".join(words.event_type(type_, lang) for type_ in sorted(role.types))
        yield place, types or choose(lang, "cualquiera", "any")
    yield choose(lang, "grados", "grades"), ", ".join(rule.grades)
    yield choose(lang, "países", "countries"), rule.countries


def _rows(rule: Rule, lang: Lang) -> Iterator[Row]:
    kinds = words.load_table("kinds")
    yield choose(lang, "versión", "version"), str(rule.version)
    yield (
        choose(lang, "objetos", "things"),
        ", ".join(kinds[kind][lang]["name"] for kind in rule.kinds),
    )
    yield choose(lang, "gravedad", "severity"), rule.severity
    for role in dict.fromkeys(rule.pair):
        yield f"`{role}`", "; ".join(filling.describe() for filling in rule.roles[role])
    yield from rule.conditions()
    yield "hub", str(rule.hub)
    weights = ", ".join(f"{name} {weight:g}" for name, weight in rule.weights.items())
    yield choose(lang, "pesos", "weights"), weights
