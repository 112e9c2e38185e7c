"""The query layer: what API, command line and console ask, and nothing else asks the store. Every question takes a Reader.

As of T: rows recorded up to T are fetched and folded, by the same folds as now. What is not released to the reader is not there: not in a
page, not in a count, not in an order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from consumers.events import history
from consumers.filters import EVER, IndicatorFilter
from consumers.indicators import IndicatorView, evidence_row, fold
from consumers.paging import Candidate, page
from consumers.sql import sql
from consumers.things import Thing, is_hub, sightings
from consumers.views import Act, Event, History, millis, moment
from infra.clickhouse.client import Client
from schemas.ids import thing_key
from schemas.model import Reader
from schemas.normalise.weapon import observe
from schemas.release import CONTENT_ROLES
from streams.rules import RuleBook

LIMIT = 50
ANY = IndicatorFilter()

What = Literal["indicator", "event", "thing"]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; empty and zero mean any.

    `place`: a country or subdivision; `reference`: the sender's or the case's; `since`: recorded then or later (ms since 1970 UTC).
    """

    type: str = ""
    country: str = ""
    node: str = ""
    place: str = ""
    reference: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class WeaponMarks:
    """A weapon as somebody reads it."""

    serial: str
    make: str
    type: str


class NotUnique(ValueError):
    """A short id that several have, or none."""

    def __init__(self, digits: str, found: Sequence[tuple[What, str]]) -> None:
        super().__init__(f"{digits}: {len(found)}")
        self.digits = digits
        self.found = found


