"""Write the facts as metrics; infra.telemetry.metrics names them all.

A fact that is not known gives no samples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from consumers.health.cluster_facts import MemberStatus
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
from schemas.members import MemberProblem


def samples(facts: Facts, health: Diagnosis) -> Iterator[MetricSample]:
    """Yield the samples of all metrics."""
    yield MetricSample("quipu_health_level", health.degree.exit_code)
    for level, name in LEVELS.items():
        if level:
            yield MetricSample(
                "quipu_findings",
                sum(finding.degree == level for finding in health.findings),
                {"level": name},
            )
    yield MetricSample("quipu_gather_seconds", facts.took_s)
    if not isinstance(facts.generation, Unavailable):
        yield MetricSample("quipu_generation", facts.generation)
    yield from _kafka(facts.kafka)
    yield from _store(facts.store)
    yield from _members(facts.members)
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
    for flood in facts.floods if not isinstance(facts.floods, Unavailable) else ():
        labels = {"country": flood.country, "authority": flood.authority}
        yield MetricSample("quipu_flood_records", flood.records, labels)
        yield MetricSample("quipu_flood_things", flood.things, labels)


def _kafka(kafka: KafkaStatus | Unavailable) -> Iterator[MetricSample]:
    yield MetricSample("quipu_kafka_up", 0 if isinstance(kafka, Unavailable) else 1)
    if isinstance(kafka, Unavailable):
        return
    yield MetricSample("quipu_kafka_answer_seconds", kafka.answer_s)
    if kafka.disk:
        yield MetricSample("quipu_kafka_disk_free_ratio", kafka.disk.free_share)
    if kafka.copies:
        yield MetricSample("quipu_kafka_partitions_behind", len(kafka.copies.behind))
        yield MetricSample("quipu_kafka_partitions_refusing", len(kafka.copies.refusing))
    for topic in kafka.topics:
        labels = {"topic": topic.name}
        yield MetricSample("quipu_topic_stored_messages", topic.messages, labels)
        yield MetricSample("quipu_topic_messages_total", topic.end, labels)
        if topic.bytes is not None:
            yield MetricSample("quipu_topic_bytes", topic.bytes, labels)
    for stage in kafka.stages:
        labels = {"stage": stage.name}
        yield MetricSample("quipu_stage_lag_messages", stage.lag, labels)
        yield MetricSample("quipu_stage_lost_messages", stage.lost, labels)
        if stage.lag_s is not None:
            yield MetricSample("quipu_stage_lag_seconds", stage.lag_s, labels)
        if stage.members is not None:
            yield MetricSample("quipu_stage_members", stage.members, labels)


def _members(members: Sequence[MemberStatus] | Unavailable) -> Iterator[MetricSample]:
    if isinstance(members, Unavailable):
        return
    for kind, count in sorted(Counter(member.kind for member in members).items()):
        yield MetricSample("quipu_members", count, {"kind": kind})
    for problem in MemberProblem:
        count = sum(problem in member.problems for member in members)
        yield MetricSample("quipu_member_problems", count, {"problem": problem})


def _store(store: StoreStatus | Unavailable) -> Iterator[MetricSample]:
    yield MetricSample("quipu_store_up", 0 if isinstance(store, Unavailable) else 1)
    if isinstance(store, Unavailable):
        return
    yield MetricSample("quipu_store_answer_seconds", store.answer_s)
    if store.disk:
        yield MetricSample("quipu_store_disk_free_ratio", store.disk.free_share)
    for table in store.tables:
        labels = {"table": table.name}
        yield MetricSample("quipu_table_rows", table.rows, labels)
        yield MetricSample("quipu_table_parts", table.parts, labels)
        yield MetricSample("quipu_table_bytes", table.bytes, labels)


def _process(process: ProcessState, at: int) -> Iterator[MetricSample]:
    own = {"process": process.name}
    yield MetricSample("quipu_process_up", int(process.alive), own)
    yield MetricSample("quipu_process_restarts_total", process.restarts, own)
    if process.rss is not None:
        yield MetricSample("quipu_process_resident_bytes", process.rss, own)
    if process.silent_s is not None:
        yield MetricSample("quipu_process_silent_seconds", process.silent_s, own)
        yield MetricSample("quipu_process_still_seconds", process.still_s, own)
    for stage, figures in process.figures.get("stages", {}).items():
        labels = {"worker": process.name, "stage": stage}
        yield MetricSample("quipu_worker_messages_total", figures["messages"], labels)
        yield MetricSample("quipu_worker_events_total", figures["events"], labels)
        yield MetricSample("quipu_worker_events_per_second", figures["events_per_s"], labels)
        yield MetricSample("quipu_worker_batch_seconds", figures["batch_s"], labels)
        yield MetricSample("quipu_worker_state_bytes", figures["state_bytes"], labels)
    if process.figures.get("kind") == "sink":
        sink = {"sink": process.name}
        yield MetricSample("quipu_sink_rows_total", process.figures["rows"], sink)
        yield MetricSample("quipu_sink_rows_per_second", process.figures["rows_per_s"], sink)
        if process.figures["committed_at"] is not None:
            yield MetricSample(
                "quipu_sink_commit_age_seconds",
                max(0.0, at / 1000 - process.figures["committed_at"]),
                sink,
            )


def _node(node: NodeStatus, at: int) -> Iterator[MetricSample]:
    labels = {"node": node.name}
    if not isinstance(node.heard_at, Unavailable):
        if node.heard_at is not None:
            yield MetricSample(
                "quipu_node_heard_seconds", max(0.0, (at - node.heard_at) / 1000), labels
            )
        yield MetricSample(
            "quipu_node_gap_bundles", sum(gap.last - gap.first + 1 for gap in node.gaps), labels
        )
        yield MetricSample("quipu_node_pending_items", node.pending, labels)
        for code, count in sorted(node.codes.items()):
            yield MetricSample("quipu_node_rejected_day", count, {**labels, "code": code})
    if isinstance(node.outbox, OutboxStatus):
        yield MetricSample("quipu_node_unsent_bundles", node.outbox.unsent, labels)
        yield MetricSample("quipu_node_unanswered_bundles", node.outbox.unanswered, labels)


def _canary(canary: CanaryStatus) -> Iterator[MetricSample]:
    yield MetricSample("quipu_canary_measured", canary.measured, {"node": canary.node})
    for quantile, seconds in (
        ("0.5", canary.p50),
        ("0.95", canary.p95),
        ("0.99", canary.p99),
        ("last", canary.last),
    ):
        yield MetricSample(
            "quipu_canary_seconds", seconds, {"node": canary.node, "quantile": quantile}
        )
