"""Persons are found by parts and misspelt, in released records alone, as of any moment."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest

from consumers.ledger.entries import verdict_record
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.paging import PageRange
from consumers.query.persons import finding_search
from consumers.query.persons.decision import read_verdict
from consumers.query.persons.lookup_file import read_lookup_file
from consumers.query.persons.person_question import PersonQuestion, PersonQuestionError
from consumers.query.persons.person_views import PersonAnswer
from consumers.query.query_layer import QueryLayer
from consumers.sink.table_rows import TYPE, Batch, Payload
from consumers.sink.tables import Row
from consumers.store.person_keys import person_keys
from schemas.avro.codec import log_format, raw_log_format
from schemas.ids import to_uuid_text
from schemas.model import EpochMs, Message, Offset, PartitionNumber, Reader
from schemas.release import label_codec
from schemas.release.reader_text import parse_reader
from schemas.topics import DISCLOSURES
from streams.matching import person_records
from tests.support import derived
from tests.support.fact_store import RULES, FactStore
from tests.support.native_servers import EmbeddedServer
from tests.support.query_layers import query_layer
from tests.support.signed_bundles import example

pytestmark = pytest.mark.integration
SECRET = b"s" * 32
NUMBERS = count(1)
"""Of events and entries: an id that was erased is erased forever."""
TOPIC = "quipu.accepted.co.g1"
ANALYST = parse_reader("CO/analyst/AMBER")
JUAN: Mapping[str, Any] = {
    "given_names": "Juan Carlos",
    "first_surname": "Quispe",
    "second_surname": "Mamani",
    "birth_date": "1984-03-14",
    "birth_precision": "day",
    "sex": "M",
    "documents": [{"country": "PE", "type": "national_id", "number": "45678912"}],
}

QUESTION = PersonQuestion("Quispe Mamani, Juan Carlos", "1984-03-14")


class PersonTables:
    """Tables of one generation with notices of persons, written message by message."""

    def __init__(self, store: FactStore) -> None:
        self.store, self.heads = store, dict[str, dict[str, str]]()
        written = ("events", "items", "person_keys", "replaced", "facts", "links", "verdicts")
        for table in (*written, "disclosures"):
            store.client.execute(f"TRUNCATE TABLE {table}")

    def publish(self, person: Mapping[str, Any], **envelope: Any) -> str:
        """Write a notice; return the id of its event."""
        payload = example("person_notice").payload
        empty: dict[str, Any] = {
            name: [] if isinstance(value, list) else None
            for name, value in payload["person"].items()
        }
        payload = {**payload, "phones": [], "person": {**empty, **person}}
        return self.publish_record("person_notice", payload, **envelope)

    def publish_record(self, type_: str, payload: Mapping[str, Any], **envelope: Any) -> str:
        """Write a record of any type; return the id of its event."""
        self.number = next(NUMBERS)
        head = derived.envelope(self.number, **{"type": type_, **envelope})
        self._write(derived.accepted_item(0, head), payload)
        id_ = to_uuid_text(head["id"])
        self.heads[id_] = {"type": head["type"], "country": head["country"]}
        return id_

    def act(self, type_: str, event: str) -> None:
        """Write a retraction or an erasure of an event."""
        self.number = next(NUMBERS)
        head = derived.envelope(self.number, type=type_)
        target = bytes.fromhex(event.replace("-", ""))
        self._write(derived.accepted_item(0, head, target=target), {})

    def _write(self, item: Any, payload: Mapping[str, Any]) -> None:
        def decrypt(_index: int, event: Row) -> Payload:
            persons = person_records(event[TYPE].decode(), payload)
            keys = person_keys((person.record for person in persons), SECRET)
            return Payload(json.dumps(payload).encode(), person_keys=keys)

        batch, record = Batch(), derived.accepted(self.number, [item])
        message = derived.message(TOPIC, "accepted", record, self.number)
        batch.add_accepted(message, record, decrypt)
        self.store.writer.write(batch)

    def decide(self, reader: Reader, first: str, second: str, word: str) -> None:
        """Write a verdict on the persons of two events to the ledger's tables."""
        self.number = next(NUMBERS)
        verdict = read_verdict(f"{first}.0", f"{second}.0", word, "OTHER")
        record = verdict_record(reader, verdict, "cli", 0)
        chain = {"writer": bytes(16), "sequence": 0, "previous": bytes(32), "follows": None}
        body = log_format("disclosure").write({**chain, **record})
        moment = EpochMs(derived.T0 + 1000 * self.number)
        offset = Offset(self.number)
        message = Message(DISCLOSURES, PartitionNumber(0), offset, moment, None, b"")
        batch = Batch()
        batch.add_disclosure(message, raw_log_format("disclosure").read(body))
        self.store.writer.write(batch)

    def cross(self, person: Mapping[str, Any], **envelope: Any) -> str:
        """Write a border crossing; return the id of its event."""
        payload = example("movement").payload
        empty = dict.fromkeys(payload["person"])
        return self.publish_record(
            "movement", {**payload, "person": {**empty, **person}}, **envelope
        )

    def link(
        self,
        first: str,
        second: str,
        label: Mapping[str, Any],
        kind: str = "person",
        probability: float = 0.99,
    ) -> None:
        """Write what the stream found alike in two events; both bear this label."""
        small, large = sorted(bytes.fromhex(id_.replace("-", "")) for id_ in (first, second))
        framed = label_codec.write({**derived.LABEL, **label})
        row = derived.link_row()
        ends = {
            name: {**row[name], "person": 0, "label": framed, **self.heads[to_uuid_text(id_)]}
            for name, id_ in (("first", small), ("second", large))
        }
        record = {
            **{"kind": kind, "model": "1", "first": small, "second": large, "gone": []},
            "rows": [{**row, **ends, "probability": probability}],
        }
        batch = Batch()
        batch.add_links(derived.links_message(log_format("link").write(record)))
        self.store.writer.write(batch)

    def findings(self, reader: Reader) -> list[tuple[str, set[str]]]:
        findings = self.queries().persons.findings(reader, None, PageRange(50)).items
        return [(item.rule, {mention.event for mention in item.evidence}) for item in findings]

    def groups(self, event: str, reader: Reader = ANALYST) -> tuple[set[str], set[str], set[str]]:
        """Return the events of a person, of those that it may be, and of those that it is not."""
        person = self.queries().persons.person(f"{event}.0", reader)
        assert person is not None
        sides = [
            {end[:36] for link in links for end in (link.first, link.second)}
            for links in (person.possible, person.rejected)
        ]
        own = {mention.event for mention in person.mentions}
        return own, sides[0] - own, sides[1] - own

    def queries(self) -> QueryLayer:
        return query_layer(self.store.client, RULES, SECRET)

    def search(
        self, question: PersonQuestion, reader: Reader = ANALYST, as_of: int | None = None
    ) -> PersonAnswer:
        return self.queries().persons.search(question, reader, as_of)

    def events(
        self, question: PersonQuestion, reader: Reader = ANALYST, as_of: int | None = None
    ) -> set[str]:
        answer = self.search(question, reader, as_of)
        return {item.mention.event for person in answer.persons for item in person.mentions}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactStore]:
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as server:
        yield FactStore(server, {})
        server.stop()


