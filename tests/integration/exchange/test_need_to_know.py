"""The law: what a reader is told is computed from what is released to that reader, whatever they
ask and however it is told.

A made-up log (tests.support.marked_world) goes through the real pipeline's code into the real
engine; every answer must be exactly what the independent oracle (tests.support.need_to_know)
allows. The HTTP API, the command line and the page say no more than the query layer.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import networkx
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from pydantic import TypeAdapter
from quipu.client import (
    ExchangeClient,
    NothingFoundError,
    NotSignedInError,
    QuestionRefusedError,
)

from consumers.api.app import application
from consumers.query.figures.finding_counts import FindingCountsQuestion
from consumers.query.figures.finding_delays import (
    FINDING_DELAYS,
    FindingDelayRow,
    FindingDelaysQuestion,
)
from consumers.query.figures.flows import FlowsQuestion
from consumers.query.figures.themes import theme_of
from consumers.query.filters import EventFilter
from consumers.query.identifiers import Identifiers
from consumers.query.ids import AmbiguousIdError
from consumers.query.indicator_queries import ANY_INDICATOR
from consumers.query.indicators import IndicatorView
from consumers.query.paging import PageRange
from consumers.query.picture.picture import PictureQuestion
from consumers.query.query_layer import QueryLayer
from consumers.query.series import Clock, Period, SeriesFilter
from consumers.query.things import Thing
from consumers.query.views import EventHistory, EventView, to_epoch_ms
from consumers.sink.writer import TableWriter
from infra.cli.root import main
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.orchestration import units
from infra.settings import Settings
from streams.rules import read_rule_book
from tests.support.effort import IS_THOROUGH
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import found_exchange
from tests.support.identity import gateway_client, let_ask
from tests.support.marked_world import (
    CROWDED_SERIAL,
    MarkedExchange,
    accept,
    claim,
    claimed,
    reader,
)
from tests.support.need_to_know import NAMES, Asker, ShownRecord, Statement
from tests.support.pdf_text import page_texts
from tests.support.query_layers import query_layer
from tests.support.served_api import served

pytestmark = pytest.mark.integration
SEED = 20_261_122
READERS = 100 if IS_THOROUGH else 50
SINGLY = READERS * 6 // 10
MANY = READERS * 4 // 10
SOME = READERS // 4
ASK_ABOUT = 3  # of each kind, of each reader
OVER_HTTP = 12 if IS_THOROUGH else 8
ON_THE_COMMAND_LINE = 3
ALL = 100_000
FILES_OF = 20 if IS_THOROUGH else 5
"""Matches or things that each reader takes along as files."""
ROOT = Path(__file__).parents[3]


@dataclass
class Exchange:
    """A founded exchange whose tables hold the made-up log, and who asks it."""

    settings: Settings
    marked: MarkedExchange
    askers: list[Asker]
    queries: QueryLayer
    chance: random.Random


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[Exchange]:
    with lease.running("need-to-know", only=()) as stack:
        units.make_tables(stack.settings)
        secret = found_exchange(stack.settings).mechanism.thing_secret
        marked = MarkedExchange(SEED, secret)
        askers = marked.askers(READERS)
        store = TableWriter(connect(stack.settings, StoreUser.WRITER, database_of(1)))
        marked.store(store)
        accept(store, askers)
        store.close()
        client = connect(stack.settings, StoreUser.MIGRATOR, database_of(1))
        yield Exchange(
            stack.settings,
            marked,
            askers,
            query_layer(client, read_rule_book(), secret),
            random.Random(SEED),
        )
        client.disconnect()


@pytest.fixture(scope="module")
def api(exchange: Exchange) -> Iterator[TestClient]:
    with gateway_client(exchange.settings) as client:
        yield client


# -- answers, cut down to what the oracle says


def plain(kind: Any, value: Any) -> Any:
    """Turn a value into plain JSON values."""
    return TypeAdapter(kind).dump_python(value, mode="json")


def ms(text: str) -> int:
    return to_epoch_ms(datetime.fromisoformat(text))


def indicator_of(indicator: ShownRecord) -> ShownRecord:
    occurred = [ms(piece["occurred"]) for piece in indicator["evidence"] if piece["occurred"]]
    owners = {NAMES[piece["country"]] for piece in indicator["evidence"]}
    countries = sorted(name for name in owners if name in indicator["sentence"]["es"])
    same = {
        name: indicator[name]
        for name in (
            "id",
            "rule",
            "grade",
            "status",
            "thing",
            "members",
            "pairs",
            "score",
            "tlp",
            "handling",
            "conditions",
        )
    }
    return {
        **same,
        "countries": countries,
        "first_recorded": ms(indicator["first_recorded"]),
        "last_recorded": ms(indicator["last_recorded"]),
        "last_occurred": max(occurred, default=None),
        "evidence": {
            (piece["event"], piece["role"]): piece["markings"] for piece in indicator["evidence"]
        },
    }


def listed_of(shown: ShownRecord) -> ShownRecord:
    return {name: shown[name] for name in ("id", "version", "tlp", "markings")}


def event_of(event: ShownRecord | None) -> ShownRecord | None:
    if event is None:
        return None
    return {
        "id": event["id"],
        "status": event["status"],
        "current": event["current"]["version"],
        "versions": {version["version"]: version["markings"] for version in event["versions"]},
        "acts": sorted(act["type"] for act in event["acts"]),
        "things": sorted(
            thing["id"] if isinstance(thing, dict) else thing for thing in event["things"]
        ),
    }


def thing_of(shown: ShownRecord | None) -> ShownRecord | None:
    if shown is None:
        return None
    members = {member["event"]: member["markings"] for member in shown["members"]}
    return {
        "id": shown["id"],
        "hub": shown["hub"],
        "members": members,
        "indicators": sorted(indicator["id"] for indicator in shown["indicators"]),
    }


def series_of(points: list[ShownRecord]) -> Counter[tuple[str, str, str]]:
    return Counter(
        {
            (indicator["begins"] or "", indicator["rule"], indicator["grade"]): indicator["count"]
            for indicator in points
        }
    )


# -- the query layer


def moments(exchange: Exchange, count: int) -> list[int | None]:
    """Now, and as of some moments of the log."""
    log = exchange.marked.oracle.log
    return [None, *(exchange.chance.choice(log).recorded for _ in range(count))]


def events_of(exchange: Exchange) -> list[Statement]:
    """List the events that are no control events."""
    return [statement for statement in exchange.marked.oracle.log if not statement.act]


def test_lists_are_what_the_oracle_allows(exchange: Exchange) -> None:
    queries, oracle = exchange.queries, exchange.marked.oracle
    for number, who in enumerate(exchange.askers):
        for as_of in moments(exchange, int(number % 3 == 0)):
            answer = plain(
                list[IndicatorView], queries.indicators.newest(reader(who), as_of=as_of, limit=ALL)
            )
            assert [indicator_of(item) for item in answer] == oracle.indicators(who, as_of), (
                who,
                as_of,
            )
            events = plain(
                list[EventView], queries.events.newest(reader(who), EventFilter(), as_of, ALL)
            )
            assert [listed_of(event) for event in events] == oracle.events(who, as_of), (who, as_of)


def test_the_log_holds_what_the_law_is_about(exchange: Exchange) -> None:
    """Else the law would hold of nothing."""
    oracle, askers = exchange.marked.oracle, exchange.askers
    showns = [indicator for who in askers for indicator in oracle.indicators(who)]
    assert {indicator["status"] for indicator in showns} == {"live", "hub"}
    assert {indicator["grade"] for indicator in showns} == {"certain", "possible"}
    assert len({indicator["rule"] for indicator in showns}) == 5
    assert any(len(oracle.listed_once(who)) < len(oracle.indicators(who)) for who in askers)
    assert any(shown["conditions"] for shown in showns)
    by_id = {
        shown["id"]: {repr(other) for other in showns if other["id"] == shown["id"]}
        for shown in showns
    }
    assert max(len(ways) for ways in by_id.values()) > 10, (
        "one indicator is another for another reader"
    )
    crowd = [
        oracle.thing(exchange.marked.thing("weapon", "", f"{CROWDED_SERIAL}|TAURUS|PISTOL"), who)
        for who in askers
    ]
    assert {shown["hub"] for shown in crowd if shown} == {True, False}, (
        "a hub to some, not to others"
    )
    assert any(who.exercise and oracle.events(who) for who in askers)
    assert {
        item["status"]
        for who in askers[:20]
        for statement in events_of(exchange)
        if (item := oracle.event(statement.event, who))
    } == {
        "current",
        "retracted",
        "erased",
    }


def test_pages_are_cut_from_what_is_seen(exchange: Exchange) -> None:
    queries, oracle = exchange.queries, exchange.marked.oracle
    for who in exchange.askers[:SOME]:
        limit, offset = exchange.chance.randrange(1, 9), exchange.chance.randrange(12)
        part = PageRange(limit, offset)
        indicators = [
            indicator.id
            for indicator in queries.indicators.page(reader(who), ANY_INDICATOR, None, part).items
        ]
        assert (
            indicators
            == [indicator["id"] for indicator in oracle.indicators(who)][offset : offset + limit]
        )
        events = [
            event.id for event in queries.events.page(reader(who), EventFilter(), None, part).items
        ]
        assert events == [event["id"] for event in oracle.events(who)][offset : offset + limit]


def test_single_answers_are_what_the_oracle_allows(exchange: Exchange) -> None:
    queries, oracle, chance = exchange.queries, exchange.marked.oracle, exchange.chance
    things = sorted({thing for statement in oracle.log for _, thing in statement.things})
    every = sorted({all_indicator["id"] for all_indicator in oracle._all_indicators()})
    for who in exchange.askers[:SINGLY]:
        for as_of in moments(exchange, 1):
            showns = {indicator["id"]: indicator for indicator in oracle.indicators(who, as_of)}
            for id_ in chance.sample(sorted(showns), min(2, len(showns))) + chance.sample(every, 2):
                item = queries.indicators.indicator(id_, reader(who), as_of)
                assert (indicator_of(plain(IndicatorView, item)) if item else None) == showns.get(
                    id_
                ), (who, as_of)
        as_of = exchange.chance.choice(moments(exchange, 1))
        for id_ in (statement.event for statement in chance.sample(events_of(exchange), ASK_ABOUT)):
            history = queries.events.event(id_, reader(who), as_of)
            assert event_of(plain(EventHistory, history) if history else None) == oracle.event(
                id_, who, as_of
            ), (who, as_of, id_)
        for id_ in chance.sample(things, ASK_ABOUT):
            thing = queries.things.thing(id_, reader(who), as_of)
            assert thing_of(plain(Thing, thing) if thing else None) == oracle.thing(
                id_, who, as_of
            ), (who, as_of, id_)


def test_noise_is_counted_from_what_is_seen(exchange: Exchange) -> None:
    """A count of what is left out is the easiest way to learn of a hidden record."""
    queries, oracle = exchange.queries, exchange.marked.oracle
    reasons: Counter[str] = Counter()
    for who in exchange.askers[:SOME]:
        for as_of in moments(exchange, 1):
            noise = queries.noise.noise(reader(who), as_of)
            left_out = {
                (item.rule, item.thing): (
                    str(item.reason),
                    item.records,
                    {part.country: part.records for part in item.set_aside},
                )
                for item in noise.left_out
                if item.thing is not None
            }
            crowds = oracle.crowds(who, as_of)
            assert left_out.keys() == crowds.keys(), (who, as_of)
            for place, item in left_out.items():
                most = max(records for _reason, records, _aside in crowds[place])
                assert item in crowds[place] and item[1] == most, (who, as_of, place)
            live: dict[str, set[str]] = {}
            for shown in oracle.indicators(who, as_of):
                if shown["status"] == "live":
                    records = {event for event, _role in shown["evidence"]}
                    live.setdefault(shown["thing"], set()).update(records)
            for value in noise.most_linking:
                assert value.records == len(live[value.thing]), (who, as_of)
            reasons.update(reason for reason, _records, _aside in left_out.values())
    assert reasons["hub"], "a law of nothing"


def test_series_count_what_is_seen(exchange: Exchange) -> None:
    queries, oracle = exchange.queries, exchange.marked.oracle
    for who in exchange.askers[:MANY]:
        as_of = exchange.chance.choice(moments(exchange, 1))
        period: Period = exchange.chance.choice(("month", "week"))
        clock: Clock = exchange.chance.choice(("occurred", "recorded"))
        answer = plain(
            list[Any],
            queries.indicators.series(reader(who), SeriesFilter(period=period, clock=clock), as_of),
        )
        assert series_of(answer) == oracle.series(who, as_of, period, clock), (who, as_of)


def test_the_picture_counts_the_things_of_the_findings_that_are_seen(exchange: Exchange) -> None:
    """A thing once at the place of each record of the window, in the theme of that record."""
    queries, counted, log = exchange.queries, 0, exchange.marked.oracle.log
    for number, who in enumerate(exchange.askers[:SOME]):
        as_of = log[-1 - 5 * number].recorded
        picture = queries.picture.picture(reader(who), PictureQuestion(), as_of)
        events = queries.events.newest(reader(who), EventFilter(), as_of, ALL)
        crimes = {event.id: event.crime for event in events}
        expected: dict[tuple[str, str], set[str]] = {}
        for indicator in queries.indicators.newest(reader(who), as_of=as_of, limit=ALL):
            for piece in indicator.evidence if indicator.status == "live" else ():
                day = piece.occurred.date() if piece.occurred else date.max
                if piece.subdivision and picture.since <= day <= picture.last_day:
                    key = piece.subdivision, theme_of(piece.type, crimes[piece.event])
                    expected.setdefault(key, set()).add(indicator.thing)
        answer = {
            (cell.place, cell.theme): cell.findings for cell in picture.cells if cell.findings
        }
        assert answer == {key: len(things) for key, things in expected.items() if key[1]}
        counted += sum(answer.values())
    assert counted > 5, "there are findings to count"


def both_moments(
    rows: Sequence[FindingDelayRow], as_of: int | None, former: int | None
) -> list[tuple[int | None, list[FindingDelayRow]]]:
    """The rows of an answer, and those of the moment with which it compares."""
    then = [row.former for row in rows if row.former]
    return [(as_of, list(rows)), *([(former, then)] if former is not None else [])]


def spread_of(row: FindingDelayRow) -> tuple[Any, ...]:
    return (row.findings, row.negative, row.p10, row.p25, row.median, row.p75, row.p90, row.longest)


def plain_spread(spans: list[int]) -> tuple[Any, ...]:
    """How many, how many negative ones, quantiles and the longest, in days."""
    days = [round(span / 86_400_000, 3) for span in spans]
    quantiles = [days[len(days) * percent // 100] for percent in (10, 25, 50, 75, 90)]
    return (len(days), sum(span < 0 for span in spans), *quantiles, days[-1])


def test_figures_of_findings_count_what_is_seen(exchange: Exchange) -> None:
    """As of now and of the past, compared with a former moment, read here, in a file, for court."""
    findings, oracle, chance = exchange.queries.findings, exchange.marked.oracle, exchange.chance
    for asker in exchange.askers[:MANY]:
        who = replace(asker, use=chance.choice(("reading", "file", "court")))
        use: Any = who.use
        as_of, former = chance.choice(moments(exchange, 1)), moments(exchange, 1)[1]
        former = former if as_of is None or former is None else min(former, as_of)
        flows = findings.flows(reader(asker), FlowsQuestion(changed_since=former), as_of, use).rows
        assert {
            row.group: (row.findings, row.certain) for row in flows if row.findings
        } == oracle.flows(who, as_of), (who, as_of)
        assert {
            row.group: (row.former.findings, row.former.certain)
            for row in flows
            if row.former and row.former.findings
        } == oracle.flows(who, former), (who, former)
        counts = findings.finding_counts(reader(asker), FindingCountsQuestion(), as_of, use).rows
        assert {row.rule: (row.certain, row.possible, row.hubs) for row in counts} == (
            oracle.finding_counts(who, as_of)
        ), (who, as_of)
        assert all(row.open == row.certain + row.possible for row in counts)
        question = FindingDelaysQuestion(chance.choice(FINDING_DELAYS), changed_since=former)
        for moment, rows in both_moments(
            findings.finding_delays(reader(asker), question, as_of, use).rows, as_of, former
        ):
            assert {row.rule: spread_of(row) for row in rows if row.findings} == {
                rule: plain_spread(spans)
                for rule, spans in oracle.finding_delays(who, moment, question.delay).items()
            }, (who, moment, question.delay)
        shares = findings.shares(reader(asker), exchange.queries.figures, as_of, use).rows
        assert {
            row.group: (row.records, row.in_findings, row.in_certain) for row in shares
        } == oracle.shares(who, as_of), (who, as_of)


def test_marks_and_references_find_what_is_seen_and_nothing_else(exchange: Exchange) -> None:
    queries, oracle, chance = exchange.queries, exchange.marked.oracle, exchange.chance
    for who in exchange.askers[:MANY]:
        statement = chance.choice([item for item in oracle.log if item.words])
        marks = Identifiers("weapon", statement.words[2], type="PISTOL", make="Taurus")
        (id_,) = {exchange.marked.thing("weapon", "", f"{statement.words[2]}|TAURUS|PISTOL")}
        assert [thing.id for thing in queries.things.identified_by(marks, reader(who))] == [id_] * (
            oracle.thing(id_, who) is not None
        )
        texts = [
            event.id
            for event in queries.events.newest(
                reader(who), EventFilter(reference=statement.words[0])
            )
        ]
        assert texts == [
            event["id"] for event in oracle.events(who) if event["id"] == statement.event
        ]


def test_short_ids_mean_what_is_seen(exchange: Exchange) -> None:
    """A hidden thing neither answers to its digits nor makes those of another one ambiguous."""
    queries, oracle, chance = exchange.queries, exchange.marked.oracle, exchange.chance
    for who in exchange.askers[:SOME]:
        for digits in (
            chance.choice(oracle.log).event[-3:],
            chance.choice(sorted(oracle.hidden_words(who) | {"0" * 36}))[:3],
        ):
            seen = [
                text
                for text in _seen(exchange, who)
                if UUID(text).hex.endswith(digits) or _begins(exchange, text, digits)
            ]
            try:
                texts = [queries.ids.resolve(digits, reader(who))[1]]
            except AmbiguousIdError as error:
                texts = [id_ for _, id_ in error.matches]
            assert set(texts) <= set(seen), (who, digits)
            assert len(texts) == min(len(seen), 2), (who, digits)


def _seen(exchange: Exchange, who: Asker) -> set[str]:
    oracle = exchange.marked.oracle
    things = {thing for statement in oracle.live(who, None) for _, thing in statement.things}
    return (
        set(oracle.heads(who, None))
        | things
        | {indicator["id"] for indicator in oracle.indicators(who)}
        | _acts(exchange, who)
    )


def _acts(exchange: Exchange, who: Asker) -> set[str]:
    """Control events bear the marking of their example: GREEN to all, in the real world."""
    content = who.role in ("analyst", "prosecutor", "officer") and who.exercise is None
    return (
        {statement.event for statement in exchange.marked.oracle.log if statement.act}
        if content
        else set()
    )


def _begins(exchange: Exchange, id_: str, digits: str) -> bool:
    return id_.startswith(digits) and id_ not in {
        statement.event for statement in exchange.marked.oracle.log
    }


# -- what tells it


def headers(who: Asker) -> dict[str, str]:
    texts = {
        "X-Quipu-Reader": who.person,
        "X-Quipu-Purpose": who.purpose or "",
        "X-Quipu-Groups": ",".join(who.groups),
    }
    return texts | ({"X-Quipu-Exercise": who.exercise} if who.exercise else {})


def over_http(exchange: Exchange) -> list[Asker]:
    """Readers as the API knows them; a header holds no accents, so none of the exercise's."""
    return [claimed(who) for who in exchange.askers if not who.exercise][:OVER_HTTP]


