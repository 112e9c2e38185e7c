"""Count by reason what is left out of a file's rows because it is not certain. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from producers.model import Notice, short_line
from schemas.i18n import UserMessage, ngettext

_LINES_SHOWN = 5

_Reason = tuple[str, str, str]


@dataclass(slots=True)
class DoubtTally:
    """The doubts of a file, by code, columns and reason."""

    _first: dict[_Reason, Notice] = field(default_factory=dict)
    _lines: dict[_Reason, list[int]] = field(default_factory=dict)
    _counts: dict[_Reason, int] = field(default_factory=dict)

    def add(self, doubts: Iterable[Notice]) -> None:
        """Count the doubts of a row."""
        for doubt in doubts:
            reason = (doubt.code, doubt.column, str(doubt.detail))
            self._first.setdefault(reason, doubt)
            self._counts[reason] = self._counts.get(reason, 0) + 1
            lines = self._lines.setdefault(reason, [])
            if len(lines) < _LINES_SHOWN:
                lines.append(doubt.line)

    def notices(self) -> list[Notice]:
        """Give one notice for each reason, with the number of rows and the first of them."""
        return [
            Notice(doubt.line, doubt.code, doubt.column, self._detail(reason, doubt))
            for reason, doubt in self._first.items()
        ]

    def _detail(self, reason: _Reason, doubt: Notice) -> UserMessage | str:
        lines = ", ".join(map(short_line, self._lines[reason]))
        count = self._counts[reason]
        if count == 1:
            return doubt.detail
        return ngettext(
            "{why}: {count:,} row: {lines}",
            "{why}: {count:,} rows: {lines}",
            count,
            why=doubt.detail,
            lines=lines + (" …" if count > _LINES_SHOWN else ""),
        )
