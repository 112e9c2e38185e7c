"""Made-up logs of records with amounts: as messages for the sink, and for a plain oracle.

The oracle says again what figures are, by brute force over the records that may be seen
(tests.support.need_to_know). Nothing of consumers.query.figures is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from consumers.sink.table_rows import VERSION, Batch, Payload
from consumers.sink.tables import Row
from infra.clickhouse.client import Client
from schemas import topics
from schemas.ids import to_uuid_text
from schemas.measures import FactLine
from tests.support import derived
from tests.support.marked_world import CONDITIONS
from tests.support.need_to_know import Asker, Oracle, Statement

DAY = 86_400_000
FIRST_DAY = 1_514_764_800_000
"""1 January 2018, ms since 1970 UTC."""
RATES = {
    ("COP", "2017-12-31"): "2984",
    ("COP", "2018-01-06"): "2844.14",
    ("COP", "2018-12-30"): "3249.75",
    ("PEN", "2018-03-31"): "3.227",
}
"""Units for a dollar, by currency and day; none for the boliviano, nor for the sol before."""
IMPORTED = derived.T0 + 3_500
"""When config took the rates, ms since 1970 UTC: before, no question knows them."""
TABLES = (
    *("events", "facts", "replaced", "changed_months", "gapped_events"),
    *("lasting_facts", "lasting_months"),
)

Record = dict[str, Any]


@dataclass(frozen=True)
class PublishedVersion:
    """One version of an event: its envelope, its lines, and when the log took it."""

    envelope: Record
    lines: tuple[FactLine, ...]
    recorded: int


@dataclass
class FactWorld:
    """A log of records, and what an oracle knows of it."""

    oracle: Oracle = field(default_factory=Oracle)
    versions: dict[str, PublishedVersion] = field(default_factory=dict)
    messages: list[Record] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    heads: list[Record] = field(default_factory=list)
    lines: dict[bytes, tuple[FactLine, ...]] = field(default_factory=dict)

    # -- what happens

    def publish(self, envelope: Record, lines: Sequence[FactLine], at: int | None = None) -> int:
        """Publish a record; its number. `at`: ms after the begin, else after all others."""
        number = len(self.heads)
        self.heads.append({**envelope, "id": derived.id16("event", number)})
        self._say(number, envelope, lines, None, at)
        return number

    def correct(
        self, number: int, envelope: Record, lines: Sequence[FactLine], at: int | None = None
    ) -> None:
        """Publish a new version, unless the record was withdrawn."""
        if number not in self.ended:
            head = self.heads[number]
            self._say(number, {**envelope, "type": head["type"]}, lines, head["version"], at)

    def add_hidden(self, envelope: Record, lines: Sequence[FactLine]) -> None:
        """Add records of Bolivia that nobody else sees, between all others.

        Every third is corrected, every fourth retracted, every fifth erased.
        """
        secret = {"country": "BO", "authority": "FELCN", "recipients": ["@nadie"], "tlp": "RED"}
        for turn in range(len(self.messages)):
            at = turn * 1_000 + 400
            number = self.publish({**envelope, **secret}, lines, at)
            if turn % 3 == 0:
                self.correct(number, {**envelope, **secret}, lines[:1], at + 50)
            if turn % 4 == 0:
                self.withdraw("retraction", number, at + 90)
            elif turn % 5 == 0:
                self.withdraw("erasure", number, at + 90)

    def withdraw(self, act: str, number: int, at: int | None = None) -> None:
        """Retract or erase a record, unless it was withdrawn."""
        if number in self.ended:
            return
        self.ended.add(number)
        target = self.heads[number]["id"]
        at = self._next_offset() if at is None else at
        head = derived.envelope(9_000 + at, type=act)
        self.messages.append(derived.accepted(at, [derived.accepted_item(0, head, target=target)]))
        self.oracle.log.append(
            Statement(
                to_uuid_text(head["id"]),
                to_uuid_text(head["version"]),
                head["country"],
                head["authority"],
                derived.T0 + at,
                act=act,
                target=to_uuid_text(target),
            )
        )

    def _say(
        self,
        number: int,
        envelope: Record,
        lines: Sequence[FactLine],
        former: bytes | None,
        at: int | None,
    ) -> None:
        at = self._next_offset() if at is None else at
        own = {
            "id": derived.id16("event", number),
            "version": derived.id16("version", number, at),
            "supersedes": former,
        }
        head = derived.envelope(number, **{**envelope, **own, **_owner(self.heads[number])})
        self.heads[number] = head
        self.lines[head["version"]] = tuple(lines)
        self.messages.append(derived.accepted(at, [derived.accepted_item(0, head)]))
        version = to_uuid_text(head["version"])
        self.versions[version] = PublishedVersion(head, tuple(lines), derived.T0 + at)
        marked = {name: head[name] for name in ("tlp", "condition", "exercise", "type")}
        self.oracle.log.append(
            Statement(
                to_uuid_text(head["id"]),
                version,
                head["country"],
                head["authority"],
                derived.T0 + at,
                recipients=tuple(head["recipients"]),
                handling=tuple(head["handling"]),
                occurred=head["occurred_from"],
                **marked,
            )
        )

    def _next_offset(self) -> int:
        return len(self.messages) * 1_000

    # -- into the store

    def store(
        self, client: Client, writer: Any, copied: int = 0, copy: Callable[[], object] = int
    ) -> None:
        """Write the log into empty tables, by the sink's code.

        `copy` is called when the first `copied` messages are written.
        """
        for table in TABLES:
            client.execute(f"TRUNCATE TABLE {table}")
        writer.erased = set()
        self._write(writer, self.messages[:copied])
        copy()
        self._write(writer, self.messages[copied:])

    def _write(self, writer: Any, messages: Sequence[Record]) -> None:
        batch = Batch()
        for record in messages:
            message = derived.message(
                topics.accepted(1, "CO"), "accepted", record, record["offset"]
            )
            batch.add_accepted(message, record, self._decrypt)
        writer.write(batch)

    def _decrypt(self, _index: int, event: Row) -> Payload:
        return Payload(b"{}", False, self.lines.get(event[VERSION], ()))

    # -- what may be counted

    def visible(self, who: Asker, as_of: int | None) -> Iterator[PublishedVersion]:
        """Every record that counts, as its current version says it."""
        for statement in self.oracle.live(who, as_of):
            yield self.versions[statement.version]

    def moments(self) -> list[int]:
        """When something was recorded, and just before."""
        times = [statement.recorded for statement in self.oracle.log]
        return sorted({*times, *(time - 1 for time in times)})


def _owner(head: Record) -> Record:
    return {name: head[name] for name in ("country", "authority", "type")}


# -- the plain oracle


def total_rows(
    world: FactWorld, who: Asker, as_of: int | None, question: Any
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """By (begin, keys, currency): amount, records, and the records without amount, unit, code."""
    groups: dict[tuple[Any, ...], list[tuple[PublishedVersion, FactLine]]] = {}
    by, counts = question.grouping.by, question.measure == "records"
    measure = "money" if question.measure == "usd" else question.measure
    payload_names = [name for name in by if name not in {*ENVELOPE, "theme"}]
    for record in world.visible(who, as_of):
        if not _fits(record, question):
            continue
        lines = list(record.lines) or [FactLine()]
        is_of_record = counts and not payload_names
        if is_of_record:
            lines = lines[:1] if _has_line(record, question.filter.where) else []
        for number, line in enumerate(lines):
            values = [_value(record, line, name) for name in by]
            if counts and "" in [_value(record, line, name) for name in payload_names]:
                continue
            is_unusable = number > 0 and line.usable in ("no_amount", "no_unit")
            if not counts and line.measure != measure and not is_unusable:
                continue
            if not (is_of_record or _matches_where(line, question.filter.where)):
                continue
            key = (
                begin_of(record, question.grouping),
                tuple(values),
                "" if counts else _currency_of(record, line, question.measure, as_of),
            )
            groups.setdefault(key, []).append((record, line))
    return {
        key: (
            None if counts else _sum(lines, question.measure == "usd" and key[2] == "USD"),
            len({record.envelope["id"] for record, _line in lines}),
            *(
                len({record.envelope["id"] for record, line in lines if line.usable == reason})
                for reason in ("no_amount", "no_unit", "no_code")
            ),
        )
        for key, lines in groups.items()
    }


ENVELOPE = {
    "type": "type",
    "country": "country",
    "authority": "authority",
    "crime": "crime",
    "place": "place_country",
    "subdivision": "subdivision",
    "exercise": "exercise",
}


THEMES = {"suspicious_flow": "laundering", "0601": "drugs", "09012": "arms"}
"""The themes of what the made-up records say: of a type before that of a crime."""


def theme_of(record: PublishedVersion) -> str:
    """The theme of a record; empty where it has none."""
    envelope = record.envelope
    return THEMES.get(envelope["type"], THEMES.get(envelope["crime"], ""))


def _value(record: PublishedVersion, line: FactLine, name: str) -> str:
    if name == "theme":
        return theme_of(record)
    if name in ENVELOPE:
        return record.envelope[ENVELOPE[name]] or ""
    return line.dimensions.get(name, "")


def _amount(line: FactLine) -> Decimal:
    return line.amount if line.usable in ("", "no_code") else Decimal(0)


def _sum(lines: Sequence[tuple[PublishedVersion, FactLine]], in_dollars: bool) -> Decimal:
    """Add exactly; in dollars, what each day and currency has, to six decimals."""
    parts: dict[tuple[str, date], Decimal] = {}
    for record, line in lines:
        part = line.currency, _day(record)
        parts[part] = parts.get(part, Decimal(0)) + _amount(line)
    if not in_dollars:
        return sum(parts.values(), Decimal(0))
    return sum((_dollars(amount, *part) for part, amount in parts.items()), Decimal(0))


def _dollars(amount: Decimal, currency: str, day: date) -> Decimal:
    rate = Fraction(_rate(currency, day) or 1)
    return Decimal(round(Fraction(amount) / rate * 1_000_000)).scaleb(-6)


def _rate(currency: str, day: date) -> str | None:
    """The newest rate that is not later than the day."""
    held = {since: rate for (of, since), rate in RATES.items() if of == currency}
    known = [since for since in held if date.fromisoformat(since) <= day]
    return held[max(known)] if known else None


def _day(record: PublishedVersion) -> date:
    occurred = record.envelope["occurred_from"]
    at = record.envelope["reported_at"] if occurred is None else occurred
    return datetime(1970, 1, 1, tzinfo=UTC).date() + timedelta(days=at // DAY)


def _currency_of(record: PublishedVersion, line: FactLine, measure: str, as_of: int | None) -> str:
    """The currency in which a line is counted: dollars where it has a rate and they are asked."""
    is_known = as_of is None or as_of >= IMPORTED
    is_rated = is_known and _rate(line.currency, _day(record)) is not None
    return "USD" if measure == "usd" and is_rated else line.currency


def _matches_where(line: FactLine, where: Sequence[tuple[str, str]]) -> bool:
    return all(line.dimensions.get(name, "") == value for name, value in where)


def _has_line(record: PublishedVersion, where: Sequence[tuple[str, str]]) -> bool:
    return any(_matches_where(line, where) for line in record.lines or (FactLine(),))


def _fits(record: PublishedVersion, question: Any) -> bool:
    envelope: Record = record.envelope
    filter_ = question.filter
    at = moment_of(record, question.grouping.clock)
    dated = filter_.since is not None or filter_.until is not None
    return (
        filter_.type in ("", envelope["type"])
        and filter_.country in ("", envelope["country"])
        and filter_.authority in ("", envelope["authority"])
        and envelope["crime"].startswith(filter_.crime)
        and filter_.theme in ("", theme_of(record))
        and filter_.place in ("", envelope["place_country"], envelope["subdivision"])
        and not (dated and at is None)
        and (filter_.since is None or at >= filter_.since)
        and (filter_.until is None or at < filter_.until)
    )


def moment_of(record: PublishedVersion, clock: str) -> Any:
    """When it happened, was reported or recorded: ms since 1970 UTC, or None."""
    if clock == "recorded":
        return record.recorded
    return record.envelope["occurred_from" if clock == "occurred" else "reported_at"]


def begin_of(record: PublishedVersion, grouping: Any) -> date | None:
    """The first day of the period; None where it is not known, or there are no periods."""
    at, period = moment_of(record, grouping.clock), grouping.period
    coarse = {"week": ["year", "month"], "month": ["year"], "quarter": ["year"]}.get(period, [])
    if at is None or period == "none":
        return None
    if grouping.clock == "occurred" and record.envelope["occurred_precision"] in coarse:
        return None
    day = datetime.fromtimestamp(at / 1000, UTC).date()
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "quarter":
        return day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
    return day.replace(day=1, month=1)


def delay_rows(
    world: FactWorld, who: Asker, as_of: int | None, question: Any
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """By (begin, keys): records, negative ones, and the spread and the longest in ms."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    first, _, second = question.delay.partition("_to_")
    for record in world.visible(who, as_of):
        start, end = moment_of(record, first), moment_of(record, second)
        precise = record.envelope["occurred_precision"] not in ("year", "month", "unknown")
        if not _fits(record, question) or start is None or not (precise or first == "reported"):
            continue
        if not _has_line(record, question.filter.where):
            continue
        values = tuple(_value(record, FactLine(), name) for name in question.grouping.by)
        groups.setdefault((begin_of(record, question.grouping), values), []).append(end - start)
    return {
        key: (
            len(took),
            sum(ms < 0 for ms in took),
            [sorted(took)[int(level * len(took))] for level in (0.1, 0.25, 0.5, 0.75, 0.9)],
            max(took),
        )
        for key, took in groups.items()
    }


