"""Say whether the words next to a document's number name another country, or another document.

10111222 (Venezuela) in a column of Colombian cédulas is no Colombian cédula. The words are in
belonging.json.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas.normalise.makes_and_calibres import CACHED
from schemas.normalise.reading import Why

_TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "belonging.json").read_text(encoding="utf-8")
)
_INITIALS = re.compile(r"(?<=\b[A-Z])[. ]+(?=[A-Z]\b)")


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


_COUNTRIES: Mapping[frozenset[str], re.Pattern[str]] = {
    frozenset(row["countries"]): _pattern(row["words"]) for row in _TABLE["countries"]
}
_TYPES: Mapping[str, re.Pattern[str]] = {
    type_: _pattern(words) for type_, words in _TABLE["types"].items()
}
_OTHER_NUMBER = _pattern(_TABLE["other_number"]["words"])
_SAME_NUMBER = frozenset(_TABLE["other_number"]["same_in"])


@lru_cache(maxsize=CACHED)
def find_other_owner(words: str, country: str, type_: str) -> Why | None:
    """Say what the words next to a number contradict; None where they contradict nothing.

    `words`: upper case ASCII. `country`, `type_`: of the column.
    """
    text = _INITIALS.sub("", words)
    named = [countries for countries, pattern in _COUNTRIES.items() if pattern.search(text)]
    if named and not all(country in countries for countries in named):
        return Why.OTHER_COUNTRY
    types = [name for name, pattern in _TYPES.items() if pattern.search(text)]
    if types and type_ not in types:
        return Why.OTHER_KIND
    if country not in _SAME_NUMBER and _OTHER_NUMBER.search(text):
        return Why.OTHER_KIND
    return None
