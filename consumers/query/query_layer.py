"""The query layer: what API, command line and console ask, and nothing else asks the store. Every
question takes a Reader.

As of T: rows recorded up to T are fetched and folded, by the same folds as now. What is not
released to the reader is not there: not in a page, not in a count, not in an order, not in what an
error says. Of the past, an item is released as it was marked then and as its owner marks it today:
who may not see it now does not see it by asking as of yesterday.

What was shown is gathered in `shown`: `consumers.serving.query_pool` and
`consumers.cli.reader_options` write it to the disclosure ledger before the answer goes out. The
conditions (H3) that a reader has accepted are taken from that ledger, whatever the reader says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from consumers.query import conditions, identifiers
from consumers.query.conditions import ConditionView
from consumers.query.disclosed import Shown
from consumers.query.disclosures import Disclosure, DisclosureFilter, disclosure, may_ask, owner_of
from consumers.query.events import head_of, history
from consumers.query.filters import EVER, IndicatorFilter
from consumers.query.identifiers import Marks
from consumers.query.indicators import IndicatorView, evidence_row, fold
from consumers.query.paging import AT_ONCE, Candidate, page
from consumers.query.series import Clock, Period, SeriesPoint, counted, points
from consumers.query.things import Thing, is_hub, sightings
from consumers.query.views import Act, Event, History, ThingOf, label_of, millis, moment
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.errors import QuipuError, Words
from schemas.model import Reader, ReaderCondition
from schemas.release.rules import CONTENT_ROLES, release
from streams.correlation.assess import indicators_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook

LIMIT = 50
ANY = IndicatorFilter()

What = Literal["indicator", "event", "thing"]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; empty and zero mean any.

    `place`: a country or subdivision; `reference`: the sender's or the case's; `since`: recorded
    then or later (ms since 1970 UTC).
    """

    type: str = ""
    country: str = ""
    node: str = ""
    place: str = ""
    reference: str = ""
    since: int = 0


class NotUnique(ValueError):
    """A short id that several have, or none."""

    def __init__(self, digits: str, found: Sequence[tuple[What, str]]) -> None:
        super().__init__(f"{digits}: {len(found)}")
        self.digits = digits
        self.found = found


