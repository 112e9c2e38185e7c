"""Bad input on the running pipeline: each gets its stable code where its sender or an operator
looks, and the stream goes on.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra.exchange_log import config_log
from infra.kafka.owner_topics import OwnerTopics
from infra.keys import keyring
from infra.registry.config_writer import MARGIN_MS, read_config
from infra.settings import Endpoints, Settings
from producers.errors import SendError
from producers.node import CountryNode
from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.bounds import MAX_BUNDLE_BYTES, MAX_EVENT_BYTES
from schemas.config_entry import write_entry
from schemas.crypto.sealing import EventBinding, new_key, seal_event, sign
from schemas.event.event_type import EventType, event_type
from schemas.model import Cord
from tests.support.exchange import NOTICE_MS
from tests.support.node import HEADER, row
from tests.support.pipeline_harness import Pipeline, codes, now
from tests.support.receipts import receipt_record
from tests.support.signed_bundles import Item, control, weapon

pytestmark = pytest.mark.integration

_NUMBERS = itertools.count(100_000)
WEEK_MS = 7 * 86_400_000


@pytest.fixture(autouse=True)
def _goes_on(pipeline: Pipeline) -> Any:
    """After each test: a good record of the same country is accepted as ever."""
    yield
    report = pipeline.publish("co-ponal", row(next(_NUMBERS)))
    assert report.counts()["accepted"] == 1, codes(report)
    assert pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", fresh())) == [("accepted", "")]


def fresh(**changes: Any) -> Item:
    """A weapon that no other test speaks of."""
    number = next(_NUMBERS)
    return weapon(f"M-{number}", "STOLEN", f"HND{number}", **changes)


# -- straight into the topics

DERIVED = ("accepted", "observations", "evidence", "rejects")


def poisons(format_: str) -> list[bytes | None]:
    """Nothing, noise, the right header before noise, JSON, the header of another format."""
    header = log_format(format_).header
    return [
        b"",
        b"poison",
        header + b"\xff" * 40,
        b'{"json": true}',
        log_format("key_list").header + b"\0",
    ]


@pytest.mark.parametrize("what", ["bundles", "keys", "config", *DERIVED])
def test_poison_in_any_topic_is_rejected_as_broken_and_nothing_stops(
    pipeline: Pipeline, what: str
) -> None:
    g = pipeline.generation
    topic = {
        "bundles": topics.bundles("CO"),
        "keys": topics.keys("CO"),
        "config": topics.CONFIG,
        "accepted": topics.accepted(g, "CO"),
        "observations": topics.observations(g),
        "evidence": topics.evidence(g),
        "rejects": topics.rejects(g),
    }[what]
    format_ = {"bundles": "signed", "keys": "signed", "config": "signed", "rejects": "reject"}.get(
        what, what
    )
    values: list[bytes | None] = [*poisons(format_), None]
    if what in {"observations", "evidence"}:  # without content, it only ends what had its key
        values = [value for value in values if value]
    sent = [pipeline.send(topic, 0, value, f"poison {n}") for n, value in enumerate(values)]
    pipeline.wait_rejected(*((topic, 0, offset, "BROKEN_FORMAT") for offset in sent))


def test_poison_among_receipts_is_told_at_the_node_and_what_is_behind_it_is_heard(
    pipeline: Pipeline,
) -> None:
    topic = topics.receipts(pipeline.generation, "CO", "co-ponal")
    OwnerTopics(pipeline.settings).ensure([topic])
    values = [*poisons("signed")[:-1], None]
    sent = [pipeline.send(topic, 0, value, "co-ponal/routine/1") for value in values]
    with structlog.testing.capture_logs() as logs:
        report = pipeline.publish("co-ponal", row(next(_NUMBERS)))
    assert report.counts()["accepted"] == 1
    assert _unbelieved(logs) == dict.fromkeys(sent, "BROKEN_FORMAT")


def test_a_forged_receipt_or_hit_is_not_believed_at_the_node(pipeline: Pipeline) -> None:
    """Findings A2 and F of a security test: nobody but the mechanism answers or tells of hits."""
    receipt = log_format("receipt").write(
        {**receipt_record(Cord("co-ponal", "routine", 1), 0, code="FORK")}
    )
    authority = read_config(pipeline.settings).nodes["co-ponal"].authority
    hit = hit_body("CO", authority)
    answers, hits = (
        topics.receipts(pipeline.generation, "CO", "co-ponal"),
        topics.hits(pipeline.generation, "CO", authority),
    )
    OwnerTopics(pipeline.settings).ensure([answers, hits])
    stranger, keys = Ed25519PrivateKey.generate(), keyring.load_mechanism_keys(pipeline.settings)
    forged = {}
    for topic, body, key in (
        (answers, receipt, "co-ponal/routine/1"),
        (hits, hit, f"{authority}//07"),
    ):
        for value, code in (
            (body, "BROKEN_FORMAT"),
            (sign(topic, body, "stranger", stranger), "UNKNOWN_KEY"),
            (sign(topic, body, keys.key_id, stranger), "BAD_SIGNATURE"),
            (sign("quipu.elsewhere", body, keys.key_id, keys.signing), "BAD_SIGNATURE"),
        ):
            forged[topic, pipeline.send(topic, 0, value, key)] = code
    with structlog.testing.capture_logs() as logs:
        report = pipeline.publish("co-ponal", row(next(_NUMBERS)))
    assert report.counts()["accepted"] == 1
    unbelieved = {
        (entry["topic"], entry["offset"]): entry["code"]
        for entry in logs
        if entry["event"] == "message_not_believed"
    }
    assert forged.items() <= unbelieved.items()
    assert "FORGED" not in pipeline.quipu("hits", "--node", "co-ponal", "--json").stdout


def hit_body(country: str, authority: str) -> bytes:
    """A hit that tells of an arrest that never was."""
    live = {
        "rule": "stolen-weapon-seized-abroad",
        "rule_version": 1,
        "grade": "certain",
        "severity": "high",
        "kind": "weapon",
        "title": {"es": "FORGED", "en": "FORGED"},
        "sentence": {"es": "FORGED", "en": "FORGED"},
        "first_recorded": 1,
        "last_recorded": 2,
        "own": [],
        "others": [],
        "tlp": "AMBER",
        "handling": [],
        "conditions": [],
    }
    record = {
        "country": country,
        "authority": authority,
        "exercise": None,
        "indicator": bytes(16),
        "live": live,
    }
    return log_format("hit").write(record)


def _unbelieved(logs: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Return the codes of what a node did not believe, by offset."""
    return {
        entry["offset"]: entry["code"] for entry in logs if entry["event"] == "message_not_believed"
    }


