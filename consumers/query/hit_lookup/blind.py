"""Compare numbers of two countries by keyed hashes, so that neither sends its list. Pure.

Both hold one secret key. An index is good for one month, under a key of its own (HKDF, RFC 5869).
Each hash is scrypt (RFC 7914), so trying out numbers is slow. Who has the key and an index can try
them all the same: an index protects from those without the key, and from nobody who has it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Iterable
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consumers.query.identifiers import ThingName
from infra.errors import QuipuError
from schemas.i18n import _

FORMAT = "quipu-blind-index 1"
KEY_BYTES = 32
HASH_BYTES = 16
STEP = 1_000
"""An index is filled with random hashes to a multiple, so that its size says little."""
_COST = {"n": 4_096, "r": 8, "p": 1}
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_HASH = re.compile(rf"[0-9a-f]{{{2 * HASH_BYTES}}}")


class BlindIndexError(QuipuError):
    """A blind index, its key or its month is not as it must be."""

    code = "BLIND"


class BlindIndex(NamedTuple):
    """An index as it is read. `check`: shows whether key and month are the same."""

    month: str
    check: str
    hashes: frozenset[str]


def month_key(key: bytes, month: str) -> bytes:
    """Return the key of a month (2026-11). Raises BlindIndexError."""
    if len(key) != KEY_BYTES or not _MONTH.fullmatch(month):
        raise BlindIndexError(
            _("The key or the month cannot be used."),
            _("Make the key with `quipu hit-lookup blind-key`; write the month as 2026-11."),
        )
    kdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"{FORMAT} {month}".encode())
    return kdf.derive(key)


def blind_hash(name: ThingName, of_month: bytes) -> str:
    """Return the hash of a thing under the key of a month, in hexadecimal digits."""
    content = "\0".join(name).encode()
    digest = hashlib.scrypt(content, salt=of_month, dklen=HASH_BYTES, **_COST)
    return digest.hex()


def write_index(names: Iterable[ThingName], key: bytes, month: str) -> str:
    """Return an index of things: a heading, then their hashes in the order of the digits."""
    of_month = month_key(key, month)
    hashes = {blind_hash(name, of_month) for name in names}
    while len(hashes) % STEP or not hashes:
        hashes.add(secrets.token_hex(HASH_BYTES))
    return "\n".join((FORMAT, month, _check(of_month), *sorted(hashes), ""))


def read_index(text: str) -> BlindIndex:
    """Read an index. Raises BlindIndexError."""
    heading, *rest = text.splitlines() or [""]
    if heading != FORMAT or len(rest) < 3 or not all(map(_HASH.fullmatch, rest[2:])):
        raise BlindIndexError(
            _("The file is no blind index."),
            _("Name one that `quipu hit-lookup blind-export` wrote."),
        )
    return BlindIndex(rest[0], rest[1], frozenset(rest[2:]))


def is_in_index(names: Collection[ThingName], index: BlindIndex, key: bytes) -> bool:
    """Say whether one of the things is in an index. Raises BlindIndexError for another key."""
    of_month = month_key(key, index.month)
    if not hmac.compare_digest(_check(of_month), index.check):
        raise BlindIndexError(
            _("The index was made with another key."),
            _("Agree with the other country on the key, then ask for the index again."),
        )
    return any(blind_hash(name, of_month) in index.hashes for name in names)


def _check(of_month: bytes) -> str:
    return hmac.digest(of_month, b"check", hashlib.sha256)[:HASH_BYTES].hex()
