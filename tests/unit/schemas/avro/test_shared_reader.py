"""A reader that shares values reads what the format itself reads, whatever it read before."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.avro import reader_compiler
from schemas.avro.codec import Format, Record, log_format
from schemas.avro.shared_reader import compile_shared_reader
from schemas.errors import QuipuFormatError
from schemas.examples import example
from streams.intake.item import ALIKE

LETTER: Record = {
    "type": "record",
    "name": "Letter",
    "fields": [
        {"name": "number", "type": "long"},
        {"name": "sender", "type": "string"},
        {"name": "groups", "type": {"type": "array", "items": "string"}},
        {"name": "city", "type": ["null", "string"]},
        {"name": "pages", "type": "int"},
    ],
}
FORMAT = Format[Record](json.dumps(LETTER))
WORDS = st.sampled_from(["", "a", "ñandú", "b" * 70])
LETTERS = st.fixed_dictionaries(
    {
        "number": st.integers(-9, 9),
        "sender": WORDS,
        "groups": st.lists(WORDS, max_size=3),
        "city": st.none() | WORDS,
        "pages": st.integers(-9, 9),
    }
)


def outcome(read: Any, data: bytes) -> object:
    """What a reader gives, or the code of its error."""
    try:
        return read(data)
    except QuipuFormatError as error:
        return error.code


@given(st.lists(LETTERS, max_size=12), st.data())
def test_it_reads_what_the_format_reads(letters: list[Record], data: st.DataObject) -> None:
    read = compile_shared_reader(FORMAT, {"sender": "city"})
    for letter in letters:
        framed = FORMAT.write(letter)
        cut = data.draw(st.integers(0, len(framed)))
        assert read(framed) == FORMAT.read(framed) == letter
        assert outcome(read, framed[:cut]) == outcome(FORMAT.read, framed[:cut])


def test_a_long_stretch_is_not_remembered() -> None:
    read = compile_shared_reader(FORMAT, {"sender": "city"})
    letter = {"number": 1, "groups": ["a"], "city": None, "pages": 2}
    for sender, is_shared in (("a" * 100, True), ("a" * 100_000, False)):
        framed = FORMAT.write({**letter, "sender": sender})
        first, second = read(framed), read(framed)
        assert first == second
        assert (first["groups"] is second["groups"]) == is_shared


def test_a_node_cannot_fill_the_memory_with_stretches() -> None:
    read: Any = compile_shared_reader(FORMAT, {"sender": "city"})
    letter = {"number": 1, "groups": [], "city": None, "pages": 2}
    for number in range(reader_compiler.MAX_STRETCHES + 10):
        read(FORMAT.write({**letter, "sender": f"{number:08}"}))
    function = read.__closure__[0].cell_contents
    memories = [value for value in function.__globals__.values() if isinstance(value, dict)]
    sizes = [len(memory) for memory in memories if memory is not function.__globals__]
    assert all(size <= reader_compiler.MAX_STRETCHES + 1 for size in sizes)


def test_the_stretches_of_an_envelope_are_read_alike() -> None:
    form = log_format("event")
    read = compile_shared_reader(form, ALIKE)
    envelope = {**example("weapon_record").envelope, "id": bytes(16), "version": bytes(16)}
    event = {"envelope": envelope, "schema": bytes(32), "sealed": b"x", "key_hash": None}
    for crime in ("09012", "02021"):
        framed = form.write({**event, "envelope": {**envelope, "crime": crime}})
        assert read(framed) == read(framed) == form.read(framed)
