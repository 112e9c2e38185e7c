"""The facts as metrics (infra.telemetry.metrics names them all). A piece that is not known gives no
samples.
"""

from __future__ import annotations

from collections.abc import Iterator

from consumers.health.evaluate import Diagnosis
from consumers.health.facts import (
    CanaryStatus,
    Facts,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessState,
    StoreStatus,
    Unavailable,
)
from consumers.health.json_report import LEVELS
from infra.telemetry.metrics import MetricSample


def samples(facts: Facts, health: Diagnosis) -> Iterator[MetricSample]:
    """All of them."""
    yield MetricSample("quipu_health_level", health.level)
    for level, name in LEVELS.items():
        if level:
            yield MetricSample(
                "quipu_findings",
                sum(one.level == level for one in health.findings),
                {"level": name},
            )
    yield MetricSample("quipu_gather_seconds", facts.took_s)
    if not isinstance(facts.generation, Unavailable):
        yield MetricSample("quipu_generation", facts.generation)
    yield from _kafka(facts.kafka)
    yield from _store(facts.store)
    for process in facts.processes if not isinstance(facts.processes, Unavailable) else ():
        yield from _process(process, facts.at)
    for node in facts.nodes if not isinstance(facts.nodes, Unavailable) else ():
        yield from _node(node, facts.at)
    for canary in facts.canaries if not isinstance(facts.canaries, Unavailable) else ():
        yield from _canary(canary)
    for refused in facts.refused if not isinstance(facts.refused, Unavailable) else ():
        yield MetricSample(
            "quipu_rejected_messages_day",
            refused.count,
            {"topic": refused.topic, "code": refused.code},
        )


def _kafka(kafka: KafkaStatus | Unavailable) -> Iterator[MetricSample]:
    yield MetricSample("quipu_kafka_up", 0 if isinstance(kafka, Unavailable) else 1)
    if isinstance(kafka, Unavailable):
        return
    yield MetricSample("quipu_kafka_answer_seconds", kafka.answer_s)
    if kafka.disk:
        yield MetricSample("quipu_kafka_disk_free_ratio", kafka.disk.free_share)
    for topic in kafka.topics:
        of = {"topic": topic.name}
        yield MetricSample("quipu_topic_stored_messages", topic.messages, of)
        yield MetricSample("quipu_topic_messages_total", topic.end, of)
        if topic.bytes is not None:
            yield MetricSample("quipu_topic_bytes", topic.bytes, of)
    for stage in kafka.stages:
        of = {"stage": stage.name}
        yield MetricSample("quipu_stage_lag_messages", stage.lag, of)
        yield MetricSample("quipu_stage_lag_seconds", stage.lag_s, of)
        if stage.members is not None:
            yield MetricSample("quipu_stage_members", stage.members, of)


def _store(store: StoreStatus | Unavailable) -> Iterator[MetricSample]:
    yield MetricSample("quipu_store_up", 0 if isinstance(store, Unavailable) else 1)
    if isinstance(store, Unavailable):
        return
    yield MetricSample("quipu_store_answer_seconds", store.answer_s)
    if store.disk:
        yield MetricSample("quipu_store_disk_free_ratio", store.disk.free_share)
    for table in store.tables:
        of = {"table": table.name}
        yield MetricSample("quipu_table_rows", table.rows, of)
        yield MetricSample("quipu_table_parts", table.parts, of)
        yield MetricSample("quipu_table_bytes", table.bytes, of)


def _process(one: ProcessState, at: int) -> Iterator[MetricSample]:
    of = {"process": one.name}
    yield MetricSample("quipu_process_up", int(one.alive), of)
    yield MetricSample("quipu_process_restarts_total", one.restarts, of)
    if one.rss is not None:
        yield MetricSample("quipu_process_resident_bytes", one.rss, of)
    if one.silent_s is not None:
        yield MetricSample("quipu_process_silent_seconds", one.silent_s, of)
        yield MetricSample("quipu_process_still_seconds", one.still_s, of)
    for stage, told in one.figures.get("stages", {}).items():
        labels = {"worker": one.name, "stage": stage}
        yield MetricSample("quipu_worker_messages_total", told["messages"], labels)
        yield MetricSample("quipu_worker_events_total", told["events"], labels)
        yield MetricSample("quipu_worker_events_per_second", told["events_per_s"], labels)
        yield MetricSample("quipu_worker_batch_seconds", told["batch_s"], labels)
        yield MetricSample("quipu_worker_state_bytes", told["state_bytes"], labels)
    if one.figures.get("kind") == "sink":
        sink = {"sink": one.name}
        yield MetricSample("quipu_sink_rows_total", one.figures["rows"], sink)
        yield MetricSample("quipu_sink_rows_per_second", one.figures["rows_per_s"], sink)
        if one.figures["committed_at"] is not None:
            yield MetricSample(
                "quipu_sink_commit_age_seconds",
                max(0.0, at / 1000 - one.figures["committed_at"]),
                sink,
            )


def _node(one: NodeStatus, at: int) -> Iterator[MetricSample]:
    of = {"node": one.name}
    if not isinstance(one.heard_at, Unavailable):
        if one.heard_at is not None:
            yield MetricSample("quipu_node_heard_seconds", max(0.0, (at - one.heard_at) / 1000), of)
        yield MetricSample(
            "quipu_node_gap_bundles", sum(gap.last - gap.first + 1 for gap in one.gaps), of
        )
        yield MetricSample("quipu_node_pending_items", one.pending, of)
        for code, count in sorted(one.codes.items()):
            yield MetricSample("quipu_node_rejected_day", count, {**of, "code": code})
    if isinstance(one.outbox, OutboxStatus):
        yield MetricSample("quipu_node_unsent_bundles", one.outbox.unsent, of)
        yield MetricSample("quipu_node_unanswered_bundles", one.outbox.unanswered, of)


def _canary(one: CanaryStatus) -> Iterator[MetricSample]:
    yield MetricSample("quipu_canary_measured", one.measured, {"node": one.node})
    for quantile, seconds in (
        ("0.5", one.p50),
        ("0.95", one.p95),
        ("0.99", one.p99),
        ("last", one.last),
    ):
        yield MetricSample(
            "quipu_canary_seconds", seconds, {"node": one.node, "quantile": quantile}
        )