def test_a_person_is_found_by_parts_and_by_misspelt_names(store: FactStore) -> None:
    tables = PersonTables(store)
    juan = tables.publish(JUAN)
    tables.publish(
        {**JUAN, "given_names": "Rosa", "first_surname": "Condori", "sex": "F", "documents": []}
    )
    for question in (
        PersonQuestion("Quispe Mamani, Juan", "1984"),
        PersonQuestion("Juan Quispe Mamani"),
        PersonQuestion("Kispe Mamany, Juan"),
        PersonQuestion("Quispe, Juan", "14/03/1984"),
        PersonQuestion("Quispe, Juan", "1984-03"),
        PersonQuestion(document="45678912", country="PE"),
        PersonQuestion("Mamani, Juan", "1984", sex="M"),
        PersonQuestion("Quispe Mamani", "1984"),
    ):
        assert tables.events(question) == {juan}, question
    assert tables.events(PersonQuestion("Choque Ticona, Pedro")) == set()
    for question in (
        PersonQuestion("Quispe"),
        PersonQuestion(born="1984"),
        PersonQuestion("Quispe, Juan", "x"),
        PersonQuestion("Quispe, Juan", country="XX"),
    ):
        with pytest.raises(PersonQuestionError):
            tables.search(question)


def test_records_of_one_person_are_one_answer_with_reasons(store: FactStore) -> None:
    tables = PersonTables(store)
    first = tables.publish(JUAN)
    second = tables.publish({**JUAN, "first_surname": "Kispe"}, country="EC")
    other = tables.publish(
        {**JUAN, "documents": [{"country": "PE", "type": "national_id", "number": "71234568"}]}
    )
    answer = tables.search(QUESTION)
    groups = [{item.mention.event for item in person.mentions} for person in answer.persons]
    assert {first, second} in groups and {other} in groups
    reasons = answer.persons[0].mentions[0].reasons
    assert all(reason.text["es"] and reason.text["en"] for reason in reasons)
    person = tables.queries().persons.person(f"{second}.0", ANALYST)
    assert person is not None and person.id == f"{first}.0"
    assert {mention.event for mention in person.mentions} == {first, second}
    assert "document" in {reason.name for reason in person.links[0].reasons}


