"""Compare the names of two records: which words agree, and how well.

Words agree by spelling, by sound, as a short form, as an initial, or but for one slip of the pen.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from streams.matching.names import KNOWN_GIVEN, KNOWN_SURNAMES, meanings_of
from streams.matching.record import PersonRecord
from streams.matching.sound import CACHED, sound_of

SAME, SOUND, NEAR, INITIAL, NONE = range(5)
_WORST = ("same", "sound", "near", "initial")
_NEAR_JARO = 0.93
_DISAGREEING = frozenset({"differ", "one_differs", "one_differs_crossed"})
Parting = tuple[tuple[str, ...], tuple[str, ...]]
"""Words taken for given names, and those taken for surnames."""
_MOST_GIVEN = 2
"""Given names of a whole name whose words may be parted otherwise."""


class Compared(NamedTuple):
    """Hold the level of one comparison, and the sounds of the names on which the records agree."""

    name: str
    level: str
    sounds: tuple[str, ...] = ()


class Alignment(NamedTuple):
    """Hold which words of two names agree: how, from the most alike, by which sounds, and crossed.

    `sounds`: of words that agree by spelling or sound. `crossed`: some stand at another place.
    """

    kinds: tuple[int, ...]
    sounds: tuple[str, ...]
    crossed: bool


_NOT_ALIKE = Alignment((), (), False)
_Candidate = tuple[int, int, str, str, int, int, int]
"""Two words that may be paired: how alike, how far apart, both words, and their places."""


@lru_cache(maxsize=CACHED)
def kind_of(word: str, other: str, given: bool) -> int:
    """Say how alike two words are. `given`: short forms and initials count."""
    if word == other:
        return SAME
    if len(word) == 1 or len(other) == 1:
        return INITIAL if given and word[0] == other[0] else NONE
    sound, other_sound = sound_of(word), sound_of(other)
    if sound == other_sound or (given and meanings_of(sound) & meanings_of(other_sound)):
        return SOUND
    known = KNOWN_GIVEN if given else KNOWN_SURNAMES
    if sound in known and other_sound in known:  # Héctor and Víctor: two names, no slip of the pen
        return NONE
    return NEAR if _is_near(word, other, sound, other_sound) else NONE


def _is_near(word: str, other: str, sound: str, other_sound: str) -> bool:
    shorter = min(len(word), len(other))
    if shorter < 4:
        return False
    if OSA.distance(word, other, score_cutoff=1) <= 1:
        return True
    return shorter >= 5 and (
        OSA.distance(sound, other_sound, score_cutoff=1) <= 1
        or JaroWinkler.similarity(word, other) >= _NEAR_JARO
        or word.startswith(other)
        or other.startswith(word)
    )


def align(words: tuple[str, ...], others: tuple[str, ...], given: bool) -> Alignment:
    """Pair the words of two names, the most alike first.

    Symmetric: the order of equal candidates does not depend on which name comes first.
    """
    candidates = [
        (kind, abs(i - j), min(word, other), max(word, other), min(i, j), i, j)
        for i, word in enumerate(words)
        for j, other in enumerate(others)
        if (kind := kind_of(word, other, given)) != NONE
    ]
    if not candidates:
        return _NOT_ALIKE
    if len(candidates) > 1:
        candidates = _choose(candidates)
    return Alignment(
        tuple([candidate[0] for candidate in candidates]),
        tuple(
            [
                min(sound_of(low), sound_of(high))
                for kind, _, low, high, *_ in candidates
                if kind in {SAME, SOUND}
            ]
        ),
        any(candidate[1] for candidate in candidates),
    )


def _choose(candidates: list[_Candidate]) -> list[_Candidate]:
    """Choose candidates so that each word of both names is paired at most once."""
    chosen: list[_Candidate] = []
    used, used_other = set[int](), set[int]()
    for candidate in sorted(candidates):
        i, j = candidate[5:]
        if i not in used and j not in used_other:
            used.add(i)
            used_other.add(j)
            chosen.append(candidate)
    return chosen


def compare_names(a: PersonRecord, b: PersonRecord) -> list[Compared]:
    """Compare given names and surnames; a whole name is parted as fits the other record best."""
    given, surnames = compare_given(a.given, b.given), compare_surnames(a, b)
    if _agrees(given) and _agrees(surnames):
        return [compared for compared in (given, surnames) if compared is not None]
    if (a.guessed or b.guessed) and align(_words(a), _words(b), True).kinds:
        return _best_parting(a, b)
    if not (_agrees(given) or _agrees(surnames)):
        crossed = align(a.given, b.surnames, False), align(a.surnames, b.given, False)
        if crossed[0].kinds and crossed[1].kinds:
            return [
                Compared(
                    "surnames", "exchanged", tuple(sorted(crossed[0].sounds + crossed[1].sounds))
                )
            ]
    return [compared for compared in (given, surnames) if compared is not None]


@lru_cache(maxsize=CACHED)
def compare_given(a: tuple[str, ...], b: tuple[str, ...]) -> Compared | None:
    """Compare given names: same, sound, near, initial; part where one record has fewer.

    `part_later`: the only name of one record is a later one of the other.
    """
    if not a or not b:
        return None
    kinds, sounds, crossed = align(a, b, True)
    if not kinds:
        return Compared("given_names", "differ")
    if min(len(a), len(b)) > len(kinds):
        return Compared("given_names", "one_differs", sounds)
    worst = _WORST[max(kinds)]
    if worst == "same" and len(a) != len(b):
        worst = "part_later" if crossed and len(kinds) == 1 else "part"
    return Compared("given_names", f"two_{worst}" if len(kinds) > 1 else worst, sounds)


def compare_surnames(a: PersonRecord, b: PersonRecord) -> Compared | None:
    """Compare own surnames in any order; a husband's counts where it agrees, never against."""
    return _compare_surnames(a.surnames, a.married, b.surnames, b.married)


