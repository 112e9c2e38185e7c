"""Say what the records of one person show together that no single one does. Pure.

Everything here is computed from what is released to one reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
from pydantic import Field

from consumers.query.persons.person_views import MentionView
from consumers.query.persons.released_persons import ReleasedPerson, mention_view
from consumers.query.views import Recorded, Tlp
from schemas import words
from schemas.i18n import UserMessage, _
from schemas.release.rules import TLP
from streams.identities.mention import PersonMention
from streams.matching import PersonDocument, PersonRecord, score

CASES = frozenset({"crime_incident", "seizure", "threat_report"})
NOTICE, CROSSING, REPORT = "person_notice", "movement", "suspicious_flow"
WANTED = frozenset({"requisitoria", "impedimento_de_transito"})
ID_BYTES = 4
BYSTANDERS = frozenset({"victim", "witness", "complainant"})
"""Roles of persons whom no finding is about."""
DIFFERENT = 0.05
"""Below this probability two records are of two persons."""
_GRACE = timedelta(days=1)
"""A notice may be dated by its day alone, in another time zone."""


class PersonRule(NamedTuple):
    """A rule over the records of a person. The sentence has the holes name, first, second, day."""

    severity: str
    title: UserMessage
    sentence: UserMessage


RULES: Mapping[str, PersonRule] = {
    "wanted-person-crossed": PersonRule(
        "high",
        _("Wanted person at a border crossing, by name"),
        _("{name}, sought by {first}, passed a border crossing of {second} on {day}."),
    ),
    "notices-of-two-countries": PersonRule(
        "high",
        _("Notices of two countries on one person"),
        _("{first} and {second} have notices on {name}."),
    ),
    "person-in-cases-of-two-countries": PersonRule(
        "medium",
        _("One person in cases of two countries"),
        _("{name} is in a case of {first} and in a case of {second}."),
    ),
    "reported-person-in-case": PersonRule(
        "medium",
        _("Person of a financial report in a police case"),
        _("{name} is in a financial report of {first} and in a case of {second}."),
    ),
    "document-of-two-persons": PersonRule(
        "high",
        _("One document used by two persons"),
        _("{name} shows in {second} a document that bears another name in {first}."),
    ),
}


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """What the records of a person show together."""

    id: Annotated[str, Field(description="stays while more records of the person come")]
    rule: str
    severity: str
    title: Annotated[dict[str, str], Field(description="by language: es, en")]
    sentence: Annotated[dict[str, str], Field(description="by language: es, en")]
    brief: Annotated[
        dict[str, str],
        Field(description="the sentence without the person's name, as hits carry it; by language"),
    ]
    person: Annotated[str, Field(description="id of the identity, as `/v1/persons/{id}` takes it")]
    tlp: Tlp
    last_recorded: Recorded
    evidence: Annotated[list[MentionView], Field(description="in the order of occurrence")]


def findings_of_person(identity: str, persons: Sequence[ReleasedPerson]) -> list[PersonFinding]:
    """Return what the records of one identity show, at most one finding a rule.

    `identity`: its id; `persons`: its mentions, the oldest first.
    """
    findings = []
    for rule, pairs in (
        ("wanted-person-crossed", _wanted_crossings(persons)),
        ("notices-of-two-countries", _of_two_countries(_notices(persons))),
        ("person-in-cases-of-two-countries", _of_two_countries(_in_cases(persons))),
        ("reported-person-in-case", _reported_in_cases(persons)),
    ):
        evidence = list(pairs)
        if evidence:
            findings.append(_finding(rule, identity, evidence))
    return findings


def findings_of_document(persons: Sequence[ReleasedPerson]) -> list[PersonFinding]:
    """Return that one document is used by two persons; nothing where it is one person's.

    `persons`: of records that name the document, the oldest first.
    """
    pairs = [
        (first, second)
        for first, second in combinations(persons, 2)
        if first.event.id != second.event.id
        and _bears_name(first)
        and _bears_name(second)
        and score(_without_documents(first), _without_documents(second)).probability < DIFFERENT
        and _names_differ(first, second)
    ]
    if not pairs:
        return []
    return [_finding("document-of-two-persons", pairs[0][0].mention.id, pairs)]


def finding_id(rule: str, identity: str) -> str:
    """Return the id of a finding: a UUID of version 8 whose first four bytes are zero.

    A burst begins with its week, and an indicator has version 5.
    """
    digest = hashlib.sha256("\0".join(("quipu person finding", rule, identity)).encode()).digest()
    raw = bytearray(bytes(ID_BYTES) + digest[ID_BYTES:16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(UUID(bytes=bytes(raw)))


def is_finding_id(id_: str) -> bool:
    """Return whether an id of version 8 is that of a finding on a person."""
    return UUID(id_).bytes[:ID_BYTES] == bytes(ID_BYTES)


def shared_documents(
    persons: Sequence[ReleasedPerson],
) -> dict[PersonDocument, list[ReleasedPerson]]:
    """Return the persons by each certain document that more than one event names."""
    by_document: dict[PersonDocument, list[ReleasedPerson]] = {}
    for person in persons:
        for document in person.record.documents:
            if document.certain:
                by_document.setdefault(document, []).append(person)
    return {
        document: owners
        for document, owners in by_document.items()
        if len({owner.event.id for owner in owners}) > 1
    }


_Pairs = Iterator[tuple[ReleasedPerson, ReleasedPerson]]


def _wanted_crossings(persons: Sequence[ReleasedPerson]) -> _Pairs:
    """Yield notices with crossings while they held; equal documents are the exact rule's."""
    for notice in _notices(persons):
        payload = notice.event.payload or {}
        if payload.get("category") not in WANTED:
            continue
        for crossing in persons:
            occurred = crossing.event.occurred_from
            if crossing.event.type != CROSSING or occurred is None:
                continue
            if _holds(notice, occurred.date()) and not _same_document(notice, crossing):
                yield notice, crossing


