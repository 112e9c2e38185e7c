"""Read one file with one mapping or several, each for the rows that it takes. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from producers.mapping.mapping import RowMapping
from producers.mapping.values import BadValueError, to_text
from producers.model import Notice, Refusal, SourceRow
from producers.sources.format import Source
from producers.sources.rows import RowOrRefusal
from schemas.i18n import ngettext

_MOST_VALUES = 200  # of a column, that are counted apart
_VALUES_SHOWN = 8
_ROWS_SHOWN = 10
_LONGEST_VALUE = 40  # characters

IndexedRow = tuple[int, RowOrRefusal]
"""A row and its index in the file, from 0 in the order of reading."""

_Share = tuple[RowMapping, list[IndexedRow]]


@dataclass(frozen=True, slots=True)
class FileMapping:
    """The mappings of a file; they have the same source."""

    mappings: tuple[RowMapping, ...]

    @property
    def source(self) -> Source:
        """Say how the file is read."""
        return self.mappings[0].source

    @property
    def columns(self) -> frozenset[str]:
        """Give the columns that the mappings name."""
        return frozenset[str]().union(*(mapping.columns for mapping in self.mappings))

    @staticmethod
    def of(mapping: "RowMapping | FileMapping") -> "FileMapping":
        """Give a single mapping as one of several."""
        return mapping if isinstance(mapping, FileMapping) else FileMapping((mapping,))

    def as_urgent(self, justification: str | None) -> "FileMapping":
        """The same for the urgent lane."""
        return FileMapping(tuple(mapping.as_urgent(justification) for mapping in self.mappings))

    def without_links(self) -> "FileMapping":
        """The same, whose reader opens no link."""
        source = replace(self.source, follows_links=False)
        return FileMapping(tuple(replace(mapping, source=source) for mapping in self.mappings))


@dataclass(slots=True)
class RowSharing:
    """Shares the rows of a file among its mappings, and remembers those that none takes.

    A row goes to every mapping that takes it; what could not be read goes to the first.
    """

    mapping: FileMapping
    _read: int = 0
    _unwanted: Counter[str] = field(default_factory=Counter)
    _unwanted_lines: list[int] = field(default_factory=list)
    _no_records: int = 0
    _no_record_lines: list[int] = field(default_factory=list)

    def share(self, batch: Sequence[RowOrRefusal]) -> list[tuple[RowMapping, list[IndexedRow]]]:
        """Give each mapping its rows of the next batch, each with its index in the file."""
        shares: list[_Share] = [(mapping, []) for mapping in self.mapping.mappings]
        start = self._read
        self._read += len(batch)
        only = self.mapping.mappings[0]
        if len(shares) == 1 and only.selection.takes is None and not only.leaves_out_footers:
            return [(only, list(enumerate(batch, start=start)))] if batch else []
        for index, row in enumerate(batch, start=start):
            if isinstance(row, Refusal):
                shares[0][1].append((index, row))
                continue
            takers = [share for share in shares if share[0].takes(row.row)]
            if not takers:
                self._count_unwanted(row)
            for _mapping, rows in self._recorders(takers, row):
                rows.append((index, row))
        return [share for share in shares if share[1]]

    def notices(self) -> list[Notice]:
        """Say which rows no mapping has taken."""
        notices = []
        if self._unwanted_lines:
            values = [
                f"{value} ({count})" for value, count in self._unwanted.most_common(_VALUES_SHOWN)
            ]
            detail = ngettext(
                "{count:,} row: {values}",
                "{count:,} rows: {values}",
                self._unwanted.total(),
                values=", ".join(values) + (" …" if len(self._unwanted) > len(values) else ""),
            )
            column = ", ".join(self.mapping.mappings[0].selection.getters)
            notices.append(Notice(self._unwanted_lines[0], "ROWS_LEFT_OUT", column, detail))
        if self._no_records:
            lines = ", ".join(map(str, self._no_record_lines))
            dots = " …" if self._no_records > len(self._no_record_lines) else ""
            detail = ngettext(
                "{count:,} row: {values}",
                "{count:,} rows: {values}",
                self._no_records,
                values=lines + dots,
            )
            notices.append(Notice(self._no_record_lines[0], "FOOTERS_LEFT_OUT", "", detail))
        return notices

    def _recorders(self, takers: list[_Share], row: SourceRow) -> list[_Share]:
        """Choose the mappings for which the row is a record; the first refuses what is none.

        A mapping that leaves such rows out refuses none.
        """
        if len(takers) == 1 and not takers[0][0].leaves_out_footers:
            return takers
        recorders = [
            share for share in takers if share[0].refuse_no_record(row.row, row.number) is None
        ]
        if recorders or not takers:
            return recorders
        refusing = [share for share in takers if not share[0].leaves_out_footers]
        if not refusing:
            self._no_records += 1
            self._remember(self._no_record_lines, row.number)
        return refusing[:1]

    def _count_unwanted(self, row: SourceRow) -> None:
        """Count a row that no mapping takes by the value for which the first does not."""
        self._remember(self._unwanted_lines, row.number)
        values = []
        for look_up in self.mapping.mappings[0].selection.getters.values():
            try:
                values.append(to_text(look_up(row.row) or "—"))
            except BadValueError:
                values.append("…")
        text = " ".join(values)[:_LONGEST_VALUE]
        is_known = text in self._unwanted or len(self._unwanted) < _MOST_VALUES
        self._unwanted[text if is_known else "…"] += 1

    @staticmethod
    def _remember(lines: list[int], line: int) -> None:
        if len(lines) < _ROWS_SHOWN:
            lines.append(line)
