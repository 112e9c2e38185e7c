"""Read and write the primitives of ClickHouse's native protocol.

These are varints, strings and fixed integers. A `Wire` reads either from a socket or from one piece
of memory. It can copy what it passes over to a sink (`capture`), so that a block's bytes are passed
on without becoming Python objects, in constant memory.
"""

from collections.abc import Callable
from typing import Protocol, cast

from infra.clickhouse.embedded.errors import ProtocolError

BUFFER_BYTES = 1 << 18
MAX_NAME_BYTES = 1 << 16
RUN = 512
"""Strings of one length are skipped this many at a time (see `Wire.skip_strings`)."""

Fill = Callable[[memoryview], int]
"""Writes bytes into the view (`socket.recv_into`) and returns how many; 0 at the input's end."""


class ByteSink(Protocol):
    """What captured bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes that were read."""


class Wire:
    """A forward-only reader. Every method raises EOFError when the input is too short."""

    def __init__(self, fill: Fill, size: int = BUFFER_BYTES) -> None:
        """Read through `fill`, in pieces of at most `size` bytes."""
        self._fill = fill
        self._buffer = bytearray(size)
        self._position = 0
        self._end = 0
        self._sink: ByteSink | None = None
        self._mark = 0

    @staticmethod
    def over(data: bytes) -> "Wire":
        """A reader over bytes in memory; `position` then is an index into `data`."""
        return _Memory(data)

    @property
    def position(self) -> int:
        """Index of the next byte in the buffer."""
        return self._position

    @property
    def exhausted(self) -> bool:
        """Whether everything that has arrived was read."""
        return self._position >= self._end

    def peek(self) -> int | None:
        """The next byte that has already arrived, or None."""
        return None if self.exhausted else self._buffer[self._position]

    def capture(self, sink: ByteSink) -> None:
        """Copy all bytes read from here on to `sink`, until `release`."""
        self._sink, self._mark = sink, self._position

    def release(self) -> None:
        """Stop capturing, after everything read so far was written to the sink."""
        self._flush()
        self._sink = None

    def varint(self) -> int:
        """An unsigned LEB128 integer. Raises ProtocolError over 64 bits."""
        result = shift = 0
        while True:
            byte = self.uint8()
            result |= (byte & 0x7F) << shift
            if byte < 0x80:
                return result
            shift += 7
            if shift > 63:
                raise ProtocolError("a variable-length integer is longer than 64 bits")

    def uint8(self) -> int:
        """Read an unsigned integer of one byte."""
        if self._position >= self._end:
            self._refill(1)
        byte = self._buffer[self._position]
        self._position += 1
        return byte

    def uint64(self) -> int:
        """Read an unsigned integer of eight bytes, little-endian."""
        return int.from_bytes(self.read(8), "little")

    def bytes_field(self, limit: int = MAX_NAME_BYTES) -> bytes:
        """Length-prefixed bytes. Raises ProtocolError if longer than `limit`."""
        length = self.varint()
        if length > limit:
            raise ProtocolError(f"a field of {length} bytes is longer than the {limit} allowed")
        return self.read(length)

    def string(self, limit: int = MAX_NAME_BYTES) -> str:
        """Length-prefixed UTF-8 text. Raises ProtocolError if it is too long or no UTF-8."""
        raw = self.bytes_field(limit)
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise ProtocolError(f"a text field is not UTF-8: {error}") from error

    def read(self, count: int) -> bytes:
        """Read exactly `count` bytes, however they arrive."""
        if self._end - self._position >= count:
            start = self._position
            self._position += count
            return bytes(self._buffer[start : self._position])
        pieces = bytearray()
        while count:
            if self._position >= self._end:
                self._refill(1)
            size = min(count, self._end - self._position)
            pieces += self._buffer[self._position : self._position + size]
            self._position += size
            count -= size
        return bytes(pieces)

    def skip(self, count: int) -> None:
        """Pass over `count` bytes (captured all the same)."""
        while True:
            available = self._end - self._position
            if count <= available:
                self._position += count
                return
            self._position = self._end
            count -= available
            self._refill(1)

    def skip_strings(self, count: int) -> None:
        """Pass over `count` length-prefixed strings.

        Strings of one length L stand L + 1 bytes apart; if every (L + 1)-th byte equals L, then by
        induction each is the next length, and the whole run is skipped by one comparison. Codes,
        ids and empty strings come in such runs.
        """
        while count:
            count -= self._skip_run(count) or self._skip_mixed(min(count, RUN))

    def _skip_run(self, count: int) -> int:
        """Skip a run of equally long strings that is in the buffer.

        Return how many, 0 if there is no such run.
        """
        if self._position >= self._end:
            self._refill(1)
        length = self._buffer[self._position]
        run = min(count, RUN, (self._end - self._position) // (length + 1))
        stop = self._position + run * (length + 1)
        if (
            length > 0x7F
            or not run
            or self._buffer[self._position : stop : length + 1].count(length) != run
        ):
            return 0
        self._position = stop
        return run

    def _skip_mixed(self, count: int) -> int:
        """Skip `count` strings one by one; return `count`."""
        buffer, position, end = self._buffer, self._position, self._end
        for _ in range(count):
            if position < end and (length := buffer[position]) < 0x80 and position + length < end:
                position += length + 1
                continue
            self._position = position
            self.skip(self.varint())
            position, end = self._position, self._end
        self._position = position
        return count

    def _flush(self) -> None:
        if self._sink is not None and self._position > self._mark:
            self._sink.write(bytes(self._buffer[self._mark : self._position]))
        self._mark = self._position

    def _refill(self, count: int) -> None:
        """Have at least `count` unread bytes in the buffer (count is at most the buffer's size)."""
        self._flush()
        rest = bytes(self._buffer[self._position : self._end])
        self._buffer[: len(rest)] = rest
        self._position = self._mark = 0
        self._end = len(rest)
        while self._end < count:
            with memoryview(self._buffer) as whole, whole[self._end :] as free:
                got = self._fill(free)
            if not got:
                raise EOFError("the input ended in the middle of a packet")
            self._end += got


class _Memory(Wire):
    """Reads bytes where they are, without a copy."""

    def __init__(self, data: bytes) -> None:
        super().__init__(lambda _: 0, 0)
        self._buffer = cast(bytearray, data)  # only `_refill` writes to it
        self._end = len(data)

    def _refill(self, count: int) -> None:
        raise EOFError(f"a block ended {count} or more bytes before its columns did")


def varint(value: int) -> bytes:
    """Encode an unsigned integer as LEB128."""
    out = bytearray()
    while value > 0x7F:
        out.append(0x80 | value & 0x7F)
        value >>= 7
    out.append(value)
    return bytes(out)


def text(value: str | bytes) -> bytes:
    """Encode text or bytes with their length before them."""
    raw = value.encode() if isinstance(value, str) else value
    return varint(len(raw)) + raw
