"""Say how a national file is read: its format, encoding and layout."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """How to read a file.

    With `separator` or `header_row` None it is detected. `rows` is the path to the rows in JSON and
    XML. `sheet` is the name of the sheet in XLSX, or its number from 1. Without `follows_links` a
    symbolic or hard link is not opened: whoever may drop a link must not choose what is read.
    """

    format: str
    encoding: str = "utf-8"
    separator: str | None = None
    rows: str | None = None
    sheet: str | int | None = None
    header_row: int | None = None
    follows_links: bool = True
