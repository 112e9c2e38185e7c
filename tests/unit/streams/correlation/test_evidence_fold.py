"""Things: evidence is written once a rule could ever have fired, at each observation's own
position, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import RejectRecord
from schemas.model import EpochMs, LegacyGeneration, Message, Offset, PartitionNumber
from schemas.release import label_codec
from streams.correlation.evidence_fold import EvidenceFold
from streams.correlation.evidence_rows import EvidenceRow, read_rows, without_erased
from streams.correlation.thing_classes import CROWD
from streams.folding.overlay import Overlay
from streams.rules import RuleHistory, read_rule_book
from tests.support.pipeline import Memory

KEY = bytes(16)  # a thing of partition 0
LABEL = label_codec.write(
    {
        "country": "CO",
        "authority": "PONAL",
        "recipients": ["ALL"],
        "tlp": "GREEN",
        "handling": [],
        "condition": None,
        "purpose": "investigation",
        "exercise": None,
    }
)
TOPIC = topics.observations(1)


def row(
    event: int, op: str = "add", country: str = "CO", status: str = "STOLEN", **changes: Any
) -> Record:
    """An observation of the thing by event number `event`."""
    traits = {"status": status, "calibre": "9X19"} if op == "add" else {}
    return {
        "op": op,
        "index": 0,
        "kind": "weapon",
        "key": KEY,
        "event_id": event.to_bytes(16, "big"),
        "certainty": "certain",
        "type": "weapon_record",
        "country": country,
        "label": LABEL if op == "add" else None,
        "occurred": None,
        "subdivision": None,
        "traits": traits,
        **changes,
    }


class ObservationLog:
    """One partition of correlate; offsets of the log are given by the test."""

    def __init__(self) -> None:
        self.things = EvidenceFold(1)
        self.history = RuleHistory.of_book(read_rule_book())
        self.memory = Memory()
        self.rows: list[EvidenceRow] = []
        self.rejects: list[RejectRecord] = []
        self.messages = 0

    def hear(self, offset: int, *rows: Record, country: str = "co") -> list[EvidenceRow]:
        value = {
            "appended_at": 1000 + offset,
            "topic": f"quipu.bundles.{country}",
            "partition": 0,
            "offset": offset,
            "rows": rows,
        }
        return self.hear_raw(log_format("observations").write(value))

    def hear_raw(self, value: bytes) -> list[EvidenceRow]:
        step = self.things.fold(
            [Message(TOPIC, PartitionNumber(0), Offset(self.messages), EpochMs(0), None, value)],
            self.memory.get,
            self.memory.scan,
            self.history,
        )
        self.memory.write(step)
        self.messages += 1
        evidence_rows = [
            evidence_row
            for output in step.outputs
            if output.topic == topics.evidence(1)
            for evidence_row in read_rows(output.value)
        ]
        self.rejects += [
            log_format("reject").read(output.value)
            for output in step.outputs
            if output.topic == topics.rejects(1)
        ]
        self.rows += evidence_rows
        return evidence_rows

    def rows_left(
        self, rule: str = "stolen-weapon-seized-abroad", grade: str = "certain"
    ) -> set[tuple[int, str, str, int]]:
        """Event, role, op and offset of the rows that stand under a rule."""
        rows = without_erased(self.rows)
        return {
            (
                int.from_bytes(evidence_row.event_id, "big"),
                evidence_row.role,
                evidence_row.op,
                evidence_row.position.offset,
            )
            for evidence_row in rows
            if (evidence_row.rule, evidence_row.grade) == (rule, grade)
        }


@pytest.fixture
def line() -> ObservationLog:
    return ObservationLog()


def test_one_country_alone_makes_no_evidence(line: ObservationLog) -> None:
    assert line.hear(1, row(1)) == line.hear(2, row(2, status="SEIZED")) == []


def test_the_row_that_completes_a_pair_brings_all_rows_each_at_its_own_position(
    line: ObservationLog,
) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    assert line.rows_left() == {(1, "lost", "add", 1), (2, "seized", "add", 5)}
    assert line.rows_left("weapon-in-two-countries") == {
        (1, "recorded", "add", 1),
        (2, "recorded", "add", 5),
    }
    assert line.rows_left("registered-weapon-seized-abroad") == set()
    assert line.rows_left(grade="possible") == set()


def test_later_rows_of_a_candidate_are_written_one_by_one(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    assert {
        evidence_row.position.offset
        for evidence_row in line.hear(7, row(3, country="PE", status="SEIZED"))
    } == {7}


def test_a_withdrawn_member_still_made_it_a_candidate(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(2, row(1, "withdraw"))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    assert line.rows_left() == {
        (1, "lost", "add", 1),
        (1, "lost", "withdraw", 2),
        (2, "seized", "add", 5),
    }


def test_a_withdraw_repeats_whose_and_in_which_role_without_content(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    (withdrawal, *_) = [
        evidence_row
        for evidence_row in line.hear(6, row(1, "withdraw"))
        if evidence_row.role == "lost"
    ]
    assert (
        withdrawal.op,
        withdrawal.label,
        withdrawal.country,
        withdrawal.type,
        dict(withdrawal.traits),
    ) == (
        "withdraw",
        None,
        "CO",
        "weapon_record",
        {},
    )


def test_an_event_that_changes_its_role_takes_back_the_former(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    line.hear(6, row(1, status="SEIZED"))
    assert line.rows_left() == {
        (1, "lost", "add", 1),
        (2, "seized", "add", 5),
        (1, "lost", "withdraw", 6),
        (1, "seized", "add", 6),
    }
    line.hear(7, row(2, country="EC", status="IMPORTED"))
    assert (2, "seized", "withdraw", 7) in line.rows_left()


@pytest.mark.parametrize(
    ("changes", "grades"),
    [
        ({}, {"certain"}),
        ({"certainty": "possible"}, {"possible"}),
        ({"traits": {"status": "SEIZED"}}, {"possible"}),
    ],
)
def test_grades(line: ObservationLog, changes: Record, grades: set[str]) -> None:
    line.hear(1, row(1))
    line.hear(2, row(2, country="EC", status="SEIZED", **changes))
    assert {evidence_row.grade for evidence_row in line.rows} == grades


def test_two_merely_possible_members_make_nothing(line: ObservationLog) -> None:
    line.hear(1, row(1, certainty="possible"))
    assert line.hear(2, row(2, country="EC", status="SEIZED", certainty="possible")) == []


def test_exports_are_evidence_too_since_they_excuse(line: ObservationLog) -> None:
    line.hear(1, row(1, status="REGISTERED"), row(3, status="EXPORTED"))
    line.hear(2, row(2, country="EC", status="SEIZED"))
    assert (3, "exported", "add", 1) in line.rows_left("registered-weapon-seized-abroad")


def test_what_was_heard_before_changes_nothing(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    state = dict(line.memory.rows)
    assert line.hear(1, row(1)) == line.hear(5, row(2, country="EC", status="SEIZED")) == []
    assert line.memory.rows == state


def test_an_erasure_forgets_the_event_and_what_only_it_made_evidence(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    line.hear(6, row(1, "erase"))
    assert without_erased(line.rows) == []
    line.hear(7, row(3, country="PE"))
    assert line.rows_left() == {(2, "seized", "add", 5), (3, "lost", "add", 7)}


def test_an_erasure_leaves_what_others_support(line: ObservationLog) -> None:
    line.hear(1, row(1), row(4))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    line.hear(6, row(1, "erase"))
    assert line.rows_left() == {(4, "lost", "add", 1), (2, "seized", "add", 5)}


def test_an_echo_of_an_erased_event_brings_nothing_back(line: ObservationLog) -> None:
    line.hear(1, row(1))
    line.hear(5, row(2, country="EC", status="SEIZED"))
    line.hear(6, row(1, "erase"))
    assert line.hear(1, row(1)) == []
    assert not any(b"STOLEN" in value for value in line.memory.rows.values())


@pytest.mark.parametrize(
    "poison",
    [
        b"noise",
        log_format("receipt").header,
        log_format("observations").write(
            {
                "appended_at": 0,
                "topic": "",
                "partition": 0,
                "offset": 0,
                "rows": [row(1, key=b"\1" * 16)],
            }
        ),
        log_format("observations").write(
            {
                "appended_at": 0,
                "topic": "",
                "partition": 0,
                "offset": 0,
                "rows": [row(1, op="multiply", label=None)],
            }
        ),
        log_format("observations").write(
            {
                "appended_at": 0,
                "topic": "",
                "partition": 0,
                "offset": 0,
                "rows": [row(1, label=None)],
            }
        ),
    ],
)
def test_poison_is_rejected_and_the_stream_goes_on(line: ObservationLog, poison: bytes) -> None:
    line.hear(1, row(1))
    line.hear_raw(poison)
    line.hear(5, row(2, country="EC", status="SEIZED"))
    assert [(record["topic"], record["offset"], record["code"]) for record in line.rejects] == [
        (TOPIC, 1, "BROKEN_FORMAT")
    ]
    assert len(line.rows_left()) == 2


def test_an_unknown_kind_of_thing_is_kept_and_fires_nothing(line: ObservationLog) -> None:
    assert (
        line.hear(1, row(1, kind="phone")) == line.hear(2, row(2, kind="phone", country="EC")) == []
    )


def test_a_busy_thing_costs_its_members_not_their_square(line: ObservationLog) -> None:
    line.hear(0, *(row(number, index=number) for number in range(1, 1001)))
    line.hear(1, row(9999, country="EC", status="SEIZED"))
    assert len(line.rows_left()) == 1001
    assert len(line.hear(2, row(10_000, country="EC", status="SEIZED"))) < 10


class Counting(Memory):
    """State that counts what is read of it."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def get(self, key: bytes) -> bytes | None:
        self.read += 1
        return super().get(key)

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        for pair in super().scan(prefix):
            self.read += 1
            yield pair


