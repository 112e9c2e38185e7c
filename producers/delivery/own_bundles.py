"""Find the bundles of a node in its country's topic, from the beginning of the log."""

from __future__ import annotations

from hashlib import sha256

from producers.delivery.kafka_connection import KafkaConnection
from producers.node_config import NodeConfig
from schemas import topics
from schemas.avro.codec import log_format
from schemas.crypto.node_messages import verify_node_message
from schemas.errors import QuipuFormatError

BundleHashes = dict[tuple[str, int], bytes]
"""SHA-256 of a bundle's body, by cord and sequence."""


def bundles_in_log(node: str, connection: KafkaConnection, config: NodeConfig) -> BundleHashes:
    """Return the bundles of the node that the log has, each signed by a key of the node.

    Raises KafkaUnavailableError, KafkaAccessError.
    """
    topic, hashes = topics.bundles(config.home), BundleHashes()
    history = connection.config()
    with connection.translate_errors():
        _end, messages = connection.read(topic, config.partition, 0)
        for message in messages:
            if not (message.key or b"").startswith(f"{node}/".encode()):
                continue
            try:
                view = history.at(message.appended_at)
                body, _node = verify_node_message(topic, message.partition, message.value, view)
                record = log_format("bundle").read(body)
            except QuipuFormatError:
                continue  # another wrote it under this node's name, or its key was revoked by then
            cord = "{node}/{lane}/{epoch}".format(**record["cord"])
            hashes.setdefault((cord, record["sequence"]), sha256(body).digest())
    return hashes
