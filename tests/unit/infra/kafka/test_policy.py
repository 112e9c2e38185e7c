"""infra.kafka.policy: least privilege, as policy.toml states it."""

from __future__ import annotations

from infra.kafka.policy import Grant, NodeOwner, commands, grants, read_policy
from infra.kafka_access import ProcessName, user_of
from schemas import topics
from schemas.model import COUNTRIES, LegacyGeneration

NODES = {"co-ponal": NodeOwner("CO", "PONAL"), "pe-sucamec": NodeOwner("PE", "SUCAMEC")}
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
        for name in (
            *(spec.name for spec in topics.derived_topics(generation)),
            *owned(generation),
        ):
            kind = topics.kind_of(name)
            assert writers(allowed, name) == {user_of("hits" if kind == "hits" else "worker")}
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
            topics.WORK_KEYS: {"quipu-api"},
        } | {
            topic(owner.country): {f"quipu-node-{node}"}
            for node, owner in NODES.items()
            for topic in (topics.bundles, topics.keys, topics.witness)
        }
        assert writers(allowed, name) == owners.get(name, set())
        assert not any(permits(allowed, process, "DELETE", name) for process in read_policy())


def test_a_partners_node_writes_in_the_topics_of_its_host_and_reads_its_own_hits() -> None:
    allowed = grants(NODES | {"br-pf": NodeOwner("BR", "PONAL", "CO")})
    user = "quipu-node-br-pf"
    assert user in writers(allowed, topics.bundles("CO")) & writers(allowed, topics.keys("CO"))
    assert user not in writers(allowed, topics.bundles("PE"))
    for topic, may in (
        (topics.hits(1, "BR", "PONAL"), True),
        (topics.hits(1, "CO", "PONAL"), False),
        (topics.receipts(1, "CO", "br-pf"), True),
        (topics.receipts(1, "CO", "co-ponal"), False),
    ):
        assert permits(allowed, "node-br-pf", "READ", topic) == may, topic
        assert topics.owner_spec(topic) is not None


def test_a_node_reaches_its_own_answers_alone() -> None:
    neighbours = {
        "co-ponal-2": NodeOwner("CO", "PONAL-2"),
        "co-fiscalia": NodeOwner("CO", "FISCALÍA"),
        "co-fiscal": NodeOwner("CO", "Fiscalía"),
    }
    allowed = grants(NODES | neighbours)
    log = {topics.CONFIG, topics.CHECKPOINTS} | {
        topic("CO") for topic in (topics.bundles, topics.keys, topics.witness)
    }
    own = log | {
        topics.receipts(3, "CO", "co-ponal"),
        topics.hits(3, "CO", "PONAL"),
    }
    every = {spec.name for spec in (*topics.log_topics(), *topics.derived_topics(3))}
    every |= {name for pair in (NODES | neighbours).items() for name in _answers(3, *pair)}
    assert len(every & own) == len(own)
    for node, owner in {"co-ponal": NODES["co-ponal"], **neighbours}.items():
        readable = {name for name in every if permits(allowed, f"node-{node}", "READ", name)}
        assert readable == log | _answers(3, node, owner)


def owned(generation: int) -> set[str]:
    return {name for pair in NODES.items() for name in _answers(generation, *pair)}


def _answers(generation: int, node: str, owner: NodeOwner) -> set[str]:
    """The topics of what a node hears."""
    return {
        topics.receipts(generation, owner.country, node),
        topics.hits(generation, owner.country, owner.authority),
    }


def test_a_topic_of_an_owner_is_specified_by_its_name_alone() -> None:
    hits, receipts = (
        topics.owner_spec(name) for name in sorted(_answers(7, "co-x", NODES["co-ponal"]))
    )
    assert hits is not None and hits.is_compacted and hits.partitions == 1
    assert receipts is not None and not receipts.is_compacted and receipts.partitions == 1
    others = [spec.name for spec in (*topics.log_topics(), *topics.derived_topics(7))]
    assert not any(topics.owner_spec(name) for name in [*others, "quipu.hits.co.g7"])
    assert topics.is_derived(hits.name, 7)
    assert not topics.is_derived(hits.name, 17)
    assert not topics.is_derived(hits.name, LegacyGeneration(7, 1))
    assert topics.is_derived("quipu.hits.co.g7", LegacyGeneration(7, 1))
    assert not topics.is_derived("quipu.bundles.co", 7)


def test_names_of_former_releases_are_granted_as_long_as_they_serve() -> None:
    old = LegacyGeneration(4)
    allowed = grants(NODES, old)
    for country in COUNTRIES:
        assert permits(allowed, "worker", "WRITE", topics.receipts(old, country, ""))
        assert permits(allowed, "hits", "WRITE", topics.hits(old, country, ""))
    assert permits(allowed, "node-co-ponal", "READ", topics.receipts(old, "CO", "co-ponal"))
    assert not permits(allowed, "node-co-ponal", "READ", topics.receipts(old, "PE", "pe-sucamec"))
    assert not permits(allowed, "hits", "WRITE", topics.evidence(old))
    assert permits(allowed, "worker", "READ", topics.worker_group(old), "GROUP")
    assert not permits(grants(NODES), "worker", "WRITE", topics.evidence(old))


def test_a_country_keeps_one_topic_of_receipts_until_its_exchange_is_rebuilt() -> None:
    old = LegacyGeneration(4, 1)
    allowed = grants(NODES, old)
    for name in (topics.receipts(old, "CO", "co-ponal"), topics.hits(old, "CO", "PONAL")):
        assert permits(allowed, "node-co-ponal", "READ", name)
        assert not permits(allowed, "node-pe-sucamec", "READ", name)
        assert not permits(grants(NODES), "node-co-ponal", "READ", name)
    assert permits(allowed, "node-co-ponal", "READ", topics.receipts(5, "CO", "co-ponal"))
    assert not permits(allowed, "node-co-ponal", "READ", topics.receipts(5, "CO", "co-sijin"))


def test_the_commands_for_a_cluster_grant_the_same() -> None:
    lines = list(commands(NODES, "--bootstrap-server k1:9094"))
    assert len(lines) == len(grants(NODES))
    assert (
        "kafka-acls --bootstrap-server k1:9094 --add --allow-principal "
        "User:quipu-node-co-ponal --operation READ --topic quipu.hits.co.ponal. "
        "--resource-pattern-type prefixed" in lines
    )
