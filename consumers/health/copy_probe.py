"""Ask Kafka how it keeps the copies of the topics."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import Any

from infra.kafka.copy_status import (
    CopyStatus,
    TopicConfigs,
    copy_status,
    log_message_sizes,
    topic_settings,
)

SETTINGS_FOR_S = 60.0
"""How long settings of topics are remembered: only an administrator changes them."""


class CopyProbe:
    """Remembers the settings of the topics between questions; for one thread at a time."""

    def __init__(self, is_embedded: bool) -> None:
        """`is_embedded`: whether the broker is that of `quipu up`, which keeps one copy."""
        self._is_embedded = is_embedded
        self._sizes = log_message_sizes()
        self._configs: tuple[float, TopicConfigs] | None = None

    def read(self, admin: Any, names: Sequence[str], live: Collection[int]) -> CopyStatus | None:
        """Return the state of the copies of these existing topics; None for none of them.

        `live`: the ids of the brokers at work.
        """
        if not names:
            return None
        described = [topic for topic in admin.describe_topics(names) if not topic["error_code"]]
        configs = self._settings(admin, names)
        return copy_status(described, configs, self._sizes, self._is_embedded, live)

    def _settings(self, admin: Any, names: Sequence[str]) -> TopicConfigs:
        if self._configs is None or time.monotonic() - self._configs[0] > SETTINGS_FOR_S:
            self._configs = (time.monotonic(), topic_settings(admin, names))
        return self._configs[1]
