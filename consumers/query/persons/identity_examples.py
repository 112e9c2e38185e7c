"""Say what a rule over identities finds in an example, by what assembles identities. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from consumers.query.persons.person_assembly import LinkedPersons, link_persons
from consumers.query.persons.person_findings import (
    pairs_of_document,
    pairs_of_rule,
    shared_documents,
)
from consumers.query.persons.released_persons import ReleasedPerson, released_persons
from consumers.query.views import Evaluation, EventView
from streams.rules import IdentityRule
from streams.rules.computed_examples import IdentityExample, IdentityRecord, Outcome

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_PLAIN = EventView(
    id="",
    version="",
    supersedes=None,
    correction_reason=None,
    type="",
    status="current",
    country="",
    authority="example",
    node="example",
    recipients=["ALL"],
    tlp="CLEAR",
    handling=[],
    condition=None,
    purpose="investigation",
    legal_basis="",
    urgency="",
    justification=None,
    crime="",
    case_reference=None,
    exercise=None,
    evaluation=Evaluation("", "", ""),
    occurred_from=None,
    occurred_until=None,
    occurred_precision="day",
    reported_at=_BEGIN,
    recorded_at=_BEGIN,
    place_country=None,
    subdivision=None,
    language="",
    review_date=None,
    cord="",
    sequence=None,
    item=None,
    markings=[],
    payload=None,
)
"""A record that everybody may see."""


def identity_grade_found(rule: IdentityRule, example: IdentityExample) -> Outcome:
    """Return the best grade that a rule finds on the example's persons, or none."""
    events = [_event(place, record) for place, record in enumerate(example.records)]
    persons = list(released_persons(events))
    if rule.subject == "document":
        owners = shared_documents(persons).values()
        return "certain" if any(any(pairs_of_document(rule, of)) for of in owners) else "none"
    linked = link_persons(persons, {})
    if any(any(pairs_of_rule(rule, group)) for group in _identities(linked)):
        return "certain"
    is_possible = "possible" in rule.grades and any(
        any(pairs_of_rule(rule, (linked.persons[first], linked.persons[second])))
        for (first, second), _probability in linked.assembly.possible
    )
    return "possible" if is_possible else "none"


def _identities(linked: LinkedPersons) -> Iterator[list[ReleasedPerson]]:
    for identity in linked.assembly.identities:
        yield [linked.persons[mention] for mention in identity.mentions]


def _event(place: int, record: IdentityRecord) -> EventView:
    return replace(
        _PLAIN,
        id=str(UUID(int=place + 1)),
        type=record.type,
        country=record.country,
        occurred_from=record.at,
        reported_at=record.at or _BEGIN,
        payload=dict(record.payload),
    )
