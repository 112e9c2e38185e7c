"""The disclosure ledger on the whole pipeline: written before an answer goes out, chained, told to
owners and the auditor, binding for H3.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from consumers.api.app import application, build_app
from consumers.identity.identity import open_identity
from consumers.ledger.verification import verify_chain
from consumers.ledger.writer import DisclosureLedger
from consumers.runtime.serving_config import ServingConfig, ServingConfigWatch
from consumers.serving.query_pool import QueryPool
from infra.exchange_log.ledger_key import load_ledger_trust
from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import load
from schemas.ids import to_uuid_text
from schemas.model import Message, Offset
from schemas.topics import DISCLOSURES
from streams.rules import read_rule_book
from tests.support.identity import (
    analyst,
    form_token,
    gateway_client,
    gateway_of,
    reader_name,
    signed_in,
)
from tests.support.node import NOWHERE, row
from tests.support.pipeline_harness import Pipeline
from tests.support.signed_bundles import weapon

pytestmark = pytest.mark.integration
SERIAL = "DSC700001"
EC = "EC/analyst/AMBER"
CONDITION = "Llamar antes al fiscal de turno"


@pytest.fixture(scope="module")
def api(pipeline: Pipeline) -> Iterator[TestClient]:
    with gateway_client(pipeline.settings) as client:
        yield client


@pytest.fixture(scope="module")
def indicator(pipeline: Pipeline, api: TestClient) -> dict[str, Any]:
    """One that stands on a record of Colombia and one of Peru, as Ecuador sees it."""
    for node in ("co-ponal", "pe-sucamec"):
        pipeline.publish(node, row(9701, SERIAL), name=f"disclosed-{node}.csv")
    pipeline.eventually(lambda: bool(pipeline.indicators(SERIAL)), "the indicator is there")
    thing = get(api, EC, "/v1/things", serial=SERIAL, make="GLOCK", type="PISTOL")[0]
    return next(item for item in thing["indicators"] if item["rule"] == "weapon-in-two-countries")


def headers_of(who: str) -> dict[str, str]:
    """As the gateway says it: who asks, under the name of the account on the command line."""
    return {"X-Quipu-Reader": who, "X-Quipu-Person": reader_name(who)}


def ask(api: TestClient, who: str, path: str, **parameters: Any) -> Any:
    return api.get(path, headers=headers_of(who), params=parameters)


def get(api: TestClient, who: str, path: str, **parameters: Any) -> Any:
    answer = ask(api, who, path, **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def disclosures_of(
    pipeline: Pipeline, api: TestClient, who: str, **parameters: Any
) -> list[dict[str, Any]]:
    """What the ledger says, once it says something."""
    pipeline.eventually(
        lambda: bool(get(api, who, "/v1/disclosures", **parameters)),
        f"an entry for {who}: {parameters}",
    )
    matches: list[dict[str, Any]] = get(api, who, "/v1/disclosures", **parameters)
    return matches


def messages(pipeline: Pipeline) -> list[Message]:
    with closing(PartitionReader(pipeline.settings.kafka, DISCLOSURES, 0)) as reader:
        return list(reader.read(reader.end()))


def test_an_owner_is_told_who_was_shown_its_items_and_of_nothing_else(
    pipeline: Pipeline, api: TestClient, indicator: dict[str, Any]
) -> None:
    shown = {
        evidence_row["event"]: evidence_row["country"] for evidence_row in indicator["evidence"]
    }
    person = "EC/DNI/prosecutor/AMBER"
    get(api, person, f"/v1/indicators/{indicator['id']}")
    for country in ("CO", "PE"):
        (entry,) = disclosures_of(
            pipeline, api, f"{country}/analyst/AMBER", person=reader_name(person)
        )
        assert {event["id"] for event in entry["events"]} == {
            id_ for id_, owner in shown.items() if owner == country
        }
        assert (entry["person"], entry["through"], entry["purpose"], entry["authority"]) == (
            reader_name(person),
            "api",
            "investigation",
            "DNI",
        )
        assert (entry["indicators"], entry["things"], entry["tlp"], entry["markings"]) == (
            [],
            [],
            None,
            [],
        )
    (whole,) = disclosures_of(pipeline, api, "MEC/auditor/RED", person=reader_name(person))
    assert {event["id"] for event in whole["events"]} == set(shown)
    assert (whole["indicators"], whole["questions"]) == ([indicator["id"]], ["indicator"])
    for nobody in ("EC/analyst/RED", "BO/auditor/RED", "MEC/analyst/RED", "CO/operator/RED"):
        assert get(api, nobody, "/v1/disclosures", person=reader_name(person)) == [], nobody


def test_why_another_purpose_is_asked_for_is_kept_word_for_word_for_the_auditor_alone(
    pipeline: Pipeline, api: TestClient
) -> None:
    why = "Control reforzado en Rumichaca; =HYPERLINK() <b>"
    with open_identity(pipeline.settings) as identity:
        session = signed_in(identity, analyst("rosa.paz"))
    base = "http://127.0.0.1"
    with TestClient(application(pipeline.settings), base, follow_redirects=False) as page:
        own = {"Cookie": f"quipu_session={session}"}
        token = form_token(page, own)
        answer = page.post(
            "/asks",
            headers={**own, "Origin": base, "Sec-Fetch-Site": "same-origin"},
            data={"form": token, "purpose": "border_control", "justification": f" {why} "},
        )
    assert answer.status_code == 303
    assert "border_control" in answer.headers["set-cookie"]
    (entry,) = disclosures_of(pipeline, api, "MEC/auditor/RED", person="rosa.paz")
    assert (entry["act"], entry["purpose"], entry["justification"]) == (
        "stated",
        "border_control",
        why,
    )
    for other in ("CO/analyst/RED", "CO/auditor/RED", "PE/analyst/RED", "MEC/analyst/RED"):
        assert get(api, other, "/v1/disclosures", person="rosa.paz") == [], other


def test_the_ledger_is_asked_by_event_and_by_time(
    pipeline: Pipeline, api: TestClient, indicator: dict[str, Any]
) -> None:
    own = next(
        evidence_row["event"]
        for evidence_row in indicator["evidence"]
        if evidence_row["country"] == "CO"
    )
    foreign = next(
        evidence_row["event"]
        for evidence_row in indicator["evidence"]
        if evidence_row["country"] == "PE"
    )
    person = "EC/analyst/RED"
    get(api, person, f"/v1/events/{own}")
    (entry,) = disclosures_of(
        pipeline, api, "CO/analyst/GREEN", event=own[-8:], person=reader_name(person)
    )
    assert [(event["id"], event["version"] is not None) for event in entry["events"]] == [
        (own, True)
    ]
    assert get(api, "CO/analyst/GREEN", "/v1/disclosures", event=foreign) == []
    assert (
        get(
            api,
            "CO/analyst/GREEN",
            "/v1/disclosures",
            person=reader_name(person),
            since=datetime.now(UTC).isoformat(),
        )
        == []
    )


def test_the_command_line_is_recorded_and_reads_the_ledger(
    pipeline: Pipeline, api: TestClient, indicator: dict[str, Any]
) -> None:
    person = reader_name("EC/officer/AMBER")
    shown = pipeline.quipu("show", indicator["id"], "--as", "EC/officer/AMBER")
    assert shown.returncode == 0, shown.stderr
    (entry,) = disclosures_of(pipeline, api, "MEC/auditor/RED", person=person)
    assert (entry["through"], entry["indicators"]) == ("cli", [indicator["id"]])
    listed = json.loads(
        pipeline.quipu(
            "disclosures", "--as", "CO/analyst/AMBER", "--reader", person, "--json"
        ).stdout
    )
    assert [{event["country"] for event in item["events"]} for item in listed] == [{"CO"}]
    assert (
        person
        in pipeline.quipu("disclosures", "--as", "MEC/auditor/RED", "--reader", person).stdout
    )


@pytest.mark.parametrize("who", ["MEC/auditor/RED", "CO/analyst/AMBER"])
def test_the_list_is_read_whole_by_its_cursors(
    pipeline: Pipeline, api: TestClient, indicator: dict[str, Any], who: str
) -> None:
    get(api, EC, f"/v1/indicators/{indicator['id']}")
    get(api, EC, "/v1/events", limit=1)
    disclosures_of(pipeline, api, who)
    pipeline.eventually(
        lambda: parts_of(api, who) == get(api, who, "/v1/disclosures", limit=1000),
        "the parts together are the whole list",
    )
    assert len(parts_of(api, who)) > 1, "there is more than one part"


def parts_of(api: TestClient, who: str) -> list[dict[str, Any]]:
    """The list in parts of one, each where the `Link` of the part before says."""
    entries: list[dict[str, Any]] = []
    path: str | None = "/v1/disclosures?limit=1"
    while path is not None:
        answer = api.get(path, headers=headers_of(who))
        assert answer.status_code == 200, answer.text
        entries += answer.json()
        path = answer.links.get("next", {}).get("url")
    return entries


def test_an_empty_answer_is_recorded_once_a_minute_and_for_the_auditor_alone(
    pipeline: Pipeline, api: TestClient, indicator: dict[str, Any]
) -> None:
    before = len(messages(pipeline))
    for _ in range(3):
        assert ask(api, EC, f"/v1/events/{to_uuid_text(bytes(16))}").status_code == 404
    assert len(messages(pipeline)) == before + 1, "equal questions that show nothing"
    get(api, EC, f"/v1/indicators/{indicator['id']}")
    assert len(messages(pipeline)) == before + 2, "one entry an answer"

    def empty(who: str) -> list[Any]:
        entries = get(api, who, "/v1/disclosures", limit=1000)
        return [entry["question_hash"] for entry in entries if entry["act"] == "empty"]

    pipeline.eventually(lambda: bool(empty("MEC/auditor/RED")), "the auditor reads it")
    assert all(len(digits) == 64 for digits in empty("MEC/auditor/RED"))
    assert empty(EC) == empty("CO/auditor/RED") == []


def test_nothing_is_shown_where_it_cannot_be_recorded(
    pipeline: Pipeline, indicator: dict[str, Any]
) -> None:
    settings = pipeline.settings
    nowhere = DisclosureLedger(load({"QUIPU_HOME": str(settings.home), "QUIPU_KAFKA": NOWHERE}))
    serving = ServingConfig(pipeline.generation, read_rule_book())
    settings, proof = gateway_of(settings)
    watch = ServingConfigWatch(lambda: serving)
    app = build_app(QueryPool(settings, watch, lambda: bytes(32), nowhere))
    with TestClient(app, "http://127.0.0.1", headers=proof) as api:
        answers = []

        def has_no_ledger() -> bool:
            """A busy machine may say first that the answer took too long."""
            answers.append(ask(api, EC, f"/v1/indicators/{indicator['id']}"))
            return bool(answers[-1].json().get("code") == "LEDGER_AWAY")

        pipeline.eventually(has_no_ledger, "the answer waits for the ledger")
        assert {answer.status_code for answer in answers} == {503}
        assert not any(indicator["thing"] in answer.text for answer in answers)
        assert ask(api, EC, f"/v1/indicators/{to_uuid_text(bytes(16))}").status_code == 503, (
            "an answer that shows nothing is recorded too"
        )


def test_the_chain_shows_what_is_missing_or_changed(
    pipeline: Pipeline, api: TestClient, indicator: dict[str, Any]
) -> None:
    for _ in range(3):
        get(api, EC, f"/v1/indicators/{indicator['id']}")
    pipeline.quipu("show", indicator["id"], "--as", EC)  # a writer of its own, of one entry
    pipeline.quipu("show", indicator["id"], "--as", EC)
    whole, trust = messages(pipeline), load_ledger_trust(pipeline.settings)
    assert verify_chain(whole, trust) == []
    for at in range(len(whole) - 1):
        rest = [
            replace(message, offset=Offset(number))
            for number, message in enumerate([*whole[:at], *whole[at + 1 :]])
        ]
        assert verify_chain(rest, trust), f"{at} of {len(whole)} is missing, offsets made anew"
    changed = [
        replace(message, value=message.value[:-1] + bytes([message.value[-1] ^ 1]))
        if message.offset == 1
        else message
        for message in whole
    ]
    assert verify_chain(changed, trust)
    first, second = (pipeline.quipu("disclosures", "--verify") for _run in range(2))
    assert first.returncode == 0, first.stderr
    assert (second.returncode, "none missing" in second.stdout) == (0, True), second.stderr


def test_a_condition_is_accepted_once_by_the_record_and_for_who_accepted_it(
    pipeline: Pipeline, api: TestClient
) -> None:
    marked = {"handling": ["H3"], "condition": CONDITION, "tlp": "GREEN", "recipients": ["ALL"]}
    item = weapon("H3-1", "STOLEN", "HTRES12345", envelope=marked)
    pipeline.by_hand("co-mano", item)
    id_ = to_uuid_text(pipeline.hands["co-mano"].id_of(item))
    pipeline.eventually(
        lambda: ask(api, "CO/analyst/GREEN", f"/v1/events/{id_}").status_code == 200,
        "the owner sees it",
    )
    person, other = "PE/analyst/GREEN", "PE/officer/GREEN"
    assert ask(api, person, f"/v1/events/{id_}").status_code == 404
    offered = get(api, person, "/v1/conditions")
    assert {"country": "CO", "text": CONDITION, "accepted_at": None} in offered
    assert get(api, "CO/analyst/GREEN", "/v1/conditions") == []
    texts = {"country": "CO", "text": "another one", "event": id_}
    headers = headers_of(person)
    assert api.post("/v1/conditions", headers=headers, json=texts).status_code == 404
    assert (
        api.post("/v1/conditions", headers=headers, json={**texts, "text": CONDITION}).status_code
        == 201
    )
    pipeline.eventually(
        lambda: ask(api, person, f"/v1/events/{id_}").status_code == 200,
        "what was accepted is shown",
    )
    assert get(api, person, f"/v1/events/{id_}")["current"]["markings"] == [f"H3: {CONDITION}"]
    assert ask(api, other, f"/v1/events/{id_}").status_code == 404
    assert [
        entry["accepted_at"] is None
        for entry in get(api, person, "/v1/conditions")
        if entry["text"] == CONDITION
    ] == [False]
    accepted = [
        record
        for record in disclosures_of(pipeline, api, "CO/analyst/GREEN", person=reader_name(person))
        if record["act"] == "accepted"
    ]
    assert [(record["condition_of"], record["condition"]) for record in accepted] == [
        ("CO", CONDITION)
    ]
    assert pipeline.quipu("accept-condition", "CO", CONDITION, "--as", other).returncode == 0
    pipeline.eventually(
        lambda: ask(api, other, f"/v1/events/{id_}").status_code == 200,
        "accepted on the command line",
    )
    assert (
        pipeline.quipu("accept-condition", "CO", "nobody asks this", "--as", other).returncode == 2
    )
