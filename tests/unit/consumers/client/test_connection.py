"""The client asks one exchange and nobody else, waits when it is busy, and says what it says."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from quipu.client import (
    ExchangeBusyError,
    ExchangeClient,
    ExchangeUnreachableError,
    NotAllowedError,
    NothingFoundError,
    NotSignedInError,
    QuestionRefusedError,
)
from quipu.client.connection import ExchangeConnection

from tests.support.certificates import TestAuthority

Reply = tuple[int, dict[str, str], bytes]
ID = "0190d5a0-0000-7000-8000-000000000001"


class Exchange:
    """A server that gives prepared answers, and remembers what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[tuple[str, dict[str, str]]] = []

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        self.requests.append((path, headers))
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def served(exchange: Exchange, context: ssl.SSLContext | None = None) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = exchange.answer(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        scheme = "https" if context else "http"
        yield f"{scheme}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def as_json(value: object, **headers: str) -> Reply:
    return 200, headers, json.dumps(value).encode()


def refusal(status: int, code: str, **headers: str) -> Reply:
    return status, headers, json.dumps({"code": code, "detail": "because"}).encode()


def connection(url: str, pauses: list[float], retries: int = 5) -> ExchangeConnection:
    return ExchangeConnection(url, "secret", None, {}, 5, retries, pauses.append)


def test_a_list_goes_on_to_its_end_by_its_cursor() -> None:
    second = '</v1/events?limit=500&after=abc>; rel="next"'
    exchange = Exchange(as_json([{"id": "1"}], Link=second), as_json([{"id": "2"}]))
    with served(exchange) as url:
        events = list(
            ExchangeClient(url, token="secret").events(type="seizure", as_of="2018-07-01")
        )
    assert [event.id for event in events] == ["1", "2"]
    first = parse_qs(urlsplit(exchange.requests[0][0]).query)
    assert first == {"limit": ["500"], "type": ["seizure"], "as_of": ["2018-07-01"]}
    assert exchange.requests[1][0] == "/v1/events?limit=500&after=abc"
    assert {headers["Authorization"] for _path, headers in exchange.requests} == {"Bearer secret"}


def test_a_list_that_leads_to_another_host_is_not_followed() -> None:
    other = Exchange(as_json([{"id": "2"}]))
    with served(other) as elsewhere:
        link = f'<{elsewhere}/v1/events?after=abc>; rel="next"'
        exchange = Exchange(as_json([{"id": "1"}], Link=link))
        with served(exchange) as url, pytest.raises(ExchangeUnreachableError):
            list(ExchangeClient(url, token="secret").events())
    assert other.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_gets_the_token(status: int) -> None:
    other = Exchange(as_json([]))
    with served(other) as elsewhere:
        exchange = Exchange((status, {"Location": f"{elsewhere}/v1/events"}, b""))
        with served(exchange) as url, pytest.raises(ExchangeUnreachableError, match="not followed"):
            list(ExchangeClient(url, token="secret").events())
    assert other.requests == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_exchange_is_asked_again_when_it_says_so(status: int) -> None:
    busy = refusal(status, "BUSY", **{"Retry-After": "7"})
    exchange, pauses = Exchange(busy, busy, as_json([])), list[float]()
    with served(exchange) as url:
        assert connection(url, pauses).get("/v1/events", {}).content == []
    assert pauses == [7, 7]


@pytest.mark.parametrize(
    ("header", "pause"), [("100000", 60), ("-1", 5), ("soon", 5), ("nan", 5), ("0", 0)]
)
def test_no_exchange_makes_the_client_wait_for_long(header: str, pause: float) -> None:
    busy = refusal(503, "BUSY", **{"Retry-After": header})
    exchange, pauses = Exchange(busy, as_json([])), list[float]()
    with served(exchange) as url:
        connection(url, pauses).get("/v1/events", {})
    assert pauses == [pause]


def test_an_exchange_that_stays_busy_is_an_error_in_its_words() -> None:
    exchange, pauses = Exchange(refusal(503, "STORE_AWAY")), list[float]()
    with served(exchange) as url, pytest.raises(ExchangeBusyError) as error:
        connection(url, pauses, 2).get("/v1/events", {})
    assert (error.value.code, error.value.detail, error.value.status) == (
        "STORE_AWAY",
        "because",
        503,
    )
    assert len(exchange.requests) == 3


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, NotSignedInError),
        (403, NotAllowedError),
        (404, NothingFoundError),
        (422, QuestionRefusedError),
        (500, ExchangeUnreachableError),
    ],
)
def test_a_refusal_is_an_error_in_the_words_of_the_exchange(
    status: int, kind: type[Exception]
) -> None:
    with (
        served(Exchange(refusal(status, "CODE"))) as url,
        pytest.raises(kind, match="CODE: because"),
    ):
        ExchangeClient(url, token="secret").indicator(ID)