def test_what_is_hidden_retracted_or_erased_is_found_by_nobody_it_is_not_released_to(
    store: FactStore,
) -> None:
    tables = PersonTables(store)
    visible = tables.publish({**JUAN, "documents": []})
    before = tables.search(QUESTION), tables.queries().persons.person(f"{visible}.0", ANALYST)
    hidden = [
        tables.publish(JUAN, country="PE", **label)
        for label in (
            {"recipients": ["EC"]},
            {"tlp": "RED"},
            {"exercise": "condor"},
            {"handling": ["H3"], "condition": "llamar"},
        )
    ]
    after = tables.search(QUESTION), tables.queries().persons.person(f"{visible}.0", ANALYST)
    assert before == after
    assert tables.queries().persons.person(f"{hidden[0]}.0", ANALYST) is None
    owner = parse_reader("PE/CO-PONAL/analyst/RED")
    assert set(hidden[:2]) < tables.events(QUESTION, owner)
    ((moment,),) = store.client.execute(
        "SELECT toUnixTimestamp64Milli(max(recorded_at)) FROM events"
    )
    tables.act("retraction", visible)
    assert tables.events(QUESTION) == set()
    tables.act("erasure", hidden[1])
    assert hidden[1] not in tables.events(QUESTION, owner)
    rows = store.client.execute("SELECT DISTINCT UUIDNumToString(event_id) FROM person_keys")
    assert hidden[1] not in {row[0] for row in rows} and visible in {row[0] for row in rows}
    assert tables.events(QUESTION, as_of=moment) == {visible}


def test_a_block_of_too_many_alike_names_is_said_as_far_as_it_is_seen(store: FactStore) -> None:
    tables = PersonTables(store)
    hidden = {"recipients": ["CO"]}
    events = [
        tables.publish({"given_names": "Juan", "first_surname": "Quispe"}, **envelope)
        for envelope in ({}, {}, {}, {}, hidden)
    ]

    def blocks(reader: Reader) -> list[tuple[str, str, int, int | None]]:
        noise = tables.queries().noise.noise(reader)
        return [(item.reason, item.rule, item.records, item.limit) for item in noise.left_out]

    assert blocks(ANALYST) == [("block", "person", 5, 4)]
    assert blocks(parse_reader("PE/analyst/AMBER")) == [], "Peru sees four of them"
    tables.act("retraction", events[0])
    assert blocks(ANALYST) == [], "it comes back when the cause goes"


def test_every_question_leaves_its_hash_in_the_ledger(store: FactStore) -> None:
    tables = PersonTables(store)
    tables.publish(JUAN)
    queries = tables.queries()
    queries.persons.search(PersonQuestion("Quispe Mamani, Juan"), ANALYST)
    (disclosed,) = queries.answer.disclosed
    assert disclosed.question_hash is not None and len(disclosed.events) == 1
    assert queries.answer.empty_lookups == []
    queries = tables.queries()
    queries.persons.search(PersonQuestion("Choque Ticona, Pedro"), ANALYST)
    assert not any(queries.answer.disclosed)
    assert [lookup.question for lookup in queries.answer.empty_lookups] == ["persons"]


def test_a_verdict_joins_parts_is_undone_and_is_known_to_those_who_see_both_ends(
    store: FactStore,
) -> None:
    tables = PersonTables(store)
    first = tables.publish(JUAN)
    second = tables.publish({**JUAN, "first_surname": "Kispe"}, recipients=["CO", "EC"])
    stranger = tables.publish({"given_names": "Pedro", "first_surname": "Choque"})
    assert tables.groups(first) == ({first, second}, set(), set())
    tables.decide(ANALYST, first, second, "rejected")
    assert tables.groups(first) == ({first}, set(), {second})
    bolivian = parse_reader("BO/analyst/AMBER")
    assert tables.groups(first, bolivian) == ({first}, set(), set())
    tables.decide(ANALYST, first, second, "open")
    assert tables.groups(second) == ({second}, {first}, set())
    tables.decide(ANALYST, first, second, "withdrawn")
    assert tables.groups(first) == ({first, second}, set(), set())
    tables.decide(ANALYST, second, stranger, "confirmed")
    assert tables.groups(stranger) == ({first, second, stranger}, set(), set())
    person = tables.queries().persons.person(f"{stranger}.0", parse_reader("EC/analyst/AMBER"))
    assert person is not None
    (verdict,) = [link.verdict for link in person.links if link.verdict is not None]
    assert (verdict.word, verdict.country, verdict.author) == ("confirmed", "CO", None)
    tables.act("erasure", second)
    assert tables.groups(stranger) == ({stranger}, set(), set())


