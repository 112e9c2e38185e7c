"""Part a value that says two things into the fields for them. Pure.

A date has a precision, an amount a currency, and dates in doubt are kept as they are written.
"""

from typing import Any, NamedTuple

from producers.mapping.dates import PartialDay
from producers.mapping.money_text import MoneyAmount
from producers.mapping.number_text import Estimate
from producers.mapping.several_dates import DoubtfulDays
from producers.mapping.values import BadValueError
from producers.model import TimeSpan
from schemas.i18n import _

COMPOSED = frozenset({PartialDay, DoubtfulDays, MoneyAmount, Estimate})
"""The classes of values that say two things."""

Keys = tuple[str | int, ...]


class FurtherKeys(NamedTuple):
    """Hold the paths of the fields that say more of a value; empty where the event has none."""

    precision: Keys = ()
    currency: Keys = ()
    text: Keys = ()


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
    at: Any = payload
    for part in keys[:-1]:
        at = at.setdefault(part, {})
    given = at.setdefault(keys[-1], currency)
    if given != currency:
        detail = _(
            "an amount in {given}, as `{field}` says, but its text names {currency}",
            given=given,
            field=keys[-1],
            currency=currency,
        )
        raise BadValueError("BAD_NUMBER", detail)


def set_path(payload: dict[Any, Any], keys: Keys, value: Any) -> None:
    """Set a value at a path. Lists are dictionaries by index until the payload is complete."""
    at = payload
    for part in keys[:-1]:
        at = at.setdefault(part, {})
    at[keys[-1]] = value.start if value.__class__ is TimeSpan else value
