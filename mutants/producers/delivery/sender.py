"""Sending: what waits in the outbox goes into the log in the order of its cord, key lists first;
what came of it is read back.

Before anything is sent on a new connection, the log is read from the last place known to be ours: a
bundle whose acknowledgement was lost is found there and not sent twice; a bundle of ours that the
outbox does not know means that the outbox is an old copy.
"""

from collections.abc import Iterator
from hashlib import sha256

import structlog

from infra.errors import Words
from infra.keys.keyring import NodeKeys
from producers.delivery.kafka_connection import Link
from producers.errors import SendError
from producers.node_config import Standing
from producers.outbox import hits, verdicts
from producers.outbox.store import Outbox, Waiting
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import ReceiptRecord
from schemas.crypto.node_messages import verify_node_message
from schemas.errors import QuipuFormatError
from schemas.model import Message

log = structlog.get_logger(__name__)

WINDOW = 48  # bundles on their way at once
_BATCH = 500


class Sender:
    """For one node, by one process at a time. Methods raise `link.Away` while Kafka is away,
    SendError where going on would do harm.
    """

    def __init__(self, node: str, outbox: Outbox, link: Link) -> None:
        self.node, self.outbox, self.link = node, outbox, link

    def send(self, standing: Standing) -> Iterator[int]:
        """Send all that waits; yields the number of bundles after each window."""
        if self.link.fresh:
            self._look_at_log(standing)
        self._refuse_forks(standing)
        while waiting := self.outbox.waiting(WINDOW, self._cords()):
            self._send_lists(standing, [one for one in waiting if one.list_changed])
            values = [(one.cord.encode(), bytes(one.bundle)) for one in waiting]
            offsets = self.link.send(topics.bundles(standing.country), standing.partition, values)
            self.outbox.sent(
                [(one.cord, one.sequence) for one in waiting], {"log": str(max(offsets) + 1)}
            )
            yield len(waiting)

    def publish_changed_lists(self, standing: Standing) -> None:
        """Publish key lists with erased entries."""
        while waiting := self.outbox.changed_lists(WINDOW):
            self._send_lists(standing, waiting)

    def receive(self, standing: Standing, keys: NodeKeys) -> int:
        """Read new receipts into the outbox; how many items they spoke of."""
        topic, name = (
            topics.receipts(standing.generation, standing.country),
            f"receipts:{standing.generation}",
        )
        spoken = 0
        with self.link.guarded():
            start = int(self.outbox.fact(name) or 0)
            end, messages = self.link.read(topic, standing.partition, start)
            batch: list[ReceiptRecord] = []
            for message in messages:
                batch.extend(_receipt(message, self.node))
                if len(batch) >= _BATCH:
                    spoken += verdicts.take_receipts(
                        self.outbox, batch, {name: str(message.offset + 1)}
                    )
                    batch = []
            if batch or end > start:
                spoken += verdicts.take_receipts(self.outbox, batch, {name: str(max(start, end))})
        verdicts.sign_refused_again(self.outbox, standing.country, keys.key_id, keys.signing)
        return spoken

    def receive_hits(self, standing: Standing) -> int:
        """Read what its authority is told of indicators into the outbox; how many hits were new or
        changed.
        """
        topic, name = (
            topics.hits(standing.generation, standing.country),
            f"hits:{standing.generation}",
        )
        changed = 0
        with self.link.guarded():
            start = int(self.outbox.fact(name) or 0)
            end, messages = self.link.read(topic, 0, start)
            batch: list[hits.Heard] = []
            for message in messages:
                batch.extend(hits.heard(message, standing.authority))
                if len(batch) >= _BATCH:
                    changed += hits.take(self.outbox, batch, {name: str(message.offset + 1)})
                    batch = []
            if batch or end > start:
                changed += hits.take(self.outbox, batch, {name: str(max(start, end))})
        return changed

    def _send_lists(self, standing: Standing, waiting: list[Waiting]) -> None:
        if waiting:
            values = [(one.list_key, bytes(one.key_list)) for one in waiting]
            self.link.send(topics.keys(standing.country), standing.partition, values)
            self.outbox.lists_published(waiting)

    def _cords(self) -> list[str]:
        return [
            cord
            for (cord,) in self.outbox.rows("SELECT cord FROM cords")
            if not self.outbox.fact(f"broken:{cord}")
        ]

    def _look_at_log(self, standing: Standing) -> None:
        """Find what of ours is in the log since the last known place. Raises SendError for a log
        shorter than what was sent.
        """
        topic, start = topics.bundles(standing.country), int(self.outbox.fact("log") or 0)
        config = self.link.config()
        found: list[tuple[str, int]] = []
        with self.link.guarded():
            end, messages = self.link.read(topic, standing.partition, start)
            if end < start:
                raise _log_shorter(topic, standing.partition, end, start)
            for message in messages:
                if message.key and message.key.startswith(f"{self.node}/".encode()):
                    try:
                        body, _ = verify_node_message(
                            topic, message.partition, message.value, config.at(message.appended_at)
                        )
                        found.extend(self._recognise(body))
                    except QuipuFormatError as error:
                        log.warning(
                            "not_our_bundle", topic=topic, offset=message.offset, code=error.code
                        )
        self.outbox.sent(found, {"log": str(end)})
        self.link.fresh = False

    def _recognise(self, body: bytes) -> Iterator[tuple[str, int]]:
        record = log_format("bundle").read(body)
        cord, sequence = "{node}/{lane}/{epoch}".format(**record["cord"]), record["sequence"]
        known = self.outbox.rows(
            "SELECT hash FROM bundles WHERE cord = ? AND sequence = ?", (cord, sequence)
        )
        if known and bytes(known[0][0]) == sha256(body).digest():
            yield cord, sequence
        elif not self.outbox.fact(f"broken:{cord}"):
            log.error("outbox_older_than_log", cord=cord, sequence=sequence)
            self.outbox.set_fact(f"broken:{cord}", str(sequence))

    def _refuse_forks(self, standing: Standing) -> None:
        """A cord on which the log knows more than the outbox is never written on again. Raises
        SendError until a later epoch holds.
        """
        sql = "SELECT DISTINCT cord FROM bundles WHERE state = 'refused' AND code IN ('FORK', 'BROKEN_CHAIN')"
        for (cord,) in self.outbox.rows(sql):
            self.outbox.set_fact(f"broken:{cord}", "refused")
        for (name,) in self.outbox.rows("SELECT name FROM facts WHERE name LIKE 'broken:%'"):
            cord = name.removeprefix("broken:")
            _, lane, epoch = cord.rsplit("/", 2)
            if int(epoch) >= standing.epochs[lane]:
                raise _outbox_old(self.node, lane, cord)
            sequences = [
                each
                for (each,) in self.outbox.rows(
                    "SELECT sequence FROM bundles WHERE cord = ? AND state IN ('sealed', 'refused')",
                    (cord,),
                )
            ]
            if sequences:
                items = verdicts.abandon(self.outbox, cord, sequences)
                log.warning(
                    "abandoned_on_closed_epoch",
                    cord=cord,
                    bundles=len(sequences),
                    items=items,
                    remedy="publish their files again",
                )


