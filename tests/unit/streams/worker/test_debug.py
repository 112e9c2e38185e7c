"""The debugging commands show a state and a message as they are, without content in clear."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import Output
from streams.worker.debug import describe_output, describe_state
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore

pack = msgspec.msgpack.encode


def test_a_state_is_described_while_it_is_open(tmp_path: Path) -> None:
    state = StateStore(tmp_path / "topic-0", StateHeader("topic", 1), SharedBuffers())
    state.write({b"a1": pack((1, b"\x00\xff")), b"b1": pack(["x" * 40, b"y" * 40])}, 7, 3)
    header, *rows = describe_state(tmp_path / "topic-0")
    assert json.loads(header)["offset"] == 7
    assert rows == ["6131 [1, '00ff']", f"6231 ['{'x' * 40}', '<40 bytes>']"]
    state.close()


def test_only_rows_of_a_prefix_are_described(tmp_path: Path) -> None:
    state = StateStore(tmp_path / "topic-0", StateHeader("topic", 1), SharedBuffers())
    state.write({key: pack(0) for key in (b"a", b"ab", b"b")}, 1, 0)
    assert [row.split()[0] for row in list(describe_state(tmp_path / "topic-0", b"a"))[1:]] == [
        "61",
        "6162",
    ]
    state.close()


def test_a_message_is_described_by_its_topics_format() -> None:
    record = {
        "topic": "quipu.bundles.co",
        "partition": 0,
        "offset": 5,
        "appended_at": 1,
        "code": "BROKEN_FORMAT",
        "detail": "",
        "size": 3,
        "node": None,
    }
    output = Output(topics.rejects(1), 0, None, log_format("reject").write(record))
    assert describe_output(output) == {
        "topic": "quipu.rejects.g1",
        "partition": 0,
        "key": None,
        "record": record,
    }
