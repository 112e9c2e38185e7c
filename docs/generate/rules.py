"""The page of rules: every rule as its file states it."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.markdown import Lang, Row, choose, table
from schemas import words
from streams.rules import Rule, read_rule_book


def rule_pages(lang: Lang) -> Iterator[str]:
    """Yield every rule of the library."""
    for rule in read_rule_book().by_id.values():
        yield f"## {rule.id}"
        yield f"**{rule.title[lang]}.** {rule.sentence[lang]}"
        yield table(("", ""), _rows(rule, lang))


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