def test_a_list_is_one_question_of_the_ledger_with_an_answer_for_each_line(
    store: FactStore,
) -> None:
    tables = PersonTables(store)
    juan = tables.publish(JUAN)
    content = "nombre,nacido,documento,pais\nQuispe Mamani Juan,1984,,\n,,45678912,PE\nQuispe,,,\n"
    lines = read_lookup_file(content.encode())
    queries = tables.queries()
    answers = queries.persons.look_up(lines, ANALYST)
    assert [[item.mention.event for item in answer.mentions] for answer in answers] == [
        [juan],
        [juan],
        [],
    ]
    assert [answer.problem is None for answer in answers] == [True, True, False]
    (disclosed,) = queries.answer.disclosed
    assert disclosed.question_hash is not None and queries.answer.empty_lookups == []


def test_a_finding_on_a_person_is_of_those_who_see_all_of_it_and_ends_with_its_records(
    store: FactStore,
) -> None:
    tables = PersonTables(store)
    label = {"country": "PE", "authority": "PNP", "recipients": ["CO", "EC"]}
    first = tables.publish(JUAN, **label)
    second = tables.publish({**JUAN, "first_surname": "Kispe"}, **{**label, "country": "EC"})
    tables.link(first, second, label)
    assert tables.findings(ANALYST) == [("notices-of-two-countries", {first, second})]
    assert tables.findings(parse_reader("BO/analyst/AMBER")) == []
    tables.decide(ANALYST, first, second, "rejected")
    assert tables.findings(ANALYST) == []
    tables.decide(ANALYST, first, second, "withdrawn")
    assert len(tables.findings(ANALYST)) == 1
    tables.act("retraction", second)
    assert tables.findings(ANALYST) == []
    tables.act("erasure", first)
    links = store.client.execute("SELECT count() FROM links")
    assert links == [(0,)]


def test_alike_objects_and_ways_of_acting_are_for_those_who_see_both_records_and_end_with_them(
    store: FactStore,
) -> None:
    tables = PersonTables(store)
    label = {"country": "PE", "authority": "PNP", "recipients": ["CO", "EC"]}
    foreign = {**label, "country": "EC"}
    chalice = example("cultural_object").payload
    stolen = tables.publish_record("cultural_object", {**chalice, "status": "STOLEN"}, **label)
    offered = tables.publish_record("cultural_object", {**chalice, "status": "OFFERED"}, **foreign)
    method = "Boquerón desde la alcantarilla, inhibidor de señal y lanza térmica en la bóveda"
    incident = {**example("crime_incident").payload, "modus_operandi": method}
    crimes = [
        tables.publish_record("crime_incident", incident, **owner) for owner in (label, foreign)
    ]
    tables.link(stolen, offered, label, "object")
    tables.link(crimes[0], crimes[1], label, "method")

    def findings_of(reader: Reader, as_of: int | None = None) -> dict[str, set[str]]:
        findings = tables.queries().alike.findings(reader, as_of).findings
        return {item.rule: {record.event for record in item.evidence} for item in findings}

    assert findings_of(ANALYST) == {
        "same-object-in-two-countries": {stolen, offered},
        "same-method-in-two-countries": set(crimes),
    }
    assert findings_of(parse_reader("BO/analyst/AMBER")) == {}
    pages_of_alike_findings_are_the_list(tables)
    ((moment,),) = store.client.execute(
        "SELECT toUnixTimestamp64Milli(max(recorded_at)) FROM events"
    )
    tables.act("retraction", offered)
    assert set(findings_of(ANALYST)) == {"same-method-in-two-countries"}
    assert findings_of(ANALYST, moment)["same-object-in-two-countries"] == {stolen, offered}
    tables.act("erasure", crimes[0])
    assert findings_of(ANALYST) == {} and crimes[0] not in str(findings_of(ANALYST, moment))


