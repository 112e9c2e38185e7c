"""Read from config which generation of topics, state and database serves now.

`quipu rebuild` announces the next one.
"""

from __future__ import annotations

from contextlib import closing

from infra.clock import now_ms
from infra.errors import NotFoundedError
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings
from schemas.exchange_config import ConfigHistory, ConfigView

FIRST_GENERATION = 1


def current_generation(settings: Settings) -> int:
    """Return the generation that holds at this moment. Raises what `current_config` raises."""
    return current_config(settings).generation


def current_config(settings: Settings, newest: bool = False) -> ConfigView:
    """Return what config says at this moment; an empty view where the mechanism is not founded yet.

    `newest`: what it says once all entries are in effect.

    Reads quipu.config to its end. Raises KafkaError or LogStalledError where Kafka, or that topic,
    is not there, and KeyringError where the trust anchor cannot be read.
    """
    config = config_history(settings)
    return config.newest() if newest else config.at(now_ms())


def config_history(settings: Settings) -> ConfigHistory:
    """Read quipu.config to its end; an empty history where the mechanism is not founded yet.

    Raises what `current_config` raises.
    """
    try:
        keyring.trust_anchor(settings)
    except NotFoundedError:
        return ConfigHistory()
    with closing(ConfigLog(settings)) as config_log:
        return config_log.refresh()
