"""The topics: names, partitions, settings. Log topics for ever; derived ones carry the generation
that wrote them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.model import COUNTRIES

CONFIG = "quipu.config"
DISCLOSURES = "quipu.disclosures"
NODE_PARTITIONS = 2  # of each country's bundles, keys and accepted
THING_PARTITIONS = 4  # of observations and evidence

_LOG = {
    "retention.ms": "-1",
    "message.timestamp.type": "LogAppendTime",
    "max.message.bytes": str(1_500_000),
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
    name: str
    partitions: int
    configs: dict[str, str] = field(default_factory=dict)


def bundles(country: str) -> str:
    return f"quipu.bundles.{country.lower()}"


def keys(country: str) -> str:
    return f"quipu.keys.{country.lower()}"


def country_of(topic: str) -> str:
    """The country of a topic that is a country's: its last part."""
    return topic.rsplit(".", 1)[1].upper()


def accepted(generation: int, country: str) -> str:
    """Partition n holds what came from partition n of the country's bundles."""
    return f"quipu.g{generation}.accepted.{country.lower()}"


def receipts(generation: int, country: str) -> str:
    return f"quipu.g{generation}.receipts.{country.lower()}"


def hits(generation: int, country: str) -> str:
    """What is told to a country's authorities of the indicators that their records take part in; of
    each the newest counts.
    """
    return f"quipu.g{generation}.hits.{country.lower()}"


def observations(generation: int) -> str:
    return f"quipu.g{generation}.observations"


def evidence(generation: int) -> str:
    return f"quipu.g{generation}.evidence"


def rejects(generation: int) -> str:
    return f"quipu.g{generation}.rejects"


def thing_partition(key: bytes) -> int:
    """Of observations and evidence: where a thing lives."""
    return key[0] % THING_PARTITIONS


def log_topics() -> Sequence[TopicSpec]:
    """bundles, keys, config: the log; and the disclosure ledger, which like the log must outlive
    every database.
    """
    countries = [
        spec
        for country in COUNTRIES
        for spec in (
            TopicSpec(bundles(country), NODE_PARTITIONS, _LOG),
            TopicSpec(keys(country), NODE_PARTITIONS, _KEYS),
        )
    ]
    return [TopicSpec(CONFIG, 1, _LOG), TopicSpec(DISCLOSURES, 1, _LOG), *countries]


def derived_topics(generation: int) -> Sequence[TopicSpec]:
    """What a generation writes; dropped with it."""
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