def test_config_takes_nothing_from_a_stranger_or_without_notice(pipeline: Pipeline) -> None:
    stranger, key_id = Ed25519PrivateKey.generate(), keyring.trust_anchor(pipeline.settings)[0]
    body = write_entry("Generation", {"number": 9, "thing_partitions": 4}, now() + WEEK_MS)
    mechanism = keyring.load_mechanism_keys(pipeline.settings)
    entries = {
        "UNKNOWN_KEY": sign(topics.CONFIG, body, "stranger", stranger),
        "BAD_SIGNATURE": sign(topics.CONFIG, body, key_id, stranger),
        "CONFIG_REFUSED": sign(
            topics.CONFIG,
            write_entry("Generation", {"number": 9, "thing_partitions": 4}, now()),
            key_id,
            mechanism.signing,
        ),
    }
    pipeline.wait_rejected(
        *(
            (topics.CONFIG, 0, pipeline.send(topics.CONFIG, 0, value), code)
            for code, value in entries.items()
        )
    )


def test_a_bundle_that_its_node_did_not_sign_is_rejected(pipeline: Pipeline) -> None:
    co, topic = pipeline.hands["co-mano"], topics.bundles("CO")
    body = log_format("bundle").write(
        {
            "cord": Cord("co-mano", "routine", 1)._asdict(),
            "sequence": 0,
            "previous": bytes(32),
            "events": [],
        }
    )
    stranger, ecuador = Ed25519PrivateKey.generate(), pipeline.hands["ec-mano"]
    sent = {
        "BAD_SIGNATURE": (1, sign(topic, body, co.key_id, stranger)),
        "UNKNOWN_KEY": (1, sign(topic, body, "co-mano-9", co.signing)),
        "WRONG_TOPIC": (1, sign(topic, body, ecuador.key_id, ecuador.signing)),
    }
    placed = [
        (topic, number, pipeline.send(topic, number, value), code)
        for code, (number, value) in sent.items()
    ]
    placed.append(
        (topic, 0, pipeline.send(topic, 0, sign(topic, body, co.key_id, co.signing)), "WRONG_TOPIC")
    )
    pipeline.wait_rejected(*placed)


