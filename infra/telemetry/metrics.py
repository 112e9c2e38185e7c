"""List every metric of the exchange: name, type, unit, labels, meaning.

`/metrics` shows nothing that is not listed here. The figures are gathered when somebody asks, from
status files, Kafka and the store, so a collector of `prometheus_client` yields them and no counter
is kept twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from schemas.i18n import UserMessage, _

MetricKind = Literal["gauge", "counter"]
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metric:
    """Describe a metric. `unit`: seconds, bytes, ratio (0..1), or what is counted.

    The name of a counter ends in `_total`.
    """

    name: str
    kind: MetricKind
    unit: str
    meaning: UserMessage
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricSample:
    """Give one figure of a metric. `labels` are exactly those of the metric."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def _metric(name: str, kind: MetricKind, unit: str, meaning: UserMessage, *labels: str) -> Metric:
    return Metric(name, kind, unit, meaning, labels)


METRICS: tuple[Metric, ...] = (
    _metric(
        "quipu_health_level",
        "gauge",
        "level",
        _("Health: 0 good or only reported, 1 watch, 2 act now"),
    ),
    _metric(
        "quipu_findings",
        "gauge",
        "findings",
        _("Findings of this level"),
        "level",
    ),
    _metric(
        "quipu_gather_seconds",
        "gauge",
        "seconds",
        _("Time to gather these figures"),
    ),
    _metric(
        "quipu_generation",
        "gauge",
        "number",
        _("Generation of the tables that serves"),
    ),
    _metric("quipu_kafka_up", "gauge", "bool", _("Kafka answers")),
    _metric(
        "quipu_kafka_answer_seconds",
        "gauge",
        "seconds",
        _("An administrative question to Kafka"),
    ),
    _metric(
        "quipu_kafka_disk_free_ratio",
        "gauge",
        "ratio",
        _("Free share of Kafka's fullest disk"),
    ),
    _metric(
        "quipu_kafka_partitions_behind",
        "gauge",
        "number",
        _("Partitions of which a copy is not in sync"),
    ),
    _metric(
        "quipu_kafka_partitions_refusing",
        "gauge",
        "number",
        _("Partitions that take no writes: too few copies, or no leader"),
    ),
    _metric(
        "quipu_members",
        "gauge",
        "number",
        _("Processes of the mechanism on all machines that wrote of themselves within a day"),
        "kind",
    ),
    _metric(
        "quipu_member_problems",
        "gauge",
        "number",
        _("Processes that are late, superfluous, or of another release or generation"),
        "problem",
    ),
    _metric(
        "quipu_topic_stored_messages",
        "gauge",
        "messages",
        _("Messages that the topic holds"),
        "topic",
    ),
    _metric(
        "quipu_topic_messages_total",
        "counter",
        "messages",
        _("Messages ever written (sum of ends)"),
        "topic",
    ),
    _metric(
        "quipu_topic_bytes",
        "gauge",
        "bytes",
        _("Size of the topic, with replicas"),
        "topic",
    ),
    _metric(
        "quipu_stage_lag_messages",
        "gauge",
        "messages",
        _("Messages that the stage has not committed"),
        "stage",
    ),
    _metric(
        "quipu_stage_lost_messages",
        "gauge",
        "messages",
        _("Messages that left their topics before the stage read them"),
        "stage",
    ),
    _metric(
        "quipu_stage_lag_seconds",
        "gauge",
        "seconds",
        _("Age of the oldest of these messages"),
        "stage",
    ),
    _metric(
        "quipu_stage_members",
        "gauge",
        "processes",
        _("Processes of the stage in its group"),
        "stage",
    ),
    _metric(
        "quipu_worker_messages_total",
        "counter",
        "messages",
        _("Messages processed since the worker started"),
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_events_total",
        "counter",
        "events",
        _("Events processed since the worker started (intake)"),
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_events_per_second",
        "gauge",
        "events/s",
        _("Events a second, last 10 s"),
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_batch_seconds",
        "gauge",
        "seconds",
        _("A batch, mean of the last 10 s"),
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_state_bytes",
        "gauge",
        "bytes",
        _("Local state on the disk"),
        "worker",
        "stage",
    ),
    _metric(
        "quipu_sink_rows_total",
        "counter",
        "rows",
        _("Rows written since the start"),
        "sink",
    ),
    _metric(
        "quipu_sink_rows_per_second",
        "gauge",
        "rows/s",
        _("Rows a second, last 10 s"),
        "sink",
    ),
    _metric(
        "quipu_sink_commit_age_seconds",
        "gauge",
        "seconds",
        _("Time since the last commit"),
        "sink",
    ),
    _metric("quipu_process_up", "gauge", "bool", _("Whether the process runs"), "process"),
    _metric(
        "quipu_process_restarts_total",
        "counter",
        "restarts",
        _("Restarts since `quipu up` started"),
        "process",
    ),
    _metric(
        "quipu_process_resident_bytes",
        "gauge",
        "bytes",
        _("Resident memory"),
        "process",
    ),
    _metric(
        "quipu_process_silent_seconds",
        "gauge",
        "seconds",
        _("Time since its last sign of life"),
        "process",
    ),
    _metric(
        "quipu_process_still_seconds",
        "gauge",
        "seconds",
        _("Time without progress while messages wait"),
        "process",
    ),
    _metric("quipu_store_up", "gauge", "bool", _("ClickHouse answers")),
    _metric("quipu_store_answer_seconds", "gauge", "seconds", _("SELECT 1")),
    _metric(
        "quipu_store_disk_free_ratio",
        "gauge",
        "ratio",
        _("Free share of its disk"),
    ),
    _metric(
        "quipu_table_rows",
        "gauge",
        "rows",
        _("Rows, with copies that are not merged yet"),
        "table",
    ),
    _metric("quipu_table_parts", "gauge", "parts", _("Active parts"), "table"),
    _metric("quipu_table_bytes", "gauge", "bytes", _("Size on the disk"), "table"),
    _metric(
        "quipu_node_heard_seconds",
        "gauge",
        "seconds",
        _("Time since the node's last accepted bundle"),
        "node",
    ),
    _metric(
        "quipu_node_gap_bundles",
        "gauge",
        "bundles",
        _("Bundles missing in its cords"),
        "node",
    ),
    _metric(
        "quipu_node_pending_items",
        "gauge",
        "items",
        _("Pending items"),
        "node",
    ),
    _metric(
        "quipu_node_rejected_day",
        "gauge",
        "items",
        _("Rejects of the last 24 h"),
        "node",
        "code",
    ),
    _metric(
        "quipu_node_unsent_bundles",
        "gauge",
        "bundles",
        _("Unsent bundles, if its outbox is here"),
        "node",
    ),
    _metric(
        "quipu_node_unanswered_bundles",
        "gauge",
        "bundles",
        _("Unanswered bundles, if its outbox is here"),
        "node",
    ),
    _metric(
        "quipu_canary_seconds",
        "gauge",
        "seconds",
        _("From node to query, last hour: 0.5, 0.95, 0.99, last"),
        "node",
        "quantile",
    ),
    _metric(
        "quipu_canary_measured",
        "gauge",
        "heartbeats",
        _("Heartbeats measured in the last hour"),
        "node",
    ),
    _metric(
        "quipu_flood_records",
        "gauge",
        "records",
        _("Most records that an authority wrote on one thing in 7 days, beyond every rule's hub"),
        "country",
        "authority",
    ),
    _metric(
        "quipu_flood_things",
        "gauge",
        "things",
        _("Things on which an authority wrote more records in 7 days than any rule counts"),
        "country",
        "authority",
    ),
    _metric(
        "quipu_rejected_messages_day",
        "gauge",
        "messages",
        _("Rejected messages of unknown senders in 24 h"),
        "topic",
        "code",
    ),
)
_BY_NAME = {metric.name: metric for metric in METRICS}


