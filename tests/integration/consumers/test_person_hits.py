"""Findings on persons on a real exchange: decided by an analyst abroad, and sent once to owners."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from consumers.api.request_reader import read_reader
from consumers.api.routes import persons
from consumers.hits.process import computed_notifier, hit_notifier
from consumers.query.paging import PageRange
from consumers.query.persons.decision import read_verdict
from consumers.query.persons.lookup_file import LookupFileError
from consumers.query.persons.person_findings import PersonFinding
from consumers.runtime.consumer_lag import lag
from consumers.runtime.serving_config import read_serving_config
from consumers.serving.cli_session import decide_pair
from consumers.serving.query_pool import open_pool
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import load_mechanism_keys
from producers.mapping import loader
from producers.node import CountryNode
from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.errors import QuipuFormatError
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from tests.support.mapping_text import mapping_text, occurred_on
from tests.support.pipeline_harness import Pipeline
from tests.support.receipts import opened

pytestmark = pytest.mark.integration
PERSON = """"person.given_names" = "GIVEN"
"person.first_surname" = "FIRST"
"person.second_surname" = "SECOND"
"person.birth_date" = { column = "BORN", steps = [{ iso_date = ["%Y-%m-%d"] }] }
""" + occurred_on("DATE")
NOTICE = '"category" = { constant = "requisitoria" }\n"action" = { constant = "detain" }\n'
CROSSING = '"direction" = { constant = "ENTRY" }\n"crossing" = { constant = "Rumichaca" }\n'
COLOMBIA, ECUADOR = parse_reader("CO/analyst/AMBER"), parse_reader("EC/analyst/AMBER")
PERU = parse_reader("PE/analyst/AMBER")


def publish(pipeline: Pipeline, node: str, type_: str, fields: str, row: str) -> None:
    mapping = pipeline.files / f"{node}-{type_}.toml"
    text = mapping_text(type_, PERSON + fields, recipients=("CO", "EC"))
    mapping.write_text(text, encoding="utf-8")
    path = pipeline.files / f"{node}-{type_}.csv"
    path.write_text(f"REF,GIVEN,FIRST,SECOND,BORN,DATE\n{row}\n", encoding="utf-8")
    with CountryNode(pipeline.settings, node) as country:
        report = country.publish(path, loader.load_mapping(str(mapping)), wait=120)
    assert report.counts()["accepted"] == 1, [item.code for item in report.items()]


def findings(pipeline: Pipeline, reader: Reader) -> list[PersonFinding]:
    with pipeline.queries() as queries:
        return queries.persons.findings(reader, None, PageRange(50)).items


def person_hits(pipeline: Pipeline, country: str, authority: str) -> list[Record]:
    """What an authority received of persons, in the order of the log."""
    topic = topics.hits(pipeline.generation, country, authority)
    with closing(PartitionReader(pipeline.settings.kafka, topic, 0)) as reader:
        messages = list(reader.read(reader.end())) if reader.exists() else []
    bodies = []
    for message in messages:
        with suppress(QuipuFormatError):  # other tests write there what nobody believes
            bodies.append(opened(pipeline.settings, message.topic, message.value))
    hits: list[Record] = [{**log_format("hit").read(body)} for body in bodies]
    return [hit for hit in hits if hit["live"] and hit["live"]["rule"] == "wanted-person-crossed"]


def send_hits(pipeline: Pipeline) -> None:
    """Look whether a day has ended, and send what it brought."""
    keys = load_mechanism_keys(pipeline.settings)
    with (
        hit_notifier(pipeline.settings, pipeline.generation, keys) as notifier,
        computed_notifier(pipeline.settings, pipeline.generation, notifier, day_ms=1) as computed,
    ):
        computed.authorities = read_serving_config(pipeline.settings).authorities
        pipeline.eventually(notifier.resume, "it begins")
        while computed.step():
            pass


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
    pipeline.eventually(
        lambda: not any(lag(pipeline.settings, pipeline.generation).values()), "at rest"
    )
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
        send_hits(pipeline)
        for owner in (("CO", "PONAL"), ("EC", "POLICIA")):
            (hit,) = person_hits(pipeline, *owner)
            assert len(hit["live"]["own"]) == 1, "one record is the owner's"
            assert "Quispe" not in str(hit) and "Kispe" not in str(hit)
        assert person_hits(pipeline, "PE", "SUCAMEC") == []
