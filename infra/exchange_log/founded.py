"""Say whether the mechanism is founded: keys of its own, and its first entries in quipu.config."""

from __future__ import annotations

from infra.errors import NotFoundedError
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings


def is_founded(settings: Settings) -> bool:
    """Say whether keys are here and config names a recipient of key lists.

    Needs Kafka and the topic quipu.config.
    """
    try:
        keyring.trust_anchor(settings)
    except NotFoundedError:
        return False
    config_log = ConfigLog(settings)
    try:
        return bool(config_log.refresh().newest().recipients)
    finally:
        config_log.close()
