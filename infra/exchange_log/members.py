"""Read which processes of the mechanism work now. Only they may write the topic."""

from __future__ import annotations

from contextlib import closing

import structlog

from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.avro.log_records import MemberRecord
from schemas.errors import QuipuFormatError
from schemas.members import SeenMember
from schemas.model import Message
from schemas.topics import MEMBERS

log = structlog.get_logger(__name__)


class MemberLog:
    """Follow the topic of members; for one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        """Begin with nothing read; the first refresh connects."""
        self._reader = PartitionReader(settings.kafka, MEMBERS, 0)
        self._members: dict[bytes, SeenMember] = {}

    def refresh(self) -> list[SeenMember]:
        """Return the newest of each member, with when Kafka took it.

        There is none where an older release made no such topic.
        Raises KafkaError, LogStalledError.
        """
        if self._reader.exists():
            for message in self._reader.read_to_end():
                self._take(message)
        return list(self._members.values())

    def close(self) -> None:
        """Close the connection to Kafka."""
        self._reader.close()

    def _take(self, message: Message) -> None:
        key = message.key or b""
        if not message.value:
            self._members.pop(key, None)
            return
        try:
            record = log_format("member").read(message.value)
            self._members[key] = SeenMember(record, message.appended_at)
        except QuipuFormatError as error:  # of a later release
            log.info("member_not_read", offset=message.offset, code=error.code)


def read_members(settings: Settings) -> list[MemberRecord]:
    """Return the newest of each member. Raises KafkaError, LogStalledError."""
    with closing(MemberLog(settings)) as members:
        return [seen.record for seen in members.refresh()]
