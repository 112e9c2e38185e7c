"""infra.clickhouse.migrations and client on the real engine."""

from pathlib import Path

import pytest

from infra.clickhouse.client import connect
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from infra.errors import MigrationError
from infra.orchestration.stack import RunningStack
from tests.support.engines import unique

pytestmark = pytest.mark.integration


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)


def test_migrations_are_applied_once_and_remembered(stack: RunningStack, tmp_path: Path) -> None:
    client, database = connect(stack.settings, StoreUser.MIGRATOR), unique("quipu_migrated")
    write(
        tmp_path,
        "0001_first.sql",
        "CREATE TABLE IF NOT EXISTS {database}.t (x UInt8) ENGINE = MergeTree ORDER BY x;\n",
    )
    assert migrate(client, tmp_path, database) == ["0001_first.sql"]
    write(
        tmp_path,
        "0002_second.sql",
        "INSERT INTO {database}.t SELECT 1;\nINSERT INTO {database}.t SELECT 2;\n",
    )
    assert migrate(client, tmp_path, database) == ["0002_second.sql"]
    assert migrate(client, tmp_path, database) == []
    assert client.execute(f"SELECT x FROM {database}.t ORDER BY x") == [(1,), (2,)]


def test_a_changed_migration_is_refused_before_anything_is_run(
    stack: RunningStack, tmp_path: Path
) -> None:
    client, database = connect(stack.settings, StoreUser.MIGRATOR), unique("quipu_changed")
    write(tmp_path, "0001_first.sql", "SELECT 1;\n")
    migrate(client, tmp_path, database)
    write(tmp_path, "0001_first.sql", "SELECT 2;\n")
    write(tmp_path, "0002_second.sql", "CREATE TABLE {database}.never (x UInt8) ENGINE = Memory;\n")
    with pytest.raises(MigrationError, match=r"0001_first\.sql"):
        migrate(client, tmp_path, database)
    assert client.execute(f"EXISTS TABLE {database}.never") == [(0,)]


def test_a_statement_that_fails_names_file_number_and_code_and_is_tried_again(
    stack: RunningStack, tmp_path: Path
) -> None:
    client, database = connect(stack.settings, StoreUser.MIGRATOR), unique("quipu_failing")
    write(tmp_path, "0001_first.sql", "SELECT 1;\nSELECT no_such_function(1);\n")
    with pytest.raises(MigrationError, match=r"0001_first\.sql: statement 2 failed \(code 46\)"):
        migrate(client, tmp_path, database)
    write(tmp_path, "0001_first.sql", "SELECT 1;\n")
    assert migrate(client, tmp_path, database) == ["0001_first.sql"]


def test_the_client_fills_parameters_in_on_the_server_and_inserts_columns(
    stack: RunningStack,
) -> None:
    client, database = connect(stack.settings, StoreUser.MIGRATOR), unique("quipu_client")
    client.execute(f"CREATE DATABASE {database}")
    client.execute(
        f"CREATE TABLE {database}.t (x UInt8, name String) ENGINE = MergeTree ORDER BY x"
    )
    assert client.insert(f"{database}.t", ["x", "name"], [[1, 2], ["a'b", "{x}"]]) == 2
    assert client.execute(
        f"SELECT x FROM {database}.t WHERE name = {{name:String}}", {"name": "a'b"}
    ) == [(1,)]
