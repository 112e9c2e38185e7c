"""All keys of the mechanism are rotated while the exchange works, and nothing of it is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from consumers.hits.process import hit_notifier
from consumers.ledger.verification import verify_chain
from infra.clock import now_ms
from infra.exchange_log.ledger_key import load_ledger_trust
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys import keyring
from infra.keys.rotation import KeyKind
from infra.orchestration.stack import RunningStack
from infra.registry.mechanism_keys import rotate_mechanism_key
from infra.registry.nodes import NodeRegistration
from infra.settings import Settings, load
from producers.ingest.report import RunReport
from producers.node import CountryNode
from schemas import topics
from schemas.crypto.sealing import read_signed
from tests.support.exchange import (
    LINE,
    client_of,
    differences,
    founder,
    proofs,
    rebuilt,
    unequal,
    wait_at_rest,
)
from tests.support.exchange_lease import ExchangeLease
from tests.support.node import NOWHERE, row, weapons, write

NODES = (
    NodeRegistration("co-ponal", "CO", "PONAL", 0),
    NodeRegistration("ec-policia", "EC", "POLICIA", 0),
)
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[RunningStack]:
    with lease.running("rotation", only=LINE, founder=founder(NODES)) as stack:
        yield stack


def publish(settings: Settings, folder: Path, node: str, *rows: str) -> RunReport:
    folder.mkdir(exist_ok=True)
    with CountryNode(settings, node) as country:
        return country.publish(write(folder, *rows), weapons(folder), wait=90)


def signers(settings: Settings, topic: str) -> list[str]:
    """The ids of the keys that signed the messages of a topic, in their order."""
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        return [read_signed(message.value)["key_id"] for message in reader.read(reader.end())]


def payloads(settings: Settings, generation: int) -> int:
    """How many events the sink could decrypt."""
    with client_of(settings, generation) as client:
        return int(client.execute("SELECT count() FROM events FINAL WHERE payload != ''")[0][0])


def notify(settings: Settings, generation: int) -> None:
    """Send what hits there are, as the process of hits does."""
    with hit_notifier(settings, generation, keyring.load_mechanism_keys(settings)) as notifier:
        assert notifier.resume()
        while notifier.step():
            pass


def hits_of(settings: Settings, node: str) -> int:
    with CountryNode(settings, node) as country:
        country.send(wait=30)
        return len(country.hits().hits)


def test_every_key_is_rotated_while_the_exchange_works(
    exchange: RunningStack, tmp_path: Path
) -> None:
    settings, before = exchange.settings, keyring.load_mechanism_keys(exchange.settings)
    first = publish(settings, tmp_path / "1", "co-ponal", row(1, "AB1001"), row(2, "AB1002"))
    other = publish(settings, tmp_path / "1", "ec-policia", row(9, "AB1009"))
    assert (first.counts()["accepted"], other.counts()["accepted"]) == (2, 1)
    cut_off = load({"QUIPU_HOME": str(settings.home), "QUIPU_KAFKA": NOWHERE})
    with CountryNode(cut_off, "ec-policia") as late:  # it encrypts now and sends after the rotation
        path = write(tmp_path, row(1, "AB1001", "seized"))
        assert late.publish(path, weapons(tmp_path), wait=0).unsent == 1
    ends = [rotate_mechanism_key(settings, kind).holds_from for kind in KeyKind]
    while now_ms() <= max(ends) + 1_000:
        time.sleep(0.1)
    second = publish(settings, tmp_path / "2", "co-ponal", row(3, "AB1003"), row(4, "AB1004"))
    third = publish(settings, tmp_path / "3", "ec-policia", row(5, "AB1003", "seized"))
    assert (second.counts()["accepted"], third.counts()["accepted"]) == (2, 1)
    wait_at_rest(settings)
    assert payloads(settings, 1) == 7
    now = keyring.load_mechanism_keys(settings)
    assert now.key_id != before.key_id
    assert [*dict.fromkeys(signers(settings, topics.receipts(1, "CO", "co-ponal")))] == [
        before.key_id,
        now.key_id,
    ]
    notify(settings, 1)
    assert set(signers(settings, topics.hits(1, "CO", "PONAL"))) == {now.key_id}
    assert hits_of(settings, "co-ponal") > 0
    with closing(PartitionReader(settings.kafka, topics.DISCLOSURES, 0)) as reader:
        entries = list(reader.read(reader.end()))
    assert entries
    assert verify_chain(entries, load_ledger_trust(settings)) == []
    outcome = rebuilt(settings)
    assert unequal(outcome) == []
    assert outcome.serves_from is not None
    wait_at_rest(settings, 2)
    assert payloads(settings, 2) == 7
    assert differences(proofs(settings, 2)) == []
