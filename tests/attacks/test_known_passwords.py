"""Passwords that attackers try first (ASVS 6.2.4, 6.2.11, 6.2.12): none of them is taken."""

from __future__ import annotations

import pytest

from consumers.identity.account import AccountError
from consumers.identity.passwords import MIN_LENGTH, check_password, one_time_password

NAME = "ana.rojas"


def is_taken(password: str) -> bool:
    try:
        check_password(password, NAME)
    except AccountError:
        return False
    return True


LEAKED = ["finalfantasy", "justinbieber", "michaeljackson", "sonyericsson", "leavemealone"]
CHANGED = ["Liverpool-2024!", "L1verp00l12345", "2024Finalfantasy", "F1nalF@ntasy!!"]
REPEATED = ["liverpoolliverpool", "bmw325bmw325bmw325", "Zaq123Zaq123", "sofiasofiasofia"]
ROWS = ["abcdefghijklmnop", "zyxwvutsrqponm", "aabbccddeeffgg", "123456789-2024", "1q2w3e4r5t6y7u"]
CONTEXT = ["Quipu-Bogota-2026", "policia-ecuador-1", "Ana.Rojas-caballo-verde"]


@pytest.mark.parametrize("password", [*LEAKED, *CHANGED, *REPEATED, *ROWS, *CONTEXT])
def test_what_is_tried_first_is_refused(password: str) -> None:
    """Before, those of LEAKED and CHANGED, most of REPEATED, and some of ROWS were taken."""
    assert len(password) >= MIN_LENGTH, "the length alone must not refuse it"
    assert not is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "tres quesos verdes bailan",
        "x7$Kp2!mQ9z#L4wd",
        "mi tía vende paraguas",
        "liverpool canta boleros",
    ],
)
def test_a_good_password_is_taken(password: str) -> None:
    assert is_taken(password)


def test_every_leaked_password_of_enough_length_is_refused() -> None:
    """More than the 3,000 that ASVS asks for, as they are and with what people add to them."""
    words = [line for line in leaked_words() if len(line) >= 6]
    assert len(words) > 15_000
    for word in words[::7]:
        for password in (f"{word}-2024!!", f"123456{word.capitalize()}", f"{word}{word}"):
            assert len(password) < MIN_LENGTH or not is_taken(password), password


def leaked_words() -> list[str]:
    from consumers.identity import passwords

    return sorted(passwords._breached_passwords())


def test_a_one_time_password_is_random() -> None:
    assert len({one_time_password() for _number in range(100)}) == 100
