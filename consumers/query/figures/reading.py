"""Read what people write of a question with figures: lists of names, and values of marks. Pure."""

from __future__ import annotations

from consumers.query.figures.values import read_value
from infra.errors import QuipuError
from schemas.i18n import _
from schemas.words.written_codes import find_code


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def read_dimensions(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas; droga is written for drug, as people do."""
    return tuple(find_code("dimension", name) or name for name in read_names(text))


def read_where(text: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of `drug=cannabis,crossing=rumichaca`. Raises QuipuError WHERE.

    A value may be written in words, as in the records: drug=marihuana.
    """
    pairs = []
    for part in read_names(text):
        name, sign, value = part.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise QuipuError(
                _("`{part}` does not say which value of what.", part=part[:40]),
                _("Write name=value, such as drug=cannabis; several with commas."),
                "WHERE",
            )
        name = find_code("dimension", name.strip()) or name.strip()
        pairs.append((name, read_value(name, value.strip())))
    return tuple(pairs)
