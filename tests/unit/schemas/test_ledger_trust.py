"""Which key signs an entry of the disclosure ledger, and until when."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from schemas.crypto.disclosures import LedgerTrust, ledger_trust
from schemas.crypto.sealing import sign
from schemas.errors import BadSignatureError
from schemas.exchange_config import ConfigHistory
from schemas.topics import DISCLOSURES

NAMES = ("config", "first", "second")
KEYS = {name: Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32)) for name in NAMES}
NOTICE_MS = 100


def trust(*announcements: tuple[str, int]) -> LedgerTrust:
    """What config says after these keys, each from a time on."""
    history = ConfigHistory()
    history.add("Founding", {"notice_ms": NOTICE_MS}, 0, 0)
    for name, since in announcements:
        entry = {"key_id": name, "public_key": KEYS[name].public_key().public_bytes_raw()}
        history.add("LedgerKey", entry, since, since - NOTICE_MS)
    return ledger_trust(("config", KEYS["config"].public_key()), history)


def is_taken(name: str, at: int, known: LedgerTrust, signer: str | None = None) -> bool:
    value = sign(DISCLOSURES, b"entry", name, KEYS[signer or name])
    try:
        return known.read(value, at) == b"entry"
    except BadSignatureError:
        return False


def test_before_a_ledger_key_the_mechanisms_own_key_signs() -> None:
    assert is_taken("config", 10**12, trust())
    assert not is_taken("first", 10**12, trust())


@given(st.integers(1_000, 9_000), st.integers(-500, 500))
def test_a_key_ends_exactly_when_the_next_is_in_effect(since: int, distance: int) -> None:
    known = trust(("first", since))
    assert is_taken("config", since + distance, known) == (distance < 0)
    assert is_taken("first", since + distance, known), "announced, so a writer may use it early"


def test_an_exchange_founded_with_a_ledger_key_never_takes_another() -> None:
    known = trust(("first", 0))
    assert not any(is_taken("config", at, known) for at in (0, 1, 10**12))


def test_each_key_ends_with_the_next_one() -> None:
    known = trust(("first", 1_000), ("second", 2_000))
    taken = [
        (name, at) for name in NAMES for at in (999, 1_999, 2_000) if is_taken(name, at, known)
    ]
    assert taken == [
        ("config", 999),
        ("first", 999),
        ("first", 1_999),
        ("second", 999),
        ("second", 1_999),
        ("second", 2_000),
    ]


@pytest.mark.parametrize("signer", ["config", "second"])
def test_the_name_of_a_key_is_not_enough(signer: str) -> None:
    assert not is_taken("first", 2_000, trust(("first", 1_000)), signer)
