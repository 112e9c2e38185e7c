"""Sign checkpoints as long as the mechanism runs: `python -m consumers.checkpoints`."""

from __future__ import annotations

import argparse
import os
import time
from contextlib import closing

import structlog

from consumers.checkpoints.publisher import CheckpointPublisher
from consumers.checkpoints.statements import StatementThread
from consumers.runtime import lifecycle
from consumers.runtime.liveness import ConsumerLiveness, SinkCounters
from infra.kafka import topic_admin
from infra.kafka_access import ProcessName
from infra.keys.keyring import MechanismKeys
from infra.logging_setup import configure
from infra.private_files import keep_private
from infra.settings import Settings, load

log = structlog.get_logger(__name__)

NAME = "checkpoints"
POLL_EVERY_S = 5.0
_STOP_CHECK_S = 0.25


def run(settings: Settings) -> int:
    """Sign until a signal comes; return the exit code."""
    liveness = ConsumerLiveness(
        settings, NAME, lambda: topic_admin.reachable(settings.kafka), kind=NAME
    )
    return lifecycle.run(
        settings,
        NAME,
        liveness,
        lambda context: _serve(settings, context.keys, context.stop, liveness),
    )


def _serve(
    settings: Settings,
    keys: MechanismKeys,
    stop: lifecycle.StopSignal,
    liveness: ConsumerLiveness,
) -> None:
    with (
        closing(StatementThread(settings, keys)),
        closing(CheckpointPublisher(settings, keys)) as publisher,
    ):
        while not stop.requested:
            publisher.step()
            publisher.check_signing_key()
            liveness.mark_step(SinkCounters(rows=publisher.signed, broken=publisher.broken))
            _pause(stop)


def _pause(stop: lifecycle.StopSignal) -> None:
    until = time.monotonic() + POLL_EVERY_S
    while not stop.requested and time.monotonic() < until:
        time.sleep(_STOP_CHECK_S)


def main() -> int:
    """Run the process that signs checkpoints; return its exit code."""
    argparse.ArgumentParser(
        prog="python -m consumers.checkpoints", description="Signs checkpoints of the log."
    ).parse_args()
    settings = load(os.environ).acting_as(ProcessName.CHECKPOINTS)
    keep_private()
    configure(settings.log_json, level=settings.log_level)
    return run(settings)
