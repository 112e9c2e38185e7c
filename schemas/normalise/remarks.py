"""Find the remark that only a part of a mark could be read: "TKX12345 (LIMADO PARCIAL)".

The words are in remarks.json. What is read of such a mark is never certain. A remark that counts
the positions nobody could read gives them back as `?`: "TKX1234, ULTIMO DIGITO ILEGIBLE".
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

_TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "remarks.json").read_text(encoding="utf-8")
)
_PART = frozenset(_TABLE["part"])
_BEHIND: dict[str, list[str]] = _TABLE["behind"]
_PLACES = frozenset(_TABLE["places"])
_FRONT = frozenset(word for word in _PLACES if word.startswith(("PRI", "INI", "FIRST")))
_COUNTED = frozenset(_TABLE["counted"])
_AROUND = frozenset(_TABLE["around"])
_LABELS = frozenset(_TABLE["labels"])
_NEGATIONS = frozenset(_TABLE["negations"])
_NUMBERS: dict[str, int] = _TABLE["numbers"]
_DAMAGE = re.compile("|".join(_TABLE["damage"]))
_KEY = re.compile(
    rf"\b(?:(?:{'|'.join([*_PART, *_BEHIND])})\b|(?:{'|'.join(_TABLE['damage'])})|ULTIM|PRIMER)"
)
"""What every remark has: most cells have none, and are not taken apart."""
_UNSURE = re.compile(
    r"\b(?:SIN|POR|PENDIENTE (?:DE|POR)|FALTA) (?:VERIFICAR|CONFIRMAR|COTEJAR|COMPROBAR)\b"
    r"|\bNO (?:VERIFICAD|CONFIRMAD|COTEJAD|SEGUR)[OA]S?\b"
    r"|\b(?:RESTO|DEMAS) NO\b(?: (?:SE|ES) [A-Z]+)?"
    rf"|(?:^|(?<=\s))[(\[<]\s*(?:{'|'.join(_TABLE['damage'])})[A-Z]*"
    r"\s*[)\]>](?=[A-Z0-9]+$)"
)
"""What says that a mark is in doubt, in words that elsewhere say that there is none."""
_BRACKETS = re.compile(
    r"[()\[\]{}:;,\"']+|(?<=[0-9])[-/](?=[A-Z]{4})|(?<=[A-Z]{4})[-/](?=[A-Z0-9])"
)
_NUMBER = re.compile(r"[0-9?*_#]+[A-Z]?|\S*[0-9]{3}\S*")
_STRONG = re.compile("[A-Z]{1,4}[-.]?[0-9?*_#]{4,10}[A-Z]?|[A-Z]{2,4}[-.]?[0-9]{3}")
"""A mark by its looks, of which a remark may say no more than that it is damaged."""
_MOST_UNREAD = 2


class Remark(NamedTuple):
    """Hold what a cell says apart from its remark.

    `ends`: the `?` to put before and behind the mark.
    """

    rest: str
    ends: tuple[str, str] = ("", "")


def find_remark(text: str) -> Remark | None:
    """Take the remark from a cell; None where there is none, or where no part was read.

    `text`: upper case ASCII.
    """
    text = _UNSURE.sub(" DUDOSO ", text)
    if _KEY.search(text) is None:
        return None
    words = _BRACKETS.sub(" ", text).split()
    names = [word.strip(".-/") for word in words]
    kinds = [_kind(names, place) for place in range(len(words))]
    rest = [word for word, kind in zip(words, kinds, strict=True) if not kind]
    damaged = "damage" in kinds
    denied = any(name in _NEGATIONS for name, kind in zip(names, kinds, strict=True) if kind)
    place = next((name for name in names if name in _PLACES), "")
    if not rest or (damaged and _parts_a_mark(words, kinds)):
        return None
    if place and (damaged or denied):
        return Remark(" ".join(rest), _unread(names, place))
    if denied:
        return None
    if "part" in kinds or place:
        return Remark(" ".join(rest))
    return Remark(" ".join(rest)) if damaged and _begins_strongly(rest) else None


def _begins_strongly(words: list[str]) -> bool:
    """Say whether words begin with a mark that damage alone leaves legible, after its labels."""
    mark = next((word for word in words if word.strip(".-#") not in _LABELS), "")
    return _STRONG.fullmatch(mark) is not None


def _kind(names: list[str], place: int) -> str:
    """Say what a word of a cell is in a remark; empty for a word that is no part of one."""
    name = names[place]
    if name in _PART or (place and names[place - 1] in _BEHIND.get(name, ())):
        return "part"
    if _DAMAGE.match(name):
        return "damage"
    beside = {*names[max(0, place - 2) : place], *names[place + 1 : place + 3]}
    if name in _PLACES or name in _AROUND or name in _NEGATIONS:
        return "around"
    if name in _COUNTED:
        return (
            "around" if beside & (_PLACES | _NUMBERS.keys() | _PART) or _has_count(beside) else ""
        )
    is_count = name in _NUMBERS or (len(name) == 1 and name.isdigit())
    return "around" if is_count and beside & (_COUNTED | _PLACES) else ""


def _has_count(names: set[str]) -> bool:
    return any(len(name) == 1 and name.isdigit() for name in names)


def _parts_a_mark(words: list[str], kinds: list[str]) -> bool:
    """Say whether damage stands inside a number: the positions there are not counted."""
    before = ""
    for word, kind in zip(words, kinds, strict=True):
        if kind == "damage" and before == "number":
            before = "damage"
        elif not kind:
            is_number = _NUMBER.fullmatch(word) is not None
            if is_number and before == "damage":
                return True
            before = "number" if is_number else ""
    return False


def _unread(names: list[str], place: str) -> tuple[str, str]:
    """Write the positions that a remark counts as `?`; too many of them say nothing."""
    counts = [int(name) for name in names if len(name) == 1 and name.isdigit()]
    counts += [_NUMBERS[name] for name in names if name in _NUMBERS]
    count = counts[0] if counts else 1
    if count > _MOST_UNREAD or (not counts and place.endswith("S")):
        return ("", "")
    return ("?" * count, "") if place in _FRONT else ("", "?" * count)