def quality_rows(
    world: FactWorld, who: Asker, as_of: int | None, filter_: Any, grouping: Any
) -> dict[tuple[str, str], tuple[Any, ...]]:
    """By country and authority: what the columns of the table say, the delays in ms."""
    question = _Asked(filter_, grouping)
    groups: dict[tuple[str, str], list[tuple[PublishedVersion, list[tuple[int, FactLine]]]]] = {}
    for record in world.visible(who, as_of):
        lines = list(enumerate(record.lines or (FactLine(),)))
        if _fits(record, question) and _has_line(record, filter_.where):
            owner = record.envelope["country"], record.envelope["authority"]
            groups.setdefault(owner, []).append((record, lines))
    return {owner: _quality(records) for owner, records in groups.items()}


@dataclass(frozen=True)
class _Asked:
    filter: Any
    grouping: Any


def _quality(records: list[tuple[PublishedVersion, list[tuple[int, FactLine]]]]) -> tuple[Any, ...]:
    own = [record for record, _lines in records]
    envelopes = [record.envelope for record in own]
    measured = [line for _record, lines in records for at, line in lines if at > 0]
    late = sorted(moment_of(record, "recorded") - moment_of(record, "reported") for record in own)
    return (
        len(own),
        sum(envelope["supersedes"] is not None for envelope in envelopes),
        sum(envelope["occurred_precision"] in ("day", "second") for envelope in envelopes),
        sum(envelope["subdivision"] is not None for envelope in envelopes),
        len(measured),
        sum(line.usable in ("", "no_code") for line in measured),
        sum(line.usable == "" for line in measured),
        [late[int(level * len(late))] if late else 0 for level in (0.5, 0.9)],
    )