class Queries:
    """One generation's database. Not for two threads at once (its client is not).

    `thing_secret`: the mechanism's, to look up things by their marks; None where its keys are not.
    """

    def __init__(self, client: Client, rules: RuleBook, thing_secret: bytes | None = None) -> None:
        self._client = client
        self._rules = rules
        self._thing_secret = thing_secret

    def indicators(
        self, reader: Reader, asked: IndicatorFilter = ANY, as_of: int | None = None, limit: int = LIMIT, offset: int = 0
    ) -> list[IndicatorView]:
        """What crosses borders, newest first."""
        if not _sees_content(reader):
            return []
        parameters = {**asked.parameters(self._rules), "as_of": _until(as_of)}
        return page(
            lambda number, start: self._candidates("indicator_candidates", parameters, number, start),
            lambda ids: [one for one in self._indicators(ids, reader, as_of) if asked.fits(one)],
            lambda one: (millis(one.last_recorded), one.id),
            limit,
            offset,
        )

    def indicator(self, id_: str, reader: Reader, as_of: int | None = None) -> IndicatorView | None:
        """One indicator by its id; None where there is none for this reader."""
        return next(iter(self._indicators([id_], reader, as_of)), None)

    def thing(self, id_: str, reader: Reader, as_of: int | None = None) -> Thing | None:
        """Who knows this thing; None where nobody whom this reader may hear does."""
        rows = self._rows("observations", {"id": UUID(id_).hex, "as_of": _until(as_of)})
        members = sightings(rows, reader)
        if not members:
            return None
        kind = str(rows[0]["kind"])
        return Thing(str(UUID(id_)), kind, is_hub(rows, kind, self._rules), members, self._of_things([id_], reader, as_of))

    def weapons(self, marks: WeaponMarks, reader: Reader, as_of: int | None = None) -> list[Thing]:
        """The weapons that these marks may be: one where they were fully read, several where not. Needs the mechanism's secret."""
        if self._thing_secret is None:
            raise LookupError("things are looked up by their marks only where the mechanism's keys are")
        said = observe({"kind": "firearm", "type": marks.type, "make": marks.make, "serial": marks.serial, "serial_state": "LEGIBLE"})
        ids = [str(UUID(bytes=thing_key(self._thing_secret, one.kind, one.issuer, one.value))) for one in said]
        found = (self.thing(id_, reader, as_of) for id_ in ids)
        return [thing for thing in found if thing is not None]

    def events(self, reader: Reader, asked: EventFilter, as_of: int | None = None, limit: int = LIMIT, offset: int = 0) -> list[Event]:
        """Current versions, not retracted and not erased, newest first."""
        if not _sees_content(reader):
            return []
        parameters = {
            **{name: getattr(asked, name) for name in ("type", "country", "node", "place", "reference", "since")},
            "as_of": _until(as_of),
        }
        return page(
            lambda number, start: self._candidates("event_candidates", parameters, number, start),
            lambda ids: [event for event in self.current(ids, reader, as_of) if _fits(event, asked)],
            lambda one: (millis(one.recorded_at), one.id),
            limit,
            offset,
        )

    def event(self, id_: str, reader: Reader, as_of: int | None = None) -> History | None:
        """One event with its versions; None where its current version is not released to this reader."""
        return next(iter(self._histories([id_], reader, as_of, with_things=True)), None)

    def current(self, ids: Sequence[str], reader: Reader, as_of: int | None = None) -> list[Event]:
        """The current versions of these events, neither retracted nor erased, as far as they are released."""
        return [one.current for one in self._histories(ids, reader, as_of) if one.status == "current"]

    def ping(self) -> None:
        """Asks the store for nothing. Raises what the driver raises where it does not answer."""
        self._client.execute("SELECT 1")

    def resolve(
        self, digits: str, what: Sequence[What] = ("indicator", "event", "thing"), reader: Reader | None = None
    ) -> tuple[What, str]:
        """What an id means, or its first or last digits. Raises NotUnique. With a `reader`, only what is released to them counts."""
        short = digits.replace("-", "").lower()
        rows = self._client.execute(sql("ids_like"), {"digits": short}) if short else []
        found = [(kind, id_) for kind, id_ in rows if kind in what and (reader is None or self._released(kind, id_, reader))]
        if len(found) != 1:
            raise NotUnique(digits, found)
        return found[0]

    def _released(self, kind: What, id_: str, reader: Reader) -> bool:
        ask: Mapping[str, Any] = {"indicator": self.indicator, "event": self.event, "thing": self.thing}
        return ask[kind](id_, reader) is not None

    def _candidates(self, name: str, parameters: Mapping[str, Any], limit: int, offset: int) -> list[Candidate]:
        return [Candidate(*row) for row in self._client.execute(sql(name), {**parameters, "limit": limit, "offset": offset})]

    def _indicators(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[IndicatorView]:
        rows = self._rows("evidence", {"ids": _hex(ids), "as_of": _until(as_of)})
        return fold((evidence_row(row) for row in rows), reader, as_of, self._rules)

    def _of_things(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[IndicatorView]:
        indicators = [row[0] for row in self._client.execute(sql("indicators_of_things"), {"ids": _hex(ids)})]
        return self._indicators(indicators, reader, as_of) if indicators else []

    def _histories(self, ids: Sequence[str], reader: Reader, as_of: int | None, with_things: bool = False) -> list[History]:
        asked = {"ids": _hex(ids), "as_of": _until(as_of)}
        acts: dict[str, list[Act]] = {}
        for target, id_, type_, recorded_at in self._client.execute(sql("event_acts"), asked):
            acts.setdefault(target, []).append(Act(id_, type_, moment(recorded_at)))
        things: dict[str, list[str]] = {}
        for event, thing in self._client.execute(sql("things_of_events"), asked) if with_things else ():
            things.setdefault(str(UUID(event)), []).append(str(UUID(thing)))
        rows = self._rows("event_versions", asked)
        found = (
            history(list(versions), acts.get(id_, []), reader, things.get(id_, []))
            for id_, versions in groupby(rows, key=lambda row: str(row["id"]))
        )
        return [one for one in found if one is not None]

    def _rows(self, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows, columns = self._client.execute(sql(name), parameters, with_column_types=True)
        names = [column for column, _ in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _sees_content(reader: Reader) -> bool:
    """Whether any role of theirs sees content at all: else nothing need be asked."""
    return not CONTENT_ROLES.isdisjoint(reader.roles)


def _until(as_of: int | None) -> int:
    return EVER if as_of is None else min(as_of, EVER)


def _hex(ids: Sequence[str]) -> list[str]:
    return [UUID(id_).hex for id_ in ids]


def _fits(event: Event, asked: EventFilter) -> bool:
    """Whether the current version fits, not only some version of it."""
    references = (event.case_reference, (event.payload or {}).get("source_reference"))
    return (
        asked.type in ("", event.type)
        and asked.country in ("", event.country)
        and asked.node in ("", event.node)
        and asked.place in ("", event.place_country, event.subdivision)
        and asked.reference in ("", *references)
        and millis(event.recorded_at) >= asked.since
    )