@pytest.mark.parametrize("use", ["file", "court"])
def test_a_file_holds_what_may_be_passed_on_and_nothing_else(
    exchange: Exchange, api: TestClient, use: str
) -> None:
    """Every list, as CSV and Parquet: what H2 or H1 forbids is nowhere in it, nor derived from it."""
    oracle = exchange.marked.oracle
    for asker in over_http(exchange):
        who = replace(asker, use=use)
        query = {"headers": headers(asker)}
        params = {"format": "csv", "for_court": use == "court"}
        for path, listed in (
            ("/v1/events", oracle.events(who)),
            ("/v1/indicators", oracle.listed_once(who)),
        ):
            answer = api.get(path, params=params, **query)
            assert answer.status_code == 200, answer.text[:300]
            rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
            assert [row["id"] for row in rows] == [item["id"] for item in listed]
            assert [row["tlp"] for row in rows] == [item["tlp"] for item in listed]
            hidden = oracle.hidden_words(who)
            assert not [word for word in hidden if word in answer.text]
            parquet = api.get(path, params={**params, "format": "parquet"}, **query)
            table = pq.read_table(io.BytesIO(parquet.content))
            assert table.column("id").to_pylist() == [item["id"] for item in listed]
        for path in ("flows", "shares", "finding-counts", "finding-delays"):
            answer = api.get(f"/v1/figures/{path}", params=params, **query)
            assert answer.status_code == 200, answer.text[:300]
            assert "H2" not in answer.text


