"""Findings that are computed for owners, on a real exchange: publish rows, send hits, read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress

from consumers.hits.computed_notifier import ComputedHitNotifier
from consumers.hits.process import computed_notifier, hit_notifier
from consumers.runtime.consumer_lag import lag
from consumers.runtime.serving_config import read_serving_config
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import load_mechanism_keys
from producers.mapping import loader
from producers.node import CountryNode
from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.errors import QuipuFormatError
from tests.support.mapping_text import mapping_text
from tests.support.pipeline_harness import Pipeline
from tests.support.receipts import opened


def publish_rows(
    pipeline: Pipeline, node: str, type_: str, fields: str, rows: Sequence[str]
) -> None:
    """Publish rows of CSV to Colombia and Ecuador. `rows`: the first is the header, with REF."""
    mapping = pipeline.files / f"{node}-{type_}.toml"
    text = mapping_text(type_, fields, recipients=("CO", "EC"))
    mapping.write_text(text, encoding="utf-8")
    path = pipeline.files / f"{node}-{type_}.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with CountryNode(pipeline.settings, node) as country:
        report = country.publish(path, loader.load_mapping(str(mapping)), wait=120)
    assert report.counts()["accepted"] == len(rows) - 1, [item.code for item in report.items()]


def wait_at_rest(pipeline: Pipeline) -> None:
    """Wait until the store has what the log has."""
    pipeline.eventually(
        lambda: not any(lag(pipeline.settings, pipeline.generation).values()), "at rest"
    )


@contextmanager
def notifier_of_computed(pipeline: Pipeline) -> Iterator[ComputedHitNotifier]:
    """Open what sends computed findings; each moment of the log begins a day."""
    keys = load_mechanism_keys(pipeline.settings)
    with (
        hit_notifier(pipeline.settings, pipeline.generation, keys) as notifier,
        computed_notifier(pipeline.settings, pipeline.generation, notifier, day_ms=1) as computed,
    ):
        computed.authorities = read_serving_config(pipeline.settings).authorities
        computed.look_every_s = 0
        pipeline.eventually(notifier.resume, "it begins")
        yield computed


def send_all(computed: ComputedHitNotifier) -> None:
    """Send to each owner what has changed."""
    while computed.step():
        pass


def received_hits(pipeline: Pipeline, country: str, authority: str) -> list[Record]:
    """Read what an authority received, in the order of the log."""
    topic = topics.hits(pipeline.generation, country, authority)
    with closing(PartitionReader(pipeline.settings.kafka, topic, 0)) as reader:
        messages = list(reader.read(reader.end())) if reader.exists() else []
    bodies = []
    for message in messages:
        with suppress(QuipuFormatError):  # other tests write there what nobody believes
            bodies.append(opened(pipeline.settings, message.topic, message.value))
    return [{**log_format("hit").read(body)} for body in bodies]


def hits_of_rule(pipeline: Pipeline, owner: tuple[str, str], rule: str) -> list[Record]:
    """Read the hits of a rule that an authority received, without the ends."""
    hits = received_hits(pipeline, *owner)
    return [hit for hit in hits if hit["live"] and hit["live"]["rule"] == rule]
