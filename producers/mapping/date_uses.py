"""Say what the dates and amounts of an event type are, for the fields of a mapping. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from producers.mapping.dates import DateUse
from schemas.errors import ConfigRefusedError
from schemas.event.date_bounds import DateRole
from schemas.event.event_type import event_type
from schemas.event.field_paths import field_paths

_INDEX = re.compile(r"\[\d+\]")
_ENVELOPE = {
    "envelope.occurred": DateRole.PAST,
    "envelope.reported_at": DateRole.PAST,
    "envelope.review_date": DateRole.VALID_FROM,
}


class DateUses:
    """The dates of one event type, by the target of a mapping."""

    def __init__(self, type_: str, today: Callable[[], date] = date.today) -> None:
        """Look the type up. Of a type that only config knows, no date is known."""
        self._today = today
        try:
            paths = {path.path: path for path in field_paths(event_type(type_))}
        except ConfigRefusedError:
            paths = {}
        self._uses: Mapping[str, DateUse] = {
            name: DateUse(
                path.role,
                path.date,
                precision_target(name) in paths and path.date,
                today,
                text_target(name) in paths and path.date,
            )
            for name, path in paths.items()
        }
        self._currencies = {name: path.currency for name, path in paths.items() if path.currency}
        self._units = {name: path.unit for name, path in paths.items() if path.unit}

    def of(self, target: str) -> DateUse:
        """Give what a target is, as far as it is a date."""
        if target in _ENVELOPE:
            return DateUse(_ENVELOPE[target], True, False, self._today)
        return self._uses.get(_INDEX.sub("[*]", target)) or DateUse(today=self._today)

    def currency_of(self, target: str) -> str:
        """Give the target that says in which currency an amount is; empty for what is none."""
        return _beside(target, self._currencies)

    def unit_of(self, target: str) -> str:
        """Give the target that says in which unit a quantity is; empty for what is none."""
        return _beside(target, self._units)


def _beside(target: str, fields: Mapping[str, str]) -> str:
    """Give the target next to another, as `fields` names it by path."""
    beside = fields.get(_INDEX.sub("[*]", target), "")
    before, dot, _name = target.rpartition(".")
    return f"{before}{dot}{beside.rpartition('.')[2]}" if beside else ""


def precision_target(target: str) -> str:
    """Give the field that says how exact a date is: birth_precision for birth_date."""
    return f"{target.removesuffix('_date')}_precision"


def text_target(target: str) -> str:
    """Give the field that has a date as it is written: birth_text for birth_date."""
    return f"{target.removesuffix('_date')}_text"
