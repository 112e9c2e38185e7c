"""Refuse a statement before the engine runs it, by what the engine's own parser makes of it.

The grants (`engine_users.py`) decide over tables and most table functions. What they do not cover
in an engine that runs inside a process is decided here: kinds of statement, functions that read
files or leave the machine, results written to files, tables of `system`, engines of tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from infra.clickhouse.embedded.errors import ACCESS_DENIED, RefusedStatementError
from infra.clickhouse.embedded.sql_tokens import SqlToken, TokenKind, tokenise
from infra.clickhouse.users import StoreUser, system_tables_of

Canonical = Callable[[str], str]
"""Writes a statement again as the engine reads it; raises EngineError where it cannot be read."""

_CACHED = 2048
_LONGEST_CACHED = 1 << 16

_READS = frozenset({"SELECT", "WITH", "SHOW", "DESCRIBE", "EXISTS", "EXPLAIN", "USE", "SET"})
_WRITES = _READS | {"INSERT", "ALTER", "DELETE"}
_KINDS: Mapping[StoreUser, frozenset[str]] = {
    StoreUser.READER: _READS,
    StoreUser.WRITER: _WRITES,
    StoreUser.MIGRATOR: _WRITES
    | {"CREATE", "DROP", "EXCHANGE", "OPTIMIZE", "RENAME", "TRUNCATE", "UPDATE"},
}
_OBJECTS: Mapping[str, frozenset[str]] = {
    "ALTER": frozenset({"TABLE"}),
    "CREATE": frozenset({"DATABASE", "TABLE"}),
    "DROP": frozenset({"DATABASE", "TABLE"}),
    "SHOW": frozenset({"COLUMNS", "CREATE", "DATABASES", "TABLES"}),
    "TRUNCATE": frozenset({"TABLE"}),
}
"""What these statements may be about."""
_BETWEEN = frozenset({"OR", "REPLACE", "TEMPORARY"})

SAFE_TABLE_FUNCTIONS = frozenset(
    {"format", "generate_series", "generateseries", "numbers", "numbers_mt", "values", "view"}
    | {"zeros", "zeros_mt"}
)
"""Those of the engine's table functions that only compute; all others are refused by name."""
_REACHING_OUT = frozenset({"catboostevaluate", "disk", "file", "showcertificate"})
"""Functions of other sorts that read files or describe disks."""
_ASKS_A_MODEL = re.compile(r"ai[A-Z]|AI[A-Z]")
"""aiGenerate, aiEmbed and the like send their arguments to a service on the network."""

_PAIRS = frozenset(
    {("INTO", "OUTFILE"), ("FROM", "INFILE"), ("PARALLEL", "WITH"), ("SQL", "SECURITY")}
    | {("INTO", "FUNCTION"), ("DEFINER", "=")}
)
_DISK_SETTINGS = frozenset({"disk", "storage_policy"})
_ENGINE = re.compile(
    r"(?:(?:Aggregating|Coalescing|Collapsing|Replacing|Summing|VersionedCollapsing)?MergeTree)"
    r"|Atomic|Memory|Null"
)
_SYSTEM = frozenset({"system", "information_schema"})


class StatementGuard:
    """Decides what a user may send to the engine at all."""

    def __init__(self, canonical: Canonical, table_functions: frozenset[str]) -> None:
        """`table_functions`: all that the engine has; those it gains are refused, too."""
        self._canonical = canonical
        self._forbidden = _REACHING_OUT | (
            {name.lower() for name in table_functions} - SAFE_TABLE_FUNCTIONS
        )
        self._cached = lru_cache(_CACHED)(self._judge)

    def check(self, user: StoreUser, sql: str, rows_follow: bool = False) -> None:
        """Pass a statement that the user may send.

        `rows_follow`: it is an INSERT whose rows come as blocks. Raises EngineError 62 for what
        cannot be read, several statements included, and RefusedStatementError 497 for what is not
        allowed.
        """
        if len(sql) > _LONGEST_CACHED:
            self._judge(user, sql, rows_follow)
        else:
            self._cached(user, sql, rows_follow)

    def _judge(self, user: StoreUser, sql: str, rows_follow: bool) -> None:
        tokens = tokenise(self._canonical(sql))
        reason = _kind(user, tokens) or self._call(tokens) or _clause(tokens) or _name(user, tokens)
        if not reason and not rows_follow and _has_rows_in_text(tokens):
            reason = "INSERT with rows in its text"
        if reason:
            raise RefusedStatementError(
                ACCESS_DENIED, f"{user.account}: Not enough privileges: {reason} is not allowed"
            )

    def _call(self, tokens: Sequence[SqlToken]) -> str:
        """Name the first forbidden function; `a.file(1)` is a call of `file`, too."""
        for token, following in pairwise(tokens):
            if token.names and following.value == "(" and following.kind is TokenKind.SIGN:
                function = token.value.rpartition(".")[2]
                if function.lower() in self._forbidden or _ASKS_A_MODEL.match(function):
                    return f"the function {function}"
        return ""


def _kind(user: StoreUser, tokens: Sequence[SqlToken]) -> str:
    """Say which kind of statement it is, if not one of this user's."""
    words = [token.value.upper() if token.kind is TokenKind.WORD else "" for token in tokens]
    first = words[0] if words else ""
    second = next((word for word in words[1:] if word not in _BETWEEN), "")
    if first not in _KINDS[user]:
        return f"a statement that begins with {first or 'a sign'}"
    if first == "SET" and not (len(tokens) > 2 and tokens[2].value == "="):
        return f"SET {second}"
    if first == "USE" and len(tokens) > 1 and tokens[-1].value.lower() in _SYSTEM:
        return f"the database {tokens[-1].value}"
    if first in _OBJECTS and second not in _OBJECTS[first]:
        return f"{first} {second}"
    return ""


def _has_rows_in_text(tokens: Sequence[SqlToken]) -> bool:
    """Say whether an INSERT has rows, or a file of rows, where it should select them.

    What follows the first row is not read by the parser, so nobody could judge it.
    """
    if not tokens[0].is_word("INSERT"):
        return False
    words = {token.value.upper() for token in tokens if token.kind is TokenKind.WORD}
    return "SELECT" not in words or "FORMAT" in words


def _clause(tokens: Sequence[SqlToken]) -> str:
    for token, following in pairwise(tokens):
        pair = token.value.upper(), following.value.upper()
        if token.kind is TokenKind.WORD and following.kind is not TokenKind.TEXT and pair in _PAIRS:
            return " ".join(pair)
        if token.names and token.value.lower() in _DISK_SETTINGS and following.value == "=":
            return f"the setting {token.value}"
    for token, sign, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.is_word("ENGINE") and sign.value == "=" and not _ENGINE.fullmatch(value.value):
            return f"the engine {value.value}"
    return ""


def _name(user: StoreUser, tokens: Sequence[SqlToken]) -> str:
    allowed = system_tables_of(user)
    for token, sign, name in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.kind is not TokenKind.SIGN or not name.names:
            continue
        in_system = sign.value == "." and token.names and token.value.lower() in _SYSTEM
        if in_system and (name.value not in allowed or token.value != "system"):
            return f"the table {token.value}.{name.value}"
        if sign.value == ":" and name.value == "Identifier":
            return "a name as parameter"
    return ""
