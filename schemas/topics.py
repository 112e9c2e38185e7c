"""Name the topics with their partitions and settings.

Topics of the log are kept forever; derived ones carry the generation that wrote them, at the end
of their names: so one permission for a prefix holds for every generation. Receipts and
statements have a topic for each node and hits one for each authority, so that a node reads nothing
of another. Generations of
former releases are a `LegacyGeneration`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from schemas.model import COUNTRIES, form_of, thing_partitions_of

CONFIG = "quipu.config"
DISCLOSURES = "quipu.disclosures"
WORK_KEYS = "quipu.work-keys"
"""The keys of objects of work (cases, notes, watch-lists …); the newest of each object counts."""
CHECKPOINTS = "quipu.checkpoints"
MEMBERS = "quipu.members"
"""Which processes of the mechanism work now; the newest of each. It is no part of the log."""
NODE_PARTITIONS = 2  # of each country's bundles, keys and accepted
COMPARED_PARTITIONS = 4  # of persons and links
OWNER_FORM = 2
"""From this form of generations on, receipts and hits have a topic for each owner."""

LINKS_FORM = 3
"""From this form of generations on, persons are compared and links are written."""

OBJECTS_FORM = 4
"""From this form of generations on, objects and ways of acting are compared, too."""

ONE_ROW_FORM = 4
"""From this form of generations on, all that an event is compared by stands in one partition."""

ERASURE_FORM = 4
"""From this form of generations on, erased rows leave the topics of observations and evidence."""

_PLAIN_AUTHORITY = re.compile(r"[A-Z0-9][A-Z0-9-]{0,63}")
_OWNER_TOPIC = re.compile(
    r"quipu\.(?P<kind>receipts|hits|statements)\.[a-z]{2,8}\.[a-z0-9_-]+\.g(?P<generation>[0-9]+)"
)

_LOG = {
    "retention.ms": "-1",
    "message.timestamp.type": "LogAppendTime",
    "max.message.bytes": str(1_500_000),
    "compression.type": "producer",  # nobody compresses, and readers refuse what is compressed
}
_KEYS = _LOG | {
    "cleanup.policy": "compact",
    "segment.ms": "60000",
    "max.compaction.lag.ms": "60000",
    "min.cleanable.dirty.ratio": "0.01",
    "delete.retention.ms": "60000",
}
_NEWEST = _LOG | {"cleanup.policy": "compact"}
_ERASABLE = _NEWEST | {
    "segment.ms": "60000",
    "max.compaction.lag.ms": "300000",
    "delete.retention.ms": "60000",
}
"""What an erasure ended leaves the disk within ten minutes.

Messages of observations and evidence have keys of their own, so that nothing else leaves.
"""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """Specify a topic for Kafka: name, number of partitions, settings."""

    name: str
    partitions: int
    configs: dict[str, str] = field(default_factory=dict)

    @property
    def is_compacted(self) -> bool:
        """Return whether Kafka keeps only the newest message of each key."""
        return self.configs.get("cleanup.policy") == "compact"


def bundles(country: str) -> str:
    """Name the topic of a country's signed bundles."""
    return f"quipu.bundles.{country.lower()}"


def keys(country: str) -> str:
    """Name the topic of the key lists of a country's bundles."""
    return f"quipu.keys.{country.lower()}"


def witness(country: str) -> str:
    """Name the topic of the checkpoints that a country's nodes have seen and countersigned."""
    return f"quipu.witness.{country.lower()}"


def country_of(topic: str) -> str:
    """Return the country of a topic of the log: its last part."""
    return topic.rsplit(".", 1)[1].upper()


def kind_of(topic: str) -> str:
    """Return what a topic holds, such as bundles or keys, whatever country or generation.

    A topic without parts is none of the exchange: its kind is its name.
    """
    first, *others = topic.split(".")[1:] or [topic]
    return others[0] if others and re.fullmatch(r"g[0-9]+", first) else first


def _of_generation(generation: int, kind: str, country: str = "") -> str:
    of_country = f".{country.lower()}" if country else ""
    if form_of(generation) == 0:
        return f"quipu.g{generation}.{kind}{of_country}"
    return f"quipu.{kind}{of_country}.g{generation}"


def accepted(generation: int, country: str) -> str:
    """Name the topic of a country's verdicts and accepted items.

    Partition n holds what came from partition n of the country's bundles.
    """
    return _of_generation(generation, "accepted", country)


def receipts(generation: int, country: str, node: str) -> str:
    """Name the topic of the receipts for a node."""
    return _of_owner(generation, "receipts", country, node)


def receipt_partition(generation: int, partition: int) -> int:
    """Return the partition of a node's receipts. `partition`: of its bundles."""
    return partition if form_of(generation) < OWNER_FORM else 0


def hits(generation: int, country: str, authority: str) -> str:
    """Name the topic of an authority's hits; the newest of each counts.

    A hit is an indicator in which records of the authority take part.
    """
    return _of_owner(generation, "hits", country, authority_part(authority))


def statements(generation: int, country: str, node: str) -> str:
    """Name the topic of what the mechanism states that it holds of a node; the newest counts."""
    return f"quipu.statements.{country.lower()}.{node}.g{int(generation)}"


def authority_part(authority: str) -> str:
    """Return how an authority is written in names of topics; two never share one."""
    if _PLAIN_AUTHORITY.fullmatch(authority):
        return authority.lower()
    return f"_{sha256(authority.encode()).hexdigest()[:16]}"


