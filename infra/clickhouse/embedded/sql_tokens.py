"""Split a statement into tokens, after the engine's own parser has written it again.

The engine's writing (`formatQuerySingleLine`) has no comments and one form of each construct:
keywords in capitals, texts in single quotes with backslashes, unusual names in backticks. So this
needs to know no other form, and a statement in another is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from infra.clickhouse.embedded.errors import SYNTAX_ERROR, RefusedStatementError

_TOKEN = re.compile(
    r"(?P<text>'(?:[^'\\]|\\.)*')"
    r"|(?P<name>`(?:[^`\\]|\\.)*`|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<word>\w+)"
    r"|(?P<sign>[^\s'`\"\w])",
    re.DOTALL,
)


class TokenKind(Enum):
    """Tell names and keywords from texts and signs."""

    TEXT = auto()
    NAME = auto()
    """A quoted name: never a keyword."""
    WORD = auto()
    """A keyword, a plain name or a number."""
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class SqlToken:
    """One token; `value` without quotes."""

    kind: TokenKind
    value: str

    @property
    def names(self) -> bool:
        """Say whether it can be the name of a function, table or database."""
        return self.kind in (TokenKind.NAME, TokenKind.WORD)

    def is_word(self, keyword: str) -> bool:
        """Say whether it is this keyword (in capitals)."""
        return self.kind is TokenKind.WORD and self.value.upper() == keyword


def tokenise(canonical: str) -> Sequence[SqlToken]:
    """Split the engine's writing of a statement.

    Raises RefusedStatementError 62 where something is left over: then it is not the engine's.
    """
    tokens: list[SqlToken] = []
    position = 0
    while position < len(canonical):
        if canonical[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(canonical, position)
        if match is None:
            raise RefusedStatementError(SYNTAX_ERROR, "the statement cannot be split into tokens")
        tokens.append(_token(match))
        position = match.end()
    return tokens


def _token(match: re.Match[str]) -> SqlToken:
    kind = TokenKind[str(match.lastgroup).upper()]
    value = match.group()
    if kind in (TokenKind.TEXT, TokenKind.NAME):
        value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
    return SqlToken(kind, value)
