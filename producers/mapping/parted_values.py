"""Part a value that says two things into the fields for them. Pure.

A date has a precision, an amount a currency, a quantity a unit. Dates in doubt are kept as they are
written.
"""

from typing import Any, NamedTuple

from producers.mapping.dates import PartialDay
from producers.mapping.money_text import MoneyAmount
from producers.mapping.number_text import Estimate
from producers.mapping.quantity_text import MeasuredNumber, counts_pieces
from producers.mapping.several_dates import DoubtfulDays
from producers.mapping.values import BadValueError
from producers.model import TimeSpan
from schemas.i18n import _
from schemas.measures.units import UNITS

COMPOSED = frozenset({PartialDay, DoubtfulDays, MoneyAmount, MeasuredNumber, Estimate})
"""The classes of values that say two things."""

Keys = tuple[str | int, ...]


class FurtherKeys(NamedTuple):
    """Hold the paths of the fields that say more of a value; empty where the event has none."""

    precision: Keys = ()
    currency: Keys = ()
    text: Keys = ()
    unit: Keys = ()


NO_FURTHER_KEYS = FurtherKeys()


def part_value(payload: dict[Any, Any], value: Any, further: FurtherKeys) -> Any:
    """Set the further fields of a value, and return what is left for its own; None for nothing.

    Raises BadValueError where a further field says otherwise, or has no place.
    """
    if value.__class__ is Estimate:
        value = value.value
    if value.__class__ is MoneyAmount:
        _put_currency(payload, further.currency, value.currency)
        return float(value)
    if value.__class__ is MeasuredNumber:
        _put_unit(payload, further.unit, value.unit)
        return float(value)
    if value.__class__ is DoubtfulDays:
        if further.text:
            set_path(payload, further.text, value.text)
        value = value.day
    if value.__class__ is PartialDay:
        if further.precision:
            set_path(payload, further.precision, value.precision)
        return value.text
    return value


def _put_currency(payload: dict[Any, Any], keys: Keys, currency: str) -> None:
    """Set the currency that the text of an amount names, unless its field is set already.

    Raises BadValueError where the field names another, and where the event has no place for it.
    """
    if not keys:
        raise BadValueError(
            "BAD_NUMBER", _("a number without a currency; it names {currency}", currency=currency)
        )
    given = _given_or_set(payload, keys, currency)
    if given != currency:
        detail = _(
            "an amount in {given}, as `{field}` says, but its text names {currency}",
            given=given,
            field=keys[-1],
            currency=currency,
        )
        raise BadValueError("BAD_NUMBER", detail)


def _put_unit(payload: dict[Any, Any], keys: Keys, unit: str) -> None:
    """Set the unit that the text of a quantity names, unless its field is set already.

    A count needs no place for its unit. Raises BadValueError where the field names another, and
    where the event has no place for it.
    """
    if not keys and counts_pieces(unit):
        return
    if not keys or unit not in UNITS:
        raise BadValueError("BAD_NUMBER", _("a number without a unit; it names {unit}", unit=unit))
    given = _given_or_set(payload, keys, unit)
    if given != unit:
        detail = _(
            "a quantity in {given}, as `{field}` says, but its text names {unit}",
            given=given,
            field=keys[-1],
            unit=unit,
        )
        raise BadValueError("BAD_NUMBER", detail)


def _given_or_set(payload: dict[Any, Any], keys: Keys, code: str) -> Any:
    """Give the code at a path, set to `code` where there was none."""
    at: Any = payload
    for part in keys[:-1]:
        at = at.setdefault(part, {})
    return at.setdefault(keys[-1], code)


def set_path(payload: dict[Any, Any], keys: Keys, value: Any) -> None:
    """Set a value at a path. Lists are dictionaries by index until the payload is complete."""
    at = payload
    for part in keys[:-1]:
        at = at.setdefault(part, {})
    at[keys[-1]] = value.start if value.__class__ is TimeSpan else value