def _of_owner(generation: int, kind: str, country: str, owner: str) -> str:
    if form_of(generation) < OWNER_FORM:
        return _of_generation(generation, kind, country)
    return f"quipu.{kind}.{country.lower()}.{owner}.g{generation}"


def owner_spec(topic: str) -> TopicSpec | None:
    """Specify a topic of one owner, which its writer makes; None for any other topic."""
    match = _OWNER_TOPIC.fullmatch(topic)
    if match is None:
        return None
    return TopicSpec(topic, 1, _LOG if match["kind"] == "receipts" else _NEWEST)


def is_derived(topic: str, generation: int) -> bool:
    """Say whether a generation of this form writes this topic."""
    match = _OWNER_TOPIC.fullmatch(topic)
    if match is not None:
        return match["generation"] == str(int(generation)) and form_of(generation) >= OWNER_FORM
    return topic in {spec.name for spec in derived_topics(generation)}


def observations(generation: int) -> str:
    """Name the topic of what accepted items observe."""
    return _of_generation(generation, "observations")


def evidence(generation: int) -> str:
    """Name the topic of the rows behind indicators."""
    return _of_generation(generation, "evidence")


def persons(generation: int) -> str:
    """Name the topic of what persons are compared by, sealed."""
    return _of_generation(generation, "persons")


def links(generation: int) -> str:
    """Name the topic of the links between events; the newest message of each two counts."""
    return _of_generation(generation, "links")


def rejects(generation: int) -> str:
    """Name the topic of messages that cannot be processed."""
    return _of_generation(generation, "rejects")


def worker_inputs(generation: int) -> list[str]:
    """Name the topics that a generation's stream worker reads."""
    linked = [persons(generation)] if form_of(generation) >= LINKS_FORM else []
    return [*(bundles(country) for country in COUNTRIES), observations(generation), *linked]


def sink_inputs(generation: int) -> list[str]:
    """Name the topics that a generation's sink reads."""
    countries = [accepted(generation, country) for country in COUNTRIES]
    derived = [observations(generation), evidence(generation), rejects(generation)]
    if form_of(generation) >= LINKS_FORM:
        derived.append(links(generation))
    return [*countries, *derived, DISCLOSURES]


def worker_group(generation: int) -> str:
    """Name the consumer group of a generation's stream workers."""
    return _of_generation(generation, "intake-correlate")


def sink_group(generation: int) -> str:
    """Name the consumer group of a generation's sink."""
    return _of_generation(generation, "sink")


def hits_group(generation: int) -> str:
    """Name the consumer group in which a generation's hits process keeps its offsets."""
    return _of_generation(generation, "hits")


def thing_partition(key: bytes, partitions: int) -> int:
    """Return in which of so many partitions a thing lives."""
    return key[0] % partitions


def log_topics() -> Sequence[TopicSpec]:
    """List the topics of the log, of the disclosure ledger, and of the checkpoints of both.

    All must outlive every database.
    """
    countries = [
        spec
        for country in COUNTRIES
        for spec in (
            TopicSpec(bundles(country), NODE_PARTITIONS, _LOG),
            TopicSpec(keys(country), NODE_PARTITIONS, _KEYS),
        )
    ]
    single = [TopicSpec(name, 1, _LOG) for name in (CONFIG, DISCLOSURES)]
    return [*single, *countries, *later_topics()]


def later_topics() -> Sequence[TopicSpec]:
    """List the topics of the log that exchanges of former releases may not have."""
    return [*checkpoint_topics(), TopicSpec(WORK_KEYS, 1, _KEYS)]


def checkpoint_topics() -> Sequence[TopicSpec]:
    """List the topics of signed checkpoints."""
    names = [CHECKPOINTS, *map(witness, COUNTRIES)]
    return [TopicSpec(name, 1, _LOG) for name in names]


def member_topic() -> TopicSpec:
    """Specify the topic in which the mechanism's processes write of themselves."""
    return TopicSpec(MEMBERS, 1, _NEWEST | {"segment.ms": "600000"})


def committed_topics() -> Sequence[TopicSpec]:
    """List the topics whose messages checkpoints commit to: config, ledger and bundles."""
    names = {CONFIG, DISCLOSURES, *map(bundles, COUNTRIES)}
    return [spec for spec in log_topics() if spec.name in names]


def derived_topics(generation: int) -> Sequence[TopicSpec]:
    """List what a generation writes, but for the topics of owners (`owner_spec`)."""
    countries = [
        TopicSpec(accepted(generation, country), NODE_PARTITIONS, _LOG) for country in COUNTRIES
    ]
    if form_of(generation) < OWNER_FORM:
        countries += [
            spec
            for country in COUNTRIES
            for spec in (
                TopicSpec(receipts(generation, country, ""), NODE_PARTITIONS, _LOG),
                TopicSpec(hits(generation, country, ""), 1, _NEWEST),
            )
        ]
    rows = _ERASABLE if form_of(generation) >= ERASURE_FORM else _LOG
    partitions = thing_partitions_of(generation)
    things = [
        TopicSpec(observations(generation), partitions, rows),
        TopicSpec(evidence(generation), partitions, rows),
    ]
    if form_of(generation) >= LINKS_FORM:
        things += [
            TopicSpec(persons(generation), COMPARED_PARTITIONS, _LOG),
            TopicSpec(links(generation), COMPARED_PARTITIONS, _ERASABLE),
        ]
    return [*countries, *things, TopicSpec(rejects(generation), 1, _LOG)]
