"""What `quipu verify` says of checkpoints: signed, too old, forged, in both languages."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consumers.cli import verify_signing
from consumers.cli.verify_signing import print_signing
from infra.exchange_log.history_check import TopicVerification
from infra.exchange_log.log_history import PartitionHead, TopicRecord
from infra.exchange_log.partition_history import SigningState
from schemas.checkpoint.claims import CheckpointClaim
from schemas.checkpoint.signed_note import Checkpoint, sign_checkpoint
from schemas.topics import DISCLOSURES, bundles

NOW, MINUTE = 1_800_000_000_000, 60_000
NOTE = sign_checkpoint(
    Checkpoint("quipu.bundles.co/0", 8, bytes(32)), Ed25519PrivateKey.from_private_bytes(bytes(32))
)
SIGNED = CheckpointClaim(NOTE, "", NOW - 20 * MINUTE)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_signing, "now_ms", lambda: NOW)


def output(
    capsys: pytest.CaptureFixture[str], state: SigningState, topic: str = "", size: int = 9
) -> str:
    record = TopicRecord(None, (PartitionHead(size, bytes(32)),))
    verification = TopicVerification(topic or bundles("CO"), None, record, (), (state,))
    texts = []
    for lang in ("es", "en"):
        print_signing(lang, verification, 0)
        texts.append("".join(capsys.readouterr()))
    assert texts[0] != texts[1] or not texts[0]
    return texts[1]


def test_who_countersigned_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    state = SigningState(SIGNED, ("co-ponal", "pe-pnp"), None, 0)
    assert "signed up to 8, 2027-01-15 07:40 UTC; countersigned by co-ponal, pe-pnp" in output(
        capsys, state
    )
    assert "no node has countersigned it yet" in output(capsys, SigningState(SIGNED, (), None, 0))


@pytest.mark.parametrize(
    ("topic", "minutes", "is_old"),
    [
        (bundles("CO"), 14, False),
        (bundles("CO"), 16, True),
        (DISCLOSURES, 60 * 71, False),
        (DISCLOSURES, 60 * 73, True),
    ],
)
def test_a_checkpoint_that_is_too_old_is_said(
    capsys: pytest.CaptureFixture[str], topic: str, minutes: int, is_old: bool
) -> None:
    state = SigningState(SIGNED, ("co-ponal",), NOW - minutes * MINUTE, 0)
    assert ("The newest checkpoint is too old" in output(capsys, state, topic)) == is_old


def test_forged_checkpoints_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 checkpoints do not fit the log" in output(capsys, SigningState(None, (), None, 2))


def test_nothing_is_said_of_an_empty_partition(capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, SigningState(None, (), None, 0), size=0) == ""