class SampleCollector(Collector):
    """Hand samples to prometheus_client as families, in the order of METRICS."""

    def __init__(self, samples: Iterable[MetricSample]) -> None:
        """Group the samples by metric.

        Raises KeyError for a metric and ValueError for labels that are not listed here.
        """
        self._samples: dict[str, list[MetricSample]] = {}
        for sample in samples:
            labels = _BY_NAME[sample.name].labels
            if set(sample.labels) != set(labels):
                raise ValueError(f"{sample.name} has the labels {labels}, not {[*sample.labels]}")
            self._samples.setdefault(sample.name, []).append(sample)

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """Yield one family for each metric that has a sample."""
        for metric in METRICS:
            if metric.name not in self._samples:
                continue
            family_type = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
            meaning = f"{metric.meaning} ({metric.unit})"
            family = family_type(metric.name, meaning, labels=metric.labels)
            for sample in self._samples[metric.name]:
                family.add_metric([sample.labels[name] for name in metric.labels], sample.value)
            yield family


def exposition(samples: Iterable[MetricSample]) -> str:
    """Write the samples in Prometheus' text format 0.0.4.

    Raises KeyError for a metric and ValueError for labels that are not listed here.
    """
    registry = CollectorRegistry()
    registry.register(SampleCollector(samples))
    return generate_latest(registry).decode()
