"""Whatever is sent to the exchange's API, it answers as its description says, never with 500."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from starlette.testclient import TestClient

from consumers.query.cursors import Cursor, write_cursor
from tests.support.api_attack import FEW, MANY, attack
from tests.support.identity import gateway_client, let_ask
from tests.support.node import row
from tests.support.pipeline_harness import Pipeline, codes
from tests.support.routes import described_app

pytestmark = pytest.mark.integration
READER = {"X-Quipu-Reader": "MEC/analyst/RED", "X-Quipu-Person": "attacker"}
SERIAL = "ERR700001"
RULES_REFUSE = "positive_data_acceptance"
"""What fits the description may still be refused: a purpose, a reader or a place is of a list."""
QUESTION_ERRORS = {"400", "401", "403", "413", "421", "422", "429", "503"}
FIGURE_ERRORS = QUESTION_ERRORS - {"429"}
STRANGE_TEXTS = (
    "\0",
    "\x1b[2J\u202e\u200b",
    "\ufffd\U0010ffff",
    "'; DROP TABLE events --",
    "{x:String}",
    "\\N",
    "..%2f..%2fetc",
    "?" * 200,
    "ñ" * 9_000,
)
STRANGE_NUMBERS = ("9" * 30, "9223372036854775808", "-1", "1e999", "NaN", "٣", "0x10")
STRANGE_MOMENTS = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1e20", "-1e20")
STRANGE_CURSORS = (
    "x",
    "MS4n",
    "a" * 121,
    "a" * 50_000,
    write_cursor(Cursor(10**14 - 1, "f" * 40)),
    write_cursor(Cursor(0, "-")),
    write_cursor(Cursor(0, "9" * 40)),
)
UNREADABLE_PATHS = (
    "/v1/events/%00",
    "/v1/events/%ED%A0%80",
    "/v1/things/" + "9" * 300,
    "/v1/indicators/..%2f..%2fhealth",
    "/console/static/" + "a" * 300,
    "/console/static/%00",
    "/console/libraries/..%2f..%2fkeys",
    "/find?id=%00",
    "/find?id=" + "%3F" * 500,
    "/?as_of=9999-12-31&after=%00",
    "/?as_of=9999-12-31T23:59:59-14:00",
    "/?as_of=0001-01-01T00:00:00%2B14:00&since=0001-01-01&until=9999-12-31",
    "/?since=9999-12-31&until=9999-12-31",
    "/?country=%ED%A0%80&since=" + "9" * 30,
    "/things?kind=weapon&serial=" + "%3F" * 500,
    "/things?kind=%00&number=" + "9" * 5000,
    "/events/" + "f" * 300,
    "/?lang=%00",
)


@pytest.fixture(scope="module")
def client(pipeline: Pipeline) -> Iterator[TestClient]:
    """A client over a store with an indicator, whose errors come as answers."""
    for node, status in (("co-ponal", "stolen"), ("pe-sucamec", "seized")):
        report = pipeline.publish(node, row(9801, SERIAL, status), name=f"errors-{node}.csv")
        assert codes(report) == []
    pipeline.eventually(lambda: bool(pipeline.indicators(SERIAL)), "the indicator is there")
    with gateway_client(pipeline.settings) as api:
        yield TestClient(
            api.app,
            "http://127.0.0.1",
            headers={**api.headers, **READER},
            raise_server_exceptions=False,
        )


@pytest.mark.parametrize("effort", [FEW, pytest.param(MANY, marks=pytest.mark.long_attack)])
def test_the_api_answers_as_it_says(
    pipeline: Pipeline, client: TestClient, effort: settings
) -> None:
    """C4: 404 and 422 had another form than the description says."""
    app: Any = client.app
    token = pipeline.settings.token_file(let_ask(pipeline.settings, "MEC/analyst/RED")).read_text()
    headers = {"Authorization": f"Bearer {token.strip()}", "Host": "127.0.0.1"}
    attack(app, headers, effort, without=(RULES_REFUSE,))


TAKES_ALL = {
    *("/v1/hit-lookup", "/v1/persons/lookup", "/v1/noise/without"),
    *("/v1/cases", "/v1/watch-lists", "/v1/saved-searches"),
}
"""Routes that take content and name nothing that may be missing."""
PROBES = {"/livez", "/readyz", "/health"}
"""Answered to anybody. With 503 they give their own answer, as without."""


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield method, path and description of each operation."""
    for path, methods in described_app().openapi()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_every_route_describes_its_errors() -> None:
    """C4: what a program must expect stands in the description, in one form."""
    for method, path, operation in operations():
        expected = QUESTION_ERRORS if path.startswith("/v1/") else FIGURE_ERRORS
        if path in PROBES:
            expected = expected - {"401"}
        if path == "/livez":  # it asks no engine
            expected = expected - {"503"}
        may_miss = "{" in path or (method == "post" and path not in TAKES_ALL)
        expected = expected | ({"404"} if may_miss else set())
        responses = operation["responses"]
        assert {status for status in responses if int(status) >= 400} == expected, path
        for status in expected - ({"503"} if path in PROBES else set()):
            schema = responses[status]["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorResponse"}, (path, status)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", [15, pytest.param(1, marks=pytest.mark.long_attack)])
