"""Group equal problems of many lines, so that a reader sees each problem once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from producers.ingest.report import ReportItem
from producers.model import describe_line, short_line
from schemas.codes import code_lists
from schemas.i18n import UserMessage, in_language, ngettext

MAX_GROUPS = 1_000
"""Different problems that are kept apart; the lines of further ones are only counted."""
LINES_SHOWN = 5
_CODES_SHOWN = 16


@dataclass(slots=True)
class ProblemGroup:
    """The lines that have the same problem: the first of them as `item`, and how many."""

    item: ReportItem
    lines: list[int] = field(default_factory=list)
    count: int = 0

    def place(self) -> UserMessage:
        """Say which lines: `line 3`, `9 lines: 2, 12, 15, 18, 20 …`, or the file."""
        if self.count == 1:
            return describe_line(self.item.line)
        shown = ", ".join(map(short_line, self.lines))
        if self.count > len(self.lines):
            shown += " …"
        return ngettext(
            "{count:,} line: {lines}",
            "{count:,} lines: {lines}",
            self.count,
            lines=shown,
        )


@dataclass(slots=True)
class ProblemGroups:
    """Problems in the order of their first line; `other_lines` counts those beyond MAX_GROUPS."""

    groups: dict[tuple[str, ...], ProblemGroup] = field(default_factory=dict)
    other_lines: int = 0

    def add(self, item: ReportItem) -> None:
        """Count an item with the items that have the same problem."""
        key = _problem_key(item)
        group = self.groups.get(key)
        if group is None:
            if len(self.groups) >= MAX_GROUPS:
                self.other_lines += 1
                return
            group = self.groups[key] = ProblemGroup(item)
        group.count += 1
        if len(group.lines) < LINES_SHOWN:
            group.lines.append(item.line)

    def __iter__(self) -> Iterator[ProblemGroup]:
        """Give the groups in the order of their first line."""
        return iter(self.groups.values())


def group_problems(items: Iterable[ReportItem]) -> ProblemGroups:
    """Put items together that differ in their line only."""
    groups = ProblemGroups()
    for item in items:
        groups.add(item)
    return groups


def split_code(item: ReportItem) -> tuple[str, str]:
    """Part what stood there into the code list that it is not in, and the value itself.

    The check of an event type writes `list: value`. The list is empty where none is named.
    """
    name, separator, value = item.offending_value.partition(": ")
    is_code = item.code == "UNKNOWN_CODE" and separator and name in code_lists()
    return (name, value) if is_code else ("", item.offending_value)


def valid_codes(list_name: str) -> str:
    """Give the codes of a list; only the first where there are many. Empty for an unknown list."""
    code_list = code_lists().get(list_name)
    codes = list(code_list.codes) if code_list else []
    return ", ".join(codes[:_CODES_SHOWN]) + (" …" if len(codes) > _CODES_SHOWN else "")


def _problem_key(item: ReportItem) -> tuple[str, ...]:
    detail = str(in_language(item.detail, "en"))
    return (item.outcome, item.code, item.field, item.column, detail, item.offending_value)
