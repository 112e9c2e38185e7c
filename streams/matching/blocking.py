"""Say under which keys a record is looked for, so that records of one person share at least one.

The keys use what a name sounds like. Each tolerates some damage: one name misspelt or missing, the
order of names, day and month swapped.
"""

from collections.abc import Sequence
from functools import lru_cache

from streams.matching.names import meanings_of
from streams.matching.record import BirthDate, PersonRecord
from streams.matching.sound import CACHED, sound_of

MOST_KEYS = 16
_GIVEN, _SURNAMES = 2, 2
"""Words of each that make keys."""


def blocking_keys(record: PersonRecord) -> Sequence[str]:
    """List the blocking keys of a record, at most MOST_KEYS, each once.

    `n` two words of the name, `t` three, `b` birth and one word, `d` a document, `p` a telephone.
    A key holds personal content: hash it before it leaves the process.
    """
    given = [_given_sound(word) for word in record.given[:_GIVEN]]
    surnames = [sound_of(word) for word in record.surnames[:_SURNAMES]]
    keys = [f"d|{document.country}|{document.number}" for document in record.documents[:3]]
    keys += [f"p|{number}" for number in record.phones[:2]]
    if len(surnames) == 2:
        keys += ["t|" + "|".join(sorted((name, *surnames))) for name in given]
    if record.birth is not None and record.birth.day:
        day = _day(record.birth)
        keys += [f"b|{day}|{word}" for word in (*surnames, *given[:1])]
    keys += [_pair_key(name, surname) for name in given for surname in surnames]
    if not given or not surnames:
        keys += _keys_of_half(given or surnames)
    return list(dict.fromkeys(keys))[:MOST_KEYS]


def _pair_key(word: str, other: str) -> str:
    return f"n|{word}|{other}" if word <= other else f"n|{other}|{word}"


def _keys_of_half(words: Sequence[str]) -> list[str]:
    """Make the keys of a record that has only given names, or only surnames."""
    if len(words) == 1:
        return [f"n|{words[0]}"]
    return [_pair_key(words[0], words[1])] if words else []


@lru_cache(maxsize=CACHED)
def _given_sound(word: str) -> str:
    """Return one sound for a given name and its short forms, where they stand for one name."""
    sound = sound_of(word)
    others = meanings_of(sound) - {sound}
    return next(iter(others)) if len(others) == 1 else sound


def _day(birth: BirthDate) -> str:
    low, high = sorted((birth.month, birth.day))
    return f"{birth.year}.{low}.{high}"
