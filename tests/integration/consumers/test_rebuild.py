"""The whole pipeline by its commands: published, asked over HTTP and from the command line, proved,
erased, rebuilt, swapped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from consumers.cli.events import events_command
from consumers.cli.indicators import indicators_command, show_command
from consumers.cli.reconcile import reconcile_command
from consumers.cli.things import thing_command
from consumers.identity.demo_accounts import demo_account_name, make_demo_accounts
from consumers.identity.identity import open_identity
from consumers.maintenance.generation_change import working_groups
from consumers.maintenance.rebuild import RebuildPlan, rebuild
from consumers.maintenance.reconcile import reconcile
from infra.api_client import open_api
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.doctor.check import CheckResult
from infra.doctor.members import check_members
from infra.exchange_log.generation import current_generation
from infra.exchange_log.members import read_members
from infra.kafka.clients import open_consumer
from infra.kafka_access import ProcessName
from infra.orchestration.stack import RunningStack
from infra.settings import Settings
from producers.node import ControlStatement, CountryNode
from producers.scenario.generate import generate
from schemas import topics
from schemas.i18n import UserMessage
from schemas.ids import to_uuid_text
from schemas.model import thing_partitions_of
from tests.support.engines import eventually
from tests.support.exchange import founder, scenario_nodes
from tests.support.exchange_lease import ExchangeLease

AS = demo_account_name("CO")
RECORDS = 500


class PublishedExchange:
    """A running exchange and its scenario."""

    def __init__(self, stack: RunningStack, scenario: Path) -> None:
        self.stack = stack
        self.settings: Settings = stack.settings
        self.scenario = scenario
        self.manifest: dict[str, Any] = json.loads(
            (scenario / "scenario.json").read_text(encoding="utf-8")
        )

    def publish(self) -> None:
        """Publish the files of each node, its corrections last."""
        files = sorted(self.manifest["files"], key=lambda file: file["kind"] == "corrections")
        for name in sorted({file["node"] for file in files}):
            with CountryNode(self.settings, name) as node:
                for file in (file for file in files if file["node"] == name):
                    path = self.scenario / file["file"]
                    if file["kind"] == "corrections":
                        node.correct(path, file["mapping"], "WRONG")
                    else:
                        node.publish(path, file["mapping"])

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        with open_api(self.settings, self.settings.token_file(AS), timeout=20) as api:
            return api.get(path, params=parameters)

    def get_answer(self, path: str) -> Any:
        """The body, once the API serves the path: after a swap the first answers may be late."""
        answers: list[httpx.Response] = []

        def is_served() -> bool:
            answers.append(self.get(path))
            return answers[-1].status_code == 200

        eventually(is_served, lambda: f"{path} is served; the answer is {answers[-1].text}", 30)
        return answers[-1].json()

    def health(self) -> Any:
        """The health with its figures, as an operator sees it."""
        token = self.settings.token_file(demo_account_name("MEC"))
        with open_api(self.settings, token) as api:
            return api.get("/health").json()

    def run(self, command: Any, *arguments: str) -> str:
        result = CliRunner(env={"COLUMNS": "100"}).invoke(
            command, arguments, obj=self.settings, catch_exceptions=False
        )
        assert result.exit_code == 0, result.stdout
        return str(result.stdout)

    def holds(self, generation: int = 1) -> bool:
        client = connect(self.settings, StoreUser.MIGRATOR, database_of(generation))
        try:
            proofs = reconcile(self.settings, client)
        finally:
            client.disconnect()
        return bool(proofs) and all(proof.holds for proof in proofs)


@pytest.fixture(scope="module")
def exchange(
    lease: ExchangeLease, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PublishedExchange]:
    scenario = tmp_path_factory.mktemp("scenario") / "s"
    generate(RECORDS, "rebuild", scenario)
    with lease.running("rebuild", founder=founder(scenario_nodes(scenario))) as stack:
        with open_identity(stack.settings) as identity:
            make_demo_accounts(stack.settings, identity)
        published_exchange = PublishedExchange(stack, scenario)
        published_exchange.publish()
        eventually(published_exchange.holds, "every cord agrees", 60)
        yield published_exchange


def test_the_api_answers_for_its_reader(exchange: PublishedExchange) -> None:
    health = exchange.get("/health").json()
    assert (health["status"], set(health)) == ("ok", {"status", "level"})
    listed = exchange.get("/v1/indicators", limit=3, rule="weapon-in-two-countries").json()
    assert len(listed) == 3
    indicators = exchange.get(f"/v1/indicators/{listed[0]['id']}").json()
    assert indicators == listed[0]
    assert exchange.get("/v1/indicators", as_of="2018-01-01").json() == []
    event = exchange.get(f"/v1/events/{indicators['evidence'][0]['event']}").json()
    assert event["status"] == "current"
    thing = exchange.get(f"/v1/things/{indicators['thing']}").json()
    assert indicators["id"] in {
        finding["id"]
        for indicator in thing["indicators"]
        for finding in (indicator, *indicator["also"])
    }
    weapon = (
        event["current"]["payload"].get("weapon")
        or event["current"]["payload"]["items"][0]["weapon"]
    )
    by_marks = exchange.get(
        "/v1/things", serial=weapon["serial"], make=weapon["make"], type=weapon["type"]
    ).json()
    assert indicators["thing"] in [by_mark["id"] for by_mark in by_marks]


def test_the_api_refuses_what_it_cannot_understand(exchange: PublishedExchange) -> None:
    url = f"http://{exchange.settings.api_host}:{exchange.settings.api_port}/v1/indicators"
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, headers={"X-Quipu-Reader": "CO/analyst/AMBER"}).status_code == 403
    assert exchange.get("/v1/indicators", limit="many").status_code == 422
    assert exchange.get("/v1/indicators/00000000-0000-0000-0000-000000000000").status_code == 404
    paths = exchange.get("/openapi.json").json()["paths"]
    assert {"/health", "/v1/indicators", "/v1/events/{id}", "/v1/things/{key}"} <= set(paths)


def test_the_commands_say_the_same_as_the_api(exchange: PublishedExchange) -> None:
    listed = exchange.get("/v1/indicators", limit=5).json()
    answer = json.loads(
        exchange.run(indicators_command, "--as", "CO/analyst/AMBER", "--limit", "5", "--json")
    )
    assert answer == listed
    text = exchange.run(show_command, listed[0]["id"][:10], "--as", "CO/analyst/AMBER")
    assert listed[0]["sentence"]["es"] in " ".join(text.split())
    assert listed[0]["id"] in text
    assert listed[0]["id"][:8] in exchange.run(
        indicators_command, "--as", "CO/analyst/AMBER", "--lang", "en"
    )
    event = listed[0]["evidence"][0]["event"]
    assert event in json.dumps(
        json.loads(
            exchange.run(events_command, "--as", "CO/analyst/AMBER", "--limit", "10000", "--json")
        )
    )
    assert exchange.run(thing_command, listed[0]["thing"], "--as", "CO/analyst/AMBER")
    assert max(len(row) for row in text.splitlines()) <= 100
    assert "Demostrado" in exchange.run(reconcile_command)


def test_a_rebuild_after_an_erasure_is_equal_and_serves(exchange: PublishedExchange) -> None:
    listed = next(
        item for item in exchange.get("/v1/indicators", limit=50).json() if item["pairs"] == 1
    )  # it stands on two events
    target = exchange.get(f"/v1/events/{listed['evidence'][0]['event']}").json()["current"]
    with CountryNode(exchange.settings, target["node"]) as node:
        node.erase(ControlStatement("erasure", _bytes(target["id"]), "SENT_IN_ERROR"))
    eventually(
        lambda: exchange.get(f"/v1/events/{target['id']}").json().get("status") == "erased",
        "the event is erased",
    )
    eventually(
        lambda: exchange.get(f"/v1/indicators/{listed['id']}").status_code == 404,
        "what rested on it is gone",
    )
    eventually(exchange.holds, "every cord agrees", 30)

    user_messages: list[UserMessage] = []
    outcome = rebuild(
        exchange.settings, user_messages.append, RebuildPlan(patience_s=60, thing_partitions=8)
    )
    assert outcome.equal, outcome.tables
    serving = current_generation(exchange.settings)
    assert thing_partitions_of(serving) == partitions_on_kafka(exchange.settings, serving) == 8
    assert exchange.health()["generation"] == 2, "the rebuild ends when the API answers from it"
    check_everybody_works(exchange.settings, 2)
    assert {table.table: table.old_rows for table in outcome.tables}["events"] > 0.9 * RECORDS
    assert exchange.get_answer(f"/v1/events/{target['id']}")["current"]["payload"] is None
    eventually(lambda: exchange.holds(2), "the new generation is proved", 30)

    with CountryNode(exchange.settings, target["node"]) as node:
        node.retract(ControlStatement("retraction", _bytes(target["id"]), "WRONG"))
    eventually(lambda: exchange.holds(2), "what is published now arrives in the new generation", 60)
    assert to_uuid_text(_bytes(target["id"])) == target["id"]


def partitions_on_kafka(settings: Settings, generation: int) -> int:
    """In how many partitions Kafka has the evidence of a generation."""
    consumer = open_consumer(settings.acting_as(ProcessName.MAINTENANCE).kafka)
    try:
        return len(consumer.partitions_for_topic(topics.evidence(generation)) or ())
    finally:
        consumer.close()


def check_everybody_works(settings: Settings, generation: int) -> None:
    """Right after a rebuild worker and sink work on the generation; soon every process says so."""
    assert len(working_groups(settings, generation)) == 2
    kinds = {"worker", "sink", "hits", "checkpoints", "api"}
    maintenance = settings.acting_as(ProcessName.MAINTENANCE)

    def members() -> dict[str, int]:
        return {member["kind"]: member["generation"] for member in read_members(maintenance)}

    def say_so() -> bool:
        written = members()
        others = {number for kind, number in written.items() if kind != "checkpoints"}
        return written.keys() == kinds and others == {generation}

    eventually(say_so, lambda: f"{members()}", 60)
    eventually(
        lambda: [check.result for check in check_members(maintenance)] == [CheckResult.OK],
        lambda: f"{check_members(maintenance)}",
        30,
    )


def _bytes(id_: str) -> Any:
    return bytes.fromhex(id_.replace("-", ""))
