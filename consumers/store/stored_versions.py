"""Read the stored versions of events. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

CONTENT_COLUMNS = (
    "id",
    "version",
    "supersedes",
    "correction_reason",
    "type",
    "country",
    "authority",
    "node",
    "recipients",
    "tlp",
    "handling",
    "condition",
    "purpose",
    "legal_basis",
    "urgency",
    "justification",
    "crime",
    "case_reference",
    "exercise",
    "evaluation_scheme",
    "evaluation_source",
    "evaluation_information",
    "occurred_from",
    "occurred_until",
    "occurred_precision",
    "reported_at",
    "place_country",
    "subdivision",
    "language",
    "review_date",
    "cord",
    "sequence",
)
"""The columns of `events` that its column `content` repeats, in the order of migration 0024."""
_NUMBERS = ("occurred_from", "occurred_until", "reported_at", "sequence")
"""Those of 64 bits, which a server may write in quotes; the first three in ms since 1970 UTC."""


def stored_version(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of queries/event_versions.sql with the columns that its content repeats."""
    values = dict(zip(CONTENT_COLUMNS, orjson.loads(row["content"]), strict=True))
    numbers = {name: int(values[name]) for name in _NUMBERS if values[name] is not None}
    return {**row, **values, **numbers}
