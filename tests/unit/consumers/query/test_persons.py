"""What somebody knows of a person is read or refused, joined by law, and put into words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from consumers.ledger.entries import verdict_record
from consumers.query.persons.decision import (
    VerdictRefusedError,
    VerdictRoleError,
    read_verdict,
    require_analyst,
)
from consumers.query.persons.feature_words import reasons_of
from consumers.query.persons.person_assembly import link_persons
from consumers.query.persons.person_question import (
    PersonQuestion,
    PersonQuestionError,
    read_question,
)
from consumers.query.persons.released_persons import ReleasedPerson
from consumers.store.person_keys import person_keys
from schemas.release.reader_text import parse_reader
from streams.identities.mention import PersonMention, Verdict, pair_of
from streams.matching import BirthDate, read_person, score

SECRET = b"k" * 32
READER = parse_reader("CO/analyst/AMBER")
JUAN = {
    "given_names": "Juan Carlos",
    "first_surname": "Quispe",
    "second_surname": "Mamani",
    "birth_date": "1984-03-14",
    "documents": [{"country": "PE", "type": "national_id", "number": "45678912"}],
}


class PlainEvent:
    """What the assembly looks at in an event."""

    def __init__(self, number: int) -> None:
        self.id = str(UUID(int=number))
        self.recorded_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)


def person(number: int, **fields: Any) -> ReleasedPerson:
    event: Any = PlainEvent(number)
    record = read_person({**JUAN, **fields})
    return ReleasedPerson(PersonMention(event.id, 0), record, "person", "", event)


def test_a_question_is_read_from_parts() -> None:
    record = read_question(PersonQuestion("Quispe Mamani, Juan", "14/03/1984", sex="m"))
    assert (record.given, record.surnames) == (("JUAN",), ("QUISPE", "MAMANI"))
    assert record.birth == BirthDate(1984, 3, 14)
    assert record.sex == "M"
    assert read_question(PersonQuestion("Quispe, Juan", "1984")).birth == BirthDate(1984)
    document = read_question(PersonQuestion(document="45.678.912", country="pe")).documents[0]
    assert (document.country, document.number) == ("PE", "45678912")


@pytest.mark.parametrize(
    "question",
    [
        PersonQuestion("Quispe"),
        PersonQuestion(born="1984-03-14"),
        PersonQuestion("Quispe, Juan", born="marzo"),
        PersonQuestion("Quispe, Juan", born="31/02/1984"),
        PersonQuestion("Quispe, Juan", born="1983-02-29"),
        PersonQuestion("Quispe, Juan", born="1984-13"),
        PersonQuestion("Quispe, Juan", born="99/99/9999"),
        PersonQuestion("N.N."),
        PersonQuestion(document="sin documento", country="PE"),
        PersonQuestion("Quispe, Juan", country="Narnia"),
        PersonQuestion("Q" * 300),
    ],
)
def test_what_is_too_little_or_cannot_be_read_is_refused(question: PersonQuestion) -> None:
    with pytest.raises(PersonQuestionError) as refusal:
        read_question(question)
    assert refusal.value.message.in_language("es") and refusal.value.remedy.in_language("es")


def test_a_question_with_parts_missing_shares_a_key_with_the_whole_record() -> None:
    whole = set(person_keys([person(1).record], SECRET))
    for question in (
        PersonQuestion("Quispe Mamani, Juan"),
        PersonQuestion("Kispe Mamani", "1984"),
        PersonQuestion("Quispe, Carlos", "1984"),
        PersonQuestion("Mamani Quispe", "14/03/1984"),
        PersonQuestion(document="45678912", country="PE"),
    ):
        assert whole & set(person_keys([read_question(question)], SECRET)), question
    assert whole.isdisjoint(person_keys([person(1).record], b"other" * 8))


def test_verdicts_and_contradictions_decide_who_is_who() -> None:
    first, second = person(1), person(2, first_surname="Kispe")
    other = person(3, documents=[{"country": "PE", "type": "national_id", "number": "71234568"}])
    persons = [first, second, other]

    def groups(verdicts: dict[Any, Verdict]) -> list[set[PersonMention]]:
        return [
            set(group.mentions) for group in link_persons(persons, verdicts).assembly.identities
        ]

    pair = pair_of(first.mention, second.mention)
    assert groups({}) == [{first.mention, second.mention}, {other.mention}]
    assert {first.mention} in groups({pair: Verdict.REJECTED})
    contradicting = pair_of(first.mention, other.mention)
    linked = link_persons(persons, {contradicting: Verdict.CONFIRMED})
    assert {first.mention, other.mention} <= set(linked.assembly.identities[0].mentions)
    assert {link.pair for group in linked.assembly.identities for link in group.links} <= set(
        linked.scores
    )


def test_the_reasons_of_a_pair_are_in_words_in_both_languages() -> None:
    reasons = reasons_of(score(person(1).record, person(2, first_surname="Kispe").record))
    assert {reason.name for reason in reasons} >= {"surnames", "given_names", "document"}
    assert all(set(reason.text) == {"es", "en"} for reason in reasons)
    assert all(reason.text["es"] != reason.text["en"] for reason in reasons)


def test_a_verdict_names_a_pair_in_one_order_a_word_and_a_reason() -> None:
    first, second = PersonMention(str(UUID(int=1)), 0), PersonMention(str(UUID(int=2)), 3)
    verdict = read_verdict(second.id, first.id, "rejected", "relative")
    assert verdict.pair == (first, second) and verdict.reason == "RELATIVE"
    record = verdict_record(READER, verdict, "cli", 7)
    assert record["act"] == "decided" and record["verdict"]["second_person"] == 3
    assert record["events"] == [], "an owner learns of no verdict on a record that is hidden"
    for wrong in (
        (first.id, first.id, "rejected", "RELATIVE"),
        (first.id, "x", "rejected", "RELATIVE"),
        (first.id, second.id, "perhaps", "RELATIVE"),
        (first.id, second.id, "open", "because"),
    ):
        with pytest.raises(VerdictRefusedError):
            read_verdict(*wrong)


def test_only_an_analyst_decides() -> None:
    require_analyst(READER)
    with pytest.raises(VerdictRoleError):
        require_analyst(replace(READER, roles=frozenset({"officer"})))
