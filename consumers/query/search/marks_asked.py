"""Read what somebody typed as the identifier of a thing of each kind. Pure.

Weapons and lots of ammunition are left to the words of records: a serial without its make and type
may be thousands of things.
"""

from __future__ import annotations

from collections.abc import Mapping

from consumers.query.identifiers import Identifiers, thing_names
from infra.errors import QuipuError
from schemas.ids import thing_key, to_uuid_text

LONGEST_MARK = 40
KINDS = ("plate", "document", "phone", "imei", "account")
MOST_LETTERS = 24
"""Letters and digits of an identifier."""


def is_like_a_mark(text: str) -> bool:
    """Return whether a text has a digit, and is as short as an identifier."""
    letters = sum(map(str.isalnum, text))
    return len(text) <= LONGEST_MARK and letters <= MOST_LETTERS and any(map(str.isdigit, text))


def read_marks(text: str, secret: bytes) -> Mapping[str, list[str]]:
    """Return the ids of the things that the text may name, by kind."""
    ids: dict[str, list[str]] = {}
    for kind in KINDS if is_like_a_mark(text) else ():
        try:
            names = thing_names(Identifiers(kind, text.strip()))
        except QuipuError:
            continue  # it may be too many things, or nobody's
        if names:
            ids[kind] = [to_uuid_text(thing_key(secret, *name)) for name in names]
    return ids
