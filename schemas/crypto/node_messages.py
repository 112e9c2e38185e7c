"""Read what a node signed: a bundle, or the key list of a bundle.

Intake reads it, and whoever needs the content later.
"""

from collections.abc import Iterator, Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from schemas.avro.codec import log_format
from schemas.avro.log_records import ErasedRecord, KeyListRecord, SignedRecord
from schemas.crypto.sealing import open_key_list, read_signed, verify
from schemas.errors import BadSignatureError, PrivateKeyMissingError, RevokedKeyError
from schemas.exchange_config import ConfigHistory, ConfigView, Node
from schemas.model import Cord, Message
from schemas.topics import country_of

PrivateKeys = Mapping[bytes, X25519PrivateKey]
"""Private keys of one recipient, by the 32 bytes of their public halves."""


def verify_node_message(
    topic: str, partition: int, value: bytes, view: ConfigView
) -> tuple[bytes, Node]:
    """Return the body of a `Signed` and the node that signed it.

    `view`: what was in effect when this message was appended. Raises BrokenFormatError,
    UnknownFormatError, RevokedKeyError, and BadSignatureError with code UNKNOWN_KEY, WRONG_TOPIC (a
    node writes only its country's topics, on its partition) or BAD_SIGNATURE.
    """
    return verify_signed(topic, partition, read_signed(value), view)


def verify_signed(
    topic: str, partition: int, signed: SignedRecord, view: ConfigView
) -> tuple[bytes, Node]:
    """Verify a `Signed` that was decoded already; the rest is as in `verify_node_message`."""
    key = view.keys.get(signed["key_id"])
    if key is None:
        raise BadSignatureError(
            f"config names no key {signed['key_id']!r} at this time", "UNKNOWN_KEY"
        )
    node = view.nodes[key.node]
    if country_of(topic) != node.home or partition != node.partition:
        raise BadSignatureError(
            f"{node.name} writes partition {node.partition} of {node.country}, "
            f"not {topic}/{partition}",
            "WRONG_TOPIC",
        )
    body = verify(topic, signed, key.public)
    if key.revoked:
        raise RevokedKeyError(f"the key {key.key_id} of {key.node} is revoked", key.node)
    return body, node


def read_key_list(body: bytes) -> tuple[Cord, int, KeyListRecord]:
    """Return cord, sequence and record of a key list's body. Raises BrokenFormatError."""
    record = log_format("key_list").read(body)
    return Cord(**record["cord"]), record["sequence"], record


def open_event_keys(
    message: Message, config: ConfigHistory, recipient: str, private_keys: PrivateKeys
) -> list[bytes | ErasedRecord]:
    """Return the keys of a bundle's events, by index; a record with the verdict where erased.

    `message`: the signed key list. Raises what `verify_node_message` raises, BadSignatureError
    NOT_OWNER when another node signed it, CannotOpenError, and PrivateKeyMissingError where only a
    key that is not here could open it.
    """
    view = config.at(message.appended_at)
    body, node = verify_node_message(message.topic, message.partition, message.value, view)
    cord, _sequence, record = read_key_list(body)
    if cord.node != node.name and cord.node not in node.succeeds:
        raise BadSignatureError(f"a key list of {cord} signed by {node.name}", "NOT_OWNER")
    public_keys = config.recipient_keys(recipient, message.appended_at)
    return open_key_list(record, recipient, held_keys(public_keys, private_keys))


def held_keys(
    public_keys: Iterator[bytes], private_keys: PrivateKeys
) -> Iterator[X25519PrivateKey]:
    """Yield the private halves of these keys. Raises PrivateKeyMissingError."""
    for public in public_keys:
        try:
            private = private_keys[public]
        except KeyError as error:
            raise PrivateKeyMissingError(public) from error
        yield private