@pytest.mark.parametrize("use", ["file", "court"])
def test_a_file_of_one_match_holds_what_may_be_passed_on_and_nothing_else(
    exchange: Exchange, api: TestClient, use: str
) -> None:
    """As PDF, STIX and GraphML; where nothing of a match remains, only who sees it is told so."""
    oracle, outcomes = exchange.marked.oracle, Counter[int]()
    every = sorted({item["id"] for who in over_http(exchange) for item in oracle.indicators(who)})
    for asker in over_http(exchange):
        who = replace(asker, use=use)
        seen = {item["id"] for item in oracle.indicators(asker)}
        passable = {item["id"]: item for item in oracle.indicators(who)}
        hidden, court = oracle.hidden_words(who), {"for_court": use == "court"}
        refused = sorted(seen - passable.keys())
        for id_ in {*exchange.chance.sample(every, FILES_OF), *refused[:2]}:
            for format_ in ("stix", "graphml", "pdf"):
                answer = api.get(
                    f"/v1/indicators/{id_}",
                    params={"format": format_, **court},
                    headers=headers(asker),
                )
                status = 200 if id_ in passable else 403 if id_ in seen else 404
                assert answer.status_code == status, (who, id_, answer.text[:300])
                outcomes[status] += 1
                if status == 404:
                    bare = api.get(f"/v1/indicators/{id_}", headers=headers(asker))
                    assert (bare.status_code, bare.text) == (404, answer.text)
                    continue
                text = text_of(answer.content, format_) if status == 200 else answer.text
                assert not [word for word in hidden if word in text]
                if status == 200:
                    events = {event for event, _role in passable[id_]["evidence"]}
                    assert {event for event in ids_of_events(exchange) if event in text} == events
    assert all(outcomes[status] > 0 for status in (200, 403, 404)), outcomes


