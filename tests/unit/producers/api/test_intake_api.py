"""The HTTP intake without Kafka: every event is sealed in the outbox or told why not, before the
answer goes out.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from infra.settings import Settings
from producers.api import app, request_body
from producers.api.node_host import NodeHost, ensure_token
from producers.errors import OutboxError
from producers.node import CountryNode
from producers.outbox import verdicts
from producers.outbox.store import Outbox
from schemas.model import Cord
from tests.support.node import NODE, offline
from tests.support.receipts import receipt_record

ENVELOPE = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    "occurred_from": "2018-03-02T00:00:00-05:00",
    "occurred_precision": "day",
}


def event(number: int, serial: str = "ABC123", **more: Any) -> dict[str, Any]:
    weapon = {
        "kind": "firearm",
        "type": "PISTOL",
        "make": "GLOCK",
        "calibre": "9MM",
        "serial": serial,
    }
    record = {
        "type": "weapon_record",
        "reference": f"R-{number}",
        "payload": {"weapon": weapon, "status": "STOLEN"},
        "envelope": ENVELOPE,
    }
    return {**record, **more}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return offline(tmp_path)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    secret = ensure_token(settings.node_dir(NODE))
    with NodeHost(settings, NODE, "quipu serve") as intake:
        yield TestClient(
            app.create_app(intake, secret),
            "http://127.0.0.1",
            headers={"Authorization": f"Bearer {secret}"},
        )


def outcomes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["outcome"] for item in answer.json()["answers"]]


def items(settings: Settings) -> list[Any]:
    return Outbox(settings.node_dir(NODE) / "outbox.db").rows(
        "SELECT id, version, cord FROM items ORDER BY number"
    )


def test_what_is_answered_sealed_lies_in_the_outbox_and_again_it_is_a_duplicate(
    client: TestClient, settings: Settings
) -> None:
    first = client.post("/v1/events", json=event(1))
    assert outcomes(first) == ["sealed"]
    [(id_, version, _)] = items(settings)
    answer = first.json()["answers"][0]
    assert (
        bytes.fromhex(answer["id"].replace("-", "")),
        bytes.fromhex(answer["version"].replace("-", "")),
    ) == (id_, version)
    again = client.post("/v1/events", json=[event(1), event(2), event(2)])
    assert outcomes(again) == ["duplicate", "sealed", "duplicate"]
    assert again.json()["answers"][0]["id"] == answer["id"]
    assert len(items(settings)) == 2


REFUSED: list[tuple[object, str, str]] = [
    (
        event(1, payload={"weapon": {"kind": "firearm"}, "status": "VANISHED"}),
        "UNKNOWN_CODE",
        "status",
    ),
    (event(1, payload=[1]), "BROKEN_FORMAT", "payload"),
    (event(1, payload={"weapon": 7, "status": "STOLEN"}), "BROKEN_FORMAT", "weapon"),
    (
        event(1, payload={"weapon": {"kind": "firearm"}, "status": "STOLEN", "colour": "red"}),
        "BROKEN_FORMAT",
        "colour",
    ),
    (event(1, type="weapon_recrod"), "UNKNOWN_CODE", "type"),
    (event(1, type="../weapon_record"), "UNKNOWN_CODE", "type"),
    (event(1, type="retraction"), "UNKNOWN_CODE", "type"),
    (event(1, type=None), "MISSING_FIELD", "type"),
    (event(1, envelope={**ENVELOPE, "tlp": None}), "MISSING_FIELD", "tlp"),
    (event(1, envelope={**ENVELOPE, "tlp": 7}), "BROKEN_FORMAT", "tlp"),
    (event(1, envelope={**ENVELOPE, "recipients": 5}), "BROKEN_FORMAT", "recipients"),
    (event(1, envelope={**ENVELOPE, "handling": [{}]}), "BROKEN_FORMAT", "handling[0]"),
    (event(1, envelope={**ENVELOPE, "evaluation": "A1"}), "BROKEN_FORMAT", "evaluation"),
    (
        event(1, envelope={**ENVELOPE, "evaluation": {"scheme": "4x4"}}),
        "MISSING_FIELD",
        "evaluation.source",
    ),
    (event(1, envelope={**ENVELOPE, "country": "PE"}), "BROKEN_FORMAT", "country"),
    (
        event(1, envelope={**ENVELOPE, "occurred_from": "2018-03-02"}),
        "IMPOSSIBLE_DATE",
        "occurred_from",
    ),
    (event(1, envelope={**ENVELOPE, "occurred_from": 10**30}), "BAD_NUMBER", "occurred_from"),
    (
        event(1, envelope={**ENVELOPE, "occurred_from": "2999-03-02T00:00:00Z"}),
        "FROM_FUTURE",
        "occurred_from",
    ),
    (event(1, reference=""), "BROKEN_FORMAT", "reference"),
    (
        event(1, correction_reason="WRONG", reference="R-99"),
        "UNKNOWN_TARGET",
        "source_reference",
    ),
    (event(1, note="x"), "BROKEN_FORMAT", "note"),
    ("R-1", "BROKEN_FORMAT", ""),
    ([event(1)], "BROKEN_FORMAT", ""),
    (None, "BROKEN_FORMAT", ""),
]
"""What is no event: with the code and the field of its refusal."""


def test_a_refused_event_has_its_code_and_the_others_go_on(
    client: TestClient, settings: Settings
) -> None:
    for number, (wrong, code, field) in enumerate(REFUSED):
        answer = client.post(
            "/v1/events",
            content=json.dumps([event(700 + number), wrong, event(800 + number)]),
            headers={"Accept-Language": "en"},
        )
        assert outcomes(answer) == ["sealed", "refused", "sealed"], wrong
        reasons = answer.json()["answers"][1]["reasons"]
        assert (code, field) in [(reason["code"], reason["field"]) for reason in reasons]
        assert all(reason["message"] and reason["remedy"] for reason in reasons), wrong
        assert len(items(settings)) == 2 * (number + 1), wrong


def test_the_same_reference_with_other_content_is_a_conflict_unless_it_is_a_correction(
    client: TestClient,
) -> None:
    corrected = event(1, "MENDED1", correction_reason="WRONG")
    answer = client.post("/v1/events", json=[event(1), event(1, "OTHER1"), corrected, corrected])
    assert outcomes(answer) == ["sealed", "refused", "sealed", "duplicate"]
    answers = answer.json()["answers"]
    assert answers[1]["reasons"][0]["code"] == "CONFLICT"
    assert (answers[0]["id"], answers[2]["version"] == answers[0]["version"]) == (
        answers[2]["id"],
        False,
    )


def test_urgent_events_go_on_the_urgent_lane(client: TestClient, settings: Settings) -> None:
    client.post(
        "/v1/events",
        json=event(1, envelope={**ENVELOPE, "urgency": "urgent", "justification": "cruza hoy"}),
    )
    assert items(settings)[0][2] == f"{NODE}/urgent/1"


def test_json_lines_are_taken_one_by_one(client: TestClient) -> None:
    body = json.dumps(event(1)) + "\n{broken\n\n" + json.dumps(event(2)) + "\n"
    answer = client.post(
        "/v1/events", content=body, headers={"Content-Type": "application/x-ndjson; charset=utf-8"}
    )
    assert outcomes(answer) == ["sealed", "refused", "sealed"]
    assert answer.json()["answers"][1]["reasons"][0]["code"] == "BROKEN_LINE"


def test_a_request_that_cannot_be_taken_says_so_and_takes_nothing(
    client: TestClient, settings: Settings
) -> None:
    too_many = json.dumps([{}] * (request_body.MAX_EVENTS + 1)).encode()
    for body, status, code in (
        (b"", 422, "NOT_JSON"),
        (b"{", 422, "NOT_JSON"),
        (b"[]", 422, "NOT_JSON"),
        (b"\xff\xfe{}", 422, "NOT_JSON"),
        (b"[" * 5_000 + b"]" * 5_000, 422, "NOT_JSON"),
        (b" " * (request_body.MAX_BODY + 1), 413, "REQUEST_TOO_LARGE"),
        (too_many, 413, "REQUEST_TOO_LARGE"),
    ):
        answer = client.post("/v1/events", content=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body[:20]
        assert answer.json()["remedy"]
        assert items(settings) == [], body[:20]


def test_nothing_but_health_is_told_without_the_token(client: TestClient) -> None:
    paths = (
        "/v1/events",
        "/v1/receipts",
        "/v1/events/00000000-0000-8000-8000-000000000000/receipt",
        "/openapi.json",
    )
    for path, text in product(paths, ("", "Bearer ", "Bearer wrong", "Basic x", "Bearer ñ")):
        method = "POST" if path == "/v1/events" else "GET"
        answer = client.request(method, path, headers={"Authorization": text.encode()})
        assert (answer.status_code, answer.json()["code"]) == (401, "NO_TOKEN"), (path, text)
    assert client.get("/health", headers={"Authorization": text.encode()}).json() == {
        "status": "away"
    }


def test_the_token_is_the_nodes_own_readable_by_its_owner_only_and_stays(
    settings: Settings,
) -> None:
    folder = settings.node_dir(NODE)
    first = ensure_token(folder)
    assert stat.S_IMODE((folder / "intake.token").stat().st_mode) == 0o600
    assert ensure_token(folder) == first
    assert len(first) > 40


def test_receipts_come_by_cursor_by_reference_and_by_id(
    client: TestClient, settings: Settings
) -> None:
    answers = client.post("/v1/events", json=[event(1), event(2)]).json()["answers"]
    by_reference = client.get("/v1/receipts", params={"reference": "R-1"}).json()["receipts"]
    assert [(item["id"], item["verdict"]) for item in by_reference] == [
        (answers[0]["id"], "unanswered")
    ]
    box = Outbox(settings.node_dir(NODE) / "outbox.db")
    pairs = [("accepted", ""), ("rejected", "UNKNOWN_CODE")]
    rows = zip(box.rows("SELECT item, id, version FROM items ORDER BY item"), pairs, strict=True)
    answered = [
        {"index": i, "id": id_, "version": v, "verdict": verdict, "code": code, "field": ""}
        for (i, id_, v), (verdict, code) in rows
    ]
    receipt = receipt_record(Cord(NODE, "routine", 1), 0, answered)
    assert client.get("/v1/receipts").json() == {"receipts": [], "next": 0, "more": False}
    verdicts.apply_receipts(box, [receipt], {})
    first = client.get("/v1/receipts", params={"limit": 1}).json()
    assert ([item["verdict"] for item in first["receipts"]], first["more"]) == (["accepted"], True)
    second = client.get("/v1/receipts", params={"since": first["next"]}).json()
    assert ([(item["verdict"], item["code"]) for item in second["receipts"]], second["more"]) == (
        [("rejected", "UNKNOWN_CODE")],
        False,
    )
    assert client.get("/v1/receipts", params={"since": second["next"]}).json()["receipts"] == []
    assert [
        item["id"]
        for item in client.get("/v1/receipts", params={"verdict": "rejected"}).json()["receipts"]
    ] == [answers[1]["id"]]
    entry = client.get(f"/v1/events/{answers[0]['id']}/receipt").json()
    assert (entry["verdict"], entry["recorded_at"]) == ("accepted", 5)
    verdicts.apply_receipts(box, [receipt], {})  # told twice: no news
    assert client.get("/v1/receipts", params={"since": second["next"]}).json()["receipts"] == []
    assert client.get("/v1/events/00000000-0000-8000-8000-000000000000/receipt").status_code == 404


def test_health_tells_what_waits_and_that_kafka_is_away(client: TestClient) -> None:
    client.post("/v1/events", json=[event(1), event(2)])
    health = client.get("/health").json()
    assert (health["status"], health["unsent"], health["unanswered"], health["last_heard"]) == (
        "away",
        1,
        2,
        None,
    )
    assert health["away"]


def test_an_item_is_retracted_over_http_too(client: TestClient, settings: Settings) -> None:
    id_ = client.post("/v1/events", json=event(1)).json()["answers"][0]["id"]
    assert (
        client.post(f"/v1/events/{id_}/retraction", json={"reason": "WRONG"}).json()["outcome"]
        == "sealed"
    )
    refused = client.post(f"/v1/events/{id_}/erasure", json={"reason": "NO_SUCH"}).json()
    assert (refused["outcome"], refused["reasons"][0]["code"]) == ("refused", "UNKNOWN_CODE")
    assert (
        client.post(f"/v1/events/{id_}/erasure", json={"reason": "COURT_ORDER"}).json()["outcome"]
        == "sealed"
    )
    unknown = client.post(
        "/v1/events/00000000-0000-8000-8000-000000000000/retraction", json={"reason": "WRONG"}
    )
    assert (unknown.status_code, unknown.json()["code"]) == (404, "UNKNOWN_TARGET")
    assert len(items(settings)) == 3
    assert client.get("/health").json()["erasures_left"] == 1


def test_whoever_comes_while_the_server_has_the_node_is_told_who_has_it(
    client: TestClient, settings: Settings
) -> None:
    assert client.get("/health").status_code == 200
    with pytest.raises(OutboxError, match="quipu serve") as raised, CountryNode(settings, NODE):
        pass
    assert "POST" in raised.value.remedy.in_language("es")
