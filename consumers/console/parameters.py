"""Read the parameters of a page's address. Unknown names are refused before.

A wrong value never fails a page: its field gets a sentence, and the form is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from consumers.console import as_of
from consumers.query.dates import DatesRefusedError
from consumers.query.figures.dimensions import (
    ENVELOPE_DIMENSIONS,
    MOST_DIMENSIONS,
    check_dimensions,
)
from consumers.query.figures.reading import read_dimensions, read_where
from consumers.query.figures.values import UnknownValueError
from consumers.query.known_names import KnownNames
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _

LONGEST = 400
"""Letters of a value; longer ones are refused."""
LONGEST_SHOWN = 40
MORE_NAMES = {f"by_{number}": "by" for number in range(2, MOST_DIMENSIONS + 1)}
"""Fields of a form that say more of the same, since a name stands in an address once."""
FieldError = tuple[UserMessage, UserMessage]
"""What is wrong, and what to write instead."""


def join_parameters(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters by name; those of MORE_NAMES are joined to theirs by commas."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(MORE_NAMES.get(name, name), []).append(value.strip())
    return {name: ",".join(filter(None, parts)) for name, parts in values.items()}


class FieldReader:
    """Reads the fields of a form. `errors`: of each field with a wrong value, by its name."""

    def __init__(self, query: Mapping[str, str]) -> None:
        """`query`: the address's parameters, as text."""
        self.query = query
        self.errors: dict[str, FieldError] = {}

    def text(self, name: str, check: Callable[[str], None] | None = None) -> str:
        """Return a text; empty where it is wrong. `check` raises QuipuError for a wrong one."""
        text = self.query.get(name, "").strip()
        if len(text) > LONGEST:
            self.errors[name] = _("This is too long."), _("Write {most} letters at most.", most=400)
            return ""
        return text if self._accepts(name, lambda: check(text) if check else None) else ""

    def choice(self, name: str, choices: Collection[str], default: str = "") -> str:
        """Return one of the choices; the default where there is none, or another one."""
        text = self.query.get(name, "").strip()
        if not text or text in choices:
            return text or default
        self.errors[name] = no_choice(text)
        return default

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 1 to `most`; the default where there is none."""
        text = self.query.get(name, "").strip()
        if not text:
            return default
        if text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most:
            return int(text[:9])
        self.errors[name] = (
            _("`{text}` is no such number.", text=text[:LONGEST_SHOWN]),
            _("Write a whole number from 1 to {most}.", most=most),
        )
        return default

    def day(self, name: str, end: bool = False) -> int | None:
        """Return the begin of a day, or of the one after it for its end: ms since 1970 UTC."""
        text = self.query.get(name, "").strip()
        try:
            date.fromisoformat(text or "1970-01-01")
        except ValueError:
            self.errors[name] = (
                _("`{text}` is no day.", text=text[:LONGEST_SHOWN]),
                _("Write it as 2018-07-01."),
            )
            return None
        return as_of.day(text, end)

    def span(self, since: str, until: str) -> tuple[int | None, int | None]:
        """Return the begin of a first day and the end of a last one: ms since 1970 UTC."""
        begin, end = self.day(since), self.day(until, end=True)
        if begin is not None and end is not None and begin >= end:
            self.errors[until] = (
                _("The last day is before the first one."),
                _("Choose a later one."),
            )
        return begin, end

    @contextmanager
    def refusals(self, **names: str) -> Iterator[None]:
        """Show what the question refuses at the field that says it, instead of failing the page.

        `names`: of fields whose name differs from that of the question's parameter.
        """
        try:
            yield
        except (DatesRefusedError, UnknownValueError) as error:
            self.errors[names.get(error.field, error.field)] = error.message, error.remedy

    def moment(self, name: str) -> int | None:
        """Return a moment in ms since 1970 UTC; a day means its end."""
        moments: list[int | None] = [None]
        self._accepts(name, lambda: moments.append(as_of.as_of_ms(self.query.get(name, ""))))
        return moments[-1]

    def dimensions(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the names by which figures are grouped. `known`: those that schemas mark."""
        names = read_dimensions(self.query.get(name, ""))
        for text in names:
            if text not in known and text not in ENVELOPE_DIMENSIONS:
                self.errors[name] = no_choice(text)
                return ()
        return names if self._accepts(name, lambda: check_dimensions(names, known)) else ()

    def where(self, name: str, names: KnownNames) -> tuple[tuple[str, str], ...]:
        """Return values of marks by name, as `drug=cannabis` says them."""
        pairs: list[tuple[tuple[str, str], ...]] = [()]

        def read() -> None:
            written = read_where(self.query.get(name, ""))
            names.check_where(written)
            pairs.append(written)

        self._accepts(name, read)
        return pairs[-1]

    def _accepts(self, name: str, read: Callable[[], None]) -> bool:
        try:
            read()
        except QuipuError as error:
            self.errors[name] = error.message, error.remedy
        return name not in self.errors


def no_choice(text: str) -> FieldError:
    """Say that a value is none of those that a field offers."""
    return (
        _("`{text}` is not one of the choices.", text=text[:LONGEST_SHOWN]),
        _("Choose one of the list."),
    )
