"""Lay lists of computed findings out as tables for files. Pure.

They are findings on persons, on what is alike, and of rules over many records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from consumers.exports.table import Cell, StreamedTable
from consumers.presentation.list_tables import joined, list_table
from consumers.query.explanations.explanation import Explanation
from schemas.i18n import UserMessage, _

NAMES = (
    *("id", "rule", "rule_version", "title", "grade", "severity", "sentence", "confidence"),
    *("countries", "authorities", "events", "last_recorded", "tlp", "markings"),
)


class ListedRecord(Protocol):
    """A record that a finding rests on."""

    @property
    def event(self) -> str:
        """Return the id of its event."""

    @property
    def country(self) -> str:
        """Return the country of its owner."""

    @property
    def authority(self) -> str:
        """Return the authority of its owner."""

    @property
    def markings(self) -> Sequence[str]:
        """Return what the reader must see with it."""


class ListedFinding(Protocol):
    """A computed finding, whatever computes it."""

    @property
    def id(self) -> str:
        """Return the id of the finding."""

    @property
    def rule(self) -> str:
        """Return the id of its rule."""

    @property
    def rule_version(self) -> int:
        """Return the version of its rule."""

    @property
    def title(self) -> dict[str, str]:
        """Return the title of its rule, by language."""

    @property
    def grade(self) -> str:
        """Return how sure it is: certain or possible."""

    @property
    def severity(self) -> str:
        """Return the severity of its rule."""

    @property
    def sentence(self) -> dict[str, str]:
        """Return who or what, where and when, by language."""

    @property
    def explanation(self) -> Explanation:
        """Return why it is shown."""

    @property
    def tlp(self) -> str:
        """Return the most restrictive level of its records."""

    @property
    def last_recorded(self) -> datetime:
        """Return when the log took its newest record."""

    @property
    def evidence(self) -> Sequence[ListedRecord]:
        """Return the records that it rests on."""


def person_findings_table(
    items: Iterable[ListedFinding], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay findings on persons out: a row for each, with the ids of its records."""
    return _table("person-findings", _("Findings on persons"), items, at, lang, notes)


def alike_findings_table(
    items: Iterable[ListedFinding], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay what is alike out: a row for each pair of records."""
    title = _("Objects and methods that are alike")
    return _table("alike-findings", title, items, at, lang, notes)


def rule_findings_table(
    items: Iterable[ListedFinding], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay what rules over many records find out: a row for each finding."""
    return _table("rule-findings", _("Patterns in many records"), items, at, lang, notes)


def _table(
    name: str,
    title: UserMessage,
    items: Iterable[ListedFinding],
    at: datetime,
    lang: str,
    notes: Sequence[UserMessage],
) -> StreamedTable:
    rows = (_cells(finding, lang) for finding in items)
    return list_table(name, title, NAMES, rows, at, lang, notes)


def _cells(finding: ListedFinding, lang: str) -> list[Cell]:
    records = finding.evidence
    return [
        *(finding.id, finding.rule, finding.rule_version, finding.title[lang], finding.grade),
        *(finding.severity, finding.sentence[lang], finding.explanation.confidence[lang]),
        joined(record.country for record in records),
        joined(record.authority for record in records),
        joined(record.event for record in records),
        *(finding.last_recorded, finding.tlp),
        joined(code for record in records for code in record.markings),
    ]
