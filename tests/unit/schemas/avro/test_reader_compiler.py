"""The compiled reader gives what fastavro gives, for every schema and every byte string."""

import json
from io import BytesIO
from typing import Any

import pytest
from fastavro import parse_schema, schemaless_reader, schemaless_writer
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.codec import HEADER_BYTES, LOG_FOLDER, Format, Record, log_format, raw_log_format
from schemas.avro.reader_compiler import UNREADABLE, compile_reader
from schemas.avro.sample_records import samples
from schemas.errors import BrokenFormatError
from schemas.event.event_type import EventType, released_types
from tests.support.avro_records import records

LOG_NAMES = sorted(path.stem for path in LOG_FOLDER.glob("*.avsc"))


def _written(definition: Any, record: Any) -> bytes:
    out = BytesIO()
    schemaless_writer(out, parse_schema(definition), record)
    return out.getvalue()


@given(records())
def test_every_record_of_every_schema_is_read_as_it_was_written(
    pair: tuple[Any, dict[str, Any]],
) -> None:
    definition, record = pair
    reader = compile_reader(definition)
    assert reader is not None
    data = _written(definition, record)
    assert reader(data, 0) == schemaless_reader(BytesIO(data), parse_schema(definition), None)


@given(records(), st.data())
def test_changed_bytes_are_read_as_fastavro_reads_them_or_left_to_it(
    pair: tuple[Any, dict[str, Any]], choices: st.DataObject
) -> None:
    definition, record = pair
    data = bytearray(_written(definition, record))
    for _ in range(choices.draw(st.integers(1, 3))):
        data[choices.draw(st.integers(0, len(data) - 1))] = choices.draw(
            st.sampled_from([0, 1, 2, 3, 127, 128, 129, 255])
        )
    changed = bytes(data[: choices.draw(st.integers(1, len(data)))])
    reader = compile_reader(definition)
    assert reader is not None
    try:
        result = reader(changed, 0)
    except UNREADABLE:
        return
    stream = BytesIO(changed)
    assert repr(result) == repr(
        schemaless_reader(stream, parse_schema(definition), None)
    )  # repr: NaN equals no NaN
    assert stream.tell() == len(changed)


@pytest.mark.parametrize("name", LOG_NAMES)
def test_all_formats_of_the_log_are_compiled(name: str) -> None:
    for form in (log_format(name), raw_log_format(name)):
        assert form._read_compiled is not None


@pytest.mark.parametrize("kind", released_types().values(), ids=lambda kind: kind.format.name)
def test_all_event_types_are_compiled(kind: EventType) -> None:
    assert kind.format._read_compiled is not None


@pytest.mark.parametrize(
    "type_",
    [
        {"type": "enum", "name": "E", "symbols": ["A"]},
        {"type": "long", "logicalType": "timestamp-millis"},
        {"type": "array", "items": "A"},
    ],
)
def test_enums_logical_types_and_recursion_are_left_to_fastavro(type_: Any) -> None:
    assert (
        compile_reader({"type": "record", "name": "A", "fields": [{"name": "x", "type": type_}]})
        is None
    )


def test_what_an_unusual_writer_wrote_is_read_by_fastavro() -> None:
    numbers = {"type": "array", "items": "int"}
    form: Format[Record] = Format(
        json.dumps({"type": "record", "name": "A", "fields": [{"name": "x", "type": numbers}]})
    )
    block_with_its_size = b"\x03\x04\x02\x04\x00"  # -2 items in 2 bytes: 1 and 2; then the end
    assert form.read(form.header + block_with_its_size) == {"x": [1, 2]}
    with pytest.raises(BrokenFormatError):
        form.read(form.header + b"\x02")
    assert form.read(form.write({"x": [-64, 300]})) == {"x": [-64, 300]}
    assert len(form.header) == HEADER_BYTES


@pytest.mark.parametrize("kind", released_types().values(), ids=lambda kind: kind.format.name)
def test_event_types_are_read_as_fastavro_reads_them(kind: EventType) -> None:
    for sample in samples(kind.format):
        data = kind.format.write(sample)
        assert kind.format.read(data) == kind.format._read_with_fastavro(data, data[:HEADER_BYTES])


@pytest.mark.parametrize("items", ["null", {"type": "fixed", "name": "F", "size": 16}])
def test_a_count_beyond_the_bytes_that_are_left_is_left_to_fastavro(items: Any) -> None:
    array = {"name": "x", "type": {"type": "array", "items": items}}
    reader = compile_reader({"type": "record", "name": "A", "fields": [array]})
    assert reader is not None
    with pytest.raises(UNREADABLE):
        reader(b"\xfe\xff\xff\xff\xff\xff\x7f" + bytes(16), 0)


def test_namesakes_of_two_namespaces_are_left_to_fastavro() -> None:
    fixed = [
        {"name": name, "type": {"type": "fixed", "name": "F", "namespace": name, "size": size}}
        for name, size in (("a", 2), ("b", 3))
    ]
    assert compile_reader({"type": "record", "name": "A", "fields": fixed}) is None
