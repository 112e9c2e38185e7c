"""`/metrics`: what Prometheus and an OpenMetrics reader understand, and nothing unlisted."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_prometheus

from infra.telemetry.metrics import METRICS, MetricSample, SampleCollector, exposition

SAMPLES = [
    MetricSample(metric.name, number + 0.5, {name: f'a "{name}"\\\n' for name in metric.labels})
    for number, metric in enumerate(METRICS)
]


def test_a_counter_ends_in_total_and_no_gauge_does() -> None:
    for metric in METRICS:
        assert metric.name.endswith("_total") == (metric.kind == "counter"), metric.name


def test_prometheus_reads_back_every_value_label_and_type() -> None:
    families = {
        sample.name: (family.type, sample.labels, sample.value)
        for family in read_prometheus(exposition(SAMPLES))
        for sample in family.samples
    }
    assert families == {
        sample.name: (metric.kind, dict(sample.labels), sample.value)
        for metric, sample in zip(METRICS, SAMPLES, strict=True)
    }


def test_openmetrics_takes_every_metric() -> None:
    registry = CollectorRegistry()
    registry.register(SampleCollector(SAMPLES))
    text = generate_latest(registry).decode()  # type: ignore[no-untyped-call]
    families = list(read_openmetrics(text))  # type: ignore[no-untyped-call]
    assert len(families) == len(METRICS)


def test_a_metric_without_a_sample_is_not_shown() -> None:
    assert exposition([MetricSample("quipu_kafka_up", 1)]) == (
        "# HELP quipu_kafka_up Kafka answers (bool)\n"
        "# TYPE quipu_kafka_up gauge\n"
        "quipu_kafka_up 1.0\n"
    )


def test_what_is_not_listed_is_refused() -> None:
    with pytest.raises(KeyError, match="quipu_made_up"):
        exposition([MetricSample("quipu_made_up", 1)])
    with pytest.raises(ValueError, match="labels"):
        exposition([MetricSample("quipu_kafka_up", 1, {"broker": "1"})])