def test_a_certificate_is_checked(tmp_path: Path) -> None:
    authority = TestAuthority(tmp_path, "ca")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("server"))
    with served(Exchange(as_json([])), context) as url:
        assert list(ExchangeClient(url, token="secret", ca_file=authority.file).events()) == []
        with pytest.raises(ExchangeUnreachableError, match="not trusted"):
            list(ExchangeClient(url, token="secret").events())


@pytest.mark.parametrize(
    "url",
    ["http://quipu.example", "ftp://127.0.0.1", "quipu.example", "https://a:b@quipu.example", ""],
)
def test_an_address_that_would_show_the_token_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no address"):
        ExchangeClient(url, token="secret")


def test_the_token_comes_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QUIPU_TOKEN", "QUIPU_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NotSignedInError):
        ExchangeClient("https://quipu.example")
    file = tmp_path / "token"
    file.write_text("of-the-file\n")
    exchange = Exchange(as_json([]))
    with served(exchange) as url:
        list(ExchangeClient(url, file).events())
        monkeypatch.setenv("QUIPU_TOKEN_FILE", str(file))
        list(ExchangeClient(url).events())
        monkeypatch.delenv("QUIPU_TOKEN_FILE")
        monkeypatch.setenv("QUIPU_TOKEN", "of-the-variable")
        list(ExchangeClient(url).events())
    assert [headers["Authorization"] for _path, headers in exchange.requests] == [
        "Bearer of-the-file",
        "Bearer of-the-file",
        "Bearer of-the-variable",
    ]


@pytest.mark.parametrize("text", ["", "../users", "1?as_of=x", "a/b", "%2e"])
def test_what_is_no_id_and_no_question_is_not_asked(text: str) -> None:
    exchange = Exchange(as_json({}))
    with served(exchange) as url:
        client = ExchangeClient(url, token="secret")
        for ask in (client.indicator, client.event, client.thing, client.figures):
            with pytest.raises(ValueError, match="is no"):
                ask(text)
    assert exchange.requests == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    whole, broken = b"a,b\r\n" * 100_000, b"a,b\r\n"
    exchange = Exchange((200, {}, whole), (200, {"Content-Length": "99"}, broken))
    with served(exchange) as url:
        client = ExchangeClient(url, token="secret", timeout_s=1)
        assert client.save("events", tmp_path / "a.csv", type="seizure") == len(whole)
        assert (tmp_path / "a.csv").read_bytes() == whole
        with pytest.raises(ExchangeUnreachableError, match="broke off"):
            client.save("events", tmp_path / "b.csv")
        with pytest.raises(FileExistsError):
            client.save("events", tmp_path / "a.csv")
    assert not (tmp_path / "b.csv").exists()
    assert "format=csv" in exchange.requests[0][0]
    with pytest.raises(ValueError, match=r"csv, xlsx, parquet"):
        client.save("events", tmp_path / "a.doc")
