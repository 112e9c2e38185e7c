"""A finding of a rule over many records is sent once to its owners, and its end once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consumers.hits.computed_hits import disclosed_computed
from consumers.hits.decide import Owner
from consumers.hits.hit_forms import rule_changes
from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.rule_findings.rule_finding_views import RuleFindings, to_finding_view
from consumers.query.views import Evaluation, EventView
from schemas.avro.codec import log_format
from schemas.measures.rates import RateTable
from streams.rules import read_rule_book
from streams.rules.detectors.evaluate import evaluate
from tests.support.signed_bundles import example

RULES = {rule.id: rule for rule in read_rule_book().detectors}
PERU, BOLIVIA = Owner("PE", "UIF", None), Owner("BO", "UIF", None)
RATES = RateTable({("PEN", "2020-01-01"): "3.5"})


def report(number: int, country: str, amount: float, currency: str) -> EventView:
    """Make a released report of cash that one person deposits."""
    party = dict.fromkeys(("person", "entity", "entity_document", "account", "country"))
    document = {"country": "PE", "type": "national_id", "number": "45678912"}
    person = {**dict.fromkeys(("role", "name", "given_names")), "document": document}
    transaction = {
        **{"number": None, "date": f"2026-03-{number:02}", "transmode": "cash"},
        **{"amount": amount, "currency": currency, "to": None},
        "from": {**party, "person": person},
    }
    envelope = example("suspicious_flow").payload
    moment = datetime(2026, 3, number, tzinfo=UTC)
    id_ = f"00000000-0000-0000-0000-{number:012}"
    texts = dict.fromkeys(
        ("node", "purpose", "legal_basis", "urgency", "crime", "language", "cord"), "x"
    )
    nothing = dict.fromkeys(
        (
            *("supersedes", "correction_reason", "condition", "justification", "case_reference"),
            *("exercise", "occurred_until", "place_country", "subdivision", "review_date"),
            *("sequence", "item"),
        )
    )
    return EventView(
        id=id_,
        version=id_,
        type="suspicious_flow",
        status="current",
        country=country,
        authority="UIF",
        recipients=["ALL"],
        tlp="AMBER",
        handling=[],
        evaluation=Evaluation("admiralty", "B", "2"),
        occurred_from=moment,
        occurred_precision="day",
        reported_at=moment,
        recorded_at=moment,
        markings=[],
        payload={**envelope, "transactions": [transaction]},
        **texts,  # type: ignore[arg-type]
        **nothing,  # type: ignore[arg-type]
    )


def findings(*events: EventView, is_complete: bool = True) -> RuleFindings:
    rule = RULES["cash-below-the-limit"]
    by_id = {event.id: event for event in events}
    outcome = evaluate(rule, occurrences_of(events, RATES))
    views = [to_finding_view(finding, by_id) for finding in outcome.findings]
    return RuleFindings(views, [], is_complete)


PARTS = [report(day, "PE", 31_000.0, "PEN") for day in (2, 3)]


def test_amounts_are_compared_in_dollars_of_their_day() -> None:
    (finding,) = findings(*PARTS, report(4, "PE", 9_000.0, "USD")).findings
    assert finding.quantities["amount"] == pytest.approx(26_714.28, abs=0.01)
    assert findings(*PARTS, report(4, "PE", 9_000.0, "BOB")).findings == [], "no rate, no amount"


def test_a_finding_is_sent_once_to_its_owners_without_the_number_and_ends_once() -> None:
    result = findings(*PARTS, report(4, "BO", 9_000.0, "USD"))
    (hit,) = rule_changes(PERU, result, {})
    assert b"45678912" not in hit.value
    live = log_format("hit").read(hit.value)["live"]
    assert live is not None
    assert [len(live["own"]), live["others"][0]["country"]] == [2, "BO"]
    assert "3 registros" in live["sentence"]["es"]
    sent = {hit.indicator: hit.content}
    grown = findings(*PARTS, report(4, "BO", 9_000.0, "USD"), report(5, "PE", 9_000.0, "USD"))
    assert rule_changes(PERU, grown, sent) == [], "more of the same is no news"
    assert rule_changes(Owner("CO", "UIAF", None), result, {}) == []
    assert len(rule_changes(BOLIVIA, result, {})) == 1
    (end,) = rule_changes(PERU, findings(), sent)
    assert log_format("hit").read(end.value)["live"] is None
    assert rule_changes(PERU, findings(is_complete=False), sent) == []
    assert rule_changes(PERU, findings(), {end.indicator: end.content}) == []
    assert len(disclosed_computed(PERU, [hit], 0).events) == 3


def test_a_grade_that_rises_is_news_and_one_that_falls_is_not() -> None:
    result = findings(*PARTS, report(4, "BO", 9_000.0, "USD"))
    doubtful = RuleFindings([replace(result.findings[0], grade="possible")], [], True)
    (possible,) = rule_changes(PERU, doubtful, {})
    (certain,) = rule_changes(PERU, result, {possible.indicator: possible.content})
    assert rule_changes(PERU, doubtful, {certain.indicator: certain.content}) == []
