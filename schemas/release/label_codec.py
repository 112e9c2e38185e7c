"""Read and write the release label as bytes.

It is written once for each different one, and what is derived carries it unchanged. Few different
labels are used again and again, so both ways are remembered.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from schemas.avro.codec import log_format
from schemas.model import Label

KNOWN = 10_000


def write(envelope: Mapping[str, Any]) -> bytes:
    """Return the framed label of an envelope, or of any record with a label's fields.

    Raises BrokenFormatError.
    """
    return _written(
        envelope["country"],
        envelope["authority"],
        tuple(envelope["recipients"]),
        envelope["tlp"],
        tuple(envelope["handling"]),
        envelope["condition"],
        envelope["purpose"],
        envelope["exercise"],
    )


@lru_cache(maxsize=KNOWN)
def read(data: bytes) -> Label:
    """Return the label in framed bytes. Raises UnknownFormatError, BrokenFormatError."""
    record = log_format("label").read(data)
    return Label(
        country=record["country"],
        authority=record["authority"],
        recipients=tuple(record["recipients"]),
        tlp=record["tlp"],
        handling=tuple(record["handling"]),
        condition=record["condition"],
        purpose=record["purpose"],
        exercise=record["exercise"],
    )


@lru_cache(maxsize=KNOWN)
def _written(
    country: str,
    authority: str,
    recipients: tuple[str, ...],
    tlp: str,
    handling: tuple[str, ...],
    condition: str | None,
    purpose: str,
    exercise: str | None,
) -> bytes:
    return log_format("label").write(
        {
            "country": country,
            "authority": authority,
            "recipients": recipients,
            "tlp": tlp,
            "handling": handling,
            "condition": condition,
            "purpose": purpose,
            "exercise": exercise,
        }
    )
