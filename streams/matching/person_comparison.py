"""Compare two records field by field: each gives a level, or None where one says nothing."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from streams.matching.names import meanings_of
from streams.matching.record import BirthDate, PersonDocument, PersonRecord
from streams.matching.sound import CACHED, sound_of

SAME, SOUND, NEAR, INITIAL, NONE = range(5)
_NEAR_JARO = 0.93


class Agreement(NamedTuple):
    """Hold the level of a comparison of names, and the sounds on which the records agree."""

    level: str
    sounds: tuple[str, ...] = ()


@lru_cache(maxsize=CACHED)
def kind_of(word: str, other: str, given: bool) -> int:
    """Say how alike two words are. `given`: nicknames and initials count."""
    if word == other:
        return SAME
    if len(word) == 1 or len(other) == 1:
        return INITIAL if given and word[0] == other[0] else NONE
    sound, other_sound = sound_of(word), sound_of(other)
    if sound == other_sound:
        return SOUND
    if given and meanings_of(sound) & meanings_of(other_sound):
        return SOUND
    shorter = min(len(word), len(other))
    if shorter >= 4:
        if OSA.distance(word, other, score_cutoff=1) <= 1:
            return NEAR
        if shorter >= 5 and (
            OSA.distance(sound, other_sound, score_cutoff=1) <= 1
            or JaroWinkler.similarity(word, other) >= _NEAR_JARO
            or word.startswith(other)
            or other.startswith(word)
        ):
            return NEAR
    return NONE


@lru_cache(maxsize=CACHED)
def align(
    words: tuple[str, ...], others: tuple[str, ...], given: bool
) -> tuple[tuple[int, ...], tuple[str, ...], bool]:
    """Pair the words of two names, the most alike first.

    Returns the kinds of the pairs from the most alike, the sounds of those that agree, and whether
    the pairs stand in another order. Symmetric: the order of equal candidates does not depend on
    which name comes first.
    """
    candidates = sorted(
        (kind, abs(i - j), min(word, other), max(word, other), min(i, j), i, j)
        for i, word in enumerate(words)
        for j, other in enumerate(others)
        if (kind := kind_of(word, other, given)) != NONE
    )
    kinds: list[int] = []
    sounds: list[str] = []
    used: set[int] = set()
    used_other: set[int] = set()
    crossed = False
    for kind, apart, low, high, _, i, j in candidates:
        if i in used or j in used_other:
            continue
        used.add(i)
        used_other.add(j)
        kinds.append(kind)
        crossed = crossed or apart > 0
        if kind in {SAME, SOUND}:
            sounds.append(min(sound_of(low), sound_of(high)))
    return tuple(kinds), tuple(sounds), crossed


_WORST = ("same", "sound", "near", "initial")


def compare_given(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement | None:
    """Compare given names: same, sound, near, initial; part where one record has fewer."""
    if not a or not b:
        return None
    kinds, sounds, _ = align(a, b, True)
    if not kinds:
        return Agreement("differ")
    worst = _WORST[max(kinds)]
    rest = min(len(a), len(b)) - len(kinds)
    if rest > 0:
        return Agreement("one_differs", sounds)
    if worst == "same":
        worst = "same" if len(a) == len(b) else "part"
    return Agreement(worst, sounds)


def compare_surnames(a: PersonRecord, b: PersonRecord) -> Agreement | None:
    """Compare own surnames in any order; a husband's counts where it agrees, never against."""
    own, other = a.surnames, b.surnames
    if not own or not other:
        return None
    kinds, sounds, crossed = align(own, other, False)
    rest = min(len(own), len(other)) - len(kinds)
    if rest > 0 and (a.married or b.married):
        rest = _without_married(a, b, len(kinds))
    if not kinds:
        return Agreement("differ")
    worst = _WORST[max(kinds)]
    if rest > 0:
        return Agreement("one_differs", sounds)
    if len(kinds) == 1:
        return Agreement(f"one_{worst}", sounds)
    return Agreement("both_crossed" if crossed and worst == "same" else f"both_{worst}", sounds)


