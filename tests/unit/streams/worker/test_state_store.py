"""The state of a partition: whose it is, all or nothing, and nothing left behind on the disk."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from schemas.normalise import READING
from streams.folding.packing import LAYOUT
from streams.worker.state_store import FORMAT, SharedBuffers, StateHeader, StateStore, read_header

HEADER = StateHeader("topic", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "member" / "g1" / "topic-0"


def test_a_new_state_begins_at_the_logs_beginning(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    assert state.header == HEADER
    assert state.offset == 0
    state.close()


def test_changes_offset_and_mark_are_there_after_a_restart(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({b"a": b"1", b"b": b"2"}, 10, 3)
    state.write({b"a": None}, 12, 4)
    state.close()
    again = StateStore(folder, HEADER, SharedBuffers())
    assert (again.get(b"a"), again.get(b"b"), again.offset, again.header.bookmark) == (
        None,
        b"2",
        12,
        4,
    )
    again.close()


def test_a_scan_gives_the_prefix_in_order_and_nothing_else(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({b"t2": b"", b"t1": b"x", b"u": b"", b"s": b"", b"t": b""}, 1, 0)
    assert list(state.scan(b"t")) == [(b"t", b""), (b"t1", b"x"), (b"t2", b"")]
    assert [key for key, _ in state.scan(b"")] == [b"s", b"t", b"t1", b"t2", b"u"]
    state.close()


@pytest.mark.parametrize(
    "other",
    [
        replace(HEADER, topic_id="made again"),
        replace(HEADER, generation=2),
        replace(HEADER, format="1"),
        replace(HEADER, format=FORMAT.replace(LAYOUT, "2-marshal4")),
        replace(HEADER, format=FORMAT.rpartition("-")[0] + "-3.9"),
    ],
)
def test_state_of_another_topic_generation_layout_or_python_is_dropped(
    folder: Path, other: StateHeader
) -> None:
    state = StateStore(folder, other, SharedBuffers())
    state.write({b"a": b"1"}, 10, 3)
    state.close()
    again = StateStore(folder, HEADER, SharedBuffers())
    assert (again.get(b"a"), again.header) == (None, HEADER)
    again.close()


def test_state_of_another_reading_is_recognised_and_keeps_what_was_observed(
    folder: Path,
) -> None:
    """Events that were taken in before are withdrawn under the keys that they had then."""
    state = StateStore(folder, replace(HEADER, reading=1), SharedBuffers())
    state.header = replace(state.header, reading=1)
    state.write({b"e": b"observed then"}, 10, 3)
    state.close()
    with structlog.testing.capture_logs() as logs:
        again = StateStore(folder, HEADER, SharedBuffers())
    assert (again.get(b"e"), again.offset, again.header.reading) == (b"observed then", 10, 1)
    assert [(entry["event"], entry["reading"]) for entry in logs] == [("another_reading", 1)]
    again.write({b"f": b"observed now"}, 11, 3)
    assert again.header.reading == 1, "it says how the oldest of its records were read"
    again.close()


def test_dropped_state_of_another_reading_is_reported_until_the_rebuild(folder: Path) -> None:
    """After an upgrade the tables of its generation still have what was read in the former way."""
    former = replace(HEADER, format="1", reading=1)
    state = StateStore(folder, former, SharedBuffers())
    state.header = replace(state.header, reading=1)
    state.write({b"e": b"observed then"}, 10, 3)
    state.close()
    for _start in range(2):
        with structlog.testing.capture_logs() as logs:
            again = StateStore(folder, HEADER, SharedBuffers())
        reports = [entry for entry in logs if entry["event"] == "another_reading"]
        assert [entry["remedy"] for entry in reports] == ["quipu rebuild --accept"]
        again.write({b"e": b"observed now"}, 1, 0)
        again.close()


def test_state_of_another_generation_is_dropped_without_that_report(folder: Path) -> None:
    state = StateStore(folder, replace(HEADER, generation=7, reading=1), SharedBuffers())
    state.header = replace(state.header, reading=1)
    state.write({b"e": b"observed then"}, 10, 3)
    state.close()
    with structlog.testing.capture_logs() as logs:
        again = StateStore(folder, HEADER, SharedBuffers())
    assert "another_reading" not in [entry["event"] for entry in logs]
    assert again.header == HEADER
    again.close()


def test_a_header_without_a_reading_is_of_an_earlier_release() -> None:
    row = json.dumps({"topic_id": "t", "generation": 1, "format": FORMAT, "offset": 9})
    header = read_header(row.encode())
    assert header is not None
    assert (header.reading, READING > 1) == (1, True)


def test_a_header_that_cannot_be_read_is_another_formats() -> None:
    assert read_header(b"\xff\x00") is None
    assert read_header(b'{"topic_id": "a", "generation": 1, "unheard_of": 1}') is None


def test_the_header_of_a_former_release_is_another_formats() -> None:
    former = (
        b'{"topic_id": "t", "generation": 1, "format": 1, "offset": 9, "mark": 3, "owes": false}'
    )
    assert read_header(former) is None


def test_what_was_erased_leaves_the_disk_with_the_compaction(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({b"a": b"a name to be forgotten", b"b": b"another, to be forgotten"}, 1, 0)
    state.write({b"a": None, b"b": b"nothing"}, 2, 0, erases=True)
    assert _on_disk(folder, b"to be forgotten")
    assert state.header.compaction_pending
    state.compact()
    assert not _on_disk(folder, b"to be forgotten")
    assert not state.header.compaction_pending
    assert (state.get(b"a"), state.get(b"b"), state.offset) == (None, b"nothing", 2)
    state.close()


def test_a_key_that_was_erased_leaves_the_lists_of_tables_too(folder: Path) -> None:
    """RocksDB lists the first and the last key of each table; what it dropped stays in its list."""
    for key, compacts_before in ((b"first-key", True), (b"erased-before-any-table", False)):
        state = StateStore(folder, HEADER, SharedBuffers())
        state.write({key: b"1", b"z": b"2"}, 1, 0)
        if compacts_before:
            state.compact()
            assert any(key in path.read_bytes() for path in folder.glob("MANIFEST*"))
        state.write({key: None}, 2, 0, erases=True)
        state.compact()
        for path in folder.iterdir():
            assert key not in path.read_bytes(), path
        state.discard("for the next case")
        state.close()


def test_a_compaction_that_is_owed_is_still_owed_after_a_restart(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({b"a": None}, 2, 0, erases=True)
    state.write({b"b": b"1"}, 3, 0)
    state.close()
    again = StateStore(folder, HEADER, SharedBuffers())
    assert again.header.compaction_pending
    again.close()


def test_closing_twice_does_no_harm_and_gives_the_folder_back(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.close()
    state.close()
    StateStore(folder, HEADER, SharedBuffers()).close()


def _on_disk(folder: Path, content: bytes) -> bool:
    return any(content in path.read_bytes() for path in folder.iterdir())


def damage(folder: Path, pattern: str, content: bytes | None) -> None:
    """Overwrite a state's files, or remove them where there is no content."""
    for path in folder.glob(pattern):
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content * (1 + path.stat().st_size // len(content)))


@pytest.mark.parametrize("content", [b"broken", None])
@pytest.mark.parametrize("pattern", ["MANIFEST*", "CURRENT", "*.sst"])
def test_a_damaged_state_is_dropped_and_begins_anew(
    folder: Path, pattern: str, content: bytes | None
) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({bytes([number]): bytes(2000) for number in range(250)}, 10, 3)
    state._db.flush(True)
    state.close()
    damage(folder, pattern, content)
    again = StateStore(folder, HEADER, SharedBuffers())
    assert again.header == HEADER
    again.write({b"a": b"1"}, 1, 0)
    assert again.get(b"a") == b"1"
    again.close()


def test_damage_that_is_met_while_reading_drops_the_state_at_the_next_start(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({number.to_bytes(2, "big"): os.urandom(2000) for number in range(2000)}, 10, 3)
    state._db.flush(True)
    for path in folder.glob("*.sst"):
        content = bytearray(path.read_bytes())
        content[1_000:1_000_000] = bytes(999_000)  # rows alone, so that it still opens
        path.write_bytes(content)
    with pytest.raises(Exception, match="Corruption"):
        list(state.scan(b""))
    state.close()
    again = StateStore(folder, HEADER, SharedBuffers())
    assert again.header == HEADER
    again.close()
    third = StateStore(folder, HEADER, SharedBuffers())
    assert third.header == HEADER
    third.close()


def test_a_state_that_another_process_holds_is_not_dropped(folder: Path) -> None:
    state = StateStore(folder, HEADER, SharedBuffers())
    state.write({b"a": b"1"}, 10, 3)
    with pytest.raises(Exception, match=r"(?i)lock"):
        StateStore(folder, HEADER, SharedBuffers())
    assert state.get(b"a") == b"1"
    state.close()
