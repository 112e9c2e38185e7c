"""Say under which keys the store finds the persons of an event. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from schemas.ids import thing_key
from streams.matching import PersonRecord, blocking_keys
from streams.matching.sound import sound_of

_KIND = "person search"
"""No kind of thing: these keys join nothing, and lead to candidates alone."""


def person_keys(records: Iterable[PersonRecord], secret: bytes) -> Sequence[int]:
    """Return the keys of these persons, each once, as 64 bits of an HMAC under `secret`.

    Different keys may fall together once in a while: then an event is looked at in vain.
    """
    keys = {key for record in records for key in (*blocking_keys(record), *_keys_of_parts(record))}
    return [int.from_bytes(thing_key(secret, _KIND, "", key)[:8], "big") for key in sorted(keys)]


def _keys_of_parts(record: PersonRecord) -> Iterator[str]:
    """Yield keys for questions with parts missing: surnames alone, a name and the year of birth."""
    surnames = sorted(sound_of(word) for word in record.surnames[:2])
    if len(surnames) == 2:
        yield f"s|{surnames[0]}|{surnames[1]}"
    if record.birth is not None:
        for word in (*record.surnames[:2], *record.given[:2]):
            yield f"y|{record.birth.year}|{sound_of(word)}"