def hub(line: ObservationLog) -> Counting:
    """A thing of 600 members of two countries, which has fired."""
    memory = line.memory = Counting()
    line.hear(
        0,
        *(row(number, index=number, country=("CO", "EC")[number % 2]) for number in range(1, 601)),
    )
    memory.read = 0
    return memory


def test_a_new_member_of_a_hub_is_taken_without_reading_the_others(line: ObservationLog) -> None:
    memory = hub(line)
    assert 0 < len(line.hear(1, row(5000, country="EC"))) < 10
    assert 0 < len(line.hear(2, row(5000, "withdraw", country="EC"))) < 10
    assert memory.read < 10


def test_a_member_erased_from_a_hub_is_taken_out_without_reading_the_others(
    line: ObservationLog,
) -> None:
    memory = hub(line)
    line.hear(1, row(100, "erase", country="CO"))
    assert memory.read < 10
    assert (100, "recorded", "add", 0) not in line.rows_left("weapon-in-two-countries")
    assert len(line.rows_left("weapon-in-two-countries")) == 599


def test_the_last_member_of_a_country_erased_takes_all_evidence_with_it_in_a_former_form(
    line: ObservationLog,
) -> None:
    line.things = EvidenceFold(LegacyGeneration(1, 1))
    line.hear(0, *(row(number, index=number) for number in range(1, 501)))
    line.hear(1, row(9999, country="EC", status="SEIZED"))
    assert len(line.rows_left()) == 501
    line.hear(2, row(9999, "erase", country="EC"))
    assert without_erased(line.rows) == []


