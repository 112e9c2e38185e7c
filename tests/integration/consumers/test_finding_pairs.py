"""Figures of findings from the table of pairs: as a plain count over folded evidence, for each
reader, as of any moment, whatever was corrected, retracted or erased, and however much of the
table is computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from consumers.maintenance.compare_copies import compare_copies
from consumers.query.figures.finding_counts import FindingCountsQuestion, count_findings
from consumers.query.figures.finding_delays import FINDING_DELAYS, FindingDelaysQuestion
from consumers.query.figures.flows import PLACE_LEVELS, FlowsQuestion, leads_somewhere
from consumers.query.filters import IndicatorFilter
from consumers.query.query_layer import QueryLayer
from consumers.query.released_labels import ReleasedLabels
from consumers.query.series import SeriesFilter, to_points
from consumers.query.store_reader import StoreReader
from consumers.sink.finding_pairs import PairKeeper
from consumers.sink.table_rows import Batch
from consumers.sink.writer import TableWriter
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.client import Client
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from schemas.model import COUNTRIES
from streams.correlation.assess import Indicator
from streams.rules import RuleBook, read_rule_book
from tests.support.effort import IS_THOROUGH
from tests.support.finding_oracle import plain_delays, plain_flows, plain_series, plain_shares
from tests.support.marked_world import MarkedExchange, reader, store_line
from tests.support.native_servers import EmbeddedServer
from tests.support.need_to_know import Asker
from tests.support.query_layers import query_layer
from tests.support.signed_bundles import ExchangeBuilder, colombia, ecuador, weapon

pytestmark = pytest.mark.integration
RULES = read_rule_book()
SECRET = b"s" * 32
DATABASE, OTHERS = "quipu_g9912", ("quipu_g9913", "quipu_g9914")
LATE = 2**42
ASKERS = 4 if IS_THOROUGH else 2


class PairStore(NamedTuple):
    """A log in the tables, and what keeps its pairs."""

    client: Client
    keeper: PairKeeper
    exchange: MarkedExchange


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as server:
        yield server
        server.stop()


def _client(server: EmbeddedServer, user: StoreUser, database: str) -> Client:
    return Client(
        server.host,
        port=server.port,
        user=user.account,
        password=server.password(user),
        database=database,
        settings={"server_side_params": True},
    )


def _book() -> RuleBook:
    return RULES


@pytest.mark.timeout(600)
def test_figures_of_findings_are_those_of_folded_evidence(server: EmbeddedServer) -> None:
    migrate(_client(server, StoreUser.MIGRATOR, "default"), MIGRATIONS, DATABASE)
    writer = TableWriter(_client(server, StoreUser.WRITER, DATABASE))
    inserter = _client(server, StoreUser.WRITER, DATABASE)
    inserter.client_settings["strings_as_bytes"] = True
    keeper = PairKeeper(
        _client(server, StoreUser.WRITER, DATABASE), inserter, writer.findings, _book
    )
    exchange = MarkedExchange(2018, SECRET)
    line = exchange.world.run()
    evidence = [place for place in line.written if "evidence" in place[0]]
    late = {place: line.written[place][-20:] for place in evidence}
    for place in evidence:
        line.written[place] = line.written[place][:-20]
    store_line(line, exchange.payloads, writer, SECRET)
    store = PairStore(_client(server, StoreUser.MIGRATOR, DATABASE), keeper, exchange)
    _check(store)  # nothing is computed: all is folded
    assert keeper.step() > 0
    assert keeper.step() == 0
    _check(store)
    line.written = late
    store_line(line, exchange.payloads, writer, SECRET)
    assert store.client.execute("SELECT count() FROM changed_findings")[0][0] > 0
    _check(store)  # what changed since is folded
    assert keeper.step() > 0
    counted = _check(store)
    assert counted["folded"] < counted["all"] / 4, "hubs alone are folded"
    keeper.clock = lambda: 1e9
    keeper.step()
    _check(store)
    rows = store.client.execute(
        "SELECT count() FROM finding_pairs WHERE hasAny([first_event, second_event], "
        "(SELECT groupUniqArray(id) FROM events WHERE erased = 1))"
    )
    assert rows == [(0,)]
    assert store.client.execute("SELECT count() FROM changed_findings") == [(0,)]


def test_two_generations_have_the_same_pairs_until_one_is_lost(server: EmbeddedServer) -> None:
    """So a rebuild compares what figures of findings read, though each run has its own number."""
    colombian, ecuadorian = colombia(), ecuador()
    exchange = ExchangeBuilder(colombian, ecuadorian)
    exchange.publish(colombian, weapon("R-1", "STOLEN"))
    exchange.publish(ecuadorian, weapon("R-2", "SEIZED"))
    written = exchange.run().written.items()
    messages = [own for place, owns in written if "evidence" in place[0] for own in owns]
    for database in OTHERS:
        migrate(_client(server, StoreUser.MIGRATOR, "default"), MIGRATIONS, database)
        writer = TableWriter(_client(server, StoreUser.WRITER, database))
        inserter = _client(server, StoreUser.WRITER, database)
        inserter.client_settings["strings_as_bytes"] = True
        for message in messages:
            batch = Batch()
            batch.add_evidence(message.value)
            writer.write(batch)
        own = _client(server, StoreUser.WRITER, database)
        assert PairKeeper(own, inserter, writer.findings, _book).step() > 0
    clients = [_client(server, StoreUser.MIGRATOR, database) for database in OTHERS]
    facts, pairs = compare_copies(clients[0], clients[1], LATE)
    assert facts.equal and pairs.equal and pairs.old_rows > 0
    clients[1].execute("TRUNCATE TABLE finding_pairs")
    assert not compare_copies(clients[0], clients[1], LATE)[1].equal


def _check(store: PairStore) -> dict[str, int]:
    """Compare every answer; return how many indicators there were, and how many were folded."""
    times = sorted(event.recorded for event in store.exchange.oracle.log)
    counted = {"all": 0, "folded": 0}
    for number, who in enumerate(store.exchange.askers(ASKERS)):
        for as_of in (None, times[len(times) * (number + 1) // (ASKERS + 2)]):
            for key, value in _check_asker(store, who, as_of).items():
                counted[key] += value
    return counted


def _check_asker(store: PairStore, who: Asker, as_of: int | None) -> dict[str, int]:
    asker = reader(who)
    queries = query_layer(store.client, RULES, SECRET, readers={asker: asker})
    plain = StoreReader(store.client, RULES, ReleasedLabels(store.client))
    every = list(plain.indicators_of_rules(list(RULES.by_id), "", asker, as_of))
    _check_counts(queries, every, who, as_of)
    _check_spreads(queries, every, who, as_of)
    _check_new(queries, every, who, as_of)
    scope = queries.pairs.scope(RULES, list(RULES.by_id), "", asker, as_of)
    return {"all": len(every), "folded": len(scope.folded)}


def _check_counts(
    queries: QueryLayer, every: list[Indicator], who: Asker, as_of: int | None
) -> None:
    asker = reader(who)
    for period, clock in (("month", "occurred"), ("week", "recorded")):
        filter_ = SeriesFilter(period=period, clock=clock)  # type: ignore[arg-type]
        assert queries.indicators.series(asker, filter_, as_of) == to_points(
            plain_series(every, filter_)
        )
    counts = queries.findings.finding_counts(asker, FindingCountsQuestion(), as_of)
    assert counts.rows == count_findings([], every, RULES.by_id)
    certain = [own for own in every if own.grade == "certain"]
    of_grade = FindingCountsQuestion(grade="certain")
    counts = queries.findings.finding_counts(asker, of_grade, as_of)
    assert counts.rows == count_findings([], certain, RULES.by_id)
    shares = queries.findings.shares(asker, queries.figures, as_of)
    records = {row.group: row.records for row in shares.rows}
    assert shares.rows == plain_shares(records, every)
    live = [own for own in every if own.status == "live"]
    members = {member.row.event_id.hex() for own in live for member in own.evidence}
    assert {id_.replace("-", "") for id_ in queries.findings.members(asker, "", as_of)} == members


def _check_spreads(
    queries: QueryLayer, every: list[Indicator], who: Asker, as_of: int | None
) -> None:
    asker = reader(who)
    leading = [own for own in every if leads_somewhere(RULES.by_id[own.rule])]
    for level in PLACE_LEVELS:
        flows = queries.findings.flows(asker, FlowsQuestion(level=level), as_of)
        assert flows.rows == plain_flows(leading, RULES, level)
    live = [member for own in leading if own.status == "live" for member in own.evidence]
    assert flows.marking.markings == sorted({code for own in live for code in own.markings})
    for delay in FINDING_DELAYS:
        delays = queries.findings.finding_delays(asker, FindingDelaysQuestion(delay), as_of)
        assert delays.rows == plain_delays(every, RULES, delay)


def _check_new(queries: QueryLayer, every: list[Indicator], who: Asker, as_of: int | None) -> None:
    """Each number of the overview is the length of the list to which it leads."""
    asker = reader(who)
    times = sorted(own.last_recorded for own in every)
    for since in (0, times[len(times) // 2] if times else 1):
        new = queries.overview.new_findings(asker, since, as_of)
        for row in new.rows:
            counted = {"": row.findings, **dict.fromkeys(COUNTRIES, 0), **row.by_country}
            for country, findings in counted.items():
                filter_ = IndicatorFilter(
                    severity=row.severity,
                    country=country,
                    recorded_since=since,
                    status="live",
                    once=True,
                )
                listed = queries.indicators.count(asker, filter_, as_of, LATE)
                assert findings == listed, (who, as_of, since, row.severity, country)
