"""Numbers of things.

Each issued once, in no visible order, and far enough apart that no single wrong digit makes
another's number.

Documents, phones and accounts are multiples of 11 (a wrong digit never gives another multiple);
Ecuador's cédula and the IMEI have check digits of their own (python-stdnum's ec.ci and luhn are
what the tests hold them against; nothing of the matcher is used). Ranges of different countries do
not meet where their forms do, so that equal numbers and equal plates of two countries exist only
where a trap lays them: a Colombian cédula of eight digits begins with 52 or 79, no Peruvian DNI
does; no Ecuadorian cédula here is of provinces 10 and 11.
"""

from collections.abc import Sequence
from math import gcd
from random import Random

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class ExhaustedError(ValueError):
    """Numbers of this kind are all out."""


class Numbers:
    """The multiples of `step` between `low` and `high`, each once."""

    def __init__(self, low: int, high: int, seed: str, step: int = 11) -> None:
        self._low, self._step = -(-low // step) * step, step
        self._count = (high - self._low) // step + 1
        rng = Random(f"{seed}/numbers/{low}-{high}")
        self._at, self._jump = rng.randrange(self._count), _coprime(self._count, rng)
        self._issued = 0

    def issue(self) -> int:
        """The next one. Raises Exhausted."""
        if self._issued == self._count:
            raise ExhaustedError(
                f"all {self._count} numbers from {self._low} are out: ask for fewer records"
            )
        self._issued += 1
        self._at = (self._at + self._jump) % self._count
        return self._low + self._at * self._step


class Pools:
    """Several ranges, drawn from in turns that chance decides; what is out is left out."""

    def __init__(self, ranges: Sequence[tuple[int, int, float]], seed: str) -> None:
        self._pools = [(Numbers(low, high, seed), weight) for low, high, weight in ranges]

    def issue(self, rng: Random) -> int:
        """One number. Raises Exhausted when every range is out."""
        share = rng.random() * sum(weight for _, weight in self._pools)
        for pool, weight in self._pools:
            share -= weight
            if share < 0:
                try:
                    return pool.issue()
                except ExhaustedError:
                    if len(self._pools) == 1:
                        raise
                    self._pools = [pair for pair in self._pools if pair[0] is not pool]
                    return self.issue(rng)
        return self._pools[-1][0].issue()


def cedula(base: int) -> str:
    """Ecuador's: province, third digit below 6, six more, check digit (module 10.

    Python-stdnum ec.ci). `base`: the number of the card.
    """
    province, rest = divmod(base, 6_000_000)
    digits = f"{_PROVINCES[province]:02}{rest:07}"
    total = sum(_doubled(int(d)) if i % 2 == 0 else int(d) for i, d in enumerate(digits))
    return f"{digits}{-total % 10}"


_PROVINCES = tuple(p for p in range(1, 25) if p not in (10, 11))
CEDULAS = len(_PROVINCES) * 6_000_000


def luhn(digits: str) -> str:
    """With the check digit behind."""
    total = sum(_doubled(int(d)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def cci(bank: str, office: str, account: str) -> str:
    """Peru's código de cuenta interbancario.

    Bank and office (3 + 3), account (12), a check digit for each of the two.
    """
    return f"{bank}{office}{account}{_check(bank + office)}{_check(account)}"


def _check(digits: str) -> int:
    return -sum(_doubled(int(d)) if i % 2 else int(d) for i, d in enumerate(digits)) % 10


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2


def letters(number: int, count: int, alphabet: str = LETTERS) -> str:
    """Write `number` with letters in the place of digits."""
    text = ""
    for _ in range(count):
        number, place = divmod(number, len(alphabet))
        text = alphabet[place] + text
    return text


def _coprime(period: int, rng: Random) -> int:
    if period < 3:
        return 1
    jump = rng.randrange(period // 3, period) | 1
    while gcd(jump, period) != 1:
        jump += 1
    return jump
