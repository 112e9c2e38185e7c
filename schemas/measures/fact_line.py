"""Hold one line of what can be counted of a payload."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple


class FactLine(NamedTuple):
    """What can be counted of a record, or of one element that was measured in it.

    `element`: the list or record of the payload, such as `items`; empty for the record itself.
    `measure`: mass, volume, area, pieces, money, or empty. `amount`: in kilograms, litres, square
    metres, pieces, or in `currency` (ISO 4217). `usable`: empty, or why it cannot be added or
    grouped (no_amount, no_unit, no_code). `dimensions`: by name, the code or the words without
    case and accents.
    """

    element: str = ""
    measure: str = ""
    amount: Decimal = Decimal(0)
    currency: str = ""
    usable: str = ""
    dimensions: Mapping[str, str] = MappingProxyType({})


RECORD_ONLY = (FactLine(),)
"""The lines of a record of which nothing is known but its envelope."""
