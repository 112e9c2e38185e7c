"""The search finds what is released to a reader, counts that alone, and suggests nothing else.

A brute-force reading of the same log says what each reader may find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from consumers.query.query_layer import QueryLayer
from consumers.query.search.asked_words import SearchRefusedError
from consumers.query.search.list_lookup import read_pasted_list
from consumers.query.search.search_answer import SearchAnswer, SearchQuestion
from consumers.sink.table_rows import Batch, Payload
from consumers.sink.tables import Row
from consumers.store.record_words import words_of_content
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from tests.support import derived
from tests.support.effort import examples
from tests.support.fact_store import RULES, FactStore
from tests.support.native_servers import EmbeddedServer
from tests.support.query_layers import query_layer

pytestmark = pytest.mark.integration
SECRET = b"s" * 32
NUMBERS = count(1)
"""Of messages and events: an id that was erased is erased forever."""
TOPIC = "quipu.accepted.co.g1"
TABLES = ("events", "items", "record_words", "replaced", "facts", "person_keys")
ANALYST = parse_reader("EC/analyst/AMBER")
READERS = (ANALYST, parse_reader("BO/analyst/GREEN"), parse_reader("EC/operator/AMBER"))
OPEN: Mapping[str, Any] = {"recipients": ["ALL"], "tlp": "GREEN"}
AMBER: Mapping[str, Any] = {"recipients": ["ALL"], "tlp": "AMBER"}
ELSEWHERE: Mapping[str, Any] = {"recipients": ["PE"], "tlp": "GREEN"}
EXERCISE: Mapping[str, Any] = {**OPEN, "exercise": "condor"}
LABELS = (OPEN, AMBER, ELSEWHERE, EXERCISE)
WORDS = ("mercurio", "mercado", "oro", "balsa")


@dataclass(frozen=True)
class Version:
    """What the log says of an event. `number`: of the message."""

    number: int
    words: tuple[str, ...]
    label: Mapping[str, Any]
    type: str


class SearchedTables:
    """Tables of one generation, written message by message, and what they should answer."""

    def __init__(self, store: FactStore) -> None:
        self.store = store
        self.versions: dict[int, list[Version]] = {}
        self.ended: dict[int, str] = {}
        for table in TABLES:
            store.client.execute(f"TRUNCATE TABLE {table}")

    def publish(
        self, words: tuple[str, ...], label: Mapping[str, Any], type_: str, event: int = 0
    ) -> int:
        """Write a record, or a new version of one; return the number of its event."""
        number = next(NUMBERS)
        event = event or number
        former = self.versions.setdefault(event, [])
        head = derived.envelope(
            number,
            id=derived.id16("searched", event),
            version=derived.id16("version", number),
            supersedes=derived.id16("version", former[-1].number) if former else None,
            **{"type": type_, **label},
        )
        former.append(Version(number, words, label, type_))
        self._write(number, derived.accepted_item(0, head), {"narrative": " ".join(words)})
        return event

    def act(self, type_: str, event: int) -> None:
        """Write a retraction or an erasure of an event."""
        number = next(NUMBERS)
        head = derived.envelope(number, type=type_)
        self.ended[event] = type_
        target = derived.id16("searched", event)
        self._write(number, derived.accepted_item(0, head, target=target), {})

    def _write(self, number: int, item: Any, payload: Mapping[str, Any]) -> None:
        def decrypt(_index: int, _event: Row) -> Payload:
            content = orjson.dumps(payload)
            return Payload(content, words=words_of_content(content))

        batch, record = Batch(), derived.accepted(number, [item])
        batch.add_accepted(derived.message(TOPIC, "accepted", record, number), record, decrypt)
        for _ in range(2):  # a batch may come again
            self.store.writer.write(batch)

    def expected(self, reader: Reader, words: tuple[str, ...]) -> dict[int, Version]:
        """Return the current versions with all words that the reader may see, by event."""
        return {
            event: versions[-1]
            for event, versions in self.versions.items()
            if event not in self.ended
            and may_see(reader, versions[-1].label)
            and set(words) <= set(versions[-1].words)
        }

    def queries(self) -> QueryLayer:
        return query_layer(self.store.client, RULES, SECRET)

    def search(self, text: str, reader: Reader = ANALYST, **chosen: Any) -> SearchAnswer:
        return self.queries().search.search(SearchQuestion(text, **chosen), reader).answer


def may_see(reader: Reader, label: Mapping[str, Any]) -> bool:
    clearance = label["tlp"] == "GREEN" or reader.clearance == "AMBER"
    is_named = "ALL" in label["recipients"] or reader.country in label["recipients"]
    sees_content = "operator" not in reader.roles
    return clearance and is_named and sees_content and label.get("exercise") == reader.exercise


def id_of(event: int) -> str:
    return to_uuid_text(derived.id16("searched", event))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactStore]:
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as server:
        yield FactStore(server, {})
        server.stop()


records = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple),
    st.sampled_from(LABELS),
    st.sampled_from(("weapon_record", "crime_incident")),
)
steps = st.lists(
    st.tuples(st.sampled_from(("new", "new", "correct", "retraction", "erasure")), records),
    min_size=1,
    max_size=8,
)


@given(steps=steps)
@hypothesis_settings(max_examples=examples(8), deadline=None)
def test_every_reader_finds_and_counts_what_is_released_and_nothing_else(
    store: FactStore, steps: list[tuple[str, tuple[tuple[str, ...], Mapping[str, Any], str]]]
) -> None:
    tables = SearchedTables(store)
    for what, record in steps:
        live = [event for event in tables.versions if event not in tables.ended]
        if what == "new" or not live:
            words, label, type_ = record
            tables.publish(words, label, type_)
        elif what == "correct":
            words, label, _type = record
            tables.publish(words, label, tables.versions[live[0]][-1].type, live[0])
        else:
            tables.act(what, live[-1])
    for reader in READERS:
        for words in (*((word,) for word in WORDS), ("mercurio", "oro")):
            expected = tables.expected(reader, words)
            answer = tables.search(" ".join(words), reader)
            assert {record.id for record in answer.records} == set(map(id_of, expected)), words
            assert answer.record_count == len(expected)
            types = Counter(version.type for version in expected.values())
            facet = answer.facets.get("type", ())
            assert {item.value: item.records for item in facet} == dict(types)
        suggestions = tables.queries().search.suggest("merc", reader)
        numbers = {word: len(tables.expected(reader, (word,))) for word in WORDS[:2]}
        assert {item.word: item.records for item in suggestions} == {
            word: number for word, number in numbers.items() if number
        }


def test_the_past_is_searched_as_it_was_known_and_an_erasure_empties_it(store: FactStore) -> None:
    tables = SearchedTables(store)
    event = tables.publish(("mercurio",), OPEN, "crime_incident")
    first = derived.T0 + tables.versions[event][-1].number
    tables.publish(("oro",), OPEN, "crime_incident", event)

    def ids(text: str, as_of: int | None) -> list[str]:
        part = tables.queries().search.search(SearchQuestion(text), ANALYST, as_of)
        return [record.id for record in part.answer.records]

    assert ids("mercurio", first) == ids("oro", None) == [id_of(event)]
    assert ids("mercurio", None) == ids("oro", first) == []
    tables.act("erasure", event)
    assert ids("mercurio", first) == ids("oro", None) == []
    assert store.client.execute("SELECT count() FROM record_words") == [(0,)]


def test_a_search_is_narrowed_paged_and_noted(store: FactStore) -> None:
    tables = SearchedTables(store)
    events = [tables.publish(("mercurio",), OPEN, "crime_incident") for _ in range(5)]
    tables.publish(("mercurio",), OPEN, "weapon_record")
    queries = tables.queries()
    question = SearchQuestion("mercurio", type="crime_incident")
    question = replace(question, page=question.page._replace(limit=2))
    pages = []
    part = queries.search.search(question, ANALYST)
    assert part.answer.record_count == len(events)
    while True:
        pages.append([record.id for record in part.answer.records])
        if part.next is None:
            break
        question = replace(question, page=question.page._replace(after=part.next))
        part = queries.search.search(question, ANALYST)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [id_ for page in pages for id_ in page] == [id_of(event) for event in events[::-1]]
    (disclosed,) = queries.answer.disclosed
    assert len(disclosed.events) == len(events)
    assert disclosed.question_hash
    assert not queries.answer.empty_lookups
    queries = tables.queries()
    assert queries.search.search(SearchQuestion("balsa"), ANALYST).answer.records == []
    assert queries.search.suggest("bals", ANALYST) == []
    assert [lookup.question for lookup in queries.answer.empty_lookups] == ["search", "suggestions"]
    assert not any(queries.answer.disclosed)


@pytest.mark.parametrize("month", ["2018", "2018-13", "x"])
def test_a_month_that_is_none_is_refused(store: FactStore, month: str) -> None:
    with pytest.raises(SearchRefusedError):
        SearchedTables(store).search("mercurio", month=month)


def test_a_list_says_of_each_line_what_it_finds(store: FactStore) -> None:
    tables = SearchedTables(store)
    lines = read_pasted_list("SDN836\n\nmercurio\n")
    answers = tables.queries().search.look_up(lines, ANALYST)
    assert [answer.line.number for answer in answers] == [1, 3]
    assert [answer.has_found for answer in answers] == [False, False]
    assert [answer.problem is None for answer in answers] == [True, False]
