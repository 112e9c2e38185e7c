"""Turn what an entry of the ledger says of work into a row. Nothing here does I/O."""

from __future__ import annotations

from consumers.sink.tables import Row
from schemas.avro.codec import Record

_NOBODY = {"person": b"", "country": b"", "role": b""}
_UNCHANGED = {"scope": b"", "group": b""}


def work_row(work: Record, reader: Record, position: Row) -> Row:
    """Return a row of the table `work`. `reader`: the author; texts are bytes, as in the log."""
    member, audience = work["member"] or _NOBODY, work["audience"] or _UNCHANGED
    author = (reader["person"], reader["country"], reader["authority"], reader["exercise"])
    return (
        *(work["object"], work["kind"], work["act"]),
        *([about["kind"] for about in work["about"]], [about["id"] for about in work["about"]]),
        *(work["item"], member["person"], member["country"], member["role"]),
        *(audience["scope"], audience["group"], work["code"]),
        *(text or b"" for text in author),
        *position,
    )
