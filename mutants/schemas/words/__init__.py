"""What users read, in Spanish first and English: stable codes with what to do, event types,
verdicts, fields, code values.

What has no words (a code of a newer release) is shown as it is written, so that an old node can
still show a new receipt; the tests hold the words complete.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from schemas.codes import LANGUAGES, code_lists

HERE = Path(__file__).parent
_INDEX = re.compile(r"\[\d+\]")
_LINE = {"es": "línea", "en": "line"}


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """A file of this folder: stable_codes, event_types, verdicts, fields."""
    found: Mapping[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def message(code: str, lang: str, **details: object) -> str:
    """A stable code in words with what is known about it: `line`, `field` (a path), `detail`, or
    any other, in this order.

    Lang: es | en.
    """
    parts = [
        _detail(name, details[name], lang)
        for name in sorted(details, key=_order)
        if details[name] not in (None, "")
    ]
    title = _stable(code, lang, "title")
    return f"{title}: {', '.join(parts)}" if parts else title


def remedy(code: str, lang: str) -> str:
    """What to do about a stable code; empty for a code without words."""
    return _stable(code, lang, "remedy") if code in load_table("stable_codes") else ""


def event_type(name: str, lang: str) -> str:
    """An event type's name."""
    return _worded("event_types", name, lang)


def verdict(name: str, lang: str) -> str:
    """accepted, duplicate, pending, rejected, refused, unanswered."""
    return _worded("verdicts", name, lang)


def field(path: str, lang: str) -> str:
    """A field by its path (items[0].weapon.kind): the words of the longest end of the path that has
    some, or the path.
    """
    names = _INDEX.sub("", path).split(".")
    for start in range(len(names)):
        words = load_table("fields").get(".".join(names[start:]))
        if words is not None:
            return str(words[_checked(lang)])
    return path


def value(code_list: str, code: str, lang: str) -> str:
    """A code of a list in words."""
    found = code_lists().get(code_list)
    words = found.codes.get(code) if found else None
    return words[_checked(lang)] if words else code


def _checked(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(
            f"{lang!r} is no language of the exchange: choose one of {', '.join(LANGUAGES)}"
        )
    return lang


def _stable(code: str, lang: str, what: str) -> str:
    words = load_table("stable_codes").get(code)
    return str(words[_checked(lang)][what]) if words else code


def _worded(name: str, key: str, lang: str) -> str:
    words = load_table(name).get(key)
    return str(words[_checked(lang)]) if words else key


def _order(name: str) -> tuple[int, str]:
    known = ("line", "field", "detail")
    return (known.index(name) if name in known else len(known), name)


def _detail(name: str, given: object, lang: str) -> str:
    if name == "line":
        return f"{_LINE[_checked(lang)]} {given}"
    if name == "field":
        words = field(str(given), lang)
        return str(given) if words == given else f"{words} ({given})"
    return str(given) if name == "detail" else f"{name} {given}"
