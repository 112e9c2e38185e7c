"""Real engines for tests: what a test makes in them has a name of its own, so tests share one
broker and one engine.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from infra.kafka import topic_admin
from infra.kafka_access import ProcessName
from infra.orchestration.stack import RunningStack
from infra.settings import Endpoints, Settings
from tests.support.patience import patience

_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Topic:
    """A topic to make (the shape of ``schemas.topics.TopicSpec``)."""

    name: str
    partitions: int = 1
    configs: Mapping[str, str] = field(default_factory=dict)


def as_operator(running_stack: RunningStack) -> RunningStack:
    """The same stack, whose settings may do everything on its Kafka."""
    return replace(running_stack, settings=running_stack.settings.acting_as(ProcessName.BROKER))


def on_kafka_of(running_stack: RunningStack, home: Path) -> Settings:
    """Settings of another data folder, on the Kafka of this stack."""
    access = running_stack.settings.kafka
    return Settings(home, Endpoints(kafka=str(access)), kafka_security=access.security)


def unique(prefix: str) -> str:
    """A name that no other test of this run uses."""
    return f"{prefix}_{next(_NUMBERS)}"


def new_topic(
    stack: RunningStack, partitions: int = 1, configs: Mapping[str, str] | None = None
) -> str:
    """Make a topic of the test's own; its name."""
    topic = Topic(unique("test"), partitions, configs or {})
    topic_admin.ensure(stack.settings.kafka, [topic])
    return topic.name


def eventually(
    holds: Callable[[], object], what: str | Callable[[], str], within: float = 30.0
) -> None:
    """Wait until it holds. Fails with ``what`` (or its result) after ``within`` seconds, or as many
    times as long as the machine has more to do than it can.

    The pause is twice what a look took, so that looking does not slow down what is awaited.
    """
    first = time.monotonic()
    while True:
        began = time.monotonic()
        if holds():
            return
        waited = time.monotonic() - first
        if waited > patience(within):
            text = what if isinstance(what, str) else what()
            raise AssertionError(f"not within {waited:.0f} s: {text}")
        time.sleep(min(max(0.05, 2 * (time.monotonic() - began)), 1.0))


def processes_of(home: Path) -> list[str]:
    """Command lines of the living processes that were started for a data folder."""
    matches = []
    for process in psutil.process_iter(["cmdline", "status"]):
        command = " ".join(process.info["cmdline"] or [])
        if str(home) in command and process.info["status"] != psutil.STATUS_ZOMBIE:
            matches.append(command)
    return matches
