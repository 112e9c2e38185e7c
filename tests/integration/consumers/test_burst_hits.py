"""Bursts on a real exchange: who receives one, once, after a day of the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest

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
from tests.support.mapping_text import mapping_text, occurred_on
from tests.support.pipeline_harness import Pipeline
from tests.support.receipts import opened

pytestmark = pytest.mark.integration
FIELDS = '"direction" = { constant = "ENTRY" }\n"crossing" = "CROSSING"\n' + occurred_on(
    "DATE", "America/Guayaquil"
)
SURGE = date(2018, 3, 5)
PAST_WEEKS = 56
TOLD, HIDDEN = ("Rumichaca", "CO"), ("San Miguel", "BO")
"""Two crossings of Colombia and Ecuador, and to whom their records go."""


def rows(crossing: str) -> Iterator[str]:
    """A year of a record a week and six in the first, and a surge."""
    days = [SURGE - timedelta(weeks=week) for week in range(1, PAST_WEEKS + 1)]
    days += [days[-1]] * 5 + [SURGE] * 15
    for number, day in enumerate(days):
        yield f"B-{crossing}-{number},{crossing},{day:%d/%m/%Y}\n"


def publish(pipeline: Pipeline, crossing: str, recipient: str, lines: list[str]) -> None:
    mapping = pipeline.files / f"movements-{recipient}.toml"
    mapping.write_text(mapping_text("movement", FIELDS, recipients=(recipient,)), encoding="utf-8")
    path = pipeline.files / f"movements-{crossing}-{len(lines)}.csv"
    path.write_text("REF,CROSSING,DATE\n" + "".join(lines), encoding="utf-8")
    with CountryNode(pipeline.settings, "ec-policia") as node:
        report = node.publish(path, loader.load_mapping(str(mapping)), wait=120)
    assert report.counts()["refused"] == 0


def hits_of(pipeline: Pipeline, country: str, authority: str) -> list[Record]:
    """What an authority received of bursts, in the order of the log."""
    topic = topics.hits(pipeline.generation, country, authority)
    with closing(PartitionReader(pipeline.settings.kafka, topic, 0)) as reader:
        if not reader.exists():
            return []
        messages = list(reader.read(reader.end()))
    bodies = (opened(pipeline.settings, message.topic, message.value) for message in messages)
    hits: list[Record] = [{**log_format("hit").read(body)} for body in bodies]
    return [hit for hit in hits if hit["live"] and hit["live"]["rule"] == "burst"]


def send_all(bursts: ComputedHitNotifier) -> None:
    while bursts.step():
        pass


def test_a_surge_is_told_once_to_the_authorities_entitled(pipeline: Pipeline) -> None:
    """Ecuador owns the records, Colombia has the other side of the crossing, Peru has neither."""
    for crossing, recipient in (TOLD, HIDDEN):
        publish(pipeline, crossing, recipient, list(rows(crossing)))
    publish(pipeline, "Mataje", "CO", ["B-later,Mataje,05/03/2018\n"])
    pipeline.eventually(
        lambda: not any(lag(pipeline.settings, pipeline.generation).values()), "at rest"
    )
    keys = load_mechanism_keys(pipeline.settings)
    for _round in range(2):
        with (
            hit_notifier(pipeline.settings, pipeline.generation, keys) as notifier,
            computed_notifier(pipeline.settings, pipeline.generation, notifier, day_ms=1) as bursts,
        ):
            bursts.authorities = read_serving_config(pipeline.settings).authorities
            pipeline.eventually(notifier.resume, "it begins")
            send_all(bursts)
        of_ecuador = hits_of(pipeline, "EC", "POLICIA")
        assert len(of_ecuador) == 2, "one for each crossing, also after a restart"
        (of_colombia,) = hits_of(pipeline, "CO", "PONAL")
        assert hits_of(pipeline, "PE", "SUCAMEC") == []
    live = of_colombia["live"]
    assert "Rumichaca" in live["sentence"]["es"]
    assert (live["own"], [other["records"] for other in live["others"]]) == ([], [15])
    assert {len(hit["live"]["own"]) for hit in of_ecuador} == {15}
    with CountryNode(pipeline.settings, "co-ponal") as node:
        node.send(0)
        shown = [hit for hit in node.hits().hits if hit.rule == "burst"]
    assert [hit.sentence for hit in shown] == [live["sentence"]]
