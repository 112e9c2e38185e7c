"""The pages of closed code lists and of stable codes."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.markdown import Lang, choose, columns, table
from schemas import words
from schemas.codes import code_lists

LONGEST = 130
"""Codes of a list that are written out; longer lists (countries, subdivisions) are others'
standards.
"""


def codes(lang: Lang) -> Iterator[str]:
    """Yield every closed list with its codes."""
    for name, code_list in sorted(code_lists().items()):
        yield f"## {name}: {code_list.words[lang]}"
        yield f"{choose(lang, 'Fuente', 'Source')}: {code_list.source}"
        if len(code_list.codes) > LONGEST:
            count = f"{len(code_list.codes)} {choose(lang, 'códigos', 'codes')}"
            yield f"{count}: `schemas/codes/{name}.json`"
        else:
            rows = [(f"`{code}`", meaning[lang]) for code, meaning in code_list.codes.items()]
            yield table(columns(lang, "código significa", "code means"), rows)


def stable_codes(lang: Lang) -> Iterator[str]:
    """Yield every stable code with its remedy."""
    yield choose(
        lang,
        "Un código estable nunca cambia de significado. Aparece en informes, acuses y rechazos.",
        "A stable code never changes its meaning. It appears in reports, receipts and rejects.",
    )
    rows = [
        (f"`{code}`", texts[lang]["title"], texts[lang]["remedy"])
        for code, texts in sorted(words.load_table("stable_codes").items())
    ]
    yield table(columns(lang, "código significa remedio", "code means remedy"), rows)