def test_a_bundle_of_another_topic_or_cord_or_epoch_or_size_is_rejected(pipeline: Pipeline) -> None:
    topic = topics.bundles("CO")
    many = [
        pipeline.hands["co-mano"].event(fresh(envelope={"condition": "x" * 250_000}), new_key())
        for _ in range(4)
    ]
    assert sum(map(len, many)) > MAX_BUNDLE_BYTES
    cases: dict[str, dict[str, Any]] = {
        "NOT_OWNER": {"cord_node": "ec-mano", "with_keys": False},
        "EPOCH_NOT_APPROVED": {"epoch": 2, "with_keys": False},
        "BROKEN_FORMAT": {"lane": "fast", "with_keys": False},
    }
    placed = [
        (topic, 1, pipeline.by_hand("co-mano", fresh(), **changes), code)
        for code, changes in cases.items()
    ]
    ends = dict(pipeline.hands["co-mano"].ends)
    placed.append((topic, 1, pipeline.by_hand("co-mano", *many), "BUNDLE_TOO_LARGE"))
    pipeline.hands["co-mano"].ends = ends
    pipeline.wait_rejected(*placed)
    assert pipeline.receipt("co-mano", placed[-1][2])["code"] == "BUNDLE_TOO_LARGE"


# -- the cord


def test_a_gap_is_told_and_filled_by_the_node_itself(pipeline: Pipeline) -> None:
    """What Kafka lost after acknowledging it: the outbox thinks it sent, the mechanism misses it
    and says so, the node sends it again.
    """
    pipeline.publish("ec-policia", row(next(_NUMBERS)))
    away = Settings(pipeline.settings.home, Endpoints(kafka="127.0.0.1:1"))
    missed, name = next(_NUMBERS), "missed.csv"
    path = pipeline.files / name
    path.write_text(HEADER + row(missed), encoding="utf-8")
    with CountryNode(away, "ec-policia") as node:
        report = node.publish(path, pipeline.mapping(), wait=0)
    assert report.counts()["unanswered"] == 1
    with (
        closing(sqlite3.connect(pipeline.settings.node_dir("ec-policia") / "outbox.db")) as outbox,
        outbox,
    ):
        assert (
            outbox.execute("UPDATE bundles SET state = 'sent' WHERE state = 'sealed'").rowcount == 1
        )
    assert pipeline.publish("ec-policia", row(next(_NUMBERS))).counts()["accepted"] == 1
    with CountryNode(pipeline.settings, "ec-policia") as node:

        def answered() -> bool:
            node.send(wait=0.5)
            return not any(
                reconcile_count["unanswered"] for reconcile_count in node.reconcile_counts()
            )

        pipeline.eventually(answered, "the missed bundle is answered")
    event_history = pipeline.history(pipeline.id_of("ec-policia", f"R-{missed}"))
    assert event_history is not None


