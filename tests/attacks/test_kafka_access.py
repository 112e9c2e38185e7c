"""A2, P4: on Kafka nobody gets in without a login, a node reaches its own country alone, and each
process of the mechanism only what it needs.

The broker is the embedded one, as `quipu up` starts it, with the permissions of policy.toml.
"""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError
from kafka import TopicPartition
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ConfigResource,
    ConfigResourceType,
    ResourcePattern,
    ResourceType,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from kafka.errors import (
    AuthorizationError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    TopicAuthorizationFailedError,
)

from infra.kafka import access_control
from infra.kafka.clients import (
    make_async_consumer,
    open_admin,
    open_consumer,
    open_producer,
)
from infra.kafka.errors import KafkaAccessError
from infra.kafka.owner_topics import OwnerTopics
from infra.kafka.policy import NodeOwner, grants
from infra.kafka_access import (
    ENGINE,
    KafkaAccess,
    ProcessName,
    node_process,
    user_of,
)
from infra.keys.credentials import ensure_password
from infra.orchestration.stack import RunningStack
from infra.registry.kafka_users import grant_access
from infra.settings import Settings
from tests.support.exchange_lease import ExchangeLease

NODE = "co-intruso"
OWN = ("quipu.bundles.co", "quipu.keys.co", "quipu.witness.co")
ANSWERS = ("quipu.receipts.co.co-intruso.g1", "quipu.hits.co.intruso.g1")
OF_MECHANISM = ("quipu.config", "quipu.checkpoints", *ANSWERS)
READABLE = (*OWN, *OF_MECHANISM)
OTHERS_ANSWERS = (
    "quipu.receipts.pe.pe-sucamec.g1",
    "quipu.hits.pe.sucamec.g1",
    "quipu.receipts.co.co-ponal.g1",
    "quipu.receipts.co.co-intruso-2.g1",
    "quipu.hits.co.ponal.g1",
    "quipu.hits.co.intruso-2.g1",
)
"""Of other countries, and of other nodes and authorities of the country, some of like names."""
FOREIGN = (
    "quipu.bundles.pe",
    "quipu.keys.pe",
    "quipu.witness.pe",
    *OTHERS_ANSWERS,
    "quipu.accepted.co.g1",
    "quipu.observations.g1",
    "quipu.evidence.g1",
    "quipu.rejects.g1",
    "quipu.disclosures",
)
PROCESSORS = (
    ProcessName.WORKER,
    ProcessName.SINK,
    ProcessName.HITS,
    ProcessName.API,
    ProcessName.CHECKPOINTS,
)
RECEIPTS, HITS = "receipts.co.co-ponal", "hits.co.ponal"
DERIVED_KINDS = ("accepted.co", "observations", "evidence", RECEIPTS, "rejects", HITS)
OWNERS = {NODE: NodeOwner("CO", "INTRUSO")}


@pytest.fixture(scope="module")
def engines(stack: RunningStack, lease: ExchangeLease) -> Iterator[Settings]:
    """The settings of the broker on which an exchange has its topics, and a Colombian node."""
    with lease.running("access", only=("topics", "founding")):
        settings = stack.settings
        settings.node_dir(NODE).mkdir(parents=True, exist_ok=True)
        passwords = {
            user_of(node_process(NODE)): ensure_password(settings.node_dir(NODE), ENGINE, NODE)
        }
        for process in PROCESSORS:
            passwords[user_of(process)] = ensure_password(settings.credentials_dir, ENGINE, process)
        access_control.apply(settings.kafka, passwords, grants(OWNERS), ())
        OwnerTopics(settings).ensure((*ANSWERS, *OTHERS_ANSWERS))
        yield settings
        grant_access(settings)


@pytest.fixture
def node(engines: Settings) -> KafkaAccess:
    return engines.acting_as(node_process(NODE)).kafka


def send(access: KafkaAccess, topic: str) -> None:
    with closing(open_producer(access, acks="all", enable_idempotence=False)) as producer:
        producer.send(topic, key=b"k", value=b"forged", partition=0).get(timeout=30)


def read(access: KafkaAccess, topic: str) -> int:
    with closing(open_consumer(access, group_id=None)) as consumer:
        partition = TopicPartition(topic, 0)
        return int(consumer.end_offsets([partition])[partition])


def administer(access: KafkaAccess, ask: Callable[[Any], Any]) -> Any:
    with closing(open_admin(access)) as admin:
        return ask(admin)


# -- without a login


def test_without_a_login_no_client_gets_in(engines: Settings) -> None:
    """A2: neither an administrator's, nor a consumer's, nor a producer's"""
    nobody = KafkaAccess(engines.kafka.bootstrap)
    for connect in (open_admin, open_consumer, open_producer):
        with pytest.raises(KafkaAccessError) as refused:
            connect(nobody)
        assert refused.value.code == "KAFKA_LOGIN"


