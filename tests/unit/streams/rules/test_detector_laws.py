"""Laws of rules over many records: order, copies, absence, floods, and bounded work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from random import Random
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.rules import DetectorRule, read_rule_book
from streams.rules.detectors import money_paths
from streams.rules.detectors.crowding import PublisherPart
from streams.rules.detectors.detector_rule import SumForm
from streams.rules.detectors.evaluate import RuleFinding, evaluate, group_results
from streams.rules.detectors.matches import FormMatch
from streams.rules.detectors.occurrence import RuleOccurrence
from streams.rules.detectors.parser import GROUPED
from streams.rules.detectors.windows import WindowForm

RULES = {rule.id: rule for rule in read_rule_book().detectors}
HOUR_MS = 3_600_000
FLOODED = {name for name, rule in RULES.items() if rule.detector in GROUPED - {"together"}}
STEPS = (0, HOUR_MS, 24 * HOUR_MS, 24 * 24 * HOUR_MS)


def draw_records(data: st.DataObject, rule: DetectorRule) -> list[RuleOccurrence]:
    """Draw records of the rule's examples: moved in time, of other countries, some left out."""
    pool = [item for example in rule.examples for item in example.occurrences]
    places = data.draw(st.lists(st.integers(0, len(pool) - 1), max_size=20))
    drawn = []
    for number, place in enumerate(places):
        base = pool[place]
        country = data.draw(st.sampled_from((base.country, "PE", "EC")))
        drawn.append(
            replace(
                base,
                event=f"{number:08}",
                at=(base.at or 0) + data.draw(st.sampled_from(STEPS)),
                country=country,
                fields={**base.fields, "country": country},
                recorded_at=data.draw(st.integers(0, 5)),
            )
        )
    chosen = data.draw(st.sets(st.integers(0, len(rule.examples) - 1), max_size=2))
    whole = [item for place in sorted(chosen) for item in rule.examples[place].occurrences]
    return [*drawn, *(replace(item, event=f"e{place}") for place, item in enumerate(whole))]


def shown(findings: Sequence[RuleFinding]) -> list[object]:
    """List all that a reader sees of findings."""
    return [
        (item.id, item.ids, item.grade, item.key, item.events, dict(item.quantities))
        for item in findings
    ]


@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
def test_order_and_copies_change_nothing(name: str, data: st.DataObject) -> None:
    rule = RULES[name]
    drawn = draw_records(data, rule)
    shuffled = [*drawn, *drawn[:5]]
    Random(data.draw(st.integers(0, 99))).shuffle(shuffled)
    assert shown(evaluate(rule, shuffled).findings) == shown(evaluate(rule, drawn).findings)


@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
def test_what_comes_later_keeps_the_ids(name: str, data: st.DataObject) -> None:
    """Each finding is led to by its id after more records came, unless they made a hub."""
    rule = RULES[name]
    drawn = draw_records(data, rule)
    before = evaluate(rule, drawn).findings
    later = [
        replace(item, event=f"z{item.event}", recorded_at=10**15)
        for item in draw_records(data, rule)
    ]
    after = evaluate(rule, [*drawn, *later])
    ids = {id_ for finding in after.findings for id_ in finding.ids}
    if not after.crowded and rule.detector not in ("path", "together"):
        assert {finding.id for finding in before} <= ids


def brute_force(rule: DetectorRule, form: WindowForm, every: Sequence[RuleOccurrence]) -> set[str]:
    """Return the events of all windows that are enough, for one group, by looking at each."""
    own = [item for item in every if item.at is not None]
    evidence: set[str] = set()
    for first in own:
        window = [
            item
            for item in own
            if (first.at or 0) <= (item.at or 0) <= (first.at or 0) + form.within
        ]
        if isinstance(form, SumForm):
            counted = [form.counted(item.amounts, item.country) for item in window]
            amounts = [amount for amount in counted if amount is not None]
            window = [
                item for item, amount in zip(window, counted, strict=True) if amount is not None
            ]
            enough = sum(amounts) >= form.at_least and len(amounts) >= form.fewest
        else:
            enough = len({item.event for item in window}) >= form.at_least
        if enough and len({item.country for item in window}) >= rule.countries:
            evidence |= {item.event for item in window}
    return evidence


