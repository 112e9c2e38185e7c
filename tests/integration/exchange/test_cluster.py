"""Three brokers, two machines of the mechanism, four countries in folders of their own: a broker
is killed, the worker moves, everything is rebuilt, a country is added; all is answered, and each
country proves its own records.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from kafka.admin import ConfigResource, ConfigResourceType

from consumers.health.collector import FactsCollector
from consumers.health.evaluate import evaluate
from infra import settings as settings_module
from infra.cli.root import main
from infra.errors import TopicError
from infra.kafka.clients import open_admin
from infra.kafka.policy import NodeOwner
from infra.kafka_access import ProcessName
from infra.orchestration.stack import running
from infra.settings import Settings
from producers.node import CountryNode
from schemas.topics import CONFIG
from tests.support import exchange
from tests.support.cluster import Cluster, three_brokers
from tests.support.engines import eventually
from tests.support.patience import patience

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]
NODES = {
    "bo-policia": NodeOwner("BO", "POLICIA"),
    "co-ponal": NodeOwner("CO", "PONAL"),
    "ec-policia": NodeOwner("EC", "POLICIA"),
    "pe-pnp": NodeOwner("PE", "PNP"),
}
LATER = "pe-pnp"
"""The country that joins when the others work already."""
ENVELOPE = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    "occurred_from": "2026-03-02T14:30:00-05:00",
    "occurred_precision": "minute",
}
EACH = 25
"""Records of a country each time; the serials of two countries are the same."""
VERDICT_S = 30.0


class Scene:
    """The cluster with its machines."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self._folder = cluster, folder
        self.mechanism = cluster.settings(folder / "mechanism" / "home")
        self.stack = ExitStack()
        self._worker = ExitStack()
        self.published: dict[str, int] = {}

    def begin(self) -> None:
        units = ("clickhouse", "topics", "founding", "migrations", "sink", "checkpoints")
        stack = self.stack.enter_context(running(self.mechanism, only=units))
        self.mechanism = stack.settings
        self.move_worker("second")

    def move_worker(self, machine: str) -> None:
        """Let another machine work on the log, in place of the one that did."""
        settings = self.other_machine(machine)
        former, self._worker = self._worker, ExitStack()
        self._worker.enter_context(running(settings, only=("worker",)))
        former.close()

    def other_machine(self, name: str) -> Settings:
        """Make a further machine of the mechanism, which has its keys."""
        settings = replace(self.mechanism, home=self._folder / name / "home")
        settings.keys_dir.parent.mkdir(parents=True)
        shutil.copytree(self.mechanism.keys_dir, settings.keys_dir)
        return settings

    def quipu(self, home: Path, *arguments: object) -> str:
        """Run a command in a folder; it ends well. Returns its answer, without what it logs."""
        runner = CliRunner(env={"QUIPU_LANG": "en", "COLUMNS": "200"})
        ended = runner.invoke(main, ["--home", str(home), *map(str, arguments)])
        assert ended.exit_code == 0, f"{arguments}: {ended.output} {ended.exception!r}"
        return ended.stdout

    def as_mechanism(self, *arguments: object) -> str:
        environ = {**self.mechanism.environ(), "QUIPU_LANG": "en", "COLUMNS": "200"}
        ended = CliRunner(env=environ).invoke(main, [*map(str, arguments)])
        assert ended.exit_code == 0, f"{arguments}: {ended.output} {ended.exception!r}"
        return ended.output

    def home(self, node: str) -> Path:
        return self._folder / node / "home"

    def admit(self, node: str) -> None:
        """The country asks, the operator of Kafka makes a user, the mechanism grants."""
        owner, table = NODES[node], self._folder / node
        table.mkdir()
        request, answer = table / "request.txt", table / "answer.txt"
        owners = ("--country", owner.country, "--authority", owner.authority)
        self.quipu(self.home(node), "node", "request", node, *owners, "--out", request)
        self.cluster.grant({node: owner})
        password = ("--password-file", self.cluster.password_file(node))
        granted = self.as_mechanism(
            "node",
            "admit",
            request,
            "--yes",
            "--out",
            answer,
            *password,
            "--kafka",
            self.cluster.bootstrap,
        )
        (fingerprint, *_) = re.findall(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", granted)[-1:]
        accept = ("node", "accept", answer, "--mechanism", fingerprint)
        self.quipu(self.home(node), *accept)

    def country(self, node: str) -> Settings:
        return settings_module.load({"QUIPU_HOME": str(self.home(node)), "QUIPU_LANG": "en"})

    def publish(self, node: str) -> None:
        """Publish EACH records more; the same serials for every country."""
        first = self.published.get(node, 0)
        records = [
            {"reference": f"R-{number}", "payload": weapon(number), "envelope": ENVELOPE}
            for number in range(first, first + EACH)
        ]
        with CountryNode(self.country(node), node) as country_node:
            results = country_node.publish_events("weapon_record", records)
            assert {result.outcome for result in results} == {"sealed"}
            country_node.send(wait=patience(60))
        self.published[node] = first + EACH

    def kinds(self) -> set[str]:
        """What health finds of Kafka now."""
        collector = FactsCollector(self.mechanism)
        try:
            findings = evaluate(collector.facts(20.0)).findings
        finally:
            collector.close()
        return {finding.kind for finding in findings if finding.subject == "kafka"}

    def close(self) -> None:
        self._worker.close()
        self.stack.close()


def weapon(number: int) -> dict[str, object]:
    serial = f"TKZ{10_000 + number}"
    firearm = {"kind": "firearm", "type": "PISTOL", "make": "Taurus", "serial": serial}
    return {"weapon": firearm, "status": "LOST"}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The scene after its whole course."""
    folder = tmp_path_factory.mktemp("cluster")
    with three_brokers(folder / "kafka") as cluster:
        scene = Scene(cluster, folder)
        try:
            scene.begin()
            yield scene
        finally:
            scene.close()


def test_all_is_answered_and_proved_over_a_lost_broker_a_move_a_rebuild_and_a_new_country(
    scene: Scene,
) -> None:
    first = [node for node in NODES if node != LATER]
    for node in first:
        scene.admit(node)
        scene.publish(node)
    assert scene.kinds() == set(), "three copies, in sync, two of them acknowledging"
    scene.cluster.kill(3)
    began = time.monotonic()
    eventually(lambda: scene.kinds() == {"behind_s"}, "health names the copies behind", VERDICT_S)
    print(f"verdict of the lost broker: {time.monotonic() - began:.1f} s")
    for node in first:
        scene.publish(node)
    scene.move_worker("third")
    scene.admit(LATER)
    scene.publish(LATER)
    exchange.wait_at_rest(scene.mechanism)
    outcome = exchange.rebuilt(scene.mechanism)
    assert exchange.unequal(outcome) == []
    assert {table.table: table.old_rows for table in outcome.tables}["evidence"] > EACH
    scene.cluster.start(3)
    eventually(lambda: scene.kinds() == set(), "the broker has caught up", 90)
    for node in NODES:
        scene.publish(node)
    exchange.wait_at_rest(scene.mechanism, 2)
    assert exchange.differences(exchange.proofs(scene.mechanism, 2)) == []
    for node, count in scene.published.items():
        check_own_proof(scene, node, count)


def test_nothing_starts_on_topics_that_can_lose_records(scene: Scene) -> None:
    set_least_acknowledging(scene.mechanism, "1")
    try:
        for unit in ("worker", "sink"):
            with (
                pytest.raises(TopicError, match=r"min\.insync\.replicas=1") as refusal,
                running(scene.other_machine(unit), only=(unit,)),
            ):
                pass
            assert refusal.value.code == "TOPICS_UNSAFE"
    finally:
        set_least_acknowledging(scene.mechanism, "2")


def set_least_acknowledging(settings: Settings, value: str) -> None:
    """As an operator does with kafka-configs."""
    change = {"min.insync.replicas": ("SET", value)}
    with closing(open_admin(settings.acting_as(ProcessName.TOPICS).kafka)) as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, CONFIG, change)])


def check_own_proof(scene: Scene, node: str, count: int) -> None:
    """The country proves from its own folder that all its records are stored."""
    answer = scene.quipu(
        scene.home(node), "node", "reconcile", node, "--json", "--wait", patience(60)
    )
    proof = json.loads(answer)
    (cord,) = (cord for cord in proof["cords"] if cord["sealed"])
    assert (cord["accepted"], cord["stated"]["stored"], proof["holds"]) == (count, count, True)
