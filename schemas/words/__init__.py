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
    """Return a file of this folder: event_types, fields, kinds."""
    table: Mapping[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return table


def message(code: str, lang: str, **details: object) -> str:
    """Return what a stable code means, with the details: line, field (a path), detail, the others.

    `lang` is es or en. A code that is not known stands for itself.
    """
    parts = [
        _detail(name, details[name], lang)
        for name in sorted(details, key=_order)
        if details[name] not in (None, "")
    ]
    title = STABLE_CODES[code].title.in_language(lang) if code in STABLE_CODES else code
    return f"{title}: {', '.join(parts)}" if parts else title


def remedy(code: str, lang: str) -> str:
    """Return what to do about a stable code; empty for a code that is not known."""
    return STABLE_CODES[code].remedy.in_language(lang) if code in STABLE_CODES else ""


def event_type(name: str, lang: str) -> str:
    """Return the name of an event type in the language."""
    return _name("event_types", name, lang)


def verdict(name: str, lang: str) -> str:
    """Return accepted, duplicate, pending, rejected, refused or unanswered in the language."""
    return VERDICTS[name].in_language(lang) if name in VERDICTS else name


def field(path: str, lang: str) -> str:
    """Return the name of a field by its path (items[0].weapon.kind).

    The longest end of the path that has a name decides; without one, the path is returned.
    """
    names = _INDEX.sub("", path).split(".")
    for start in range(len(names)):
        words = load_table("fields").get(".".join(names[start:]))
        if words is not None:
            return str(words[_checked(lang)])
    return path


def value(code_list: str, code: str, lang: str) -> str:
    """Return the name of a code of a list; without one, the code."""
    codes = code_lists().get(code_list)
    words = codes.codes.get(code) if codes else None
    return words[_checked(lang)] if words else code


def _checked(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(
            f"{lang!r} is no language of the exchange: choose one of {', '.join(LANGUAGES)}"
        )
    return lang


def _name(table: str, key: str, lang: str) -> str:
    words = load_table(table).get(key)
    return str(words[_checked(lang)]) if words else key


def _order(name: str) -> tuple[int, str]:
    first = ("line", "field", "detail")
    return (first.index(name) if name in first else len(first), name)


def _detail(name: str, detail: object, lang: str) -> str:
    if name == "line":
        return _("line {line}", line=detail).in_language(lang)
    if name == "field":
        label = field(str(detail), lang)
        return str(detail) if label == detail else f"{label} ({detail})"
    return str(in_language(detail, lang)) if name == "detail" else f"{name} {detail}"
