"""A new event type is files in a folder: schema, codes, rule, mapping. From a national file to an
indicator, without code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from consumers.presentation.figure_tables import totals_table
from consumers.presentation.figure_words import dimension_label
from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.figures.ranking import RankingQuestion
from consumers.query.figures.reading import read_where
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.figures.trends import TrendsQuestion
from consumers.query.known_names import UnknownNameError
from consumers.runtime.serving_config import read_serving_config
from consumers.serving.cli_session import open_queries
from infra import data_folder
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.errors import FoundingError, QuipuError
from infra.registry import founding, rates
from infra.registry.config_writer import read_config_history
from infra.registry.nodes import NodeRegistration
from infra.registry.rules import RuleDecision, enable_rule
from infra.settings import Settings, load
from producers.node import CountryNode
from schemas.codes import code_sets
from schemas.event.event_type import EVENTS, EventType
from schemas.release.reader_text import parse_reader
from tests.support.engines import eventually
from tests.support.exchange import LINE, differences, founder, proofs, wait_at_rest
from tests.support.exchange_lease import ExchangeLease

pytestmark = pytest.mark.integration
READER = parse_reader("MEC/analyst/RED")
IN_BAND_S = "352000011223363"
"""The unit of a beacon that no rule of the data folder looks at."""
NODES = {"bo-radio": "BO", "pe-radio": "PE"}


def text(name: str, doc: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": ["null", "string"], "doc": doc, "default": None, **more}


SCHEMA = {
    "type": "record",
    "name": "beacon_heard",
    "namespace": "quipu.event",
    "doc": "A satellite beacon was heard (made up by a test).",
    "summary": ["band", "beacon.maker"],
    "fields": [
        text("source_reference", "the sender's own", personal=True),
        {"name": "band", "type": "string", "required": True, "codes": "beacon_band", "trait": True,
         "dimension": "band"},
        {"name": "strength", "type": ["null", "double"], "default": None, "minimum": 0,
         "measure": "g"},
        {"name": "beacon", "type": {"type": "record", "name": "Beacon", "fields": [
            text("maker", "as marked", dimension="maker"), text("unit", "IMEI of its modem", personal=True, observed="imei")]}, "required": True},
    ],
}  # fmt: skip
CODES = {
    "list": "beacon_band",
    "words": {"es": "Banda", "en": "Band"},
    "source": "made up by a test",
    "codes": {"L": {"es": "Banda L", "en": "L band"}, "S": {"es": "Banda S", "en": "S band"}},
}
EXAMPLE = {
    "source_reference": "B-1",
    "band": "L",
    "strength": 0.5,
    "beacon": {"maker": "Spot", "unit": "35-200001-122334-8"},
}
RULE = """
version = 1
kind = "imei"
severity = "low"
pair = ["heard", "heard"]
hub = 50
cap = 10.0
[[roles.heard]]
type = "beacon_heard"
band = ["L"]
[weights]
heard = 2.0
certain = 2.0
possible = 0.5
[title]
es = "Una baliza oída en dos países"
en = "A beacon heard in two countries"
[sentence]
es = "La misma baliza se oyó en {heard}."
en = "The same beacon was heard in {heard}."
"""
MAPPING = """
type = "beacon_heard"
[source]
format = "csv"
separator = ";"
[reference]
columns = ["NRO"]
[envelope]
tlp = "GREEN"
purpose = "prevention"
legal_basis = "UNTOC-18.4"
crime = "08041"
evaluation = { scheme = "4x4", source = "A", information = "1" }
[fields]
"band" = { column = "BANDA", steps = ["upper"] }
"strength" = { column = "FUERZA", steps = [{ number = "," }] }
"beacon.maker" = "MARCA"
"beacon.unit" = "IMEI"
"envelope.occurred" = { column = "FECHA", steps = [{ date = ["%d/%m/%Y"], zone = "America/La_Paz" }] }
"""
HEADER = "NRO;BANDA;FUERZA;MARCA;IMEI;FECHA\n"
ROWS = {
    "bo-radio": "1;l;0,5;Spot;35-200001-122334-8;02/03/2018\n2;S;0,5;Spot;35-200001-122335-5;02/03/2018\n3;X;1;Spot;;02/03/2018\n",
    "pe-radio": "1;L;1,25;SPOT;352000011223348;05/03/2018\n2;L;1;Spot;352000011223355;05/03/2018\n",
}


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The whole pipeline over a data folder with a type, a code list and a rule of its own."""
    settings = load({"QUIPU_HOME": str(tmp_path_factory.mktemp("made-up") / "home")})
    data_folder.prepare(settings)
    files = {
        "events/beacon_heard.avsc": json.dumps(SCHEMA),
        "codes/beacon_band.json": json.dumps(CODES),
        "rules/beacon-twice.toml": RULE,
    }
    for name, content in files.items():
        path = settings.types_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    nodes = [NodeRegistration(node, country, "RADIO") for node, country in NODES.items()]
    english = {"QUIPU_LANG": "en"}
    with lease.running(settings.home, LINE, founder(nodes), english) as stack:
        yield stack.settings


