"""Keep what is around the rows of a JSON or XML file, for columns such as `//Event.info`.

Such a column is a path from the top of the file, through the objects around the row. A fact may
stand behind the rows that need it, so a first pass over the file collects the facts.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from producers.model import Refusal
from producers.sources.rows import MAX_LINE, FileRefusedError
from schemas.i18n import _

OUTER = "//"
"""The name under which a row has what is around it, and how such a column begins."""

_COST = 64  # of a group of rows, in characters

Surroundings = list[Mapping[str, Any]]
"""Of each group of rows, in the order of the file, what is around it, from the top."""


def outer_columns(columns: Iterable[str]) -> frozenset[str]:
    """Choose the columns that lead out of the row."""
    return frozenset(column for column in columns if column.startswith(OUTER))


def names_of(path: str | None, mark: str) -> tuple[str, ...]:
    """Split a path into its names."""
    return tuple(path.removeprefix(OUTER).strip("/").split(mark)) if path else ()


class OuterFacts:
    """The members of the objects around the rows, collected on the way through a file."""

    def __init__(self, path: tuple[str, ...], columns: Iterable[str], mark: str) -> None:
        """Take the names that lead to the rows, and the columns to collect."""
        self.path = path
        needed = [names_of(column.replace("[*]", ""), mark) for column in columns]
        self._needed = {
            (depth, names[depth])
            for names in needed
            for depth in range(len(names))
            if names[:depth] == path[:depth] and (depth >= len(path) or names[depth] != path[depth])
        }
        self._objects: list[dict[str, Any]] = []
        self._groups: list[tuple[dict[str, Any], ...]] = []
        self._size = 0

    def is_needed(self, depth: int, name: str) -> bool:
        """Say whether a column names this member of the object at a depth from the top."""
        return (depth, name) in self._needed

    def enter(self, depth: int) -> None:
        """Begin an object at this depth."""
        del self._objects[depth:]
        self._objects.append({})

    def add(self, depth: int, name: str, value: Any, size: int) -> None:
        """Add a member to the object at this depth. Raises FileRefusedError for too many."""
        self._count(size)
        members = self._objects[depth]
        if name not in members:
            members[name] = value
        elif isinstance(members[name], list):
            members[name].append(value)
        else:
            members[name] = [members[name], value]

    def begin_group(self) -> None:
        """Begin rows inside the objects of now."""
        self._count(_COST)
        self._groups.append(tuple(self._objects))

    def finish(self) -> Surroundings:
        """Give what is around each group of rows, when the file has been read."""
        return [self._nested(objects) for objects in self._groups]

    def _nested(self, objects: tuple[dict[str, Any], ...]) -> Mapping[str, Any]:
        nested: dict[str, Any] = {}
        for depth in range(len(objects) - 1, -1, -1):
            inner = {self.path[depth]: nested} if nested else {}
            nested = {**objects[depth], **inner}
        return nested

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > MAX_LINE:
            detail = _(
                "what is around the rows has more than {max_line} characters", max_line=MAX_LINE
            )
            raise FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=detail))
