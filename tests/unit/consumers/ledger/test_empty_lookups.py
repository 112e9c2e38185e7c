"""Empty look-ups in the ledger: bounded, and for the auditor alone."""

from __future__ import annotations

from typing import Any

from consumers.ledger.entries import empty_lookup_record
from consumers.ledger.recent_lookups import COALESCE_MS, MAX_REMEMBERED, RecentLookups
from consumers.query.disclosures import to_disclosure
from consumers.query.empty_lookups import HashedLookup
from consumers.sink.table_rows import Batch
from consumers.sink.tables import DISCLOSURES
from schemas import topics
from schemas.avro.codec import log_format, raw_log_format
from schemas.model import EpochMs, Message, Offset, PartitionNumber, Reader

ANA, LUIS = Reader("ana", "CO"), Reader("luis", "EC")
NOW = 1_700_000_000_000


def lookup(reader: Reader = ANA, number: int = 7) -> HashedLookup:
    return HashedLookup(reader, None, "things", number.to_bytes(32, "big"))


def test_equal_questions_of_one_reader_are_one_entry_a_minute() -> None:
    recent = RecentLookups()
    assert recent.new_of([lookup()], NOW) == [lookup()]
    recent.add([lookup()], NOW)
    assert recent.new_of([lookup()], NOW + COALESCE_MS - 1) == []
    assert recent.new_of([lookup()], NOW + COALESCE_MS) == [lookup()]


def test_another_reader_or_question_is_another_entry() -> None:
    recent = RecentLookups()
    recent.add([lookup()], NOW)
    others = [lookup(LUIS), lookup(number=8)]
    assert recent.new_of(others, NOW) == others


def test_what_was_not_written_is_not_taken_for_recorded() -> None:
    recent = RecentLookups()
    recent.new_of([lookup()], NOW)
    assert recent.new_of([lookup()], NOW) == [lookup()]


def test_many_different_questions_do_not_fill_the_memory() -> None:
    recent = RecentLookups()
    many = [lookup(number=number) for number in range(MAX_REMEMBERED + 10)]
    recent.add(many, NOW)
    assert len(recent.new_of(many, NOW)) == 10, "the oldest are forgotten"


def entry() -> dict[str, Any]:
    """As a process of today writes it, and as the sink reads it."""
    chain = {"writer": bytes(16), "sequence": 0, "previous": bytes(32), "follows": None}
    body = log_format("disclosure").write({**chain, **empty_lookup_record(lookup(), "api", NOW)})
    return raw_log_format("disclosure").read(body)


def test_the_sink_keeps_the_hash() -> None:
    batch, place = Batch(), (topics.DISCLOSURES, PartitionNumber(0), Offset(0), EpochMs(NOW))
    batch.add_disclosure(Message(*place, None, b""), entry())
    row = dict(zip(DISCLOSURES.columns, batch.disclosures[0], strict=True))
    assert (row["act"], row["question_hash"], row["events"]) == (
        b"empty",
        lookup().question_hash,
        [],
    )


def test_only_the_mechanisms_auditor_reads_the_hash() -> None:
    row = {
        **dict.fromkeys(DISCLOSURES.columns, None),
        **{name: [] for name in ("questions", "roles", "groups", "indicators", "things")},
        **{name: [] for name in ("events", "versions", "events_recorded", "owners")},
        **{
            "owning_authorities": [],
            "markings": [],
            "recorded_at": NOW,
            "question_hash": "ab" * 32,
        },
    }
    assert to_disclosure(row, "").question_hash == "ab" * 32
    assert to_disclosure(row, "CO").question_hash is None
