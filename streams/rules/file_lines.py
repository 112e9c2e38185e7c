"""Find the line of a rule's file that a key stands on. Pure."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*\[{1,2}([^\]]+)\]{1,2}")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_OWN_LINE = re.compile(r"at line (\d+)")


def line_of_key(text: str, key: str, detail: str = "") -> int:
    """Return the line, from 1 on, where a key such as `records.cash.type` stands.

    Numbers in it count tables of one name. Where the key is missing, it is the line of the table
    that lacks it, or 1. `detail`: of an error of the TOML itself, which names its line.
    """
    if named := _OWN_LINE.search(detail):
        return int(named[1])
    wanted_parts = [part for part in key.split(".") if not part.isdigit()]
    number = next((int(part) for part in key.split(".") if part.isdigit()), 0)
    best, depth, table, seen = 1, 0, "", 0
    for place, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = header[1].strip()
            seen += table == wanted_parts[0]
            parts = table.split(".")
        elif entry := _KEY.match(line):
            parts = [*filter(None, table.split(".")), entry[1]]
        else:
            continue
        length = _common(parts, wanted_parts)
        is_turn = not table or table != wanted_parts[0] or seen == number + 1
        if length == len(parts) and length > depth and is_turn:
            best, depth = place, length
    return best


def _common(parts: list[str], others: list[str]) -> int:
    """Count the parts that two keys have in common from their beginning."""
    length = 0
    for part, other in zip(parts, others, strict=False):
        if part != other:
            break
        length += 1
    return length
