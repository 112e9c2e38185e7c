"""Whether the mechanism is founded here: keys of its own, and its first words in quipu.config."""

from __future__ import annotations

from infra.errors import QuipuError
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings


def is_founded(settings: Settings) -> bool:
    """Keys are there and config names a recipient of lists of keys. Needs Kafka and the topic
    quipu.config.
    """
    try:
        keyring.trust_anchor(settings)
    except QuipuError as error:
        if error.code == "NOT_FOUNDED":
            return False
        raise
    config_log = ConfigLog(settings)
    try:
        return bool(config_log.refresh().newest().recipients)
    finally:
        config_log.close()
