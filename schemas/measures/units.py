"""Convert a quantity in a unit of the code list `unit` to the base unit of what it measures.

The factors are in units.json, each with its source. They are exact decimals, so that equal records
give equal amounts on every machine, and sums do not depend on their order.
"""

import json
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import inf
from pathlib import Path
from typing import NamedTuple

DECIMALS = Decimal("0.000001")
"""Of an amount, as the store keeps it: a milligram, a cubic millimetre."""
LARGEST = Decimal(10) ** 18
"""An amount beyond is no amount: a sum of the largest of 10 million events still fits the store."""
_ARITHMETIC = Context(prec=60, rounding=ROUND_HALF_EVEN)


class Unit(NamedTuple):
    """What a unit measures, and how many base units it is."""

    measure: str
    factor: Decimal


def _read_units() -> dict[str, Unit]:
    table = json.loads((Path(__file__).parent / "units.json").read_text(encoding="utf-8"))
    return {
        code: Unit(measure, Decimal(factor))
        for measure, codes in table["measures"].items()
        for code, factor in codes.items()
    }


UNITS = _read_units()
"""By the code of the unit."""
MONEY = "money"
"""The measure, and the code of the unit whose currency stands in another field."""


def to_amount(quantity: float, factor: Decimal) -> Decimal | None:
    """Return a quantity in base units; None where it is negative, too large, or no number.

    The decimal that was written counts, not the binary fraction near it.
    """
    if not 0 <= quantity < inf:
        return None
    amount = _ARITHMETIC.multiply(Decimal(repr(quantity)), factor)
    return _ARITHMETIC.quantize(amount, DECIMALS) if amount <= LARGEST else None