def _receipt(message: Message, node: str) -> Iterator[ReceiptRecord]:
    """A receipt, if it is for this node."""
    if message.key and message.key.startswith(f"{node}/".encode()):
        try:
            yield log_format("receipt").read(message.value)
        except QuipuFormatError as error:
            log.warning("receipt_unreadable", offset=message.offset, code=error.code)


def _outbox_old(node: str, lane: str, cord: str) -> SendError:
    return SendError(
        Words(
            f"El registro conoce paquetes de {cord} que este buzón no tiene: es una copia antigua. No se envía nada más por esa cuerda.",
            f"The log knows bundles of {cord} that this outbox lacks: it is an old copy. Nothing more is sent on that cord.",
        ),
        Words(
            f"Abra otra época: quipu node epoch {node} --lane {lane}; espere a que rija y publique de nuevo los archivos pendientes.",
            f"Open another epoch: quipu node epoch {node} --lane {lane}; wait until it holds and publish again the files that were left.",
        ),
        "OUTBOX_OLD",
    )


def _log_shorter(topic: str, partition: int, end: int, start: int) -> SendError:
    return SendError(
        Words(
            f"{topic}/{partition} termina en {end}, pero este nodo ya escribió hasta {start}: no es el mismo registro.",
            f"{topic}/{partition} ends at {end}, but this node has written up to {start}: it is not the same log.",
        ),
        Words(
            "Compruebe la dirección de Kafka; no envíe nada hasta aclararlo.",
            "Check Kafka's address; send nothing until it is clear.",
        ),
        "LOG_SHORTER",
    )
