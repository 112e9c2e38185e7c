"""Say where a mapping is not TOML, and what to write instead.

Who writes a mapping knows the columns of a file, not TOML. The commonest mistake is a column's or a
code's name with an accent or a blank on the left of `=` without quotes.
"""

from __future__ import annotations

import re
import tomllib

from schemas.i18n import UserMessage, _

_PLACE = re.compile(r"\(at line (\d+), column \d+\)$")
_BARE = re.compile(r"[\w-]+(\s*\.\s*[\w-]+)*", re.ASCII)
"""A name that TOML takes without quotes, or several with points between them."""
_QUOTES_AND_TABLES = ('"', "'", "[", "")
_MOST = 60  # characters of a line in a message


def explain_toml_error(text: str, error: tomllib.TOMLDecodeError) -> UserMessage:
    """Say which line of `text` cannot be read, how it reads, and what is most likely wrong."""
    place = _PLACE.search(str(error))
    lines = text.splitlines()
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    shown = line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
    key, equals, _value = (part.strip() for part in line.partition("="))
    if equals and key[:1] not in _QUOTES_AND_TABLES and not _BARE.fullmatch(key):
        return _(
            'line {number} is not TOML: {line}. Put the name in quotes: "{key}" =',
            number=number,
            line=shown,
            key=key,
        )
    if not line or not place:
        return _("it ends too early: a quote or a bracket is not closed")
    return _(
        "line {number} is not TOML: {line}. Texts need quotes, and each quote and bracket its end",
        number=number,
        line=shown,
    )
