"""The laws of taking erased events out of the topics: nothing of them is left there or in the
state, what others said stands as before, and who reads again reads repetitions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.model import EpochMs, Message, Offset, Output, PartitionNumber
from schemas.release import label_codec
from schemas.release.label_table import tabulate_labels
from streams.correlation.evidence_fold import ERASED_PREFIX, EvidenceFold
from streams.correlation.evidence_rows import EvidenceRow, read_rows, without_erased
from streams.correlation.scrub import TopicScrub
from streams.folding.outputs import row_output
from streams.rules import RuleHistory, read_rule_book
from tests.support import derived
from tests.support.pipeline import Memory

HISTORY = RuleHistory.of_book(read_rule_book())
COUNTRIES = ("CO", "EC", "PE")
STATUSES = ("STOLEN", "SEIZED")
ADDS = st.tuples(st.integers(0, 5), st.integers(0, 2), st.sampled_from(STATUSES), st.just("add"))
ENDS = st.tuples(
    st.integers(0, 5), st.integers(0, 2), st.just(""), st.sampled_from(("withdraw", "erase"))
)
Said = tuple[int, int, str, str]
"""Event, thing, status and op."""
WRITTEN = st.lists(st.lists(st.one_of(ADDS, ADDS, ENDS), min_size=1, max_size=3), max_size=10)


def event_id(event: int) -> bytes:
    return hashlib.sha256(b"event %d" % event).digest()[:16]


def thing_key(thing: int) -> bytes:
    """A thing of partition 0."""
    return b"\0" + hashlib.sha256(b"thing %d" % thing).digest()[:15]


def row(event: int, thing: int, status: str, op: str, index: int) -> Record:
    adds = op == "add"
    label = {**derived.LABEL, "country": COUNTRIES[event % 3], "authority": f"AUTHORITY {event}"}
    return {
        "op": op,
        "index": index,
        "kind": "weapon",
        "key": thing_key(thing),
        "event_id": event_id(event),
        "certainty": "certain",
        "type": "weapon_record",
        "country": COUNTRIES[event % 3],
        "label": label_codec.write(label) if adds else None,
        "occurred": None,
        "subdivision": None,
        "traits": {"status": status, "calibre": f"CALIBRE {event % 3}"} if adds else {},
        "sealed": None,
    }


def as_intake_says(log: list[list[Said]]) -> list[list[Said]]:
    """An erasure is of all things that the event was observed on, and nothing of it comes after."""
    observed: dict[int, list[int]] = {}
    erased: set[int] = set()
    bundles: list[list[Said]] = []
    for statements in log:
        bundle: list[Said] = []
        for event, thing, status, op in statements:
            if event in erased:
                continue
            if op == "erase":
                erased.add(event)
                bundle += [(event, at, "", "erase") for at in sorted(set(observed.pop(event, ())))]
            elif op == "add" or thing in observed.get(event, ()):
                observed.setdefault(event, []).append(thing)
                bundle.append((event, thing, status, op))
        if bundle:
            bundles.append(bundle)
    return bundles


LOGS = WRITTEN.map(as_intake_says)


class Topics:
    """Two topics and the state of the worker between them."""

    def __init__(self) -> None:
        self.memory, self.things = Memory(), EvidenceFold(1, crowd=4)
        self.observations: list[Message] = []
        self.evidence: list[Message] = []
        self.folded = 0

    def publish(self, number: int, statements: Sequence[Said]) -> None:
        """Write a bundle's observations, as intake does; `fold` reads them."""
        rows = [row(*statement, index) for index, statement in enumerate(statements)]
        head = {"appended_at": number, "topic": "quipu.bundles.co", "partition": 0}
        value = log_format("observations").write(
            {**head, "offset": number, **tabulate_labels(rows)}
        )
        self.append([row_output(1, topics.observations(1), 0, value)])

    def append(self, outputs: Sequence[Output]) -> None:
        for output in outputs:
            is_evidence = output.topic == topics.evidence(1)
            messages = self.evidence if is_evidence else self.observations
            place = PartitionNumber(0), Offset(len(messages)), EpochMs(len(messages))
            messages.append(Message(output.topic, *place, output.key, output.value))

    def fold(self) -> list[Output]:
        """Fold the observations that were not folded yet; gives what that wrote."""
        written: list[Output] = []
        for message in self.observations[self.folded :]:
            step = self.things.fold([message], self.memory.get, self.memory.scan, HISTORY)
            self.memory.write(step)
            written += step.outputs
        self.folded = len(self.observations)
        self.append(written)
        return written

    def known(self) -> dict[bytes, bytes]:
        """What the state knows, but for the marks of erasures."""
        rows = self.memory.rows.items()
        return {key: value for key, value in rows if key[:1] not in {ERASED_PREFIX, b"p"}}

    def scrub(self, erased: set[bytes], meanwhile: Sequence[Sequence[Said]] = ()) -> list[Output]:
        """Take events out while others publish; gives what folding the replacements wrote."""
        scrubs = {"observations": TopicScrub(1, erased), "evidence": TopicScrub(1, erased)}
        read = dict.fromkeys(scrubs, 0)
        written: list[Output] = []
        for bundles in (meanwhile, ()):
            for name, scrub in scrubs.items():
                messages = self.evidence if name == "evidence" else self.observations
                for message in messages[read[name] :]:
                    scrub.take(message, name)
                read[name] = len(messages)
            outputs = [output for name, scrub in scrubs.items() for output in scrub.outputs(name)]
            for statements in bundles:
                self.publish(len(self.observations) + 1_000, statements)
            self.append(outputs)
            written += self.fold()
        return written


