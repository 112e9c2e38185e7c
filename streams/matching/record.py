"""Define what is known of a person for comparison with others, and its bytes.

Everything is normalised: `names` folds names, `schemas.normalise` reads numbers.
"""

from __future__ import annotations

import msgspec

FORMAT = b"\x01"
"""First byte of a packed record. A new field is optional; another shape takes another byte."""


class PersonDocument(msgspec.Struct, frozen=True, array_like=True):
    """Hold one document: issuing country, type and normalised number.

    `certain`: the number has the form of this document and of nothing else. `checked`: its check
    digit holds.
    """

    country: str
    type: str
    number: str
    certain: bool = True
    checked: bool = False


class BirthDate(msgspec.Struct, frozen=True, array_like=True):
    """Hold a birth date as far as it is known; `month` and `day` are 0 where they are not."""

    year: int
    month: int = 0
    day: int = 0


class PersonRecord(msgspec.Struct, frozen=True, array_like=True):
    """Hold what one record says of one person; empty where it says nothing.

    Names are words in capitals without accents and particles, in the order of writing.
    `married`: what follows "de" or "viuda de", which may be a husband's surname. `guessed`: the
    source writes the whole name, so that which word is a surname is a guess. `nationalities`: ISO
    3166-1 alpha-2. `phones`: E.164.
    """

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    married: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    guessed: bool = False
    birth: BirthDate | None = None
    sex: str = ""
    nationalities: tuple[str, ...] = ()
    birth_place: str = ""
    documents: tuple[PersonDocument, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing here distinguishes one person from another."""
        return not (self.given or self.surnames or self.documents or self.phones or self.aliases)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(PersonRecord)


def to_bytes(record: PersonRecord) -> bytes:
    """Pack a record: one byte for the format, then its fields in MessagePack."""
    return FORMAT + _ENCODER.encode(record)


def from_bytes(packed: bytes) -> PersonRecord:
    """Unpack what `to_bytes` packed. Raises ValueError for anything else."""
    if packed[:1] != FORMAT:
        raise ValueError(f"unknown format of a person record: {packed[:1].hex() or 'empty'}")
    return _DECODER.decode(memoryview(packed)[1:])
