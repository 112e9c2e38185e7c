"""Write into quipu.toml how a country's folder reaches the mechanism's Kafka."""

from __future__ import annotations

import json
from pathlib import Path

from infra.data_folder import write_atomically
from infra.kafka_access import ENGINE, SecurityProtocol
from infra.keys.credentials import password_file
from infra.settings import Settings
from schemas.enrolment.answer import KafkaLogin

CERTIFICATES = "keys/kafka-ca.pem"
"""The certificates of the authority that signed the brokers', in the data folder."""


def write_connection(settings: Settings, login: KafkaLogin) -> None:
    """Add servers and login to quipu.toml, unless it names servers, or the mechanism lives here.

    Raises OSError.
    """
    if settings.configured.kafka is not None or (settings.keys_dir / "mechanism").exists():
        return
    path = settings.home / "quipu.toml"
    former = path.read_text(encoding="utf-8") if path.exists() else ""
    if former and not former.endswith("\n"):
        former += "\n"
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in _settings_of(login).items()]
    write_atomically(path, former + "".join(lines))


def uses_other_servers(settings: Settings, login: KafkaLogin) -> bool:
    """Say whether quipu.toml named other servers before."""
    return settings.configured.kafka not in (None, login.servers)


def _settings_of(login: KafkaLogin) -> dict[str, str]:
    """Return the settings of a login by their names in quipu.toml."""
    protocol = SecurityProtocol(login.protocol)
    values = {"kafka": login.servers, "kafka_security_protocol": login.protocol}
    if protocol.has_login:
        values["kafka_username"] = login.user
        path = password_file(Path("credentials"), ENGINE, "{process}")
        values["kafka_password_file"] = str(path)
    if login.certificates:
        values["kafka_ca_file"] = CERTIFICATES
    return values
