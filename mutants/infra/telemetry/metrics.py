"""Every metric of the exchange: name, type, unit, labels, meaning. `/metrics` writes nothing that
is not here.

Prometheus' text format 0.0.4, written by hand: it is twenty lines, and a client library would keep
counters of its own beside ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from infra.errors import Words

MetricKind = Literal["gauge", "counter"]
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metric:
    """`unit`: seconds, bytes, ratio (0..1), or what is counted."""

    name: str
    kind: MetricKind
    unit: str
    meaning: Words
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricSample:
    """A figure of a metric. `labels`: exactly the metric's."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def _metric(name: str, kind: MetricKind, unit: str, es: str, en: str, *labels: str) -> Metric:
    return Metric(name, kind, unit, Words(es, en), labels)


METRICS: tuple[Metric, ...] = (
    _metric(
        "quipu_health_level",
        "gauge",
        "level",
        "Salud: 0 bien, 1 atención, 2 mal",
        "Health: 0 good, 1 attention, 2 bad",
    ),
    _metric(
        "quipu_findings",
        "gauge",
        "findings",
        "Hallazgos de ese nivel o peor que bien",
        "Findings of this level",
        "level",
    ),
    _metric(
        "quipu_gather_seconds",
        "gauge",
        "seconds",
        "Lo que costó reunir estas cifras",
        "What gathering these figures took",
    ),
    _metric(
        "quipu_generation",
        "gauge",
        "number",
        "Generación de tablas que sirve",
        "Which generation of the tables serves",
    ),
    _metric("quipu_kafka_up", "gauge", "bool", "Kafka responde", "Kafka answers"),
    _metric(
        "quipu_kafka_answer_seconds",
        "gauge",
        "seconds",
        "Una consulta administrativa a Kafka",
        "An administrative question to Kafka",
    ),
    _metric(
        "quipu_kafka_disk_free_ratio",
        "gauge",
        "ratio",
        "Parte libre del disco más lleno de Kafka",
        "Free share of Kafka's fullest disk",
    ),
    _metric(
        "quipu_topic_messages",
        "gauge",
        "messages",
        "Mensajes que el tópico guarda",
        "Messages that the topic holds",
        "topic",
    ),
    _metric(
        "quipu_topic_end_offset",
        "counter",
        "messages",
        "Mensajes escritos en total (suma de finales)",
        "Messages ever written (sum of ends)",
        "topic",
    ),
    _metric(
        "quipu_topic_bytes",
        "gauge",
        "bytes",
        "Tamaño del tópico, copias incluidas",
        "Size of the topic, copies counted",
        "topic",
    ),
    _metric(
        "quipu_stage_lag_messages",
        "gauge",
        "messages",
        "Mensajes sin confirmar de la etapa",
        "Messages the stage has not committed",
        "stage",
    ),
    _metric(
        "quipu_stage_lag_seconds",
        "gauge",
        "seconds",
        "Edad del más antiguo de ellos",
        "Age of the oldest of them",
        "stage",
    ),
    _metric(
        "quipu_stage_members",
        "gauge",
        "processes",
        "Procesos de la etapa en su grupo",
        "Processes of the stage in its group",
        "stage",
    ),
    _metric(
        "quipu_worker_messages_total",
        "counter",
        "messages",
        "Mensajes hechos por el procesador desde su inicio",
        "Messages done by the worker since it began",
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_events_total",
        "counter",
        "events",
        "Eventos tomados desde su inicio (intake)",
        "Events taken since it began (intake)",
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_events_per_second",
        "gauge",
        "events/s",
        "Eventos por segundo, últimos 10 s",
        "Events a second, last 10 s",
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_batch_seconds",
        "gauge",
        "seconds",
        "Un lote, media de los últimos 10 s",
        "A batch, mean of the last 10 s",
        "worker",
        "stage",
    ),
    _metric(
        "quipu_worker_state_bytes",
        "gauge",
        "bytes",
        "Estado local en disco",
        "Local state on the disk",
        "worker",
        "stage",
    ),
    _metric(
        "quipu_sink_rows_total",
        "counter",
        "rows",
        "Filas escritas desde su inicio",
        "Rows written since it began",
        "sink",
    ),
    _metric(
        "quipu_sink_rows_per_second",
        "gauge",
        "rows/s",
        "Filas por segundo, últimos 10 s",
        "Rows a second, last 10 s",
        "sink",
    ),
    _metric(
        "quipu_sink_commit_age_seconds",
        "gauge",
        "seconds",
        "Desde la última confirmación",
        "Since the last commit",
        "sink",
    ),
    _metric("quipu_process_up", "gauge", "bool", "El proceso vive", "The process lives", "process"),
    _metric(
        "quipu_process_restarts_total",
        "counter",
        "restarts",
        "Reinicios desde que «quipu up» arrancó",
        "Restarts since `quipu up` began",
        "process",
    ),
    _metric(
        "quipu_process_resident_bytes",
        "gauge",
        "bytes",
        "Memoria residente",
        "Resident memory",
        "process",
    ),
    _metric(
        "quipu_process_silent_seconds",
        "gauge",
        "seconds",
        "Desde su última señal de vida",
        "Since its last sign of life",
        "process",
    ),
    _metric(
        "quipu_process_still_seconds",
        "gauge",
        "seconds",
        "Con trabajo en espera y sin avanzar",
        "For which work waited and nothing moved",
        "process",
    ),
    _metric("quipu_store_up", "gauge", "bool", "ClickHouse responde", "ClickHouse answers"),
    _metric("quipu_store_answer_seconds", "gauge", "seconds", "SELECT 1", "SELECT 1"),
    _metric(
        "quipu_store_disk_free_ratio",
        "gauge",
        "ratio",
        "Parte libre de su disco",
        "Free share of its disk",
    ),
    _metric(
        "quipu_table_rows",
        "gauge",
        "rows",
        "Filas, copias por fundir incluidas",
        "Rows, copies not merged yet counted",
        "table",
    ),
    _metric("quipu_table_parts", "gauge", "parts", "Partes vivas", "Live parts", "table"),
    _metric("quipu_table_bytes", "gauge", "bytes", "Tamaño en disco", "Size on the disk", "table"),
    _metric(
        "quipu_node_heard_seconds",
        "gauge",
        "seconds",
        "Desde el último paquete tomado del nodo",
        "Since the node's last bundle that was taken",
        "node",
    ),
    _metric(
        "quipu_node_gap_bundles",
        "gauge",
        "bundles",
        "Paquetes que faltan en sus cuerdas",
        "Bundles missing on its cords",
        "node",
    ),
    _metric(
        "quipu_node_pending_items",
        "gauge",
        "items",
        "Registros pendientes",
        "Items pending",
        "node",
    ),
    _metric(
        "quipu_node_rejected_day",
        "gauge",
        "items",
        "Rechazos de las últimas 24 h",
        "Rejects of the last 24 h",
        "node",
        "code",
    ),
    _metric(
        "quipu_node_unsent_bundles",
        "gauge",
        "bundles",
        "Paquetes por enviar, si su buzón está aquí",
        "Bundles unsent, if its outbox is here",
        "node",
    ),
    _metric(
        "quipu_node_unanswered_bundles",
        "gauge",
        "bundles",
        "Paquetes sin respuesta, si su buzón está aquí",
        "Bundles unanswered, if its outbox is here",
        "node",
    ),
    _metric(
        "quipu_canary_seconds",
        "gauge",
        "seconds",
        "Del nodo a la consulta, última hora: 0.5, 0.95, 0.99, last",
        "From node to query, last hour: 0.5, 0.95, 0.99, last",
        "node",
        "quantile",
    ),
    _metric(
        "quipu_canary_measured",
        "gauge",
        "heartbeats",
        "Latidos medidos en la última hora",
        "Heartbeats measured in the last hour",
        "node",
    ),
    _metric(
        "quipu_rejected_messages_day",
        "gauge",
        "messages",
        "Mensajes sin remitente conocido, rechazados en 24 h",
        "Messages of no known sender, rejected in 24 h",
        "topic",
        "code",
    ),
)
_BY_NAME = {metric.name: metric for metric in METRICS}


def exposition(samples: Iterable[MetricSample]) -> str:
    """The samples in Prometheus' text format. Raises KeyError for a metric, ValueError for labels
    that are not written down here.
    """
    found: dict[str, list[MetricSample]] = {}
    for sample in samples:
        if set(sample.labels) != set(_BY_NAME[sample.name].labels):
            raise ValueError(
                f"{sample.name} has the labels {_BY_NAME[sample.name].labels}, not {tuple(sample.labels)}"
            )
        found.setdefault(sample.name, []).append(sample)
    return "".join(
        line
        for metric in METRICS
        if metric.name in found
        for line in _lines(metric, found[metric.name])
    )


def _lines(metric: Metric, samples: Iterable[MetricSample]) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.meaning.en} ({metric.unit})\n"
    yield f"# TYPE {metric.name} {metric.kind}\n"
    for sample in samples:
        labels = ",".join(f'{name}="{_escaped(sample.labels[name])}"' for name in metric.labels)
        yield f"{metric.name}{f'{{{labels}}}' if labels else ''} {sample.value:.17g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
