"""Say how a national file is read: its format, encoding and layout."""

from dataclasses import dataclass

ALL_SHEETS = "*"


@dataclass(frozen=True, slots=True)
class Source:
    """How to read a file.

    With `separator` or `header_row` None it is detected. `rows` is the path to the rows in JSON and
    XML. `sheet` is the name of the sheet in a spreadsheet, or its number from 1, several of them,
    or ALL_SHEETS. `header_rows` is how many rows the header has (0: none; None: detected), and
    `names` what its columns are called if it has none. Without `follows_links` a symbolic or hard
    link is not opened: whoever may drop a link must not choose what is read.
    """

    format: str
    encoding: str = "utf-8"
    separator: str | None = None
    rows: str | None = None
    sheet: str | int | tuple[str | int, ...] | None = None
    header_row: int | None = None
    header_rows: int | None = None
    names: tuple[str, ...] | None = None
    follows_links: bool = True