def text_of(content: bytes, format_: str) -> str:
    """All text of a file, without what parts the lines of a PDF."""
    if format_ != "pdf":
        return content.decode()
    return "".join("".join(page.split()) for page in page_texts(content))


def ids_of_events(exchange: Exchange) -> set[str]:
    return {statement.event for statement in exchange.marked.oracle.log if not statement.act}


def test_the_network_of_a_thing_holds_what_may_be_passed_on_and_nothing_else(
    exchange: Exchange, api: TestClient
) -> None:
    oracle = exchange.marked.oracle
    things = sorted({thing for statement in oracle.log for _, thing in statement.things})
    for asker in over_http(exchange):
        who = replace(asker, use="file")
        for thing in exchange.chance.sample(things, FILES_OF):
            answer = api.get(
                f"/v1/things/{thing}", params={"format": "graphml"}, headers=headers(asker)
            )
            shown, reading = oracle.thing(thing, who), oracle.thing(thing, asker)
            status = 200 if shown else 403 if reading else 404
            assert answer.status_code == status, (who, thing, answer.text[:300])
            assert not [word for word in oracle.hidden_words(who) if word in answer.text]
            if shown:
                graph = networkx.parse_graphml(answer.text)
                assert set(graph.neighbors(thing)) == set(shown["members"])


