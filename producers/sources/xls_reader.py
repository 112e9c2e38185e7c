"""Read an old XLS workbook (BIFF) with python-calamine, in a process of its own.

`xls_child` says why. Here its lines become the same cells as those of an XLSX.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from producers.model import Notice, Refusal
from producers.sources.rows import MAX_LINE, FileRefusedError, Notify
from producers.sources.sheets import Cells, MergedArea, SheetContent
from producers.sources.xlsx_workbook import OversizedRow, plain_number
from schemas.i18n import _

_CHILD = Path(__file__).with_name("xls_child.py")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1 << 16


class XlsBook:
    """An open XLS: its sheets come one after the other, each once."""

    def __init__(self, lines: IO[bytes], notify: Notify) -> None:
        """Read the names of the sheets from the child's lines. Raises FileRefusedError."""
        self._lines = lines
        first = self._next()
        if first is None:
            raise _refused()
        self.names: list[str] = first["sheets"]
        self._head = self._next()
        notify(Notice(0, "OLD_SPREADSHEET"))

    def sheet(self, number: int) -> SheetContent:
        """Give a sheet by its number from 0; those before it are passed over."""
        while self._head is not None and self._head["sheet"] < number:
            for _row in self._rows():
                pass
        if self._head is None:
            raise _refused()
        merged = [MergedArea(*area[:3]) for area in self._head["merged"]]
        return SheetContent(self._rows(), merged)

    def _rows(self) -> Iterator[tuple[int, Cells]]:
        """Yield the rows up to the next sheet's head, or to the end."""
        while isinstance(line := self._next(), list):
            cells = {at: _value(cell) for at, cell in enumerate(line[1:])}
            yield line[0], {at: cell for at, cell in cells.items() if cell is not None}
        self._head = line

    def _next(self) -> Any:
        """Give the next line's value; None at the end. Raises FileRefusedError if it is cut."""
        raw = self._lines.readline(4 * MAX_LINE)
        if not raw:
            return None
        if not raw.endswith(b"\n"):
            raise _refused()
        if len(raw) > MAX_LINE and raw.startswith(b"["):
            number = int(raw[1:20].split(b",")[0])
            return [number, OversizedRow()]
        return json.loads(raw)


class XlsProcess:
    """The child process that reads an XLS, from its start to its end."""

    def __init__(self, file: BinaryIO, notify: Notify) -> None:
        """Take the open file, whose content begins with the mark of OLE."""
        self._file, self._notify = file, notify

    def __enter__(self) -> XlsBook:
        """Start it. Raises FileRefusedError for what is encrypted or no workbook."""
        self._file.seek(0)
        if _ENCRYPTED in self._file.read(_HEAD):
            detail = _("it is encrypted: open it with its password and save it without one")
            raise FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=detail))
        self._file.seek(0)
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD)],
            stdin=self._file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._lines = cast(IO[bytes], self._process.stdout)
        try:
            return XlsBook(self._lines, self._notify)
        except BaseException:
            self._end()
            raise

    def __exit__(self, error_class: type[BaseException] | None, *_error: object) -> None:
        """End it. Raises FileRefusedError where it ended before the file did."""
        if self._end() and error_class is None:
            raise _refused()

    def _end(self) -> int:
        """Let it end by itself if it has written all, else kill it. Returns its exit code."""
        is_read = not self._lines.read(1)
        if not is_read:
            self._process.kill()
        self._lines.close()
        code = self._process.wait()
        return code if is_read else 0


def _value(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell if isinstance(cell, OversizedRow) else cell.strip() or None
    return plain_number(cell) if isinstance(cell, float) else cell


def _refused() -> FileRefusedError:
    detail = _("the XLS is damaged, or too large to be held: save it as XLSX")
    return FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=detail))
