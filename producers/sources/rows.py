"""What reading a file gives, whatever its format."""

from collections import Counter
from collections.abc import Sequence

from producers.model import Refusal, SourceRow
from schemas.i18n import _

MAX_LINE = 4 * 1024 * 1024  # a longer line, row or element is broken: it would only fill memory
MAX_COLUMNS = 16_384  # of a table, as in Excel
HEADER_SEARCH_ROWS = 30  # rows in which a header is looked for, below titles

RowOrRefusal = SourceRow | Refusal
LineOrRefusal = tuple[int, str] | Refusal


class FileRefusedError(Exception):
    """The file, or all of it from a line on, cannot be read."""

    def __init__(self, refusal: Refusal) -> None:
        """Take the refusal of the whole file."""
        super().__init__(refusal.code)
        self.refusal = refusal


def check_header(number: int, names: Sequence[str], columns: frozenset[str]) -> None:
    """Check that a header has the columns that the mapping names, each once.

    Raises FileRefusedError that names them.
    """
    if len(names) > MAX_COLUMNS:
        detail = _("more than {max_columns} columns", max_columns=MAX_COLUMNS)
        raise FileRefusedError(Refusal(number, "UNREADABLE_FILE", detail=detail))
    counts = Counter(name for name in names if name and (not columns or name in columns))
    twice = sorted(name for name, count in counts.items() if count > 1)
    missing = sorted(columns - set(names))
    if twice or missing:
        named = ", ".join(missing or twice)
        present = ", ".join(name for name in names if name)[:300]
        why = (
            _("columns missing: {named} (there are: {present})", named=named, present=present)
            if missing
            else _("column twice: {named}", named=named)
        )
        raise FileRefusedError(Refusal(number, "UNREADABLE_FILE", column=named, detail=why))