def test_the_client_reads_the_api_page_by_page(
    exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token of an account, over a socket: lists to their end, files, errors in the API's words."""
    monkeypatch.setattr("quipu.client.asking.PAGE", 7)
    who = claimed(Asker("", "CO", "PONAL", "analyst", "AMBER", frozenset(), None, None))
    name, settings = let_ask(exchange.settings, who.person), exchange.settings
    oracle, who = exchange.marked.oracle, replace(who, person=name)
    with served(application(settings)) as url:
        client = ExchangeClient(url, settings.token_file(name))
        assert [event.id for event in client.events()] == [
            item["id"] for item in oracle.events(who)
        ]
        as_of = moments(exchange, 1)[1] or 0
        then = datetime.fromtimestamp(as_of / 1000, UTC)
        assert [finding.id for finding in client.indicators(then, every=True)] == [
            item["id"] for item in oracle.indicators(who, as_of)
        ]
        finding = next(client.indicators())
        assert {piece.event for piece in client.indicator(finding.id).evidence} == {
            piece.event for piece in finding.evidence
        }
        assert client.thing(finding.thing).id == finding.thing
        assert {row["rule"] for row in client.figures("finding-counts").rows} == set(
            oracle.finding_counts(who)
        )
        file = tmp_path / "events.xlsx"
        client.save("events", file)
        sheet = load_workbook(file, read_only=True).worksheets[0]
        events = oracle.events(replace(who, use="file"))
        assert [row[0] for row in sheet.iter_rows(2, values_only=True)] == [
            item["id"] for item in events
        ]
        with pytest.raises(QuestionRefusedError, match="mercurio: there is no such parameter"):
            list(client.events(mercurio="1"))
        with pytest.raises(QuestionRefusedError, match="no rule `mercurio`"):
            list(client.indicators(rule="mercurio"))
        with pytest.raises(NothingFoundError, match="not released"):
            client.event("0" * 32)
    with served(application(settings)) as url, pytest.raises(NotSignedInError, match="SIGN_IN"):
        list(ExchangeClient(url, token="quipu_wrong").events())


def test_the_notebook_of_the_documents_runs(
    exchange: Exchange,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its cells run in their order, as they are written there, and hold no output of anybody."""
    notebook = json.loads((ROOT / "docs" / "analysis.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    name = let_ask(exchange.settings, claim("CO", "PONAL", "analyst", "AMBER"))
    monkeypatch.setenv("QUIPU_TOKEN_FILE", str(exchange.settings.token_file(name)))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    names: dict[str, Any] = {}
    with served(application(exchange.settings)) as url:
        monkeypatch.setenv("QUIPU_URL", url)
        for cell in cells:
            exec("".join(cell["source"]), names)  # noqa: S102 - a file of ours
    printed = capsys.readouterr().out
    assert "NAME" in printed and "`mercurio`" in printed
    assert "bytes in" in printed
    assert len(names["findings"]) > 5


def test_the_api_says_the_same(exchange: Exchange, api: TestClient) -> None:
    oracle = exchange.marked.oracle
    for who in over_http(exchange):
        query = {"headers": headers(who)}
        output = api.get("/v1/indicators", params={"limit": 1000}, **query).json()
        assert [indicator_of(item) for item in output] == oracle.listed_once(who)
        every = api.get("/v1/indicators", params={"limit": 1000, "every": True}, **query).json()
        assert [indicator_of(item) for item in every] == oracle.indicators(who)
        assert [
            listed_of(item)
            for item in api.get("/v1/events", params={"limit": 1000}, **query).json()
        ] == oracle.events(who)
        assert series_of(api.get("/v1/series", **query).json()) == oracle.series(who)
        for statement in exchange.chance.sample(events_of(exchange), ASK_ABOUT):
            answer = api.get(f"/v1/events/{statement.event}", **query)
            assert event_of(answer.json() if answer.status_code == 200 else None) == oracle.event(
                statement.event, who
            )


def test_hidden_and_not_there_answer_alike(exchange: Exchange, api: TestClient) -> None:
    oracle = exchange.marked.oracle
    nothing = str(UUID(int=0))
    for who in over_http(exchange):
        hidden = oracle.hidden_words(who)
        for path, ids in (
            ("events", {statement.event for statement in oracle.log}),
            ("things", {thing for statement in oracle.log for _, thing in statement.things}),
        ):
            for id_ in exchange.chance.sample(sorted(ids & hidden), min(2, len(ids & hidden))):
                answers = [
                    api.get(f"/v1/{path}/{text}", headers=headers(who)) for text in (id_, nothing)
                ]
                assert len({(answer.status_code, answer.text) for answer in answers}) == 1
                assert answers[0].status_code == 404


def test_no_hidden_word_is_in_any_text(exchange: Exchange, api: TestClient) -> None:
    """JSON, and the page's HTML: lists, and single answers asked for by hidden ids."""
    oracle = exchange.marked.oracle
    for who in over_http(exchange)[:6]:
        hidden = oracle.hidden_words(who)
        seen = [indicator["id"] for indicator in oracle.indicators(who)][:2]
        paths = ["/", "/v1/indicators", "/v1/events", *(f"/indicators/{id_}" for id_ in seen)]
        paths += [
            f"/events/{statement.event}"
            for statement in exchange.chance.sample(events_of(exchange), 2)
        ]
        paths += [
            f"/things/{thing}"
            for statement in exchange.chance.sample(events_of(exchange), 2)
            for _, thing in statement.things[:1]
        ]
        for path in paths:
            text = html.unescape(api.get(path, headers=headers(who)).text)
            query = path.rsplit("/", 1)[-1]
            assert [word for word in hidden if word in text and word != query] == [], (who, path)


def test_the_command_line_says_the_same(exchange: Exchange) -> None:
    oracle = exchange.marked.oracle
    for who in over_http(exchange)[:ON_THE_COMMAND_LINE]:
        answer = quipu(exchange, who, "indicators", "--limit", "10000")
        assert [indicator_of(item) for item in json.loads(answer.stdout)] == oracle.listed_once(who)
        listed = quipu(exchange, who, "events", "--limit", "10000")
        assert [listed_of(item) for item in json.loads(listed.stdout)] == oracle.events(who)
        assert series_of(json.loads(quipu(exchange, who, "series").stdout)) == oracle.series(who)
        hidden = sorted(
            {statement.event for statement in events_of(exchange)} & oracle.hidden_words(who)
        )
        things = sorted(
            {thing for statement in oracle.log for _, thing in statement.things}
            & oracle.hidden_words(who)
        )
        for command, ids in (("show", hidden), ("thing", things)):
            for id_ in ids[:1]:
                answers = [quipu(exchange, who, command, text) for text in (id_, str(UUID(int=0)))]
                told_alike = {
                    (item.exit_code, item.output.replace(id_, "ID").replace(str(UUID(int=0)), "ID"))
                    for item in answers
                }
                assert len(told_alike) == 1, told_alike


def quipu(exchange: Exchange, who: Asker, *arguments: str) -> Any:
    """The command line, in this process."""
    let_ask(exchange.settings, who.person, who.groups)
    options = [
        "--as",
        who.person,
        "--purpose",
        who.purpose or "",
        "--groups",
        ",".join(who.groups),
        "--json",
    ]
    return CliRunner().invoke(main, ["--home", str(exchange.settings.home), *arguments, *options])
