"""Rebuild everything from the log (`quipu rebuild`): generation n+1 next to n.

1. topics and tables of n+1 are made; what an interrupted rebuild left of them goes first.
2. a worker and a sink of n+1 read the log from its beginning. Receipts are written again too, for
   nodes that did not read n's yet.
3. when both generations are at the log's end, twice in a row, their tables are compared up to
   a moment before that.
4. if they are equal, or the difference is accepted (as after a new rule), config says from when
   on n+1 serves. Workers, sinks, hits processes and APIs follow by themselves, on every machine.
   The rebuild ends when each stage on which somebody worked in n is worked on in n+1, and every API
   answers from n+1.
5. unless --keep-old is given, n is dropped once nobody works on it, since a later erasure would not
   reach it. So is what was left of n-1.

Nothing of n is touched before 5, so a rebuild may be interrupted at any time.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from kafka.errors import GroupIdNotFoundError

from consumers.maintenance.compare_copies import compare_copies
from consumers.maintenance.compare_tables import TableComparison, compare_generations
from consumers.maintenance.generation_change import (
    await_answers,
    await_left,
    await_unused,
    await_work,
    in_all_forms,
    working_groups,
)
from consumers.maintenance.rebuild_workers import RebuildError, rebuild_workers
from consumers.runtime.consumer_lag import groups, lag
from consumers.runtime.serving_config import CACHE_S
from consumers.store.sql import MIGRATIONS, sql_with
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of, migrate
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.exchange_log import generation
from infra.exchange_log.config_log import ConfigLog, append_all
from infra.kafka import topic_admin
from infra.kafka.clients import open_admin
from infra.kafka_access import ProcessName
from infra.settings import Settings
from schemas.i18n import UserMessage, _
from schemas.model import NEWEST_FORM, sized_generation, thing_partitions_of
from schemas.topics import derived_topics, hits_group, is_derived

log = structlog.get_logger(__name__)

SETTLE_S = 1.0
MARGIN_MS = 2_000
CLOCK_SKEW_MS = 1_000  # compared rows are older than this by the clock of the one who appends

Announce = Callable[[UserMessage], None]


@dataclass(frozen=True, slots=True)
class RebuildOutcome:
    """The result of a rebuild.

    `serves_from`: ms since 1970 UTC, None where the tables differ and n still serves.
    """

    old: int
    new: int
    seconds: float
    tables: Sequence[TableComparison]
    serves_from: int | None

    @property
    def equal(self) -> bool:
        """Whether all tables are equal."""
        return all(table.equal for table in self.tables)


@dataclass(frozen=True, slots=True)
class RebuildPlan:
    """What a rebuild is to do.

    `patience_s`: seconds without progress after which it gives up. `accept`: switch although the
    tables differ. `thing_partitions`: of the new generation; None for as many as the old one has.
    """

    drop_old: bool = True
    patience_s: float = 3600.0
    accept: bool = False
    thing_partitions: int | None = None


def rebuild(
    settings: Settings, tell: Announce, plan: RebuildPlan = RebuildPlan()
) -> RebuildOutcome:
    """Rebuild the next generation, compare it with the one that serves, and activate it.

    It is activated if the tables are equal, or the plan accepts their difference. Raises
    RebuildError where it makes no progress.
    """
    settings, began = settings.acting_as(ProcessName.MAINTENANCE), time.monotonic()
    old = generation.current_generation(settings)
    new = sized_generation(old + 1, plan.thing_partitions or thing_partitions_of(old))
    worked_on = len(working_groups(settings, old))
    tell(_("Preparing generation {new} next to {old}.", new=new, old=old))
    await_unused(settings, new)
    drop(settings, new)
    prepare(settings, new)
    with rebuild_workers(settings, new) as check_alive:
        tell(_("Reading the whole log."))
        until = wait_until_caught_up(settings, (old, new), plan.patience_s, tell, check_alive)
        tell(_("Comparing the tables row by row."))
        tables = _compared(settings, old, new, until)
    if not plan.accept and not all(table.equal for table in tables):
        return RebuildOutcome(old, new, time.monotonic() - began, tables, None)
    serves_from = activate(settings, new)
    moment = time.strftime("%H:%M:%S", time.gmtime(serves_from / 1000))
    tell(_("Generation {new} serves from {moment} UTC.", new=new, moment=moment))
    _sleep_until(serves_from / 1000 + CACHE_S)  # the API asks again by then
    await_work(settings, new, worked_on)
    await_answers(settings, new)
    for number in range(1, new if plan.drop_old else old):
        await_left(settings, number)
        drop(settings, number)
    tell(_("Generation {old} was dropped.", old=old) if plan.drop_old else _left(old))
    return RebuildOutcome(old, new, time.monotonic() - began, tables, serves_from)


def prepare(settings: Settings, number: int) -> None:
    """Make topics and tables of a generation."""
    replication = 1 if settings.configured.kafka is None else topic_admin.BROKER_DEFAULT
    topic_admin.ensure(settings.kafka, derived_topics(number), replication)
    client = connect(settings, StoreUser.MIGRATOR)
    try:
        migrate(client, MIGRATIONS, database_of(number))
    finally:
        client.disconnect()


def drop(settings: Settings, number: int) -> None:
    """Drop a generation: groups, topics, tables, state. What is not there is no error."""
    admin = open_admin(settings.kafka)
    try:
        existing = [
            name
            for name in sorted(admin.list_topics())
            if any(is_derived(name, generation) for generation in in_all_forms(number))
        ]
        if existing:
            admin.delete_topics(existing)
        for generation in in_all_forms(number):
            for group in [*groups(generation), hits_group(generation)]:
                _drop_group(admin, group)
    finally:
        admin.close()
    client = connect(settings, StoreUser.MIGRATOR)
    try:
        client.execute(sql_with("drop_database", database=database_of(number)))
    finally:
        client.disconnect()
    for folder in settings.state_dir.glob(f"*/g{number}"):
        shutil.rmtree(folder)


def _drop_group(admin: Any, group: str) -> None:
    try:
        admin.delete_groups([group])
    except GroupIdNotFoundError:
        log.debug("no_group_to_drop", group=group)


def wait_until_caught_up(
    settings: Settings,
    numbers: Sequence[int],
    patience_s: float,
    tell: Announce,
    check: Callable[[], None],
) -> int:
    """Wait until these generations are at the log's end, twice in a row.

    Returns up to when (ms since 1970 UTC) their tables can be compared. Raises RebuildError when
    nothing moves for `patience_s` seconds, and what `check` raises.
    """
    moved_at, least, level_since = time.monotonic(), -1, None
    while True:
        check()
        at = now_ms() - CLOCK_SKEW_MS
        waiting = sum(messages for number in numbers for messages in lag(settings, number).values())
        if waiting == 0 and level_since is not None:
            return level_since
        level_since = at if waiting == 0 else None
        if waiting < least or least < 0:
            least, moved_at = waiting, time.monotonic()
            tell(_("{left} messages left.", left=waiting))
        if time.monotonic() - moved_at > patience_s:
            raise _stuck(settings, waiting)
        time.sleep(SETTLE_S)


def activate(settings: Settings, number: int) -> int:
    """Announce in config that a generation serves; return from when on (ms since 1970 UTC)."""
    config_log = ConfigLog(settings)
    try:
        config = config_log.refresh()
    finally:
        config_log.close()
    serves_from = now_ms() + config.notice_ms + MARGIN_MS
    entry = {"number": number, "thing_partitions": thing_partitions_of(number)}
    entries: list[tuple[str, dict[str, Any], int]] = [("Generation", entry, serves_from)]
    if NEWEST_FORM not in config.newest().forms:
        form = {"form": NEWEST_FORM, "since_generation": number}
        entries.insert(0, ("DerivedForm", form, serves_from))
    append_all(settings, entries)
    return serves_from


def _compared(settings: Settings, old: int, new: int, until: int) -> list[TableComparison]:
    client = connect(settings, StoreUser.READER)
    copies = [connect(settings, StoreUser.READER, database_of(number)) for number in (old, new)]
    try:
        tables = compare_generations(client, old, new, until)
        return [*tables, *compare_copies(copies[0], copies[1], until)]
    finally:
        for own in (client, *copies):
            own.disconnect()


def _sleep_until(moment: float) -> None:
    """Sleep until a moment in s since 1970 UTC."""
    time.sleep(max(0.0, moment - time.time()) + 0.1)


def _stuck(settings: Settings, waiting: int) -> RebuildError:
    return RebuildError(
        _("No progress, with {left} messages left.", left=waiting),
        _("Is `quipu up` running? Look at {logs_dir}.", logs_dir=settings.logs_dir),
    )


def _left(number: int) -> UserMessage:
    return _(
        "Generation {number} stays; erasures no longer reach it. The next `quipu "
        "rebuild` drops it.",
        number=number,
    )
