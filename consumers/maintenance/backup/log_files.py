"""Write messages of the log as bytes of a file, and read them back. Pure."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_HEAD = struct.Struct(">QQii")
_NOTHING = -1


class LogMessage(NamedTuple):
    """A message of a partition: its offset, its append time (ms), its key and value."""

    offset: int
    appended_at: int
    key: bytes | None
    value: bytes | None


def write_messages(messages: Iterable[LogMessage]) -> Iterator[bytes]:
    """Yield the bytes of messages."""
    for message in messages:
        lengths = [_NOTHING if part is None else len(part) for part in (message.key, message.value)]
        yield _HEAD.pack(message.offset, message.appended_at, *lengths)
        yield (message.key or b"") + (message.value or b"")


def read_messages(content: Iterable[bytes]) -> Iterator[LogMessage]:
    """Yield the messages of a file. Raises ValueError where it ends within one."""
    waiting = b""
    for part in content:
        waiting += part
        at = 0
        while len(waiting) - at >= _HEAD.size:
            offset, appended_at, key, value = _HEAD.unpack_from(waiting, at)
            end = at + _HEAD.size + max(0, key) + max(0, value)
            if end > len(waiting):
                break
            body = waiting[at + _HEAD.size : end]
            yield LogMessage(
                offset,
                appended_at,
                None if key == _NOTHING else body[:key],
                None if value == _NOTHING else body[max(0, key) :],
            )
            at = end
        waiting = waiting[at:]
    if waiting:
        raise ValueError("the file ends within a message")


def without_gaps(messages: Iterable[LogMessage], end: int) -> Iterator[LogMessage]:
    """Yield a message for each offset before `end`, so that every offset is kept.

    Compaction removes a message because its key has a newer one: the next that is left fills its
    place. Raises ValueError where the last one is missing.
    """
    expected = 0
    for message in messages:
        for offset in range(expected, message.offset + 1):
            yield message._replace(offset=offset)
        expected = message.offset + 1
    if expected != end:
        raise ValueError(f"the messages end at {expected}, not at {end}")