def _holds(notice: ReleasedPerson, day: date) -> bool:
    """Return whether a notice held on a day. Where its begin is not known, it is its own date."""
    payload = notice.event.payload or {}
    begin, end = _day(payload.get("valid_from")), _day(payload.get("valid_until"))
    if begin is None:
        began = notice.event.occurred_from or notice.event.reported_at
        begin = began.date()
    return begin - _GRACE <= day and (end is None or day <= end)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text[:10])
    except ValueError:
        return None


def _notices(persons: Sequence[ReleasedPerson]) -> list[ReleasedPerson]:
    return [person for person in persons if person.event.type == NOTICE]


def _in_cases(persons: Sequence[ReleasedPerson]) -> list[ReleasedPerson]:
    return [
        person for person in persons if person.event.type in CASES and person.role not in BYSTANDERS
    ]


def _of_two_countries(persons: Sequence[ReleasedPerson]) -> _Pairs:
    for first, second in combinations(persons, 2):
        if first.event.country != second.event.country:
            yield first, second


def _reported_in_cases(persons: Sequence[ReleasedPerson]) -> _Pairs:
    for report in persons:
        for case in _in_cases(persons):
            if report.event.type == REPORT:
                yield report, case


def _same_document(first: ReleasedPerson, second: ReleasedPerson) -> bool:
    features = score(first.record, second.record).features
    return any((feature.name, feature.level) == ("document", "same") for feature in features)


def _bears_name(person: ReleasedPerson) -> bool:
    return bool(person.record.given and person.record.surnames)


def _without_documents(person: ReleasedPerson) -> PersonRecord:
    return msgspec.structs.replace(person.record, documents=())


def _names_differ(first: ReleasedPerson, second: ReleasedPerson) -> bool:
    """Return whether given names and surnames differ, so that no misspelling explains it."""
    features = score(first.record, second.record).features
    levels = {feature.name: feature.level for feature in features}
    return levels.get("given_names") == "differ" and levels.get("surnames") == "differ"


def _finding(
    rule: str, identity: str, pairs: Sequence[tuple[ReleasedPerson, ReleasedPerson]]
) -> PersonFinding:
    """Make a finding of the pairs that a rule joins; the sentence is about the newest pair."""
    persons = {person.mention: person for pair in pairs for person in pair}
    evidence = sorted(
        persons.values(),
        key=lambda person: (
            person.event.occurred_from or person.event.reported_at,
            person.mention,
        ),
    )
    newest = max(pairs, key=_newest_of)
    texts = RULES[rule]
    return PersonFinding(
        id=finding_id(rule, identity),
        rule=rule,
        severity=texts.severity,
        title={lang: texts.title.in_language(lang) for lang in ("es", "en")},
        sentence={lang: _sentence(texts, newest, lang) for lang in ("es", "en")},
        brief={lang: _sentence(texts, newest, lang, _("a person")) for lang in ("es", "en")},
        person=identity,
        tlp=max((person.event.tlp for person in evidence), key=TLP.index),
        last_recorded=max(person.event.recorded_at for person in evidence),
        evidence=[mention_view(person) for person in evidence],
    )


def _newest_of(pair: tuple[ReleasedPerson, ReleasedPerson]) -> tuple[datetime, PersonMention]:
    first, second = pair
    return max(first.event.recorded_at, second.event.recorded_at), second.mention


def _sentence(
    rule: PersonRule,
    pair: tuple[ReleasedPerson, ReleasedPerson],
    lang: str,
    name: UserMessage | None = None,
) -> str:
    """Say who, by whose records, and when; as the records write the name where none is given."""
    first, second = pair
    written = filter(None, (mention_view(person).name for person in (second, first)))
    occurred = second.event.occurred_from or second.event.reported_at
    countries = (words.value("country", person.event.country, lang) for person in pair)
    text = rule.sentence.with_values(
        name=name or next(written, "—"),
        day=f"{occurred:%Y-%m-%d}",
        **dict(zip(("first", "second"), countries, strict=True)),
    )
    return text.in_language(lang)[:1].upper() + text.in_language(lang)[1:]