# -- made-up logs and readers

_MARKINGS = st.fixed_dictionaries(
    {
        "recipients": st.sampled_from(
            [["ALL"], ["ALL"], ["ALL"], ["CO"], ["PE"], ["CO/PONAL"], ["@frontera"], ["AR"]]
        ),
        "tlp": st.sampled_from(["CLEAR", "GREEN", "GREEN", "AMBER", "AMBER+STRICT", "RED"]),
        "handling": st.sampled_from([[], [], [], ["H0"], ["H1"], ["H1", "H2"], ["H3"]]),
        "exercise": st.sampled_from([None, None, None, None, "condor"]),
    }
).map(
    lambda marks: {
        **marks,
        "condition": CONDITIONS[0] if "H3" in (marks["handling"] or ()) else None,
    }
)
_OWNERS = st.sampled_from(
    [("CO", "PONAL"), ("PE", "SUCAMEC"), ("EC", "POLICIA"), ("BO", "FELCN")]
).map(lambda owner: {"country": owner[0], "authority": owner[1]})
_PLACES = st.sampled_from(
    [(None, None), ("CO", None), ("CO", "CO-NAR"), ("CO", "CO-NAR"), ("EC", "EC-C")]
).map(lambda place: {"place_country": place[0], "subdivision": place[1]})
_TIMES = st.one_of(
    st.just({"occurred_from": None, "occurred_until": None, "occurred_precision": "unknown"}),
    st.builds(
        lambda day, ms, precision: {
            "occurred_from": FIRST_DAY + day * DAY + ms,
            "occurred_until": None,
            "occurred_precision": precision,
        },
        st.sampled_from([-20_000, -1, 0, 5, 31, 89, 90, 181, 363, 364, 365, 366]),
        st.sampled_from([0, 1, DAY - 1]),
        st.sampled_from(["day", "day", "day", "month", "year", "second"]),
    ),
)
_REPORTED = st.sampled_from([0, 30, 90, 400]).map(
    lambda day: {"reported_at": FIRST_DAY + day * DAY + 5}
)
_WHAT = st.builds(
    lambda type_, crime: {"type": type_, "crime": crime},
    st.sampled_from(["seizure", "seizure", "suspicious_flow"]),
    st.sampled_from(["0601", "0602", "09012"]),
)


