"""Say how a process reaches Kafka: the servers, and how both sides prove who they are.

A password or private key is never part of these values, only the path of its file. In user names
and paths `{process}` stands for the process that connects (`worker`, `sink`, `node-pe-sucamec`),
so that one configuration gives each process a user of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

from infra.errors import SettingsError
from schemas.i18n import UserMessage, _

KEY_PREFIX = "kafka_"
_NODE_PREFIX = "node-"
_PLACEHOLDER = "{process}"
_Choice = TypeVar("_Choice", bound=StrEnum)


class ProcessName(StrEnum):
    """Name who connects to Kafka; a country node is named by `node_process`."""

    BROKER = "broker"
    TOPICS = "topics"
    CONFIG_WRITER = "config-writer"
    WORKER = "worker"
    SINK = "sink"
    HITS = "hits"
    API = "api"
    CHECKPOINTS = "checkpoints"
    HEALTH = "health"
    MAINTENANCE = "maintenance"


ENGINE = "kafka"
"""How the names of the password files begin."""


def user_of(process: str) -> str:
    """Name the user of a process on the embedded broker."""
    return f"quipu-{process}"


def node_process(node: str) -> str:
    """Name the process of a country node."""
    return _NODE_PREFIX + node


def node_of(process: str) -> str | None:
    """Return the country node whose process this is; None for a process of the mechanism."""
    return process.removeprefix(_NODE_PREFIX) if process.startswith(_NODE_PREFIX) else None


class SecurityProtocol(StrEnum):
    """Name how a connection is protected, as Kafka does."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"

    @property
    def has_tls(self) -> bool:
        """Whether the connection is encrypted."""
        return self in (SecurityProtocol.SSL, SecurityProtocol.SASL_SSL)

    @property
    def has_login(self) -> bool:
        """Whether the client logs in with a user name and a password."""
        return self in (SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL)


class SaslMechanism(StrEnum):
    """Name how a password is proved, as Kafka does."""

    SCRAM_SHA_512 = "SCRAM-SHA-512"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    PLAIN = "PLAIN"


@dataclass(frozen=True)
class KafkaSecurity:
    """Hold what a client proves itself with, and what it checks the server with."""

    security_protocol: SecurityProtocol = SecurityProtocol.PLAINTEXT
    sasl_mechanism: SaslMechanism = SaslMechanism.SCRAM_SHA_512
    username: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None

    def of_process(self, process: str) -> KafkaSecurity:
        """Return these settings for one process, with its name in place of `{process}`."""
        return KafkaSecurity(
            self.security_protocol,
            self.sasl_mechanism,
            self.username and self.username.replace(_PLACEHOLDER, process),
            *(
                path and Path(str(path).replace(_PLACEHOLDER, process))
                for path in (self.password_file, self.ca_file, self.cert_file, self.key_file)
            ),
        )

    def texts(self) -> dict[str, str]:
        """Return what differs from the default by its name in `quipu.toml`."""
        return {
            KEY_PREFIX + field.name: str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        }


UNPROTECTED = KafkaSecurity()
"""Neither a login nor encryption."""

SETTING_KEYS = tuple(KEY_PREFIX + field.name for field in fields(KafkaSecurity))
"""The keys of `quipu.toml` that `read_security` reads."""


@dataclass(frozen=True)
class KafkaAccess:
    """Hold everything that a client needs to connect to Kafka: `bootstrap` is its servers."""

    bootstrap: str
    security: KafkaSecurity = UNPROTECTED

    def __str__(self) -> str:
        """Return the servers alone, as they are configured."""
        return self.bootstrap


def embedded_security(process: str, password_file: Path) -> KafkaSecurity:
    """Return how a process logs in to the embedded broker."""
    is_broker = process == ProcessName.BROKER
    return KafkaSecurity(
        SecurityProtocol.SASL_PLAINTEXT,
        SaslMechanism.PLAIN if is_broker else SaslMechanism.SCRAM_SHA_512,
        user_of(process),
        password_file,
    )


