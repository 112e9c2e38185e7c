"""Work on the whole exchange: sealed in the log, shown to its audience, and erased everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import pytest

from consumers.ledger.verification import verify_chain
from consumers.query.work.acts import WorkAct, WorkDraft, WorkKind
from consumers.query.work.drafts import (
    FindingWord,
    erasing,
    mark_draft,
    opening,
    read_audience,
    read_member,
    read_reference,
    texts,
    verdict_draft,
)
from consumers.query.work.refused import WorkRefusedError
from consumers.query.work.work_views import CaseView
from consumers.serving.query_pool import QueryPool, open_pool
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.ledger_key import load_ledger_trust
from infra.exchange_log.partition_reader import PartitionReader
from infra.exchange_log.work_keys import WorkKeyBook
from infra.keys.keyring import load_mechanism_keys
from schemas.model import Message, Reader
from schemas.release.reader_text import parse_reader
from schemas.topics import DISCLOSURES, WORK_KEYS
from tests.support.identity import gateway_client
from tests.support.node import row
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration
SERIAL = "WRK700001"
ANALYST = parse_reader("EC/DNI/analyst/AMBER")
STRANGER_TEXT = "PE/PNP/analyst/AMBER"
STRANGER = parse_reader(STRANGER_TEXT)
SECRET_TEXT = "El testigo es Fulano"


@pytest.fixture(scope="module")
def pool(pipeline: Pipeline) -> Iterator[QueryPool]:
    with closing(open_pool(pipeline.settings)) as pool:
        yield pool


@pytest.fixture(scope="module")
def finding(pipeline: Pipeline) -> str:
    """The id of a finding on records of Colombia and Peru."""
    for node in ("co-ponal", "pe-sucamec"):
        pipeline.publish(node, row(9711, SERIAL), name=f"worked-{node}.csv")
    pipeline.eventually(lambda: bool(pipeline.indicators(SERIAL)), "the indicator is there")
    return pipeline.indicators(SERIAL)[0].id


def do(pool: QueryPool, reader: Reader, draft: WorkDraft) -> str:
    assert pool.work(reader, draft, "api"), draft
    return draft.object


def case_of(pool: QueryPool, id_: str, reader: Reader) -> CaseView | None:
    with pool.queries() as queries:
        return queries.work.case(id_, reader)


def messages(pipeline: Pipeline, topic: str) -> list[Message]:
    with closing(PartitionReader(pipeline.settings.kafka, topic, 0)) as reader:
        return list(reader.read(reader.end()))


def key_of(pipeline: Pipeline, id_: str) -> bytes | None:
    keys = load_mechanism_keys(pipeline.settings)
    with (
        closing(ConfigLog(pipeline.settings)) as config,
        closing(WorkKeyBook(pipeline.settings, config, keys)) as book,
    ):
        return book.key_of(UUID(id_).bytes)


def test_a_case_is_sealed_in_the_log_shown_to_its_members_and_erased(
    pipeline: Pipeline, pool: QueryPool, finding: str
) -> None:
    content = texts(title="Ruta del norte", text=SECRET_TEXT)
    case = do(pool, ANALYST, opening(WorkKind.CASE, content, read_audience("self")))
    item = WorkDraft(
        case, WorkKind.CASE, WorkAct.ITEM_ADDED, about=(read_reference("finding", finding),)
    )
    do(pool, ANALYST, item)
    note = opening(
        WorkKind.NOTE, texts(text="Llamar"), read_audience("case"), read_reference("case", case)
    )
    do(pool, ANALYST, note)
    view = case_of(pool, case, ANALYST)
    assert view is not None and view.text == SECRET_TEXT
    assert [shown.reference.id for shown in view.items] == [finding]
    assert len(view.timeline) == 2 and [note.text for note in view.notes] == ["Llamar"]
    assert [entry.act for entry in view.custody] == [
        "case_opened",
        "case_item_added",
        "note_opened",
    ]
    assert case_of(pool, case, STRANGER) is None
    assert not pool.work(STRANGER, WorkDraft(case, WorkKind.CASE, WorkAct.CLOSED), "api")
    member = read_member(STRANGER.person, "PE", "viewer")
    do(pool, ANALYST, WorkDraft(case, WorkKind.CASE, WorkAct.MEMBER_ADDED, member=member))
    assert case_of(pool, case, STRANGER) is not None
    assert not any(SECRET_TEXT.encode() in entry.value for entry in messages(pipeline, DISCLOSURES))
    assert verify_chain(messages(pipeline, DISCLOSURES), load_ledger_trust(pipeline.settings)) == []
    do(pool, ANALYST, erasing(WorkKind.CASE, case, "COURT_ORDER"))
    stub = case_of(pool, case, ANALYST)
    assert stub is not None and (stub.text, stub.summary.title, stub.items) == ("", "", [])
    assert (stub.summary.status, stub.erased_because) == ("erased", "COURT_ORDER")
    assert key_of(pipeline, case) is None
    assert key_of(pipeline, note.object) is not None
    left = f"SELECT 1 FROM work_content WHERE object = unhex('{UUID(case).hex}')"
    with pipeline.client() as client:
        pipeline.eventually(lambda: not client.execute(left), "the content leaves the store")
    assert messages(pipeline, WORK_KEYS)


def test_a_watch_list_finds_what_came_since_and_is_nobody_elses(
    pipeline: Pipeline, pool: QueryPool, finding: str
) -> None:
    name = texts(title="Armas")
    watch_list = do(pool, ANALYST, opening(WorkKind.WATCH_LIST, name, read_audience("self")))
    mark = {"kind": "weapon", "number": SERIAL, "make": "GLOCK", "type": "PISTOL"}
    do(pool, ANALYST, mark_draft(watch_list, mark))
    with pool.queries() as queries:
        hits = queries.work.watch_hits(watch_list, ANALYST)
        assert {hit.country for hit in hits} == {"CO", "PE"}
        since = max(int(hit.recorded_at.timestamp() * 1000) for hit in hits)
        assert queries.work.watch_hits(watch_list, ANALYST, since) == []
        assert queries.work.watch_hits(watch_list, STRANGER) == []
        assert queries.work.watch_lists(STRANGER) == []
    with pytest.raises(WorkRefusedError):
        mark_draft(watch_list, {"kind": "name", "name": "A"})


def test_a_verdict_on_a_finding_is_shown_to_who_sees_it_and_is_undone(
    pool: QueryPool, finding: str
) -> None:
    do(pool, ANALYST, verdict_draft(finding, "rejected", "COINCIDENCE", "Es otra arma"))
    with pool.queries() as queries:
        own = queries.work.verdicts([finding], ANALYST)[finding]
        foreign = queries.work.verdicts([finding], STRANGER)[finding]
    assert (own.verdict, own.text, own.author.person) == (
        "rejected",
        "Es otra arma",
        ANALYST.person,
    )
    assert (foreign.verdict, foreign.text, foreign.author.person) == ("rejected", "", None)
    do(pool, ANALYST, verdict_draft(finding, FindingWord.UNSURE, "NOT_ENOUGH"))
    with pool.queries() as queries:
        last = queries.work.verdicts([finding], STRANGER)[finding]
    assert (last.verdict, [former.verdict for former in last.former]) == ("unsure", ["rejected"])
    do(pool, ANALYST, verdict_draft(finding, "withdrawn", "MISTAKE"))
    with pool.queries() as queries:
        assert queries.work.verdicts([finding], ANALYST) == {}
    absent = verdict_draft("99999999-9999-4999-8999-999999999999", "confirmed", "CHECKED")
    assert not pool.work(ANALYST, absent, "api")


def test_a_saved_search_is_shared_with_an_authority(pool: QueryPool) -> None:
    content = texts(title="Armas en la frontera", page="indicators", query="country=PE")
    search = do(pool, ANALYST, opening(WorkKind.SAVED_SEARCH, content, read_audience("authority")))
    colleague, elsewhere = (
        parse_reader("EC/DNI/officer/GREEN"),
        parse_reader("EC/ANT/officer/GREEN"),
    )
    with pool.queries() as queries:
        assert [view.query for view in queries.work.saved_searches(colleague)] == ["country=PE"]
        assert queries.work.saved_searches(elsewhere) == []
        assert queries.work.saved_search(search, elsewhere) is None


def test_a_visitor_works_on_the_pages_and_nobody_else_sees_it(
    pipeline: Pipeline, finding: str
) -> None:
    with gateway_client(pipeline.settings) as client:
        own, others = ({"X-Quipu-Reader": text} for text in ("EC/DNI/analyst/AMBER", STRANGER_TEXT))
        own_form = {**own, "Origin": "http://127.0.0.1"}

        def see(path: str, status: int = 200, headers: dict[str, str] = own) -> str:
            answer = client.get(path, headers=headers)
            assert answer.status_code == status, (path, answer.text[:3000])
            return str(answer.text)

        def do_form(back: str, fields: dict[str, str], status: int = 303) -> str:
            token = re.search(r'name="form" value="([^"]+)"', see("/cases"))
            assert token is not None
            data = {"form": token[1], **fields}
            answer = client.post(
                "/work", params={"back": back}, data=data, headers=own_form, follow_redirects=False
            )
            assert answer.status_code == status, answer.text[:3000]
            return str(answer.headers.get("location", ""))

        place = do_form(
            "/cases/{id}", {"kind": "case", "act": "opened", "title": "Ruta azul", "scope": "self"}
        )
        case = place.rpartition("/")[2]
        about = f"finding:{finding}"
        work = f"/work?about={about}"
        assert "Ruta azul" in see(work) and "Ruta azul" not in see(work, headers=others)
        item = {"kind": "case", "act": "item_added", "object": case, "about": about}
        do_form(work, {**item, "text": "Mirar"})
        note = {"kind": "note", "act": "opened", "about": about, "scope": "self"}
        do_form(work, {**note, "text": "Nota mía"})
        verdict = {"kind": "finding_verdict", "act": "verdict", "about": about, "word": "rejected"}
        do_form(work, {**verdict, "reason": "COINCIDENCE", "text": "Solo en casa"})
        assert {"Nota mía", "Solo en casa"} <= set(re.findall(r"Nota mía|Solo en casa", see(work)))
        assert not re.search(r"Nota mía|Solo en casa", see(work, headers=others))
        assert "Mirar" in see(place)
        see(place, 404, others)
        assert "Ruta azul" not in see("/cases", headers=others)
        watch_list = do_form(
            "/watch-lists/{id}", {"kind": "watch_list", "act": "opened", "title": "Placas"}
        )
        mark = {"act": "mark", "object": watch_list.rpartition("/")[2], "make": "GLOCK"}
        mark |= {"mark": "weapon", "number": SERIAL, "type": "PISTOL"}
        do_form(watch_list, mark)
        assert see(watch_list).count("/events/") == 2
        do_form(watch_list, {**mark, "mark": "none"}, 422)
        for path in ("/watch-lists", "/saved-searches", f"/indicators/{finding}?lang=en"):
            see(path)
        see(watch_list, 404, others)
        answer = client.post("/work", data={"form": "no", "act": "closed"}, headers=own_form)
        assert answer.status_code == 403
