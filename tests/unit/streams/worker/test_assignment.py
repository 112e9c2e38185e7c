"""What an assignment does when catching up is broken off."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from infra.kafka_access import KafkaAccess
from infra.settings import Settings
from schemas.model import Output
from streams.worker import partition_log
from streams.worker.assignment import Assignment
from streams.worker.partition import PartitionEnvironment
from streams.worker.worker_config import WorkerConfig

PLACE = ("topic", 0)


async def _send(outputs: Sequence[Output]) -> None:
    """Send nothing: no test here comes so far."""


def _broken_off(
    folder: Path, monkeypatch: pytest.MonkeyPatch, revoked: bool
) -> list[BaseException]:
    """What ended the process when `take` was cancelled while Kafka did not answer."""
    failures: list[BaseException] = []

    async def silent(*_: object) -> dict[partition_log.TopicPartition, int]:
        await asyncio.sleep(60)
        return {}

    async def run() -> None:
        assignment = Assignment(
            WorkerConfig(Settings(folder), "1", 1, "group"),
            [],
            {},
            PartitionEnvironment(KafkaAccess("nowhere"), _send, failures.append),
            lambda: None,
        )
        taking = asyncio.create_task(assignment.assign([PLACE]))
        await asyncio.sleep(0)
        if revoked:
            assignment.close()
        taking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taking

    monkeypatch.setattr(partition_log, "committed", silent)
    monkeypatch.setattr(partition_log, "ends", silent)
    asyncio.run(run())
    return failures


def test_catching_up_broken_off_while_the_partitions_are_ours_ends_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [
        getattr(failure, "code", "")
        for failure in _broken_off(tmp_path, monkeypatch, revoked=False)
    ] == ["WORKER_INTERRUPTED"]


def test_catching_up_broken_off_after_the_partitions_were_taken_away_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _broken_off(tmp_path, monkeypatch, revoked=True) == []
