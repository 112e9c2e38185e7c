"""List every setting of Quipu: its key, its meaning, and what may be written there.

The environment variable of a key is QUIPU_ and the key in capitals. A setting never holds a
password or a private key, only the path of its file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from schemas.i18n import UserMessage, _

ENVIRONMENT_PREFIX = "QUIPU_"


class SettingForm(StrEnum):
    """Name what is written as the value of a setting."""

    SERVERS = "servers"  # host:port[,host:port]
    ADDRESS = "address"  # host:port
    URL = "url"
    TEXT = "text"
    FLAG = "flag"
    CHOICE = "choice"
    FILE = "file"
    PRIVATE_FILE = "private_file"  # for the user who runs Quipu alone


@dataclass(frozen=True, slots=True)
class SettingEntry:
    """Describe a setting. `choices`: the only values; `default`: what holds where none is set."""

    key: str
    form: SettingForm
    meaning: UserMessage
    choices: tuple[str, ...] = ()
    default: str | None = None

    @property
    def variable(self) -> str:
        """Return the name of its environment variable."""
        return ENVIRONMENT_PREFIX + self.key.upper()


SETTINGS: Sequence[SettingEntry] = (
    SettingEntry("kafka", SettingForm.SERVERS, _("Servers of Kafka: host:port[,host:port].")),
    SettingEntry(
        "kafka_security_protocol",
        SettingForm.CHOICE,
        _("How a connection to Kafka is protected."),
        ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
        "PLAINTEXT",
    ),
    SettingEntry(
        "kafka_sasl_mechanism",
        SettingForm.CHOICE,
        _("How Kafka checks a password."),
        ("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"),
        "SCRAM-SHA-512",
    ),
    SettingEntry(
        "kafka_username",
        SettingForm.TEXT,
        _("The user of Kafka; {process} stands for the process."),
    ),
    SettingEntry(
        "kafka_password_file", SettingForm.PRIVATE_FILE, _("File of the password for Kafka.")
    ),
    SettingEntry(
        "kafka_ca_file", SettingForm.FILE, _("Certificates that Kafka's own is checked with, PEM.")
    ),
    SettingEntry("kafka_cert_file", SettingForm.FILE, _("Certificate shown to Kafka (mTLS), PEM.")),
    SettingEntry(
        "kafka_key_file", SettingForm.PRIVATE_FILE, _("Private key of that certificate, PEM.")
    ),
    SettingEntry(
        "clickhouse", SettingForm.ADDRESS, _("host:port of ClickHouse's native protocol.")
    ),
    SettingEntry(
        "clickhouse_user",
        SettingForm.TEXT,
        _("The user of ClickHouse; {role} stands for reader, writer or migrator."),
        default="quipu_{role}",
    ),
    SettingEntry(
        "clickhouse_password_file",
        SettingForm.PRIVATE_FILE,
        _("File of the password for ClickHouse; unset: that of the data folder."),
    ),
    SettingEntry(
        "clickhouse_tls", SettingForm.FLAG, _("Whether ClickHouse is reached by TLS."), default="0"
    ),
    SettingEntry(
        "clickhouse_ca_file",
        SettingForm.FILE,
        _("Certificates that ClickHouse's own is checked with, PEM."),
    ),
    SettingEntry(
        "clickhouse_cert_file", SettingForm.FILE, _("Certificate shown to ClickHouse, PEM.")
    ),
    SettingEntry(
        "clickhouse_key_file", SettingForm.PRIVATE_FILE, _("Private key of that certificate, PEM.")
    ),
    SettingEntry("api", SettingForm.ADDRESS, _("host:port that the API listens on.")),
    SettingEntry(
        "api_hosts", SettingForm.TEXT, _("Further names under which the API is asked: A,B.")
    ),
    SettingEntry("api_url", SettingForm.URL, _("Address of the API as people type it.")),
    SettingEntry("api_cert_file", SettingForm.FILE, _("Certificate chain of the API, PEM.")),
    SettingEntry(
        "api_key_file", SettingForm.PRIVATE_FILE, _("Private key of that certificate, PEM.")
    ),
    SettingEntry(
        "api_client_ca_file",
        SettingForm.FILE,
        _("Certificates that the gateway's own is checked with, PEM."),
    ),
    SettingEntry(
        "api_gateway_secret_file",
        SettingForm.PRIVATE_FILE,
        _("File of the secret that the gateway shows."),
    ),
    SettingEntry(
        "oidc_issuer", SettingForm.URL, _("Address of the provider of identities (OIDC).")
    ),
    SettingEntry("oidc_client_id", SettingForm.TEXT, _("Name of this API at the provider.")),
    SettingEntry(
        "oidc_client_secret_file",
        SettingForm.PRIVATE_FILE,
        _("File of this API's secret at the provider."),
    ),
    SettingEntry(
        "oidc_claims_file", SettingForm.FILE, _("TOML file: what the provider's claims mean here.")
    ),
    SettingEntry("alert_webhook", SettingForm.URL, _("Address to which alerts are posted.")),
    SettingEntry(
        "alert_webhook_secret_file",
        SettingForm.PRIVATE_FILE,
        _("File of the secret with which the alerts for the webhook are signed."),
    ),
    SettingEntry("alert_mail_to", SettingForm.TEXT, _("Who receives alerts by mail: A,B.")),
    SettingEntry("alert_mail_from", SettingForm.TEXT, _("The sender of these mails.")),
    SettingEntry("alert_smtp", SettingForm.ADDRESS, _("host:port of the mail server.")),
    SettingEntry(
        "alert_smtp_tls",
        SettingForm.CHOICE,
        _("How the mail server is reached; none: on this machine only."),
        ("starttls", "tls", "none"),
        "starttls",
    ),
    SettingEntry("alert_smtp_user", SettingForm.TEXT, _("The user of the mail server.")),
    SettingEntry(
        "alert_smtp_password_file",
        SettingForm.PRIVATE_FILE,
        _("File of the password for the mail server."),
    ),
    SettingEntry(
        "alert_ca_file",
        SettingForm.FILE,
        _("Certificates that webhook and mail server are checked with, PEM."),
    ),
    SettingEntry(
        "alert_degree",
        SettingForm.CHOICE,
        _("The least degree of a finding that is sent."),
        ("act_now", "watch"),
        "act_now",
    ),
    SettingEntry(
        "alert_repeat_minutes",
        SettingForm.TEXT,
        _("After how many minutes an alert that lasts is sent again."),
        default="60",
    ),
    SettingEntry(
        "trace_endpoint",
        SettingForm.URL,
        _("Address to which traces are sent (OTLP over HTTP); unset: nothing is traced."),
    ),
    SettingEntry(
        "lang", SettingForm.CHOICE, _("Language of texts for people."), ("es", "en"), default="es"
    ),
    SettingEntry(
        "log",
        SettingForm.CHOICE,
        _("The least level that is logged."),
        ("debug", "info", "warning", "error"),
        "info",
    ),
    SettingEntry(
        "log_json",
        SettingForm.FLAG,
        _("Whether the log is JSON; unset: unless it goes to a terminal."),
    ),
    SettingEntry(
        "canary", SettingForm.TEXT, _("Node for which `quipu up` publishes test signals.")
    ),
    SettingEntry(
        "as",
        SettingForm.TEXT,
        _("As whom questions are asked without --as, such as CO/analyst/AMBER."),
    ),
)
"""In the order in which they are shown."""

FILE_KEYS = frozenset(setting.key for setting in SETTINGS)
"""The keys of `quipu.toml`."""

_OTHER_VARIABLES = frozenset(
    {
        "QUIPU_HOME",
        "QUIPU_TOKEN",
        "QUIPU_TOKEN_FILE",
        "QUIPU_COMPLETE",
        "QUIPU_BENCH_DOCUMENTS",
        "QUIPU_URL",
    }
)
"""Variables with another use: the data folder, a program's token, completion, the client."""


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that begin as Quipu's do and that nothing reads, sorted.

    They are not refused when settings are read: Kubernetes makes some for a service of that name.
    """
    known = _OTHER_VARIABLES | {setting.variable for setting in SETTINGS}
    return sorted(
        name for name in environ if name.startswith(ENVIRONMENT_PREFIX) and name not in known
    )


def nearest_key(name: str) -> str | None:
    """Return the key that somebody probably meant; None where none is near."""
    return next(iter(get_close_matches(name.lower(), FILE_KEYS, n=1)), None)


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of `quipu.toml`, with English descriptions."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "quipu.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {setting.key: _property(setting) for setting in SETTINGS},
    }


_TYPES: Mapping[SettingForm, Mapping[str, object]] = {
    SettingForm.FLAG: {
        "type": ["boolean", "integer", "string"],
        "enum": [True, False, 0, 1, "true", "false", "0", "1"],
    },
    SettingForm.ADDRESS: {"type": "string", "pattern": r"^[^@]+:[0-9]{1,5}$"},
    SettingForm.SERVERS: {"type": "string", "pattern": r"^[^@,]+:[0-9]{1,5}(,[^@,]+:[0-9]{1,5})*$"},
    SettingForm.URL: {"type": "string", "format": "uri"},
}


def _property(setting: SettingEntry) -> dict[str, object]:
    described: dict[str, object] = {
        "description": setting.meaning.in_language("en"),
        **_TYPES.get(setting.form, {"type": "string"}),
    }
    if setting.choices:
        described["enum"] = list(setting.choices)
    if setting.default is not None:
        described["default"] = setting.default
    return described
