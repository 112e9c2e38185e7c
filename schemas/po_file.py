"""Read a gettext catalogue (.po) as `make messages` writes it.

The text file is read at run time, so that no compiled copy of it (.mo) can be missing or old.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

Key = tuple[str, str]
"""Context (empty: none) and msgid."""


def read_po(text: str) -> Mapping[Key, tuple[str, ...]]:
    """Return the translated texts of each entry: one, or one a plural form; fuzzy ones too.

    Raises ValueError where a line is not of the format.
    """
    entries: dict[Key, tuple[str, ...]] = {}
    for block in text.split("\n\n"):
        fields = _fields(block)
        if fields.get("msgid"):
            texts = tuple(
                fields[name] for name in ("msgstr", "msgstr[0]", "msgstr[1]") if name in fields
            )
            entries[fields.get("msgctxt", ""), fields["msgid"]] = texts
    return entries


def _fields(block: str) -> dict[str, str]:
    """Return the fields of one entry; a quoted line continues the field above it."""
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("#") or not line:
            continue
        if line.startswith('"'):
            fields[name] += json.loads(line)
        else:
            name, _, quoted = line.partition(" ")
            fields[name] = json.loads(quoted)
    return fields