def test_the_broker_itself_refuses_a_client_without_a_login(engines: Settings) -> None:
    """A2, without our own check before it"""
    ports = json.loads((engines.run_dir / "ports.json").read_text())
    for port in (ports["kafka"], ports["kafka_controller"]):

        async def connect(address: str = f"127.0.0.1:{port}") -> None:
            consumer = make_async_consumer(KafkaAccess(address))
            try:
                await consumer.start()
            finally:
                await consumer.stop()

        with pytest.raises(KafkaConnectionError):
            asyncio.run(connect())


@pytest.mark.parametrize("password", ["", "quipu", "quipu-broker"])
@pytest.mark.parametrize("process", [ProcessName.BROKER, ProcessName.WORKER])
def test_a_guessed_password_is_refused_at_once(
    engines: Settings, tmp_path: Path, process: str, password: str
) -> None:
    """A2, P4: with words about the password, not a time-out"""
    path = tmp_path / "guess"
    path.touch(mode=0o600)
    path.write_text(password or " ")
    security = engines.acting_as(process).kafka.security
    guessed = KafkaAccess(engines.kafka.bootstrap, replace(security, password_file=path))
    with pytest.raises(KafkaAccessError, match="Kafka at"):
        open_admin(guessed, bootstrap_timeout_ms=20_000)


