"""Hash and check passwords with argon2id.

The costs are argon2-cffi's defaults, RFC 9106's second recommendation (64 MiB, 3 passes). A check
takes some 50 ms and 64 MiB, so at most PARALLEL run at a time.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consumers.identity.account import AccountError
from infra.errors import QuipuError
from schemas.i18n import _

MIN_LENGTH = 12
MAX_LENGTH = 256
PARALLEL = 2
PATIENCE_S = 5.0
MIN_UNCOMMON = 6
"""Letters that must be left without the words of common_words.txt."""
MIN_STEPS = 7
"""Characters that are neither the one before nor its neighbour in the alphabet, as in `abcd`."""
_LOOK_ALIKES = tuple(str.maketrans("@$013457!", letters) for letters in ("asoleastl", "asoieasti"))
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_REPEATED = re.compile(r"^(.+?)\1+$")
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""No letter that is easily taken for another: a person types a one-time password by hand."""


class PasswordsBusyError(QuipuError):
    """Too many passwords are being checked at this moment."""

    code = "BUSY"


class Passwords:
    """Hashes and checks passwords; threads may share it."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Use the costs of argon2-cffi unless a hasher is given; nothing is hashed yet."""
        self._hasher = hasher or PasswordHasher()
        self._turns = BoundedSemaphore(PARALLEL)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """Return the argon2id hash of a password, its costs and salt within."""
        return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Say whether this is the password of a stored hash.

        It takes the same time where there is no hash. Raises PasswordsBusyError where too many are
        checked already.
        """
        if not self._turns.acquire(timeout=PATIENCE_S):
            raise PasswordsBusyError(
                _("Too many people sign in at this moment."), _("Try again in a few seconds.")
            )
        try:
            nobody = self._hash_of_nobody()
            self._hasher.verify(stored or nobody, password[: MAX_LENGTH + 1])
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turns.release()
        return stored is not None and len(password) <= MAX_LENGTH

    def _hash_of_nobody(self) -> str:
        """Return the hash that stands for accounts that do not exist, made once."""
        if self._nobody is None:
            self._nobody = self.hash(secrets.token_urlsafe(16))
        return self._nobody


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _common_parts() -> re.Pattern[str]:
    """Match what people build passwords of: the words of common_words.txt, digits, key rows."""
    words = sorted(_lines("common_words.txt"), key=len)
    return re.compile("|".join([*map(re.escape, reversed(words)), r"[\W\d_]+"]))


@cache
def _breached_passwords() -> frozenset[str]:
    """Read the letters of the passwords that leaked most often."""
    return frozenset(_lines("breached_passwords.txt"))


def _plain(text: str) -> str:
    """Write a text in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _forms(plain: str) -> list[str]:
    """Give a text as it is, and with the letters that its signs may stand for."""
    return [plain, *(plain.translate(letters) for letters in _LOOK_ALIKES)]


def _beyond_common_words(password: str) -> str:
    """Return what is left of a password without common words, digits and punctuation.

    A sign that looks like a letter may be a digit or that letter: the shorter rest counts.
    """
    plain = _plain(password)
    return min((_common_parts().sub("", form) for form in _forms(plain)), key=len)


def letters_of(password: str) -> set[str]:
    """Return the letters of a password, without what people put before and after a word.

    So `Liverpool-2024!` and `l1verpool` give `liverpool`: signs that look like letters are read
    as these and left out. The lines of breached_passwords.txt are written in this way.
    """
    inner = _plain(_ENDS.sub("", password))
    return {_NO_LETTERS.sub("", form) for form in _forms(inner)}


def _is_breached(password: str) -> bool:
    """Say whether a password is one that leaked, perhaps changed at its ends or repeated."""
    forms = letters_of(password)
    units = {_REPEATED.sub(r"\1", letters) for letters in forms}
    return not _breached_passwords().isdisjoint(forms | units)


def _steps(password: str) -> int:
    """Count the characters that do not simply go on from the one before."""
    codes = [ord(character) for character in password.lower()]
    return 1 + sum(abs(code - former) > 1 for former, code in pairwise(codes))


def one_time_password() -> str:
    """Return a random password of 80 bits that a person can type, such as k3fd-….

    It must be changed at the first sign-in.
    """
    letters = "".join(secrets.choice(_ALPHABET) for _number in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def check_password(password: str, name: str) -> None:
    """Refuse a password that is too short, too long, well known or the name itself.

    Raises AccountError.
    """
    unit = _REPEATED.sub(r"\1", password.lower())
    is_long_enough = len(unit) >= MIN_LENGTH and len(password) <= MAX_LENGTH
    if not is_long_enough or len(set(unit)) < 5 or _steps(unit) < MIN_STEPS:
        raise AccountError(
            _("The password is too short or too simple."),
            _(
                "Choose {least} characters or more, {most} at most. Several words are good.",
                least=MIN_LENGTH,
                most=MAX_LENGTH,
            ),
            "PASSWORD",
        )
    if len(_beyond_common_words(password)) < MIN_UNCOMMON:
        raise AccountError(
            _("The password consists of words that everybody tries first."),
            _("Choose several words that have nothing to do with your work or this system."),
            "PASSWORD",
        )
    if _is_breached(password) or _is_breached(unit):
        raise AccountError(
            _("The password is known from other systems: attackers try it first."),
            _("Choose several words that nobody else would choose together."),
            "PASSWORD",
        )
    if name.lower() in password.lower():
        raise AccountError(
            _("The password contains the name of the account."),
            _("Choose another password."),
            "PASSWORD",
        )
