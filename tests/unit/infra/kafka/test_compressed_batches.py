"""E9: no client unpacks a compressed batch; it reads one empty message in its place."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Sequence

import pytest
from aiokafka.consumer import fetcher as aiokafka_fetcher
from hypothesis import given
from hypothesis import strategies as st
from kafka.consumer import fetcher as kafka_fetcher
from kafka.record import MemoryRecords
from kafka.record.default_records import DefaultRecordBatchBuilder

from infra.kafka.compressed_batches import install, without_compressed

MB = 1024 * 1024
Codec = int
PLAIN, GZIP, SNAPPY, LZ4, ZSTD = range(5)
CODECS = st.sampled_from([PLAIN, GZIP])
FETCHERS = (aiokafka_fetcher, kafka_fetcher)


def batch(base_offset: int, values: Sequence[bytes], codec: Codec = PLAIN) -> bytes:
    """A batch as a producer writes it and the broker stores it, its offsets beginning here."""
    builder = DefaultRecordBatchBuilder(2, codec, False, -1, -1, -1, MB + sum(map(len, values)))
    for number, value in enumerate(values):
        builder.append(number, 1_700_000_000_000, b"key", value, [])
    return base_offset.to_bytes(8, "big") + bytes(builder.build())[8:]


def messages(fetcher: object, data: bytes) -> list[tuple[int, bytes | None]]:
    """Offset and value of each message, as a client's fetcher reads them."""
    records = fetcher.MemoryRecords(data)  # type: ignore[attr-defined]
    pairs: list[tuple[int, bytes | None]] = []
    while records.has_next():
        batch_read = records.next_batch()
        assert batch_read.validate_crc()
        pairs += [
            (record.offset, None if record.value is None else bytes(record.value))
            for record in batch_read
        ]
    return pairs


@pytest.mark.parametrize("fetcher", FETCHERS)
def test_a_bomb_is_one_empty_message_and_takes_no_memory(fetcher: object) -> None:
    """E9: 100 KB at Kafka would be 100 MB in the memory of worker, sink and node"""
    install()
    bomb = batch(7, [bytes(25 * MB)] * 4, GZIP)
    assert len(bomb) < MB
    data = batch(5, [b"a", b"b"]) + bomb + batch(11, [b"c"])
    tracemalloc.start()
    assert messages(fetcher, data) == [(5, b"a"), (6, b"b"), (10, None), (11, b"c")]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MB


def test_without_the_replacement_the_bomb_unpacks() -> None:
    """What the libraries do by themselves: the test above is not empty"""
    [record] = MemoryRecords(batch(0, [bytes(MB)], GZIP)).next_batch()
    assert len(record.value) == MB


@pytest.mark.parametrize("codec", [GZIP, SNAPPY, LZ4, ZSTD, 7])
def test_every_compression_is_refused(codec: Codec) -> None:
    data = bytearray(batch(3, [b"x", b"y"]))
    data[22] = data[22] & ~7 | codec
    assert messages(kafka_fetcher, bytes(data)) == [(4, None)]


def test_a_batch_of_a_former_format_is_refused() -> None:
    data = bytearray(batch(3, [gzip.compress(b"x")]))
    data[16] = 1
    assert messages(aiokafka_fetcher, bytes(data)) == [(3, None)]


@given(
    st.lists(st.tuples(st.lists(st.binary(max_size=50), min_size=1, max_size=4), CODECS)), st.data()
)
def test_what_is_plain_stays_as_it_is_wherever_the_data_end(
    batches: list[tuple[list[bytes], Codec]], data: st.DataObject
) -> None:
    fetched, expected, offset = b"", b"", 0
    for values, codec in batches:
        written = batch(offset, values, codec)
        fetched += written
        expected += written if codec == PLAIN else without_compressed(written)
        offset += len(values)
    end = data.draw(st.integers(0, len(fetched)))
    assert bytes(without_compressed(fetched)) == expected
    if all(codec == PLAIN for _, codec in batches):
        assert without_compressed(fetched[:end]) == fetched[:end]
    assert without_compressed(without_compressed(fetched)) == expected
