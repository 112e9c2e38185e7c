"""The two glossaries define the same terms, each once, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"
_ROW = re.compile(
    r"^\| (?P<term>[^|]+) \| (?P<other>[^|]+) \| (?P<meaning>[^|]+) \| (?P<where>[^|]+) \|$", re.M
)
HEADS = {"term", "término"}


def rows(page: Path) -> list[re.Match[str]]:
    return [
        row for row in _ROW.finditer(page.read_text(encoding="utf-8")) if row["term"] not in HEADS
    ]


def test_both_glossaries_pair_the_same_terms_in_the_same_order() -> None:
    english = [(row["term"], row["other"]) for row in rows(DOCS / "glossary.md")]
    spanish = [(row["other"], row["term"]) for row in rows(DOCS / "es" / "glosario.md")]
    assert len(english) > 60
    assert english == spanish


def test_a_term_is_defined_once() -> None:
    for page in (DOCS / "glossary.md", DOCS / "es" / "glosario.md"):
        terms = [row["term"] for row in rows(page)]
        assert len(terms) == len(set(terms)), page
