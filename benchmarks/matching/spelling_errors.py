"""Write names wrongly, as clerks do: by another orthography of the sound, or by a slip.

Written apart from streams/matching/sound.py on purpose: it knows nothing of the matcher's rules.
"""

from collections.abc import Sequence
from random import Random

_SWAPS: Sequence[tuple[str, str]] = [
    *(("B", "V"), ("V", "B"), ("S", "Z"), ("Z", "S"), ("CE", "SE"), ("CI", "SI"), ("SE", "CE")),
    *(("LL", "Y"), ("Y", "LL"), ("GE", "JE"), ("GI", "JI"), ("JE", "GE"), ("QUI", "KI")),
    *(("QUE", "KE"), ("QU", "K"), ("CA", "KA"), ("CO", "KO"), ("CU", "KU"), ("HUA", "WA")),
    *(("HUA", "GUA"), ("GUA", "HUA"), ("H", ""), ("I", "Y"), ("E", "I"), ("O", "U"), ("Z", "S")),
    *(("EZ", "ES"), ("X", "J"), ("N", "NN"), ("LL", "L"), ("HUI", "WI"), ("VIL", "HUIL")),
    *(("C", "CC"), ("NN", "N"), ("F", "PH")),
]
_LETTERS = "ABCDEFGHIJLMNOPRSTUVYZ"


def respell(name: str, rng: Random) -> str:
    """Write a name by its sound; the same where nothing can be written otherwise."""
    fitting = [swap for swap in _SWAPS if swap[0] in name]
    if not fitting:
        return name
    old, new = rng.choice(fitting)
    return name.replace(old, new, 1) or name


def misspell(name: str, rng: Random) -> str:
    """Leave out, add, change or exchange one letter."""
    at = rng.randrange(len(name))
    match rng.randrange(4):
        case 0 if len(name) > 3:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + rng.choice(_LETTERS) + name[at:]
        case 2 if at + 1 < len(name):
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + rng.choice(_LETTERS) + name[at + 1 :]