class Queries:
    """One generation's database, for one answer at a time. Not for two threads at once (its client
    is not).

    `thing_secret`: the mechanism's, to look up things by their marks; None where its keys are not.
    `readers`: those whose accepted conditions are known already, for answers that follow one
    another closely.
    """

    def __init__(
        self,
        client: Client,
        rules: RuleBook,
        thing_secret: bytes | None = None,
        readers: dict[Reader, Reader] | None = None,
    ) -> None:
        self._shown: dict[tuple[Reader, int | None], Shown] = {}
        self._readers = {} if readers is None else readers
        self._client = client
        self._rules = rules
        self._thing_secret = thing_secret

    @property
    def shown(self) -> Collection[Shown]:
        """What was shown so far, by reader and moment."""
        return self._shown.values()

    def indicators(
        self,
        reader: Reader,
        asked: IndicatorFilter = ANY,
        as_of: int | None = None,
        limit: int = LIMIT,
        offset: int = 0,
    ) -> list[IndicatorView]:
        """What crosses borders, newest first."""
        if not _sees_content(reader):
            return []
        who, shown = self._asking("indicators", reader, as_of)
        parameters = {**asked.parameters(self._rules), "as_of": _until(as_of)}
        found = page(
            lambda number: self._candidates("indicator_candidates", parameters, number),
            lambda ids: [one for one in self._indicators(ids, who, as_of) if asked.fits(one)],
            lambda one: (millis(one.last_recorded), one.id),
            limit,
            offset,
        )
        shown.add_indicators(found)
        return found

    def indicator(self, id_: str, reader: Reader, as_of: int | None = None) -> IndicatorView | None:
        """One indicator by its id; None where there is none for this reader."""
        who, shown = self._asking("indicator", reader, as_of)
        found = self._indicators([id_], who, as_of)
        shown.add_indicators(found)
        return next(iter(found), None)

    def series(
        self,
        reader: Reader,
        as_of: int | None = None,
        rule: str = "",
        grade: str = "",
        period: Period = "month",
        clock: Clock = "occurred",
    ) -> list[SeriesPoint]:
        """How many live indicators this reader sees, by rule, grade and period. It folds all
        evidence there is.
        """
        if not _sees_content(reader):
            return []
        who, shown = self._asking("series", reader, as_of)
        asked = [one for one in self._rules.by_id if rule in ("", one)]
        ids = [
            row[0]
            for row in self._client.execute(
                sql("indicators_of_rules"), {"rules": asked, "grade": grade, "as_of": _until(as_of)}
            )
        ]
        counts: Counter[tuple[date | None, str, str]] = Counter()
        for start in range(0, len(ids), AT_ONCE):
            rows = self._evidence(ids[start : start + AT_ONCE], who, as_of)
            counts += counted(indicators_for(rows, who, as_of, self._rules), period, clock)
        shown.counted |= bool(counts)
        return points(counts)

    def thing(self, id_: str, reader: Reader, as_of: int | None = None) -> Thing | None:
        """Who knows this thing; None where nobody whom this reader may hear does."""
        who, shown = self._asking("thing", reader, as_of)
        found = self._things([id_], who, as_of)
        shown.add_things(found)
        return next(iter(found), None)

    def things(self, said: Marks, reader: Reader, as_of: int | None = None) -> list[Thing]:
        """The things that these marks may be: one where they are plain, several where not. Needs
        the mechanism's secret.

        Raises QuipuError THING_MARKS for marks that name nothing, NO_SECRET where the mechanism's
        keys are not.
        """
        if self._thing_secret is None:
            raise _no_secret()
        who, shown = self._asking("things", reader, as_of)
        found = self._things(identifiers.keys(said, self._thing_secret), who, as_of)
        shown.add_things(found)
        return found

    def events(
        self,
        reader: Reader,
        asked: EventFilter,
        as_of: int | None = None,
        limit: int = LIMIT,
        offset: int = 0,
    ) -> list[Event]:
        """Current versions, not retracted and not erased, newest first."""
        if not _sees_content(reader):
            return []
        who, shown = self._asking("events", reader, as_of)
        parameters = {
            **{
                name: getattr(asked, name)
                for name in ("type", "country", "node", "place", "reference", "since")
            },
            "as_of": _until(as_of),
        }
        found = page(
            lambda number: self._candidates("event_candidates", parameters, number),
            lambda ids: [event for event in self._current(ids, who, as_of) if _fits(event, asked)],
            lambda one: (millis(one.recorded_at), one.id),
            limit,
            offset,
        )
        shown.add_events(found)
        return found

    def event(self, id_: str, reader: Reader, as_of: int | None = None) -> History | None:
        """One event with its versions; None where its current version is not released to this
        reader.
        """
        return next(iter(self.histories([id_], reader, as_of)), None)

    def histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[History]:
        """Several events with their versions, as far as they are released."""
        who, shown = self._asking("event", reader, as_of)
        found = self._histories(ids, who, as_of, with_things=True) if ids else []
        for one in found:
            shown.add_events(one.versions)
        return found

    def current(self, ids: Sequence[str], reader: Reader, as_of: int | None = None) -> list[Event]:
        """The current versions of these events, neither retracted nor erased, as far as they are
        released.
        """
        who, shown = self._asking("events", reader, as_of)
        found = self._current(ids, who, as_of)
        shown.add_events(found)
        return found

    def conditions(self, reader: Reader) -> list[ConditionView]:
        """The owners' conditions (H3) that this reader accepted, or may accept. What is barred by
        more than its condition is not told.
        """
        if not _sees_content(reader):
            return []
        labels = [label_of(row) for row in self._rows("conditional_labels", {})]
        return conditions.offered(labels, reader, self._accepted(reader))

    def disclosures(
        self, reader: Reader, asked: DisclosureFilter, limit: int = LIMIT, offset: int = 0
    ) -> list[Disclosure]:
        """What was shown to whom, newest first: to an owner of its own items, to the mechanism's
        auditor of all.
        """
        if not may_ask(reader):
            return []
        owner = owner_of(reader)
        digits = asked.event.replace("-", "").lower()
        parameters = {
            "owner": owner,
            "world": reader.exercise or "",
            "person": asked.person,
            "digits": digits,
            "since": asked.since,
        }
        rows = self._rows("disclosures", {**parameters, "limit": limit, "offset": offset})
        return [disclosure(row, owner) for row in rows]

    def ping(self) -> None:
        """Asks the store for nothing. Raises what the driver raises where it does not answer."""
        self._client.execute("SELECT 1")

    def resolve(
        self,
        digits: str,
        reader: Reader,
        as_of: int | None = None,
        what: Sequence[What] = ("indicator", "event", "thing"),
    ) -> tuple[What, str]:
        """What an id means, or its first or last digits, to this reader: what is hidden from them
        makes no id ambiguous.

        Raises NotUnique, naming released ones alone: two at most.
        """
        short = digits.replace("-", "").lower()
        rows = self._client.execute(sql("ids_like"), {"digits": short}) if short else []
        who = self._known(reader)
        found: list[tuple[What, str]] = []
        for kind in what:
            ids = [id_ for one, id_ in rows if one == kind]
            for start in range(0, len(ids), AT_ONCE):
                found += [
                    (kind, id_)
                    for id_ in self._released(kind, ids[start : start + AT_ONCE], who, as_of)
                ][:2]
                if len(found) > 1:
                    break
        if len(found) != 1:
            raise NotUnique(digits, found[:2])
        return found[0]

    def _released(
        self, kind: What, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[str]:
        ask: Mapping[str, Callable[..., Sequence[Any]]] = {
            "indicator": self._indicators,
            "event": self._histories,
            "thing": self._things,
        }
        return [one.id for one in ask[kind](ids, reader, as_of)]

    def _asking(self, question: str, reader: Reader, as_of: int | None) -> tuple[Reader, Shown]:
        """The reader with the conditions that the ledger knows of, and where to put down what they
        are shown.
        """
        shown = self._shown.setdefault((reader, as_of), Shown(reader, as_of))
        shown.questions[question] = None
        return self._known(reader), shown

    def _known(self, reader: Reader) -> Reader:
        """With what they accepted."""
        if reader not in self._readers:
            self._readers[reader] = replace(
                reader, accepted_conditions=frozenset(self._accepted(reader))
            )
        return self._readers[reader]

    def _accepted(self, reader: Reader) -> dict[ReaderCondition, int]:
        asked = {
            "person": reader.person,
            "country": reader.country,
            "authority": reader.authority or "",
        }
        rows = self._client.execute(sql("accepted_conditions"), asked)
        return {
            ReaderCondition(owner, condition): recorded_at for owner, condition, recorded_at in rows
        }

    def _candidates(self, name: str, parameters: Mapping[str, Any], limit: int) -> list[Candidate]:
        return [
            Candidate(*row)
            for row in self._client.execute(sql(name), {**parameters, "limit": limit})
        ]

    def _indicators(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[IndicatorView]:
        return fold(self._evidence(ids, reader, as_of), reader, as_of, self._rules)

    def _evidence(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[EvidenceRow]:
        """Of events that are barred today nothing, whatever they were as of then."""
        rows = self._rows("evidence", {"ids": _hex(ids), "as_of": _until(as_of)})
        barred = self._barred((row["event_id"] for row in rows), reader, as_of)
        return [evidence_row(row) for row in rows if row["event_id"] not in barred]

    def _barred(self, ids: Iterable[str], reader: Reader, as_of: int | None) -> set[str]:
        """Those of the events (ids in hexadecimal) that are not released to this reader as they are
        marked today; only of the past.
        """
        listed = sorted(set(ids)) if as_of is not None else []
        rows = self._rows("event_labels", {"ids": listed}) if listed else []
        heads = (
            (id_, head_of(list(versions)))
            for id_, versions in groupby(rows, key=lambda row: str(row["id"]))
        )
        return {
            UUID(id_).hex for id_, head in heads if not release(label_of(head), reader).released
        }

    def _things(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[Thing]:
        """Those that somebody knows whom this reader may hear, in this order. Asked together: a
        serial partly read may be a hundred.
        """
        rows = self._rows("observations", {"ids": _hex(ids), "as_of": _until(as_of)})
        barred = self._barred((row["event_id"] for row in rows), reader, as_of)
        kinds, known = {}, {}
        for id_, said in groupby(
            (row for row in rows if row["event_id"] not in barred),
            key=lambda row: str(UUID(row["thing"])),
        ):
            listed = list(said)
            if members := sightings(listed, reader):
                kinds[id_], known[id_] = str(listed[0]["kind"]), members
        indicators = self._indicators_of(known, reader, as_of) if known else {}
        return [
            Thing(
                id_,
                kinds[id_],
                is_hub(len(known[id_]), kinds[id_], self._rules),
                known[id_],
                indicators.get(id_, []),
            )
            for id_ in dict.fromkeys(str(UUID(one)) for one in ids)
            if id_ in known
        ]

    def _indicators_of(
        self, things: Iterable[str], reader: Reader, as_of: int | None
    ) -> dict[str, list[IndicatorView]]:
        """By thing."""
        ids = [
            row[0]
            for row in self._client.execute(
                sql("indicators_of_things"), {"ids": _hex(list(things))}
            )
        ]
        found: dict[str, list[IndicatorView]] = {}
        for one in self._indicators(ids, reader, as_of):
            found.setdefault(one.thing, []).append(one)
        return found

    def _current(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[Event]:
        return [
            one.current for one in self._histories(ids, reader, as_of) if one.status == "current"
        ]

    def _histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None, with_things: bool = False
    ) -> list[History]:
        listed = _hex(ids)
        asked = {"ids": listed, "as_of": _until(as_of)}
        acts: dict[str, list[Act]] = {}
        for target, id_, type_, recorded_at in self._client.execute(sql("event_acts"), asked):
            acts.setdefault(target, []).append(Act(id_, type_, moment(recorded_at)))
        things: dict[str, list[ThingOf]] = {}
        for event, thing, kind in (
            self._client.execute(sql("things_of_events"), asked) if with_things else ()
        ):
            things.setdefault(str(UUID(event)), []).append(ThingOf(str(UUID(thing)), kind))
        barred = self._barred(listed, reader, as_of)
        rows = (
            row for row in self._rows("event_versions", asked) if UUID(row["id"]).hex not in barred
        )
        found = (
            history(list(versions), acts.get(id_, []), reader, things.get(id_, []))
            for id_, versions in groupby(rows, key=lambda row: str(row["id"]))
        )
        return [one for one in found if one is not None]

    def _rows(self, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows, columns = self._client.execute(sql(name), parameters, with_column_types=True)
        names = [column for column, _ in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _no_secret() -> QuipuError:
    return QuipuError(
        Words(
            "Las cosas se buscan por sus marcas solo donde están las llaves del mecanismo.",
            "Things are looked up by marks only where the mechanism's keys are.",
        ),
        Words(
            "Búsquela por su clave, o pregunte en el mecanismo.",
            "Look it up by its key, or ask at the mechanism.",
        ),
        "NO_SECRET",
    )


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
