"""Findings on persons on a real exchange: decided by an analyst abroad, and sent once to owners."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from consumers.api.request_reader import read_reader
from consumers.api.routes import persons
from consumers.query.paging import PageRange
from consumers.query.persons.decision import read_verdict
from consumers.query.persons.lookup_file import LookupFileError
from consumers.query.persons.person_findings import PersonFinding
from consumers.serving.cli_session import decide_pair
from consumers.serving.query_pool import open_pool
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from tests.support.computed_hits import (
    hits_of_rule,
    notifier_of_computed,
    publish_rows,
    send_all,
    wait_at_rest,
)
from tests.support.mapping_text import occurred_on
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration
PERSON = """"person.given_names" = "GIVEN"
"person.first_surname" = "FIRST"
"person.second_surname" = "SECOND"
"person.birth_date" = { column = "BORN", steps = [{ iso_date = ["%Y-%m-%d"] }] }
""" + occurred_on("DATE")
RULE = "wanted-person-crossed"
NOTICE = '"category" = { constant = "requisitoria" }\n"action" = { constant = "detain" }\n'
CROSSING = '"direction" = { constant = "ENTRY" }\n"crossing" = { constant = "Mataje" }\n'
COLOMBIA, ECUADOR = parse_reader("CO/analyst/AMBER"), parse_reader("EC/analyst/AMBER")
PERU = parse_reader("PE/analyst/AMBER")


def publish(pipeline: Pipeline, node: str, type_: str, fields: str, row: str) -> None:
    header = "REF,GIVEN,FIRST,SECOND,BORN,DATE"
    publish_rows(pipeline, node, type_, PERSON + fields, [header, row])


def findings(pipeline: Pipeline, reader: Reader) -> list[PersonFinding]:
    with pipeline.queries() as queries:
        return queries.persons.findings(reader, None, PageRange(50)).items


def look_up_by_api(pipeline: Pipeline, events: set[str]) -> None:
    """A list over HTTP finds what its reader may see, line by line, within limits."""
    content = "nombre,nacido,telefono\nQuispe Aruquipa Wara Sisa,1984,\nX,,\n,,+593987654321\n"
    csv = {"Content-Type": "text/csv"}
    with closing(open_pool(pipeline.settings)) as pool:
        app = FastAPI()
        app.include_router(persons.router(pool))
        client = TestClient(app)

        def ask(reader: Reader, **query: str) -> Response:
            app.dependency_overrides[read_reader] = lambda: reader
            answer: Response = client.post(
                "/v1/persons/lookup", content=content, headers=csv, params=query
            )
            return answer

        first, second, third = ask(ECUADOR).raise_for_status().json()
        mentions = (item["mention"] for person in first["persons"] for item in person["mentions"])
        assert {mention["event"] for mention in mentions} == events
        assert second["problem"]["es"] and third["problem"] is None and third["things"] == []
        assert [line["persons"] for line in ask(PERU).json()] == [[], [], []]
        file = ask(ECUADOR, format="csv", lang="en")
        assert file.headers["Content-Disposition"].endswith('.csv"') and "Kispe" in file.text
        content = "nombre\n" + "Quispe Mamani Juan\n" * (persons.MOST_LINES + 1)
        with pytest.raises(LookupFileError):
            ask(ECUADOR)


def test_an_analyst_of_one_country_decides_for_all_and_owners_are_told_once(
    pipeline: Pipeline,
) -> None:
    """A wanted person crosses without a document, with a misspelt name."""
    day = date(2018, 3, 5)
    notice_row = f"PH-N-1,Wara Sisa,Quispe,Aruquipa,1984-03-14,{day:%d/%m/%Y}"
    publish(pipeline, "co-ponal", "person_notice", NOTICE, notice_row)
    crossing_row = f"PH-M-1,Wara Sisa,Kispe,Aruquipa,1984-03-14,{day:%d/%m/%Y}"
    publish(pipeline, "ec-policia", "movement", CROSSING, crossing_row)
    other_row = f"PH-M-2,Pedro,Choque,Ticona,1970-01-02,{day:%d/%m/%Y}"
    publish(pipeline, "pe-sucamec", "movement", CROSSING, other_row)
    wait_at_rest(pipeline)
    (finding,) = findings(pipeline, ECUADOR)
    assert finding.rule == "wanted-person-crossed" and finding.grade == "certain"
    assert "Kispe" in finding.sentence["es"] and findings(pipeline, PERU) == []

    look_up_by_api(pipeline, {mention.event for mention in finding.evidence})
    first, second = (mention.id for mention in finding.evidence)
    rejected = read_verdict(first, second, "rejected", "NAMESAKE")
    assert decide_pair(pipeline.settings, COLOMBIA, rejected) is not None
    pipeline.eventually(lambda: findings(pipeline, ECUADOR) == [], "the rejection holds in Ecuador")
    withdrawn = read_verdict(first, second, "withdrawn", "OTHER")
    assert decide_pair(pipeline.settings, ECUADOR, withdrawn) is not None
    pipeline.eventually(
        lambda: [item.id for item in findings(pipeline, COLOMBIA)] == [finding.id], "it is undone"
    )
    assert decide_pair(pipeline.settings, PERU, rejected) is None, "Peru sees no such pair"

    for _round in range(2):
        with notifier_of_computed(pipeline) as computed:
            send_all(computed)
        for owner in (("CO", "PONAL"), ("EC", "POLICIA")):
            (hit,) = hits_of_rule(pipeline, owner, RULE)
            assert len(hit["live"]["own"]) == 1, "one record is the owner's"
            assert "Quispe" not in str(hit) and "Kispe" not in str(hit)
        assert hits_of_rule(pipeline, ("PE", "SUCAMEC"), RULE) == []
