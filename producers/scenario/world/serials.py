"""Serial numbers by the makers' patterns, unlike each other by construction.

A pattern is an error-detecting code: two check symbols of the number (mod a prime) keep any two of
its serials at least three positions apart. So neither a typing error nor one or two illegible
positions can turn one weapon into another, however many are issued, and nothing need be remembered.
"""

from math import gcd, prod
from random import Random

LETTERS = "ACDEFHJKLMNPRTUVWXY"  # without those that a reader takes for digits (O I S B Z G) and Q
FEW_LETTERS = "ACDFHJKLMNT"
DIGITS = "0123456789"
_FORM_WORDS = ("XXX", "NUM", "CAL", "REF", "PMC")
"""What forms print before a number or in its place, and a maker's name: no serial begins so."""
_LOOKS_LIKE = str.maketrans("OISBZG", "015826")


def canonical(text: str) -> str:
    """What a careful clerk would take for the same number.

    Written from vocabulary.md, apart from the matcher, to guard against accidents.

    Capitals without punctuation, look-alikes as digits, and nothing of the letters between the
    first and the last digit.
    """
    marks = "".join(c for c in text.upper() if c.isalnum() or c == "?").translate(_LOOKS_LIKE)
    places = [i for i, c in enumerate(marks) if c.isdigit()]
    if not places:
        return marks
    first, last = places[0], places[-1] + 1
    return marks[:first] + "".join(c for c in marks[first:last] if not c.isalpha()) + marks[last:]


class Pattern:
    """The serials of one pattern, each once, in no visible order.

    `#` is a digit, `@` a letter, `~` a letter between digits; any other sign stands for itself.

    `variable`: the positions that carry the number; `alphabet(i)`: what may stand there.
    """

    def __init__(self, text: str, seed: str) -> None:
        self.text = text
        self.variable = tuple(i for i, c in enumerate(text) if c in "#@")
        letters = [i for i in self.variable if text[i] == "@"]
        self._prime, self._letters = (23, LETTERS) if len(letters) >= 2 else (11, FEW_LETTERS)
        checks = (
            letters[:2] if len(letters) >= 2 else [i for i in self.variable if text[i] == "#"][-2:]
        )
        self._weight = {place: number for number, place in enumerate(self.variable, 1)}
        self._checks = (checks[0], checks[1])
        self._free = tuple(i for i in self.variable if i not in checks)
        self._sizes = tuple(len(self.alphabet(i)) for i in self._free)
        self._period = prod(self._sizes)
        rng = Random(f"{seed}/serials/{text}")
        self._start, self._step = rng.randrange(self._period), _coprime(self._period, rng)
        self._count = 0

    def alphabet(self, place: int) -> str:
        """The characters of a variable position."""
        return DIGITS if self.text[place] == "#" else self._letters

    def issue(self, rng: Random) -> str | None:
        """The next serial; None when all are out. `rng` chooses only the letters that say nothing."""
        while self._count < self._period:
            number = (self._start + self._count * self._step) % self._period
            self._count += 1
            symbols = self._word(number)
            if symbols is not None:
                serial = "".join(
                    symbols.get(i) or (rng.choice(LETTERS) if c == "~" else c)
                    for i, c in enumerate(self.text)
                )
                if not serial.startswith(_FORM_WORDS):
                    return serial
        return None

    def _word(self, number: int) -> dict[int, str] | None:
        """The code word of a number, or None if a check symbol falls outside its alphabet."""
        values: dict[int, int] = {}
        for place, size in zip(self._free, self._sizes, strict=True):
            number, values[place] = divmod(number, size)
        prime, (item, other) = self._prime, self._checks
        plain = -sum(values.values()) % prime
        weighted = -sum(self._weight[place] * value for place, value in values.items()) % prime
        a, b = self._weight[item], self._weight[other]
        values[other] = (weighted - a * plain) * pow(b - a, -1, prime) % prime
        values[item] = (plain - values[other]) % prime
        if values[item] >= len(self.alphabet(item)) or values[other] >= len(self.alphabet(other)):
            return None
        return {place: self.alphabet(place)[value] for place, value in values.items()}


def _coprime(period: int, rng: Random) -> int:
    step = rng.randrange(period // 3, period) | 1
    while gcd(step, period) != 1:
        step += 2
    return step
