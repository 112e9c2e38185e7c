"""infra.kafka_access: which settings of Kafka's security are read, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.errors import SettingsError
from infra.kafka_access import SaslMechanism, SecurityProtocol, node_process
from infra.settings import Settings, load

LOGIN = {
    "QUIPU_KAFKA": "k1:9094,k2:9094",
    "QUIPU_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
    "QUIPU_KAFKA_USERNAME": "quipu-{process}",
    "QUIPU_KAFKA_PASSWORD_FILE": "/run/secrets/{process}",
    "QUIPU_KAFKA_CA_FILE": "ca.pem",
}


def settings_with(home: Path, **changes: str | None) -> Settings:
    """The settings of LOGIN with some variables changed; None leaves one out."""
    variables = LOGIN | {f"QUIPU_{name.upper()}": value for name, value in changes.items()}
    given = {name: value for name, value in variables.items() if value is not None}
    return load({"QUIPU_HOME": str(home), **given})


def test_each_process_has_a_user_and_a_password_file_of_its_own(tmp_path: Path) -> None:
    settings = settings_with(tmp_path)
    worker = settings.acting_as("worker").kafka.security
    assert (worker.username, worker.password_file) == ("quipu-worker", Path("/run/secrets/worker"))
    node = settings.acting_as(node_process("co-ponal")).kafka.security
    assert node.username == "quipu-node-co-ponal"
    assert node.sasl_mechanism is SaslMechanism.SCRAM_SHA_512
    assert node.ca_file == tmp_path / "ca.pem"


def test_a_child_process_reads_the_same_security_from_its_environment(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, kafka_cert_file="c.pem", kafka_key_file="k.pem")
    assert load(settings.environ()).kafka == settings.kafka


def test_mutual_tls_needs_no_login(tmp_path: Path) -> None:
    settings = settings_with(
        tmp_path,
        kafka_security_protocol="ssl",
        kafka_username=None,
        kafka_password_file=None,
        kafka_cert_file="/etc/node.pem",
        kafka_key_file="/etc/node.key",
    )
    assert settings.kafka.security.security_protocol is SecurityProtocol.SSL


@pytest.mark.parametrize("servers", ["k1:9092", "127.0.0.1:9092,k1:9092", "[::2]:9092"])
def test_a_password_over_plaintext_leaves_no_machine(tmp_path: Path, servers: str) -> None:
    with pytest.raises(SettingsError, match="encrypts nothing") as refused:
        settings_with(
            tmp_path,
            kafka=servers,
            kafka_security_protocol="SASL_PLAINTEXT",
            kafka_ca_file=None,
        )
    assert refused.value.code == "KAFKA_NOT_ENCRYPTED"


@pytest.mark.parametrize("servers", ["127.0.0.1:9092", "localhost:1,[::1]:2", "127.8.0.1:9"])
def test_a_password_over_plaintext_may_stay_on_the_machine(tmp_path: Path, servers: str) -> None:
    settings_with(
        tmp_path, kafka=servers, kafka_security_protocol="SASL_PLAINTEXT", kafka_ca_file=None
    )


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("kafka_security_protocol", {"kafka_security_protocol": "TLS"}),
        ("kafka_sasl_mechanism", {"kafka_sasl_mechanism": "GSSAPI"}),
        ("kafka_username", {"kafka_username": None}),
        ("kafka_password_file", {"kafka_password_file": None}),
        ("kafka_username", {"kafka_security_protocol": None}),
        ("kafka_key_file", {"kafka_cert_file": "c.pem"}),
        ("kafka_cert_file", {"kafka_key_file": "k.pem"}),
        ("kafka_password_file", {"kafka_password": "secret"}),
        ("kafka_username", {"kafka": "user:secret@k1:9092"}),
        ("kafka", {"kafka": "nohost"}),
        ("kafka_security_protocol", {"kafka": None}),
    ],
)
def test_what_would_protect_nothing_is_refused_by_its_key(
    tmp_path: Path, key: str, changes: dict[str, str | None]
) -> None:
    with pytest.raises(SettingsError, match=key) as refused:
        settings_with(tmp_path, **changes)
    assert "secret" not in str(refused.value).replace("/run/secrets", "")


def test_no_password_is_part_of_the_settings(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("hunter2")
    settings = settings_with(tmp_path, kafka_password_file=str(password))
    assert "hunter2" not in repr(settings) + repr(settings.kafka) + repr(settings.environ())
