"""What touched groups show is what all groups show: nothing is missed, and nothing ends twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.hits.touched_groups import reevaluate
from consumers.query.looked_at import LookedAt
from consumers.query.rule_findings.rule_candidates import thing_of_groups
from schemas.model import IndicatorId
from streams.rules import DetectorRule
from streams.rules.detectors.detector_rule import CountForm
from streams.rules.detectors.evaluate import evaluate
from streams.rules.detectors.occurrence import RuleOccurrence
from tests.unit.streams.rules.test_detector_laws import RULES, draw_records

GROUPED = {name: kind for name, rule in RULES.items() if (kind := thing_of_groups(rule))}
Findings = dict[IndicatorId, frozenset[str]]
"""The events of findings, by id."""


@dataclass(frozen=True)
class Shown:
    """A finding as far as an evaluation of groups needs it."""

    id: str
    evidence: Sequence[RuleOccurrence]


def evaluate_as_shown(rule: DetectorRule, records: Iterable[RuleOccurrence]) -> list[Shown]:
    return [Shown(item.id, item.evidence) for item in evaluate(rule, records).findings]


def by_id(findings: Iterable[Shown], country: str) -> Findings:
    """Return those with a record of a country, as an owner there knows them."""
    return {
        IndicatorId(UUID(item.id).bytes): frozenset(record.event for record in item.evidence)
        for item in findings
        if country in {record.country for record in item.evidence}
    }


def things_of(rule: DetectorRule, record: RuleOccurrence) -> set[str]:
    """Return the things that groups are found by, whether fields or observations name them."""
    kind = GROUPED[rule.id]
    named = {thing.value for thing in record.things if thing.kind == kind}
    fields = {record.fields.get(name, "") for name in rule.by if name.endswith("_account")}
    return named | (fields - {""})


def change(data: st.DataObject, records: Sequence[RuleOccurrence]) -> list[RuleOccurrence]:
    """Correct, retract and leave alone: a correction has what another record names."""
    changed = []
    for record in records:
        match data.draw(st.sampled_from(("same", "same", "same", "retracted", "corrected"))):
            case "same":
                changed.append(record)
            case "corrected":
                other = data.draw(st.sampled_from(records))
                changed.append(
                    replace(other, event=record.event, recorded_at=record.recorded_at + 9)
                )
    return changed


PAIRS = replace(
    RULES["vehicle-crosses-often"],
    form=CountForm(within=10**12, at_least=2),
    countries=1,
    hub=3,
)
"""Two records of a vehicle; more than three are a hub. Records have several vehicles."""
BASE = PAIRS.examples[0].occurrences[0]
PLATES = ("AAA111", "BBB222", "CCC333", "DDD444")


def crossing(number: int, plates: Iterable[str], country: str) -> RuleOccurrence:
    (thing,) = BASE.things
    things = tuple(thing._replace(value=plate) for plate in sorted(plates))
    fields = {**BASE.fields, "country": country}
    return replace(BASE, event=f"{number:04}", things=things, country=country, fields=fields)


crossings = st.dictionaries(
    st.integers(0, 9),
    st.tuples(st.sets(st.sampled_from(PLATES), max_size=3), st.sampled_from(("PE", "EC"))),
).map(lambda drawn: [crossing(number, *record) for number, record in drawn.items()])


def assert_law(
    rule: DetectorRule, before: Sequence[RuleOccurrence], after: Sequence[RuleOccurrence]
) -> None:
    """Assert that what touched records lead to is all that changed, for an owner in Peru."""
    touched = {item.event for item in (*before, *after) if (item in before) != (item in after)}

    def look(events: Collection[str]) -> LookedAt[Shown]:
        named = (item for item in (*before, *after) if item.event in events)
        things = {thing for record in named for thing in things_of(rule, record)}
        group = [record for record in after if not things.isdisjoint(things_of(rule, record))]
        events_of_group = frozenset(record.event for record in group)
        return LookedAt(evaluate_as_shown(rule, group), events_of_group)

    known = by_id(evaluate_as_shown(rule, before), "PE")
    result = reevaluate(touched, known, look)
    others = {id_: events for id_, events in known.items() if id_ not in result.looked_at}
    assert {**others, **by_id(result.findings, "PE")} == by_id(evaluate_as_shown(rule, after), "PE")


@pytest.mark.parametrize("name", sorted(GROUPED))
@given(data=st.data())
def test_touched_groups_give_what_all_groups_give(name: str, data: st.DataObject) -> None:
    every = draw_records(data, RULES[name])
    new = data.draw(st.sets(st.integers(0, max(len(every) - 1, 0)), max_size=3))
    before = [record for place, record in enumerate(every) if place not in new]
    after = [*change(data, before), *(every[place] for place in sorted(new) if place < len(every))]
    assert_law(RULES[name], before, after)


@settings(max_examples=150)
@given(before=crossings, changed=crossings)
def test_groups_that_share_records_are_read_whole(
    before: list[RuleOccurrence], changed: list[RuleOccurrence]
) -> None:
    """A group of which one record was reached may be a hub, or have a record that excludes it."""
    news = {record.event: record for record in changed[:3]}
    after = [record for record in before if record.event not in news]
    assert_law(PAIRS, before, [*after, *(record for record in news.values() if record.things)])
