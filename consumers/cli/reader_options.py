"""Who asks, as of when, in which language: the options that every question of the command line has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from consumers.presentation.as_of import parse_as_of
from consumers.query.query_layer import AmbiguousIdError
from infra.command_line import json_option, option
from infra.errors import QuipuError
from infra.settings import Settings
from schemas.i18n import _
from schemas.model import Reader
from schemas.release.rules import EMBEDDED_PURPOSE, ReaderRefusedError, parse_reader

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class QueryContext:
    """A question's circumstances. `as_of`: ms since 1970 UTC, None is now."""

    settings: Settings
    reader: Reader
    as_of: int | None
    as_json: bool

    @property
    def lang(self) -> str:
        """es or en."""
        return self.settings.lang


def with_query_options(command: Command) -> Command:
    """Adds the options and hands the command an Asking as `asked`."""

    def asked(  # the options, gathered into one value
        *args: Any,
        reader: str,
        purpose: str,
        groups: str,
        exercise: str | None,
        as_of: str | None,
        as_json: bool,
        **rest: Any,
    ) -> Any:
        settings: Settings = click.get_current_context().obj
        who = _reader(reader, purpose, groups, exercise)
        return command(
            *args, asked=QueryContext(settings, who, parse_as_of(as_of), as_json), **rest
        )

    asked.__doc__ = command.__doc__
    for decorate in reversed(_OPTIONS):
        asked = decorate(asked)
    return asked  # type: ignore[return-value]


_OPTIONS = (
    option(
        "--as",
        "reader",
        default="MEC/analyst/AMBER",
        envvar="QUIPU_AS",
        show_default=True,
        metavar="PAIS/rol/TLP",
        help=_("Who asks, such as CO/analyst/AMBER."),
    ),
    option(
        "--purpose",
        default=EMBEDDED_PURPOSE,
        show_default=True,
        help=_("What the query is for."),
    ),
    option(
        "--groups",
        default="",
        metavar="A,B",
        help=_("Sharing groups one is in."),
    ),
    option("--exercise", help=_("The exercise one is in.")),
    option(
        "--as-of",
        metavar="FECHA",
        help=_("What was known then (UTC)."),
    ),
    json_option,
)


def _reader(text: str, purpose: str, groups: str, exercise: str | None) -> Reader:
    try:
        return parse_reader(
            text,
            purpose=purpose,
            groups=[name for name in groups.split(",") if name],
            exercise=exercise,
        )
    except ReaderRefusedError as error:
        raise QuipuError(
            _("Who asks is not understood: {error}.", error=error),
            _(
                "Write --as COUNTRY/role/CLEARANCE, such as CO/analyst/AMBER (MEC is the "
                "mechanism)."
            ),
            "READER",
        ) from error


def ambiguous_id(error: AmbiguousIdError) -> QuipuError:
    """A short id that several have, or none."""
    if not error.found:
        return not_found(error.digits)
    several = ", ".join(id_ for _, id_ in error.found)
    return QuipuError(
        _("`{digits}` may be several: {several}.", digits=error.digits, several=several),
        _("Write one digit more."),
        "NOT_UNIQUE",
    )


def not_found(id_: str) -> QuipuError:
    """None of this id for this reader: not there and not released are not told apart."""
    return QuipuError(
        _("Nothing has the id `{id}`, or it is not released.", id=id_),
        _("See the list with `quipu indicators` or `quipu events`."),
        "NOT_FOUND",
    )
