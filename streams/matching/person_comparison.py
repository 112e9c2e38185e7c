"""Compare two records field by field: each gives a level, or none where one says nothing."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from streams.matching.name_comparison import NONE, Compared, compare_names, kind_of
from streams.matching.record import BirthDate, PersonDocument, PersonRecord
from streams.matching.sound import CACHED

DOCUMENT_ORDER = ("same", "likely", "digit", "differ", "other_number")
"""Levels of documents; the first of them that two documents reach counts."""
LEVELS: Mapping[str, Sequence[str]] = {
    "given_names": (
        *("two_same", "two_part", "two_sound", "two_near", "two_initial"),
        *("same", "part", "part_later", "sound", "near", "initial", "one_differs", "differ"),
    ),
    "surnames": (
        *("both_same", "both_sound", "both_near", "both_crossed", "exchanged"),
        *("one_same", "one_sound", "one_near", "one_crossed", "married"),
        *("one_differs", "one_differs_crossed", "differ"),
    ),
    "birth": (
        *("same", "filler", "swapped", "digit", "part", "month", "year"),
        *("other_day", "near", "far", "generation"),
    ),
    "document": DOCUMENT_ORDER,
    "sex": ("same", "differ"),
    "nationality": ("same", "differ"),
    "birth_place": ("same", "part", "differ"),
    "phone": ("same", "differ"),
    "alias": ("same",),
}
"""Every level that a comparison can give. A model has a weight for each."""


def compare_persons(a: PersonRecord, b: PersonRecord) -> list[Compared]:
    """Compare all that both records say. Symmetric, and independent of any model."""
    return compare_names(a, b) + compare_facts(a, b)


def compare_facts(a: PersonRecord, b: PersonRecord) -> list[Compared]:
    """Compare what is not a name."""
    compared: list[Compared] = []
    if a.birth is not None and b.birth is not None:
        compared.append(Compared("birth", compare_births(a.birth, b.birth)))
    if a.documents and b.documents and (level := compare_documents(a.documents, b.documents)):
        compared.append(Compared("document", level))
    if a.sex and b.sex:
        compared.append(Compared("sex", "same" if a.sex == b.sex else "differ"))
    if a.nationalities and b.nationalities:
        compared.append(Compared("nationality", _share(a.nationalities, b.nationalities)))
    if a.birth_place and b.birth_place:
        compared.append(Compared("birth_place", compare_places(a.birth_place, b.birth_place)))
    if a.phones and b.phones:
        compared.append(Compared("phone", _share(a.phones, b.phones)))
    if a.aliases and b.aliases and _share(a.aliases, b.aliases) == "same":
        compared.append(Compared("alias", "same"))
    return compared


def _share(a: Sequence[str], b: Sequence[str]) -> str:
    return "same" if any(value in b for value in a) else "differ"


@lru_cache(maxsize=CACHED)
def compare_births(a: BirthDate, b: BirthDate) -> str:
    """Compare birth dates: how much agrees, or how far apart they are."""
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
    levels = {level for own in a for other in b if (level := _compare_two(own, other))}
    return next((level for level in DOCUMENT_ORDER if level in levels), None)


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


@lru_cache(maxsize=CACHED)
def compare_places(a: str, b: str) -> str:
    """Compare birth places as written: same, one a part of the other, or different."""
    if a == b:
        return "same"
    words, others = set(a.split()), set(b.split())
    if words & others or kind_of(a, b, False) != NONE:
        return "part"
    return "differ"
