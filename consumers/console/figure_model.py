"""Define what a page with figures asks, and what it shows of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from consumers.console.chart_parts import Chart
from consumers.console.figure_pages import PageTable, RowLinks
from consumers.console.parameters import FieldReader
from consumers.console.record_links import Link
from consumers.exports.table import ExportTable
from consumers.presentation.figure_tables import LEFT_OUT, LEFT_OUT_FOR_COURT, Answer, dated
from consumers.query.figures.marking import (
    FigureMarking,
    file_for_court,
    file_for_others,
    reading,
)
from consumers.query.query_layer import QueryLayer
from schemas.i18n import UserMessage
from schemas.model import Reader, Use
from streams.correlation.wording import title_of_any


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What a page asks, for whom, as of when (ms since 1970 UTC, None is now).

    `is_file`: the answer leaves Quipu; `for_court`: for use as evidence.
    """

    form: FieldReader
    reader: Reader
    as_of: int | None
    lang: str
    link: Link
    is_file: bool = False
    for_court: bool = False

    @property
    def use(self) -> Use:
        """Which records may be counted."""
        if not self.is_file:
            return reading
        return file_for_court if self.for_court else file_for_others

    @property
    def notes(self) -> list[UserMessage]:
        """What a file must say of the records that it does not count."""
        if not self.is_file:
            return []
        return [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if self.for_court else [])]

    def moment_of(self, answer: Answer) -> Answer:
        """Return an answer as its form demands: a file names its moment."""
        return dated(answer, datetime.now(UTC)) if self.is_file else answer


class FigureModel(NamedTuple):
    """An answer: its table, where each figure leads, its chart, and its parameters.

    `matrix`: the same figures by two places, where they are of that kind; `sentences`: what each
    row says in words, and where it leads.
    """

    table: ExportTable
    links: Sequence[RowLinks]
    chart: Chart | None
    marking: FigureMarking
    parameters: Mapping[str, str]
    matrix: PageTable | None = None
    sentences: Sequence[tuple[str, str]] = ()


Model = Callable[[QueryLayer, FigureRequest], FigureModel | None]
"""Answers a request; None where a field of its form is wrong."""


def rule_titles(queries: QueryLayer, lang: str) -> dict[str, str]:
    """Return the titles of the rules in effect, by id."""
    return {rule.id: title_of_any(rule)[lang] for rule in queries.rules.every_by_id.values()}