def test_a_gap_has_its_code_until_it_is_filled(pipeline: Pipeline) -> None:
    lost = pipeline.make("co-mano", fresh())
    behind = pipeline.receipt("co-mano", pipeline.by_hand("co-mano", fresh()))
    sequence = pipeline.hands["co-mano"].ends[Cord("co-mano", "routine", 1)][0]
    assert (behind["code"], behind["missing"], [item["verdict"] for item in behind["items"]]) == (
        "GAP",
        [sequence - 1],
        ["accepted"],
    )
    filled = pipeline.receipt("co-mano", pipeline.send(lost.topic, lost.partition, lost.value))
    assert (filled["code"], filled["missing"], [item["verdict"] for item in filled["items"]]) == (
        "",
        [],
        ["accepted"],
    )


def test_a_repeat_is_told_and_counts_nothing(pipeline: Pipeline) -> None:
    message = pipeline.make("co-mano", fresh())
    first, again = (
        pipeline.receipt("co-mano", pipeline.send(message.topic, message.partition, message.value))
        for _ in range(2)
    )
    assert [item["verdict"] for item in first["items"]] == ["accepted"]
    assert (again["code"], again["items"]) == ("REPEAT", [])


def test_a_fork_and_a_broken_chain_are_refused_and_alarmed(pipeline: Pipeline) -> None:
    pipeline.by_hand("co-mano", fresh())
    ends = dict(pipeline.hands["co-mano"].ends)
    sequence = ends[Cord("co-mano", "routine", 1)][0]
    fork = pipeline.by_hand("co-mano", fresh(), sequence=sequence, with_keys=False)
    broken = pipeline.by_hand("co-mano", fresh(), previous=bytes(32), with_keys=False)
    pipeline.hands["co-mano"].ends = ends
    assert (
        pipeline.receipt("co-mano", fork)["code"],
        pipeline.receipt("co-mano", broken)["code"],
    ) == (
        "FORK",
        "BROKEN_CHAIN",
    )
    topic = topics.bundles("CO")
    pipeline.wait_rejected((topic, 1, fork, "FORK"), (topic, 1, broken, "BROKEN_CHAIN"))


def test_a_node_restored_from_an_old_copy_is_stopped_before_it_forks(pipeline: Pipeline) -> None:
    outbox = pipeline.settings.node_dir("pe-sucamec") / "outbox.db"
    pipeline.publish("pe-sucamec", row(next(_NUMBERS)))
    copy = outbox.read_bytes()
    pipeline.publish("pe-sucamec", row(next(_NUMBERS)))
    newer = outbox.read_bytes()
    outbox.write_bytes(copy)
    with pytest.raises(SendError) as caught:
        pipeline.publish("pe-sucamec", row(next(_NUMBERS)))
    assert caught.value.code == "OUTBOX_OLD"
    outbox.write_bytes(newer)
    assert pipeline.publish("pe-sucamec", row(next(_NUMBERS))).counts()["accepted"] == 1


# -- items


def test_an_item_of_an_unknown_schema_waits_until_config_brings_it(pipeline: Pipeline) -> None:
    later, item = _later(), fresh()
    key, hand = new_key(), pipeline.hands["co-mano"]
    event = log_format("event").read(hand.event(item, key))
    head = event["envelope"]
    binding = EventBinding(head["id"], head["version"], later.fingerprint)
    sealed = seal_event(later.write({**item.payload, "seen_by": "patrulla"}), key, binding)
    framed = log_format("event").write({**event, "schema": later.fingerprint, **sealed})
    offset = pipeline.by_hand("co-mano", framed, keys=[key])
    assert pipeline.verdicts("co-mano", offset) == [("pending", "UNKNOWN_SCHEMA")]
    entry = {"type": later.name, "text": later.format.text}
    config_log.append(pipeline.settings, "EventSchema", entry, now() + NOTICE_MS + MARGIN_MS)
    pipeline.eventually(
        lambda: pipeline.verdicts("co-mano", offset) == [("accepted", "")],
        "accepted once config brought the schema",
    )
    pipeline.eventually(
        lambda: "patrulla" in _payload(pipeline, hand.id_of(item)), "stored with its content"
    )


