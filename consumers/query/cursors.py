"""Write and read the cursor of a list: the place just after its last item. Pure.

A cursor holds the moment and the id of an item that the reader was shown. So it reveals nothing.
Whoever invents one gets the list from that moment on, as with a filter.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

from infra.errors import QuipuError
from schemas.i18n import _

MAX_CURSOR = 120
"""The longest cursor of ours is far shorter, in characters."""
_TEXT = re.compile(r"(0|[1-9][0-9]{0,13})\.([0-9a-f-]{1,40})", re.ASCII)


class Cursor(NamedTuple):
    """The place just after an item. `recorded_at`: its rank, ms since 1970 UTC."""

    recorded_at: int
    id: str


class CursorRefusedError(QuipuError):
    """A cursor is none that a list gave."""

    code = "CURSOR"


def write_cursor(cursor: Cursor) -> str:
    """Write a cursor as letters, digits, `-` and `_`."""
    text = f"{cursor.recorded_at}.{cursor.id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """Read a cursor; None where the text is empty. Raises CursorRefusedError."""
    if not text:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        plain = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        plain = ""
    match = _TEXT.fullmatch(plain) if len(text) <= MAX_CURSOR else None
    if match is None:
        raise foreign_cursor()
    return Cursor(int(match[1]), match[2])


def foreign_cursor() -> CursorRefusedError:
    """Return the error for a cursor that this list did not give."""
    return CursorRefusedError(
        _("This is no place in this list."),
        _("Take the cursor of the page before, unchanged, or begin without one."),
    )
