"""The proof that nothing was lost and nothing doubled: per cord, what its node says beside what the
mechanism stored.

    taken in = refused + sealed                                      (the node's outbox)
    sealed   = accepted + duplicate + pending + rejected             (the node's outbox: every item
    has its answer) the same four numbers and the checksum of what was sealed        (the node's
    outbox = table items) accepted = stored, and their checksums                           (the
    node's outbox = items = table events)

The checksum of a set of items is the sum, modulo 2^128, of the first 16 bytes of SHA-256(id ||
version) read as a little-endian number: counts may agree by chance, sums do not.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.errors import QuipuError, Words
from infra.settings import Settings

MODULUS = 1 << 128
ZERO = f"{0:032x}"
VERDICTS = ("accepted", "duplicate", "pending", "rejected")


def checksum(items: Iterable[tuple[bytes, bytes]]) -> str:
    """Of (id, version) pairs: 32 hexadecimal digits. The twin of the SQL in reconcile_items.sql and
    of the outbox's.
    """
    total = sum(
        int.from_bytes(hashlib.sha256(id_ + version).digest()[:16], "little")
        for id_, version in items
    )
    return f"{total % MODULUS:032x}"


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """A cord as its node's outbox counts it (the outbox's view `reconcile`)."""

    taken: int
    refused: int
    sealed: int
    accepted: int
    duplicate: int
    pending: int
    rejected: int
    sealed_sum: str
    accepted_sum: str


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """A cord as the mechanism stored it."""

    sealed: int = 0
    accepted: int = 0
    duplicate: int = 0
    pending: int = 0
    rejected: int = 0
    sealed_sum: str = ZERO
    accepted_sum: str = ZERO
    stored: int = 0
    stored_sum: str = ZERO
    closed: str = ""
    """Of accepted items that could not be opened: codes and the first one's place; empty where
    there are none.
    """


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not agree: two amounts that must be equal, and what to do."""

    what: Words
    left: str
    right: str
    remedy: Words


@dataclass(frozen=True, slots=True)
class CordReconciliation:
    """One cord. `node` is None where its outbox is not in this data folder (then only the
    mechanism's side is proved).
    """

    cord: str
    node: OutboxCounts | None
    mechanism: StoredCounts
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.differences


def reconcile_cord(
    cord: str, node: OutboxCounts | None, mechanism: StoredCounts
) -> CordReconciliation:
    """Every equality, in the order of the way of the data: the first difference is the one to look
    at.
    """
    differences = [
        *(_of_node(node) if node else ()),
        *(_between(node, mechanism) if node else ()),
        *_of_mechanism(mechanism),
    ]
    return CordReconciliation(cord, node, mechanism, differences)


def _of_node(node: OutboxCounts) -> list[Difference]:
    answered = node.accepted + node.duplicate + node.pending + node.rejected
    checks = (
        (
            Words("recibidos = no admitidos + sellados", "taken in = refused + sealed"),
            node.taken,
            node.refused + node.sealed,
            _OUTBOX,
        ),
        (Words("sellados = con respuesta", "sealed = answered"), node.sealed, answered, _SEND),
    )
    return _differences(checks)


def _between(node: OutboxCounts, mechanism: StoredCounts) -> list[Difference]:
    counts = [
        (
            Words(f"{name} en el nodo = en el mecanismo", f"{name} at the node = at the mechanism"),
            getattr(node, name),
            getattr(mechanism, name),
            _WAIT,
        )
        for name in ("sealed", *VERDICTS)
    ]
    sums = (
        (
            Words("suma de lo sellado", "checksum of what was sealed"),
            node.sealed_sum,
            mechanism.sealed_sum,
            _REBUILD,
        ),
        (
            Words("suma de lo aceptado", "checksum of what was accepted"),
            node.accepted_sum,
            mechanism.accepted_sum,
            _REBUILD,
        ),
    )
    return _differences([*counts, *sums])


def _of_mechanism(mechanism: StoredCounts) -> list[Difference]:
    checks = (
        (
            Words("aceptados = guardados", "accepted = stored"),
            mechanism.accepted,
            mechanism.stored,
            _undecryptable(mechanism.closed) or _WAIT,
        ),
        (
            Words("suma de lo guardado", "checksum of what is stored"),
            mechanism.accepted_sum,
            mechanism.stored_sum,
            _REBUILD,
        ),
    )
    return _differences(checks)