def _later() -> EventType:
    """A weapon record with a field that no release knows."""
    definition = json.loads(event_type("weapon_record").format.text)
    definition["fields"].append(
        {
            "name": "seen_by",
            "type": ["null", "string"],
            "default": None,
            "doc": f"test {time.time()}",
        }
    )
    return EventType(json.dumps(definition))


def test_the_mechanism_rejects_each_bad_item_of_a_bundle_and_takes_the_good_ones(
    pipeline: Pipeline,
) -> None:
    hand = pipeline.hands["co-mano"]
    large = {**fresh().payload, "note": "x" * MAX_EVENT_BYTES}
    wrong: list[tuple[Item | bytes, str]] = [
        (fresh(envelope={"crime": "99999"}), "UNKNOWN_CODE"),
        (fresh(envelope={"tlp": "PINK"}), "UNKNOWN_CODE"),
        (
            fresh(
                envelope={"occurred_from": 1_530_000_000_000, "occurred_until": 1_520_000_000_000}
            ),
            "IMPOSSIBLE_DATE",
        ),
        (fresh(envelope={"reported_at": now() + WEEK_MS}), "FROM_FUTURE"),
        (fresh(envelope={"authority": "PONAL"}), "WRONG_ORIGIN"),
        (fresh(envelope={"subdivision": "CO-XXX"}), "UNKNOWN_PLACE"),
        (Item("weapon_record", f"M-{next(_NUMBERS)}", large), "EVENT_TOO_LARGE"),
        (
            Item("weapon_record", f"M-{next(_NUMBERS)}", {**fresh().payload, "status": "BORROWED"}),
            "UNKNOWN_CODE",
        ),
        (hand.event(fresh(), new_key()), "CANNOT_OPEN"),
        (b"no event at all", "BROKEN_FORMAT"),
    ]
    offset = pipeline.by_hand("co-mano", fresh(), *(item for item, _ in wrong), fresh())
    pairs = pipeline.verdicts("co-mano", offset)
    assert pairs == [("accepted", ""), *(("rejected", code) for _, code in wrong), ("accepted", "")]


def test_items_without_their_keys_are_rejected(pipeline: Pipeline) -> None:
    assert pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", fresh(), with_keys=False)) == [
        ("rejected", "KEY_MISSING")
    ]


def test_the_same_reference_with_other_content_is_a_conflict(pipeline: Pipeline) -> None:
    first = fresh()
    other = Item("weapon_record", first.reference, {**first.payload, "status": "LOST"})
    assert pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", first, other, first)) == [
        ("accepted", ""),
        ("rejected", "CONFLICT"),
        ("duplicate", ""),
    ]


def test_a_strangers_correction_retraction_and_erasure_are_rejected(pipeline: Pipeline) -> None:
    own = fresh()
    assert pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", own)) == [("accepted", "")]
    colombia = pipeline.hands["co-mano"]
    id_, version = colombia.id_of(own), colombia.version_of(own)
    changed = Item(
        "weapon_record",
        own.reference,
        {**own.payload, "status": "LOST"},
        {"id": id_, "supersedes": version, "correction_reason": "WRONG"},
    )
    acts = [control(type_, f"X-{next(_NUMBERS)}", id_) for type_ in ("retraction", "erasure")]
    offset = pipeline.by_hand("ec-mano", changed, *acts, fresh())
    assert pipeline.verdicts("ec-mano", offset) == [("rejected", "NOT_OWNER")] * 3 + [
        ("accepted", "")
    ]
    event_history = pipeline.history(id_)
    assert event_history is not None
    assert (event_history.status, len(event_history.versions), event_history.acts) == (
        "current",
        1,
        [],
    )


# -- files of a national system


def test_an_empty_file_is_refused(pipeline: Pipeline) -> None:
    for content in (b"", b"\n", HEADER.encode()):
        assert codes(pipeline.publish_bytes("co-ponal", content, "empty.csv")) == [
            (0, "refused", "EMPTY_FILE")
        ]


