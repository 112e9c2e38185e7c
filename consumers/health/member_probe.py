"""Ask the topic of members which processes of the mechanism work, on all machines."""

from __future__ import annotations

from contextlib import suppress

from kafka.errors import KafkaError

from consumers.health.cluster_facts import MemberStatus, member_statuses
from infra.clock import now_ms
from infra.errors import LogStalledError
from infra.exchange_log.members import MemberLog
from infra.kafka.tcp_probe import require_tcp
from infra.machine_name import machine_name
from infra.program_version import this_release
from infra.settings import Settings
from schemas.members import FORGOTTEN_AFTER_MS

TCP_TIMEOUT_S = 1.0


class MemberProbe:
    """Keeps its place in the topic between questions; for one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet; `read` connects."""
        self._settings = settings
        self._log: MemberLog | None = None

    def read(self, generation: int | None) -> list[MemberStatus]:
        """Return who wrote of itself within a day; none where no generation serves.

        Raises OSError, KafkaError, LogStalledError.
        """
        if generation is None:
            return []
        require_tcp(self._settings.kafka, TCP_TIMEOUT_S)
        self._log = self._log or MemberLog(self._settings)
        now = now_ms()
        try:
            seen = self._log.refresh()
        except (KafkaError, LogStalledError):
            self.close()
            raise
        present = [
            member for member in seen if now - member.record["written_at"] <= FORGOTTEN_AFTER_MS
        ]
        release, machine = this_release(), machine_name(self._settings)
        return member_statuses(present, generation, release, machine, now)

    def close(self) -> None:
        """Close the connection; the next question makes another."""
        member_log, self._log = self._log, None
        if member_log is not None:
            with suppress(KafkaError, OSError):
                member_log.close()
