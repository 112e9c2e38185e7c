"""Attacks on the history of the log (findings F1, H2): whoever can write to Kafka cuts, empties,
remakes or rewrites a topic, and no check nor start says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from click.testing import CliRunner, Result
from kafka import TopicPartition

from consumers.identity.identity import open_identity
from consumers.identity.local_access import prepare_local_access
from consumers.ledger.entries import GENESIS_HASH, acceptance_record
from consumers.ledger.writer import DisclosureLedger
from infra.cli.root import main
from infra.errors import QuipuError
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka import topic_admin
from infra.kafka.clients import open_admin
from infra.keys.keyring import load_mechanism_keys
from infra.orchestration import units
from infra.orchestration.stack import RunningStack
from infra.registry.founding import found_mechanism
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.crypto.sealing import sign
from schemas.model import Reader, ReaderCondition
from schemas.topics import CONFIG, DISCLOSURES, bundles, log_topics
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import send

ENTRIES, BUNDLES = 6, 8
PERU = bundles("PE")
ANALYST = Reader("EC/DNI/analyst", "EC", "DNI", frozenset({"analyst"}), "AMBER")
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[RunningStack]:
    """A founded exchange with a ledger and bundles; nothing works on it."""
    with lease.running(
        "history", ("topics", "founding"), lambda home: found_mechanism(home, 500)
    ) as stack:
        settings = stack.settings
        with open_identity(settings) as identity:
            prepare_local_access(settings, identity)
        ledger = DisclosureLedger(settings)
        with closing(ledger):
            for number in range(ENTRIES):
                ledger.accept(ANALYST, ReaderCondition("CO", f"condition {number}"), None, "cli")
        send(settings, [(PERU, 0, None, b"bundle %d" % number) for number in range(BUNDLES)])
        yield stack


@pytest.fixture
def settings(exchange: RunningStack) -> Iterator[Settings]:
    """The exchange, verified; afterwards an operator accepts what the test destroyed."""
    quipu(exchange.settings, "verify")
    yield exchange.settings
    lost = {
        item["topic"]
        for item in json.loads(quipu(exchange.settings, "verify", "--json").stdout)
        if item["losses"]
    }
    for topic in lost:
        accepted = quipu(exchange.settings, "verify", "--accept-loss", topic, "--reason", "test")
        assert accepted.exit_code == 0, accepted.output
    units.make_topics(exchange.settings)
    assert quipu(exchange.settings, "verify").exit_code == 0


def quipu(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(settings.home), "--lang", "en", *arguments])


def values(settings: Settings, topic: str) -> list[bytes]:
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        return [message.value for message in reader.read(reader.end())]


def delete(settings: Settings, topic: str) -> None:
    with closing(open_admin(settings.kafka)) as admin:
        admin.delete_topics([topic])
        eventually(lambda: topic not in admin.list_topics(), f"{topic} is gone")


def remake(settings: Settings, topic: str, contents: Sequence[bytes]) -> None:
    """Delete a topic and write other messages to one of its name."""
    delete(settings, topic)
    topic_admin.ensure(settings.kafka, [spec for spec in log_topics() if spec.name == topic])
    send(settings, [(topic, 0, None, content) for content in contents])


def kinds(settings: Settings, topic: str) -> set[str]:
    """What `quipu verify` says about a topic."""
    answer = json.loads(quipu(settings, "verify", "--json").stdout)
    (verification,) = (item for item in answer if item["topic"] == topic)
    return {loss["kind"] for loss in verification["losses"]}


@pytest.mark.parametrize("left", [ENTRIES // 2, 0])
def test_a_ledger_without_its_tail_is_not_complete(settings: Settings, left: int) -> None:
    """F1: the first half, and no entry at all, verified as "none missing"."""
    remake(settings, DISCLOSURES, values(settings, DISCLOSURES)[:left])
    verified = quipu(settings, "disclosures", "--verify")
    assert verified.exit_code == 1, verified.output
    assert "none missing" not in verified.output
    assert kinds(settings, DISCLOSURES) == {"remade", "cut" if left else "emptied"}


def test_a_deleted_ledger_is_not_complete(settings: Settings) -> None:
    """F1: after the topic was deleted, "0 entries, none missing or changed"."""
    delete(settings, DISCLOSURES)
    verified = quipu(settings, "disclosures", "--verify")
    assert verified.exit_code == 1, verified.output
    assert "topic is missing" in verified.output


def test_a_ledger_rewritten_with_the_key_of_config_is_refused(settings: Settings) -> None:
    """F1: a ledger written anew and signed with signing.pem, which all processes hold, verified."""
    keys = load_mechanism_keys(settings)
    record = acceptance_record(ANALYST, ReaderCondition("CO", "another"), None, "cli", 1)
    frame = {"writer": bytes(16), "sequence": 0, "previous": GENESIS_HASH, "follows": None}
    body = log_format("disclosure").write({**frame, **record})
    remake(settings, DISCLOSURES, [sign(DISCLOSURES, body, keys.key_id, keys.signing)])
    verified = quipu(settings, "disclosures", "--verify")
    assert verified.exit_code == 1
    assert f"{DISCLOSURES}/0/0: not signed" in verified.output


@pytest.mark.parametrize("before", [3, BUNDLES])
def test_messages_deleted_from_the_beginning_show(settings: Settings, before: int) -> None:
    """F1: the same topic, of which Kafka was told to delete the first messages, or all."""
    send(settings, [(PERU, 0, None, b"one more")] * BUNDLES)
    quipu(settings, "verify")
    end = len(values(settings, PERU))
    with closing(PartitionReader(settings.kafka, PERU, 0)) as reader:
        offset = reader.end() if before == BUNDLES else reader.end() - end + before
    with closing(open_admin(settings.kafka)) as admin:
        admin.delete_records({TopicPartition(PERU, 0): offset})
    assert kinds(settings, PERU) == {"emptied" if before == BUNDLES else "beginning_gone"}
    with pytest.raises(QuipuError) as error:
        units.make_topics(settings)
    assert error.value.code == "LOG_LOST"


def test_a_message_changed_in_the_middle_shows(settings: Settings) -> None:
    """F1: bundles have no chain over the topic; a changed one was only rejected, if at all."""
    bolivia = bundles("BO")
    send(settings, [(bolivia, 0, None, b"bundle %d" % number) for number in range(BUNDLES)])
    quipu(settings, "verify")
    changed = values(settings, bolivia)
    changed[3] = b"another bundle"
    remake(settings, bolivia, [*changed, b"and a longer end"])
    assert kinds(settings, bolivia) == {"remade", "rewritten"}


@pytest.mark.parametrize("topic", [PERU, DISCLOSURES, CONFIG, "quipu.keys.co"])
def test_a_lost_topic_is_never_made_anew(settings: Settings, topic: str) -> None:
    """H2: `quipu up` made the log of a country anew, and said nothing."""
    former = values(settings, topic)
    delete(settings, topic)
    for _start in range(2):
        with pytest.raises(QuipuError, match=f"{topic}: the topic is missing") as error:
            units.make_topics(settings)
        assert error.value.code == "LOG_LOST"
    with closing(open_admin(settings.kafka)) as admin:
        assert topic not in admin.list_topics()
    if topic == CONFIG:  # the exchange goes on, for the other tests
        remake_missing(settings, topic, former)


def remake_missing(settings: Settings, topic: str, contents: Sequence[bytes]) -> None:
    topic_admin.ensure(settings.kafka, [spec for spec in log_topics() if spec.name == topic])
    send(settings, [(topic, 0, None, content) for content in contents])


def test_a_topic_that_somebody_else_made_anew_stops_the_start(settings: Settings) -> None:
    """H2: the same messages again are another topic, with other times of arrival."""
    remake(settings, PERU, values(settings, PERU))
    with pytest.raises(QuipuError, match="deleted and made again"):
        units.make_topics(settings)


def test_a_loss_is_accepted_only_with_a_reason_and_noted(settings: Settings) -> None:
    delete(settings, PERU)
    assert quipu(settings, "verify", "--accept-loss", PERU).exit_code == 2
    assert kinds(settings, PERU) == {"missing"}
    accepted = quipu(settings, "verify", "--accept-loss", PERU, "--reason", "disk 3 burnt")
    assert accepted.exit_code == 0, accepted.output
    notes = (settings.checkpoints_dir / "accepted-losses.jsonl").read_text().splitlines()
    assert json.loads(notes[-1])["reason"] == "disk 3 burnt"
    again = quipu(settings, "verify", "--accept-loss", PERU, "--reason", "again")
    assert again.exit_code == 2, "what was accepted is no loss any more"