@lru_cache(maxsize=CACHED)
def _compare_surnames(
    own: tuple[str, ...],
    husband: tuple[str, ...],
    other: tuple[str, ...],
    other_husband: tuple[str, ...],
) -> Compared | None:
    if not own or not other:
        return None
    kinds, sounds, crossed = align(own, other, False)
    rest = min(len(own), len(other)) - len(kinds)
    if rest and (husband or other_husband):
        more = align(own + husband, other + other_husband, False)
        if not kinds:
            level = "married" if more.kinds else "differ"
            return Compared("surnames", level, more.sounds)
        rest -= len(more.kinds) - len(kinds)
    if not kinds:
        return Compared("surnames", "differ")
    if rest > 0:
        return Compared("surnames", "one_differs_crossed" if crossed else "one_differs", sounds)
    worst = _WORST[max(kinds)]
    if len(kinds) == 1:
        level = "one_crossed" if crossed else f"one_{worst}"
        return Compared("surnames", level, sounds)
    return Compared("surnames", "both_crossed" if crossed else f"both_{worst}", sounds)


def _agrees(compared: Compared | None) -> bool:
    return compared is None or compared.level not in _DISAGREEING


def _best_parting(a: PersonRecord, b: PersonRecord) -> list[Compared]:
    """Compare every way of parting the words, and return that with the most agreement."""
    partings = [
        (
            compare_given(own_given, other_given),
            _compare_surnames(own, a.married, other, b.married),
        )
        for own_given, own in _partings(a)
        for other_given, other in _partings(b)
    ]
    best = max(partings, key=_agreement)  # of equal ones the same, whichever record comes first
    return [compared for compared in best if compared is not None]


def _words(record: PersonRecord) -> tuple[str, ...]:
    return record.given + record.surnames


def _partings(record: PersonRecord) -> Sequence[Parting]:
    own = record.given, record.surnames
    return _turn_and_part(*own) if record.guessed else [own]


@lru_cache(maxsize=CACHED)
def _turn_and_part(given: tuple[str, ...], surnames: tuple[str, ...]) -> Sequence[Parting]:
    """List each way of parting the words of a whole name once."""
    partings = [
        parting
        for order in (given + surnames, surnames + given)
        for share in range(1, min(_MOST_GIVEN, len(order)) + 1)
        for parting in ((order[:share], order[share:]), (order[-share:], order[:-share]))
    ]
    return list(dict.fromkeys(partings)) or [(given, surnames)]


def _agreement(
    parting: tuple[Compared | None, Compared | None],
) -> tuple[int, int, tuple[str, str], tuple[tuple[str, ...], ...]]:
    compared = [Compared("", "") if part is None else part for part in parting]
    agreeing = sum(_agrees(part) and part is not None for part in parting)
    given, surnames = compared
    sounds = given.sounds, surnames.sounds
    return agreeing, sum(map(len, sounds)), (given.level, surnames.level), sounds
