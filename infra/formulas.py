"""Keep texts from being formulas of a spreadsheet. Pure.

A spreadsheet that opens a CSV runs a cell that begins with one of these signs. Source: OWASP, "CSV
Injection". The signs of full width are read as the same ones where Chinese or Japanese is set.
"""

from __future__ import annotations

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutralise(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would run.

    Spaces before the sign do not hide it.
    """
    return f"'{text}" if text.startswith(SIGNS) or text.lstrip().startswith(SIGNS) else text