@pytest.mark.parametrize("name", ["cash-below-the-limit", "vehicle-crosses-often"])
@given(data=st.data())
def test_windows_are_those_that_somebody_finds_by_looking_at_each(
    name: str, data: st.DataObject
) -> None:
    rule = RULES[name]
    base = rule.examples[0].occurrences[0]
    hours = data.draw(st.lists(st.integers(0, 600), min_size=1, max_size=25))
    every = []
    for number, hour in enumerate(hours):
        country = data.draw(st.sampled_from(("PE", "BO", "CO")))
        amount = data.draw(st.integers(1_000, 12_000)) * 1_000_000
        fields = {**base.fields, "country": country}
        at = hour * HOUR_MS
        occurrence = replace(base, event=f"{number:04}", at=at, country=country, fields=fields)
        every.append(replace(occurrence, amounts={"usd": amount}))
    events = {event for finding in evaluate(rule, every).findings for event in finding.events}
    assert isinstance(rule.form, WindowForm)
    assert events == brute_force(rule, rule.form, every)


@pytest.mark.parametrize("name", sorted(FLOODED))
def test_who_floods_a_group_hides_nothing(name: str) -> None:
    rule = RULES[name]
    true = rule.examples[0].occurrences
    flood = [
        replace(true[0], event=f"f{number}", authority="flooder", country="PE")
        for number in range(rule.hub + 1)
    ]
    before = evaluate(rule, true).findings
    after = evaluate(rule, [*true, *flood])
    assert [item.events for item in after.findings] == [item.events for item in before]
    assert after.crowded


@pytest.mark.parametrize("name", sorted(FLOODED))
def test_what_is_left_out_says_whose_and_since_when_and_comes_back(name: str) -> None:
    rule = RULES[name]
    true = [replace(item, recorded_at=1) for item in rule.examples[0].occurrences]
    flood = [
        replace(true[0], event=f"f{number}", authority="A", country="BR", recorded_at=100 + number)
        for number in range(rule.share + 1)
    ]
    crowded = [group.crowding for group in evaluate(rule, [*flood, *true]).crowded]
    assert {(item.reason, item.limit, item.since) for item in crowded} == {
        ("publisher", rule.share, 100 + rule.share)
    }
    assert {part for item in crowded for part in item.set_aside} == {
        PublisherPart("BR", "A", rule.share + 1)
    }
    assert evaluate(rule, [*flood[1:], *true]).crowded == [], "the cause has gone"
    spread = [
        replace(item, country=("AR", "BR", "CL", "VE")[place % 4])
        for place, item in enumerate([*flood, *(replace(f, event=f"g{f.event}") for f in flood)])
    ]
    hubs = [group.crowding for group in evaluate(rule, spread).crowded]
    assert {(item.reason, item.limit) for item in hubs} == {("hub", rule.hub)}, "of many publishers"


@pytest.mark.parametrize("name", [name for name in RULES if RULES[name].detector == "network"])
@given(data=st.data())
def test_networks_too_small_to_be_found_are_left_out_of_nothing(
    name: str, data: st.DataObject
) -> None:
    rule = RULES[name]
    records = {item.event: item for item in draw_records(data, rule)}
    results = list(group_results(rule, [records[event] for event in sorted(records)]))
    outcome = evaluate(rule, records.values())
    assert [group.crowding for group in outcome.crowded] == [
        result.crowd for result in results if result.crowd
    ]
    every = {tuple(sorted(_events(match))) for result in results for match in result.matches}
    shown_events = {tuple(sorted(finding.events)) for finding in outcome.findings}
    assert every <= shown_events, "what holds for all records is found"


def _events(match: FormMatch) -> set[str]:
    return {member.occurrence.event for member in match.members}


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, of Python and of C, that some work makes."""
    number = count()

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            next(number)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(number)


@pytest.mark.parametrize("name", RULES)
def test_twice_the_records_are_twice_the_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where all of them meet in one group, place or account."""
    rule = RULES[name]
    monkeypatch.setattr(money_paths, "MOST_STEPS", 20)  # so that few transfers reach the bound
    random = Random(7)
    base = rule.examples[0].occurrences[0]

    def crowd(number: int, spread: int) -> list[RuleOccurrence]:
        chosen = [random.randrange(spread) for _ in range(number)]
        return [
            replace(
                base,
                event=f"{place:06}",
                authority=f"a{group % 9}",
                at=(base.at or 0) + place * 60_000,
                things=tuple(thing._replace(value=f"{group}") for thing in base.things),
                transfer=base.transfer
                and base.transfer._replace(source=f"{group}", target=f"{(group + 1) % spread}"),
            )
            for place, group in enumerate(chosen)
        ]

    for spread in (5, 40, 100_000):
        small, large = crowd(200, spread), crowd(400, spread)
        evaluate(rule, small)
        few = calls(lambda records=small: evaluate(rule, records))  # type: ignore[misc]
        many = calls(lambda records=large: evaluate(rule, records))  # type: ignore[misc]
        assert many <= 2.4 * few + 2_000
