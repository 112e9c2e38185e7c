"""infra.clickhouse.migrations: what is read, what is pending, what is refused (the pure part)."""

from pathlib import Path

import pytest

from consumers.store.sql import MIGRATIONS
from infra.clickhouse.migrations import database_of, pending_migrations, statements
from infra.errors import MigrationError
from infra.migration_files import Migration, read_migrations

ONE = Migration(
    1,
    "0001_events.sql",
    "CREATE TABLE {database}.a (x Int8)\nENGINE = Memory;\n"
    "-- why; and more;\nCREATE TABLE {database}.b;\n",
)
TWO = Migration(2, "0002_more.sql", "SELECT ';';\n")


def test_statements_end_at_a_semicolon_that_ends_a_line_but_not_in_a_comment() -> None:
    assert statements(ONE, "q") == [
        "CREATE TABLE q.a (x Int8)\nENGINE = Memory",
        "CREATE TABLE q.b",
    ]
    assert statements(TWO, "q") == ["SELECT ';'"]


def test_only_what_was_not_applied_is_pending_in_order() -> None:
    assert pending_migrations([ONE, TWO], {}) == [ONE, TWO]
    assert pending_migrations([ONE, TWO], {ONE.name: ONE.sha256}) == [TWO]


def test_a_landed_file_that_changed_is_refused_by_its_name() -> None:
    with pytest.raises(MigrationError, match=r"0001_events\.sql.*changed"):
        pending_migrations([ONE], {ONE.name: TWO.sha256})


def test_a_landed_file_that_is_missing_is_refused_by_its_name() -> None:
    with pytest.raises(MigrationError, match=r"0002_more\.sql.*missing"):
        pending_migrations([ONE], {TWO.name: TWO.sha256})


@pytest.mark.parametrize("names", [["1_short.sql"], ["0001_a.sql", "0001_b.sql"]])
def test_a_name_of_another_form_or_a_number_twice_is_refused(
    tmp_path: Path, names: list[str]
) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1;\n")
    with pytest.raises(MigrationError):
        read_migrations(tmp_path)


def test_a_missing_number_is_refused_unless_a_file_says_that_it_was_skipped(tmp_path: Path) -> None:
    for name in ("0001_a.sql", "0003_c.sql"):
        (tmp_path / name).write_text("SELECT 1;\n")
    with pytest.raises(MigrationError, match="0002"):
        read_migrations(tmp_path)
    (tmp_path / "0002_skipped.md").write_text("# why\n")
    assert [migration.number for migration in read_migrations(tmp_path)] == [1, 3]


def test_the_tables_of_a_generation_have_no_unexplained_gap() -> None:
    assert [migration.number for migration in read_migrations(MIGRATIONS)] == [
        1,
        2,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        19,
        21,
        22,
        23,
        24,
    ]


def test_a_generation_has_a_database_of_its_own() -> None:
    assert database_of(7) == "quipu_g7"
