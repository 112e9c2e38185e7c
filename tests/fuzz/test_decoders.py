"""Each decoder meets bytes that nobody wrote on purpose: it reads them or refuses them.

`make fuzz` tries FUZZ_EXAMPLES inputs a decoder (20,000 by default); `make test` tries 100.
Inputs are random bytes, and bytes that a real writer wrote with some of them changed: those come
further into a decoder than random bytes do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.clickhouse.embedded import protocol
from infra.clickhouse.embedded.columns import column_type
from infra.clickhouse.embedded.errors import ClickHouseError
from infra.clickhouse.embedded.statements import classify
from infra.clickhouse.embedded.wire import Wire
from producers.model import Refusal
from producers.sources.format import Source
from producers.sources.reader import read
from schemas.avro.codec import LOG_FOLDER, Format, log_format, raw_log_format
from schemas.avro.sample_records import samples
from schemas.crypto.sealing import open_sealed, read_signed, seal
from schemas.errors import QuipuFormatError
from schemas.event.event_type import EventType, released_types
from schemas.release import label_codec

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "100"))
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.timeout(3600)

LOG_NAMES = sorted(path.stem for path in LOG_FOLDER.glob("*.avsc"))
KEY, EVENT = bytes(range(32)), bytes(16)
REVISION = 54_460

FILES = {
    "csv": b'PLACA;MARCA;FECHA\r\nABC123;"TOYOTA\nHILUX";2024-01-31\r\n',
    "json": b'{"rows": [{"placa": "ABC123", "items": [1, 2.5, null]}, {"placa": "\\u00f1"}]}',
    "jsonl": b'{"placa": "ABC123"}\n{"placa": null}\n',
    "xml": b"<?xml version='1.0'?><all><one a='1'><b>ABC123</b></one><one/></all>",
}


@cache
def written(format_: Format[Any]) -> list[bytes]:
    """What the format's own writer makes of its sample records."""
    return [format_.write(record) for record in samples(format_)]


@st.composite
def damaged(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """Bytes of a real writer, with a few changed, cut or put in; or bytes of nobody."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.binary(max_size=300))
    data = bytearray(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(("change", "cut", "insert"))):
            case "change" if at < len(data):
                data[at] = draw(st.integers(0, 255))
            case "cut":
                del data[at : at + draw(st.integers(0, 20))]
            case _:
                data[at:at] = draw(st.binary(max_size=20))
    return bytes(data)


def reads_or_refuses(
    decode: Callable[[bytes], object], data: bytes, *errors: type[Exception]
) -> None:
    """Whatever comes, no other error than these. RecursionError and MemoryError are no answers."""
    try:
        decode(data)
    except errors:
        return


@pytest.mark.parametrize("name", LOG_NAMES)
@FUZZ
@given(data=st.data())
def test_a_format_of_the_log_reads_or_refuses(name: str, data: st.DataObject) -> None:
    format_ = log_format(name)
    value = data.draw(damaged(written(format_)))
    reads_or_refuses(format_.read, value, QuipuFormatError)
    reads_or_refuses(raw_log_format(name).read, value, QuipuFormatError)


@pytest.mark.parametrize("kind", list(released_types().values()), ids=lambda kind: kind.name)
@FUZZ
@given(data=st.data())
def test_an_event_type_reads_or_refuses(kind: EventType, data: st.DataObject) -> None:
    value = data.draw(damaged(written(kind.format)))
    reads_or_refuses(kind.read, value, QuipuFormatError)


@FUZZ
@given(data=st.data())
def test_a_signed_message_reads_or_refuses(data: st.DataObject) -> None:
    value = data.draw(damaged(written(log_format("signed"))))
    reads_or_refuses(read_signed, value, QuipuFormatError)


@FUZZ
@given(data=damaged([seal(b"payload", KEY, EVENT)]))
def test_a_sealed_payload_opens_or_refuses(data: bytes) -> None:
    reads_or_refuses(lambda value: open_sealed(value, KEY, EVENT), data, QuipuFormatError)


@FUZZ
@given(data=st.data())
def test_a_label_reads_or_refuses(data: st.DataObject) -> None:
    value = data.draw(damaged(written(log_format("label"))))
    reads_or_refuses(label_codec.read, value, QuipuFormatError)


@pytest.mark.parametrize("form", sorted(FILES))
def test_a_national_file_is_read_or_refused_row_by_row(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"file.{form}"
    source = Source(form, rows={"json": "rows", "xml": "all/one"}.get(form))

    @FUZZ
    @given(content=damaged([FILES[form]]))
    def check(content: bytes) -> None:
        path.write_bytes(content)
        rows = list(read(path, source, frozenset({"PLACA", "placa"})))
        assert rows, "a file without rows is refused as such"
        assert all(isinstance(row, Refusal) or row.number > 0 for row in rows)

    check()


def native_messages() -> Iterator[bytes]:
    """A hello and a query, as a client writes them."""

    def text(value: bytes) -> bytes:
        return bytes([len(value)]) + value

    yield text(b"client") + b"\x01\x01" + b"\xbc\xa9\x03" + text(b"default") + text(b"") + text(b"")
    yield b"\x02\x00" + b"\x01\x08" + text(b"SELECT 1") + b"\x00" * 40


@FUZZ
@given(data=damaged(list(native_messages())))
def test_the_native_protocol_reads_or_refuses(data: bytes) -> None:
    for decode in (
        protocol.read_hello,
        lambda wire: protocol.read_query(wire, REVISION),
        protocol.read_tables,
    ):
        reads_or_refuses(
            lambda value, decode=decode: decode(Wire.over(value)),  # type: ignore[misc]
            data,
            ClickHouseError,
            EOFError,
        )


@FUZZ
@given(
    spec=st.text(
        "ArrayNullableTupleMapLowCardinalityStringUInt8DateTime64(), '0123456789", max_size=80
    ),
    data=st.binary(max_size=200),
    rows=st.integers(0, 5),
)
def test_a_column_is_read_or_refused(spec: str, data: bytes, rows: int) -> None:
    def skip(value: bytes) -> None:
        wire = Wire.over(value)
        column_type(spec).start(wire)(wire, rows)

    reads_or_refuses(skip, data, ClickHouseError, EOFError)


@FUZZ
@given(
    sql=st.one_of(st.text(max_size=200), st.text("INSERT INTO t(a,'b') VALUES--/**/", max_size=60))
)
def test_a_statement_is_classified_or_refused(sql: str) -> None:
    reads_or_refuses(lambda _: classify(sql), b"", ClickHouseError)
