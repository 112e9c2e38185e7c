"""Find the code that free text means, by the aliases of a code list.

The longest alias at each place counts, so that "pasta base de cocaína" is not cocaine of an unknown
kind. Of a code and a more general one the special code counts; of two codes of one kind, their
kind. What else names several things, or nothing of the list, has no code: nobody guesses.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from schemas.codes import CodeList, code_lists
from schemas.measures.spelling import sound_words

CACHED = 16_384
"""Texts of a list that are remembered; a year of an institution has a few hundred."""
LONGEST_CACHED = 120
WHOLE = "="
"""Begins an alias that counts only where nothing else is written but idle words."""
Words = tuple[str, ...]


class CodeFinder:
    """Finds the codes of one list in texts."""

    def __init__(self, code_list: CodeList) -> None:
        """Read the aliases. Raises ValueError where a spelling is of two codes."""
        self._kind_of = code_list.kind_of
        self._inside: dict[Words, str] = {}
        self._whole: dict[Words, str] = {}
        self._idle = {word for text in code_list.idle for word in sound_words(text)}
        self._denials = {tuple(sound_words(text)) for text in code_list.denials}
        for code, words in code_list.codes.items():
            for text in (*words.values(), *code_list.aliases.get(code, ())):
                self._add(code_list.name, code, text)
        self._with_idle = {
            spelling: code
            for spelling, code in self._whole.items()
            if len(spelling) > 1 and any(map(self._is_idle, spelling))
        }
        """Whole aliases such as "k 2": their own words are not dropped as idle ones."""
        self._longest = max(map(len, self._inside), default=0)
        self._remembered = lru_cache(CACHED)(self._find)

    def find(self, text: str) -> str:
        """Return the code that a text means; empty where it means none of the list, or several."""
        return self._remembered(text) if len(text) <= LONGEST_CACHED else self._find(text)

    def _add(self, name: str, code: str, text: str) -> None:
        spelling = tuple(sound_words(text))
        spellings = self._whole if text.startswith(WHOLE) else self._inside
        if not spelling or spellings.setdefault(spelling, code) != code:
            raise ValueError(f"{name}: {text!r} is of {spellings.get(spelling)} and of {code}")

    def _find(self, text: str) -> str:
        words = sound_words(text)
        if self._is_denied(words):
            return ""
        return self._whole_code(words) or self._common(self._codes_in(words))

    def _whole_code(self, words: Sequence[str]) -> str:
        """Return the code of the alias that has only idle words around it; empty without one."""
        rest = tuple(word for word in words if not self._is_idle(word))
        if (code := self._whole.get(rest)) is not None:
            return code
        for spelling, code in self._with_idle.items():
            for start in range(len(words) - len(spelling) + 1):
                end = start + len(spelling)
                around = (*words[:start], *words[end:])
                if tuple(words[start:end]) == spelling and all(map(self._is_idle, around)):
                    return code
        return ""

    def _is_idle(self, word: str) -> bool:
        return word in self._idle or word.isdigit()

    def _is_denied(self, words: Sequence[str]) -> bool:
        return any(
            tuple(words[start : start + len(denial)]) == denial
            for denial in self._denials
            for start in range(len(words))
        )

    def _codes_in(self, words: Sequence[str]) -> list[str]:
        codes, start = [], 0
        while start < len(words):
            for end in range(min(len(words), start + self._longest), start, -1):
                if (code := self._inside.get(tuple(words[start:end]))) is not None:
                    codes.append(code)
                    start = end
                    break
            else:
                start += 1
        return codes

    def _common(self, codes: Sequence[str]) -> str:
        """Return the one code that is meant by all of them; empty where there is none."""
        general = {kind for code in codes for kind in self._kinds(code)}
        special = [code for code in dict.fromkeys(codes) if code not in general]
        if not special:
            return ""
        if len(special) == 1:
            return special[0]
        kinds = [self._kinds(code) for code in special]
        return next((kind for kind in kinds[0] if all(kind in others for others in kinds)), "")

    def _kinds(self, code: str) -> list[str]:
        """List what a code is a kind of, the nearest first."""
        kinds: list[str] = []
        while (kind := self._kind_of.get(code)) is not None:
            kinds.append(kind)
            code = kind
        return kinds


@cache
def finders() -> Mapping[str, CodeFinder]:
    """Return the finder of every list that has aliases, by the list's name."""
    return {
        name: CodeFinder(code_list) for name, code_list in code_lists().items() if code_list.aliases
    }
