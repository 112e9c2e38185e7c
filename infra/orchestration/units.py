"""List what `quipu up` starts: each unit, its command, its order, how it shows that it is ready."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import httpx
import structlog
from kafka.errors import KafkaError

from consumers.identity.identity import open_identity
from consumers.identity.local_access import prepare_local_access
from consumers.store.sql import MIGRATIONS
from infra.api_client import open_api
from infra.clickhouse import client as clickhouse
from infra.clickhouse.migrations import database_of, migrate
from infra.clickhouse.users import StoreUser
from infra.data_folder import Ports
from infra.errors import LogStalledError, NotFoundedError, SettingsError
from infra.exchange_log import founded, generation, history_check
from infra.kafka import topic_admin
from infra.kafka_access import ProcessName
from infra.orchestration.copy_check import check_copies
from infra.orchestration.up_output import NAMES
from infra.registry import founding
from infra.registry.kafka_users import grant_access
from infra.settings import LOOPBACK, Settings
from infra.supervisor import Child, LivenessReading, Task, Unit, Watchdog
from infra.telemetry import status_file
from schemas.i18n import _
from schemas.topics import derived_topics, log_topics, member_topic

log = structlog.get_logger(__name__)


Founder = Callable[[Settings], object]
"""Founds the mechanism: its keys and the first entries of config."""


def units(
    settings: Settings, ports: Ports, workers: int, founder: Founder = founding.found_mechanism
) -> list[Unit]:
    """List all units; an engine whose address was configured is left out.

    `founder` is called where the mechanism is not founded yet: nothing after the topics can work
    without it.
    """
    everything: list[Unit] = []
    if settings.configured.kafka is None:
        everything.append(_kafka(settings, ports))
    if settings.configured.clickhouse is None:
        everything.append(_clickhouse(settings, ports))
    everything.append(Task("topics", lambda: make_topics(settings), ("kafka",)))
    everything.append(
        Task("founding", lambda: founded.is_founded(settings) or founder(settings), ("topics",))
    )
    everything.append(
        Task("migrations", lambda: make_tables(settings), ("clickhouse", "topics", "founding"))
    )
    for member in range(1, workers + 1):
        module = ("streams.worker", "--member", str(member))
        everything.append(_service(settings, f"worker-{member}", module, ("topics", "founding")))
    everything.append(_service(settings, "sink", ("consumers.sink",), ("topics", "migrations")))
    everything.append(_service(settings, "hits", ("consumers.hits",), ("sink",)))
    everything.append(
        _service(settings, "checkpoints", ("consumers.checkpoints",), ("topics", "founding"))
    )
    everything.append(Task("accounts", lambda: prepare_accounts(settings)))
    everything.append(_api(settings))
    if settings.canary:
        everything.append(
            _service(
                settings,
                "canary",
                ("producers.canary", "--node", settings.canary),
                ("worker-1", "sink", "api"),
            )
        )
    everything.append(
        _service(settings, "monitor", ("consumers.health.monitor",), _watched_units(workers))
    )
    return everything


def _watched_units(workers: int) -> tuple[str, ...]:
    """List what is up before the monitor looks, so that a start is no outage."""
    names = [f"worker-{member}" for member in range(1, workers + 1)]
    return (*names, "sink", "hits", "checkpoints", "api")


def select(everything: Sequence[Unit], only: Iterable[str] | None) -> list[Unit]:
    """List the units of the kinds named; `worker` means all workers.

    Raises SettingsError for an unknown kind.
    """
    if only is None:
        return list(everything)
    chosen = set(only)
    unknown = sorted(chosen - set(NAMES))
    if unknown:
        raise SettingsError(
            _("There is no {unknown}.", unknown=", ".join(unknown)),
            _("Choose among: {names}.", names=", ".join(NAMES)),
        )
    return [unit for unit in everything if unit.name.split("-")[0] in chosen]


def make_topics(settings: Settings) -> list[topic_admin.TopicChanges]:
    """Make the log's topics, then those of the generation that the log's config names.

    Once founded, a topic of the log is never made again, nor used where it is shorter than it was.
    Raises HistoryLostError LOG_LOST, which names what was lost and what to do, and TopicError where
    the topics cannot hold what Quipu promises.
    """
    history_check.check_nothing_lost(settings)
    settings = settings.acting_as(ProcessName.TOPICS)
    replication = 1 if settings.configured.kafka is None else topic_admin.BROKER_DEFAULT
    log_made = topic_admin.ensure(settings.kafka, log_topics(), replication)
    history_check.remember_topics(settings)
    check_copies(settings)
    topic_admin.ensure(settings.kafka, [member_topic()], replication)
    return [
        log_made,
        topic_admin.ensure(
            settings.kafka, derived_topics(generation.current_generation(settings)), replication
        ),
    ]


def make_tables(settings: Settings) -> list[str]:
    """Make the generation's database, with every migration applied."""
    client = clickhouse.connect(settings, StoreUser.MIGRATOR)
    try:
        return migrate(client, MIGRATIONS, database_of(generation.current_generation(settings)))
    finally:
        client.disconnect()