def compacted(messages: Sequence[Message]) -> list[Message]:
    newest = {message.key: message for message in messages}
    return [message for message in messages if newest[message.key] is message and message.value]


def rows_of(messages: Sequence[Message]) -> set[str]:
    rows: list[EvidenceRow] = [
        row for message in messages if message.value for row in read_rows(message.value)
    ]
    return {repr(row) for row in without_erased(rows)}


@example(
    [
        [(0, 0, "STOLEN", "add"), (2, 0, "STOLEN", "add")],
        [(0, 0, "STOLEN", "add"), (1, 0, "STOLEN", "add")],
        [(1, 0, "", "withdraw"), (2, 0, "", "erase")],
    ]
)  # the withdrawal of 1 was written again before its own add, so that the add held for ever
@given(LOGS)
def test_after_a_scrub_nothing_of_the_erased_is_left_and_all_else_stands(
    log: list[list[Said]],
) -> None:
    live = Topics()
    for number, statements in enumerate(log, 1):
        live.publish(number, statements)
        live.fold()
    spoken = [statement for statements in log for statement in statements]
    gone = {event for event, _thing, _status, op in spoken if op == "erase"}
    before = rows_of(live.evidence)
    for event in sorted(gone) or [99]:  # one after the other, before anything was compacted
        assert live.scrub({event_id(event)}) == []
    left = compacted(live.observations), compacted(live.evidence)
    assert rows_of(left[1]) == rows_of(live.evidence) == before
    others = {thing for event, thing, _status, op in spoken if op == "add" and event not in gone}
    things = {thing for event, thing, _status, _op in spoken} - others
    traces = [event_id(event) for event in gone]
    traces += [b"AUTHORITY %d" % event for event in gone]
    texts = [message.value for messages in left for message in messages]
    assert not any(trace in text for trace in traces for text in texts)
    state = b"".join(key + value for key, value in live.known().items())
    assert not any(trace in state for trace in traces)
    for thing in things:
        assert thing_key(thing) not in state
        assert not any(thing_key(thing) in text for text in texts)
    again = Topics()
    again.append([Output(topics.observations(1), 0, text.key, text.value) for text in left[0]])
    again.fold()
    assert again.known() == live.known()


@given(LOGS, st.integers(0, 10))
def test_who_publishes_during_a_scrub_changes_nothing(log: list[list[Said]], split: int) -> None:
    live = Topics()
    for number, statements in enumerate(log[:split], 1):
        live.publish(number, statements)
        live.fold()
    erased = [
        {event for part in parts for event, _thing, _status, op in part if op == "erase"}
        for parts in (log[:split], log[split:])
    ]
    before = {event_id(event) for event in erased[0]} or {bytes(16)}
    live.scrub(before, log[split:])
    live.scrub({event_id(event) for event in erased[1]} or {bytes(16)})
    left = compacted(live.observations)
    again = Topics()
    again.append([Output(topics.observations(1), 0, text.key, text.value) for text in left])
    again.fold()
    assert again.known() == live.known()
    for event in erased[0] | erased[1]:
        assert not any(event_id(event) in message.value for message in left)
    assert rows_of(compacted(live.evidence)) == rows_of(live.evidence)


@given(LOGS, st.integers(0, 5))
def test_a_second_scrub_finds_nothing(log: list[list[Said]], event: int) -> None:
    live = Topics()
    for number, statements in enumerate([*log, [(event, 0, "", "erase")]], 1):
        live.publish(number, statements)
        live.fold()
    live.scrub({event_id(event)})
    length = len(live.observations), len(live.evidence)
    live.observations, live.evidence = compacted(live.observations), compacted(live.evidence)
    live.folded = len(live.observations)
    left = len(live.observations), len(live.evidence)
    live.scrub({event_id(event)})
    assert (len(live.observations), len(live.evidence)) == left <= length