def test_each_bad_line_is_refused_with_its_line_and_code_and_the_others_are_accepted(
    pipeline: Pipeline,
) -> None:
    good = next(_NUMBERS)
    soon = (datetime.now(UTC) + timedelta(days=7)).strftime("%d/%m/%Y")
    lines: list[tuple[str | bytes, str]] = [
        (row(good), ""),
        (row(good + 1, note="Ñuñoa, robo").encode("latin-1"), "BAD_ENCODING"),
        ("R-1,GLOCK\n", "BROKEN_LINE"),
        (row(good + 2, date="31/02/2018"), "IMPOSSIBLE_DATE"),
        (row(good + 3, status="borrowed"), "UNKNOWN_CODE"),
        (row(good + 4, date=soon), "FROM_FUTURE"),
        (row(good + 5, note="x" * (MAX_EVENT_BYTES + 1)), "EVENT_TOO_LARGE"),
        (row(good + 6).replace(f"R-{good + 6}", ""), "MISSING_FIELD"),
        (row(good, "OTHER999"), "CONFLICT"),
        (row(good), "ALREADY_TAKEN"),
        (row(good + 7), ""),
    ]
    content = HEADER.encode() + b"".join(
        text if isinstance(text, bytes) else text.encode() for text, _ in lines
    )
    report = pipeline.publish_bytes("co-ponal", content, "mixed.csv")
    for _ in range(10):
        next(_NUMBERS)
    expected = [
        (number, "duplicate" if code == "ALREADY_TAKEN" else "refused", code)
        for number, (_, code) in enumerate(lines, start=2)
        if code
    ]
    assert codes(report) == expected
    assert report.counts() == {
        "accepted": 2,
        "duplicate": 1,
        "pending": 0,
        "refused": 8,
        "rejected": 0,
        "unanswered": 0,
    }


def test_a_latin_1_file_is_refused_line_by_line_and_an_unclosed_quote_does_not_swallow_the_rest(
    pipeline: Pipeline,
) -> None:
    good = next(_NUMBERS)
    content = (
        HEADER.encode()
        + row(good, note="café").encode("latin-1")
        + b'R-2,GLOCK,"ABC,stolen,02/03/2018,\n'
        + row(next(_NUMBERS)).encode()
    )
    report = pipeline.publish_bytes("co-ponal", content, "latin.csv")
    assert codes(report)[0] == (2, "refused", "BAD_ENCODING")
    assert {code for _, _, code in codes(report)} <= {"BAD_ENCODING", "BROKEN_LINE"}
    assert report.counts()["accepted"] + report.counts()["refused"] == 3


def test_a_node_whose_clock_is_a_week_ahead_is_told_by_the_mechanism(pipeline: Pipeline) -> None:
    content = (HEADER + row(next(_NUMBERS))).encode()
    report = pipeline.publish_bytes(
        "ec-policia", content, "ahead.csv", clock=lambda: time.time() + WEEK_MS / 1000
    )
    assert codes(report) == [(2, "rejected", "FROM_FUTURE")]


# -- and after all of it


def test_nothing_is_lost_or_doubled_by_any_of_it(pipeline: Pipeline) -> None:
    finished = pipeline.quipu("reconcile", "--json", "--wait", "30")
    report = json.loads(finished.stdout)
    proofs: list[Record] = report["cords"]
    assert finished.returncode == 0, [
        (proof["cord"], proof["differences"]) for proof in proofs if not proof["holds"]
    ]
    assert {proof["cord"].split("/")[0] for proof in proofs} >= {"co-ponal", "co-mano"}
    assert not report["proved"], "much was rejected, and counted"
    assert sum(count["number"] for count in report["rejected_messages"]) > 0


def _payload(pipeline: Pipeline, id_: bytes) -> str:
    with pipeline.client() as client:
        rows = client.execute(
            "SELECT payload FROM events WHERE hex(id) = {id:String}", {"id": id_.hex().upper()}
        )
    return str(rows[0][0]) if rows else ""
