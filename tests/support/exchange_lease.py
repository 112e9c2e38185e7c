"""The broker and the engine of a test process, and the exchanges that use them one after another.

Topics, groups and databases have fixed names, so only one exchange at a time can use a broker.
Starting a broker and an engine for each exchange costs ten seconds of processor time. So each test
process starts them once, and whoever needs an exchange of its own takes the lease:

- A module takes a fresh exchange: a fixture of scope "module" with
  ``with lease.running("name", only=LINE, founder=...) as stack: yield ...``.
  Its data folder is new, and no topic, group or database of an earlier exchange is left.
- A test of a pipeline with five nodes uses the fixture ``pipeline``. All modules that use it
  share it and what the others published; it ends when another exchange takes the lease.
- A test that makes topics and databases under names of its own uses the fixture ``stack`` and
  needs no lease.
- A test of the broker itself (its start, its stop, its formatting) starts its own by
  ``infra.orchestration.stack.running``.

Everything that a test must know to reach the engines (addresses, later credentials) is written to
the data folder's `quipu.toml` here, so every process of the exchange finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from kafka.admin import MemberToRemove

from infra import settings as settings_module
from infra.clickhouse.client import connect
from infra.clickhouse.users import ENGINE, StoreUser
from infra.kafka.clients import open_admin
from infra.keys.credentials import password_file
from infra.orchestration import stack as stack_module
from infra.orchestration.stack import RunningStack
from infra.orchestration.units import Founder
from infra.registry import founding
from infra.settings import Settings
from tests.support.engines import eventually

OURS = "quipu."
"""How the names of all topics and groups of an exchange begin."""
DATABASES = r"quipu\_g%"
ROLE = "{role}"
"""Stands for reader, writer or migrator in the path of the password file."""
EMPTY_WITHIN_S = 60.0

LongLived = TypeVar("LongLived")
Opener = Callable[["ExchangeLease"], AbstractContextManager[LongLived]]


class ExchangeLease:
    """Hand the engines of this test process to one exchange at a time."""

    def __init__(self, engines: RunningStack, new_folder: Callable[[str], Path]) -> None:
        self.engines = engines
        self._new_folder = new_folder
        self._is_taken = False
        self._opener: object = None
        self._long_lived: object = None
        self._open = ExitStack()

    @contextmanager
    def running(
        self,
        home: str | Path,
        only: Iterable[str] | None = None,
        founder: Founder = founding.found_mechanism,
        environ: Mapping[str, str] | None = None,
    ) -> Iterator[RunningStack]:
        """Run units of a fresh exchange for the time of the block.

        `home`: its data folder, or a name for a new one; `environ`: settings of its own.
        Raises RuntimeError while another exchange of this process runs.
        """
        self.end_long_lived()
        if self._is_taken:
            raise RuntimeError("another exchange of this test process still runs")
        self._is_taken = True
        try:
            empty_kafka(self.engines.settings)
            empty_clickhouse(self.engines.settings)
            folder = home if isinstance(home, Path) else self._new_folder(home) / "home"
            settings = self._settings(folder, environ or {})
            with stack_module.running(settings, only=only, founder=founder) as stack:
                yield stack
        finally:
            self._is_taken = False

    def long_lived(self, opener: Opener[LongLived]) -> LongLived:
        """Return what `opener` opened; it stays open until another exchange takes the lease."""
        if self._opener is not opener:
            self.end_long_lived()
            self._long_lived = self._open.enter_context(opener(self))
            self._opener = opener
        return cast(LongLived, self._long_lived)

    def end_long_lived(self) -> None:
        """End the exchange that several modules share, if there is one."""
        self._opener = self._long_lived = None
        self._open.close()

    def _settings(self, home: Path, environ: Mapping[str, str]) -> Settings:
        """Write the addresses of the engines where every process of the exchange reads them."""
        home.mkdir(parents=True, exist_ok=True)
        engines = self.engines.settings
        (home / "quipu.toml").write_text(
            f'kafka = "{engines.kafka}"\n'
            f'clickhouse = "{engines.clickhouse_host}:{engines.clickhouse_port}"\n'
            f'clickhouse_password_file = "{password_file(engines.credentials_dir, ENGINE, ROLE)}"\n'
            + "".join(
                f'{key} = "{text}"\n' for key, text in engines.kafka.security.texts().items()
            ),
            encoding="utf-8",
        )
        return settings_module.load({"QUIPU_HOME": str(home), **environ})


def empty_kafka(settings: Settings) -> None:
    """Delete every topic and consumer group of an exchange, and wait until none is left."""
    admin = open_admin(settings.kafka)
    try:
        eventually(lambda: not _delete_groups(admin), "the groups are gone", EMPTY_WITHIN_S)
        topics = _topics(admin)
        if topics:
            admin.delete_topics(topics)
        eventually(lambda: not _topics(admin), "the topics are gone", EMPTY_WITHIN_S)
    finally:
        admin.close()


def empty_clickhouse(settings: Settings) -> None:
    """Drop the database of every generation."""
    client = connect(settings, StoreUser.MIGRATOR)
    try:
        names = client.execute(f"SELECT name FROM system.databases WHERE name LIKE '{DATABASES}'")
        for (name,) in names:
            client.execute(f"DROP DATABASE {name} SYNC")
    finally:
        client.disconnect()


def _topics(admin: Any) -> list[str]:
    return [name for name in admin.list_topics() if name.startswith(OURS)]


def _delete_groups(admin: Any) -> list[str]:
    """Delete all groups, with the members that were killed; return those that are still there."""
    names = [
        group["group_id"] for group in admin.list_groups() if group["group_id"].startswith(OURS)
    ]
    for name in names:
        _remove_members(admin, name)
    if names:
        admin.delete_groups(names)
    return names


def _remove_members(admin: Any, group: str) -> None:
    members = admin.describe_groups([group])[group]["members"]
    leaving = [MemberToRemove(member_id=member["member_id"]) for member in members]
    if leaving:
        admin.remove_group_members(group, leaving)