def publish(
    settings: Settings, node: str, folder: Path, rows: str = ""
) -> list[tuple[int, str, str]]:
    """Publish the node's file, or these rows; return what came of each line."""
    mapping, source = folder / "beacons.toml", folder / f"{node}.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    source.write_text(HEADER + (rows or ROWS[node]), encoding="utf-8")
    with CountryNode(settings, node) as opened:
        report = opened.publish(source, str(mapping), wait=30)
        return sorted(
            (report_item.line, report_item.outcome, report_item.code)
            for report_item in report.items()
        )


def test_the_example_is_one_of_the_made_up_type() -> None:
    kind = EventType(json.dumps(SCHEMA), code_sets({"beacon_band": json.dumps(CODES)}))
    assert kind.validate(EXAMPLE) == []
    assert kind.read(kind.write(EXAMPLE)) == EXAMPLE
    assert not (EVENTS / "beacon_heard.avsc").exists()


def test_a_made_up_type_goes_from_a_file_to_an_indicator(
    exchange: Settings, tmp_path: Path
) -> None:
    rows = publish(exchange, "bo-radio", tmp_path) + publish(exchange, "pe-radio", tmp_path)
    assert [row for row in rows if row[1] != "accepted"] == [(4, "refused", "UNKNOWN_CODE")]
    wait_at_rest(exchange)
    with open_queries(exchange) as query_layer:
        (indicator,) = query_layer.indicators.newest(READER)
        events = [query_layer.events.event(piece.event, READER) for piece in indicator.evidence]
    assert (indicator.rule, indicator.grade) == ("beacon-twice", "certain")
    assert indicator.sentence["es"].startswith("La misma baliza se oyó en Bolivia y Perú: ")
    assert sorted(
        (event.current.payload or {})["source_reference"] for event in events if event
    ) == [
        "1",
        "1",
    ]
    assert differences(proofs(exchange)) == []


def test_a_made_up_type_is_counted_by_the_marks_of_its_schema(exchange: Settings) -> None:
    client = connect(exchange, StoreUser.READER, database_of(1))
    rows = client.execute(
        "SELECT country, dimensions['band'], dimensions['maker'], measure, sum(amount), count() "
        "FROM facts FINAL WHERE type = 'beacon_heard' AND line > 0 GROUP BY ALL ORDER BY ALL"
    )
    client.disconnect()
    assert rows == [
        ("BO", "L", "spot", "mass", Decimal("0.0005"), 1),
        ("BO", "S", "spot", "mass", Decimal("0.0005"), 1),
        ("PE", "L", "spot", "mass", Decimal("0.00225"), 2),
    ]


