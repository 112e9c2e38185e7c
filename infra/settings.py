"""Read the settings once, into one frozen object: the environment and `quipu.toml`.

The file is in the data folder; the environment wins over it. Addresses that nobody configured are
those of the `quipu up` that runs for the same data folder (`run/ports.json`). Where none runs,
an address raises NotRunningError instead of being empty. `infra.setting_keys` lists all settings.

How Kafka's clients prove who they are is read by `infra.kafka_access`, users and TLS of a
ClickHouse server by `infra.clickhouse_access`, whom the API believes by `infra.api_access`, and
where alerts go by `infra.alert_access`.
"""

from __future__ import annotations

import json
import logging
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from infra.alert_access import NO_ALERTS, AlertAccess
from infra.api_access import LOOPBACK_ACCESS, ApiAccess, is_private_way
from infra.clickhouse_access import DEFAULT_ACCESS, ClickHouseAccess
from infra.data_paths import DataPaths
from infra.errors import NotRunningError, SettingsError
from infra.file_lock import is_locked
from infra.kafka_access import (
    ENGINE,
    UNPROTECTED,
    KafkaAccess,
    KafkaSecurity,
    ProcessName,
    embedded_security,
    node_of,
    read_security,
)
from infra.setting_keys import FILE_KEYS, SETTINGS, nearest_key
from schemas.i18n import _

LOOPBACK = "127.0.0.1"
_HOST = re.compile(r"[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]")
_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