def test_a_strange_parameter_is_answered_as_described(client: TestClient, share: int) -> None:
    """C3: large numbers, NUL, control characters, long texts, invented cursors.

    `share`: each parameter gets every so many of the values, and its neighbour those that follow.
    """
    values = (*STRANGE_TEXTS, *STRANGE_NUMBERS, *STRANGE_MOMENTS, *STRANGE_CURSORS)
    parameters = [
        (path, operation, parameter)
        for method, path, operation in operations()
        if method == "get"
        for parameter in operation.get("parameters", ())
    ]
    for number, (path, operation, parameter) in enumerate(parameters):
        for value in values[number % share :: share]:
            if parameter["in"] == "query":
                answer = client.get(_filled(path), params={parameter["name"]: value})
            elif parameter["in"] == "header" and value.isascii() and value.isprintable():
                answer = client.get(_filled(path), headers={parameter["name"]: value})
            else:
                continue
            _assert_described(operation, answer, (path, parameter["name"], value[:40]))


def _filled(path: str) -> str:
    """The path with an id that nothing has."""
    return path.replace("{id}", "0" * 32).replace("{key}", "0" * 32)


def _assert_described(operation: dict[str, Any], answer: Any, place: object) -> None:
    assert str(answer.status_code) in operation["responses"], (place, answer.text[:300])
    if answer.status_code >= 400 and "status" not in answer.json():
        assert answer.json().keys() == {"code", "detail"}, (place, answer.text[:300])


@pytest.mark.parametrize("path", UNREADABLE_PATHS, ids=lambda path: str(path)[:40])
def test_a_strange_address_is_refused_in_words(client: TestClient, path: str) -> None:
    """C3: 300 letters as the name of a file gave 500; pages have parameters of their own."""
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code < 500, answer.text[:300]
    if path.startswith("/v1/"):
        assert answer.json().keys() == {"code", "detail"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"country":"CO","text":"\\ud800"}',
        b'{"country":"CO","text":"\\u0000"}',
        b'{"country":"CO","text":"a","event":' + b"9" * 5000 + b"}",
        b'{"country":1e999,"text":null}',
        b'{"country":"CO","text":"' + b"a" * 60_000 + b'"}',
        b'{"country":"CO","text":"' + b"a" * 70_000 + b'"}',
    ],
    ids=lambda body: str(body[:30]),
)
@pytest.mark.parametrize("kind", ["application/json", "text/xml", ""])
def test_a_strange_body_is_refused_in_words(client: TestClient, body: bytes, kind: str) -> None:
    """C3: deep JSON, half of a surrogate pair, huge numbers, a body that is too long."""
    answer = client.post("/v1/conditions", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 404, 413, 422), answer.text[:300]
    assert answer.json().keys() == {"code", "detail"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
@pytest.mark.parametrize(
    "path", ["/v1/events", "/health", "/livez", "/readyz", "/metrics", "/v1/nothing", "/"]
)
def test_another_method_is_refused(client: TestClient, method: str, path: str) -> None:
    """C4: 405 and 404 come in the form of every error."""
    answer = client.request(method, path, follow_redirects=False)
    assert answer.status_code in (403, 404, 405), answer.text[:300]
    if method != "HEAD":
        assert answer.json().keys() == {"code", "detail"}
