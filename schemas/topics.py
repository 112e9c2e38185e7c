"""Name the topics with their partitions and settings.

Topics of the log are kept forever; derived ones carry the generation that wrote them, at the end
of their names: so one permission for a prefix holds for every generation. Former releases put it
first (`LegacyGeneration`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.model import COUNTRIES, LegacyGeneration

CONFIG = "quipu.config"
DISCLOSURES = "quipu.disclosures"
CHECKPOINTS = "quipu.checkpoints"
NODE_PARTITIONS = 2  # of each country's bundles, keys and accepted
THING_PARTITIONS = 4  # of observations and evidence

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
    """Return what a topic holds, such as bundles or keys, whatever country or generation."""
    first, *others = topic.split(".")[1:]
    return others[0] if others and re.fullmatch(r"g[0-9]+", first) else first


def _of_generation(generation: int, kind: str, country: str = "") -> str:
    of_country = f".{country.lower()}" if country else ""
    if isinstance(generation, LegacyGeneration):
        return f"quipu.g{generation}.{kind}{of_country}"
    return f"quipu.{kind}{of_country}.g{generation}"


def accepted(generation: int, country: str) -> str:
    """Name the topic of a country's verdicts and accepted items.

    Partition n holds what came from partition n of the country's bundles.
    """
    return _of_generation(generation, "accepted", country)


def receipts(generation: int, country: str) -> str:
    """Name the topic of the receipts for a country's nodes."""
    return _of_generation(generation, "receipts", country)


def hits(generation: int, country: str) -> str:
    """Name the topic of a country's hits; the newest of each counts.

    A hit is an indicator in which records of its authorities take part.
    """
    return _of_generation(generation, "hits", country)


def observations(generation: int) -> str:
    """Name the topic of what accepted items observe."""
    return _of_generation(generation, "observations")


def evidence(generation: int) -> str:
    """Name the topic of the rows behind indicators."""
    return _of_generation(generation, "evidence")


def rejects(generation: int) -> str:
    """Name the topic of messages that cannot be processed."""
    return _of_generation(generation, "rejects")


def worker_inputs(generation: int) -> list[str]:
    """Name the topics that a generation's stream worker reads."""
    return [*(bundles(country) for country in COUNTRIES), observations(generation)]


def sink_inputs(generation: int) -> list[str]:
    """Name the topics that a generation's sink reads."""
    countries = [accepted(generation, country) for country in COUNTRIES]
    derived = [observations(generation), evidence(generation), rejects(generation)]
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


def thing_partition(key: bytes) -> int:
    """Return the partition of observations and evidence in which a thing lives."""
    return key[0] % THING_PARTITIONS


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
    return [*single, *countries, *checkpoint_topics()]


def checkpoint_topics() -> Sequence[TopicSpec]:
    """List the topics of signed checkpoints. Former releases have none of them."""
    names = [CHECKPOINTS, *map(witness, COUNTRIES)]
    return [TopicSpec(name, 1, _LOG) for name in names]


def committed_topics() -> Sequence[TopicSpec]:
    """List the topics whose messages checkpoints commit to: config, ledger and bundles."""
    names = {CONFIG, DISCLOSURES, *map(bundles, COUNTRIES)}
    return [spec for spec in log_topics() if spec.name in names]


def derived_topics(generation: int) -> Sequence[TopicSpec]:
    """List what a generation writes; it is dropped with the generation."""
    countries = [
        spec
        for country in COUNTRIES
        for spec in (
            TopicSpec(accepted(generation, country), NODE_PARTITIONS, _LOG),
            TopicSpec(receipts(generation, country), NODE_PARTITIONS, _LOG),
            TopicSpec(hits(generation, country), 1, _NEWEST),
        )
    ]
    things = [
        TopicSpec(observations(generation), THING_PARTITIONS, _LOG),
        TopicSpec(evidence(generation), THING_PARTITIONS, _LOG),
    ]
    return [*countries, *things, TopicSpec(rejects(generation), 1, _LOG)]
