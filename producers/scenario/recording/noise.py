"""How officers write a weapon down: documented noise, each with its name and rate.

Imports nothing of the matcher.

Rates are per record. WORDS says what the names mean, which the README of every scenario
repeats.
"""

import re
from collections.abc import Mapping
from datetime import date
from random import Random

from producers.scenario.world.chance import Weighted, pick
from producers.scenario.world.serials import LETTERS
from producers.scenario.world.weapons import Weapon

RATES: Mapping[str, float] = {
    "separators": 0.22,
    "lower-case": 0.08,
    "look-alike": 0.10,
    "middle-letter": 0.30,
    "make-alias": 0.22,
    "calibre-name": 0.55,
    "calibre-neighbour": 0.15,
    "partial": 0.035,
    "calibre-missing": 0.01,
    "typo": 0.002,
}
WORDS: Mapping[str, str] = {
    "separators": "spaces or hyphens in the serial",
    "lower-case": "serial in lower case",
    "look-alike": "a letter for a digit or the reverse: O/0 I/1 S/5 B/8 Z/2 G/6",
    "middle-letter": "a letter between digits left out or another one (only makes that have one)",
    "make-alias": "another name of the make",
    "calibre-name": "another way of writing the calibre",
    "calibre-neighbour": "the calibre's neighbour: 223 for 556, 762 for 308 or 7.62x39, 9x17 for 380 (only calibres that have one)",
    "partial": "one or two illegible positions, written ?: a possible match, not a certain one",
    "calibre-missing": "no calibre: a possible match, not a certain one",
    "typo": "one character typed wrongly: no rule can find it; truth.jsonl lists it as hidden",
    "illegible": "three illegible positions: no match",
    "placeholder": "words or zeros where a serial should be: no match",
    "obliterated": "serial filed off: no match",
    "corrected": "the first report said otherwise; the correction file has what is so",
    "document-marks": "dots, spaces or hyphens in a document's number",
    "document-typo": "one digit of a document typed wrongly: no rule can find it; truth.jsonl lists it as hidden",
    "country-missing": "the country of a document, plate or telephone is not written: a possible match, not a certain one",
    "name-spelling": "another spelling of a surname (Quispe, Qispi, Kispe; Huamán, Waman, Guamán); the document decides",
    "plate-marks": "a hyphen or space in the plate, or small letters",
    "undated": "nobody wrote when: where a rule asks for time, a possible match",
    "birth-nothing": "nobody wrote the date of birth",
    "birth-swapped": "day and month of a birth in the wrong order",
    "birth-digit": "a digit of the year of birth misread",
    "no-papers": "a person without any document: only the name and the birth can tell who it is",
    "other-papers": "a person with another document than in the other record",
}
DOCUMENT_RATES: Mapping[str, float] = {
    "document-marks": 0.25,
    "document-typo": 0.004,
    "country-missing": 0.03,
    "name-spelling": 0.12,
    "plate-marks": 0.3,
    "undated": 0.03,
}
BIRTH_RATES: Mapping[str, float] = {
    "birth-nothing": 0.12,
    "birth-swapped": 0.008,
    "birth-digit": 0.006,
}
"""Forms without the date, day and month in the wrong order, one digit of the year misread."""
_AS_LETTER = dict(zip("015826", "OISBZG", strict=True))
_AS_DIGIT = {letter: digit for digit, letter in _AS_LETTER.items()}
_L_MAY_BE_1 = re.compile("(?<=[0-9])L(?=[0-9])")
"""Where a small L reads as the digit 1, and a careful clerk writes a capital."""
_SHORT_WORDS = frozenset(
    [
        "N",
        "NR",
        "SN",
        "NS",
        "NT",
        "ND",
        "NA",
        "NI",
        "NV",
        "NP",
        "SD",
        "SP",
        "ID",
        "LA",
        "EL",
        "AL",
        "DE",
    ]
)
"""Abbreviations on forms (number, no data, not visible), and articles of Spanish."""
_MARKS = Weighted(["-", " ", " - "], [7, 5, 1])


def serial(weapon: Weapon, rng: Random, light: bool) -> tuple[str, list[str]]:
    """The serial as written, and the noise in it. `light`: only what changes no character."""
    text, noise = weapon.serial, []
    if not light:
        if rng.random() < RATES["typo"]:
            text = typo(weapon, rng)
            noise.append("typo")
        elif rng.random() < RATES["partial"]:
            text = partial(weapon, rng, 1 if rng.random() < 0.7 else 2)
            noise.append("partial")
        else:
            text = _misread(weapon, rng, noise)
    if rng.random() < RATES["separators"]:
        text = _separated(text, rng)
        noise.append("separators")
    if rng.random() < RATES["lower-case"] and text.lower() != text and not _L_MAY_BE_1.search(text):
        text = text.lower()
        noise.append("lower-case")
    return text, noise


def typo(weapon: Weapon, rng: Random) -> str:
    """One character of the number replaced by another of its kind.

    Never another weapon's: serials differ in three positions.
    """
    place = pick(rng, weapon.pattern.variable)
    others = [c for c in weapon.pattern.alphabet(place) if c != weapon.serial[place]]
    return weapon.serial[:place] + pick(rng, others) + weapon.serial[place + 1 :]


