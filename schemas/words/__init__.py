"""Name event types, fields, kinds of thing and code values, and say what stable codes mean.

The names are data in both languages; stable codes and verdicts are in the message catalogue.

What has no words (a code of a newer release) is shown as it is written, so that an old node can
still show a new receipt; the tests hold the words complete.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from schemas.codes import code_lists
from schemas.i18n import LANGUAGES, _, in_language
from schemas.words.stable_codes import STABLE_CODES, VERDICTS

HERE = Path(__file__).parent
_INDEX = re.compile(r"\[\d+\]")


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Read a file of this folder: event_types, fields, kinds."""
    words: Mapping[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return words


def message(code: str, lang: str, **details: object) -> str:
    """Give a stable code in words with what is known about it.

    The details come in the order `line`, `field` (a path), `detail`, any other. `lang`: es or en.
    """
    parts = [
        _detail(name, details[name], lang)
        for name in sorted(details, key=_detail_order)
        if details[name] not in (None, "")
    ]
    title = STABLE_CODES[code].title.in_language(lang) if code in STABLE_CODES else code
    return f"{title}: {', '.join(parts)}" if parts else title


def remedy(code: str, lang: str) -> str:
    """Say what to do about a stable code; empty for a code without words."""
    return STABLE_CODES[code].remedy.in_language(lang) if code in STABLE_CODES else ""


def event_type(name: str, lang: str) -> str:
    """Return the name of an event type in a language."""
    return _worded("event_types", name, lang)


def verdict(name: str, lang: str) -> str:
    """Name a verdict: accepted, duplicate, pending, rejected, refused, unanswered."""
    return VERDICTS[name].in_language(lang) if name in VERDICTS else name


def field(path: str, lang: str) -> str:
    """Name a field by its path (items[0].weapon.kind).

    It has the words of the longest end of the path that has some, else the path.
    """
    names = _INDEX.sub("", path).split(".")
    for start in range(len(names)):
        words = load_table("fields").get(".".join(names[start:]))
        if words is not None:
            return str(words[_checked(lang)])
    return path


def value(code_list: str, code: str, lang: str) -> str:
    """Give a code of a list in words."""
    known_list = code_lists().get(code_list)
    words = known_list.codes.get(code) if known_list else None
    return words[_checked(lang)] if words else code


def _checked(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(
            f"{lang!r} is no language of the exchange: choose one of {', '.join(LANGUAGES)}"
        )
    return lang


def _worded(name: str, key: str, lang: str) -> str:
    words = load_table(name).get(key)
    return str(words[_checked(lang)]) if words else key


def _detail_order(name: str) -> tuple[int, str]:
    first_names = ("line", "field", "detail")
    return (first_names.index(name) if name in first_names else len(first_names), name)


def _detail(name: str, value: object, lang: str) -> str:
    if name == "line":
        return _("line {line}", line=value).in_language(lang)
    if name == "field":
        words = field(str(value), lang)
        return str(value) if words == value else f"{words} ({value})"
    return str(in_language(value, lang)) if name == "detail" else f"{name} {value}"
