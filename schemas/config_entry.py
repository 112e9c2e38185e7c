"""Write and read the body of an entry of quipu.config."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.avro.codec import Record, log_format


def write_entry(name: str, entry: Mapping[str, Any], effective_from: int) -> bytes:
    """Return the body of an entry; `name` is its record's name. Raises BrokenFormatError."""
    return log_format("config_entry").write(
        {"effective_from": effective_from, "entry": (f"quipu.{name}", entry)}
    )


def read_entry(body: bytes) -> tuple[str, Record, int]:
    """Return name, entry and effective_from of a body.

    Raises BrokenFormatError, UnknownFormatError.
    """
    named = log_format("config_entry").read_named(body)
    name, entry = named["entry"]
    return name.rpartition(".")[2], entry, named["effective_from"]
