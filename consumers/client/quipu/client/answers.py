"""The answers of the exchange as Python values.

Each keeps the whole answer in `fields`, so nothing that a newer exchange adds is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExchangeAnswer:
    """A part of an answer. `fields`: as the exchange wrote it."""

    fields: Fields

    @classmethod
    def read_all(cls, many: Iterable[Fields]) -> list[Self]:
        """Return the answers of a list."""
        return [cls(fields) for fields in many]

    def __getitem__(self, name: str) -> Any:
        """Return a field by its name."""
        return self.fields[name]

    @property
    def tlp(self) -> str:
        """TLP 2.0: CLEAR, GREEN, AMBER, AMBER+STRICT or RED."""
        return str(self.fields["tlp"])


class EvidenceAnswer(ExchangeAnswer):
    """An event in a role, as evidence of an indicator."""

    __slots__ = ()

    @property
    def event(self) -> str:
        """The id of the event."""
        return str(self.fields["event"])

    @property
    def country(self) -> str:
        """The country of its owner."""
        return str(self.fields["country"])

    @property
    def authority(self) -> str:
        """The authority of its owner."""
        return str(self.fields["authority"])

    @property
    def occurred(self) -> datetime | None:
        """When it happened; None where that is not known."""
        return moment_or_none(self.fields["occurred"])

    @property
    def recorded_at(self) -> datetime:
        """When the log took it."""
        return moment(self.fields["recorded_at"])

    @property
    def subdivision(self) -> str | None:
        """The department where it happened, by ISO 3166-2."""
        place: str | None = self.fields["subdivision"]
        return place

    @property
    def markings(self) -> list[str]:
        """What must be shown with it."""
        return list(self.fields["markings"])


class SightingAnswer(EvidenceAnswer):
    """An event that was observed on a thing."""

    __slots__ = ()


class IndicatorAnswer(ExchangeAnswer):
    """A rule that holds on a thing, with its evidence, as this account may see it."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The id of the indicator."""
        return str(self.fields["id"])

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return str(self.fields["rule"])

    @property
    def grade(self) -> str:
        """How sure the rule is: `certain` or `possible`."""
        return str(self.fields["grade"])

    @property
    def severity(self) -> str:
        """How grave it is: `high`, `medium` or `low`."""
        return str(self.fields["severity"])

    @property
    def title(self) -> Mapping[str, str]:
        """The title by language: es, en."""
        return dict(self.fields["title"])

    @property
    def sentence(self) -> Mapping[str, str]:
        """What holds, in a sentence, by language: es, en."""
        return dict(self.fields["sentence"])

    @property
    def thing(self) -> str:
        """The id of the thing."""
        return str(self.fields["thing"])

    @property
    def last_recorded(self) -> datetime:
        """When the log took the newest evidence."""
        return moment(self.fields["last_recorded"])

    @property
    def evidence(self) -> list[EvidenceAnswer]:
        """The records on which it stands."""
        return EvidenceAnswer.read_all(self.fields["evidence"])


class EventAnswer(ExchangeAnswer):
    """The current version of an event, as far as this account may see it."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The id of the event."""
        return str(self.fields["id"])

    @property
    def type(self) -> str:
        """The type of the event."""
        return str(self.fields["type"])

    @property
    def country(self) -> str:
        """The country of its owner."""
        return str(self.fields["country"])

    @property
    def authority(self) -> str:
        """The authority of its owner."""
        return str(self.fields["authority"])

    @property
    def occurred_from(self) -> datetime | None:
        """When it happened; None where that is not known."""
        return moment_or_none(self.fields["occurred_from"])

    @property
    def recorded_at(self) -> datetime:
        """When the log took this version."""
        return moment(self.fields["recorded_at"])

    @property
    def markings(self) -> list[str]:
        """What must be shown with it."""
        return list(self.fields["markings"])

    @property
    def payload(self) -> Mapping[str, Any] | None:
        """The content; None once it is erased."""
        content: Mapping[str, Any] | None = self.fields["payload"]
        return content


class ThingAnswer(ExchangeAnswer):
    """Who knows a thing, as this account may see it."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The id of the thing."""
        return str(self.fields["id"])

    @property
    def kind(self) -> str:
        """What it is: weapon, document, phone ..."""
        return str(self.fields["kind"])

    @property
    def members(self) -> list[SightingAnswer]:
        """The records of it, newest first."""
        return SightingAnswer.read_all(self.fields["members"])

    @property
    def indicators(self) -> list[IndicatorAnswer]:
        """The indicators that hold on the thing."""
        return IndicatorAnswer.read_all(self.fields["indicators"])


class MarkingAnswer(ExchangeAnswer):
    """What the records that figures count demand of who sees them."""

    __slots__ = ()

    @property
    def markings(self) -> list[str]:
        """What must be shown with the figures."""
        return list(self.fields["markings"])


class FiguresAnswer(ExchangeAnswer):
    """The answer to a question with figures: rows, and what the records they count demand."""

    __slots__ = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows, a dictionary each; a group's values stand under their names."""
        names = self.fields.get("by", ())
        rows = self.fields.get("rows", self.fields.get("points", ()))
        return [
            {**dict(zip(names, row.get("keys", ()), strict=False)), **_without_keys(row)}
            for row in rows
        ]

    @property
    def marking(self) -> MarkingAnswer:
        """The marking of the figures."""
        return MarkingAnswer(self.fields["marking"])

    @property
    def tlp(self) -> str:
        """TLP 2.0 of the figures."""
        return self.marking.tlp

    def to_pandas(self) -> Any:
        """Return the rows as a DataFrame of pandas; its `attrs` have the marking and the moment.

        Raises ImportError where pandas is not installed.
        """
        return _frame(self.rows, {"tlp": self.tlp, "markings": self.marking.markings})


def to_pandas(answers: Iterable[ExchangeAnswer]) -> Any:
    """Return answers as a DataFrame of pandas, a row for each; every row has its own `tlp`.

    Raises ImportError where pandas is not installed.
    """
    return _frame([dict(answer.fields) for answer in answers], {})


def moment(text: str) -> datetime:
    """Read a moment of the exchange."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """Read a moment of the exchange; None where it is not known."""
    return None if text is None else moment(text)


def _without_keys(row: Fields) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "keys"}


def _frame(rows: list[dict[str, Any]], attributes: dict[str, Any]) -> Any:
    try:
        import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        raise ImportError("to_pandas needs pandas: pip install 'quipu-client[pandas]'") from error
    frame = pandas.DataFrame(rows)
    frame.attrs.update(attributes)
    return frame
