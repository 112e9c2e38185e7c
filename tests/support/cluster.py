"""A Kafka of three brokers for tests: authenticated, every topic in three copies, brokers killed one
by one. It is the product's own broker, its properties changed to those of a cluster.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from kafka.errors import KafkaError

from infra.data_folder import choose_ports
from infra.kafka import access_control, broker
from infra.kafka.clients import open_admin
from infra.kafka.policy import NODE, NodeOwner, grants, read_policy
from infra.kafka_access import (
    ENGINE,
    KafkaAccess,
    KafkaSecurity,
    ProcessName,
    SaslMechanism,
    SecurityProtocol,
    node_process,
    user_of,
)
from infra.keys.credentials import ensure_password, password_file
from infra.settings import Endpoints, Settings
from tests.support.engines import eventually
from tests.support.patience import patience

COUNT = 3
CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg"
_OF_A_CLUSTER = {
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "share.coordinator.state.topic.replication.factor": "3",
    "share.coordinator.state.topic.min.isr": "2",
    "default.replication.factor": "3",
    "min.insync.replicas": "2",
    "replica.lag.time.max.ms": "5000",
}


class Cluster:
    """Three brokers, each a controller too, and the operator who gives users their permissions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.credentials = folder / "credentials"
        self._nodes: dict[str, NodeOwner] = {}
        self._ports = [self._choose_ports(number) for number in range(1, COUNT + 1)]
        self._brokers: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def bootstrap(self) -> str:
        return ",".join(f"127.0.0.1:{port}" for port, _ in self._ports)

    @property
    def _operator(self) -> KafkaAccess:
        security = KafkaSecurity(
            SecurityProtocol.SASL_PLAINTEXT,
            SaslMechanism.PLAIN,
            user_of(ProcessName.BROKER),
            password_file(self.credentials, ENGINE, ProcessName.BROKER),
        )
        return KafkaAccess(self.bootstrap, security)

    def settings(self, home: Path) -> Settings:
        """Settings of a machine of the mechanism: each process has a user of its own."""
        security = KafkaSecurity(
            SecurityProtocol.SASL_PLAINTEXT,
            SaslMechanism.SCRAM_SHA_512,
            "quipu-{process}",
            self.credentials / f"{ENGINE}-{{process}}.password",
        )
        return Settings(home, Endpoints(kafka=self.bootstrap), kafka_security=security, lang="en")

    def start(self, number: int) -> None:
        """Start a broker; one that was killed continues with its folder."""
        data = self.folder / str(number)
        (self.folder / "logs" / str(number)).mkdir(parents=True, exist_ok=True)
        data.mkdir(exist_ok=True)
        (data / "cluster.id").write_text(CLUSTER_ID)
        port, controller_port = self._ports[number - 1]
        own = broker.Broker(
            data,
            self.folder / "logs" / str(number),
            self.credentials,
            port,
            controller_port,
            self._changes(number),
        )
        self._brokers[number] = subprocess.Popen(
            broker.command(own), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self, number: int) -> None:
        """Kill a broker at once, as a power cut does."""
        process = self._brokers.pop(number)
        process.kill()
        process.wait(patience(20))

    def await_answer(self) -> None:
        """Wait until every broker is in the cluster, and it answers the operator."""
        eventually(self._is_whole, "the cluster is whole", 90)

    def _is_whole(self) -> bool:
        """Whether all brokers are in; one that ended by itself is started again, as a supervisor
        does: on a busy machine a broker waits too long for the others, and gives up.
        """
        for number, process in list(self._brokers.items()):
            if process.poll() is not None:
                self.start(number)
        return self._count() == COUNT

    def _count(self) -> int:
        """How many brokers are in the cluster."""
        try:
            with closing(open_admin(self._operator, bootstrap_timeout_ms=2000)) as admin:
                return len(admin.describe_cluster()["brokers"])
        except (KafkaError, OSError):
            return 0

    def grant(self, nodes: Mapping[str, NodeOwner]) -> None:
        """Give the processes and these further nodes their users and permissions."""
        self._nodes |= nodes
        processes = [name for name in read_policy() if name != NODE]
        processes += [node_process(node) for node in self._nodes]
        passwords = {
            user_of(name): ensure_password(self.credentials, ENGINE, name) for name in processes
        }
        access_control.apply(self._operator, passwords, grants(self._nodes), ())

    def password_file(self, node: str) -> Path:
        """The file of a node's password, which the operator hands to the mechanism."""
        return password_file(self.credentials, ENGINE, node_process(node))

    def close(self) -> None:
        for number in list(self._brokers):
            self.kill(number)

    def _choose_ports(self, number: int) -> tuple[int, int]:
        home = self.folder / f"ports-{number}"
        (home / "run").mkdir(parents=True)
        ports = choose_ports(Settings(home))
        return ports.kafka, ports.kafka_controller

    def _changes(self, number: int) -> dict[str, str]:
        """What the properties of a broker of the cluster have in place of a single one's."""
        voters = ",".join(
            f"{voter}@127.0.0.1:{controller}"
            for voter, (_, controller) in enumerate(self._ports, 1)
        )
        return _OF_A_CLUSTER | {"node.id": str(number), "controller.quorum.voters": voters}


@contextmanager
def three_brokers(folder: Path) -> Iterator[Cluster]:
    """A running cluster whose users are those of the mechanism."""
    cluster = Cluster(folder)
    try:
        for number in range(1, COUNT + 1):
            cluster.start(number)
        cluster.await_answer()
        cluster.grant({})
        yield cluster
    finally:
        cluster.close()