@st.composite
def envelopes(draw: st.DrawFn) -> Record:
    """What of an envelope decides about figures."""
    parts = (_MARKINGS, _OWNERS, _PLACES, _TIMES, _REPORTED, _WHAT)
    envelope: Record = {}
    for part in parts:
        envelope |= draw(part)
    return envelope


_AMOUNTS = st.sampled_from(["0", "0.000001", "0.1", "0.2", "12.5", "1000000", "99999999.999999"])
_LINES = st.builds(
    lambda measure, amount, usable, drug, currency: FactLine(
        "items",
        "" if usable in ("no_amount", "no_unit") else measure,
        Decimal(0) if usable in ("no_amount", "no_unit") else Decimal(amount),
        currency if measure == "money" and usable in ("", "no_code") else "",
        usable,
        {"drug": drug, "what": "drug"} if drug else {},
    ),
    st.sampled_from(["mass", "mass", "pieces", "money", "money"]),
    _AMOUNTS,
    st.sampled_from(["", "", "", "no_amount", "no_unit", "no_code"]),
    st.sampled_from(["", "cocaine_base", "cannabis"]),
    st.sampled_from(["USD", "COP", "COP", "PEN", "BOB"]),
)


_OF_RECORD: list[dict[str, str]] = [
    *({}, {}, {"calibre": "9x19"}, {"crossing": "rumichaca"}, {"crossing": "puente viejo"}),
    {"calibre": "9x19", "status": "REGISTERED"},
]


