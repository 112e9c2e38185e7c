"""Who asks, and as of when: the options that every question of the command line has.

`gathered` builds decorators that collect several options into one value, such as a filter.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar

import click
from pydantic import TypeAdapter

from consumers.cli.render import TerminalRenderer
from consumers.identity.local_access import existing_identity, local_reader
from consumers.identity.narrowing import Narrowing, parse_names
from consumers.presentation.as_of import parse_as_of
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.dates import check_past
from consumers.query.ids import ID_KINDS, AmbiguousIdError, IdKind
from consumers.query.paging import DEFAULT_LIMIT, MAX_OFFSET, Page, PageRange
from consumers.query.query_layer import QueryLayer
from infra.coded_options import CodedText, WordChoice
from infra.command_line import json_option, option
from infra.errors import QuipuError
from infra.settings import Settings
from infra.terminal import make_console
from schemas.errors import ReaderRefusedError
from schemas.hidden_characters import escape_for_json
from schemas.i18n import UserMessage, _
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from schemas.release.rules import EMBEDDED_PURPOSE

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class QueryContext:
    """The circumstances of a question. `as_of`: ms since 1970 UTC, None is now."""

    settings: Settings
    read_reader: Callable[[], Reader]
    as_of: int | None
    as_json: bool

    @property
    def reader(self) -> Reader:
        """Who asks: the account of this machine's user, narrowed by the options.

        Raises NoLocalTokenError, WiderReaderError, QuipuError READER.
        """
        return self.read_reader()

    @property
    def lang(self) -> str:
        """The language of the answer: es or en."""
        return self.settings.lang

    @property
    def renderer(self) -> TerminalRenderer:
        """What shows an answer on this terminal."""
        return TerminalRenderer(make_console(highlight=False), self.lang, self.reader)


def gathered(name: str, build: Callable[..., Any], *options: Decorator) -> Decorator:
    """Return a decorator that adds the options and hands the command one value of them.

    The value is `build(...)` of the options, whose parameters bear the options' names; the command
    takes it as the parameter `name`.
    """
    parameters = tuple(inspect.signature(build).parameters)

    def decorate(command: Callable[..., Any]) -> Any:
        @wraps(command)
        def gather(*args: Any, **kwargs: Any) -> Any:
            values = {parameter: kwargs.pop(parameter) for parameter in parameters}
            return command(*args, **{name: build(**values)}, **kwargs)

        decorated: Any = gather
        for add_option in reversed(options):
            decorated = add_option(decorated)
        return decorated

    return decorate


def _read_reader(
    as_reader: str | None, purpose: str, groups: str | None, exercise: str | None
) -> Callable[[], Reader]:
    """Return what reads who asks, once, at the first question.

    What asks nothing, such as the check of a chain, needs no account. A text that names no reader
    is refused before anything is opened. Raises QuipuError READER.
    """
    settings: Settings = click.get_current_context().obj
    asks_as = as_reader or settings.asks_as
    if asks_as:
        with _clear_refusal():
            parse_reader(asks_as, purpose=None)
    return cache(lambda: _reader(settings, asks_as, groups, purpose, exercise))


def _reader(
    settings: Settings,
    as_reader: str | None,
    groups: str | None,
    purpose: str,
    exercise: str | None,
) -> Reader:
    names = None if groups is None else parse_names(groups)
    with _clear_refusal(), existing_identity(settings) as identity:
        return local_reader(settings, identity, Narrowing(as_reader, names, purpose, exercise))


@contextmanager
def _clear_refusal() -> Iterator[None]:
    """Say how a reader is written, where one is refused."""
    try:
        yield
    except ReaderRefusedError as error:
        raise QuipuError(
            _("The reader is not understood: {error}.", error=error.message),
            _(
                "Write --as COUNTRY/role/CLEARANCE, such as CO/analyst/AMBER (MEC is the "
                "mechanism)."
            ),
            "READER",
        ) from error


def _query_context(reader: Callable[[], Reader], as_of: str | None, as_json: bool) -> QueryContext:
    settings: Settings = click.get_current_context().obj
    return QueryContext(settings, reader, check_past(parse_as_of(as_of)), as_json)


_with_reader = gathered(
    "reader",
    _read_reader,
    option(
        "--as",
        "as_reader",
        metavar="COUNTRY/role/TLP",
        help=_("Ask as less than your account, such as CO/analyst/GREEN (or QUIPU_AS)."),
    ),
    option(
        "--purpose",
        type=CodedText("purpose"),
        default=EMBEDDED_PURPOSE,
        show_default=True,
        help=_("Purpose of the query."),
    ),
    option("--groups", metavar="A,B", help=_("Only these of your sharing groups.")),
    option("--exercise", help=_("The exercise that you take part in.")),
)
_with_context = gathered(
    "context",
    _query_context,
    option("--as-of", metavar="DATE", help=_("Answer as of this date or time (UTC).")),
    json_option,
)


def with_query_options(command: Command) -> Command:
    """Add the options of who asks and as of when; the command takes a `context: QueryContext`."""
    decorated: Command = _with_reader(_with_context(command))
    return decorated


def _page_range(limit: int, offset: int, after: str) -> PageRange:
    return PageRange(limit, offset, read_cursor(after))


def _place(limit: int, after: str) -> PageRange:
    return PageRange(limit, after=read_cursor(after))


limit_option = option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help=_("How many at most."),
)
after_option = option(
    "--after",
    default="",
    metavar="CURSOR",
    help=_("Where the list continues, as written under the part before."),
)
with_place_options = gathered("page", _place, limit_option, after_option)
with_page_options = gathered(
    "page",
    _page_range,
    limit_option,
    option(
        "--offset",
        type=click.IntRange(0, MAX_OFFSET),
        default=0,
        help=_("How many to skip; `--after` leads further."),
    ),
    after_option,
)
rule_option = option("--rule", default="", help=_("Only this rule."))
grade_option = option(
    "--grade",
    type=WordChoice("grade", ["certain", "possible"]),
    callback=lambda _context, _parameter, grade: grade or "",
    help=_("Only `certain` or only `possible` ones."),
)


def print_json(type_: Any, value: Any) -> None:
    """Print a value of the query layer as JSON. `type_`: its type, such as list[Thing]."""
    click.echo(escape_for_json(TypeAdapter(type_).dump_json(value, indent=2).decode()))


def point_to_next(page: Page[Any], lang: str) -> None:
    """Say on standard error how the list continues; nothing at its end."""
    if page.next is not None:
        more = _("There is more. Add this to the command:")
        click.echo(more.in_language(lang), err=True)
        click.echo(f"  --after {write_cursor(page.next)}", err=True)


def resolve_id(
    queries: QueryLayer, digits: str, context: QueryContext, kinds: tuple[IdKind, ...] = ID_KINDS
) -> tuple[IdKind, str]:
    """Return what an id, or its first or last digits, means: its kind, and the whole id.

    Raises QuipuError NOT_UNIQUE where several begin or end so, NOT_FOUND where none does.
    """
    try:
        return queries.ids.resolve(digits, context.reader, context.as_of, kinds)
    except AmbiguousIdError as error:
        raise _ambiguous_id(error) from error


def _ambiguous_id(error: AmbiguousIdError) -> QuipuError:
    if not error.matches:
        return not_found(error.digits)
    several = ", ".join(id_ for _kind, id_ in error.matches)
    return QuipuError(
        _("`{digits}` can be several: {several}.", digits=error.digits, several=several),
        _("Write one more digit."),
        "NOT_UNIQUE",
    )


def not_found(id_: str) -> QuipuError:
    """Return the error for an id that is not there, or not released to this reader.

    The two are deliberately indistinguishable.
    """
    return QuipuError(
        _("Nothing has the id `{id}`, or you may not see it.", id=id_),
        _where_to_look(),
        "NOT_FOUND",
    )


def _where_to_look() -> UserMessage:
    """Name the list that has the ids which the command in use takes."""
    context = click.get_current_context(silent=True)
    above = context.parent if context else None
    if above and isinstance(above.command, click.Group) and "list" in above.command.commands:
        words = " ".join(above.command_path.split()[1:])
        return _("See the list with `{command}`.", command=f"quipu {words} list")
    return _("See the list with `quipu indicators` or `quipu events`.")