def partial(weapon: Weapon, rng: Random, count: int) -> str:
    """Make `count` positions of a serial illegible."""
    text = list(weapon.serial)
    for place in rng.sample(weapon.pattern.variable, count):
        text[place] = "?"
    return "".join(text)


def make(weapon: Weapon, rng: Random, noise: list[str]) -> str:
    """Write a make as an officer would."""
    names = weapon.make.names
    if len(names) == 1 or rng.random() >= RATES["make-alias"]:
        return names[0]
    noise.append("make-alias")
    return pick(rng, names[1:])


def calibre(weapon: Weapon, rng: Random, noise: list[str], light: bool) -> str:
    """The calibre as written; empty when missing. `light`: only by a name of its own."""
    names, near = weapon.calibre.names, weapon.calibre.near
    if not light and rng.random() < RATES["calibre-missing"]:
        noise.append("calibre-missing")
        return ""
    if near and not light and rng.random() < RATES["calibre-neighbour"]:
        noise.append("calibre-neighbour")
        return pick(rng, near)
    if len(names) == 1 or rng.random() >= RATES["calibre-name"]:
        return names[0]
    noise.append("calibre-name")
    return pick(rng, names[1:])


def wrong_digit(number: str, rng: Random) -> str:
    """One digit replaced by another: never another's number (numbers.py)."""
    place = pick(rng, [i for i, c in enumerate(number) if c.isdigit() and i])
    return (
        number[:place]
        + pick(rng, [c for c in "0123456789" if c != number[place]])
        + number[place + 1 :]
    )


def birth(day: int, rng: Random, noises: list[str], light: bool) -> int | None:
    """The ordinal of a birth as written; None where nobody wrote it. `light`: written rightly."""
    chance, born = rng.random(), date.fromordinal(day)
    for name, rate in BIRTH_RATES.items():
        chance -= rate
        if light or chance >= 0:
            continue
        noises.append(name)
        if name == "birth-nothing":
            return None
        if name == "birth-digit":
            return born.replace(
                year=1950 + (born.year + 3) % 10 * 4, day=min(born.day, 28)
            ).toordinal()
        if born.day <= 12:
            return born.replace(month=born.day, day=born.month).toordinal()
        break
    return day


def marked(number: str, country: str, kind: str, rng: Random) -> str:
    """A document's number as forms and clerks group it."""
    if kind != "national_id":
        return number.lower()
    if country == "EC":
        return f"{number[:9]}-{number[9]}"
    if country in ("BO", "CO"):
        return grouped(number, rng, pick(rng, (".", ",", " ")))
    return f"{number[:4]} {number[4:]}"


def grouped(number: str, rng: Random, mark: str = " ") -> str:
    """Digits in threes from behind."""
    parts = [number[max(0, end - 3) : end] for end in range(len(number), 0, -3)]
    return (mark if mark != " " else pick(rng, (" ", "-"))).join(reversed(parts))


def split_plate(text: str, rng: Random) -> str:
    """Letters and digits apart, or small letters."""
    place = next(i for i in range(1, len(text)) if text[i].isalpha() != text[i - 1].isalpha())
    return (
        f"{text[:place]}{pick(rng, ('-', ' '))}{text[place:]}"
        if rng.random() < 0.8
        else text.lower()
    )


def _misread(weapon: Weapon, rng: Random, noise: list[str]) -> str:
    text = list(weapon.serial)
    if rng.random() < RATES["look-alike"]:
        places = [
            i
            for i, c in enumerate(text)
            if c in _AS_DIGIT or (c in _AS_LETTER and i in weapon.pattern.variable)
        ]
        for place in rng.sample(places, min(len(places), 1 if rng.random() < 0.75 else 2)):
            if "".join(text[:place]) == "N":
                continue  # NO is the label of a number
            text[place] = _AS_LETTER.get(text[place]) or _AS_DIGIT[text[place]]
            noise.append("look-alike")
        del noise[1:]
    if "~" in weapon.pattern.text and rng.random() < RATES["middle-letter"]:
        place = weapon.pattern.text.index("~")
        text[place] = (
            "" if rng.random() < 0.5 else pick(rng, [c for c in LETTERS if c != text[place]])
        )
        noise.append("middle-letter")
    return "".join(text)


def _says_a_word(text: str, place: int) -> bool:
    """Whether a space would make a word to most readers.

    "N 837132" is number 837132, "NV E594" has no visible number, "ABC12345 38" has a calibre,
    "L17766 O6" a model, "1M94167 OK" is verified, "5 O47188" counts five.
    """
    before, behind = text[:place], text[place:]
    counts = len(before) == 1 and before.isdigit() and behind[0].isalpha()
    sizes = len(behind.lstrip("0")) < 4 and any(sign.isdigit() for sign in behind)
    return before in _SHORT_WORDS or behind in ("N", "OK") or counts or sizes


def _separated(text: str, rng: Random) -> str:
    borders = [i for i in range(1, len(text)) if text[i].isalpha() != text[i - 1].isalpha()] or [
        len(text) // 2
    ]
    place = pick(rng, borders) if rng.random() < 0.8 else 1 + int(rng.random() * (len(text) - 1))
    mark = _MARKS.pick(rng)
    if _says_a_word(text, place):
        mark = "-"
    return text[:place] + mark + text[place:]
