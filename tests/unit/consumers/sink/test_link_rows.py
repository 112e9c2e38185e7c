"""The sink stores a link from both ends, and forgets it with either of them."""

from __future__ import annotations

import pytest

from consumers.sink.link_rows import link_rows
from consumers.sink.table_rows import Batch
from consumers.sink.tables import LINKS
from schemas.avro.codec import log_format
from schemas.errors import BrokenFormatError
from tests.support import derived

GONE = {"first": 0, "second": 2, "position": derived.link_row()["position"]}
FIRST, SECOND = derived.id16("first"), derived.id16("second")


def test_a_link_has_a_row_from_each_end_that_carries_both_labels() -> None:
    rows = [dict(zip(LINKS.columns, row, strict=True)) for row in batch_of(derived.links()).links]
    assert [(row["event_id"], row["person"], row["other_event"]) for row in rows] == [
        (FIRST, 0, SECOND),
        (SECOND, 2, FIRST),
    ]
    assert {row["label"] for row in rows} == {row["other_label"] for row in rows}
    for row in rows:
        assert (row["place"], row["revision"], row["gone"]) == (3, 9, 0)
        assert row["features"] == {"birth:same": 12.5, "sex:differ": -4.0}
    columns = LINKS.to_columns(batch_of(derived.links()).links)
    assert all(len(column) == 2 for column in columns)


def test_a_link_that_holds_no_more_is_marked_in_the_same_place_of_the_table() -> None:
    held, gone = derived.links(), derived.links(rows=[], gone=[GONE])
    key = [LINKS.index(name) for name in ("event_id", "person", "other_event", "offset", "place")]
    before, after = batch_of(held).links, batch_of(gone).links
    assert [[row[at] for at in key] for row in before] == [[row[at] for at in key] for row in after]
    assert {row[LINKS.index("gone")] for row in after} == {1}
    assert {row[LINKS.index("label")] for row in after} == {None}


@pytest.mark.parametrize("erased", [FIRST, SECOND])
def test_a_link_leaves_with_either_of_its_events(erased: bytes) -> None:
    batch = batch_of(derived.links())
    assert LINKS in dict(batch.tables(set()))
    assert LINKS not in dict(batch.tables({erased}))


def test_a_message_that_only_erases_gives_no_row_and_a_broken_one_is_refused() -> None:
    assert link_rows(derived.links_message(b"")) == []
    unreadable = {**derived.link_row()["first"], "label": b"no label"}
    with pytest.raises(BrokenFormatError):
        batch_of(derived.links(rows=[derived.link_row(first=unreadable)]))
    place = {**derived.link_row()["position"], "offset": -1}
    with pytest.raises(BrokenFormatError):
        batch_of(derived.links(rows=[derived.link_row(position=place)]))


def batch_of(value: bytes) -> Batch:
    batch = Batch()
    batch.add_links(derived.links_message(value))
    return batch


def test_the_format_of_links_is_read_as_it_was_written() -> None:
    record = log_format("link").read(derived.links())
    assert (record["first"], record["second"]) == (FIRST, SECOND)