@st.composite
def contents(draw: st.DrawFn) -> tuple[FactLine, ...]:
    """The record's own line, and what was measured in it."""
    of_record = draw(st.sampled_from(_OF_RECORD))
    own = FactLine(dimensions=of_record)
    measured = draw(st.lists(_LINES, max_size=3))
    return (own, *(line._replace(dimensions={**of_record, **line.dimensions}) for line in measured))


@st.composite
def fact_worlds(draw: st.DrawFn, most: int = 14) -> FactWorld:
    """A log of records, corrections, retractions and erasures."""
    world = FactWorld()
    for _turn in range(draw(st.integers(1, most))):
        act = draw(st.sampled_from(["publish"] * 5 + ["correct"] * 3 + ["retraction", "erasure"]))
        if act == "publish" or not world.heads:
            world.publish(draw(envelopes()), draw(contents()))
            continue
        number = draw(st.integers(0, len(world.heads) - 1))
        if act == "correct":
            world.correct(number, draw(envelopes()), draw(contents()))
        else:
            world.withdraw(act, number)
    return world


@st.composite
def askers(draw: st.DrawFn) -> Asker:
    """A reader; some accepted the condition of every country."""
    country, authority = draw(
        st.sampled_from(
            [("CO", "PONAL"), ("CO", None), ("PE", None), ("EC", "POLICIA"), ("AR", None)]
        )
    )
    every = frozenset((owner, CONDITIONS[0]) for owner in ("BO", "CO", "EC", "PE"))
    return Asker(
        "ana",
        country,
        authority,
        draw(st.sampled_from(["analyst", "analyst", "analyst", "prosecutor", "operator"])),
        draw(st.sampled_from(["GREEN", "AMBER", "AMBER+STRICT", "RED"])),
        draw(st.sampled_from([frozenset(), frozenset({"frontera"})])),
        draw(st.sampled_from(["investigation", "prosecution", None])),
        draw(st.sampled_from([None, None, None, "condor"])),
        draw(st.sampled_from([frozenset(), every])),
    )
