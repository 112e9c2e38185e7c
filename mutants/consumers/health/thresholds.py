"""When a figure asks for attention, when it is bad, and why there: the one table."""

from __future__ import annotations

from dataclasses import dataclass

from infra.errors import Words

GOOD, ATTENTION, BAD = 0, 1, 2
"""Levels; the exit codes of `quipu health`."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure above `attention` or `bad` has that level; `below`: a figure below."""

    attention: float
    bad: float
    reason: Words
    below: bool = False

    def level(self, figure: float) -> int:
        """Of a figure."""
        if self.below:
            return BAD if figure < self.bad else ATTENTION if figure < self.attention else GOOD
        return BAD if figure > self.bad else ATTENTION if figure > self.attention else GOOD


MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
TABLE = {
    "lag_s": Threshold(
        30,
        5 * MINUTE,
        Words(
            "Una alerta debe atenderse en 15 minutos: a los 5 de atraso ya se perdió un tercio. 30 s es más que un reinicio.",
            "An alert is to be acknowledged in 15 minutes: 5 of lag are a third of it. 30 s is more than a restart takes.",
        ),
    ),
    "canary_s": Threshold(
        5,
        60,
        Words(
            "En una línea tranquila son menos de 2 s; 60 s es cuanto el canario espera.",
            "On a quiet line it is under 2 s; 60 s is as long as the canary waits.",
        ),
    ),
    "heard_s": Threshold(
        2 * DAY,
        7 * DAY,
        Words(
            "Una institución publica al menos cada día hábil; un fin de semana cabe en la atención, una semana no se explica.",
            "An institution publishes at least each working day; a weekend asks for attention, a week has no good reason.",
        ),
    ),
    "beats_missed": Threshold(
        3,
        20,
        Words(
            "Un latido puede saltarse cuando otra orden usa el nodo; tres seguidos, no.",
            "A heartbeat is left out while another command works with the node; three in a row are not.",
        ),
    ),
    "gap_s": Threshold(
        0,
        15 * MINUTE,
        Words(
            "El nodo reenvía solo lo que falta en su próximo envío; si en 15 minutos no llegó, alguien debe mirar.",
            "The node sends again by itself with what it sends next; not there in 15 minutes, somebody must look.",
        ),
    ),
    "rejected": Threshold(
        0,
        1000,
        Words(
            "Cada rechazo se dice a su remitente; mil en un día son un mapeo equivocado, no casos sueltos.",
            "Each reject is told to its sender; a thousand in a day are a wrong mapping, not single cases.",
        ),
    ),
    "pending": Threshold(
        0,
        1_000_000,
        Words(
            "Pendiente no es perdido: espera un esquema que la configuración aún no trae. Nunca es grave por sí solo.",
            "Pending is not lost: it waits for a schema that config has not brought. It is never bad by itself.",
        ),
    ),
    "unsent_s": Threshold(
        MINUTE,
        HOUR,
        Words(
            "El buzón envía en segundos si alcanza Kafka; una hora es una línea caída.",
            "The outbox sends within seconds where it reaches Kafka; an hour is a line that is down.",
        ),
    ),
    "unanswered_s": Threshold(
        15 * MINUTE,
        2 * DAY,
        Words(
            "Las respuestas se leen con la próxima orden del nodo, no solas.",
            "Answers are read by the node's next command, not by themselves.",
        ),
    ),
    "silent_s": Threshold(
        5,
        30,
        Words(
            "Los procesos dan señal cada segundo; a los 60 s el supervisor los reinicia.",
            "Processes give a sign each second; after 60 s the supervisor starts them again.",
        ),
    ),
    "still_s": Threshold(
        30,
        60,
        Words(
            "Con trabajo en espera algo avanza cada segundo.",
            "While work waits something moves each second.",
        ),
    ),
    "young_s": Threshold(
        10 * MINUTE,
        0,
        Words(
            "Un reinicio en los últimos 10 minutos se dice; uno viejo ya pasó.",
            "A restart of the last 10 minutes is told; an old one is over.",
        ),
        below=True,
    ),
    "rss": Threshold(
        1.5e9,
        3e9,
        Words(
            "Medido: 150–450 MB. Los cachés del procesador tienen tope (112 MiB).",
            "Measured: 150–450 MB. The worker's caches are bounded (112 MiB).",
        ),
    ),
    "disk_free": Threshold(
        0.15,
        0.05,
        Words(
            "El registro no se borra nunca: por debajo de 15 % hay que ampliar; un disco lleno detiene todo.",
            "The log is never deleted: below 15 % the disk must grow; a full one stops everything.",
        ),
        below=True,
    ),
    "kafka_s": Threshold(
        1,
        5,
        Words(
            "Una consulta administrativa tarda 10–30 ms.",
            "An administrative question takes 10–30 ms.",
        ),
    ),
    "store_s": Threshold(
        0.5,
        5,
        Words(
            "SELECT 1 tarda 1–15 ms; 5 s es lo que un analista no espera.",
            "SELECT 1 takes 1–15 ms; 5 s is what no analyst waits for.",
        ),
    ),
    "parts": Threshold(
        300,
        1000,
        Words(
            "ClickHouse frena las escrituras desde 1000 partes por partición y las rechaza desde 3000.",
            "ClickHouse delays inserts from 1000 parts a partition on and refuses them from 3000.",
        ),
    ),
}

ALARMING = frozenset(
    {
        "BAD_SIGNATURE",
        "FORK",
        "BROKEN_CHAIN",
        "WRONG_TOPIC",
        "KEY_REVOKED",
        "UNKNOWN_KEY",
        "NOT_OWNER",
        "EPOCH_NOT_APPROVED",
        "CONFIG_REFUSED",
    }
)
"""Codes of which a single one is bad: somebody writes what is not theirs to write, or a copy runs
beside the node.
"""