def pages_of_alike_findings_are_the_list(tables: PersonTables) -> None:
    """A page shows its part alone, and who sees nothing of it learns of no next one."""
    queries = tables.queries()
    first = queries.alike.page(ANALYST, None, PageRange(1))
    (disclosed,) = queries.answer.disclosed
    assert {event.id for event in disclosed.events} == {
        record.event for record in first.items[0].evidence
    }
    alike = tables.queries().alike
    every = alike.findings(ANALYST).findings
    second = alike.page(ANALYST, None, PageRange(1, after=first.next))
    assert [*first.items, *second.items] == every and second.next is None
    stranger = parse_reader("BO/analyst/AMBER")
    for place in (None, first.next):
        assert alike.page(stranger, None, PageRange(1, after=place)) == ([], None, True)


def test_the_list_of_findings_goes_on_until_the_oldest_and_shows_each_once(
    store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding_search, "MOST_PAIRS", 2)
    monkeypatch.setattr(finding_search, "MOST_DOCUMENTS", 1)
    tables = PersonTables(store)
    label = {"country": "PE", "authority": "PNP", "recipients": ["CO", "EC"]}
    groups = []
    for number in range(5):
        person = {**JUAN, "documents": [], "birth_date": f"19{50 + 7 * number}-03-14"}
        events = [
            tables.publish(person, **{**label, "country": country})
            for country in ("PE", "EC", "PE")
        ]
        for event in events[1:]:
            tables.link(events[0], event, label)
        groups.append(set(events))
    confirmed = [
        tables.publish({"given_names": name, "first_surname": "Choque"}, **{**label, "country": at})
        for name, at in (("Pedro", "PE"), ("Rosa", "EC"))
    ]
    tables.decide(ANALYST, confirmed[0], confirmed[1], "confirmed")
    after, pages = None, []
    while True:
        page = tables.queries().persons.findings(ANALYST, None, PageRange(1, after=after))
        pages.append(page.items)
        after = page.next and read_cursor(write_cursor(page.next))
        if after is None:
            break
    listed = [{mention.event for mention in item.evidence} for items in pages for item in items]
    assert sorted(map(sorted, listed)) == sorted(map(sorted, [*groups, set(confirmed)]))
    every = tables.queries().persons.every_finding(ANALYST, None, "EC")
    assert len(every.findings) == 6 and every.is_complete
    assert tables.queries().persons.every_finding(ANALYST, None, "BO").findings == []


def test_a_wanted_namesake_at_a_crossing_is_possible_until_an_analyst_decides(
    store: FactStore,
) -> None:
    tables = PersonTables(store)
    label = {"country": "PE", "authority": "PNP", "recipients": ["CO", "EC"]}
    rare = {"given_names": "Wara", "first_surname": "Tarqui", "second_surname": "Aruquipa"}
    notice = tables.publish({**rare, "nationalities": ["BO"]}, **label)
    crossed = tables.cross({**rare, "nationality": "BO"}, **{**label, "country": "EC"})
    tables.link(notice, crossed, label, probability=0.6)

    def findings() -> list[tuple[str, str]]:
        page = tables.queries().persons.findings(ANALYST, None, PageRange(50))
        return [(item.rule, item.grade) for item in page.items]

    assert findings() == [("wanted-person-crossed", "possible")]
    tables.decide(ANALYST, notice, crossed, "rejected")
    assert findings() == []
    tables.decide(ANALYST, notice, crossed, "confirmed")
    assert findings() == [("wanted-person-crossed", "certain")]
    tables.decide(ANALYST, notice, crossed, "withdrawn")
    assert findings() == [("wanted-person-crossed", "possible")]


def test_a_record_whose_id_ends_in_a_zero_byte_is_erased_like_any_other(
    store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = PersonTables(store)
    number = next(n for n in range(1_000, 10**6) if derived.id16("event", n)[-1] == 0)
    monkeypatch.setattr(sys.modules[__name__], "NUMBERS", count(number))
    event = tables.publish(JUAN)
    assert tables.events(PersonQuestion("Quispe Mamani, Juan")) == {event}
    tables.act("erasure", event)
    contents = "SELECT count() FROM events FINAL WHERE type = 'person_notice' AND payload != ''"
    for left in (contents, "SELECT count() FROM person_keys", "SELECT count() FROM facts"):
        assert store.client.execute(left) == [(0,)], left
