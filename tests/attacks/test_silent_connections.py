"""Connections that ask for nothing lock nobody out of the API, nor out of a node's intake.

As finding A5 did with ClickHouse: any process of the machine opens sockets and says nothing, or a
byte now and then. uvicorn alone keeps each of them for ever, up to the files it may open.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from consumers.access.server import server_options
from consumers.api.app import application
from infra import web_connections
from infra.api_access import ApiAccess
from infra.settings import load
from infra.web_connections import BoundedProtocol
from producers.api.app import create_app
from producers.api.node_host import NodeHost, ensure_token
from tests.support.connections import is_closed
from tests.support.node import NODE, offline
from tests.support.patience import patience
from tests.support.served_api import served

MOST, WITHIN_S = 20, 1.0
UNFINISHED = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\n"
"""Nobody need be known to send it: the form is read before the password is looked at."""
HEAD = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n"
LIVE = {"api": "/livez", "node": "/health"}


@pytest.fixture(params=[*LIVE])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of what answers anybody, at a server with few places."""
    monkeypatch.setattr(web_connections, "MOST_CONNECTIONS", MOST)
    path = LIVE[request.param]
    if request.param == "api":
        settings = load({"QUIPU_HOME": str(tmp_path / "home"), "QUIPU_KAFKA": "127.0.0.1:9"})
        with served(application(settings)) as address:
            yield f"{address}{path}"
        return
    settings = offline(tmp_path)
    token = ensure_token(settings.node_dir(NODE))
    with (
        NodeHost(settings, NODE, "quipu serve") as host,
        served(create_app(host, token, settings.api_access.trusted_hosts)) as address,
    ):
        yield f"{address}{path}"


def opened(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=30)


@pytest.mark.parametrize("begin", [b"", UNFINISHED], ids=["silent", "a body"])
def test_silent_sockets_make_room_for_who_asks(server: str, begin: bytes) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(opened(server)) for _ in range(3 * MOST)]
        for connection in sockets:
            with suppress(OSError):  # it may have made room already
                connection.sendall(begin)
        assert httpx.get(server, timeout=60).status_code == 200
        closed = sum(map(is_closed, sockets))
        assert closed >= 2 * MOST, "the server keeps as many as it may, the newest"


@pytest.mark.parametrize(
    "begin", [b"", HEAD, HEAD * 2, UNFINISHED], ids=["silent", "a head", "two heads", "a body"]
)
def test_who_does_not_finish_a_request_is_dropped_in_time(
    server: str, begin: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte now and then keeps no place either, nor does a first request that was answered."""
    monkeypatch.setattr(web_connections, "HEAD_WITHIN_S", WITHIN_S)
    monkeypatch.setattr(web_connections, "BODY_WITHIN_S", WITHIN_S)
    began, closed = time.monotonic(), False
    with opened(server) as connection:
        with suppress(OSError):
            connection.sendall(begin.replace(HEAD * 2, HEAD + b"\r\nGET /"))
            while not closed and time.monotonic() - began < patience(10 * WITHIN_S):
                connection.sendall(b"x")
                closed = is_closed(connection)
        assert closed or is_closed(connection)
    assert time.monotonic() - began < patience(10 * WITHIN_S)


def test_the_api_listens_so_with_a_certificate_too(tmp_path: Path) -> None:
    for access in (ApiAccess(), ApiAccess(client_ca_file=tmp_path)):
        assert issubclass(server_options(access)["http"], BoundedProtocol)
