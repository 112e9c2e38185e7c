"""Encode what a fold keeps in its state: typed structs as MessagePack.

A struct is written as an array of its fields, so its layout is the order and types of the fields.
State never leaves its machine. A state of another LAYOUT is recognised by its header and rebuilt
from the log (`streams.worker.state_store`), so there is no second layout to read.
"""

from typing import Generic, TypeVar

import msgspec

LAYOUT = "8-msgpack"
"""Names the layouts of all state rows together; change it with any of them.

`tests/unit/streams/folding/test_packing.py` fails until that is done.
"""

T = TypeVar("T")


class Packing(Generic[T]):
    """Encode and decode values of one type."""

    def __init__(self, type_: type[T]) -> None:
        """Prepare an encoder and a decoder that checks the type."""
        self.type = type_
        self.pack = msgspec.msgpack.Encoder().encode
        self._decoder = msgspec.msgpack.Decoder(type_)

    def unpack(self, data: bytes) -> T:
        """Decode what `pack` encoded. Raises msgspec.DecodeError for anything else."""
        return self._decoder.decode(data)
