"""What the records of one person show together is found, explained, and silent where it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from consumers.hits.computed_hits import disclosed_computed
from consumers.hits.decide import Owner
from consumers.hits.hit_forms import person_changes
from consumers.presentation.explanation_lines import explanation_parts
from consumers.query.bursts.burst import burst_id, week_of_id
from consumers.query.bursts.detection import SeriesKey
from consumers.query.persons import person_findings
from consumers.query.persons.person_findings import (
    PersonFinding,
    finding_id,
    findings_of_document,
    is_finding_id,
    possible_findings,
    shared_documents,
)
from consumers.query.persons.released_persons import ReleasedPerson, released_persons
from consumers.query.persons.rule_conditions import TypedRecord, can_match, possible_types
from consumers.query.views import Evaluation, EventView
from schemas.avro.codec import log_format
from schemas.i18n import LANGUAGES
from streams.identities.mention import Pair, Verdict, pair_of
from streams.rules import read_rule_book

RULES = read_rule_book().identities
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
JUAN = {"given_names": "Juan Carlos", "first_surname": "Quispe", "second_surname": "Mamani"}
DOCUMENT = {"country": "PE", "type": "national_id", "number": "45678912"}


def record(
    number: int, type_: str, country: str, payload: dict[str, Any], day: int = 0
) -> ReleasedPerson:
    at = BEGIN + timedelta(days=day)
    event = EventView(
        **dict.fromkeys(EventView.__dataclass_fields__, ""),  # type: ignore[arg-type]
    )
    event = replace(
        event,
        id=str(UUID(int=number)),
        type=type_,
        country=country,
        authority={"PE": "PNP"}.get(country, "POLICIA"),
        tlp="AMBER",
        markings=[],
        payload=payload,
        occurred_from=at,
        occurred_precision="day",
        reported_at=at,
        recorded_at=at + timedelta(hours=number),
        evaluation=Evaluation("", "", ""),
    )
    (person,) = released_persons([event])
    return person


def notice(number: int, country: str, **payload: Any) -> ReleasedPerson:
    person = payload.pop("person", JUAN)
    content = {"category": "requisitoria", **payload, "person": person}
    return record(number, "person_notice", country, content)


def crossing(number: int, country: str, day: int, **person: Any) -> ReleasedPerson:
    written = {**JUAN, "first_surname": "Kispe", "role": "passenger", **person}
    return record(number, "movement", country, {"crossing": "Rumichaca", "person": written}, day)


def case(number: int, country: str, role: str = "suspect") -> ReleasedPerson:
    content = {"persons": [{**JUAN, "role": role}]}
    return record(number, "crime_incident", country, content)


def report(number: int, country: str) -> ReleasedPerson:
    transactions = [{"from": {"person": {**JUAN, "role": "sender"}}, "to": None}]
    return record(number, "suspicious_flow", country, {"transactions": transactions})


def findings_of_person(
    identity: str,
    persons: Sequence[ReleasedPerson],
    verdicts: Mapping[Pair, Verdict] = person_findings.NO_VERDICTS,
) -> list[PersonFinding]:
    return person_findings.findings_of_person(identity, persons, RULES, verdicts)


def rules_of(*persons: ReleasedPerson) -> set[str]:
    return {finding.rule for finding in findings_of_person("id.0", persons)}


def test_a_wanted_person_without_a_document_is_found_at_a_crossing_while_the_notice_holds() -> None:
    (finding,) = findings_of_person("id.0", [notice(1, "PE"), crossing(2, "EC", 5)])
    assert finding.rule == "wanted-person-crossed" and finding.tlp == "AMBER"
    assert "Juan Carlos Kispe Mamani" in finding.sentence["es"] and "Perú" in finding.sentence["es"]
    assert finding.sentence["en"].endswith("a border crossing of Ecuador on 6 March 2026.")
    assert finding.sentence["es"].endswith("un paso fronterizo del Ecuador el 6 de marzo de 2026.")
    assert [mention.type for mention in finding.evidence] == ["person_notice", "movement"]
    until = notice(1, "PE", valid_until="2026-03-04")
    assert rules_of(until, crossing(2, "EC", 5)) == set()
    assert rules_of(until, crossing(2, "EC", 3)) == {"wanted-person-crossed"}
    assert rules_of(notice(1, "PE"), crossing(2, "EC", -9)) == set()
    assert rules_of(notice(1, "PE", category="missing"), crossing(2, "EC", 5)) == set()
    with_document = notice(1, "PE", person={**JUAN, "documents": [DOCUMENT]})
    exact = crossing(2, "EC", 5, document=DOCUMENT)
    assert rules_of(with_document, exact) == set(), "the rule of equal documents reports it"


def test_cases_notices_and_reports_of_one_person_are_found_across_countries() -> None:
    assert rules_of(notice(1, "PE"), notice(2, "BO")) == {"notices-of-two-countries"}
    assert rules_of(notice(1, "PE"), notice(2, "PE")) == set()
    assert rules_of(case(1, "PE"), case(2, "CO")) == {"person-in-cases-of-two-countries"}
    assert rules_of(report(1, "PE"), case(2, "PE")) == {"reported-person-in-case"}
    assert rules_of(report(1, "PE"), report(2, "CO")) == set()


@pytest.mark.parametrize("role", ["victim", "witness", "complainant"])
def test_no_finding_is_about_a_victim_or_a_witness(role: str) -> None:
    assert rules_of(case(1, "PE", role), case(2, "CO"), report(3, "EC")) == {
        "reported-person-in-case"
    }
    assert rules_of(case(1, "PE", role), report(3, "EC")) == set()


def findings_of(*persons: ReleasedPerson) -> list[PersonFinding]:
    owners = shared_documents(persons)
    return [finding for group in owners.values() for finding in findings_of_document(group, RULES)]


def test_one_document_of_two_names_is_found_and_a_misspelt_name_is_not() -> None:
    own = notice(1, "PE", person={**JUAN, "documents": [DOCUMENT]})
    other = {"given_names": "Pedro", "first_surname": "Choque", "second_surname": "Ticona"}
    stranger = crossing(2, "EC", 5, **other, document=DOCUMENT)
    (finding,) = findings_of(own, stranger)
    assert finding.rule == "document-of-two-persons"
    assert "Pedro Choque Ticona" in finding.sentence["es"]
    assert findings_of(own, crossing(2, "EC", 5, document=DOCUMENT)) == []
    assert findings_of(own) == []


def test_the_id_stays_while_records_come_and_every_rule_speaks_both_languages() -> None:
    (first,) = findings_of_person("id.0", [notice(1, "PE"), notice(2, "BO")])
    (later,) = findings_of_person("id.0", [notice(1, "PE"), notice(2, "BO"), notice(3, "EC")])
    assert first.id == later.id and len(later.evidence) == 3
    assert "Ecuador" in later.sentence["en"]
    for rule in RULES:
        assert rule.title["es"] != rule.title["en"]


def test_a_finding_says_why_how_sure_and_what_changes_and_decides_it() -> None:
    persons = [notice(1, "PE", person={**JUAN, "birth_date": "1984-03-14"}), crossing(2, "EC", 5)]
    (finding,) = findings_of_person("id.0", persons)
    explanation = finding.explanation
    assert explanation.sentence == finding.sentence
    assert explanation.subject == dict.fromkeys(LANGUAGES, "Juan Carlos Kispe Mamani")
    assert [record.event for record in explanation.records] == [
        mention.event for mention in finding.evidence
    ]
    assert "14" in explanation.records[0].text["es"] and explanation.features
    for lang in LANGUAGES:
        headings = [part.heading for part in explanation_parts(finding, lang)]
        assert len(headings) == len(set(headings)) == 4
        texts = [*explanation.changes, *explanation.decisions, explanation.confidence]
        assert all(text[lang] for text in texts)
    assert any("reject" in text["en"] for text in explanation.decisions)
    pair = pair_of(persons[0].mention, persons[1].mention)
    (decided,) = findings_of_person("id.0", persons, {pair: Verdict.CONFIRMED})
    assert "analyst confirmed" in decided.explanation.confidence["en"]


def test_a_namesake_of_a_wanted_person_is_a_possible_finding_and_no_hit() -> None:
    persons = notice(1, "PE"), crossing(2, "EC", 5)
    (finding,) = possible_findings(*persons, RULES)
    assert (finding.rule, finding.grade) == ("wanted-person-crossed", "possible")
    assert finding.person == persons[0].mention.id
    assert "another person of this name" in finding.explanation.confidence["en"]
    assert possible_findings(notice(1, "PE"), notice(2, "BO"), RULES) == []
    assert person_changes(Owner("PE", "PNP", None), [finding], {}, is_complete=True) == []


def test_only_groups_that_a_rule_could_match_are_read() -> None:
    crossings = {TypedRecord("movement", "PE"), TypedRecord("movement", "EC")}
    assert not can_match(RULES, crossings)
    assert can_match(RULES, {*crossings, TypedRecord("person_notice", "PE")})
    cases = {TypedRecord("seizure", "PE"), TypedRecord("crime_incident", "PE")}
    assert not can_match(RULES, cases) and can_match(RULES, {*cases, TypedRecord("seizure", "CO")})
    assert possible_types(RULES) == ["movement|person_notice", "person_notice|movement"]


def test_a_notice_holds_by_the_days_of_its_country_until_the_evening_of_its_last() -> None:
    last = notice(1, "PE", valid_until="2026-03-06")
    evening = crossing(2, "EC", 5)
    late = BEGIN + timedelta(days=5, hours=15)
    moved = replace(evening.event, occurred_from=late, occurred_precision="minute")
    assert rules_of(last, evening._replace(event=moved)) == {"wanted-person-crossed"}


PERU = Owner("PE", "PNP", None)


def test_a_finding_is_sent_once_to_its_owners_without_the_name_and_ends_once() -> None:
    findings = findings_of_person("id.0", [notice(1, "PE"), notice(2, "BO")])
    (hit,) = person_changes(PERU, findings, {}, is_complete=True)
    assert b"Quispe" not in hit.value and b"Juan" not in hit.value
    live = log_format("hit").read(hit.value)["live"]
    assert live is not None
    assert live["sentence"]["es"] == "El Perú y Bolivia tienen avisos sobre una persona."
    assert (live["grade"], live["rule_version"]) == ("certain", 1)
    assert [len(live["own"]), live["others"][0]["country"]] == [1, "BO"]
    sent = {hit.indicator: hit.content}
    grown = findings_of_person("id.0", [notice(1, "PE"), notice(2, "BO"), notice(3, "EC")])
    assert person_changes(PERU, grown, sent, is_complete=True) == []
    assert person_changes(Owner("CO", "PONAL", None), findings, {}, is_complete=True) == []
    (end,) = person_changes(PERU, [], sent, is_complete=True)
    assert log_format("hit").read(end.value)["live"] is None
    assert person_changes(PERU, [], sent, is_complete=False) == []
    assert person_changes(PERU, [], {end.indicator: end.content}, is_complete=True) == []
    disclosed = disclosed_computed(PERU, [hit], 0)
    assert len(disclosed.events) == 2 and list(disclosed.questions) == ["hit"]


def test_an_id_of_a_finding_on_a_person_is_none_of_a_burst_that_can_end() -> None:
    id_ = finding_id("notices-of-two-countries", "id.0")
    assert is_finding_id(id_) and week_of_id(id_) == 0
    assert not is_finding_id(burst_id("burst", SeriesKey("movement", "crossing", "x"), 2_500))
