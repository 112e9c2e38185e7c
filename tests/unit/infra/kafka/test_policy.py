"""infra.kafka.policy: least privilege, as policy.toml states it."""

from __future__ import annotations

from infra.kafka.policy import Grant, commands, grants, read_policy
from infra.kafka_access import ProcessName, user_of
from schemas import topics
from schemas.model import COUNTRIES, LegacyGeneration

NODES = {"co-ponal": "CO", "pe-sucamec": "PE"}
LOG = [spec.name for spec in topics.log_topics() if spec.name != topics.DISCLOSURES]


def permits(
    allowed: frozenset[Grant], process: str, operation: str, name: str, resource: str = "TOPIC"
) -> bool:
    """Whether Kafka would let the process do this with a topic or group."""
    return any(
        (grant.user, grant.resource) == (user_of(process), resource)
        and grant.operation == operation
        and (name.startswith(grant.name) if grant.is_prefix else name == grant.name)
        for grant in allowed
    )


def writers(allowed: frozenset[Grant], topic: str) -> set[str]:
    """The users that may write to a topic."""
    return {
        grant.user
        for grant in allowed
        if permits(frozenset({grant}), grant.user.removeprefix("quipu-"), "WRITE", topic)
    }


def test_every_process_but_the_broker_has_a_policy() -> None:
    assert {*read_policy()} == {*ProcessName} - {ProcessName.BROKER} | {"node"}


def test_a_permission_holds_for_every_generation() -> None:
    allowed = grants(NODES)
    for generation in (1, 2, 19):
        for spec in topics.derived_topics(generation):
            kind = topics.kind_of(spec.name)
            assert writers(allowed, spec.name) == {user_of("hits" if kind == "hits" else "worker")}
        assert permits(allowed, "worker", "READ", topics.worker_group(generation), "GROUP")
        assert permits(allowed, "sink", "READ", topics.sink_group(generation), "GROUP")
        assert all(
            permits(allowed, "sink", "READ", name) for name in topics.sink_inputs(generation)
        )


def test_the_log_is_written_by_its_owners_and_deleted_by_nobody() -> None:
    allowed = grants(NODES)
    for name in LOG:
        owners = {
            topics.CONFIG: {"quipu-config-writer"},
            topics.CHECKPOINTS: {"quipu-checkpoints"},
        } | {
            topic(country): {f"quipu-node-{node}"}
            for node, country in NODES.items()
            for topic in (topics.bundles, topics.keys, topics.witness)
        }
        assert writers(allowed, name) == owners.get(name, set())
        assert not any(permits(allowed, process, "DELETE", name) for process in read_policy())


def test_a_node_reaches_its_own_country_alone() -> None:
    allowed = grants(NODES)
    own = {topics.CONFIG, topics.CHECKPOINTS} | {
        topic
        for country in ("CO",)
        for topic in (
            topics.bundles(country),
            topics.keys(country),
            topics.witness(country),
            topics.receipts(3, country),
            topics.hits(3, country),
        )
    }
    every = {spec.name for spec in (*topics.log_topics(), *topics.derived_topics(3))}
    assert {name for name in every if permits(allowed, "node-co-ponal", "READ", name)} == own


def test_names_of_former_releases_are_granted_as_long_as_they_serve() -> None:
    old = LegacyGeneration(4)
    allowed = grants(NODES, legacy_generation=4)
    for country in COUNTRIES:
        assert permits(allowed, "worker", "WRITE", topics.receipts(old, country))
        assert permits(allowed, "hits", "WRITE", topics.hits(old, country))
    assert permits(allowed, "node-co-ponal", "READ", topics.receipts(old, "CO"))
    assert not permits(allowed, "node-co-ponal", "READ", topics.receipts(old, "PE"))
    assert not permits(allowed, "hits", "WRITE", topics.evidence(old))
    assert permits(allowed, "worker", "READ", topics.worker_group(old), "GROUP")
    assert not permits(grants(NODES), "worker", "WRITE", topics.evidence(old))


def test_the_commands_for_a_cluster_grant_the_same() -> None:
    lines = list(commands(NODES, "--bootstrap-server k1:9094"))
    assert len(lines) == len(grants(NODES))
    assert (
        "kafka-acls --bootstrap-server k1:9094 --add --allow-principal "
        "User:quipu-node-co-ponal --operation READ --topic quipu.hits.co. "
        "--resource-pattern-type prefixed" in lines
    )
