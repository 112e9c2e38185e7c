"""The index of hit look-ups says what the rows of observations say, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.serving.hit_index import MOST_OF_LABEL, HitIndex, read_observations
from schemas.avro.codec import log_format
from schemas.errors import QuipuFormatError
from schemas.ids import to_uuid_text
from schemas.model import Label, Reader
from schemas.release import label_codec
from schemas.release.label_table import tabulate_labels
from tests.support.effort import examples

TOPIC = "quipu.bundles.pe"
SHOWN = Label("PE", "PNP", ("ALL",), "GREEN", (), None, "investigation", None)
LABELS = (
    SHOWN,
    replace(SHOWN, authority="SUCAMEC", recipients=("@hit:CO",), tlp="RED"),
    replace(SHOWN, authority="SUNAT", recipients=("BO",)),
    replace(SHOWN, country="CO", authority="PONAL", recipients=("@hit:ALL",)),
)
ASKER = Reader("ana", "CO", "DIAN", clearance="GREEN", purpose="investigation", use="hit")
THINGS, EVENTS = (b"t" * 16, b"u" * 16), tuple(bytes([number]) * 16 for number in range(1, 5))


class Said(NamedTuple):
    """A row of observations. `at`: its place in the log, later is newer."""

    at: int
    op: str
    thing: bytes
    event: bytes
    label: int
    certainty: str


def message(rows: Sequence[Said]) -> bytes:
    """The message of one bundle; all rows have its place."""
    framed = [
        label_codec.write({name: getattr(label, name) for name in Label.__slots__})
        for label in LABELS
    ]
    records: list[dict[str, Any]] = [
        {
            "op": row.op,
            "index": index,
            "kind": "document",
            "key": row.thing,
            "event_id": row.event,
            "certainty": row.certainty,
            "type": "person_notice",
            "country": LABELS[row.label].country,
            "label": framed[row.label] if row.op == "add" else None,
            "occurred": None,
            "subdivision": None,
            "traits": {},
            "sealed": None,
        }
        for index, row in enumerate(rows)
    ]
    place = {"appended_at": rows[0].at, "topic": TOPIC, "partition": 0, "offset": rows[0].at}
    return log_format("observations").write({**place, **tabulate_labels(records)})


@contextmanager
def index_of(rows: Sequence[Said]) -> Iterator[HitIndex]:
    with TemporaryDirectory() as folder, closing(HitIndex(Path(folder) / "g1")) as index:
        for offset, row in enumerate(rows, 1):
            index.apply([read_observations(message([row]))], 0, offset)
        yield index


def expected(rows: Sequence[Said], thing: bytes) -> set[tuple[str, str, bool]]:
    """What the asker may hear of a thing, from the rows alone: event, authority, certain or not."""
    newest: dict[bytes, Said] = {}
    for row in sorted(rows, key=lambda row: row.at):
        if row.thing == thing:
            newest[row.event] = row
    erased = {row.event for row in rows if row.thing == thing and row.op == "erase"}
    authorities = {0: "PNP", 1: "SUCAMEC", 3: "PONAL"}
    return {
        (to_uuid_text(row.event), authorities[row.label], row.certainty == "certain")
        for event, row in newest.items()
        if row.op == "add" and event not in erased and row.label in authorities
    }


def heard_of(index: HitIndex, thing: bytes, asker: Reader = ASKER) -> set[tuple[str, str, bool]]:
    records = index.of_things([to_uuid_text(thing)], asker).get(to_uuid_text(thing), ())
    return {(record.shown.id, record.shown.authority, record.is_certain) for record in records}


rows_said = st.builds(
    Said,
    at=st.integers(1, 40),
    op=st.sampled_from(["add", "add", "add", "withdraw"]),
    thing=st.sampled_from(THINGS),
    event=st.sampled_from(EVENTS),
    label=st.integers(0, len(LABELS) - 1),
    certainty=st.sampled_from(["certain", "possible"]),
)


@given(st.lists(rows_said, max_size=12, unique_by=lambda row: row.at), st.randoms())
@settings(max_examples=examples(25))
def test_it_says_what_the_rows_say_in_any_order_and_doubled(rows: list[Said], chance: Any) -> None:
    shuffled = [*rows, *rows[:3]]
    chance.shuffle(shuffled)
    with index_of(shuffled) as index:
        for thing in THINGS:
            assert heard_of(index, thing) == expected(rows, thing)


@given(st.lists(rows_said, min_size=1, max_size=8, unique_by=lambda row: row.at))
@settings(max_examples=examples(25))
def test_what_is_erased_answers_nobody_and_leaves_no_key(rows: list[Said]) -> None:
    erasures = [
        row._replace(at=50 + number, op="erase")
        for number, row in enumerate({(row.thing, row.event): row for row in rows}.values())
    ]
    with index_of([*rows, *erasures]) as index:
        index.compact()
        assert not any(heard_of(index, thing) for thing in THINGS)
        assert list(index._scan(b"t")) == list(index._scan(b"e")) == []


def test_hidden_records_change_nothing_that_a_reader_hears() -> None:
    shown = [Said(1, "add", THINGS[0], EVENTS[0], 0, "certain")]
    hidden = [
        Said(2 + number, "add", THINGS[number % 2], bytes([9, number]) * 8, 2, "certain")
        for number in range(40)
    ]
    with index_of(shown) as before, index_of([*shown, *hidden]) as after:
        for thing in THINGS:
            assert heard_of(before, thing) == heard_of(after, thing)
        assert heard_of(after, THINGS[1], replace(ASKER, country="BO")), "who may hear does"


def test_of_many_records_of_a_label_some_are_named_and_certain_ones_first() -> None:
    rows = [
        Said(number, "add", THINGS[0], bytes([number]) * 16, 0, "possible")
        for number in range(1, MOST_OF_LABEL + 10)
    ]
    certain = Said(100, "add", THINGS[0], b"\xff" * 16, 0, "certain")
    with index_of([*rows, certain]) as index:
        named = heard_of(index, THINGS[0])
    assert len(named) == MOST_OF_LABEL
    assert (to_uuid_text(b"\xff" * 16), "PNP", True) in named


def test_it_goes_on_where_it_was_after_a_restart(tmp_path: Path) -> None:
    with closing(HitIndex(tmp_path / "g1")) as index:
        content = message([Said(1, "add", THINGS[0], EVENTS[0], 1, "certain")])
        index.apply([read_observations(content)], 3, 7)
    with closing(HitIndex(tmp_path / "g1")) as index:
        assert (index.offset(3), index.offset(0)) == (7, 0)
        assert heard_of(index, THINGS[0]) == {(to_uuid_text(EVENTS[0]), "SUCAMEC", True)}


def broken_messages() -> list[bytes]:
    """Messages that no worker writes: no frame, nothing, one cut off, one whose label is none."""
    rows = [Said(1, "add", THINGS[0], EVENTS[0], 0, "certain")]
    whole = log_format("observations").read(message(rows))
    of_no_label = log_format("observations").write({**whole, "labels": [b"no label"]})
    index_too_high = log_format("observations").write({**whole, "labels": []})
    return [b"\0" * 9, b"", message(rows)[:40], of_no_label, index_too_high]


@pytest.mark.parametrize("broken", broken_messages())
def test_a_message_that_cannot_be_read_is_refused_before_any_of_it_is_folded(broken: bytes) -> None:
    with pytest.raises(QuipuFormatError):
        read_observations(broken)
