"""Say which questions showed nothing, so that guessing leaves a trace in the ledger. Pure.

An answer is empty where nothing is there, and where what is there is not released to the reader.
Both leave the same trace. The question may itself be secret, so only its keyed hash leaves
the process.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import NamedTuple

import orjson

from schemas.model import Reader

KEY_PURPOSE = b"quipu:ledger:empty-lookup"


class EmptyLookup(NamedTuple):
    """A question that showed nothing, with its parameters. `as_of`: ms since 1970 UTC."""

    reader: Reader
    as_of: int | None
    question: str
    parameters: object


class HashedLookup(NamedTuple):
    """An empty look-up as the ledger takes it. `question_hash`: 32 bytes."""

    reader: Reader
    as_of: int | None
    question: str
    question_hash: bytes


def hash_lookups(lookups: Iterable[EmptyLookup], secret: bytes) -> list[HashedLookup]:
    """Return the look-ups with the HMAC-SHA256 of what was asked, each once.

    The key is derived from `secret`, the mechanism's for things, and serves nothing else. Equal
    questions have the same hash, whoever asks.
    """
    key = hmac.digest(secret, KEY_PURPOSE, hashlib.sha256)
    hashed = (
        HashedLookup(
            lookup.reader,
            lookup.as_of,
            lookup.question,
            hmac.digest(key, _canonical(lookup), hashlib.sha256),
        )
        for lookup in lookups
    )
    return list(dict.fromkeys(hashed))


def _canonical(lookup: EmptyLookup) -> bytes:
    return orjson.dumps([lookup.question, lookup.parameters], option=orjson.OPT_SORT_KEYS)
