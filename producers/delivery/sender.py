"""Send what waits in the outbox, in the order of its cord, key lists first.

Before anything is sent on a new connection, the log is read from the last position known to be
ours. A bundle whose acknowledgement was lost is found there and not sent twice. A bundle of ours
that the outbox does not know means that the outbox is an old copy.
"""

from collections.abc import Iterator
from hashlib import sha256

import structlog

from infra.keys.keyring import NodeKeys
from producers.delivery.kafka_connection import KafkaConnection
from producers.errors import SendError
from producers.node_config import NodeConfig
from producers.outbox import verdicts
from producers.outbox.sql import sql
from producers.outbox.store import Outbox, PendingBundle
from schemas import topics
from schemas.avro.codec import log_format
from schemas.crypto.node_messages import verify_node_message
from schemas.errors import QuipuFormatError
from schemas.i18n import _

log = structlog.get_logger(__name__)

MAX_BUNDLES_IN_FLIGHT = 48  # bundles on their way at once


class BundleSender:
    """Sends for one node, in one process at a time.

    Methods raise KafkaUnavailableError without Kafka, and SendError if continuing would do harm.
    """

    def __init__(self, node: str, outbox: Outbox, connection: KafkaConnection) -> None:
        """Take the outbox to read from and the connection to send with."""
        self.node, self.outbox, self.connection = node, outbox, connection

    def send(self, config: NodeConfig) -> Iterator[int]:
        """Send all that waits; yields the number of bundles after each window."""
        if self.connection.log_unverified:
            self._reconcile_with_log(config)
        self._refuse_forks(config)
        while pending := self.outbox.pending_bundles(MAX_BUNDLES_IN_FLIGHT, self._cords()):
            with self.connection.tracer.span("send bundles", (), len(pending)):
                offsets = self._send_bundles(config, pending)
            self.outbox.mark_sent(
                [(bundle.cord, bundle.sequence) for bundle in pending],
                {"log": str(max(offsets) + 1)},
            )
            yield len(pending)

    def _send_bundles(self, config: NodeConfig, pending: list[PendingBundle]) -> list[int]:
        self._send_lists(config, [bundle for bundle in pending if bundle.list_changed])
        values = [(bundle.cord.encode(), bytes(bundle.bundle)) for bundle in pending]
        return self.connection.send(topics.bundles(config.home), config.partition, values)

    def publish_changed_lists(self, config: NodeConfig) -> None:
        """Publish key lists with erased entries."""
        while waiting := self.outbox.pending_key_lists(MAX_BUNDLES_IN_FLIGHT):
            self._send_lists(config, waiting)

    def sign_refused_again(self, config: NodeConfig, keys: NodeKeys) -> None:
        """Sign with the present key what was refused because its key no longer holds."""
        verdicts.sign_refused_again(self.outbox, config.home, keys.key_id, keys.signing)

    def _send_lists(self, config: NodeConfig, pending: list[PendingBundle]) -> None:
        if pending:
            values = [(bundle.list_key, bytes(bundle.key_list)) for bundle in pending]
            self.connection.send(topics.keys(config.home), config.partition, values)
            self.outbox.mark_lists_published(pending)

    def _cords(self) -> list[str]:
        return [
            cord
            for (cord,) in self.outbox.rows(sql("cords"))
            if not self.outbox.setting(f"broken:{cord}")
        ]

    def _reconcile_with_log(self, config: NodeConfig) -> None:
        """Find the bundles of this node in the log since the last known position.

        Raises SendError for a log that is shorter than what was sent.
        """
        topic, start = topics.bundles(config.home), int(self.outbox.setting("log") or 0)
        history = self.connection.config()
        own_bundles: list[tuple[str, int]] = []
        with self.connection.translate_errors():
            end, messages = self.connection.read(topic, config.partition, start)
            if end < start:
                raise _log_shorter(topic, config.partition, end, start)
            for message in messages:
                if message.key and message.key.startswith(f"{self.node}/".encode()):
                    try:
                        body, _ = verify_node_message(
                            topic, message.partition, message.value, history.at(message.appended_at)
                        )
                        own_bundles.extend(self._match_own_bundle(body))
                    except QuipuFormatError as error:
                        log.warning(
                            "not_our_bundle", topic=topic, offset=message.offset, code=error.code
                        )
        self.outbox.mark_sent(own_bundles, {"log": str(end)})
        self.connection.log_unverified = False

    def _match_own_bundle(self, body: bytes) -> Iterator[tuple[str, int]]:
        record = log_format("bundle").read(body)
        cord, sequence = "{node}/{lane}/{epoch}".format(**record["cord"]), record["sequence"]
        hashes = self.outbox.rows(sql("bundle_hash"), (cord, sequence))
        if hashes and bytes(hashes[0][0]) == sha256(body).digest():
            yield cord, sequence
        elif not self.outbox.setting(f"broken:{cord}"):
            log.error("outbox_older_than_log", cord=cord, sequence=sequence)
            self.outbox.set_setting(f"broken:{cord}", str(sequence))

    def _refuse_forks(self, config: NodeConfig) -> None:
        """Never write again on a cord of which the log knows more than the outbox.

        Raises SendError until a later epoch is in effect.
        """
        for (cord,) in self.outbox.rows(sql("forked_cords")):
            self.outbox.set_setting(f"broken:{cord}", "refused")
        for (name,) in self.outbox.rows(sql("broken_cords")):
            cord = name.removeprefix("broken:")
            _, lane, epoch = cord.rsplit("/", 2)
            if int(epoch) >= config.epochs[lane]:
                raise _outbox_old(self.node, lane, cord)
            sequences = [
                sequence
                for (sequence,) in self.outbox.rows(
                    sql("unaccepted_sequences"),
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


def _outbox_old(node: str, lane: str, cord: str) -> SendError:
    return SendError(
        _(
            "The log has bundles of {cord} that this outbox lacks: it is an old "
            "copy. Nothing more is sent on that cord.",
            cord=cord,
        ),
        _(
            "Open another epoch: quipu node epoch {node} --lane {lane}; wait until "
            "it takes effect, and publish again the files since the copy.",
            node=node,
            lane=lane,
        ),
        "OUTBOX_OLD",
    )


def _log_shorter(topic: str, partition: int, end: int, start: int) -> SendError:
    return SendError(
        _(
            "{topic}/{partition} ends at {end}, but this node wrote up to {start}: "
            "it is another log.",
            topic=topic,
            partition=partition,
            end=end,
            start=start,
        ),
        _("Check Kafka's address. Send nothing until this is clear."),
        "LOG_SHORTER",
    )
