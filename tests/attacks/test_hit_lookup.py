"""Hit look-ups betray no hidden record, and of a record for hits alone only that it is there.

The exchange is asked in two states, without and with hidden records of Peru.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from consumers.serving.hit_lookups import MOST_LINES
from consumers.sink.writer import TableWriter
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.orchestration import units
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import found_exchange
from tests.support.hidden_world import HIDDEN_ONLY, SERIALS, HiddenWorld
from tests.support.identity import gateway_client

pytestmark = pytest.mark.integration
PARTNER, MEMBER = "BR/analyst/AMBER", "EC/analyst/AMBER"
"""`@hit:ALL` is for members; a partner sees what everybody sees."""
BASIS = "UNTOC-18.15"
LINES: list[dict[str, str]] = [
    *(
        {"kind": "weapon", "number": serial, "make": "Taurus", "type": "PISTOL"}
        for serial in SERIALS
    ),
    {"kind": "document", "country": "PE", "number": "45678912"},
    {"kind": "person", "name": "Quispe Mamani, Juan Carlos", "born": "1984-03-14"},
    {"kind": "person", "name": "Nadie Ninguno, Zoila", "born": "1950"},
    {"kind": "weapon", "number": "?"},
]
HIDDEN_LINE = SERIALS.index(HIDDEN_ONLY)


@pytest.fixture(scope="module")
def world(lease: ExchangeLease) -> Iterator[tuple[HiddenWorld, TestClient]]:
    with lease.running("hit-lookup", only=()) as stack:
        settings = stack.settings
        units.make_tables(settings)
        secret = found_exchange(settings).mechanism.thing_secret
        store = TableWriter(connect(settings, StoreUser.WRITER, database_of(1)))
        client = connect(settings, StoreUser.MIGRATOR, database_of(1))
        with gateway_client(settings) as api:
            yield HiddenWorld(secret, client, store), api
        store.close()
        client.disconnect()


def ask(api: TestClient, reader: str, lines: list[dict[str, str]] = LINES) -> Any:
    """Ask for hits; the answer with its size, without its moment."""
    body = {"legal_basis": BASIS, "lines": lines}
    answer = api.post("/v1/hit-lookup", json=body, headers={"X-Quipu-Reader": reader})
    assert answer.status_code == 200, answer.text
    return {**answer.json(), "asked_at": "", "size": len(answer.content)}


def verdicts(answer: Any) -> list[str]:
    return [item["answer"] for item in answer["answers"]]


def test_hidden_records_change_no_answer_and_those_for_hits_tell_whom_to_ask(
    world: tuple[HiddenWorld, TestClient],
) -> None:
    hidden_world, api = world
    hidden_world.publish_visible()
    before = {reader: ask(api, reader) for reader in (PARTNER, MEMBER)}
    hidden_world.publish_hidden()
    after = {reader: ask(api, reader) for reader in (PARTNER, MEMBER)}
    assert after[PARTNER] == before[PARTNER], "no hidden record answers, in words or in size"
    assert {"hit", "no_hit", "cannot_say"} == set(verdicts(before[PARTNER]))
    assert verdicts(before[MEMBER])[HIDDEN_LINE] == "no_hit"
    hit = after[MEMBER]["answers"][HIDDEN_LINE]
    assert (hit["answer"], [(item["country"], item["authority"]) for item in hit["ask"]]) == (
        "hit",
        [("PE", "VICTIMA")],
    )
    assert after[MEMBER]["size"] == before[MEMBER]["size"] == before[PARTNER]["size"]
    text = json.dumps(after[MEMBER])
    for secret in (*hidden_world.hidden_ids(), *hidden_world.things(), "Quispe", *SERIALS, "2018"):
        assert secret not in text, "nothing of a record is in an answer"


def test_each_line_is_in_the_ledger_and_no_line_in_clear(
    world: tuple[HiddenWorld, TestClient],
) -> None:
    _, api = world
    line = {"kind": "document", "country": "CO", "number": "1098765432"}
    first, again = (ask(api, MEMBER, [line])["answers"][0]["reference"] for _ in range(2))
    assert first == again
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", first)
    assert ask(api, PARTNER, [line])["answers"][0]["reference"] != first


@pytest.mark.parametrize(
    ("reader", "body", "status", "code"),
    [
        (MEMBER, {"legal_basis": "CAN-000", "lines": LINES}, 422, "HIT_BASIS"),
        (MEMBER, {"lines": LINES}, 422, "PARAMETER"),
        (MEMBER, {"legal_basis": BASIS, "lines": []}, 422, "PARAMETER"),
        (MEMBER, {"legal_basis": BASIS, "lines": LINES[:1] * (MOST_LINES + 1)}, 422, "PARAMETER"),
        (MEMBER, {"legal_basis": BASIS, "lines": [{"serial": "1"}]}, 422, "PARAMETER"),
        ("EC/auditor/GREEN", {"legal_basis": BASIS, "lines": LINES}, 403, "HIT_ROLE"),
        ("EC/operator/GREEN", {"legal_basis": BASIS, "lines": LINES}, 403, "HIT_ROLE"),
    ],
)
def test_what_may_not_be_asked_is_refused_with_the_reason(
    world: tuple[HiddenWorld, TestClient], reader: str, body: Any, status: int, code: str
) -> None:
    _, api = world
    answer = api.post("/v1/hit-lookup", json=body, headers={"X-Quipu-Reader": reader})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
