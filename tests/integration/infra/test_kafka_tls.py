"""P4: clients reach a broker over TLS, by a login or by certificates, or say why they do not."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest
from kafka.errors import KafkaError

from infra.data_folder import choose_ports
from infra.kafka import clients, jars, java
from infra.kafka.errors import KafkaAccessError
from infra.kafka_access import KafkaAccess, KafkaSecurity, SaslMechanism, SecurityProtocol
from infra.settings import Settings
from tests.support.certificates import TestAuthority
from tests.support.engines import eventually

LOGIN = (
    "org.apache.kafka.common.security.plain.PlainLoginModule required "
    'username="broker" password="secret" user_broker="secret";'
)
LISTENERS = """listeners=CLIENT://127.0.0.1:{port},MTLS://127.0.0.1:{mtls_port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=CLIENT://127.0.0.1:{port},MTLS://127.0.0.1:{mtls_port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENT
listener.security.protocol.map=CLIENT:SASL_SSL,MTLS:SSL,CONTROLLER:SASL_PLAINTEXT
sasl.mechanism.inter.broker.protocol=PLAIN
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.sasl.enabled.mechanisms=PLAIN
listener.name.client.plain.sasl.jaas.config={login}
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config={login}
ssl.keystore.type=PEM
ssl.keystore.location={keystore}
ssl.truststore.type=PEM
ssl.truststore.location={truststore}
listener.name.mtls.ssl.client.auth=required
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
log.dirs={data}
offsets.topic.replication.factor=1
"""


class TlsBroker(NamedTuple):
    """Where it listens, and files of the authority it trusts and of another."""

    login: KafkaAccess
    certificates: KafkaAccess
    folder: Path
    foreign_authority: Path
    foreign_certificate: tuple[Path, Path]

    def with_login(self, **changes: object) -> KafkaAccess:
        return _changed(self.login, changes)

    def with_certificates(self, **changes: object) -> KafkaAccess:
        return _changed(self.certificates, changes)


def _changed(access: KafkaAccess, changes: dict[str, object]) -> KafkaAccess:
    return KafkaAccess(access.bootstrap, KafkaSecurity(**{**vars(access.security), **changes}))


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsBroker]:
    folder = tmp_path_factory.mktemp("tls")
    authority, foreign = TestAuthority(folder, "ours"), TestAuthority(folder, "foreign")
    certificate, key = authority.issue("broker")
    keystore = folder / "keystore.pem"
    keystore.write_bytes(b"".join(map(Path.read_bytes, (key, certificate, authority.file))))
    (folder / "run").mkdir()
    ports = choose_ports(Settings(folder))
    values = {
        "port": ports.kafka,
        "mtls_port": ports.clickhouse,
        "controller_port": ports.kafka_controller,
        "login": LOGIN,
        "keystore": keystore,
        "truststore": authority.file,
        "data": folder / "log",
    }
    properties, password = folder / "node.properties", folder / "password"
    properties.write_text(LISTENERS.format(**values))
    password.touch(mode=0o600)
    password.write_text("secret")
    trusted = KafkaSecurity(ca_file=authority.file)
    by_login: dict[str, object] = {
        "security_protocol": SecurityProtocol.SASL_SSL,
        "sasl_mechanism": SaslMechanism.PLAIN,
    }
    by_login |= {"username": "broker", "password_file": password}
    certificate, key = authority.issue("node")
    by_certificate: dict[str, object] = {
        "security_protocol": SecurityProtocol.SSL,
        "cert_file": certificate,
        "key_file": key,
    }
    with _running(folder, properties):
        tls_broker = TlsBroker(
            _changed(KafkaAccess(f"127.0.0.1:{ports.kafka}", trusted), by_login),
            _changed(KafkaAccess(f"127.0.0.1:{ports.clickhouse}", trusted), by_certificate),
            folder,
            foreign.file,
            foreign.issue("stranger"),
        )
        eventually(lambda: _answers(tls_broker.login), "the broker answers", 60)
        yield tls_broker


def _running(folder: Path, properties: Path) -> subprocess.Popen[bytes]:
    logging = folder / "log4j2.properties"
    template = files("infra.kafka").joinpath("log4j2.properties").read_text(encoding="utf-8")
    logging.write_text(template.replace("{logs}", str(folder)))
    run = [str(java.find()), "-Xmx256m", f"-Dlog4j2.configurationFile={logging}", "-cp"]
    run.append(":".join(map(str, jars.class_path())))
    cluster = ["format", "--cluster-id=MkU3OEVBNTcwNTJENDM2Qg", "--config", str(properties)]
    subprocess.run([*run, "kafka.tools.StorageTool", *cluster], check=True, capture_output=True)
    return _Killed([*run, "kafka.Kafka", str(properties)], stdout=subprocess.DEVNULL)


class _Killed(subprocess.Popen[bytes]):
    """A process that is killed at the end of its block."""

    def __exit__(self, *error: object) -> None:
        self.kill()
        self.wait()


def _answers(access: KafkaAccess) -> bool:
    try:
        clients.open_admin(access, bootstrap_timeout_ms=1000).close()
    except KafkaError:
        return False
    return True


@pytest.mark.parametrize("way", ["login", "certificates"])
def test_every_client_gets_in(broker: TlsBroker, way: str) -> None:
    access: KafkaAccess = getattr(broker, way)
    for connect in (clients.open_admin, clients.open_consumer, clients.open_producer):
        with closing(connect(access)):
            pass

    async def start() -> None:
        producer = clients.make_async_producer(access)
        await producer.start()
        await producer.stop()

    asyncio.run(start())


def test_what_does_not_fit_is_reported_at_once_by_its_code(broker: TlsBroker) -> None:
    wrong = broker.folder / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text("guess")
    certificate, key = broker.foreign_certificate
    plain = {"security_protocol": SecurityProtocol.SASL_PLAINTEXT, "ca_file": None}
    refused = {
        "KAFKA_LOGIN": [broker.with_login(password_file=wrong), broker.with_login(**plain)],
        "KAFKA_TLS": [
            broker.with_login(ca_file=broker.foreign_authority),
            broker.with_login(ca_file=None),
            broker.with_certificates(cert_file=None, key_file=None),
            broker.with_certificates(cert_file=certificate, key_file=key),
        ],
    }
    for code, ways in refused.items():
        for access in ways:
            with pytest.raises(KafkaAccessError) as error:
                clients.open_admin(access, bootstrap_timeout_ms=20_000)
            assert error.value.code == code
