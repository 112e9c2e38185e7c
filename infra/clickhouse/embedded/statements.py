"""Classify a statement as far as the protocol must know it.

That is: who sends the data, whether rows come back, one statement or several. There is no SQL
parser: comments and quoted parts are blanked out, and a few expressions match what remains.
Anything not recognised goes to the engine as it is, which judges it.
"""

import re
from dataclasses import dataclass

from infra.clickhouse.embedded.errors import (
    NOT_IMPLEMENTED,
    SYNTAX_ERROR,
    EngineError,
    RefusedStatementError,
)

_HIDDEN = re.compile(
    r"(?P<comment>--[^\n]*|\#[ !][^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<heredoc>\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)"
    r"|'(?:\\.|''|[^'\\])*'|\"(?:\\.|\"\"|[^\"\\])*\"|`(?:\\.|``|[^`\\])*`",
    re.S,
)
_NESTED = r"\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)"
_INSERT_OF_DATA = re.compile(
    r"\s*INSERT\s+INTO\s+(?:TABLE\s+)?(?P<function>FUNCTION\s+)?"
    rf"(?P<target>(?(function)\w+\s*{_NESTED}|[\w.]+))\s*"
    rf"(?P<columns>{_NESTED})?\s*(?P<settings>SETTINGS\s+.*?)?\s*(?:VALUES|FORMAT\s+\w+)\s*;?\s*\Z",
    re.I | re.S,
)
_INSERT = re.compile(r"\s*INSERT\b", re.I)
_READS = re.compile(r"\s*(?:\(\s*)*(?:SELECT|WITH|FROM|VALUES)\b", re.I)
_SETS = re.compile(r"\s*SET\b(?!\s+(?:DEFAULT\s+)?ROLE)", re.I)
_KEEPS_COLUMNS = re.compile(
    r"\s*(?:DELETE|DESC|DESCRIBE|EXISTS|EXPLAIN|KILL|OPTIMIZE|SHOW)\b", re.I
)
_FORMAT = re.compile(r"\bFORMAT\s+\w+(?=\s*(?:SETTINGS\b[^()]*)?;?\s*\Z)", re.I)
_SEVERAL = re.compile(r";\s*[^;\s]")
_TOTALS = re.compile(r"\bWITH\s+TOTALS\b", re.I)
_INPUT = re.compile(r"\bINPUT\s*\(", re.I)
_IDENTIFIER = re.compile(
    r"(?:\w+|`(?:\\.|[^`\\])*`|\"(?:\\.|[^\"\\])*\")(?:\.(?:\w+|`(?:\\.|[^`\\])*`))*"
)


@dataclass(frozen=True)
class InsertOfData:
    """`INSERT INTO target (columns) VALUES`, its rows following as blocks."""

    statement: str
    """The statement without `VALUES` or `FORMAT x`."""
    target: str
    columns: str | None
    """The list within parentheses as written, or None."""

    @property
    def names(self) -> list[str] | None:
        """Give the columns' plain names.

        None if all are meant, or if the list says more than names (`* EXCEPT(x)`).
        """
        if self.columns is None:
            return None
        parts = [part.strip() for part in self.columns.split(",")]
        if not all(_IDENTIFIER.fullmatch(part) for part in parts):
            return None
        return [re.sub(r"[`\"]|\\(?=[`\"\\])", "", part) for part in parts]

    @property
    def describe(self) -> str:
        """The query that gives the columns' names and types."""
        if self.names is None and self.columns is not None:
            return f"DESCRIBE TABLE (SELECT {self.columns} FROM {self.target})"
        return f"DESCRIBE TABLE {self.target}"


@dataclass(frozen=True)
class Statement:
    """Any other statement, with what the protocol must know of it."""

    sql: str
    reads: bool
    """Whether it is a SELECT, whose result can be streamed and described."""
    sets: bool
    """Whether it changes the session's settings."""
    changes_columns: bool
    """Whether the same SELECT may have other columns after it: of a table, database or setting."""


def skeleton(sql: str) -> str:
    """Blank the comments and replace quoted parts by a word; the length stays the same."""

    def hide(match: re.Match[str]) -> str:
        return (" " if match.group("comment") else "x") * len(match.group())

    return _HIDDEN.sub(hide, sql)


def classify(sql: str) -> InsertOfData | Statement:
    """Say what a statement is.

    Raises EngineError 62 for several statements in one query, as a server does, and
    RefusedStatementError 48 for `WITH TOTALS`, whose totals the embedded engine does not hand out,
    and for `input()`.
    """
    bare = skeleton(sql)
    if match := _INSERT_OF_DATA.match(bare):
        return _insert(sql, match)
    if _INSERT.match(bare):
        if _INPUT.search(bare):
            raise RefusedStatementError(
                NOT_IMPLEMENTED,
                "INSERT ... SELECT from input() is not supported by the embedded server",
            )
        return Statement(sql, reads=False, sets=False, changes_columns=False)
    if _SEVERAL.search(bare):
        raise EngineError(
            SYNTAX_ERROR,
            "Syntax error (Multi-statements are not allowed): send one statement a query",
        )
    reads = _READS.match(bare) is not None
    if reads and _TOTALS.search(bare):
        raise RefusedStatementError(
            NOT_IMPLEMENTED, "WITH TOTALS is not supported by the embedded server: use WITH ROLLUP"
        )
    if format_clause := _FORMAT.search(bare):
        sql = sql[: format_clause.start()] + sql[format_clause.end() :]
    keeps_columns = reads or _KEEPS_COLUMNS.match(bare) is not None
    sets = _SETS.match(bare) is not None
    return Statement(sql.rstrip().rstrip(";"), reads, sets, changes_columns=not keeps_columns)


def _insert(sql: str, match: re.Match[str]) -> InsertOfData:
    def part(name: str) -> str | None:
        start, end = match.span(name)
        return sql[start:end] if start >= 0 else None

    target, columns, settings = part("target") or "", part("columns"), part("settings")
    words = ["INSERT INTO", part("function"), target, columns, settings]
    statement = " ".join(word.strip() for word in words if word)
    return InsertOfData(statement, target, columns.strip()[1:-1] if columns else None)
