"""Fixtures of all tests, and the order in which files run. ``stack`` starts real Kafka and the real
engine once a test process, when a test first asks for it; ``lease`` gives them to one exchange at a
time (tests/support/exchange_lease.py).
"""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from infra import settings as settings_module
from infra.garbage_collection import collect_rarely
from infra.settings import Settings
from tests.support import balance, memory_folder, process_guard

if TYPE_CHECKING:
    from infra.orchestration.stack import RunningStack
    from tests.support.exchange_lease import ExchangeLease
    from tests.support.pipeline_harness import Pipeline

# The fixtures import what they need themselves: most unit tests need no engine, whose modules take
# a second to import.

# No deadline and no check for slow data: they tell how busy the machine is, not whether the code is
# right. `make laws` and
# `make attacks` choose the second profile by --hypothesis-profile.
_SLOW = [HealthCheck.too_slow]
hypothesis_settings.register_profile(
    "everyday", deadline=None, max_examples=30, suppress_health_check=_SLOW
)
hypothesis_settings.register_profile(
    "thorough", deadline=None, max_examples=1_000, suppress_health_check=_SLOW
)
hypothesis_settings.load_profile("everyday")

for _name in [name for name in os.environ if name.startswith("QUIPU_")]:
    del os.environ[_name]  # what a developer has set must not decide what a test sees
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a run starts hundreds of processes of ours
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
"""A test's broker lives for minutes: the second compiler costs it more than it gains."""


DURATIONS: defaultdict[str, float] = defaultdict(float)
"""Seconds of each file, in the process that reports them."""


def pytest_collection_finish() -> None:
    """Search for cycles of objects rarely: what was collected lives as long as the run."""
    collect_rarely()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take a ClickHouse server for the contract of the native protocol, and a wish to record."""
    parser.addoption(
        "--clickhouse", metavar="HOST:PORT", help="run tests/contract on this server, not our own"
    )
    parser.addoption(
        "--record-seconds", action="store_true", help="record in tests/seconds.json what files take"
    )


def pytest_configure() -> None:
    """Let all that this process starts end with it, whatever ends it; wait for no disk.

    A shell that starts a run in the background ignores Ctrl-C, and so would all that it starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process_guard.start_guard()
    memory_folder.use_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by how long they take; `--no-loadscope-reorder` keeps that order."""
    files = {item.nodeid.split("::", 1)[0] for item in items}
    order = balance.order_of({file: balance.unit_of(file) for file in files})
    items.sort(key=lambda item: order[item.nodeid.split("::", 1)[0]])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> balance.BalancedScheduling:
    """Hand out whole files, and together those that share the pipeline."""
    return balance.BalancedScheduling(config, log)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Sum up how long each file takes."""
    DURATIONS[report.nodeid.split("::", 1)[0]] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Record how long the files took, when that was asked for."""
    if session.config.getoption("record_seconds"):
        balance.write_record(DURATIONS)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Kafka and ClickHouse, on free ports, in a data folder of their own; stopped at the run's
    end.
    """
    from infra.orchestration.stack import running
    from tests.support.engines import as_operator

    home = tmp_path_factory.mktemp("stack") / "home"
    with running(
        settings_module.load({"QUIPU_HOME": str(home)}), only=("kafka", "clickhouse")
    ) as running_stack:
        yield as_operator(running_stack)


@pytest.fixture(scope="session")
def lease(stack: RunningStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExchangeLease]:
    """The right to be the one exchange on Kafka and ClickHouse of this test process."""
    from tests.support.exchange_lease import ExchangeLease

    exchange_lease = ExchangeLease(stack, tmp_path_factory.mktemp)
    yield exchange_lease
    exchange_lease.end_long_lived()


@pytest.fixture(scope="module")
def pipeline(lease: ExchangeLease) -> Pipeline:
    """Kafka, engine, worker and sink, five nodes. It runs until another exchange takes the lease,
    so tests of several modules find each other's records in it.
    """
    from tests.support.pipeline_harness import open_pipeline

    return lease.long_lived(open_pipeline)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a data folder of the test's own, not yet made; nothing runs for it."""
    return settings_module.load({"QUIPU_HOME": str(tmp_path / "home")})
