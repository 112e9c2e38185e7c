"""Attacks on the ledger's signatures (finding F1): whoever holds the key of config, as every
process of the mechanism does, must not be able to write the ledger, also where an older release
founded the exchange.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from consumers.ledger.entries import acceptance_record
from consumers.ledger.verification import verify_chain
from consumers.ledger.writer import DisclosureLedger, LedgerUnavailableError
from infra.clock import now_ms
from infra.exchange_log.ledger_key import load_ledger_signer, load_ledger_trust
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import load_mechanism_keys
from infra.orchestration.stack import RunningStack
from infra.registry.founding import found_mechanism
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.crypto.sealing import read_signed, sign
from schemas.model import Message, Reader, ReaderCondition
from schemas.topics import DISCLOSURES
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import found_exchange, send

ANALYST = Reader("EC/DNI/analyst", "EC", "DNI", frozenset({"analyst"}), "AMBER")
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[RunningStack]:
    """An exchange that an older release founded: config announces no key of the ledger."""
    with lease.running("ledger-key", ("topics", "founding"), found_exchange) as stack:
        ledger_file(stack.settings).unlink()
        yield stack


def ledger_file(settings: Settings) -> Path:
    return settings.keys_dir / "mechanism" / "ledger.pem"


def accept(settings: Settings) -> str:
    """Write an entry with a writer of its own; the id of the key that signed it."""
    with closing(DisclosureLedger(settings)) as ledger:
        ledger.accept(ANALYST, ReaderCondition("CO", "call first"), None, "cli")
    return str(read_signed(messages(settings)[-1].value)["key_id"])


def messages(settings: Settings) -> list[Message]:
    with closing(PartitionReader(settings.kafka, DISCLOSURES, 0)) as reader:
        return list(reader.read(reader.end()))


def test_the_key_of_config_signs_no_entry_once_the_ledger_has_its_own(
    exchange: RunningStack,
) -> None:
    settings = exchange.settings
    keys = load_mechanism_keys(settings)
    assert accept(settings) == keys.key_id
    change = found_mechanism(settings)
    own = load_ledger_signer(settings)
    assert accept(settings) == own.key_id != keys.key_id, "it signs as soon as it is announced"
    while now_ms() <= change.holds_from:
        time.sleep(0.1)
    accept(settings)
    assert verify_chain(messages(settings), load_ledger_trust(settings)) == []
    last = messages(settings)[-1]
    entry = log_format("disclosure").read(load_ledger_trust(settings).read(last.value, 0))
    forged = log_format("disclosure").write(
        {
            **acceptance_record(ANALYST, ReaderCondition("CO", "forged"), None, "cli", 1),
            "writer": entry["writer"],
            "sequence": 1,
            "previous": bytes(32),
            "follows": None,
        }
    )
    send(settings, [(DISCLOSURES, 0, None, sign(DISCLOSURES, forged, keys.key_id, keys.signing))])
    (chain_break,) = verify_chain(messages(settings), load_ledger_trust(settings))
    assert "replaced" in str(chain_break.reason)


def test_nothing_is_shown_by_a_machine_without_the_ledgers_key(exchange: RunningStack) -> None:
    path = ledger_file(exchange.settings)
    content = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(LedgerUnavailableError, match=r"ledger\.pem"):
            accept(exchange.settings)
    finally:
        path.touch(0o600)
        path.write_bytes(content)
