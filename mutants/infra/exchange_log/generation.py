"""Which generation of the derived topics, state and database holds now: config says it (``quipu
rebuild`` moves it on).
"""

from __future__ import annotations

import time

from infra.errors import QuipuError
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings

FIRST_GENERATION = 1


def current_generation(settings: Settings) -> int:
    """The generation that holds at this moment; the first one where the mechanism is not founded
    yet.

    Reads quipu.config to its end, so Kafka and that topic must be there once the mechanism is
    founded.
    """
    try:
        keyring.trust_anchor(settings)
    except QuipuError as error:
        if error.code == "NOT_FOUNDED":
            return FIRST_GENERATION
        raise
    config_log = ConfigLog(settings)
    try:
        return config_log.refresh().at(int(time.time() * 1000)).generation
    finally:
        config_log.close()
