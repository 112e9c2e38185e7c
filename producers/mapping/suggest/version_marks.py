"""Find the column by which a national export says that a record was changed, annulled or lifted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from producers.mapping.place_codes import strip_accents
from producers.mapping.suggest.inspect_file import ColumnProfile
from producers.mapping.suggest.similarity import synonyms

_MOST_MARKS = 12
"""Different values of a column of marks: beyond, it is a text."""
_REASONS = {"correction": "TYPING_ERROR", "annulment": "WRONG", "lifting": ""}


class VersionMarks(NamedTuple):
    """Hold a column of marks, and its values by what they mean."""

    column: str
    values: Mapping[str, Sequence[str]]


def find_version_marks(columns: Sequence[ColumnProfile]) -> VersionMarks | None:
    """Give the first column some of whose values say that a record was changed or withdrawn."""
    for column in columns:
        if column.within or len(column.distinct) > _MOST_MARKS:
            continue
        meant: dict[str, list[str]] = {}
        for value in column.distinct:
            meant.setdefault(_meaning(value), []).append(value)
        if any(meaning in meant for meaning in _REASONS):
            return VersionMarks(column.name, meant)
    return None


def _meaning(value: str) -> str:
    """Give what a mark means; empty where no known word says it."""
    text = strip_accents(value)
    beginnings: Mapping[str, Sequence[str]] = synonyms()["versions"]
    return next(
        (meaning for meaning, words in beginnings.items() if text.startswith(tuple(words))), ""
    )


def comment_lines(marks: VersionMarks) -> Iterator[str]:
    """Yield the table `[versions]` of the marks, as comments; unknown values mean a new record."""
    yield "# [versions]"
    values = {**marks.values, "new": [*marks.values.get("new", ()), *marks.values.get("", ())]}
    for meaning in ("new", *_REASONS):
        if written := values.get(meaning):
            yield "# [[versions.marks]]"
            yield f"# column = {_text(marks.column)}"
            yield f"# in = [{', '.join(map(_text, written))}]"
            yield f'# means = "{meaning}"'
            if reason := _REASONS.get(meaning):
                yield f'# reason = "{reason}"'


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