def test_a_thing_is_crowded_from_so_many_observations_on_and_no_more_below(
    line: ObservationLog,
) -> None:
    line.hear(0, *(row(number, index=number) for number in range(1, CROWD)))
    assert line.rows == []
    line.hear(1, row(CROWD))
    assert len(line.rows_left()) == CROWD
    line.hear(2, row(1, "erase"))
    assert without_erased(line.rows) == []
    assert len(line.memory.rows) == CROWD + 3, "31 members, the summary, and marks of an erasure"
    line.hear(3, row(9999, country="EC", status="SEIZED"))
    assert len(line.rows_left()) == CROWD


def test_one_record_that_comes_and_goes_makes_no_hub_be_written_again(line: ObservationLog) -> None:
    """E2: each was all 1,500 rows, whatever the others were."""
    memory = line.memory = Counting()
    line.hear(0, *(row(number, index=number) for number in range(1, 1_501)))
    memory.read = 0
    for time in range(1, 40, 2):
        assert len(line.hear(time, row(9_000 + time, country="EC", status="SEIZED"))) < 10
        assert len(line.hear(time + 1, row(9_000 + time, "erase", country="EC"))) < 10
    assert memory.read < 400


def test_erased_records_cost_those_who_read_the_members_nothing(line: ObservationLog) -> None:
    """E2: 500 records that were erased leave a thing of two as it was."""
    line.hear(0, *(row(number, index=number) for number in range(1, 501)))
    line.hear(1, *(row(number, "erase", index=number) for number in range(1, 501)))
    memory = Counting()
    memory.rows = line.memory.rows
    line.memory = memory
    line.hear(2, row(9_998))
    line.hear(3, row(9_999, country="EC", status="SEIZED"))
    assert line.rows_left() == {(9_998, "lost", "add", 2), (9_999, "seized", "add", 3)}
    assert memory.read < 20


def test_a_hub_that_fires_is_written_in_messages_of_a_bounded_size(line: ObservationLog) -> None:
    line.things = EvidenceFold(LegacyGeneration(1, 1))
    line.hear(0, *(row(number, index=number) for number in range(1, 5001)))
    value = {
        "appended_at": 1,
        "topic": "quipu.bundles.ec",
        "partition": 0,
        "offset": 1,
        "rows": [row(9999, country="EC")],
    }
    message = Message(
        TOPIC,
        PartitionNumber(0),
        Offset(1),
        EpochMs(0),
        None,
        log_format("observations").write(value),
    )
    written = line.things.fold([message], line.memory.get, line.memory.scan, line.history).outputs
    assert [len(read_rows(output.value)) for output in written] == [1000] * 5 + [1]


def test_a_scan_sees_what_was_changed_among_what_was_there() -> None:
    datas = {b"%02d" % number: b"old" for number in range(0, 6, 2)}
    overlay = Overlay(
        datas.get,
        lambda prefix: ((key, datas[key]) for key in sorted(datas) if key.startswith(prefix)),
    )
    for key, value in ((b"02", b"new"), (b"03", b"new"), (b"04", None), (b"10", b"new")):
        overlay.put(key, value)
    assert list(overlay.scan(b"0")) == [(b"00", b"old"), (b"02", b"new"), (b"03", b"new")]
