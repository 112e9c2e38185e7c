"""Columns that are written at once are, byte for byte, those of clickhouse-driver."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from clickhouse_driver.block import ColumnOrientedBlock
from clickhouse_driver.bufferedwriter import BufferedSocketWriter
from clickhouse_driver.streams.native import BlockOutputStream
from hypothesis import given
from hypothesis import strategies as st

from infra.clickhouse.column_stream import ColumnStream, column_writer

CONTEXT = SimpleNamespace(
    client_settings={"strings_as_bytes": True, "strings_encoding": "utf-8", "use_numpy": False},
    settings={},
    server_info=SimpleNamespace(used_revision=54_478, get_timezone=lambda: "UTC"),
)
TEXT = st.binary(max_size=200)
CODE = st.sampled_from([b"", b"PE", b"CO", b"a" * 200]) | TEXT
TIME = st.integers(-(2**62), 2**62)
AMOUNT = st.decimals(
    min_value=-(10**20), max_value=10**20, allow_nan=False, allow_infinity=False, places=6
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "DateTime64(3, 'UTC')": TIME,
    "Nullable(DateTime64(3, 'UTC'))": st.none() | TIME,
    "Nullable(String)": st.none() | TEXT,
    "Nullable(FixedString(16))": st.none() | st.binary(min_size=16, max_size=16),
    "Array(String)": st.lists(TEXT, max_size=3),
    "Map(String, String)": st.dictionaries(TEXT, TEXT, max_size=3),
    "LowCardinality(String)": CODE,
    "Array(LowCardinality(String))": st.lists(CODE, max_size=3),
    "Map(LowCardinality(String), String)": st.dictionaries(CODE, TEXT, max_size=3),
    "Map(LowCardinality(String), Float64)": st.dictionaries(CODE, st.floats(), max_size=3),
    "Map(LowCardinality(String), LowCardinality(String))": st.dictionaries(CODE, CODE, max_size=3),
    "Decimal(38, 6)": AMOUNT | st.just(Decimal("0.0000019")),
}


class Wire(bytearray):
    """A socket that keeps what is sent."""

    def sendall(self, data: bytes) -> None:
        self.extend(data)


def sent_by(
    stream: Callable[..., BlockOutputStream], columns: Mapping[str, Any], size: int = 1 << 16
) -> bytes:
    wire = Wire()
    block = ColumnOrientedBlock(
        [(f"c{index}", spec) for index, spec in enumerate(columns)],
        [list(values) for values in columns.values()],
    )
    stream(BufferedSocketWriter(wire, size), CONTEXT).write(block)
    return bytes(wire)


@given(st.data())
def test_a_block_is_that_of_the_driver(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 8))
    columns = {
        spec: data.draw(st.lists(values, min_size=rows, max_size=rows))
        for spec, values in VALUES.items()
    }
    assert sent_by(ColumnStream, columns) == sent_by(BlockOutputStream, columns)


@pytest.mark.parametrize("spec", VALUES)
def test_each_of_these_types_is_written_at_once(spec: str) -> None:
    assert column_writer(spec) is not None


@pytest.mark.parametrize(
    ("spec", "values"),
    [
        ("Nullable(FixedString(16))", [b"short", None]),
        ("DateTime64(3, 'UTC')", [datetime(2026, 1, 2, tzinfo=UTC), 5]),
        ("Nullable(DateTime64(3, 'UTC'))", [datetime(2026, 1, 2, tzinfo=UTC), None]),
        ("Decimal(38, 6)", [1, 0.1, Decimal("2.5")]),
        ("Decimal(38, 6)", [Decimal(10) ** 33]),
        ("Decimal(9, 2)", [Decimal("2.5")]),
        ("Array(UInt8)", [[1], [2, 3]]),
        ("Nullable(UInt8)", [1, None]),
        ("Map(String, Float64)", [{b"a": 0.5}, {}]),
        ("UInt16", [1, 2]),
        ("String", [b"", "ñ".encode()]),
    ],
)
def test_other_types_and_values_are_left_to_the_driver(spec: str, values: list[Any]) -> None:
    assert sent_by(ColumnStream, {spec: values}) == sent_by(BlockOutputStream, {spec: values})


@pytest.mark.parametrize(
    ("spec", "values"),
    [
        ("Nullable(String)", ["text", None]),
        ("Array(String)", [[b"a"], [5]]),
        ("Map(String, String)", [{b"a": "text"}]),
        ("DateTime64(3, 'UTC')", [2**63]),
    ],
)
def test_a_wrong_value_is_refused_as_the_driver_refuses_it(spec: str, values: list[Any]) -> None:
    with pytest.raises(Exception) as refusal:
        sent_by(BlockOutputStream, {spec: values})
    with pytest.raises(type(refusal.value)):
        sent_by(ColumnStream, {spec: values})


def test_a_block_longer_than_the_buffer_arrives_whole() -> None:
    columns = {"Array(String)": [[b"a" * 300, b"b"]] * 50, "Nullable(String)": [b"c" * 900] * 50}
    assert sent_by(ColumnStream, columns, 512) == sent_by(BlockOutputStream, columns)


@pytest.mark.parametrize("different", [1, 255, 256, 257, 65_536, 65_537])
def test_numbers_of_texts_are_as_wide_as_the_driver_writes_them(different: int) -> None:
    columns = {"LowCardinality(String)": [b"%d" % number for number in range(different)]}
    assert sent_by(ColumnStream, columns) == sent_by(BlockOutputStream, columns)