def _differences(checks: Iterable[tuple[Words, object, object, Words]]) -> list[Difference]:
    return [
        Difference(what, str(left), str(right), remedy)
        for what, left, right, remedy in checks
        if left != right
    ]


_OUTBOX = Words(
    "El outbox del nodo está dañado: consérvelo y abra una época nueva (quipu node epoch).",
    "The node's outbox is damaged: keep it, and open a new epoch (quipu node epoch).",
)
_SEND = Words(
    "Envíe lo que falta y espere las respuestas: quipu send NODO.",
    "Send what is left and wait for the answers: quipu send NODE.",
)
_WAIT = Words(
    "Si algo se mueve aún, espere: quipu reconcile --wait 60. Si no cambia, mire los rechazos y el registro del sink (logs/sink.log).",
    "If something still moves, wait: quipu reconcile --wait 60. If it stays, look at the rejects and the sink's log (logs/sink.log).",
)


def _undecryptable(told: str) -> Words | None:
    if not told:
        return None
    return Words(
        f"Lo aceptado no se pudo abrir al guardarlo ({told}): alguien cambió la lista de llaves después. Pregunte al nodo; vale lo que "
        "publique de nuevo.",
        f"What was accepted could not be opened to be stored ({told}): its key list was replaced since. Ask the node; what it publishes "
        "anew counts.",
    )


_REBUILD = Words(
    "Los números cuadran y el contenido no: quipu rebuild rehace las tablas desde el registro y las compara.",
    "The counts agree and the content does not: quipu rebuild makes the tables anew from the log and compares them.",
)


def reconcile(settings: Settings, client: Client) -> list[CordReconciliation]:
    """Every cord that a node of this data folder or the mechanism knows, in order. `client`: of the
    generation's database.
    """
    nodes = outbox_counts(settings)
    mechanism = stored_counts(client)
    return [
        reconcile_cord(cord, nodes.get(cord), mechanism.get(cord, StoredCounts()))
        for cord in sorted(nodes.keys() | mechanism.keys())
    ]


def stored_counts(client: Client) -> dict[str, StoredCounts]:
    """By cord, from the tables items and events."""
    items = {row[0]: row[1:] for row in client.execute(sql("reconcile_items"))}
    events = {row[0]: row[1:] for row in client.execute(sql("reconcile_events"))}
    closed = {
        cord: f"{count} × {codes}, {first}"
        for cord, count, codes, first in client.execute(sql("reconcile_closed"))
    }
    return {
        cord: _mechanism(items.get(cord), events.get(cord), closed.get(cord, ""))
        for cord in items.keys() | events.keys()
    }


def _mechanism(
    items: tuple[Any, ...] | None, events: tuple[Any, ...] | None, closed: str
) -> StoredCounts:
    sealed, accepted, duplicate, pending, rejected, sealed_sum, accepted_sum = items or (
        0,
        0,
        0,
        0,
        0,
        "0",
        "0",
    )
    stored, stored_sum = events or (0, "0")
    sums = _hex(sealed_sum), _hex(accepted_sum)
    return StoredCounts(
        sealed, accepted, duplicate, pending, rejected, *sums, stored, _hex(stored_sum), closed
    )


def _hex(decimal: str) -> str:
    return f"{int(decimal):032x}"


def outbox_counts(settings: Settings) -> dict[str, OutboxCounts]:
    """By cord, from the outboxes in this data folder. Raises QuipuError OUTBOX_UNREADABLE naming
    the file.
    """
    found: dict[str, OutboxCounts] = {}
    for path in sorted((settings.home / "nodes").glob("*/outbox.db")):
        found |= _outbox(path)
    return found


def _outbox(path: Path) -> Mapping[str, OutboxCounts]:
    columns = ("cord", *OutboxCounts.__dataclass_fields__)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as database:
            rows = database.execute(f"SELECT {', '.join(columns)} FROM reconcile").fetchall()
    except sqlite3.Error as error:
        raise QuipuError(
            Words(
                f"El outbox {path} no se puede leer: {error}.",
                f"The outbox {path} cannot be read: {error}.",
            ),
            Words(
                "Restaure el archivo, o apártelo si el nodo ya no existe.",
                "Restore the file, or put it aside if the node is gone.",
            ),
            "OUTBOX_UNREADABLE",
        ) from error
    return {row[0]: OutboxCounts(*row[1:]) for row in rows}
