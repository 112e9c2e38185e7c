"""Attacks of an owner on the content of its own sealed events (findings F2, F3, F4)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.codec import log_format
from schemas.crypto.sealing import ZERO_NONCE, EventBinding, new_key, open_event, open_sealed, seal
from schemas.errors import CannotOpenError
from schemas.event.event_type import event_type
from schemas.ids import thing_key
from tests.support.signed_bundles import ExchangeBuilder, Item, Node, colombia, items_of, weapon

BLOCK = 16


@pytest.fixture
def co() -> Node:
    return colombia()


@pytest.fixture
def world(co: Node) -> ExchangeBuilder:
    return ExchangeBuilder(co)


# -- F2: one ciphertext, two keys


def multiply(left: int, right: int) -> int:
    """Multiply in GF(2^128) as GCM does (NIST SP 800-38D, 6.3)."""
    product, factor = 0, right
    for bit in range(127, -1, -1):
        if left >> bit & 1:
            product ^= factor
        factor = factor >> 1 ^ (0xE1 << 120 if factor & 1 else 0)
    return product


def power(base: int, exponent: int) -> int:
    result, square = 1 << 127, base
    while exponent:
        if exponent & 1:
            result = multiply(result, square)
        square, exponent = multiply(square, square), exponent >> 1
    return result


def encrypt_block(key: bytes, block: bytes) -> int:
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - one block, of GCM
    return int.from_bytes(cipher.update(block), "big")


def tag_without_block(key: bytes, associated_data: bytes) -> tuple[int, int]:
    """Return the tag of one zero block, and the factor of that block in it."""
    count = -(-len(associated_data) // BLOCK)
    padded = associated_data.ljust(count * BLOCK, b"\0")
    lengths = len(associated_data) * 8 << 64 | BLOCK * 8
    point = encrypt_block(key, bytes(BLOCK))
    tag = encrypt_block(key, ZERO_NONCE + b"\0\0\0\1") ^ multiply(lengths, point)
    for number in range(count):
        part = int.from_bytes(padded[number * BLOCK : (number + 1) * BLOCK], "big")
        tag ^= multiply(part, power(point, count + 2 - number))
    return tag, multiply(point, point)


def ciphertext_of_both(first: bytes, second: bytes, associated_data: bytes) -> bytes:
    """Make one sealed text that opens with both keys (Dodis and others, CRYPTO 2018).

    Both tags are linear in the ciphertext's only block, so it is solved for.
    """
    tag, factor = tag_without_block(first, associated_data)
    other_tag, other_factor = tag_without_block(second, associated_data)
    block = multiply(tag ^ other_tag, power(factor ^ other_factor, 2**128 - 2))
    sealed: int = block << 128 | tag ^ multiply(block, factor)
    return sealed.to_bytes(2 * BLOCK, "big")


def verdict(world: ExchangeBuilder, co: Node, event: bytes, key: bytes) -> tuple[str, str]:
    """What intake says of an event whose key list names this key."""
    world.publish(co, event, keys=[key])
    (item,) = items_of(world.run())
    return item


def test_one_ciphertext_does_not_open_with_two_keys(world: ExchangeBuilder, co: Node) -> None:
    """F2: AES-GCM takes both keys; a key list replaced later gives the event another content.

    Before, both opened: BROKEN_FORMAT is what intake says of an opened content that is noise.
    """
    first, second, item = new_key(), new_key(), weapon("1", "STOLEN")
    id_, version = co.id_of(item), co.version_of(item)
    binding = EventBinding(id_, version, event_type(item.type).fingerprint)
    bound = binding._replace(key_hash=binding.hash_of(first))
    sealed = ciphertext_of_both(first, second, bound.associated_data)
    contents = {open_sealed(sealed, key, bound.associated_data) for key in (first, second)}
    assert len(contents) == 2, "the attack works on AES-GCM itself"
    open_event(sealed, first, bound)
    with pytest.raises(CannotOpenError):
        open_event(sealed, second, bound)
    event = co.event(item, first, sealed=sealed)
    assert verdict(world, co, event, second) == ("rejected", "CANNOT_OPEN")


def test_an_event_without_the_hash_of_its_key_is_rejected_once_config_says_so(
    world: ExchangeBuilder, co: Node
) -> None:
    """F2: else an attacker leaves the hash out. What came before stays readable."""
    item, key = weapon("1", "STOLEN"), new_key()
    event = unbound_event(co, item, key)
    assert verdict(world, co, event, key) == ("accepted", "")
    world.configure("KeyHashes", {}, world.now + 500)
    world.now += 1_000
    other, key = weapon("2", "STOLEN"), new_key()
    world.publish(co, unbound_event(co, other, key), keys=[key])
    assert items_of(world.run()) == [("accepted", ""), ("rejected", "MISSING_FIELD")]


def unbound_event(co: Node, item: Item, key: bytes) -> bytes:
    """The event as a release before this one wrote it."""
    event = log_format("event").read(co.event(item, key))
    payload = event_type(item.type).write(item.payload)
    sealed = seal(payload, key, event["envelope"]["id"])
    return log_format("event").write({**event, "sealed": sealed, "key_hash": None})


# -- F4: what the seal covers


@pytest.mark.parametrize("part", ["version", "schema"])
def test_a_sealed_content_does_not_move_to_another_version_or_schema(
    world: ExchangeBuilder, co: Node, part: str
) -> None:
    """F4: the tag covered the id alone, so the same sealed bytes served under another version."""
    item, key = weapon("1", "STOLEN"), new_key()
    event = log_format("event").read(co.event(item, key))
    if part == "version":
        event["envelope"]["version"] = bytes(16)
    else:
        event["schema"] = event_type("seizure").fingerprint
        event["envelope"]["type"] = "seizure"
    moved = log_format("event").write(event)
    assert verdict(world, co, moved, key) == ("rejected", "CANNOT_OPEN")


# -- F3: keys of things

SECRET = bytes(range(32))
parts = st.tuples(*[st.text(st.sampled_from("\0\1\2ab"), max_size=4) for _ in range(3)])


@given(parts, parts)
def test_two_things_have_two_keys(left: tuple[str, str, str], right: tuple[str, str, str]) -> None:
    """F3: a zero byte inside a part moved the border between issuer and value."""
    assert (thing_key(SECRET, *left) == thing_key(SECRET, *right)) == (left == right)


def test_the_border_between_issuer_and_value_does_not_move() -> None:
    assert thing_key(SECRET, "doc", "CO\0X", "1") != thing_key(SECRET, "doc", "CO", "X\0001")


def test_keys_of_things_without_zero_bytes_stay_as_they_were() -> None:
    """Else a rebuild would give other tables."""
    assert thing_key(SECRET, "weapon", "GLOCK", "ABC123").hex() == (
        "0335eea34b735d18dabb8cf3de92fe3c"
    )