def test_a_made_up_type_is_counted_as_every_other(exchange: Settings) -> None:
    """Brought by its schema alone: totals, trends and a ranking by its own names, in words.

    A value is written as it is stored: a refusal names it. The names of its fields head the
    columns.
    """
    with open_queries(exchange) as query_layer:
        figures = query_layer.figures
        by_maker = TotalsQuestion("mass", Grouping(("band", "maker")))
        totals = figures.totals(READER, by_maker)
        of_type = FactFilter(type="beacon_heard", where=read_where("maker=spot"))
        trends = figures.trends(
            READER, TrendsQuestion("records", Grouping(("band",), "month"), of_type)
        )
        ranking = figures.ranking(
            READER, RankingQuestion("mass", Grouping(("maker",)), FactFilter(type="beacon_heard"))
        )
        with pytest.raises(UnknownNameError, match="spot"):
            wrong = FactFilter(type="beacon_heard", where=(("maker", "SPOT"),))
            figures.totals(READER, TotalsQuestion(filter=wrong))
    masses = {tuple(row.keys): row.amount for row in totals.rows}
    assert masses == {
        ("L", "spot"): Decimal("0.00275"),
        ("S", "spot"): Decimal("0.0005"),
    }
    assert {(point.begins, *point.keys): point.value for point in trends.points} == {
        (date(2018, 3, 1), "L"): 3,
        (date(2018, 3, 1), "S"): 1,
    }
    assert [(row.keys, row.value) for row in ranking.rows] == [(["spot"], Decimal("0.00325"))]
    for lang, unit in (("es", "kilogramos"), ("en", "kilograms")):
        headings = [column.heading for column in totals_table(totals, lang).columns]
        assert {unit, "band", dimension_label("maker", lang)} <= set(headings)


def test_rates_of_a_file_are_in_effect_after_the_notice(exchange: Settings, tmp_path: Path) -> None:
    path = tmp_path / "tasas.csv"
    path.write_text("currency;day;per_dollar\nBOB;2018-03-01;6,91\n", encoding="utf-8")
    assert len(rates.import_rates(exchange, path, "made up by a test", False).announced) == 1
    eventually(lambda: rates_now(exchange) == {("BOB", "2018-03-01"): "6.91"}, "they hold")
    assert rates.import_rates(exchange, path, "made up by a test", False).change is None


def rates_now(settings: Settings) -> Mapping[tuple[str, str], str]:
    return read_config_history(settings).at(now_ms()).rates


def test_what_is_announced_is_announced_once_and_a_file_that_is_none_names_itself(
    exchange: Settings,
) -> None:
    with pytest.raises(FoundingError, match="already founded"):
        founding.found_mechanism(exchange)
    broken = exchange.types_dir / "events" / "beacon_lost.avsc"
    broken.write_text(
        json.dumps(
            {
                **SCHEMA,
                "name": "beacon_heard",
                "fields": [*SCHEMA["fields"], {"name": "new", "type": "string"}],
            }
        )
    )
    with pytest.raises(QuipuError, match=r"beacon_lost\.avsc.*new.*without a default"):
        founding.found_mechanism(exchange)
    broken.unlink()


def test_rules_of_config_decide_from_their_time_on_and_files_of_a_machine_never(
    exchange: Settings, tmp_path: Path
) -> None:
    (exchange.types_dir / "rules" / "beacon-twice.toml").unlink()
    text, decision = RULE.replace('band = ["L"]\n', ""), RuleDecision("ana", "every band")
    enable_rule(exchange, "beacon-in-any-band", text, decision)
    eventually(
        lambda: "beacon-in-any-band" in read_serving_config(exchange).rules.by_id,
        "the added rule is in effect",
    )
    for node in NODES:
        publish(exchange, node, tmp_path, f"9;S;1;Spot;{IN_BAND_S};07/03/2018\n")
    wait_at_rest(exchange)
    with open_queries(exchange) as query_layer:
        indicators = query_layer.indicators.newest(READER)
    assert sorted(indicator.rule for indicator in indicators) == [
        "beacon-in-any-band",
        "beacon-twice",
    ]