@dataclass(frozen=True)
class Endpoint:
    """Name a host and a TCP port."""

    host: str
    port: int

    def __str__(self) -> str:
        """Write it as host:port, as it is configured."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Endpoints:
    """Say where the engines are; None where it is not known."""

    kafka: str | None = None
    clickhouse: Endpoint | None = None
    api: Endpoint | None = None

    def with_fallback(self, other: Endpoints) -> Endpoints:
        """Return these addresses, filled up from `other`."""
        return Endpoints(
            self.kafka or other.kafka, self.clickhouse or other.clickhouse, self.api or other.api
        )


@dataclass(frozen=True)
class Settings(DataPaths):
    """Hold the configuration of every command and process.

    `configured`: addresses somebody configured; `quipu up` starts no engine for these.
    `discovered`: addresses of the `quipu up` that runs for `home`.
    `process`: as whom it connects to Kafka, a ProcessName or what `node_process` returns.
    """

    configured: Endpoints = Endpoints()
    discovered: Endpoints = Endpoints()
    lang: str = "es"
    log_level: int = logging.INFO
    log_json: bool | None = None
    canary: str | None = None
    asks_as: str | None = None
    kafka_security: KafkaSecurity = UNPROTECTED
    process: str = ProcessName.API
    clickhouse_access: ClickHouseAccess = DEFAULT_ACCESS
    api_access: ApiAccess = LOOPBACK_ACCESS
    alert_access: AlertAccess = NO_ALERTS
    trace_endpoint: str | None = None

    @property
    def kafka(self) -> KafkaAccess:
        """Return how `process` reaches Kafka. Raises NotRunningError where no address is known."""
        if self.configured.kafka:
            return KafkaAccess(self.configured.kafka, self.kafka_security.of_process(self.process))
        servers = self.discovered.kafka or self._not_running("Kafka")
        return KafkaAccess(servers, embedded_security(self.process, self._kafka_password_file()))

    def _kafka_password_file(self) -> Path:
        """Name the file in which the embedded broker's password of `process` is kept."""
        node = node_of(self.process)
        folder = self.credentials_dir if node is None else self.node_dir(node)
        return folder / f"{ENGINE}-{self.process if node is None else node}.password"

    def acting_as(self, process: str) -> Settings:
        """Return the same settings for another process: Kafka knows each by a user of its own."""
        return replace(self, process=process)

    @property
    def clickhouse_host(self) -> str:
        """Return the host of ClickHouse's native protocol. Raises NotRunningError."""
        return self._clickhouse().host

    @property
    def clickhouse_port(self) -> int:
        """Return the port of ClickHouse's native protocol. Raises NotRunningError."""
        return self._clickhouse().port

    @property
    def api_host(self) -> str:
        """Return the host the API listens on. Raises NotRunningError."""
        return self._api().host

    @property
    def api_port(self) -> int:
        """Return the port the API listens on. Raises NotRunningError."""
        return self._api().port

    def environ(self) -> dict[str, str]:
        """Return the environment variables from which another process reads these same settings."""
        variables = {"QUIPU_HOME": str(self.home), "QUIPU_LANG": self.lang}
        addresses = {
            "KAFKA": self.configured.kafka,
            "CLICKHOUSE": self.configured.clickhouse,
            "API": self.configured.api,
        }
        variables |= {
            f"QUIPU_{name}": str(value) for name, value in addresses.items() if value is not None
        }
        variables |= {
            f"QUIPU_{key.upper()}": text for key, text in self.kafka_security.texts().items()
        }
        variables |= self.api_access.environ() | self.alert_access.environ()
        if self.log_level != logging.INFO:
            variables["QUIPU_LOG"] = logging.getLevelName(self.log_level).lower()
        if self.log_json is not None:
            variables["QUIPU_LOG_JSON"] = "1" if self.log_json else "0"
        if self.canary is not None:
            variables["QUIPU_CANARY"] = self.canary
        if self.asks_as is not None:
            variables["QUIPU_AS"] = self.asks_as
        if self.trace_endpoint is not None:
            variables["QUIPU_TRACE_ENDPOINT"] = self.trace_endpoint
        return {**variables, **self.clickhouse_access.environ()}

    def with_discovered(self, discovered: Endpoints) -> Settings:
        """Return the same settings, with the addresses of what runs."""
        return replace(self, discovered=discovered)

    def _clickhouse(self) -> Endpoint:
        return (
            self.configured.clickhouse
            or self.discovered.clickhouse
            or self._not_running("ClickHouse")
        )

    def _api(self) -> Endpoint:
        return self.configured.api or self.discovered.api or self._not_running("API")

    def _not_running(self, what: str) -> Any:
        raise NotRunningError(
            _(
                "No address of {what}: nothing runs for the data folder {home}.",
                what=what,
                home=self.home,
            ),
            _("Start it with `quipu up`, or name another folder with --home (or QUIPU_HOME)."),
        )


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises SettingsError naming the variable or the file's key that cannot be used.
    """
    home = Path(environ.get("QUIPU_HOME") or "quipu-data").expanduser().absolute()
    from_file = _read_file(home / "quipu.toml")
    configured = Endpoints(
        kafka=_text(environ, from_file, "kafka"),
        clickhouse=_endpoint("clickhouse", _text(environ, from_file, "clickhouse")),
        api=_endpoint("api", _text(environ, from_file, "api")),
    )
    security = read_security(lambda key: _text(environ, from_file, key), configured.kafka, home)
    return Settings(
        home=home,
        configured=configured,
        discovered=read_ports(home / "run" / "ports.json")
        if is_locked(home / "run" / "lock")
        else Endpoints(),
        lang=_lang(_text(environ, from_file, "lang")),
        log_level=_level(_text(environ, from_file, "log")),
        log_json=_flag(_text(environ, from_file, "log_json")),
        canary=_text(environ, from_file, "canary"),
        asks_as=_text(environ, from_file, "as"),
        kafka_security=security,
        clickhouse_access=_clickhouse_access(environ, from_file),
        api_access=_api_access(environ, from_file, home),
        alert_access=_alert_access(environ, from_file, home),
        trace_endpoint=_trace_endpoint(_text(environ, from_file, "trace_endpoint")),
    )


def read_ports(path: Path) -> Endpoints:
    """Return the addresses written by `quipu up`; empty where it never ran."""
    try:
        ports = json.loads(path.read_text())
    except FileNotFoundError:
        return Endpoints()
    return Endpoints(
        kafka=f"{LOOPBACK}:{ports['kafka']}",
        clickhouse=Endpoint(LOOPBACK, ports["clickhouse"]),
        api=Endpoint(LOOPBACK, ports["api"]),
    )


def _read_file(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(str(path), str(error)) from error
    for key in sorted(set(content) - FILE_KEYS):
        raise _unknown_key(path, key)
    return content


@dataclass(frozen=True, slots=True)
class StatedSetting:
    """Say what somebody wrote for a setting, and where: its variable, or `quipu.toml`."""

    value: str
    source: str


def stated_settings(environ: Mapping[str, str], home: Path) -> dict[str, StatedSetting]:
    """Return what somebody wrote for each setting, by its key; the others are left out.

    Raises SettingsError where the file cannot be read.
    """
    from_file = _read_file(home / "quipu.toml")
    return {
        setting.key: StatedSetting(
            value, setting.variable if environ.get(setting.variable) else "quipu.toml"
        )
        for setting in SETTINGS
        if (value := _text(environ, from_file, setting.key)) is not None
    }


def _text(environ: Mapping[str, str], from_file: Mapping[str, Any], key: str) -> str | None:
    value = environ.get(f"QUIPU_{key.upper()}") or from_file.get(key)
    return None if value is None else str(value)


def _clickhouse_access(
    environ: Mapping[str, str], from_file: Mapping[str, Any]
) -> ClickHouseAccess:
    try:
        return ClickHouseAccess.read(lambda key: _text(environ, from_file, key))
    except ValueError as error:
        raise _bad("QUIPU_CLICKHOUSE_… / quipu.toml", str(error)) from error


def _api_access(environ: Mapping[str, str], from_file: Mapping[str, Any], home: Path) -> ApiAccess:
    try:
        return ApiAccess.read(lambda key: _text(environ, from_file, key), home)
    except ValueError as error:
        raise _bad("QUIPU_API_…, QUIPU_OIDC_… / quipu.toml", str(error)) from error


def _alert_access(
    environ: Mapping[str, str], from_file: Mapping[str, Any], home: Path
) -> AlertAccess:
    try:
        return AlertAccess.read(lambda key: _text(environ, from_file, key), home)
    except ValueError as error:
        raise _bad("QUIPU_ALERT_… / quipu.toml", str(error)) from error


def _endpoint(key: str, text: str | None) -> Endpoint | None:
    """Read `host:port`. An error never repeats the text: it may hold a password."""
    if text is None:
        return None
    variable = f"QUIPU_{key.upper()}"
    if "@" in text:
        raise SettingsError(
            _("The address in {where} holds a user or a password.", where=variable),
            _("Write host:port alone. Users and password files have settings of their own."),
        )
    host, _colon, port = text.rpartition(":")
    if not (_HOST.fullmatch(host) and port.isdecimal() and 0 < int(port) < 65536):
        raise _bad(f"{variable} / {key}", "≠ host:port")
    return Endpoint(host.strip("[]"), int(port))


def _trace_endpoint(text: str | None) -> str | None:
    if text is not None and not is_private_way(text):
        raise _bad("QUIPU_TRACE_ENDPOINT / trace_endpoint", f"≠ https://…, http://{LOOPBACK}:…")
    return text


def _lang(text: str | None) -> str:
    if text not in (None, "es", "en"):
        raise _bad("QUIPU_LANG / lang", f"{text!r} ∉ {{es, en}}")
    return text or "es"


def _level(text: str | None) -> int:
    if text is None:
        return logging.INFO
    if text.lower() not in _LEVELS:
        raise _bad("QUIPU_LOG / log", f"{text!r} ∉ {{{', '.join(_LEVELS)}}}")
    return _LEVELS[text.lower()]


def _flag(text: str | None) -> bool | None:
    if text is None:
        return None
    if text.lower() in ("1", "true"):
        return True
    if text.lower() in ("0", "false"):
        return False
    raise _bad("QUIPU_LOG_JSON / log_json", f"{text!r} ∉ {{1, 0}}")


def _unknown_key(path: Path, key: str) -> SettingsError:
    near = nearest_key(key)
    remedy = (
        _("Write {near} in place of it, or delete the line.", near=near)
        if near
        else _("Delete the line. `quipu config show` lists every setting.")
    )
    return SettingsError(
        _("{path} has a key that is no setting: {key}.", path=path, key=key), remedy
    )


def _bad(where: str, what: str) -> SettingsError:
    return SettingsError(
        _("A setting in {where} cannot be used: {what}.", where=where, what=what),
        _("Correct it and repeat the command."),
    )