def read_security(
    text_of: Callable[[str], str | None], bootstrap: str | None, home: Path
) -> KafkaSecurity:
    """Read the settings of Kafka's security; a relative path starts in the data folder `home`.

    `text_of` returns the text of a key of SETTING_KEYS. Raises SettingsError.
    """
    texts = {key: text_of(key) for key in SETTING_KEYS}
    if text_of("kafka_password"):
        raise _unusable("kafka_password", _("a password is read from a file: kafka_password_file"))
    if bootstrap is None:
        _refuse_surplus(texts, SETTING_KEYS, _("no address of Kafka is configured"))
        return UNPROTECTED
    _check_servers(bootstrap)
    plain, scram = SecurityProtocol.PLAINTEXT, SaslMechanism.SCRAM_SHA_512
    protocol = _choice("kafka_security_protocol", texts, SecurityProtocol, plain)
    mechanism = _choice("kafka_sasl_mechanism", texts, SaslMechanism, scram)
    _check_login(texts, protocol)
    _check_certificates(texts, protocol)
    if protocol is SecurityProtocol.SASL_PLAINTEXT and not _is_loopback(bootstrap):
        raise _password_in_the_clear(bootstrap)
    return KafkaSecurity(
        protocol,
        mechanism,
        texts["kafka_username"],
        *(_path(home, texts[key]) for key in SETTING_KEYS if key.endswith("_file")),
    )


def _check_servers(bootstrap: str) -> None:
    if "@" in bootstrap:  # the text may hold a password, so it is not repeated
        raise _unusable(
            "kafka",
            _("no user name or password belongs into the address: use kafka_username"),
        )
    for server in bootstrap.split(","):
        host, colon, port = server.strip().rpartition(":")
        if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
            raise _unusable("kafka", _("{server} is not host:port", server=repr(server)))


def _check_login(texts: dict[str, str | None], protocol: SecurityProtocol) -> None:
    login = ("kafka_username", "kafka_password_file")
    if not protocol.has_login:
        _refuse_surplus(
            texts, (*login, "kafka_sasl_mechanism"), _("{protocol} has no login", protocol=protocol)
        )
        return
    for key in login:
        if not texts[key]:
            raise _unusable(key, _("{protocol} needs it", protocol=protocol))


def _check_certificates(texts: dict[str, str | None], protocol: SecurityProtocol) -> None:
    own = ("kafka_cert_file", "kafka_key_file")
    if not protocol.has_tls:
        _refuse_surplus(
            texts, ("kafka_ca_file", *own), _("{protocol} has no TLS", protocol=protocol)
        )
    for key, other in (own, own[::-1]):
        if texts[key] and not texts[other]:
            raise _unusable(other, _("it belongs to {key}", key=key))


def _refuse_surplus(
    texts: dict[str, str | None], keys: tuple[str, ...], reason: UserMessage
) -> None:
    """Refuse settings without effect: who wrote them believes in a protection that is not there."""
    for key in keys:
        if texts[key]:
            raise _unusable(key, reason)


def _choice(
    key: str, texts: dict[str, str | None], choices: type[_Choice], default: _Choice
) -> _Choice:
    text = (texts[key] or default).upper()
    if text not in set(choices):
        listed = ", ".join(choices)
        raise _unusable(key, _("{text} is none of {listed}", text=repr(text), listed=listed))
    return choices(text)


def _path(home: Path, text: str | None) -> Path | None:
    return None if not text else home / Path(text).expanduser()


def _is_loopback(bootstrap: str) -> bool:
    return all(
        _is_loopback_host(server.strip().rpartition(":")[0].strip("[]"))
        for server in bootstrap.split(",")
    )


def _is_loopback_host(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _password_in_the_clear(bootstrap: str) -> SettingsError:
    return SettingsError(
        _(
            "Kafka at {bootstrap} is on another machine, and SASL_PLAINTEXT encrypts nothing: "
            "the login and all data could be read and changed on the way.",
            bootstrap=bootstrap,
        ),
        _("Set kafka_security_protocol to SASL_SSL, and kafka_ca_file where it is needed."),
        "KAFKA_NOT_ENCRYPTED",
    )


def _unusable(key: str, reason: UserMessage) -> SettingsError:
    return SettingsError(
        _(
            "The setting {key} (QUIPU_{variable}) cannot be used: {reason}.",
            key=key,
            variable=key.upper(),
            reason=reason,
        ),
        _("Correct it in quipu.toml or in the environment, and repeat the command."),
    )
