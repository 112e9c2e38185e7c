"""Find the names of a table that a text may misspell: a letter wrong, lost, added or exchanged.

A short name has too many neighbours: no letter of four may be wrong, and two only of nine.
"""

from collections.abc import Mapping

_ONE_WRONG, _TWO_WRONG = 5, 9
"""Letters of the longer of two spellings from which one, or two, may differ."""


def misspelt_names(text: str, name_of: Mapping[str, str]) -> frozenset[str]:
    """Give the names whose spellings a text nearly is. `name_of`: a name by its spelling."""
    return frozenset(name for spelling, name in name_of.items() if is_near(text, spelling))


def is_near(text: str, spelling: str) -> bool:
    """Say whether two different spellings are so near that one may be the other, misspelt."""
    longest = max(len(text), len(spelling))
    most = 0 if longest < _ONE_WRONG else 1 if longest < _TWO_WRONG else 2
    if abs(len(text) - len(spelling)) > most:
        return False
    if most == 2 and len(set(text) ^ set(spelling)) > 2 * most:
        return False
    return 0 < _distance(text, spelling) <= most


def _distance(a: str, b: str) -> int:
    """Count the letters to change, drop, add or exchange with the next one (Damerau, 1964)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for n, letter in enumerate(a, 1):
        before, last, row = row, before, [n]
        for m, other in enumerate(b, 1):
            cost = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != other))
            if n > 1 and m > 1 and letter == b[m - 2] and a[n - 2] == other:
                cost = min(cost, last[m - 2] + 1)
            row.append(cost)
    return row[-1]
