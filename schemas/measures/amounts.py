"""Compile the mark `measure` of a field into a function that reads its amount.

"measure": "kg"                                    a unit of the code list, for all records
"measure": {"unit": "unit"}                        the field next to it holds the unit
"measure": {"unit": "unit", "currency": "currency"}  or, where the unit is money, the currency
"measure": {"currency": "currency"}                the field next to it holds the currency
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from schemas.codes import code_lists
from schemas.errors import ConfigRefusedError
from schemas.measures.units import MONEY, UNITS, to_amount

ONE = Decimal(1)
_KEYS = frozenset({"unit", "currency"})


class Amount(NamedTuple):
    """An amount in base units, or why there is none (`usable`: no_amount, no_unit)."""

    measure: str
    value: Decimal
    currency: str = ""
    usable: str = ""


NO_AMOUNT = Amount("", Decimal(0), usable="no_amount")
NO_UNIT = Amount("", Decimal(0), usable="no_unit")
ONE_PIECE = Amount(UNITS["unit"].measure, ONE)

ReadAmount = Callable[[Mapping[str, Any]], Amount | None]
"""A record → its amount; None where nothing is written."""


def compile_amount(name: str, mark: object, siblings: frozenset[str]) -> ReadAmount:
    """Compile the mark of the number `name`. `siblings`: the names of the record's fields.

    Raises ConfigRefusedError for a mark that is not understood.
    """
    if isinstance(mark, str):
        return _fixed(name, mark)
    if not isinstance(mark, dict) or not mark or not _KEYS.issuperset(mark):
        raise ConfigRefusedError(f"{name}: a measure is a unit, or names unit or currency: {mark}")
    for field in mark.values():
        if field not in siblings:
            raise ConfigRefusedError(f"{name}: its measure names {field!r}, which is no field")
    return _by_fields(name, mark.get("unit"), mark.get("currency"))


def _fixed(name: str, code: str) -> ReadAmount:
    unit = UNITS.get(code)
    if unit is None:
        raise ConfigRefusedError(f"{name}: {code!r} is no unit; there are {', '.join(UNITS)}")

    def read(record: Mapping[str, Any]) -> Amount | None:
        quantity = record.get(name)
        return None if quantity is None else _in_base(quantity, unit.measure, unit.factor)

    return read


def _by_fields(name: str, unit_field: str | None, currency_field: str | None) -> ReadAmount:
    def read(record: Mapping[str, Any]) -> Amount | None:
        quantity = record.get(name)
        if quantity is None:
            return None
        code = record.get(unit_field) if unit_field else MONEY
        if code == MONEY:
            currency = str(record.get(currency_field) or "") if currency_field else ""
            if currency not in code_lists()["currency"].codes:
                return NO_UNIT
            return _in_base(quantity, MONEY, ONE, currency)
        unit = UNITS.get(code or "")
        return NO_UNIT if unit is None else _in_base(quantity, unit.measure, unit.factor)

    return read


def _in_base(quantity: float, measure: str, factor: Decimal, currency: str = "") -> Amount:
    amount = to_amount(quantity, factor)
    return NO_AMOUNT if amount is None else Amount(measure, amount, currency)
