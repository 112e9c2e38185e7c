"""Review dates from a node's command to the mechanism's list: extended, expired, reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consumers.query.figures.published import PublishedQuestion
from consumers.query.persons.person_question import PersonQuestion
from consumers.query.query_layer import QueryLayer
from consumers.query.reviews import ReviewFilter, Reviews
from producers.node import CountryNode
from producers.retention import expire, extend
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from schemas.retention import ReviewStatus
from tests.support.pipeline_harness import Pipeline
from tests.support.signed_bundles import control

pytestmark = pytest.mark.integration

CO = "co-ponal"
PAST, LATER = "2026-01-01", f"{date.today().year + 2}-01-01"
ADDRESSED = parse_reader("EC/analyst/AMBER")
STRANGER = parse_reader("PE/analyst/RED")
NAMES = {"given_names": "Wilmer Retenido", "first_surname": "Huamaní", "second_surname": "Ccori"}
ENVELOPE: dict[str, Any] = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    "recipients": ["EC"],
}


def notice(reference: str, review_date: str | None, **changes: Any) -> dict[str, Any]:
    payload = {"category": "requisitoria", "action": "detain", "person": dict(NAMES)}
    envelope = {**ENVELOPE, "review_date": review_date, **changes}
    return {"reference": reference, "payload": payload, "envelope": envelope}


def reviews(pipeline: Pipeline, reader: Reader) -> Reviews:
    with pipeline.queries() as queries:
        return queries.review_dates.reviews(reader, ReviewFilter(), None)


def due(pipeline: Pipeline, reader: Reader) -> dict[str, str]:
    return {
        item.record.id: item.review_date.isoformat() for item in reviews(pipeline, reader).items
    }


@pytest.fixture(scope="module")
def ids(pipeline: Pipeline) -> dict[str, str]:
    """Three notices of Colombia: one kept, two whose review date is past."""
    with CountryNode(pipeline.settings, CO) as node:
        notices = [notice("RET-1", PAST), notice("RET-2", PAST), notice("RET-3", None)]
        results = node.publish_events("person_notice", notices, wait=60)
    assert [result.outcome for result in results] == ["sealed"] * 3, results
    numbered = {
        f"RET-{number}": to_uuid_text(result.id or b"") for number, result in enumerate(results, 1)
    }
    pipeline.eventually(lambda: len(due(pipeline, ADDRESSED)) == 2, "two records are overdue")
    return numbered


def test_only_a_reader_who_sees_the_records_learns_what_is_due(
    pipeline: Pipeline, ids: dict[str, str]
) -> None:
    assert due(pipeline, ADDRESSED) == {ids["RET-1"]: PAST, ids["RET-2"]: PAST}
    assert due(pipeline, parse_reader("CO/analyst/AMBER")).keys() == {ids["RET-1"], ids["RET-2"]}
    hidden = reviews(pipeline, STRANGER)
    assert hidden.items == []
    assert hidden.is_complete
    assert reviews(pipeline, ADDRESSED).items[0].status is ReviewStatus.OVERDUE


def test_the_report_on_a_person_holds_what_is_released_and_no_more(
    pipeline: Pipeline, ids: dict[str, str]
) -> None:
    def mention(queries: QueryLayer) -> str:
        question = PersonQuestion(name="Huamaní Ccori, Wilmer Retenido")
        persons = queries.persons.search(question, ADDRESSED, None).persons
        return persons[0].id if persons else ""

    def is_found() -> bool:
        with pipeline.queries() as queries:
            return bool(mention(queries))

    pipeline.eventually(is_found, "the person is found by name")
    with pipeline.queries() as queries:
        id_ = mention(queries)
        report = queries.person_reports.report(id_, ADDRESSED)
        assert report is not None
        assert {held.history.id for held in report.records} <= set(ids.values())
        assert all(held.mentions for held in report.records)
        days = {held.history.id: held.review_date for held in report.records}
        assert days[id_.partition(".")[0]] is not None
        assert queries.person_reports.report(id_, STRANGER) is None


def test_the_commands_answer_a_reader_and_write_their_files(
    pipeline: Pipeline, ids: dict[str, str], tmp_path: Path
) -> None:
    asking = ("--as", "EC/analyst/AMBER")
    listed = pipeline.quipu("reviews", *asking)
    assert listed.returncode == 0, listed.stderr
    assert "co-ponal: 2 records overdue" in listed.stdout
    assert max(map(len, listed.stdout.splitlines())) <= 80
    table = tmp_path / "registros.csv"
    published = pipeline.quipu("statistics", "publish", *asking, "--csv", str(table))
    assert published.returncode == 0, published.stderr
    assert "TLP:CLEAR" in table.with_suffix(".txt").read_text(encoding="utf-8")
    paper = tmp_path / "persona.pdf"
    unknown = pipeline.quipu("person-report", f"{ids['RET-1']}.7", *asking, "--pdf", str(paper))
    assert unknown.returncode != 0
    assert not paper.exists()
    report = pipeline.quipu("person-report", f"{ids['RET-1']}.0", *asking, "--pdf", str(paper))
    assert report.returncode == 0, report.stderr
    assert paper.read_bytes().startswith(b"%PDF")


def test_an_extension_keeps_one_record_and_the_other_expires(
    pipeline: Pipeline, ids: dict[str, str]
) -> None:
    with CountryNode(pipeline.settings, CO) as node:
        target = node.id_of_reference("person_notice", "RET-1")
        assert extend(node, target, date.fromisoformat(LATER), "OPEN_PROCEEDING") == []
    pipeline.eventually(
        lambda: due(pipeline, ADDRESSED) == {ids["RET-2"]: PAST}, "the extension holds"
    )
    with CountryNode(pipeline.settings, CO) as node:
        assert expire(node, wait=60) == 1
        assert expire(node) == 0
    pipeline.eventually(lambda: due(pipeline, ADDRESSED) == {}, "what was overdue is gone")


def test_only_the_owner_extends_a_record(pipeline: Pipeline, ids: dict[str, str]) -> None:
    target = bytes.fromhex(ids["RET-3"].replace("-", ""))
    offset = pipeline.by_hand("ec-mano", control("retention_extension", "RET-4", target))
    assert pipeline.verdicts("ec-mano", offset) == [("rejected", "NOT_OWNER")]


def test_what_is_published_counts_nothing_that_is_not_clear(
    pipeline: Pipeline, ids: dict[str, str]
) -> None:
    question = PublishedQuestion("type", "country", "community", 3)
    with pipeline.queries() as queries:
        totals = queries.figures.totals(ADDRESSED, question.totals)
        figures = queries.figures.published(ADDRESSED, question)
    assert ["person_notice", "CO"] in [row.keys for row in totals.rows]
    assert ids
    assert ("person_notice", "CO") not in figures.table.counts
