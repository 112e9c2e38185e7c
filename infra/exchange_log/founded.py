"""Say whether the mechanism is founded: keys of its own, and its first entries in quipu.config."""

from __future__ import annotations

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.log_owner import check_folder_owns_log
from infra.settings import Settings


def is_founded(settings: Settings) -> bool:
    """Say whether the log is founded: config names a recipient of key lists.

    Needs Kafka and the topic quipu.config. Raises ForeignLogError where it is founded with a key
    that is not this data folder's.
    """
    if check_folder_owns_log(settings) is None:
        return False
    config_log = ConfigLog(settings)
    try:
        return bool(config_log.refresh().newest().recipients)
    finally:
        config_log.close()
