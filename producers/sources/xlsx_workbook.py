"""Read what surrounds an XLSX sheet: sheet names, shared texts, date formats.

See ECMA-376 part 1, 18.
"""

import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any, BinaryIO

from producers.model import Refusal
from producers.sources.rows import MAX_LINE, FileRefusedError
from producers.sources.sheets import SpoiltCell
from producers.sources.xml_parser import SafeParser, chunks, local_name
from schemas.i18n import UserMessage, _

MAX_PART = 2 << 30  # bytes unpacked, of all parts
MAX_TEXTS = 256 << 20  # bytes of memory for the shared texts, which are held
MAX_TEXT = 1 << 20  # characters of one shared text; Excel's own limit is 32,767
MAX_PARTS = 100_000  # styles, sheets or relations; Excel's own limit of styles is 64,000
_BOMB = (10 << 20, 300)  # a part larger than this and packed more than so many times
_DATES = frozenset([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58])
_TIMES = frozenset([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_LOST_DIGITS = 1e15


class CellError(SpoiltCell):
    """An error of Excel in a cell, such as #N/A or #REF!."""

    detail = _("the cell has an error of Excel's")


class UncalculatedFormula(SpoiltCell):
    """A formula that the program which wrote the file has not calculated."""

    detail = _(
        "the cell has a formula without its value: open the file in Excel, save it, and repeat"
    )


class OversizedRow(SpoiltCell):
    """A cell of a row that holds more than MAX_LINE bytes."""

    detail = _("a row of more than {max_line} bytes", max_line=MAX_LINE)


class LongNumber(SpoiltCell):
    """A whole number of more than 15 digits: Excel has put zeros for the rest."""

    code = "BAD_NUMBER"
    detail = _(
        "a number of more than 15 digits: Excel lost the last ones; give the column the format text"
    )


@contextmanager
def open_book(file: BinaryIO) -> Iterator["Book"]:
    """Raises FileRefused for what is no XLSX, too large, or packed like a bomb."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        raise _refused(_what_it_is(file))
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_PART or len(parts) > 10_000:
            raise _refused(_("unpacked it exceeds {max_part} bytes", max_part=MAX_PART))
        if any(
            part.file_size > _BOMB[0] and part.file_size > _BOMB[1] * max(part.compress_size, 1)
            for part in parts
        ):
            raise _refused(_("it expands like a zip bomb"))
        yield Book(archive)


class Book:
    """A workbook, read as far as its sheets need."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Read the parts that say what the sheets are."""
        self._archive = archive
        self._targets = {
            tag["Id"]: tag.get("Target", "")
            for tag in self._tags("xl/_rels/workbook.xml.rels", "Relationship")
        }
        tags = list(self._tags("xl/workbook.xml", "sheet", "workbookPr"))
        self._sheets = [(tag["name"], tag["id"]) for tag in tags if "name" in tag and "id" in tag]
        self.names = [name for name, _id in self._sheets]
        self._days = 1462 if any(tag.get("date1904") in ("1", "true") for tag in tags) else 0
        self._texts = self._shared()
        self._styles = self._date_styles()

    def open_sheet(self, number: int) -> IO[bytes]:
        """Open the part of a sheet, by its number from 0."""
        return self._archive.open(_inside(self._targets[self._sheets[number][1]]))

    def value(self, text: str, type_: str, style: str) -> Any:
        """A cell's value: a text, a number, a truth; dates as text. None for a blank."""
        if type_ == "n":
            kind = self._styles.get(style)
            return self._number(text) if kind is None else self._moment(float(text), kind)
        if type_ == "s":
            return self._texts[int(text)].strip() or None
        if type_ == "b":
            return text == "1"
        return CellError(text) if type_ == "e" else text.strip() or None

    def _number(self, text: str) -> Any:
        return int(text) if text.isdigit() and len(text) < 16 else plain_number(float(text))

    def _moment(self, serial: float, kind: str) -> Any:
        if kind == "time" and 0 <= serial < 1:
            return (
                (datetime(1900, 1, 1) + timedelta(seconds=round(serial * 86400))).time().isoformat()
            )
        return excel_date(serial + self._days) or serial

    def _date_styles(self) -> dict[str, str]:
        """Number of a cell's style -> date | time."""
        if "xl/styles.xml" not in self._archive.namelist():
            return {}
        own: dict[int, str | None] = {}
        styles: list[int] = []
        inside = [""]

        def start(name: str, attributes: dict[str, str]) -> None:
            name = local_name(name)
            if name == "numFmt":
                _check_count("numFmt", own)
                own[int(attributes["numFmtId"])] = format_kind(attributes.get("formatCode", ""))
            elif name in ("cellXfs", "cellStyleXfs"):
                inside[0] = name
            elif name == "xf" and inside[0] == "cellXfs":
                _check_count("cellXfs", styles)
                styles.append(int(attributes.get("numFmtId", "0")))

        self._parse("xl/styles.xml", SafeParser(start, lambda name: None, lambda text: None))
        kinds = {
            str(at): own[id_] if id_ in own else _builtin(id_) for at, id_ in enumerate(styles)
        }
        return {style: kind for style, kind in kinds.items() if kind}

    def _shared(self) -> list[str]:
        """Read the shared texts. Raises FileRefusedError where they need too much memory."""
        part = "xl/sharedStrings.xml"
        texts = _SharedTexts()
        if part in self._archive.namelist():
            self._parse(part, SafeParser(texts.start, texts.end, texts.add))
        return texts.all

    def _tags(self, part: str, *names: str) -> Iterator[dict[str, str]]:
        """The attributes of a part's elements of these names, by local names."""
        tags: list[dict[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if local_name(name) in names:
                _check_count(part, tags)
                tags.append({local_name(key): value for key, value in attributes.items()})

        self._parse(part, SafeParser(start, lambda name: None, lambda text: None))
        yield from tags

    def _parse(self, part: str, parser: SafeParser) -> None:
        with self._archive.open(part) as opened:
            for data in chunks(opened):
                parser.feed(data)
            parser.feed(b"", last=True)


class _SharedTexts:
    """Collect the shared texts from expat's events; they stay below MAX_TEXTS bytes."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._is_text = self._is_phonetic = False
        self._length = self._bytes = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local_name(name)
        if name == "si":
            self._parts.clear()
            self._length = 0
        elif name == "t":
            self._is_text = not self._is_phonetic
        elif name == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        name = local_name(name)
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            text = "".join(self._parts)
            self._bytes += sys.getsizeof(text) + 8  # the text, and its place in the list
            if self._bytes > MAX_TEXTS:
                raise _refused(_("texts of more than {max_texts} bytes", max_texts=MAX_TEXTS))
            self.all.append(text)

    def add(self, text: str) -> None:
        if self._is_text:
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise _refused(_("a text of more than {max_text} letters", max_text=MAX_TEXT))
            self._parts.append(text)


def _check_count(part: str, collected: Sized) -> None:
    """Raise FileRefusedError where a part has more entries than any true workbook."""
    if len(collected) >= MAX_PARTS:
        raise _refused(
            _("{part} has more than {max_parts} entries", part=part, max_parts=MAX_PARTS)
        )


def plain_number(number: float) -> Any:
    """Give a number as Excel shows it, with its 15 digits: 10111222.000000002 is 10111222."""
    if abs(number) >= _LOST_DIGITS:
        return LongNumber(repr(number))
    return float(f"{number:.15g}")


def excel_date(serial: float) -> str | None:
    """Give a date of Excel's 1900 system as text, with its time if it has one.

    None if there is no such day. Serial 60 is 29 February 1900, which never was: days before it
    count from one day later. The last moment is 9999-12-31 23:59:59: what would round up to the
    year 10000 stays there.
    """
    if not 1 <= serial < 2_958_466 or int(serial) == 60:
        return None
    start = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    seconds = round((serial - int(serial)) * 86400)
    if int(serial) == 2_958_465:
        seconds = min(seconds, 86_399)
    moment = start + timedelta(days=int(serial), seconds=seconds)
    return moment.date().isoformat() if serial == int(serial) else moment.isoformat(" ")


def format_kind(code: str) -> str | None:
    """date, time or None, by a number format's letters, what is quoted or in brackets apart."""
    plain = _NO_LETTERS.sub("", code.split(";", maxsplit=1)[0]).lower()
    if set("dy") & set(plain) or ("m" in plain and not set("hs") & set(plain)):
        return "date"
    return "time" if set("hs") & set(plain) else None


def _builtin(id_: int) -> str | None:
    return "date" if id_ in _DATES else "time" if id_ in _TIMES else None


def _inside(target: str) -> str:
    return (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join("xl", target))
    )


def _what_it_is(file: BinaryIO) -> UserMessage:
    """Say what a file is instead of a spreadsheet; some programs name any table so."""
    file.seek(0)
    head = file.read(1024).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml")):
        return _("no spreadsheet but a web page or XML: open it in Excel and save it as XLSX")
    if head and b"\0" not in head and head.count(b"\n"):
        return _("no spreadsheet but text: write format = `csv` in the mapping")
    return _("no XLSX")


def _refused(detail: UserMessage) -> FileRefusedError:
    return FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=detail))
