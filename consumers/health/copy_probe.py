"""Ask Kafka how it keeps the copies of the topics."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError

from consumers.health.cluster_facts import CopyStatus, copy_status
from schemas.topics import log_topics

log = structlog.get_logger(__name__)

SETTINGS_FOR_S = 60.0
"""How long settings of topics are remembered: only an administrator changes them."""


class CopyProbe:
    """Remembers the settings of the topics between questions; for one thread at a time."""

    def __init__(self, is_embedded: bool) -> None:
        """`is_embedded`: whether the broker is that of `quipu up`, which keeps one copy."""
        self._is_embedded = is_embedded
        self._log_names = frozenset(spec.name for spec in log_topics())
        self._configs: tuple[float, Mapping[str, Any]] | None = None

    def read(self, admin: Any, names: Sequence[str]) -> CopyStatus | None:
        """Return the state of the copies of these existing topics; None for none of them."""
        if not names:
            return None
        described = [topic for topic in admin.describe_topics(names) if not topic["error_code"]]
        configs = self._settings(admin, names)
        return copy_status(described, configs, self._log_names, self._is_embedded)

    def _settings(self, admin: Any, names: Sequence[str]) -> Mapping[str, Any]:
        """Return the settings by topic; none where this user may not read them."""
        if self._configs is None or time.monotonic() - self._configs[0] > SETTINGS_FOR_S:
            resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
            try:
                configs = admin.describe_configs(resources, config_filter="all")["topic"]
            except (KafkaError, KeyError) as error:
                log.warning(
                    "settings_of_topics_not_read",
                    error=repr(error),
                    consequence="health judges neither min.insync.replicas nor unclean elections",
                )
                configs = {}
            self._configs = (time.monotonic(), configs)
        return self._configs[1]
