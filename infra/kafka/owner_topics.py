"""Make the topics of owners when their writer first needs them.

Config says who the owners are, and it may name one more at any moment. So the writer makes them: a
topic that is missing would hold up all owners.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

import structlog
from kafka.errors import InvalidReplicationFactorError, TopicAlreadyExistsError

from infra.kafka import topic_admin
from infra.kafka.clients import open_admin
from infra.settings import Settings
from schemas.topics import TopicSpec, owner_spec

log = structlog.get_logger(__name__)


class OwnerTopics:
    """Remembers which topics of owners exist; for one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        """Begin without any knowledge; nothing is opened yet."""
        self._settings = settings
        self._existing: set[str] = set()

    def are_known(self, names: Iterable[str]) -> bool:
        """Say whether all of these exist, as far as this object knows."""
        return self._existing.issuperset(names)

    def ensure(self, names: Iterable[str]) -> None:
        """Make those of these topics that belong to an owner and are missing. Raises KafkaError."""
        unknown = set(names) - self._existing
        if not unknown:
            return
        with closing(open_admin(self._settings.kafka)) as admin:
            while specs := self._missing(admin, unknown):
                try:
                    self._create(admin, specs)
                except TopicAlreadyExistsError:
                    continue  # another writer was first with one of them
                log.info("owner_topics_made", topics=[spec.name for spec in specs])
        self._existing |= unknown

    def _create(self, admin: Any, specs: Sequence[TopicSpec]) -> None:
        """Make topics, with fewer copies while a broker is down: nobody waits for it.

        A rebuild makes them with all copies.
        """
        try:
            topic_admin.create(admin, specs, self._replication)
        except InvalidReplicationFactorError:
            copies = len(admin.describe_cluster()["brokers"])
            log.warning("fewer_copies", topics=[spec.name for spec in specs], copies=copies)
            topic_admin.create(admin, specs, copies)

    @property
    def _replication(self) -> int:
        return 1 if self._settings.configured.kafka is None else topic_admin.BROKER_DEFAULT

    @staticmethod
    def _missing(admin: Any, names: set[str]) -> list[TopicSpec]:
        missing = names - set(admin.list_topics())
        return [spec for name in sorted(missing) if (spec := owner_spec(name))]
