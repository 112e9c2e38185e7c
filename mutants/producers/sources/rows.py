"""What reading a file gives, whatever its format."""

from collections.abc import Sequence

from producers.model import Line, Refusal

MAX_LINE = 4 * 1024 * 1024  # a longer line, row or element is broken: it would only fill memory
HEADER_WITHIN = 30  # rows in which a header is looked for, below titles

Read = Line | Refusal
Text = tuple[int, str] | Refusal


class FileRefused(Exception):
    """The file, or all of it from a line on, cannot be read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def check_header(number: int, names: Sequence[str], columns: frozenset[str]) -> None:
    """Whether a header can be read by: those that the mapping names are there, each once. Raises
    FileRefused saying which.
    """
    twice = sorted(
        {
            name
            for name in names
            if name and (not columns or name in columns) and names.count(name) > 1
        }
    )
    missing = sorted(columns - set(names))
    if twice or missing:
        named = ", ".join(missing or twice)
        there = ", ".join(name for name in names if name)[:300]
        why = (
            f"faltan columnas: {named} (hay: {there}) | columns missing: {named} (there are: {there})"
            if missing
            else f"columna repetida: {named} | column twice: {named}"
        )
        raise FileRefused(Refusal(number, "UNREADABLE_FILE", column=named, detail=why))
