"""The versions of one event, apart from the log: which is the head, and what is sent for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.log_records import ObservationRecord
from schemas.bounds import (
    MAX_DETACHED_OBSERVATIONS,
    MAX_THINGS_PER_EVENT,
    MAX_VERSIONS_PER_EVENT,
)
from schemas.model import Certainty
from streams.intake.event_versions import (
    CONTROL,
    EVENT_VERSIONS,
    EventVersions,
    ThingLink,
    thing_links,
    unpack_versions,
    withdrawal_record,
)

A, B, C, D, E = (bytes([letter]) for letter in b"ABCDE")
Version = tuple[bytes, bytes | None]


def row(key: bytes, certainty: Certainty = "certain") -> ObservationRecord:
    return {
        "op": "add",
        "index": 3,
        "kind": "weapon",
        "key": key,
        "event_id": b"event",
        "certainty": certainty,
        "type": "seizure",
        "country": "CO",
        "label": b"label",
        "label_index": None,
        "occurred": 5,
        "subdivision": None,
        "traits": {"serial": "1"},
        "sealed": None,
    }


def rows(keys: Iterable[bytes]) -> list[ObservationRecord]:
    return [row(key) for key in keys]


def link(key: bytes) -> ThingLink:
    return ThingLink("weapon", key, "certain")


def withdrawal(key: bytes) -> ObservationRecord:
    return withdrawal_record("withdraw", link(key), "seizure")


class Event:
    """An event as the intake keeps it, and what a reader of its observations knows."""

    def __init__(self, *versions: Version) -> None:
        self.versions = EventVersions("seizure")
        self.known: set[bytes] = set()
        self.ever: set[bytes] = set()
        for version, supersedes in versions:
            self.add(version, supersedes)

    def add(
        self, version: bytes, supersedes: bytes | None, keys: Iterable[bytes] | None = None
    ) -> list[ObservationRecord]:
        """Add a version that is observed on the thing of its own name, or on `keys`."""
        assert self.versions.conflict(version, supersedes) == ""
        observed = rows([version] if keys is None else keys)
        return self.read(self.versions.add(version, supersedes, observed))

    def read(self, records: list[ObservationRecord]) -> list[ObservationRecord]:
        for record in records:
            if record["op"] == "add":
                self.known.add(record["key"])
                self.ever.add(record["key"])
            else:
                assert record["key"] in self.known | self.ever
                self.known.discard(record["key"])
        return records


def test_what_retracts_and_what_erases_is_a_control_event() -> None:
    assert {"retraction", "erasure"} == CONTROL


def test_an_id_that_was_never_seen_has_no_versions() -> None:
    assert unpack_versions(None) == EventVersions("", {}, {}, None, [], [], False, False)
    first, second = EventVersions(), EventVersions()
    first.add(A, None, rows([A]))
    assert second == EventVersions()


@pytest.mark.parametrize(
    ("versions", "new", "code"),
    [
        ([], (A, None), ""),
        ([], (A, B), ""),
        ([], (B, A), ""),
        ([], (A, A), "CONFLICT"),
        ([(A, None)], (A, None), "DUPLICATE"),
        ([(A, None)], (A, B), "DUPLICATE"),
        ([(A, None)], (B, None), "CONFLICT"),
        ([(A, None)], (B, A), ""),
        ([(B, None)], (A, B), ""),
        ([(A, None)], (C, B), ""),
        ([(A, None)], (B, B), "CONFLICT"),
        ([(A, None), (B, A)], (C, A), "CONFLICT"),
        ([(A, None), (B, A)], (A, None), "DUPLICATE"),
        ([(A, None), (B, A)], (C, B), ""),
        ([(B, A)], (A, B), "CONFLICT"),
        ([(A, B)], (B, A), "CONFLICT"),
        ([(C, B), (B, A)], (A, C), "CONFLICT"),
        ([(A, B), (B, C)], (C, A), "CONFLICT"),
        ([(C, B), (B, A)], (D, C), ""),
        ([(C, B), (E, D)], (D, C), ""),
        ([(C, B), (B, A)], (A, None), ""),
        ([(C, B), (B, A)], (A, D), ""),
    ],
)
def test_the_versions_of_an_event_are_one_chain(
    versions: list[Version], new: Version, code: str
) -> None:
    assert Event(*versions).versions.conflict(*new) == code


@pytest.mark.parametrize("order", list(permutations(range(4))))
@pytest.mark.parametrize("names", [(A, B, C, D), (D, C, B, A), (B, D, A, C)])
def test_in_any_order_the_head_of_a_whole_chain_is_its_last_version(
    names: Sequence[bytes], order: Sequence[int]
) -> None:
    before = dict(zip(names, [None, *names], strict=False))
    event = Event(*((names[place], before[names[place]]) for place in order))
    assert event.versions.head == names[-1]
    assert event.versions.live == [link(names[-1])]
    assert event.known == {names[-1]}
    assert event.versions.detached == {}
    assert {key for _, key, _ in event.versions.former} == event.ever - event.known


@given(
    st.permutations(range(5)),
    st.permutations([A, B, C, D, E]),
    st.lists(st.sets(st.sampled_from([b"1", b"2", b"3", b"4"])), min_size=5, max_size=5),
)
def test_readers_know_the_things_of_the_head_and_an_erasure_reaches_all_others(
    order: list[int], names: list[bytes], things: list[set[bytes]]
) -> None:
    event = Event()
    before = dict(zip(names, [None, *names], strict=False))
    observed = dict(zip(names, map(sorted, things), strict=True))
    for place in order:
        event.add(names[place], before[names[place]], observed[names[place]])
        head = event.versions.head
        assert head is not None
        assert event.known == set(observed[head])
        assert event.versions.live == [link(key) for key in observed[head]]
        assert event.ever <= {key for _, key, _ in (*event.versions.former, *event.versions.live)}
        assert not set(event.versions.detached) & {head, *event.versions.versions.values()}
    assert event.versions.head == names[-1]
    erased = event.versions.erase()
    assert sorted(record["key"] for record in erased) == sorted(event.ever)
    assert {record["op"] for record in erased} <= {"erase"}


def test_the_first_version_is_the_head_and_sent_as_it_is() -> None:
    event = Event()
    assert event.add(B, A) == rows([B])
    assert (event.versions.head, event.versions.live) == (B, [link(B)])
    assert (event.versions.detached, event.versions.former) == ({}, [])


def test_a_correction_withdraws_only_what_it_does_not_observe_itself() -> None:
    event = Event()
    event.add(A, None, [b"1", b"2"])
    assert event.add(B, A, [b"2", b"3"]) == [withdrawal(b"1"), *rows([b"2", b"3"])]
    assert event.add(C, B, [b"1"]) == [withdrawal(b"2"), withdrawal(b"3"), *rows([b"1"])]
    assert event.versions.former == [link(b"1"), link(b"2"), link(b"3")]
    assert event.add(D, C, []) == [withdrawal(b"1")]
    assert event.versions.former == [link(b"1"), link(b"2"), link(b"3")]


@pytest.mark.parametrize("names", [(A, B, C), (C, B, A)])
def test_the_end_of_a_loose_piece_is_later_than_that_of_the_roots(names: Sequence[bytes]) -> None:
    root, middle, last = names
    event = Event((root, None))
    assert event.add(last, middle) == [withdrawal(root), *rows([last])]
    assert event.add(middle, root) == []
    assert event.versions.head == last


def test_a_version_before_the_head_changes_nothing() -> None:
    event = Event((C, B))
    assert event.add(B, A) == []
    assert event.add(A, None) == []
    assert (event.versions.head, event.versions.detached) == (C, {})


def test_of_two_loose_pieces_that_of_the_head_stays() -> None:
    event = Event((C, B))
    assert event.add(E, D) == []
    assert (event.versions.head, event.versions.detached) == (C, {E: rows([E])})
    event = Event((E, D))
    assert event.add(C, B) == []
    assert (event.versions.head, event.versions.detached) == (E, {C: rows([C])})


def test_a_head_that_is_superseded_leads_to_the_end_of_its_piece() -> None:
    event = Event((B, A))
    event.add(E, D)
    assert event.add(C, B) == [withdrawal(B), *rows([C])]
    assert event.versions.head == C
    assert event.add(D, C) == [withdrawal(C), *rows([E])]
    assert (event.versions.head, event.versions.detached) == (E, {})


def test_of_loose_pieces_without_the_head_the_greatest_end_is_the_head() -> None:
    event = Event((A, None))
    event.add(D, C)
    assert event.versions.head == D
    event = Event((C, None))
    event.add(E, D)
    event.add(B, A)
    assert event.versions.head == E


def test_a_retraction_withdraws_what_is_live_and_nothing_is_sent_after_it() -> None:
    event = Event((A, None), (B, A))
    event.add(E, D)
    live = event.versions.head
    assert live is not None
    assert event.read(event.versions.retract()) == [withdrawal(live)]
    assert (event.versions.retracted, event.versions.erased) == (True, False)
    assert (event.versions.live, event.versions.detached) == ([], {})
    assert event.versions.former == [link(key) for key in (A, B, E)]
    assert event.versions.retract() == []
    assert event.add(C, B) == []
    assert C in event.versions.versions
    assert (event.versions.live, event.versions.detached) == ([], {})


def test_an_erasure_reaches_the_live_and_the_former_once_and_nothing_is_sent_after_it() -> None:
    event = Event()
    event.add(A, None, [b"1", b"2"])
    event.add(B, A, [b"1"])
    records = event.read(event.versions.erase())
    assert records == [withdrawal_record("erase", link(key), "seizure") for key in (b"2", b"1")]
    assert (event.versions.retracted, event.versions.erased) == (False, True)
    assert (event.versions.live, event.versions.former, event.versions.detached) == ([], [], {})
    assert event.versions.erase() == []
    assert event.add(C, B) == []
    assert event.versions.live == []


def test_an_erasure_after_a_retraction_still_reaches_everything() -> None:
    event = Event((A, None), (B, A))
    event.versions.retract()
    assert [record["key"] for record in event.versions.erase()] == [A, B]


@pytest.mark.parametrize(
    ("count", "full"),
    [
        (1, False),
        (MAX_VERSIONS_PER_EVENT - 1, False),
        (MAX_VERSIONS_PER_EVENT, True),
        (MAX_VERSIONS_PER_EVENT + 1, True),
    ],
)
def test_an_event_has_room_for_so_many_versions(count: int, full: bool) -> None:
    versions = EventVersions(versions={bytes([n % 256, n // 256]): None for n in range(count)})
    assert versions.is_full(1) == full


@pytest.mark.parametrize("count", [0, 2, 2_000])
def test_an_event_has_room_for_so_many_observations_of_other_pieces(count: int) -> None:
    half = count // 2
    versions = EventVersions(detached={A: rows([A] * half), B: rows([B] * (count - half))})
    for observations in (0, 1, MAX_DETACHED_OBSERVATIONS - count):
        assert not versions.is_full(observations)
    assert versions.is_full(MAX_DETACHED_OBSERVATIONS - count + 1)
    assert versions.is_full(MAX_DETACHED_OBSERVATIONS + 1)


@pytest.mark.parametrize("observations", [0, 1, 7])
def test_an_event_has_room_for_so_many_things(observations: int) -> None:
    links = [link(A)] * (MAX_THINGS_PER_EVENT - observations)
    for former, live in ((links, []), (links[5:], links[:5]), (links[:5], links[5:])):
        assert not EventVersions(former=former, live=live).is_full(observations)
        assert EventVersions(former=[*former, link(B)], live=live).is_full(observations)
        assert EventVersions(former=former, live=[*live, link(B)]).is_full(observations)
    assert EventVersions(former=[*links, link(B)], live=links[:5]).is_full(observations)


def test_a_link_holds_what_a_withdrawal_needs() -> None:
    assert thing_links([row(A), row(B, "possible")]) == [
        ThingLink("weapon", A, "certain"),
        ThingLink("weapon", B, "possible"),
    ]
    record = withdrawal_record("erase", ThingLink("phone", A, "possible"), "report")
    assert record == {
        **record,
        "op": "erase",
        "index": 0,
        "kind": "phone",
        "key": A,
        "event_id": b"",
        "certainty": "possible",
        "type": "report",
        "country": "",
        "label": None,
        "label_index": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def test_the_state_is_kept_without_the_names_of_its_fields() -> None:
    versions = Event((A, None), (C, B)).versions
    data = EVENT_VERSIONS.pack(versions)
    assert unpack_versions(data) == versions
    assert b"detached" not in data
