"""Remove the words that stand before and behind a number: "Cedula No.", "de Cali", "IMEI1:".

The words of each kind are in labels.json.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = json.loads((Path(__file__).parent / "labels.json").read_text(encoding="utf-8"))
COMMON_WORDS = frozenset(
    word.replace(".", "") for phrase in _TABLE["common"] for word in phrase.split()
)
"""The words of labels that any kind of number has: No., Nro. de."""
_ROUNDS = 4
"""How often words before and behind are removed in turns; more rounds than people write."""
_SPACED = r"\.?[\s:=)\]]*(?:[-#]\s*)?"
"""What may stand between a label and its value. Further points may be unread positions."""
_SPACED_OR_POINTS = r"[\s.:=)\]]*(?:[-#]\s*)?"


class Stripped(NamedTuple):
    """Hold a value without its labels. `removed`: there were some, which `words` gives."""

    text: str
    removed: bool
    words: str = ""


class Labels:
    """The labels of one kind of identifier, compiled."""

    def __init__(
        self,
        before: Iterable[str],
        behind: Iterable[str] = (),
        behind_patterns: Sequence[str] = (),
        glued: bool = True,
    ) -> None:
        """Compile phrases. `glued`: digits may follow a label without a space or a point."""
        joint = _SPACED_OR_POINTS if glued else rf"(?=[\s.:=)\]#-]){_SPACED}"
        label = rf"(?:{_alternatives(before)})(?![A-Z]){joint}[\s(\[]*"
        self._before = re.compile(rf"[\s(\[]*(?>(?:{label})+)")
        self.between = re.compile(rf"(?<=[0-9])[\s,;.:/-]+(?=[(\[]?(?>(?:{label})+)[A-Z]*[0-9])")
        """Where a further label begins behind a number, as in "IMEI1: … IMEI2: …"."""
        parts = [_alternatives(behind), *behind_patterns] if behind else [*behind_patterns]
        ends = "|".join(f"(?:{part})" for part in parts) or "(?!)"
        self._behind = re.compile(rf"(?:[\s,;.(\[:-]+|(?<=[0-9)]))(?:{ends})[\s.)\]]*$")

    def strip(self, text: str) -> Stripped:
        """Remove what is known to stand before and behind. `text`: upper case ASCII."""
        left = text
        for _round in range(_ROUNDS):
            shorter = self._strip_once(left)
            if shorter == left:
                break
            left = shorter
        if not left or left == text:
            return Stripped(left, left != text)
        before, _left, behind = text.partition(left)
        return Stripped(left, True, f"{before} {behind}".strip())

    def _strip_once(self, text: str) -> str:
        left = text.strip(" \t:;,")
        if left and (left[0].isalpha() or left[0] in "([#$"):
            match = self._before.match(left)
            if match is not None and match.end() < len(left):
                left = left[match.end() :]
            elif left[0] == "#":
                left = left[1:]
        match = None if left.isdigit() else self._behind.search(left)
        if match is not None and any(letter.isdigit() for letter in left[: match.start()]):
            left = left[: match.start()]
        return left.strip()


@cache
def labels_of(kind: str, places: bool = True) -> Labels:
    """Return the labels of a kind: a key of labels.json, under `kinds`.

    `places`: remove patterns behind, such as the place of issue, where they are no part of it.
    """
    row = _TABLE["kinds"][kind]
    patterns = row["behind_patterns"] if places else []
    return Labels([*_TABLE["common"], *row["before"]], row["behind"], patterns, row["glued"])


def _alternatives(phrases: Iterable[str]) -> str:
    """Write phrases as one pattern, the longest first."""
    unique = sorted(set(phrases), key=lambda phrase: (-len(phrase.replace(".", "")), phrase))
    return "|".join(_phrase_pattern(phrase) for phrase in unique)


def _phrase_pattern(phrase: str) -> str:
    """Write a phrase as a pattern: a point may follow each word and each letter of C.C.

    The digit of "IMEI 1" is none of a number, unless a whole number follows it.
    """
    words = []
    for word in phrase.split():
        letters = word.replace(".", "")
        if word.count(".") > 1:
            words.append("[. ]*".join(letters))
        else:
            words.append(re.escape(letters))
    end = r"(?![0-9]{1,14}(?![0-9]))" if phrase[-1].isdigit() else ""
    return r"[\s.]*".join(words) + end
