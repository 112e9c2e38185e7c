"""What the embedded server remembers of the columns of results."""

from __future__ import annotations

from infra.clickhouse.embedded.described import (
    LONGEST_STATEMENT,
    Columns,
    DescribedStatements,
    statement_key,
)
from infra.clickhouse.embedded.protocol import Setting

SQL = "SELECT toTimeZone(at, {zone:String}) FROM t WHERE id IN {ids:Array(String)}"
ID: Columns = [("id", "UUID")]
NUMBER: Columns = [("id", "UInt8")]


def test_columns_are_asked_for_once_until_a_table_changes() -> None:
    described, answers = DescribedStatements(), iter((ID, NUMBER))
    assert described.columns("a", lambda: next(answers)) == ID
    assert described.columns("a", lambda: next(answers)) == ID
    described.forget()
    assert described.columns("a", lambda: next(answers)) == NUMBER


def test_what_was_told_before_a_change_is_not_kept_after_it() -> None:
    described = DescribedStatements()

    def told_while_the_table_changes() -> Columns:
        described.forget()
        return ID

    assert described.columns("a", told_while_the_table_changes) == ID
    assert described.columns("a", lambda: NUMBER) == NUMBER


def test_only_lists_and_deadlines_make_no_difference() -> None:
    limit, nulls = Setting("20", important=False), Setting("1", important=False)
    key = statement_key("s", {"max_execution_time": limit}, SQL, {"zone": "UTC", "ids": "[1]"})
    assert key == statement_key("s", {}, SQL, {"zone": "UTC", "ids": "[2]"})
    for other in (
        statement_key("other database", {}, SQL, {"zone": "UTC", "ids": "[1]"}),
        statement_key("s", {"join_use_nulls": nulls}, SQL, {"zone": "UTC", "ids": "[1]"}),
        statement_key("s", {}, SQL, {"zone": "America/Lima", "ids": "[1]"}),
        statement_key("s", {}, SQL + " ", {"zone": "UTC", "ids": "[1]"}),
        statement_key("s", {}, " " * (LONGEST_STATEMENT + 1), {}),
    ):
        assert other != key
