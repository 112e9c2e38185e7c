"""Files that grow by rows, a row at a time: CSV, JSON, JSON lines, XML, XLSX.

The same rows give the same bytes on every machine.

Names of paths are groups: `persona.nombres` in JSON, `persona/nombres` in XML is the child
`nombres` of `persona`.
"""

import csv
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from html import escape as html_escape
from itertools import groupby
from pathlib import Path
from typing import IO, Any, TextIO

from producers.scenario.files.columns import BARE, Frame

compact = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
escape = partial(html_escape, quote=False)  # what XML demands of texts
Row = Sequence[str]
_ZIP_TIME = (2018, 1, 1, 0, 0, 0)
_OPEN_XML = "http://schemas.openxmlformats.org"
_OFFICE = f"{_OPEN_XML}/officeDocument/2006/relationships"
_SPREADSHEET = f"{_OPEN_XML}/spreadsheetml/2006/main"
_OVERRIDE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _link(kind: str, target: str) -> str:
    inner = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_OPEN_XML}/package/2006/relationships">{inner}</Relationships>'


_XLSX_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_OPEN_XML}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_OVERRIDE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OVERRIDE}.worksheet+xml"/></Types>',
    "_rels/.rels": _link("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Datos" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _link("worksheet", "worksheets/sheet1.xml"),
}
_SHEET = f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>'
XLSX_ROWS = 1_048_575  # without the header


class Writer:
    """One file. `write` takes a row of as many texts as there are names.

    `end` closes the file's text, not the file.
    """

    def __init__(
        self, write: Callable[[Row], object], end: Callable[[], object] = lambda: None
    ) -> None:
        self.write, self.end = write, end


def writer(
    path: Path,
    format_: str,
    names: Row,
    stack: ExitStack,
    encoding: str = "utf-8",
    separator: str = ",",
    rows: str = "",
    frame: Frame = BARE,
) -> Writer:
    """Open a new file.

    `format_`: csv | json | jsonl | xml | xlsx; `rows`: in XML, `root/row`; `frame`: what stands
    around the rows, in CSV and XLSX. The stack closes the file. Raises OSError.
    """
    if format_ == "xlsx":
        return _framed(_xlsx(path, stack), names, frame)
    file = stack.enter_context(path.open("w", encoding=encoding, newline=""))
    if format_ == "csv":
        table = csv.writer(file, delimiter=separator, lineterminator="\n")
        return _framed(Writer(table.writerow), names, frame)
    if format_ == "xml":
        root, row = rows.split("/")
        return _xml(file, names, root, row, encoding)
    return _json(file, names, lines=format_ == "jsonl")


def _framed(table: Writer, names: Row, frame: Frame) -> Writer:
    """Titles and header above the rows, total and note below them."""
    rest = [""] * (len(names) - 1)
    count = 0
    for text in frame.titles:
        table.write([text, *rest])
    for row in _header(names) if frame.two_rows else [names]:
        table.write(row)

    def write(row: Row) -> None:
        nonlocal count
        count += 1
        table.write(row)

    def end() -> None:
        if frame.total:
            table.write([frame.total, str(count), *rest[1:]])
        if frame.note:
            table.write([frame.note, *rest])
        table.end()

    return Writer(write, end)


def _header(names: Row) -> list[list[str]]:
    """Groups of columns, each named once where it begins, above the columns' own names."""
    groups = [name.rpartition("/")[0] for name in names]
    first = [
        group if not place or group != groups[place - 1] else ""
        for place, group in enumerate(groups)
    ]
    return [
        [
            group or ("" if groups[place] else name)
            for place, (group, name) in enumerate(zip(first, names, strict=True))
        ],
        [name.rpartition("/")[2] if groups[place] else "" for place, name in enumerate(names)],
    ]


def _json(file: TextIO, names: Row, lines: bool) -> Writer:
    build = _tree(names)
    first = True

    def write(row: Row) -> None:
        nonlocal first
        text = compact(build(row))
        file.write(f"{text}\n" if lines else f"{'[' if first else ','}{text}\n")
        first = False

    return Writer(write, lambda: None if lines else file.write("[]\n" if first else "]\n"))


def _tree(names: Row) -> Callable[[Row], dict[str, Any]]:
    """From a row to nested objects; a group without a value is left out."""
    if not any("." in name for name in names):
        return lambda row: dict(zip(names, row, strict=True))
    groups = list(_groups(names, "."))

    def build(row: Row) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for group, fields in groups:
            if not group:
                record.update((name, row[at]) for at, name in fields)
            elif any(row[at] for at, _ in fields):
                record[group] = {name: row[at] for at, name in fields}
        return record

    return build


def _groups(names: Row, mark: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Neighbours with one group: its name (empty: none), and their places and names in it.

    One level.
    """
    parted = [
        (at, *((name.split(mark, 1)) if mark in name else ("", name)))
        for at, name in enumerate(names)
    ]
    for group, fields in groupby(parted, key=lambda pair: pair[1]):
        yield group, [(at, name) for at, _, name in fields]


def _xml(file: TextIO, names: Row, root: str, row_name: str, encoding: str) -> Writer:
    groups = list(_groups(names, "/"))
    file.write(f'<?xml version="1.0" encoding="{encoding.upper()}"?>\n<{root}>\n')

    def write(row: Row) -> None:
        parts = [f"<{row_name}>"]
        for group, fields in groups:
            inner = "".join(f"<{name}>{escape(row[at])}</{name}>" for at, name in fields if row[at])
            parts.append(f"<{group}>{inner}</{group}>" if group and inner else inner)
        file.write(f"{''.join(parts)}</{row_name}>\n")

    return Writer(write, lambda: file.write(f"</{root}>\n"))


def _xlsx(path: Path, stack: ExitStack) -> Writer:
    """One sheet of inline texts, stored uncompressed.

    What a compressor makes of them differs between machines.
    """
    file = stack.enter_context(_sheet(path))
    rows = 0

    def write(row: Row) -> None:
        nonlocal rows
        rows += 1
        if rows > XLSX_ROWS + 1:
            raise ValueError(
                f"{path.name}: a sheet of XLSX has at most {XLSX_ROWS} rows: ask for fewer records"
            )
        cells = "".join(
            f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"
            for text in row
        )
        file.write(f"<row>{cells}</row>".encode())

    return Writer(write, lambda: file.write(b"</sheetData></worksheet>"))


@contextmanager
def _sheet(path: Path) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path, "w") as book:
        for name, text in _XLSX_PARTS.items():
            book.writestr(
                zipfile.ZipInfo(name, _ZIP_TIME), f'<?xml version="1.0" encoding="UTF-8"?>{text}'
            )
        with book.open(
            zipfile.ZipInfo("xl/worksheets/sheet1.xml", _ZIP_TIME), "w", force_zip64=True
        ) as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?>{_SHEET}'.encode())
            yield sheet
