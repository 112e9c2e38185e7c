"""Sum items in an order-free way, so that a node and the mechanism can compare what they hold.

An item's summand is SHA-256(id || version): its first 16 bytes as a little-endian number, as
ClickHouse's `reinterpretAsUInt128` gives it. Summands are added modulo 2^128.
"""

import hashlib
from collections.abc import Iterable

MODULUS = 1 << 128


def item_checksum(items: Iterable[tuple[bytes, bytes]]) -> int:
    """Sum (id, version) pairs in any order; a pair that is there twice counts twice."""
    digests = (hashlib.sha256(id_ + version).digest() for id_, version in items)
    return sum(int.from_bytes(digest[:16], "little") for digest in digests) % MODULUS


def add_checksums(first: str, second: int) -> str:
    """Add to a checksum written as 32 hexadecimal digits; a negative number subtracts."""
    return to_hex(int(first, 16) + second)


def to_hex(checksum: int) -> str:
    """Write a checksum as 32 hexadecimal digits."""
    return f"{checksum % MODULUS:032x}"
