"""Why a stream worker cannot go on."""

from __future__ import annotations

from infra.errors import QuipuError, Words


class WorkerError(QuipuError):
    """The worker ends; the supervisor starts it again."""

    code = "WORKER"


def same_member(member: str) -> WorkerError:
    """Two workers of one name would throw each other out of the group, for ever."""
    return WorkerError(
        Words(
            f"Ya hay un procesador «{member}» en marcha en esta carpeta de datos.",
            f"A worker `{member}` already runs in this data folder.",
        ),
        Words("Dele otro nombre con --member.", "Give this one another name with --member."),
        "WORKER_TWICE",
    )


def missing_topics(names: str) -> WorkerError:
    """The topics are made by `quipu up` (infra.kafka.topic_admin), never by a worker."""
    return WorkerError(
        Words(f"Faltan tópicos: {names}.", f"Topics are missing: {names}."),
        Words(
            "Créelos con «quipu up» o «quipu rebuild».",
            "Make them with `quipu up` or `quipu rebuild`.",
        ),
        "WORKER_TOPICS",
    )


def stalled(waiting: int, seconds: float) -> WorkerError:
    """Messages wait and none is taken."""
    return WorkerError(
        Words(
            f"Esperan {waiting} mensajes y ninguno avanza desde hace {seconds:.0f} s.",
            f"{waiting} messages wait, none moved for {seconds:.0f} s.",
        ),
        Words(
            "El procesador termina y se inicia de nuevo.", "The worker ends and is started again."
        ),
        "WORKER_STALLED",
    )


def interrupted() -> WorkerError:
    """Catching up was broken off though the partitions are still ours: nothing would ever start
    them.
    """
    return WorkerError(
        Words(
            "La puesta al día se interrumpió y las particiones siguen siendo nuestras.",
            "Catching up was broken off while the partitions are still ours.",
        ),
        Words(
            "El procesador termina y se inicia de nuevo.", "The worker ends and is started again."
        ),
        "WORKER_INTERRUPTED",
    )
