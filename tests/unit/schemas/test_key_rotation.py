"""The mechanism's keys replace each other: what a key did in its time stays valid, and no more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.codec import log_format
from schemas.crypto.node_messages import open_event_keys
from schemas.crypto.sealing import new_key, sign, write_key_list
from schemas.crypto.trusted_keys import TrustedKeys, signing_trust
from schemas.errors import (
    BadSignatureError,
    CannotOpenError,
    ConfigRefusedError,
    PrivateKeyMissingError,
)
from schemas.exchange_config import ConfigHistory
from schemas.model import Cord, EpochMs, Message, Offset, PartitionNumber
from schemas.topics import keys as keys_topic
from schemas.topics import receipts

TOPIC = receipts(1, "CO", "co-ponal")
NOTICE_MS = 100
SIGNERS = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(6)]
OPENERS = [X25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32) for number in range(6)]
NODE = Ed25519PrivateKey.from_private_bytes(bytes(32))
CORD = Cord("co-ponal", "routine", 1)


def founded() -> ConfigHistory:
    history = ConfigHistory()
    history.add("Founding", {"notice_ms": NOTICE_MS}, 0, 0)
    node = {"node": "co-ponal", "country": "CO", "authority": "PONAL", "partition": 0}
    history.add("Node", {**node, "succeeds": []}, 0, 1)
    key = {"node": "co-ponal", "key_id": "n", "revoked": False}
    history.add("NodeKey", {**key, "public_key": NODE.public_key().public_bytes_raw()}, 0, 2)
    return history


def signed_by(since: Sequence[int]) -> TrustedKeys:
    """The keys 0, 1, 2 …; each replaces the one before at the next of these times."""
    history = founded()
    for number, moment in enumerate(since, 1):
        public = SIGNERS[number].public_key().public_bytes_raw()
        entry = {"key_id": f"key-{number}", "public_key": public}
        history.add("SigningKey", entry, moment, moment - NOTICE_MS)
    return signing_trust(("key-0", SIGNERS[0].public_key()), history)


def is_believed(trust: TrustedKeys, number: int, at: int) -> bool:
    try:
        return trust.open(TOPIC, sign(TOPIC, b"x", f"key-{number}", SIGNERS[number]), at) == b"x"
    except BadSignatureError:
        return False


times = st.lists(st.integers(1_000, 9_000), min_size=1, max_size=5, unique=True).map(sorted)


@given(times, st.integers(0, 10_000))
def test_a_key_signs_until_the_next_is_in_effect_and_never_again(since: list[int], at: int) -> None:
    trust = signed_by(since)
    believed = [number for number in range(len(since) + 1) if is_believed(trust, number, at)]
    replaced = sum(moment <= at for moment in since)
    assert believed == list(range(replaced, len(since) + 1))
    assert trust.newest == f"key-{len(since)}"


@given(times)
def test_a_later_rotation_changes_nothing_of_what_was_signed_before_it(since: list[int]) -> None:
    """So what was verified once is verified for ever."""
    fewer, more = signed_by(since[:-1]), signed_by(since)
    for number in range(len(since)):
        for at in (*range(0, since[-1], 500), since[-1] - 1):
            assert is_believed(more, number, at) == is_believed(fewer, number, at)


def test_the_name_of_a_new_key_is_not_enough() -> None:
    trust = signed_by([1_000])
    forged = sign(TOPIC, b"x", "key-1", SIGNERS[0])
    with pytest.raises(BadSignatureError):
        trust.open(TOPIC, forged, 2_000)


def test_a_key_announced_while_founding_takes_nothing_from_the_one_before() -> None:
    history = founded()
    entry = {"key_id": "key-1", "public_key": SIGNERS[1].public_key().public_bytes_raw()}
    history.add("SigningKey", entry, 0, 500)
    trust = signing_trust(("key-0", SIGNERS[0].public_key()), history)
    assert is_believed(trust, 0, 499)
    assert not is_believed(trust, 0, 500)


def test_a_key_is_not_in_effect_before_the_one_that_it_replaces() -> None:
    history = founded()
    public = SIGNERS[1].public_key().public_bytes_raw()
    history.add("SigningKey", {"key_id": "a", "public_key": public}, 5_000, 1_000)
    with pytest.raises(ConfigRefusedError):
        history.add("SigningKey", {"key_id": "b", "public_key": public}, 4_000, 1_000)
    with pytest.raises(ValueError, match="32 bytes"):
        history.add("SigningKey", {"key_id": "c", "public_key": b"short"}, 6_000, 1_000)
    assert [key.key_id for key in history.signing_keys] == ["a"]


@given(times, st.integers(0, 10_000))
def test_a_folder_knows_whether_its_key_was_replaced(since: list[int], at: int) -> None:
    history = founded()
    for number, moment in enumerate(since, 1):
        public = SIGNERS[number].public_key().public_bytes_raw()
        history.add(
            "SigningKey", {"key_id": f"key-{number}", "public_key": public}, moment, moment - 200
        )
    trust = signing_trust(("key-0", SIGNERS[0].public_key()), history)
    for number in range(len(since) + 1):
        replaced = history.signing_key_after(f"key-{number}", at) is not None
        assert replaced == (not is_believed(trust, number, at))


def encrypting_for(since: Sequence[int]) -> ConfigHistory:
    history = founded()
    for number, moment in enumerate([0, *since]):
        public = OPENERS[number].public_key().public_bytes_raw()
        entry = {"recipient": "mechanism", "public_key": public}
        history.add("MechanismKey", entry, moment, max(3, moment - NOTICE_MS))
    return history


def key_list(number: int, at: int, event_key: bytes) -> Message:
    """A key list that a node encrypted for the key of this number, appended at this time."""
    record = write_key_list(CORD, 7, [event_key], {"mechanism": OPENERS[number].public_key()})
    topic = keys_topic("CO")
    value = sign(topic, log_format("key_list").write(record), "n", NODE)
    return Message(topic, PartitionNumber(0), Offset(0), EpochMs(at), None, value)


RING = {key.public_key().public_bytes_raw(): key for key in OPENERS}


@given(times, st.integers(0, 5), st.integers(10, 10_000))
def test_a_list_opens_whenever_it_was_encrypted(since: list[int], number: int, at: int) -> None:
    """A node may have encrypted it weeks before, or with a key that is in effect only later."""
    config, event_key = encrypting_for(since), new_key()
    message = key_list(number, at, event_key)
    if number > len(since):
        with pytest.raises(CannotOpenError):
            open_event_keys(message, config, "mechanism", RING)
    else:
        assert open_event_keys(message, config, "mechanism", RING) == [event_key]


@given(times, st.integers(10, 10_000))
def test_a_rotation_only_adds_keys_behind_those_that_are_tried(since: list[int], at: int) -> None:
    """So a list that opened with a key opens with the same one in every later rebuild."""
    before = list(encrypting_for(since[:-1]).recipient_keys("mechanism", at))
    after = list(encrypting_for(since).recipient_keys("mechanism", at))
    if since[-1] > at:
        assert after[: len(before)] == before
    assert set(before) <= set(after)


def test_a_machine_without_the_key_does_not_judge() -> None:
    config = encrypting_for([1_000])
    message = key_list(0, 5_000, new_key())
    held = {public: key for public, key in RING.items() if key is not OPENERS[0]}
    with pytest.raises(PrivateKeyMissingError):
        open_event_keys(message, config, "mechanism", held)
