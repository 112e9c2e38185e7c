"""A request hidden in the body of another one (ASVS 4.2.1): neither server answers it.

A gateway in front that believes the other length would give the answer to somebody else.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from consumers.api.app import application
from infra.settings import load
from producers.api.app import create_app
from producers.api.node_host import NodeHost, ensure_token
from tests.support.node import NODE, offline
from tests.support.served_api import served

HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /v1/events HTTP/1.1\r\n" + HOST
HIDDEN = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"
LAST = HIDDEN.removesuffix(b"\r\n") + b"Connection: close\r\n\r\n"
SECONDS = 60
"""For a busy machine; nobody waits so long, for the server closes after the last answer."""
CHUNKED = b"Transfer-Encoding: chunked\r\n"

TWO_LENGTHS = POST + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN
REFUSED = {
    "both": TWO_LENGTHS,
    "both, the other first": TWO_LENGTHS.replace(
        b"Content-Length: 6\r\n" + CHUNKED, CHUNKED + b"Content-Length: 6\r\n"
    ),
    "two numbers": POST + b"Content-Length: 5\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a sign": POST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a space": POST + b"Content-Length : 0\r\n\r\n" + HIDDEN,
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two codings": POST + CHUNKED + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a bare CR": POST + b"X: a\rContent-Length: 0\r\n\r\n" + HIDDEN,
    "a NUL": POST + b"X: a\0\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "two hosts": POST + HOST + b"Content-Length: 0\r\n\r\n" + HIDDEN,
    "no host": b"POST /v1/events HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
}


@pytest.fixture(params=["api", "node"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a server that listens on loopback."""
    if request.param == "api":
        settings = load({"QUIPU_HOME": str(tmp_path / "home"), "QUIPU_KAFKA": "127.0.0.1:9"})
        with served(application(settings)) as address:
            yield address
        return
    settings = offline(tmp_path)
    token = ensure_token(settings.node_dir(NODE))
    with (
        NodeHost(settings, NODE, "quipu serve") as host,
        served(create_app(host, token)) as address,
    ):
        yield address


def answers(address: str, sent: bytes) -> tuple[list[int], bool]:
    """The status codes that come back on one connection, and whether the server closed it."""
    parts = urlsplit(address)
    with socket.create_connection(
        (str(parts.hostname), int(parts.port or 0)), SECONDS
    ) as connection:
        connection.sendall(sent)
        received, is_closed = b"", False
        try:
            while part := connection.recv(65_536):
                received += part
            is_closed = True
        except TimeoutError:
            pass
        except ConnectionResetError:
            is_closed = True
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3})", received)], is_closed


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_a_request_with_an_unclear_length_is_refused_and_the_next_is_not_read(
    server: str, sent: bytes
) -> None:
    """Before, a request with both lengths was taken, and the hidden one answered as well."""
    codes, is_closed = answers(server, sent)
    assert codes == [400]
    assert is_closed


def test_requests_one_after_the_other_are_answered(server: str) -> None:
    """What an honest client sends on one connection."""
    codes, is_closed = answers(server, HIDDEN + LAST)
    assert len(codes) == 2
    assert is_closed
