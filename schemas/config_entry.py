"""Write and read the body of an entry of quipu.config."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from fastavro import schemaless_reader

from schemas.avro.codec import HEADER_BYTES, Record, log_format


def write_entry(name: str, entry: Mapping[str, Any], effective_from: int) -> bytes:
    """Return the body of an entry; `name` is its record's name. Raises BrokenFormatError."""
    return log_format("config_entry").write(
        {"effective_from": effective_from, "entry": (f"quipu.{name}", entry)}
    )


def read_entry(body: bytes) -> tuple[str, Record, int]:
    """Return name, entry and effective_from of a body.

    Raises BrokenFormatError, UnknownFormatError.
    """
    written = log_format("config_entry")
    effective_from: int = written.read(body)["effective_from"]
    named: Any = schemaless_reader(
        BytesIO(body[HEADER_BYTES:]), written.parsed, None, return_record_name=True
    )
    name, entry = named["entry"]
    return name.rpartition(".")[2], entry, effective_from