def refuse_to_found(settings: Settings) -> None:
    """Stand in for founding where somebody else founds. Raises NotFoundedError."""
    raise NotFoundedError(
        _("The mechanism is not founded, and this machine is not to found it."),
        _("Run `quipu found` where the mechanism's keys are to be, then repeat."),
    )


def prepare_accounts(settings: Settings) -> None:
    """Make the first administrator and the tokens of this machine, where they are missing."""
    with open_identity(settings) as identity:
        prepare_local_access(settings, identity)


def _kafka(settings: Settings, ports: Ports) -> Child:
    where = ("--data", str(settings.kafka_dir), "--logs", str(settings.logs_dir))
    listen = ("--port", str(ports.kafka), "--controller-port", str(ports.kafka_controller))
    credentials = ("--credentials", str(settings.credentials_dir))
    argv = _python("infra.kafka.broker", *where, *listen, *credentials)
    return Child("kafka", argv, lambda _pid: _listens(ports.kafka) and _grants_access(settings))


def _grants_access(settings: Settings) -> bool:
    """Say whether the broker answers, and has its users and permissions: each start makes them."""
    if not topic_admin.reachable(settings.acting_as(ProcessName.BROKER).kafka):
        return False
    try:
        grant_access(settings)
    except (KafkaError, LogStalledError) as error:
        log.warning("kafka_access_not_set", error=repr(error))
        return False
    return True


def _clickhouse(settings: Settings, ports: Ports) -> Child:
    ready = settings.ready_file("clickhouse")
    where = (
        "--data",
        str(settings.clickhouse_dir),
        "--credentials",
        str(settings.credentials_dir),
        "--host",
        LOOPBACK,
        "--port",
        str(ports.clickhouse),
    )
    argv = _python("infra.clickhouse.embedded.server", *where, "--ready", str(ready))
    return Child(
        "clickhouse",
        argv,
        lambda pid: _wrote(ready, pid) and clickhouse.answers(settings, StoreUser.MIGRATOR),
    )


def _service(
    settings: Settings, name: str, module: tuple[str, ...], after: tuple[str, ...]
) -> Child:
    """Describe a process of ours.

    It writes its status each second, so the watchdog sees when it is stuck.
    """
    ready = settings.ready_file(name)
    return Child(
        name,
        _python(*module),
        lambda pid: _wrote(ready, pid),
        after,
        watchdog=Watchdog(liveness_of(settings, name)),
    )


def liveness_of(settings: Settings, name: str) -> Callable[[int], LivenessReading | None]:
    """Return a function that reads the last sign of life of a process under this name."""

    def pulse(pid: int) -> LivenessReading | None:
        process_status = status_file.read(settings, name)
        return (
            LivenessReading(process_status.silent_s, process_status.stalled_s)
            if process_status is not None and process_status.pid == pid
            else None
        )

    return pulse


def _api(settings: Settings) -> Child:
    return Child("api", _python("consumers.api"), _health(settings), ("migrations", "accounts"))


def _health(settings: Settings) -> Callable[[int], bool]:
    def ready(_pid: int) -> bool:
        try:
            with open_api(settings, timeout=2.0) as api:
                answer = api.get("/health")
        except httpx.HTTPError as error:
            log.debug("api_not_reachable", error=repr(error))
            return False
        return answer.status_code == httpx.codes.OK

    return ready


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *arguments)


def _listens(port: int) -> bool:
    """Say whether a port takes connections.

    It is cheaper than an administrative call, and it keeps the broker's log free of half
    connections.
    """
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _wrote(ready: Path, pid: int) -> bool:
    """Say whether the ready file is there and of this process (not of one before it)."""
    try:
        return ready.read_text().split()[:1] == [str(pid)]
    except FileNotFoundError:
        return False
