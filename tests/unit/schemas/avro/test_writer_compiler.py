"""The compiled writer gives the bytes that fastavro gives, for every schema and every record."""

import json
from io import BytesIO
from typing import Any

import pytest
from fastavro import parse_schema, schemaless_writer
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.codec import LOG_FOLDER, Format, Record, log_format, raw_log_format
from schemas.avro.sample_records import samples
from schemas.avro.writer_compiler import UNWRITABLE, compile_writer
from schemas.errors import BrokenFormatError
from schemas.event.event_type import EventType, released_types
from tests.support.avro_records import records

LOG_NAMES = sorted(path.stem for path in LOG_FOLDER.glob("*.avsc"))
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.tuples(st.text(max_size=2)),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)


def _written(definition: Any, record: Any) -> bytes:
    out = BytesIO()
    schemaless_writer(out, parse_schema(definition), record)
    return out.getvalue()


def _compiled(definition: Any, record: Any) -> bytes:
    write = compile_writer(definition)
    assert write is not None
    pieces: list[bytes] = []
    write(record, pieces.append)
    return b"".join(pieces)


@given(records())
def test_every_record_of_every_schema_is_written_as_by_fastavro(
    pair: tuple[Any, dict[str, Any]],
) -> None:
    definition, record = pair
    assert _compiled(definition, record) == _written(definition, record)


@given(records(), st.data())
def test_a_wrong_value_is_written_as_by_fastavro_or_left_to_it(
    pair: tuple[Any, dict[str, Any]], choices: st.DataObject
) -> None:
    definition, record = pair
    name = choices.draw(st.sampled_from(sorted(record)))
    changed = {**record, name: choices.draw(ANYTHING)}
    if choices.draw(st.booleans()):
        del changed[name]
    try:
        data = _compiled(definition, changed)
    except UNWRITABLE:
        return
    assert data == _written(definition, changed)


@pytest.mark.parametrize("name", [name for name in LOG_NAMES if name != "config_entry"])
def test_all_formats_of_the_log_are_compiled(name: str) -> None:
    for form in (log_format(name), raw_log_format(name)):
        assert form._write_compiled is not None


def test_a_union_of_records_is_left_to_fastavro() -> None:
    assert log_format("config_entry")._write_compiled is None


@pytest.mark.parametrize("kind", released_types().values(), ids=lambda kind: kind.format.name)
def test_event_types_are_compiled_and_written_as_by_fastavro(kind: EventType) -> None:
    assert kind.format._write_compiled is not None
    for sample in samples(kind.format):
        assert kind.format.write(sample) == kind.format._write_with_fastavro(sample)


@pytest.mark.parametrize(
    "type_",
    [
        {"type": "enum", "name": "E", "symbols": ["A"]},
        {"type": "long", "logicalType": "timestamp-millis"},
        {"type": "array", "items": "A"},
        ["int", "double"],
    ],
)
def test_what_needs_more_than_a_values_class_is_left_to_fastavro(type_: Any) -> None:
    field = {"name": "x", "type": type_}
    assert compile_writer({"type": "record", "name": "A", "fields": [field]}) is None


def test_a_schema_that_repeats_its_types_exponentially_is_left_to_fastavro() -> None:
    inner: Any = {"type": "record", "name": "R0", "fields": [{"name": "x", "type": "int"}]}
    for level in range(1, 20):
        fields = [{"name": "a", "type": inner}, {"name": "b", "type": inner["name"]}]
        inner = {"type": "record", "name": f"R{level}", "fields": fields}
    assert compile_writer(inner) is None


def test_fields_that_may_be_absent_are_written_without_fastavro() -> None:
    """A mapped row has no list of photographs: all of them went the slow way."""
    texts = {"type": "array", "items": "string"}
    definition = {
        "type": "record",
        "name": "Sparse",
        "fields": [
            {"name": "place", "type": ["null", "string"], "default": None},
            {"name": "hashes", "type": texts, "default": []},
            {"name": "counts", "type": {"type": "map", "values": "long"}, "default": {}},
            {"name": "number", "type": "long"},
        ],
    }
    for record in ({"number": 7}, {"number": 7, "hashes": ["ab"]}, {"number": 7, "place": "x"}):
        assert _compiled(definition, record) == _written(definition, record)
    with pytest.raises(UNWRITABLE):
        _compiled(definition, {"hashes": []})


def test_a_tuple_is_written_by_fastavro_and_a_number_for_text_is_refused() -> None:
    field = {"name": "x", "type": {"type": "array", "items": "string"}}
    form: Format[Record] = Format(json.dumps({"type": "record", "name": "A", "fields": [field]}))
    assert form.write({"x": ("a", "b")}) == form.write({"x": ["a", "b"]})
    with pytest.raises(BrokenFormatError, match="cannot be written"):
        form.write({"x": [1]})
