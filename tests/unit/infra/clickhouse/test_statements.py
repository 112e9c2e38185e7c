"""What the embedded server takes a statement for."""

import pytest

from infra.clickhouse.embedded.statements import InsertOfData, Statement, classify


@pytest.mark.parametrize(
    ("sql", "statement", "names"),
    [
        ("INSERT INTO t VALUES", "INSERT INTO t", None),
        (
            "insert  into\n d.`t x` ( a, `b c` ) /* VALUES */ values ;",
            "INSERT INTO d.`t x` ( a, `b c` )",
            ["a", "b c"],
        ),
        (
            "INSERT INTO t (a) SETTINGS x = 'VALUES', y=2 FORMAT Native",
            "INSERT INTO t (a) SETTINGS x = 'VALUES', y=2",
            ["a"],
        ),
        (
            "INSERT INTO FUNCTION null('a UInt8, b Array(String)') VALUES",
            "INSERT INTO FUNCTION null('a UInt8, b Array(String)')",
            None,
        ),
        ("INSERT INTO TABLE t (* EXCEPT(b)) VALUES", "INSERT INTO t (* EXCEPT(b))", None),
    ],
)
def test_an_insert_of_data_is_told_from_its_text(
    sql: str, statement: str, names: list[str] | None
) -> None:
    matches = classify(sql)
    assert isinstance(matches, InsertOfData)
    assert (matches.statement, matches.names) == (statement, names)


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("INSERT INTO t VALUES (1)", False),
        ("INSERT INTO t SELECT 'FORMAT x' AS values", False),
        ("INSERT INTO t FORMAT CSV 1,2;3", False),
        ("-- ;\n/* ; */ SELECT ';', 'it''s; \\'; -- '", True),
        ("((SELECT 1) UNION ALL (SELECT 2));", True),
        ("WITH x AS (SELECT 1) SELECT * FROM x", True),
        ("SHOW TABLES", False),
        ("CREATE TABLE t AS SELECT 1", False),
    ],
)
def test_any_other_statement_goes_to_the_engine(sql: str, reads: bool) -> None:
    matches = classify(sql)
    assert isinstance(matches, Statement)
    assert matches.reads == reads


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ("SELECT 1", False),
        ("INSERT INTO t SELECT 1", False),
        ("/* USE b */ show tables", False),
        ("OPTIMIZE TABLE t FINAL", False),
        ("DELETE FROM t WHERE a = 1", False),
        ("USE other", True),
        ("SET join_use_nulls = 1", True),
        ("ALTER TABLE t DROP COLUMN a", True),
        ("EXCHANGE TABLES t AND u", True),
        ("something of a later engine", True),
    ],
)
def test_what_may_change_the_columns_of_results_is_known(sql: str, changes: bool) -> None:
    matches = classify(sql)
    assert isinstance(matches, Statement)
    assert matches.changes_columns == changes
