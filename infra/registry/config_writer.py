"""Write entries of quipu.config, signed with the mechanism's key, and check that they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.errors import FoundingError, LogUnavailableError, NotFoundedError
from infra.exchange_log.config_log import ConfigLog, RefusedEntry, append_all
from infra.kafka_access import node_process
from infra.settings import Settings
from schemas.exchange_config import ConfigHistory, ConfigView
from schemas.i18n import _

MARGIN_MS = 3_000
"""On top of the notice, for the difference between this clock and Kafka's."""

Entry = tuple[str, Mapping[str, Any]]
"""The name of an entry's record, and the record."""
DatedEntry = tuple[str, Mapping[str, Any], int]
"""An entry, and from when on it is in effect (ms since 1970 UTC; 0 while founding)."""


@dataclass(frozen=True, slots=True)
class ConfigChange:
    """Describe what was written to config.

    `holds_from`: ms since 1970 UTC; 0 from the beginning of time (while founding). `announced`:
    event types and rules alone, on an exchange that was founded before. `former_until`: ms since
    1970 UTC, until when the keys that were replaced stay valid.
    """

    holds_from: int
    key_id: str = ""
    partition: int = 0
    epoch: int = 0
    announced: bool = False
    former_until: int = 0


def read_config(settings: Settings) -> ConfigView:
    """Return all entries, also those that are in effect only later.

    Raises LogUnavailableError, NotFoundedError.
    """
    return read_config_history(settings).newest()


def read_config_history(settings: Settings) -> ConfigHistory:
    """Read config to its end. Raises LogUnavailableError, NotFoundedError."""
    return _read(settings)[0]


def earliest_effect(config: ConfigHistory) -> int:
    """Return from when on an entry can be in effect, if it is written now: ms since 1970 UTC.

    It is 0, the beginning of time, while founding.
    """
    return now_ms() + config.notice_ms + MARGIN_MS if config.founded else 0


def announce(settings: Settings, config: ConfigHistory, entries: Sequence[Entry]) -> ConfigChange:
    """Write entries that are in effect as early as can be. Raises FoundingError."""
    since = earliest_effect(config)
    write_checked(settings, config, [(name, entry, since) for name, entry in entries])
    return ConfigChange(since)


def write_checked(settings: Settings, config: ConfigHistory, entries: Sequence[DatedEntry]) -> None:
    """Append entries and check that they are in effect.

    Raises NotFoundedError, and FoundingError with the first one's reason where they were refused.
    """
    if not config.newest().recipients:
        raise NotFoundedError(
            _("The mechanism is not founded on this log."),
            _("Found it first: quipu found"),
        )
    offsets = append_entries(settings, entries)
    for refused in _read(settings)[1]:
        if refused.offset in offsets:
            raise FoundingError(
                _("Config refused the entry: {detail}.", detail=refused.detail),
                _("Correct what is named and repeat the command."),
                refused.code,
            )


def append_entries(settings: Settings, entries: Sequence[DatedEntry]) -> list[int]:
    """Append entries without a check; return their offsets. Raises LogUnavailableError."""
    with answering():
        return append_all(settings, list(entries))


def _read(settings: Settings) -> tuple[ConfigHistory, list[RefusedEntry]]:
    with answering(), closing(ConfigLog(_acting_as_own_node(settings))) as log:
        return log.refresh(), log.refused


def _acting_as_own_node(settings: Settings) -> Settings:
    """Return the settings with which a folder may read config.

    A country's folder has no user of the mechanism, only those of its nodes.
    """
    nodes = sorted(path.parent.parent.name for path in settings.home.glob("nodes/*/keys/keys.json"))
    if settings.configured.kafka is None or (settings.keys_dir / "mechanism").exists() or not nodes:
        return settings
    return settings.acting_as(node_process(nodes[0]))


@contextmanager
def answering() -> Iterator[None]:
    """Turn what is raised while Kafka does not answer into LogUnavailableError."""
    try:
        yield
    except (KafkaError, OSError) as error:
        raise LogUnavailableError(
            _("Kafka does not answer or lacks quipu.config ({error}).", error=error),
            _("Start everything with `quipu up` (or check QUIPU_KAFKA), and repeat."),
        ) from error
