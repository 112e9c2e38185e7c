"""Conditions of use that bind a receiving authority (UNTOC 18(5)), as the envelope has them. Pure.

Spontaneous information names conditions in its content. Its envelope then has handling code H3 with
these conditions in words that begin with BINDING. `schemas.release.rules` keeps such a record from
a reader until the reader's authority has accepted them by a signed record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.model import ReaderCondition

BOUND_TYPE = "spontaneous_information"
BINDING = "UNTOC 18(5): "
"""Begins a condition that an authority accepts by a record, and no reader alone."""
HANDLING: Mapping[str, str] = {"NO_COURT": "H1", "NO_ONWARD": "H2"}
"""The handling codes that hold a receiver to a condition."""


def binds_authority(condition: ReaderCondition) -> bool:
    """Say whether an authority accepts this condition, and no reader alone."""
    return condition.text.startswith(BINDING)


def bound_envelope(envelope: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the envelope of spontaneous information with what its conditions of use demand.

    Without conditions it stays as it is. A condition that the owner wrote into the envelope is
    part of the words, unless the content has words of its own.
    """
    codes = payload.get("conditions")
    codes = sorted({str(code) for code in codes}) if isinstance(codes, list) else []
    text = str(payload.get("condition_text") or "").strip()
    if not codes and not text:
        return dict(envelope)
    former = str(envelope.get("condition") or "").strip()
    text = text or (former.partition("; ")[2] if former.startswith(BINDING) else former)
    handling = {str(code) for code in envelope.get("handling") or ()} | {"H3"}
    handling |= {HANDLING[code] for code in codes if code in HANDLING}
    words = "; ".join(filter(None, [", ".join(codes), text]))
    return {**envelope, "handling": sorted(handling), "condition": f"{BINDING}{words}"}
