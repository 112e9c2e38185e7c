"""Attacks with a key of the mechanism that was rotated: whoever kept a copy signs something new.

Issue 9, part 10: a stolen copy must be worth nothing once the key is replaced.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from consumers.ledger.entries import acceptance_record
from consumers.ledger.verification import verify_chain
from consumers.ledger.writer import DisclosureLedger
from infra.cli.root import main
from infra.clock import now_ms
from infra.errors import FoundingError, KeyringError
from infra.exchange_log import config_log
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.ledger_key import load_ledger_trust
from infra.exchange_log.log_owner import check_keys
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.owner_topics import OwnerTopics
from infra.keys import keyring, rotation
from infra.keys.keyring import MechanismKeys
from infra.keys.rotation import KeyKind
from infra.orchestration.stack import RunningStack
from infra.registry.config_writer import ConfigChange
from infra.registry.founding import close_founding, found_mechanism
from infra.registry.mechanism_keys import rotate_mechanism_key
from infra.registry.nodes import NodeRegistration, add_node
from infra.settings import Settings
from producers.delivery.kafka_connection import KafkaConnection
from schemas import topics
from schemas.avro.codec import log_format
from schemas.crypto.sealing import sign
from schemas.errors import BadSignatureError
from schemas.model import Reader, ReaderCondition
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import send

NOTICE_MS = 1_000
ANALYST = Reader("EC/DNI/analyst", "EC", "DNI", frozenset({"analyst"}), "AMBER")
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[RunningStack]:
    """A founded exchange with one node; nothing works on it."""
    with lease.running("retired", ("topics",)) as stack:
        found_mechanism(stack.settings, NOTICE_MS)
        add_node(stack.settings, NodeRegistration("co-ponal", "CO", "PONAL", 0))
        close_founding(stack.settings)
        yield stack


def wait_for(change: ConfigChange) -> None:
    while now_ms() <= change.holds_from + 50:
        time.sleep(0.05)


def refused_code(settings: Settings, offset: int) -> str:
    """Why config refused the entry at this offset; empty where it is in effect."""
    with closing(ConfigLog(settings)) as log:
        log.refresh()
        return next((entry.code for entry in log.refused if entry.offset == offset), "")


def announce(
    settings: Settings, name: str, entry: Mapping[str, object], keys: MechanismKeys
) -> str:
    """Write an entry that is in effect soon, signed with these keys; why it is refused."""
    since = now_ms() + 60_000
    return refused_code(settings, config_log.append(settings, name, entry, since, keys))


def newest_message(settings: Settings, topic: str) -> bytes | None:
    """What a node believes of the newest message of a topic; None where it is left out."""
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        message = list(reader.read(reader.end()))[-1]
    with closing(KafkaConnection(settings)) as connection:
        try:
            return connection.open_signed(message)
        except BadSignatureError:
            return None


def test_a_retired_key_signs_nothing_new(exchange: RunningStack) -> None:
    settings = exchange.settings
    stolen = keyring.load_mechanism_keys(settings)
    receipts, hits = topics.receipts(1, "CO", "co-ponal"), topics.hits(1, "CO", "PONAL")
    OwnerTopics(settings).ensure([receipts, hits])
    old = sign(receipts, b"before", stolen.key_id, stolen.signing)
    send(settings, [(receipts, 0, b"co-ponal/routine/1", old)])
    change = rotate_mechanism_key(settings, KeyKind.SIGNING)
    assert newest_message(settings, receipts) == b"before"
    contact = {"country": "CO", "authority": "PONAL", "office": "-", "phone": "", "mail": ""}
    assert announce(settings, "Contact", {**contact, "hours": "notice"}, stolen) == ""
    public = stolen.signing.public_key().public_bytes_raw()
    mine = {"key_id": "config-attacker", "public_key": public}
    assert announce(settings, "SigningKey", mine, stolen) == "CONFIG_REFUSED", "it has a successor"
    wait_for(change)
    assert newest_message(settings, receipts) == b"before", "what it signed in its time stays valid"
    assert announce(settings, "Contact", {**contact, "hours": "late"}, stolen) == "KEY_REPLACED"
    assert announce(settings, "SigningKey", mine, stolen) == "KEY_REPLACED"
    for topic in (receipts, hits):
        forged = sign(topic, b"forged", stolen.key_id, stolen.signing)
        send(settings, [(topic, 0, b"co-ponal/routine/1", forged)])
        assert newest_message(settings, topic) is None
        genuine = keyring.load_mechanism_keys(settings)
        signed = sign(topic, b"genuine", genuine.key_id, genuine.signing)
        send(settings, [(topic, 0, b"co-ponal/routine/1", signed)])
        assert newest_message(settings, topic) == b"genuine"
    with closing(ConfigLog(settings)) as log, pytest.raises(KeyringError, match=r"signing\.pem"):
        check_keys(stolen, log.refresh(), now_ms())


def test_a_node_learns_the_new_key_while_it_is_connected(exchange: RunningStack) -> None:
    settings, topic = exchange.settings, topics.receipts(1, "CO", "co-ponal")
    OwnerTopics(settings).ensure([topic])
    with closing(KafkaConnection(settings)) as connection:
        connection.config()
        rotate_mechanism_key(settings, KeyKind.SIGNING)
        keys = keyring.load_mechanism_keys(settings)
        send(
            settings,
            [(topic, 0, b"co-ponal/routine/1", sign(topic, b"x", keys.key_id, keys.signing))],
        )
        with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
            message = list(reader.read(reader.end()))[-1]
        assert connection.open_signed(message) == b"x"


def test_a_retired_key_of_the_ledger_writes_no_entry(exchange: RunningStack) -> None:
    settings = exchange.settings
    stolen = keyring.load_ledger_key(settings)
    assert stolen is not None
    with closing(DisclosureLedger(settings)) as ledger:
        ledger.accept(ANALYST, ReaderCondition("CO", "before"), None, "cli")
        change = rotate_mechanism_key(settings, KeyKind.LEDGER)
        ledger._signer_until = 0.0  # a writer looks again before any notice ends
        wait_for(change)
        ledger.accept(ANALYST, ReaderCondition("CO", "after"), None, "cli")
    topic = topics.DISCLOSURES
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        messages = list(reader.read(reader.end()))
    assert verify_chain(messages, load_ledger_trust(settings)) == []
    record = acceptance_record(ANALYST, ReaderCondition("CO", "forged"), None, "cli", 1)
    frame = {"writer": bytes(16), "sequence": 0, "previous": bytes(32), "follows": None}
    body = log_format("disclosure").write({**frame, **record})
    send(settings, [(topic, 0, None, sign(topic, body, stolen.key_id, stolen.signing))])
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        messages = list(reader.read(reader.end()))
    (broken,) = verify_chain(messages, load_ledger_trust(settings))
    assert "replaced" in str(broken.reason)


def test_a_node_encrypts_for_the_new_key(exchange: RunningStack) -> None:
    settings = exchange.settings
    change = rotate_mechanism_key(settings, KeyKind.ENCRYPTION)
    wait_for(change)
    own = keyring.load_mechanism_keys(settings).unwrap.public_key().public_bytes_raw()
    with closing(ConfigLog(settings)) as log:
        view = log.refresh().at(now_ms())
    assert view.recipients["mechanism"].public_bytes_raw() == own
    keys = keyring.load_mechanism_keys(settings)
    foreign = replace(keys, unwrap=X25519PrivateKey.generate(), private_keys={})
    with closing(ConfigLog(settings)) as log, pytest.raises(FoundingError, match="encrypt"):
        check_keys(foreign, log.refresh(), now_ms())


def test_the_commands_list_and_rotate_keys_and_refuse_the_secret_of_things(
    exchange: RunningStack,
) -> None:
    home = ["--home", str(exchange.settings.home), "--lang", "en", "key"]

    def key_ids() -> dict[str, str]:
        listed = json.loads(CliRunner().invoke(main, [*home, "list", "--json"]).stdout)
        assert all(row["is_here"] for row in listed)
        return {row["kind"]: row["key_id"] for row in listed}

    before = key_ids()
    rotated = CliRunner().invoke(main, [*home, "rotate", "ledger"])
    assert rotated.exit_code == 0, rotated.output
    assert {kind for kind, id_ in key_ids().items() if before[kind] != id_} == {"ledger"}
    refused = CliRunner().invoke(main, [*home, "rotate", "things"])
    assert refused.exit_code == 2
    assert "THING_SECRET" in refused.output
    (exchange.settings.keys_dir / "mechanism" / "ledger.pem").unlink()
    missing = CliRunner().invoke(main, [*home, "list"])
    assert "missing in this folder" in " ".join(missing.output.split()), "lines are wrapped"


def test_a_rotation_that_was_interrupted_is_ended_by_the_same_command(
    exchange: RunningStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = exchange.settings

    def die(*_: object) -> None:
        raise RuntimeError("killed before the new key is in use")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(rotation, "install", die)
        rotate_mechanism_key(settings, KeyKind.ENCRYPTION)
    announced = newest_encryption_key(settings)
    assert rotate_mechanism_key(settings, KeyKind.ENCRYPTION).key_id
    assert newest_encryption_key(settings) == announced, "it is not announced twice"
    own = keyring.load_mechanism_keys(settings).unwrap.public_key().public_bytes_raw()
    assert own == announced


def newest_encryption_key(settings: Settings) -> bytes:
    with closing(ConfigLog(settings)) as log:
        return log.refresh().newest().recipient_keys["mechanism"][0]
