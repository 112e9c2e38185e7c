"""Findings B1 and B3: nothing that a reader can ask betrays a record that is hidden from it.

The exchange is asked in two states, without and with hidden records of Peru. Every route of the
API, every page and every command must answer the same, byte for byte. Routes come from the
application itself, so a new one is asked too, and one with an unknown parameter fails here.
Every reader asks each route. In an everyday run all of them ask for two ids of a kind, and one of
them, in turn, asks for each other id and uses each parameter with these two ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import cycle, product
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from consumers.api.app import openapi_document
from consumers.notices.decide import PersonState, due_notice
from consumers.notices.notice_words import notice_message
from consumers.notices.settings import NoticeSettings, NoticeWay
from consumers.notices.store_sources import StoreSources
from consumers.query.bursts.burst import burst_id
from consumers.query.bursts.detection import SeriesKey
from consumers.query.cursors import Cursor, write_cursor
from consumers.sink.writer import TableWriter
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.exchange_log.partition_reader import PartitionReader
from infra.orchestration import units
from infra.registry.config_writer import announce, read_config_history
from infra.settings import Settings
from schemas.ids import to_uuid_text
from schemas.practice import guides
from schemas.release.reader_text import parse_reader
from schemas.topics import DISCLOSURES
from streams.rules import library_texts
from tests.support.effort import IS_THOROUGH
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import found_exchange
from tests.support.hidden_work import HiddenWork, WorkWriter
from tests.support.hidden_world import DAY, SERIALS, HiddenWorld
from tests.support.identity import gateway_client
from tests.support.query_layers import query_layer
from tests.support.signed_bundles import START

pytestmark = pytest.mark.integration
READERS = (
    "EC/analyst/AMBER",
    "EC/POLICIA/prosecutor/RED",
    "EC/auditor/GREEN",
    "BO/analyst/GREEN",
)
MOMENT = "2018-10-30T02:13:30Z"
"""Within the records of the world: 2018-10-30 is ten days after its begin."""
LAST_DAY = int(datetime.fromisoformat("2018-11-20T00:00:00+00:00").timestamp() * 1000)
"""After everything else of the world, in ms since 1970 UTC: work is done on what is there."""
VALUES: dict[str, tuple[str, ...]] = {
    "about": ("record:4b1d0007-0000-8000-8000-000000000007",),
    "after": tuple(
        write_cursor(Cursor(int(datetime.fromisoformat(moment).timestamp() * 1000), id_))
        for moment, id_ in ((MOMENT, to_uuid_text(bytes(16))), ("2018-11-01T00:00:00+00:00", "f"))
    ),
    "against": ("year",),
    "as_of": (MOMENT,),
    "authority": ("VICTIMA", "POLICIA"),
    "born": ("1984",),
    "by": ("country,authority", "calibre", "theme,crime"),
    "calibre": ("9 mm",),
    "changed_since": (MOMENT,),
    "clock": ("occurred", "recorded"),
    "country": ("PE", "EC"),
    "crime": ("09", "0901"),
    "document": ("45678912",),
    "drill": ("condor",),
    "delay": ("reported_to_recorded",),
    "event": (),
    "every": ("true",),
    "exercise": ("condor",),
    "for_court": ("true",),
    "format": ("csv", "xlsx", "parquet"),
    "grade": ("certain", "possible"),
    "institution": ("BCP",),
    "kind": ("weapon", "document", "alert", "assistance"),
    "lang": ("en",),
    "level": ("subdivision",),
    "limit": ("1", "3", "1000"),
    "make": ("Taurus",),
    "measure": ("pieces", "money"),
    "month": ("2018-10",),
    "name": ("Quispe Mamani, Juan Carlos", "Kispe, Juan", "Quispe Mamani, Juana"),
    "node": ("pe-victima", "ec-policia"),
    "number": (),
    "offset": ("1", "2", "50"),
    "overdue": ("true",),
    "period": ("week",),
    "person": ("hits to PE/VICTIMA", "PE/VICTIMA/analyst/RED", "PE/analyst/AMBER"),
    "phone": ("+51 999 888 777",),
    "place": ("PE", "EC-C"),
    "q": (
        *("robada", '"9 mm"', "victima", "H-red-HID10001", "HID-50001", "hid", "HID1", "kis"),
        *("Quispe Mamani, Juan Carlos", "45678912", "juana", "taurus hi", "Perú pistola"),
        *SERIALS,
    ),
    "recorded_since": (MOMENT,),
    "reference": ("H-red-HID10001", "V-1", "H-retraction", "AAAA-AAAA-AAAA-AAAA"),
    "rule": ("weapon-in-two-countries", "stolen-weapon-seized-abroad"),
    "serial": SERIALS,
    "severity": ("high", "low"),
    "sex": ("F",),
    "side": ("asker",),
    "since": (MOMENT, "2018-11-01T00:00:00Z"),
    "theme": ("arms", "drugs"),
    "state": ("all", "ended"),
    "threshold": ("3",),
    "text": ("victima", "policia", "9 mm"),
    "to": ("ALL", "PE"),
    "type": ("weapon_record", "retraction", "erasure"),
    "until": (MOMENT,),
    "where": ("calibre=9x19",),
    "yours": ("true",),
}
FORMATS_OF_ONE = ("pdf", "stix", "graphml")
"""Of a finding; the pages give the same files by the same code."""
ASKED_OF_TOTALS = {
    *(
        "type",
        "country",
        "authority",
        "crime",
        "theme",
        "place",
        "where",
        "since",
        "until",
        "clock",
    ),
    *("format", "lang", "for_court"),
}
"""All figures count the same facts, so these narrow one question of them, not each."""
NOT_ASKED = {"/livez", "/readyz", "/health", "/metrics", "/health/heartbeats/{id}"}
"""Figures for operators (finding B2): tests/attacks/test_api_identity.py."""
PAGES: dict[str, tuple[str, ...]] = {
    "/": (
        "after",
        "country",
        "grade",
        "limit",
        "offset",
        "rule",
        "since",
        "text",
        "until",
        "as_of",
    ),
    "/overview": ("as_of",),
    "/overview/work": ("as_of",),
    "/overview/trends": ("as_of",),
    "/account": (),
    "/indicators/{id}": ("as_of",),
    "/search": ("q", "type", "country", "month", "as_of"),
    "/search/suggestions": ("q",),
    "/lookup": (),
    "/things": ("as_of",),
    "/things/{id}": ("as_of",),
    "/events/{id}": ("as_of",),
    "/find": ("id",),
    "/persons": ("name", "document", "as_of"),
    "/persons/findings": ("as_of",),
    "/alike/findings": ("as_of",),
    "/alike-findings": ("as_of",),
    "/rule-findings": ("as_of",),
    "/noise": ("as_of",),
    "/persons/{id}": ("as_of",),
    "/hit-lookup": (),
    **dict.fromkeys(
        ("/cases", "/cases/{id}", "/watch-lists", "/watch-lists/{id}", "/saved-searches"),
        ("as_of",),
    ),
    "/work": ("about",),
    "/picture": ("theme", "country", "place", "as_of"),
    "/bursts/{id}": (),
    "/figures/finding-counts": (),
    "/events": ("format",),
    "/requests": ("kind", "state", "country", "yours", "as_of"),
    "/requests/{id}": ("as_of",),
    "/duty-desk": ("as_of",),
    "/answer-times": ("kind", "as_of"),
    "/reviews": ("country", "node", "overdue", "format", "as_of"),
    "/goals": ("since", "as_of"),
    "/traces": ("state", "country", "yours", "by", "as_of"),
    "/traces/{id}": ("as_of",),
    "/practice": (),
    "/practice/{id}": (),
    "/training": ("as_of",),
    "/investigations": ("state", "as_of"),
    "/investigations/{id}": ("as_of",),
    "/operations": ("as_of",),
    "/operations/{id}": ("as_of",),
}
BURST = burst_id("burst", SeriesKey("movement", "crossing", "rumichaca"), 6_200)
"""There is none, before as after: tests/integration/consumers/test_bursts.py has some."""
PRINTED = re.compile(r"(?<= el )\d{4}-\d\d-\d\d \d\d:\d\d UTC(?=</span></div>)")
"""When a page was printed: the moment of the question, whatever it shows."""
AUTHOR = "PE/analyst/AMBER"
TRIAL = "weapons-on-trial"
PERSON = {"name": "Juan Quispe Mamani", "country": "PE"}
SEARCH = {"q": "hid10001"}
GIVEN = {
    "/persons": PERSON,
    "/things": {"make": "Taurus", "type": "PISTOL"},
    "/search": SEARCH,
    "/suggestions": SEARCH,
}
"""What a route needs beside each parameter, by its path, of the API as of the page."""
OWNER = "PE/VICTIMA/analyst/RED"
WITHOUT_TRACE = tuple(
    f"{head}/{kind}/"
    for head in ("", "/v1")
    for kind in ("cases", "watch-lists", "saved-searches", "verdicts", "practice")
)
"""What readers made themselves, under random ids, and guides that anybody may read."""
JOINT_WORK = {"traces": "trace", "operations": "plan", "investigations": "investigation"}
"""What is visible of each kind, by its name in the world."""
PATHS_OF_ONE = (
    "/v1/persons/{}.0",
    "/v1/requests/{}",
    "/v1/requests/{}?format=pdf",
    *(f"/v1/{kind}/{{}}" for kind in JOINT_WORK),
)
ASKED_BY_ALL = 2
"""Of the ids of a kind, in an everyday run."""


@pytest.fixture(scope="module")
def settings(lease: ExchangeLease) -> Iterator[Settings]:
    with lease.running("hidden", only=()) as stack:
        yield stack.settings


@pytest.fixture(scope="module")
def world(settings: Settings) -> Iterator[tuple[HiddenWorld, TestClient]]:
    units.make_tables(settings)
    secret = found_exchange(settings).mechanism.thing_secret
    store = TableWriter(connect(settings, StoreUser.WRITER, database_of(1)))
    client = connect(settings, StoreUser.MIGRATOR, database_of(1))
    with gateway_client(settings) as api:
        yield HiddenWorld(secret, client, store), api
    store.close()
    client.disconnect()


@pytest.mark.timeout(900)
def test_hidden_records_change_no_answer(world: tuple[HiddenWorld, TestClient]) -> None:
    hidden_world, api = world
    hidden_world.publish_visible()
    work = HiddenWork(hidden_world, WorkWriter(hidden_world.store, LAST_DAY))
    ids = {
        "events": hidden_world.visible_ids(),
        "things": hidden_world.things(),
        "indicators": hidden_world.all_indicators(),
        "bursts": [BURST],
        "persons": hidden_world.visible_persons(),
        "requests": hidden_world.visible_courses(),
        "traces": hidden_world.visible_traces(),
        "investigations": hidden_world.visible_investigations(),
        "operations": hidden_world.visible_plans(),
        "practice": [*guides()],
        **work.do_visible(),
    }
    before, notified = answers(api, ids), notices(hidden_world)
    owners = joint_work(hidden_world, api, OWNER)
    assert any(text for _reader, text in notified)
    hidden_world.publish_hidden()
    of_others = work.do_hidden()
    hidden = {*hidden_world.hidden_ids(), *hidden_world.all_indicators()} - {*ids["indicators"]}
    assert len(hidden) > 20, "the hidden records and what follows from them"
    after = answers(api, ids)
    assert notices(hidden_world) == notified, "what a notice would say"
    differing = [key for key in before if before[key] != after[key]]
    assert differing == [], _first_difference(before, after, differing)
    for person in ("PE/analyst/AMBER", "hits to PE/SUCAMEC"):
        assert any(person in text for _, text in before.values()), "what is visible is listed"
    for kind, answer in joint_work(hidden_world, api, OWNER).items():
        assert answer != owners[kind], f"{kind}: the hidden steps are of what is visible"
    for reader, id_, kind in product(READERS, sorted(hidden), ("events", "indicators")):
        assert ask(api, reader, f"/v1/{kind}/{id_}", {})[0] == 404, (reader, kind, id_)
    assert_hidden_everywhere(api, sorted(hidden_world.hidden_ids()))
    courses = [text for key, (_, text) in after.items() if key[1] == "/v1/requests"]
    assert any(hidden_world.ids["course"] in text for text in courses), "what is visible is listed"
    goals = [text for key, (_, text) in after.items() if key[1] in ("/v1/goals", "/goals")]
    assert any(hidden_world.ids["goal"] in text for text in goals), "what is visible is listed"
    seen = joint_work(hidden_world, api, READERS[0])
    assert {status for status, _text in seen.values()} == {200}, "what is visible is shown"
    assert "HANDED_OVER" in seen["investigations"][1], "Peru's receipt of the exhibit is hidden"
    _, due = after[READERS[0], "/v1/reviews"]
    assert any(id_ in due for id_ in hidden_world.visible_ids()), "what is due is listed"
    for reader, id_ in product(READERS, of_others):
        for kind in ("cases", "watch-lists", "saved-searches"):
            assert ask(api, reader, f"/v1/{kind}/{id_}", {})[0] == 404, (reader, kind, id_)
    for kind, listed in work.ids.items():
        status, text = after[READERS[0], f"/v1/{kind}/{listed[0]}"]
        assert status == 200, (kind, text)
    assert "Llamar" in after[READERS[0], f"/v1/cases/{work.ids['cases'][0]}"][1]
    answers_of_persons = [
        json.loads(text)
        for key, (status, text) in after.items()
        if status == 200 and key[1] == "/v1/persons"
    ]
    assert any(
        len(answer["persons"][0]["mentions"]) > 1
        for answer in answers_of_persons
        if answer["persons"]
    )


def joint_work(world: HiddenWorld, api: TestClient, reader: str) -> dict[str, tuple[int, str]]:
    """What is visible of each kind of joint work, as a reader sees it."""
    return {
        kind: ask(api, reader, f"/v1/{kind}/{world.ids[name]}", {})
        for kind, name in JOINT_WORK.items()
    }


def assert_hidden_everywhere(api: TestClient, hidden: list[str]) -> None:
    """Ask for each hidden record as each kind of thing that it might be.

    In an everyday run one reader asks, another one for each record and kind.
    """
    for (number, id_), (turn, path) in product(enumerate(hidden), enumerate(PATHS_OF_ONE)):
        for reader in READERS if IS_THOROUGH else (READERS[(number + turn) % len(READERS)],):
            assert ask(api, reader, path.format(id_), {})[0] == 404, (reader, path, id_)


def notices(world: HiddenWorld) -> list[tuple[str, str]]:
    """What every reader would be notified of: the hits that count, and the words of the message."""
    now = START + 20 * DAY
    layer = partial(query_layer, world.client, world.rules, world.secret)
    sources = StoreSources(world.client, layer, None, lambda: now)
    texts = []
    for name in READERS:
        reader = parse_reader(name)
        wants = NoticeSettings(name, NoticeWay.AT_ONCE, "a@example.org")
        notice = due_notice(wants, sources.hits(reader), (), PersonState(), now)
        message = notice_message(notice, "en", "https://quipu.example") if notice else ""
        texts.append((name, str(message)))
    return texts


def put_on_trial(settings: Settings, text: str) -> None:
    """Announce a rule for its author alone; an empty text ends the trial."""
    entry = {"rule": TRIAL, "text": text, "author": AUTHOR, "reason": "for the arms desk"}
    announce(settings, read_config_history(settings), [("RuleShadow", entry)])


class Question(NamedTuple):
    """A path with its parameters, and who asks it in this run."""

    path: str
    parameters: dict[str, str]
    readers: tuple[str, ...]
    is_bare: bool
    """Whether it is the path alone."""


def bare_answers(api: TestClient, ids: dict[str, list[str]]) -> dict[Any, tuple[int, str]]:
    """What every route answers without a parameter to the reader who sees most, by path."""
    return {
        question.path: ask(api, READERS[0], question.path, question.parameters)
        for route, names in {**routes_of_the_api(), **PAGES}.items()
        for question in questions(route, names, ids)
        if question.is_bare
    }


def answers(api: TestClient, ids: dict[str, list[str]]) -> dict[Any, tuple[int, str]]:
    """What every route answers to every reader, by reader, path and parameters."""
    return {
        (reader, path, *parameters.items()): ask(api, reader, path, parameters)
        for route, names in {**routes_of_the_api(), **PAGES}.items()
        for path, parameters, readers, _is_bare in questions(route, names, ids)
        for reader in readers
    }


def routes_of_the_api() -> dict[str, tuple[str, ...]]:
    """The paths of the API that are read, each with the names of its parameters."""
    return {
        path: tuple(
            parameter["name"]
            for parameter in methods["get"].get("parameters", ())
            if parameter["in"] == "query"
        )
        for path, methods in openapi_document()["paths"].items()
        if "get" in methods and path not in NOT_ASKED
    }


def questions(route: str, names: tuple[str, ...], ids: dict[str, list[str]]) -> Iterator[Question]:
    """Each path of a route without a parameter and with each value of each of its parameters."""
    head, has_id, _ = route.partition("{")
    given = moment_of_pdf(route)
    paths = [head + id_ for id_ in ids[_kind_of(head)]] if has_id else [route]
    in_turn = cycle(READERS)
    for number, path in enumerate(paths):
        is_asked_by_all = IS_THOROUGH or number < ASKED_BY_ALL
        yield Question(path, given, READERS if is_asked_by_all else (next(in_turn),), True)
        for parameters in _with_parameters(route, names, ids) if is_asked_by_all else ():
            yield Question(path, parameters, READERS if IS_THOROUGH else (next(in_turn),), False)


def moment_of_pdf(route: str) -> dict[str, str]:
    """The moment of the question: a file names it, and it is now where nobody says another."""
    return {"as_of": MOMENT} if route.endswith(".pdf") else {}


def _kind_of(head: str) -> str:
    """The name of the list of a path before its id, such as events of /v1/events/."""
    return head.strip("/").rsplit("/")[-1]


def _with_parameters(
    route: str, names: tuple[str, ...], ids: dict[str, list[str]]
) -> Iterator[dict[str, str]]:
    """What is given beside a path of the route: each value of each of its parameters."""
    unknown = set(names) - set(VALUES) - {"id"}
    assert not unknown, f"{route}: these parameters need values in this test: {unknown}"
    given = {**GIVEN.get(route.removeprefix("/v1"), {}), **moment_of_pdf(route)}
    is_other_figure = route.startswith("/v1/figures/") and route != "/v1/figures/totals"
    for name in names:
        if is_other_figure and name in ASKED_OF_TOTALS:
            continue
        moment = {"as_of": MOMENT} if name == "format" else {}
        for value in (*_values(route, name), *_ids_as_values(name, ids)):
            yield {**given, **moment, name: value}


def _values(route: str, name: str) -> tuple[str, ...]:
    return FORMATS_OF_ONE if name == "format" and "{" in route else VALUES.get(name, ())


def _ids_as_values(name: str, ids: dict[str, list[str]]) -> list[str]:
    """What names a record or a finding in a parameter."""
    if name in ("event", "id"):
        return [id_[-6:] for id_ in ids["events"]]
    if name != "about":
        return []
    records = [f"record:{id_}" for id_ in ids["events"][:2]]
    return records + [f"finding:{id_}" for id_ in ids["indicators"][:2]]


def ask(client: TestClient, reader: str, path: str, parameters: dict[str, str]) -> tuple[int, str]:
    answer = client.get(path, params=parameters, headers={"X-Quipu-Reader": reader})
    return answer.status_code, PRINTED.sub("", answer.text)


def _first_difference(before: dict[Any, Any], after: dict[Any, Any], differing: list[Any]) -> str:
    return "\n".join(f"{key}\n  {before[key]}\n  {after[key]}" for key in differing[:3])


def test_asking_for_what_is_not_there_leaves_a_trace_on_every_route(
    world: tuple[HiddenWorld, TestClient], settings: Settings
) -> None:
    """Finding B3: who guesses is in the ledger, whichever route is asked."""
    _hidden_world, api = world
    routes = [route for route in sorted({**routes_of_the_api(), **PAGES}) if "{" in route]
    silent = []
    for number, route in enumerate(routes):
        before = ledger_entries(settings)
        path = re.sub(r"\{\w+\}", BURST if "/bursts/" in route else str(uuid4()), route)
        guesser = {"X-Quipu-Reader": "BO/analyst/AMBER", "X-Quipu-Person": f"guesser{number}"}
        assert api.get(path, headers=guesser).status_code == 404, route
        if ledger_entries(settings) == before:
            silent.append(route)
    assert [route for route in silent if not route.startswith(WITHOUT_TRACE)] == []
    assert len(silent) < len(routes) / 2, "most of them show records"


def ledger_entries(settings: Settings) -> int:
    with closing(PartitionReader(settings.kafka, DISCLOSURES, 0)) as reader:
        return reader.end()


@pytest.mark.timeout(600)
def test_a_rule_on_trial_shows_nothing_to_anybody_but_its_author(
    world: tuple[HiddenWorld, TestClient], settings: Settings
) -> None:
    hidden_world, api = world
    if not hidden_world.ids:
        hidden_world.publish_visible()
    ids = {
        "events": hidden_world.visible_ids()[:1],
        "things": hidden_world.things()[:1],
        "indicators": hidden_world.all_indicators()[:1],
        "bursts": [BURST],
        "persons": hidden_world.visible_persons()[:1],
        "requests": hidden_world.visible_courses()[:1],
        "traces": hidden_world.visible_traces(),
        "investigations": hidden_world.visible_investigations(),
        "operations": hidden_world.visible_plans()[:1],
        "practice": [*guides()],
        **{key: [BURST] for key in ("cases", "watch-lists", "saved-searches", "verdicts")},
    }
    before = bare_answers(api, ids)
    put_on_trial(settings, library_texts()["weapon-in-two-countries"])

    def own_findings() -> list[Any]:
        status, body = ask(api, AUTHOR, "/v1/rule-findings/shadow", {})
        assert status == 200, body
        findings: list[Any] = json.loads(body)["findings"]
        return findings

    eventually(lambda: bool(own_findings()), "the author sees what the rule finds")
    assert {finding["rule"] for finding in own_findings()} == {TRIAL}
    after = bare_answers(api, ids)
    differing = [key for key in before if before[key] != after[key]]
    assert differing == [], _first_difference(before, after, differing)
    assert TRIAL not in str(list(after.values()))
    assert ask(api, AUTHOR, "/v1/rule-findings/shadow", {"rule": TRIAL})[0] == 200
    others = [ask(api, reader, "/v1/rule-findings/shadow", {"rule": TRIAL}) for reader in READERS]
    nobodys = [ask(api, reader, "/v1/rule-findings/shadow", {"rule": "none"}) for reader in READERS]
    assert [(status, body.replace(TRIAL, "none")) for status, body in others] == nobodys
    for path in ("/health", "/metrics"):
        assert TRIAL not in ask(api, "MEC/operator/GREEN", path, {})[1], path
    put_on_trial(settings, "")
    eventually(lambda: not own_findings(), "the trial has ended")
