"""Read one realistic example of each event type: {envelope, payload}.

Ids are in their usual text form. No person, document or weapon is real.
"""

import json
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from schemas.avro.codec import Record

HERE = Path(__file__).parent
_IDS = frozenset({"id", "version", "supersedes", "target"})


class Example(NamedTuple):
    """Hold an example as `log_format("event")` and `event_type(name)` write it."""

    envelope: Record
    payload: Record


def example(name: str) -> Example:
    """Read the example of the event type called `name` (a file of this folder)."""
    data = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return Example(_with_ids(data["envelope"]), _with_ids(data["payload"]))


def _with_ids(record: Record) -> Record:
    return {
        name: UUID(value).bytes if name in _IDS and value is not None else value
        for name, value in record.items()
    }
