"""Servers that take what is sent out: HTTP with or without TLS, SMTP with STARTTLS."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.certificates import TestAuthority


class Received:
    """What a test's server took."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.commands: list[str] = []
        self.status = 200
        self.refused = ""
        """The address to which the mail server takes nothing."""
        self.is_endless = False
        """Whether the answer of the HTTP server never ends."""


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def webhook_server(authority: TestAuthority | None) -> Iterator[tuple[str, Received]]:
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            received.bodies.append(self.rfile.read(length))
            received.headers.append(dict(self.headers))
            self.send_response(received.status)
            self.end_headers()
            with suppress(OSError):  # the client has gone
                while received.is_endless:
                    self.wfile.write(bytes(65_536))

        def log_message(self, *_arguments: object) -> None:
            """Keep the output of the tests free of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if authority is not None:
        server.socket = server_context(authority).wrap_socket(server.socket, server_side=True)
        scheme = "https"
    with serving(server):
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}/alerts", received


@contextmanager
def mail_server(authority: TestAuthority) -> Iterator[tuple[int, Received]]:
    """A small SMTP server with STARTTLS and AUTH PLAIN."""
    received, context = Received(), server_context(authority)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.answer("220 test")
            while line := self.rfile.readline():
                command = line.decode().strip()
                received.commands.append(command)
                self.obey(command)
                if command.upper() == "QUIT":
                    return

        def obey(self, command: str) -> None:
            word = command.upper().split()[0]
            if word == "EHLO":
                self.answer("250-test\r\n250-AUTH PLAIN\r\n250 STARTTLS")
            elif word == "STARTTLS":
                self.answer("220 begin")
                self.request = context.wrap_socket(self.request, server_side=True)
                self.rfile = self.request.makefile("rb")
                self.wfile = self.request.makefile("wb", buffering=0)
            elif received.refused and f"TO:<{received.refused}>" in command:
                self.answer("550 no such person")
            elif word == "DATA":
                self.answer("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                received.bodies.append(b"".join(lines))
                self.answer("250 taken")
            else:
                self.answer({"AUTH": "235 welcome", "QUIT": "221 bye"}.get(word, "250 good"))

        def answer(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with serving(server := socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)):
        yield server.server_address[1], received


def server_context(authority: TestAuthority) -> ssl.SSLContext:
    certificate, key = authority.issue("alerts")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
