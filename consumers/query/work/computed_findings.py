"""Look at findings that are computed when somebody reads, from one of their records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from consumers.query.alike.alike_queries import AlikeQueries
from consumers.query.bursts.burst_queries import BurstQueries
from consumers.query.persons.person_queries import PersonQueries
from consumers.query.rule_findings.rule_finding_queries import RuleFindingQueries
from schemas.model import Reader
from streams.rules import RuleBook


class FindingPiece(Protocol):
    """A record that a finding rests on."""

    @property
    def event(self) -> str:
        """Return the id of the event."""


class FindingOnReading(Protocol):
    """What all computed findings have."""

    @property
    def id(self) -> str | None:
        """Return the id, which stays while more records come."""

    @property
    def rule(self) -> str:
        """Return the id of the rule."""

    @property
    def title(self) -> dict[str, str]:
        """Return the title by language."""

    @property
    def tlp(self) -> str:
        """Return the most restrictive TLP of the records."""

    @property
    def last_recorded(self) -> datetime:
        """Return when the log last took a record of it."""

    @property
    def evidence(self) -> Sequence[FindingPiece]:
        """Return the records that it rests on."""


LookAround = Callable[[Reader, int | None, str, str], FindingOnReading | None]
"""(reader, as of, id of the finding, id of a record or empty) → the finding, as this reader sees
it; None where there is none for them.
"""


class ComputedFindings(NamedTuple):
    """The questions that compute findings."""

    persons: PersonQueries
    alike: AlikeQueries
    rule_findings: RuleFindingQueries
    bursts: BurstQueries
    rules: RuleBook

    def find(
        self, reader: Reader, as_of: int | None, id_: str, event: str
    ) -> FindingOnReading | None:
        """Return a finding as this reader sees it; None where there is none for them.

        `event`: id of one of its records; empty for a burst, whose own id says when it began.
        """
        if not event:
            return self.bursts.burst(id_, reader, as_of)
        for findings in self._around([event], reader, as_of):
            for finding in findings:
                if finding.id == id_:
                    return finding
        return None

    def _around(
        self, events: Collection[str], reader: Reader, as_of: int | None
    ) -> Iterable[Sequence[FindingOnReading]]:
        yield self.alike.findings_around(events, reader, as_of).findings
        yield self.persons.findings_around(events, reader, as_of, "").findings
        for rule in self.rules.at(as_of).detectors:
            yield self.rule_findings.findings_around(rule, events, reader, as_of).findings
