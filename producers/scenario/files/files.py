"""Writes rows as the countries' systems export them, a row at a time.

Records, rows sent again, corrections.
"""

import io
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from producers.scenario.files.columns import Form
from producers.scenario.files.formats import writer
from producers.scenario.files.national import NODES, NationalSystem, event_type_of
from producers.scenario.stories.record import Record

AGAIN = 0.008  # of the rows are sent a second time, half of them in the same file
BEHIND = 20  # rows later


class Sheet:
    """One file that grows by rows. `rows`: how many it holds."""

    def __init__(self, path: Path, form: Form, stack: ExitStack) -> None:
        self.path, self.rows = path, 0
        names = [name for name, _ in form.columns]
        self._writer = writer(
            path, form.format, names, stack, form.encoding, form.separator, form.rows, form.frame
        )

    def write(self, row: Sequence[str]) -> None:
        """Write one more row to the file."""
        self._writer.write(row)
        self.rows += 1

    def end(self) -> None:
        """What closes the file's text."""
        self._writer.end()


class Register:
    """All files of one kind of one node."""

    def __init__(
        self, folder: Path, node: NationalSystem, form: Form, rng: Random, stack: ExitStack
    ) -> None:
        name = f"{node.name}-{form.name}"
        self.node, self.form, self._rng = node, form, rng
        self.records = Sheet(folder / f"{name}{form.ending}", form, stack)
        self.resent = Sheet(folder / f"{name}-resent{form.ending}", form, stack)
        self.corrections = Sheet(folder / f"{name}-corrections{form.ending}", form, stack)
        self.sheets = (self.records, self.resent, self.corrections)
        self.numbered = self.again = 0
        self._waiting: deque[tuple[int, list[str]]] = deque()

    def write(self, record: Record) -> None:
        """Numbers the record and writes it; its correction as well, where it has one."""
        self.numbered += 1
        record.reference = self.form.reference(record, self.numbered)
        row = self._row(record)
        if record.reported_as is not None:
            record.reported_as.reference = record.reference
            self.corrections.write(row)
            row = self._row(record.reported_as)
        self.records.write(row)
        chance = self._rng.random()
        if chance < AGAIN / 2:
            self.resent.write(row)
        elif chance < AGAIN:
            self._waiting.append((self.numbered + BEHIND, row))
        if self._waiting and self._waiting[0][0] <= self.numbered:
            self._repeat()

    def end(self) -> None:
        """What is left to write."""
        while self._waiting:
            self._repeat()
        for sheet in self.sheets:
            sheet.end()

    def listed(self) -> list[dict[str, Any]]:
        """The manifest's lines: files with rows only.

        `rows`: all of the file; `repeated`: those among them that were sent before.
        """
        sheets = (
            (self.records, "records", self.again),
            (self.resent, "records", self.resent.rows),
            (self.corrections, "corrections", 0),
        )
        return [
            {
                "file": sheet.path.name,
                "node": self.node.name,
                "country": self.node.country,
                "authority": self.node.authority,
                "type": kind_of(self.node, self.form),
                "mapping": self.form.mapping,
                "kind": kind,
                "rows": sheet.rows,
                "repeated": repeated,
            }
            for sheet, kind, repeated in sheets
            if sheet.rows
        ]

    def remove_empty(self) -> None:
        """Files without a row are no export; call it once they are closed."""
        for sheet in self.sheets:
            if not sheet.rows:
                sheet.path.unlink()

    def _row(self, record: Record) -> list[str]:
        return [getter(record) for _, getter in self.form.columns]

    def _repeat(self) -> None:
        self.records.write(self._waiting.popleft()[1])
        self.again += 1


def kind_of(node: NationalSystem, form: Form) -> str:
    """The event type that a form's rows become."""
    return event_type_of(next(kind for kind, item in node.forms.items() if item is form))


def registers(folder: Path, seed: str, stack: ExitStack) -> dict[tuple[str, str], Register]:
    """By country and kind of file."""
    return {
        (node.country, kind): Register(
            folder, node, form, Random(f"{seed}/again/{node.name}/{kind}"), stack
        )
        for node in NODES
        for kind, form in node.forms.items()
    }


def table(rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; the first row is the header."""
    out = io.StringIO()
    for number, row in enumerate(rows):
        out.write("| " + " | ".join(str(cell) for cell in row) + " |\n")
        if not number:
            out.write("|" + "---|" * len(row) + "\n")
    return out.getvalue()
