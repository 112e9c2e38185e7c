"""Attacks on the API behind TLS (finding A3): who is the gateway, and what crosses a network."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from consumers.access.server import server_options
from consumers.api.app import application
from consumers.identity.identity import open_identity
from consumers.identity.scopes import Scope
from consumers.identity.throttle import FREE_OF_ADDRESS
from infra.api_client import open_api
from infra.data_folder import choose_ports, prepare
from infra.errors import SettingsError
from infra.settings import Endpoint, Endpoints, Settings, load
from tests.support.certificates import TestAuthority
from tests.support.engines import eventually
from tests.support.identity import PASSWORD, analyst

IDENTITY = {"X-Quipu-Reader": "MEC/operator/GREEN"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def authority(folder: Path) -> TestAuthority:
    return TestAuthority(folder, "gateways")


@pytest.fixture(scope="module")
def settings(folder: Path, authority: TestAuthority) -> Iterator[Settings]:
    """The API on TLS, as its own process would serve it."""
    certificate, key = TestAuthority(folder, "servers").issue("server")
    settings = load(
        {
            "QUIPU_HOME": str(folder / "home"),
            "QUIPU_KAFKA": "127.0.0.1:9",
            "QUIPU_API_CERT_FILE": str(certificate),
            "QUIPU_API_KEY_FILE": str(key),
            "QUIPU_API_CLIENT_CA_FILE": str(authority.file),
        }
    )
    prepare(settings)
    port = choose_ports(settings).api
    settings = settings.with_discovered(Endpoints(api=Endpoint("127.0.0.1", port)))
    config = uvicorn.Config(application(settings), port=port, **server_options(settings.api_access))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started, "the API answers")
    yield settings
    server.should_exit = True
    thread.join(10)


def context(certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    if certificate is not None:
        tls.load_cert_chain(certificate, key)
    return tls


def client(settings: Settings, tls: ssl.SSLContext) -> httpx.Client:
    return httpx.Client(base_url=f"https://127.0.0.1:{settings.api_port}", verify=tls)


def test_only_the_gateway_s_certificate_makes_headers_believed(
    settings: Settings, authority: TestAuthority, folder: Path
) -> None:
    """A3: without it the headers are refused; with it they say who asks."""
    with client(settings, context(*authority.issue("gateway"))) as gateway:
        assert "facts" in gateway.get("/health", headers=IDENTITY).json()
    with client(settings, context()) as anybody:
        assert anybody.get("/health", headers=IDENTITY).status_code == 403
        assert set(anybody.get("/health").json()) == {"status", "level"}
    forged = TestAuthority(folder, "forged").issue("gateway-forged")
    with client(settings, context(*forged)) as attacker, pytest.raises(httpx.TransportError):
        attacker.get("/health", headers=IDENTITY)


def test_a_session_is_bound_to_this_host_and_to_tls(settings: Settings) -> None:
    """A3: the cookie never crosses a network in clear, and no other host can plant one."""
    with open_identity(settings) as identity:
        identity.accounts.add(analyst(), "test", PASSWORD)
        token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    base = f"https://127.0.0.1:{settings.api_port}"
    with client(settings, context()) as browser:
        answer = browser.post(
            "/sign-in",
            data={"name": "ana.rojas", "password": PASSWORD},
            headers={"Origin": base, "Sec-Fetch-Site": "same-origin"},
        )
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-quipu=")
        assert "Secure" in cookie
        transport = answer.headers["strict-transport-security"]
        assert transport == "max-age=31536000; includeSubDomains"
        secret = answer.cookies["__Host-quipu"]
        planted = {"Cookie": f"quipu_session={secret}"}
        assert browser.get("/openapi.json", headers=planted).status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert browser.get("/openapi.json", headers=bearer).status_code == 200


def test_every_cookie_is_bound_to_this_host_and_to_tls(settings: Settings) -> None:
    """A3: the cookies of language and of a narrower claim too, and they can be deleted."""
    with open_identity(settings) as identity:
        secret = identity.sessions.begin(analyst(), None, from_provider=True)
        form = identity.sessions.form_token(secret)
    base = f"https://127.0.0.1:{settings.api_port}"
    own = {"Cookie": f"__Host-quipu={secret}", "Origin": base, "Sec-Fetch-Site": "same-origin"}
    with client(settings, context()) as browser:
        answers = [
            browser.get("/sign-in?lang=en"),
            browser.post("/asks", data={"form": form, "clearance": "GREEN"}, headers=own),
            browser.post("/sign-out", data={"form": form}, headers=own),
        ]
    cookies = [line for answer in answers for line in answer.headers.get_list("set-cookie")]
    assert {line.partition("=")[0] for line in cookies} == {
        "__Host-quipu_lang",
        "__Host-quipu_asks",
        "__Host-quipu",
    }
    for line in cookies:
        assert {"Secure", "HttpOnly", "Path=/"} <= set(line.split("; ")), line
        assert "Domain" not in line
    assert "storage" in answers[-1].headers["clear-site-data"]


@pytest.mark.parametrize(
    "ciphers", ["AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA"]
)
def test_a_weak_cipher_is_refused(settings: Settings, ciphers: str) -> None:
    tls = context()
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with client(settings, tls) as browser, pytest.raises(httpx.ConnectError):
        browser.get("/health")


def test_tls_before_1_2_is_refused_and_1_2_keeps_no_secret_of_the_past(settings: Settings) -> None:
    for version, is_taken in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True)):
        tls = context()
        tls.minimum_version = ssl.TLSVersion.TLSv1
        tls.maximum_version = version
        address = "127.0.0.1", settings.api_port
        with socket.create_connection(address) as plain:
            if not is_taken:
                with pytest.raises(OSError):
                    tls.wrap_socket(plain)
                continue
            with tls.wrap_socket(plain) as secure:
                name, protocol, _bits = secure.cipher() or ("", "", 0)
                assert protocol == "TLSv1.2"
                assert "ECDHE" in name
                assert "GCM" in name or "CHACHA20" in name


def test_a_header_changes_no_address(settings: Settings) -> None:
    """A3: who guesses from one address cannot claim to be another at each attempt."""
    base = f"https://127.0.0.1:{settings.api_port}"
    own = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
    with client(settings, context()) as browser:
        statuses = {
            browser.post(
                "/sign-in",
                data={"name": f"name{number}", "password": "guess"},
                headers={**own, "X-Forwarded-For": f"10.0.0.{number}", "X-Forwarded-Proto": "http"},
                timeout=30,
            ).status_code
            for number in range(FREE_OF_ADDRESS + 2)
        }
    assert statuses == {401, 429}
    with open_identity(settings) as identity:
        addresses = {row[4] for row in identity.store.rows("audit", (FREE_OF_ADDRESS,))}
    assert addresses == {"127.0.0.1"}


def test_our_own_processes_trust_the_own_certificate_alone(
    settings: Settings, folder: Path
) -> None:
    """A3: whoever takes the port while the API is down gets no token."""
    with open_api(settings) as own:
        assert own.get("/health").status_code in (200, 503)
    other, _key = TestAuthority(folder, "impostors").issue("impostor")
    access = {"QUIPU_API_CERT_FILE": str(other), "QUIPU_API_KEY_FILE": str(other)}
    impostor = load({"QUIPU_HOME": str(settings.home), **access}).with_discovered(
        settings.discovered
    )
    with open_api(impostor) as own, pytest.raises(httpx.ConnectError):
        own.get("/health")


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "10.0.0.7:8000", "api.example:8000"])
def test_no_password_crosses_a_network_in_clear(tmp_path: Path, address: str) -> None:
    """A3: without TLS the API listens on the loopback interface only."""
    environ = {**os.environ, "QUIPU_HOME": str(tmp_path), "QUIPU_API": address}
    done = subprocess.run(
        [sys.executable, "-m", "consumers.api"],
        check=False,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "API_PLAIN" in done.stderr or "in clear" in done.stderr
    if address != "0.0.0.0:8000":  # which a client reaches on the loopback interface
        with pytest.raises(SettingsError):
            open_api(load(environ))
