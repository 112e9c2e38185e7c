"""Read what surrounds an XLSX sheet: sheet names, shared texts, date formats.

See ECMA-376 part 1, 18.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any, BinaryIO

from producers.model import Refusal
from producers.sources.rows import FileRefusedError
from producers.sources.xml_parser import SafeParser, chunks, local_name
from schemas.i18n import UserMessage, _

MAX_PART = 2 << 30  # bytes unpacked, of all parts
MAX_TEXTS = 256 << 20  # of the shared texts, which are held in memory
_BOMB = (10 << 20, 300)  # a part larger than this and packed more than so many times
_DATES = frozenset([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58])
_TIMES = frozenset([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_LOST_DIGITS = 1e15
_OLE = b"\xd0\xcf\x11\xe0"


class CellError(str):
    """An error of Excel in a cell, such as #N/A or #REF!."""

    code = "BROKEN_LINE"
    detail = _("the cell has an error of Excel's")


class LongNumber(str):
    """A whole number of more than 15 digits: Excel has put zeros for the rest."""

    code = "BAD_NUMBER"
    detail = _(
        "a number of more than 15 digits: Excel lost the last ones; give the column the format text"
    )


@contextmanager
def open_book(file: BinaryIO) -> Iterator["Book"]:
    """Raises FileRefused for what is no XLSX, too large, or packed like a bomb."""
    file.seek(0)
    if file.read(4) == _OLE:
        raise _refused(_("an old XLS, or encrypted: save it as plain XLSX"))
    file.seek(0)
    if not zipfile.is_zipfile(file):
        raise _refused(_("no XLSX"))
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
        self._days = 1462 if any(tag.get("date1904") in ("1", "true") for tag in tags) else 0
        self._texts = list(self._shared())
        self._styles = self._date_styles()

    @property
    def names(self) -> list[str]:
        """Of the sheets, in order."""
        return [name for name, _ in self._sheets]

    def sheet(self, name_or_number: str | int | None) -> IO[bytes]:
        """Open a sheet's part, by its name or number from 1.

        Raises FileRefusedError that names the sheets.
        """
        names = self.names
        at = (
            names.index(name_or_number)
            if name_or_number in names
            else (name_or_number or 1) - 1
            if not isinstance(name_or_number, str)
            else -1
        )
        if not 0 <= at < len(names):
            raise _refused(
                _(
                    "no sheet {wanted_names}; there are: {names}",
                    wanted_names=name_or_number,
                    names=", ".join(names),
                )
            )
        return self._archive.open(_inside(self._targets[self._sheets[at][1]]))

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
        if text.isdigit() and len(text) < 16:
            return int(text)
        number = float(text)
        return LongNumber(text) if abs(number) >= _LOST_DIGITS else number

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
                own[int(attributes["numFmtId"])] = format_kind(attributes.get("formatCode", ""))
            elif name in ("cellXfs", "cellStyleXfs"):
                inside[0] = name
            elif name == "xf" and inside[0] == "cellXfs":
                styles.append(int(attributes.get("numFmtId", "0")))

        self._parse("xl/styles.xml", SafeParser(start, lambda name: None, lambda text: None))
        kinds = {
            str(at): own[id_] if id_ in own else _builtin(id_) for at, id_ in enumerate(styles)
        }
        return {style: kind for style, kind in kinds.items() if kind}

    def _shared(self) -> Iterator[str]:
        part = "xl/sharedStrings.xml"
        if part not in self._archive.namelist():
            return
        if self._archive.getinfo(part).file_size > MAX_TEXTS:
            raise _refused(_("texts of more than {max_texts} bytes", max_texts=MAX_TEXTS))
        done: list[str] = []
        parts: list[str] = []
        whole: list[str] = []
        phonetic = [False]

        def start(name: str, _attributes: dict[str, str]) -> None:
            name = local_name(name)
            if name == "si":
                whole.clear()
            elif name == "t":
                parts.clear()
            elif name == "rPh":
                phonetic[0] = True

        def end(name: str) -> None:
            name = local_name(name)
            if name == "t" and not phonetic[0]:
                whole.append("".join(parts))
            elif name == "rPh":
                phonetic[0] = False
            elif name == "si":
                done.append("".join(whole))

        self._parse(part, SafeParser(start, end, parts.append))
        yield from done

    def _tags(self, part: str, *names: str) -> Iterator[dict[str, str]]:
        """The attributes of a part's elements of these names, by local names."""
        tags: list[dict[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if local_name(name) in names:
                tags.append({local_name(key): value for key, value in attributes.items()})

        self._parse(part, SafeParser(start, lambda name: None, lambda text: None))
        yield from tags

    def _parse(self, part: str, parser: SafeParser) -> None:
        with self._archive.open(part) as opened:
            for data in chunks(opened):
                parser.feed(data)
            parser.feed(b"", last=True)


def excel_date(serial: float) -> str | None:
    """Give a date of Excel's 1900 system as text, with its time if it has one.

    None if there is no such day. Serial 60 is 29 February 1900, which never was: days before it
    count from one day later.
    """
    if not 1 <= serial < 2_958_466 or int(serial) == 60:
        return None
    start = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    moment = start + timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86400))
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


def _refused(detail: UserMessage) -> FileRefusedError:
    return FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=detail))
