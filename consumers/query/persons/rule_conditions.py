"""Say whether two records of one person are a pair of a rule over identities. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from consumers.query.persons.person_explanation import occurrence_of
from consumers.query.persons.released_persons import ReleasedPerson
from streams.matching import score
from streams.rules import IdentityRule
from streams.rules.identity_rule import IdentityRole

_GRACE = timedelta(days=1)
"""A notice may be dated by its day alone, in another time zone."""


class TypedRecord(NamedTuple):
    """What is known of a record before its content is read."""

    type: str
    country: str


def can_match(rules: Sequence[IdentityRule], records: Collection[TypedRecord]) -> bool:
    """Say whether two of these records could be a pair of a rule, whatever their content is."""
    return any(
        _could_fill(rule.pair[0], first)
        and _could_fill(rule.pair[1], second)
        and (rule.countries == "any" or first.country != second.country)
        for rule in rules
        if rule.subject == "person"
        for first, second in product(records, records)
    )


def possible_types(rules: Sequence[IdentityRule]) -> list[str]:
    """List the pairs of types, `one|other`, whose possible links a rule follows."""
    pairs = {
        f"{a}|{b}"
        for rule in rules
        if "possible" in rule.grades
        for first, second in product(rule.pair[0].types, rule.pair[1].types)
        for a, b in ((first, second), (second, first))
    }
    return sorted(pairs)


def is_pair(rule: IdentityRule, first: ReleasedPerson, second: ReleasedPerson) -> bool:
    """Say whether two records fill the rule's roles and meet its conditions."""
    return (
        first.event.id != second.event.id
        and _fills(rule.pair[0], first)
        and _fills(rule.pair[1], second)
        and (rule.countries == "any" or first.event.country != second.event.country)
        and not (rule.during_first and not _holds(first, second))
        and not (rule.unless_same_document and _have_same_document(first, second))
    )


def _could_fill(role: IdentityRole, record: TypedRecord) -> bool:
    return not role.types or record.type in role.types


def _fills(role: IdentityRole, person: ReleasedPerson) -> bool:
    category = (person.event.payload or {}).get("category")
    return (
        (not role.types or person.event.type in role.types)
        and (not role.category or category in role.category)
        and person.role not in role.without
    )


def _holds(notice: ReleasedPerson, person: ReleasedPerson) -> bool:
    """Say whether a record lies in the time of a notice, by local days.

    Where the notice does not say when it begins, it is its own date.
    """
    occurrence = None if person.event.occurred_from is None else occurrence_of(person.event)
    if occurrence is None:
        return False
    payload = notice.event.payload or {}
    begin, end = _day(payload.get("valid_from")), _day(payload.get("valid_until"))
    if begin is None:
        own = occurrence_of(notice.event)
        begin = None if own is None else own.day
    is_begun = begin is None or begin - _GRACE <= occurrence.day
    return is_begun and (end is None or occurrence.day <= end)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text[:10])
    except ValueError:
        return None


def _have_same_document(first: ReleasedPerson, second: ReleasedPerson) -> bool:
    features = score(first.record, second.record).features
    return any((feature.name, feature.level) == ("document", "same") for feature in features)
