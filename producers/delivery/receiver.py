"""Read what the mechanism writes for a node into its outbox: receipts and hits."""

from collections.abc import Iterator

import structlog

from producers.delivery.kafka_connection import KafkaConnection
from producers.node_config import NodeConfig
from producers.outbox import hits, verdicts
from producers.outbox.store import Outbox
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import ReceiptRecord
from schemas.errors import QuipuFormatError
from schemas.model import Message

log = structlog.get_logger(__name__)

_BATCH_SIZE = 500
"""Messages a transaction."""


class Receiver:
    """For one node, used by one thread at a time.

    Methods raise KafkaUnavailableError while Kafka does not answer, and OutboxError.
    """

    def __init__(self, node: str, outbox: Outbox, connection: KafkaConnection) -> None:
        """Take the outbox to write to and the connection to read from."""
        self.node = node
        self.outbox = outbox
        self.connection = connection

    def receive_receipts(self, config: NodeConfig) -> Iterator[int]:
        """Read new receipts; yield how many items they speak of after each transaction.

        If the caller stops early, the next call continues from there.
        """
        topic = topics.receipts(config.generation, config.home, self.node)
        position_name = f"receipts:{config.generation}"
        with self.connection.translate_errors():
            start = int(self.outbox.setting(position_name) or 0)
            partition = topics.receipt_partition(config.generation, config.partition)
            end, messages = self.connection.read(topic, partition, start)
            batch: list[ReceiptRecord] = []
            for message in messages:
                batch.extend(self._decode_receipt(message))
                if len(batch) >= _BATCH_SIZE:
                    position = {position_name: str(message.offset + 1)}
                    yield verdicts.apply_receipts(self.outbox, batch, position)
                    batch = []
            if batch or end > start:
                position = {position_name: str(max(start, end))}
                yield verdicts.apply_receipts(self.outbox, batch, position)

    def receive_hits(self, config: NodeConfig) -> int:
        """Read what its authority learns of indicators; return how many hits are new or changed."""
        topic = topics.hits(config.generation, config.country, config.authority)
        position_name = f"hits:{config.generation}"
        changed = 0
        with self.connection.translate_errors():
            start = int(self.outbox.setting(position_name) or 0)
            end, messages = self.connection.read(topic, 0, start)
            batch: list[hits.ReceivedHit] = []
            for message in messages:
                batch.extend(self._decode_hit(message, config.authority))
                if len(batch) >= _BATCH_SIZE:
                    position = {position_name: str(message.offset + 1)}
                    changed += hits.apply_hits(self.outbox, batch, position)
                    batch = []
            if batch or end > start:
                position = {position_name: str(max(start, end))}
                changed += hits.apply_hits(self.outbox, batch, position)
        return changed

    def _decode_receipt(self, message: Message) -> Iterator[ReceiptRecord]:
        """Yield the receipt of a message, if it is for this node and from the mechanism."""
        if message.key and message.key.startswith(f"{self.node}/".encode()):
            try:
                yield log_format("receipt").read(self.connection.open_signed(message))
            except QuipuFormatError as error:
                _log_unbelieved(message, error)

    def _decode_hit(self, message: Message, authority: str) -> Iterator[hits.ReceivedHit]:
        """Yield the hit of a message, if it is for this authority and from the mechanism."""
        if message.key and message.key.startswith(f"{authority}/".encode()):
            try:
                yield from hits.read_hit(
                    self.connection.open_signed(message), authority, message.appended_at
                )
            except QuipuFormatError as error:
                _log_unbelieved(message, error)


def _log_unbelieved(message: Message, error: QuipuFormatError) -> None:
    log.warning(
        "message_not_believed",
        topic=message.topic,
        offset=message.offset,
        code=error.code,
        consequence="it is left out; what the mechanism signed counts",
    )
