"""Options that take a code, written as the code or by its name in Spanish or English."""

from __future__ import annotations

from collections.abc import Sequence

import click

from schemas.words.written_codes import find_code


class WordChoice(click.Choice[str]):
    """One of some codes: `AMBER` or ámbar, `urgent` or urgente."""

    def __init__(self, list_name: str, codes: Sequence[str]) -> None:
        """Take the name of the list that has the words, and the codes that are allowed."""
        super().__init__(tuple(codes))
        self._list_name = list_name

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the code. Raises click.BadParameter, which lists the codes."""
        code = find_code(self._list_name, str(value), tuple(self.choices))
        return str(super().convert(code or value, param, ctx))


class CodedText(click.ParamType):
    """A code that the command itself checks: a word for one becomes it, all else stays."""

    name = "text"

    def __init__(self, list_name: str) -> None:
        """Take the name of the list that has the words."""
        self._list_name = list_name

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the code, or what was written."""
        return find_code(self._list_name, str(value)) or str(value)


class CodedNames(CodedText):
    """Several codes with commas between them."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the codes with commas between them; what is no word of the list stays."""
        names = [name.strip() for name in str(value).split(",") if name.strip()]
        return ",".join(super(CodedNames, self).convert(name, param, ctx) for name in names)