def _without_married(a: PersonRecord, b: PersonRecord, paired: int) -> int:
    """Count own surnames that differ, where one is the other's by marriage or may be."""
    a_all, b_all = a.surnames + a.married, b.surnames + b.married
    kinds, _, _ = align(a_all, b_all, False)
    return 0 if len(kinds) > paired or a.married or b.married else 1


@lru_cache(maxsize=CACHED)
def compare_births(a: BirthDate | None, b: BirthDate | None) -> str | None:
    """Compare birth dates: how much agrees, or how far apart they are."""
    if a is None or b is None:
        return None
    if not (a.day and b.day):
        return _compare_inexact(a, b)
    if a == b:
        return "filler" if a.month == a.day == 1 else "same"
    if a.year == b.year and a.month == b.day and a.day == b.month:
        return "swapped"
    if (a.month == a.day == 1 or b.month == b.day == 1) and a.year == b.year:
        return "year"
    if OSA.distance(_digits(a), _digits(b), score_cutoff=1) <= 1:
        return "digit"
    if a.year == b.year:
        return "part" if a.month == b.month or a.day == b.day else "other_day"
    if (a.month, a.day) == (b.month, b.day) and a.day > 1:
        return "part"
    return _apart(a, b)


def _compare_inexact(a: BirthDate, b: BirthDate) -> str:
    if a.year != b.year:
        return _apart(a, b)
    if a.month and b.month and (a.month != b.month):
        return "year" if a.month == a.day == 1 or b.month == b.day == 1 else "other_day"
    return "month" if a.month and b.month else "year"


def _apart(a: BirthDate, b: BirthDate) -> str:
    years = abs(a.year - b.year)
    return "near" if years <= 2 else "far" if years <= 12 else "generation"


def _digits(birth: BirthDate) -> str:
    return f"{birth.year:04}{birth.month:02}{birth.day:02}"


def compare_documents(a: Sequence[PersonDocument], b: Sequence[PersonDocument]) -> str | None:
    """Compare documents: the best agreement of any two, else the strongest difference."""
    if not a or not b:
        return None
    levels = {level for own in a for other in b if (level := _compare_two(own, other))}
    return next((level for level in DOCUMENT_ORDER if level in levels), None)


DOCUMENT_ORDER = ("same", "likely", "digit", "differ", "other_number")


def _compare_two(a: PersonDocument, b: PersonDocument) -> str | None:
    if a.country != b.country or a.type != b.type:
        return None
    if a.number == b.number:
        return "same" if a.certain and b.certain else "likely"
    if _is_near(a, b):
        return "digit"
    if a.type == "national_id" and a.certain and b.certain:
        return "differ"
    return "other_number" if a.certain and b.certain else None


def _is_near(a: PersonDocument, b: PersonDocument) -> bool:
    """Say whether one number may be the other misread: no check digit says that both are right."""
    if (a.checked and b.checked) or min(len(a.number), len(b.number)) < 6:
        return False
    return OSA.distance(a.number, b.number, score_cutoff=1) <= 1


def cannot_be_same(a: PersonRecord, b: PersonRecord) -> bool:
    """Say whether two valid, different national numbers of one country exclude one person."""
    return bool(a.documents and b.documents) and compare_documents(a.documents, b.documents) == (
        "differ"
    )


def compare_sets(a: Sequence[str], b: Sequence[str]) -> str | None:
    """Compare lists of which one value in common is agreement."""
    if not a or not b:
        return None
    return "same" if any(value in b for value in a) else "differ"


@lru_cache(maxsize=CACHED)
def compare_places(a: str, b: str) -> str | None:
    """Compare birth places as written: same, one a part of the other, or different."""
    if not a or not b:
        return None
    if a == b:
        return "same"
    words, others = set(a.split()), set(b.split())
    if words & others or kind_of(a, b, False) != NONE:
        return "part"
    return "differ"
