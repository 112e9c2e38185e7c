"""A node that traces says so in a header outside of what it signs, and changes nothing else."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from kafka import TopicPartition

from infra.kafka.clients import open_consumer
from infra.telemetry.trace_context import HEADER, read_trace
from producers.node import CountryNode
from schemas import topics
from tests.support.message_servers import webhook_server
from tests.support.node import HEADER as COLUMNS
from tests.support.node import row
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration
NODE, PLACE = "co-ponal", TopicPartition(topics.bundles("CO"), 0)


def bundles_since(pipeline: Pipeline, first: int | None) -> tuple[int, list[Any]]:
    """The records of the partition from an offset on, and its end; none where it is None."""
    with closing(open_consumer(pipeline.settings.kafka)) as consumer:
        consumer.assign([PLACE])
        end = int(consumer.end_offsets([PLACE])[PLACE])
        records: list[Any] = []
        if first is not None:
            consumer.seek(PLACE, first)
            while len(records) < end - first:
                records += consumer.poll(timeout_ms=500).get(PLACE, [])
        return end, records


def test_only_a_bundle_of_a_node_that_traces_has_the_header_and_both_are_accepted(
    pipeline: Pipeline,
) -> None:
    first, _records = bundles_since(pipeline, None)
    plain = pipeline.publish(NODE, row(71001, "TRC1001"), name="plain.csv")
    path = pipeline.files / "traced.csv"
    path.write_text(COLUMNS + row(71002, "TRC1002"), encoding="utf-8")
    with webhook_server(None) as (address, received):
        settings = replace(pipeline.settings, trace_endpoint=address)
        with CountryNode(settings, NODE) as country:
            traced = country.publish(path, pipeline.mapping(), wait=120.0)
    outcomes = [[item.outcome for item in report.items()] for report in (plain, traced)]
    assert outcomes[0] == outcomes[1]
    _end, records = bundles_since(pipeline, first)
    without, with_header = records
    assert without.headers in ([], ())
    ((name, _value),) = with_header.headers
    context = read_trace(with_header.headers)
    assert name == HEADER
    assert context is not None
    assert context.span_id in b"".join(received.bodies).decode()