def test_the_passwords_are_for_their_owner_alone(engines: Settings) -> None:
    """A2, A4: no other user of the machine reads a password"""
    files = [*engines.credentials_dir.iterdir(), engines.kafka_dir / "node.properties"]
    assert any("kafka-broker" in path.name for path in files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    folders = (engines.credentials_dir, engines.kafka_dir)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


# -- with a node's login


@pytest.mark.parametrize("topic", OWN)
def test_a_node_writes_its_own_countrys_log(node: KafkaAccess, topic: str) -> None:
    send(node, topic)


@pytest.mark.parametrize("topic", READABLE)
def test_a_node_reads_what_is_for_its_country(node: KafkaAccess, topic: str) -> None:
    assert read(node, topic) >= 0


@pytest.mark.parametrize("topic", [*FOREIGN, *OF_MECHANISM])
def test_a_node_forges_nothing(node: KafkaAccess, topic: str) -> None:
    """A2: no hit, receipt, evidence, config entry, nor a record of another country"""
    with pytest.raises(TopicAuthorizationFailedError):
        send(node, topic)


@pytest.mark.parametrize("topic", FOREIGN)
def test_a_node_reads_nothing_else(node: KafkaAccess, topic: str) -> None:
    """A2: no evidence, no verdicts, nothing of another country"""
    with pytest.raises(TopicAuthorizationFailedError):
        read(node, topic)


def test_a_node_sees_only_the_topics_that_it_may_read(node: KafkaAccess) -> None:
    """A2: not even the names of other topics"""
    assert set(administer(node, lambda admin: admin.list_topics())) == set(READABLE)


@pytest.mark.parametrize("topic", [*OWN, "quipu.bundles.pe", "quipu.disclosures", "quipu.config"])
def test_a_node_deletes_no_topic(node: KafkaAccess, engines: Settings, topic: str) -> None:
    """A2: not even its own"""
    with pytest.raises(TopicAuthorizationFailedError):
        administer(node, lambda admin: admin.delete_topics([topic]))
    assert topic in administer(engines.kafka, lambda admin: admin.list_topics())


@pytest.mark.parametrize("topic", OWN)
def test_a_node_shortens_no_topic(node: KafkaAccess, engines: Settings, topic: str) -> None:
    """A2: neither by deleting records nor by a retention of a millisecond"""
    end = read(engines.kafka, topic)
    with pytest.raises(AuthorizationError):
        administer(node, lambda admin: admin.delete_records({TopicPartition(topic, 0): end}))
    change = {"retention.ms": ("SET", "1")}
    resource = ConfigResource(ConfigResourceType.TOPIC, topic, change)
    answer = administer(node, lambda admin: admin.alter_configs([resource], raise_on_unknown=False))
    assert "AuthorizationFailed" in str(answer["topic"][topic])


@pytest.mark.parametrize("topic", ["quipu.bundles.co.g9", "mine"])
def test_a_node_creates_no_topic(node: KafkaAccess, topic: str) -> None:
    """A2: neither by asking nor by writing"""
    wish = {topic: {"num_partitions": 1, "replication_factor": 1}}
    with pytest.raises(AuthorizationError):
        administer(node, lambda admin: admin.create_topics(wish))
    with pytest.raises(AuthorizationError):
        send(node, topic)


@pytest.mark.parametrize("group", ["quipu.sink.g1", "quipu.intake-correlate.g1", "mine"])
def test_a_node_joins_and_moves_no_group(node: KafkaAccess, group: str) -> None:
    """A2: nobody takes the sink's partitions away or moves its offsets"""
    with pytest.raises(GroupAuthorizationFailedError):
        administer(node, lambda admin: admin.list_group_offsets({group: None}))
    with (
        closing(open_consumer(node, READABLE[0], group_id=group)) as consumer,
        pytest.raises(GroupAuthorizationFailedError),
    ):
        for _ in range(20):
            consumer.poll(timeout_ms=500)


def test_a_node_gives_itself_nothing(node: KafkaAccess) -> None:
    """A2: neither a permission nor another user's password"""
    wish = ACL(
        f"User:{user_of(node_process(NODE))}",
        "*",
        ACLOperation.ALL,
        ACLPermissionType.ALLOW,
        ResourcePattern(ResourceType.TOPIC, "quipu.", ACLResourcePatternType.PREFIXED),
    )
    answer = administer(node, lambda admin: admin.create_acls([wish]))
    assert answer["failed"] == [ClusterAuthorizationFailedError]
    password = UserScramCredentialUpsertion("quipu-worker", ScramMechanism.SCRAM_SHA_512, "mine")
    answer = administer(node, lambda admin: admin.alter_user_scram_credentials([password]))
    assert answer["quipu-worker"]


def test_a_node_that_is_no_member_any_more_has_no_login(
    engines: Settings, node: KafkaAccess
) -> None:
    """A2: what `quipu node revoke` does on the embedded broker"""
    user = user_of(node_process(NODE))
    password = {user: ensure_password(engines.node_dir(NODE), ENGINE, NODE)}
    others = set(map(user_of, PROCESSORS))
    access_control.apply(engines.kafka, {}, grants({}), others)
    try:
        with pytest.raises(KafkaAccessError, match="refused the user"):
            open_admin(node)
    finally:
        access_control.apply(engines.kafka, password, grants(OWNERS), others)


# -- with the login of a process


@pytest.mark.parametrize(
    ("process", "may_write"),
    [
        (ProcessName.WORKER, {"accepted.co", "observations", "evidence", RECEIPTS, "rejects"}),
        (ProcessName.SINK, set()),
        (ProcessName.HITS, {HITS}),
        (ProcessName.API, set()),
        (ProcessName.CHECKPOINTS, set()),
    ],
)
def test_derived_topics_are_written_by_their_processor_alone(
    engines: Settings, process: str, may_write: set[str]
) -> None:
    """A2: what is derived comes from the process that derives it"""
    access = engines.acting_as(process).kafka
    written = set()
    for kind in DERIVED_KINDS:
        try:
            send(access, f"quipu.{kind}.g1")
        except TopicAuthorizationFailedError:
            continue
        written.add(kind)
    assert written == may_write


@pytest.mark.parametrize(
    ("process", "own", "other"),
    [
        (ProcessName.WORKER, "quipu.receipts.co.co-nuevo.g1", "quipu.hits.co.nuevo.g1"),
        (ProcessName.HITS, "quipu.hits.co.nuevo.g1", "quipu.receipts.co.co-otro.g1"),
    ],
)
def test_a_writer_makes_topics_of_owners_and_no_others(
    engines: Settings, process: str, own: str, other: str
) -> None:
    """Neither the other's topics, nor those of the log."""
    settings = engines.acting_as(process)
    OwnerTopics(settings).ensure([own])
    OwnerTopics(settings).ensure([own])  # one that is there already is no error
    names = administer(engines.kafka, lambda admin: admin.list_topics())
    assert own in names
    for foreign in (other, "quipu.bundles.ve"):
        wish = {foreign: {"num_partitions": 1, "replication_factor": 1}}
        with pytest.raises(AuthorizationError), closing(open_admin(settings.kafka)) as admin:
            admin.create_topics(wish)


@pytest.mark.parametrize(
    "process", [process for process in PROCESSORS if process != ProcessName.CHECKPOINTS]
)
@pytest.mark.parametrize("topic", ["quipu.config", "quipu.checkpoints", *OWN])
def test_no_processor_writes_the_log(engines: Settings, process: str, topic: str) -> None:
    """A2: a process that is taken over adds nothing to the log, nor removes anything from it"""
    access = engines.acting_as(process).kafka
    with pytest.raises(TopicAuthorizationFailedError):
        send(access, topic)
    with pytest.raises(TopicAuthorizationFailedError):
        administer(access, lambda admin: admin.delete_topics([topic]))
