"""infra.kafka.clients: one place makes every client, and says why one cannot be made."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import faust
import pytest
from kafka.errors import KafkaError

from infra.errors import KeyringError, QuipuError
from infra.kafka import clients
from infra.kafka.errors import KafkaAccessError
from infra.kafka_access import KafkaAccess, KafkaSecurity, SaslMechanism, SecurityProtocol

PRODUCT = ("infra", "producers", "streams", "consumers", "benchmarks", "tests")
FACTORY = Path("infra/kafka/clients.py")
CONSTRUCTORS = (
    "KafkaConsumer(",
    "KafkaProducer(",
    "KafkaAdminClient(",
    "SASLCredentials(",
    "SSLCredentials(",
)
ROOT = Path(__file__).parents[4]
LOGIN = SecurityProtocol.SASL_PLAINTEXT


def test_no_other_module_makes_a_client() -> None:
    makers = {
        path.relative_to(ROOT)
        for package in PRODUCT
        for path in (ROOT / package).rglob("*.py")
        if "quix" not in path.parts
        and "node_modules" not in path.parts
        and path != Path(__file__)
        and any(name in path.read_text(encoding="utf-8") for name in CONSTRUCTORS)
    }
    assert makers == {FACTORY}


def test_faust_logs_in_as_the_other_clients_do(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.touch(mode=0o600)
    password.write_text("hunter2\n")
    security = KafkaSecurity(LOGIN, username="quipu-worker", password_file=password)
    broker, credentials = clients.faust_connection(KafkaAccess("a:1,b:2", security))
    assert broker == "kafka://a:1;b:2"
    assert isinstance(credentials, faust.SASLCredentials)  # noqa: TID251 - what was made
    assert (credentials.username, credentials.password) == ("quipu-worker", "hunter2")
    assert credentials.mechanism.value == SaslMechanism.SCRAM_SHA_512
    assert clients.faust_connection(KafkaAccess("a:1")) == ("kafka://a:1", None)


def test_a_password_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    security = KafkaSecurity(LOGIN, username="w", password_file=tmp_path / "password")
    with pytest.raises(KeyringError, match=str(tmp_path / "password")):
        clients.open_admin(KafkaAccess("127.0.0.1:1", security))


def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("no certificate")
    security = KafkaSecurity(SecurityProtocol.SSL, ca_file=path)
    with pytest.raises(KafkaAccessError, match=str(path)):
        clients.open_admin(KafkaAccess("127.0.0.1:1", security))


@pytest.mark.parametrize("protocol", [SecurityProtocol.PLAINTEXT, SecurityProtocol.SSL])
def test_a_server_that_hangs_up_is_reported_at_once(protocol: SecurityProtocol) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_hang_up, args=(server,), daemon=True).start()
        access = KafkaAccess(f"127.0.0.1:{server.getsockname()[1]}", KafkaSecurity(protocol))
        began = time.monotonic()
        with pytest.raises(KafkaAccessError, match="kafka_security_protocol"):
            clients.open_admin(access, bootstrap_timeout_ms=20_000)
    assert time.monotonic() - began < 10


def test_a_refusal_is_both_an_error_for_people_and_one_of_kafka() -> None:
    assert issubclass(KafkaAccessError, QuipuError)
    assert issubclass(KafkaAccessError, KafkaError)


def _hang_up(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        connection.recv(1)
        connection.close()
