"""Write a list into files, to its end, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from consumers.cli.figure_options import FigureOutput
from consumers.cli.reader_options import QueryContext
from consumers.exports.formats import export_file
from consumers.presentation.list_tables import (
    LEFT_OUT_OF_LIST,
    LEFT_OUT_OF_LIST_FOR_COURT,
    LayOutList,
)
from consumers.query.paging import Page, PageRange
from consumers.query.persons.lookup_file import MOST_BYTES, LookupFileError
from consumers.query.query_layer import QueryLayer
from consumers.query.views import to_datetime
from consumers.serving.cli_session import CHANNEL, open_list, open_queries
from consumers.serving.question import COMMAND_WITHIN_S
from consumers.serving.whole_list import AskPage, read_whole_list
from infra.clock import now_ms
from infra.list_file import write_file
from infra.system_errors import reason_of
from schemas.i18n import UserMessage, _
from schemas.model import Reader

Item = TypeVar("Item")
AskAt = Callable[[QueryLayer, Reader, int | None, PageRange], Page[Item]]
"""Asks for a page of a list, for a reader, as of a moment in ms since 1970 UTC; None: now."""
NO_LIMIT = 2**62


def read_list(file: Path) -> bytes:
    """Read a list of values, as far as one may be long. Raises LookupFileError."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise LookupFileError(
            _("{file} cannot be read: {error}.", file=file, error=reason_of(error)),
            _("Name a CSV file that you may read."),
        ) from error


def moment_of_list(context: QueryContext) -> int:
    """Return the moment of a file in ms since 1970 UTC: that of the question, or now."""
    return now_ms() if context.as_of is None else context.as_of


def reader_of_files(context: QueryContext, output: FigureOutput) -> Reader:
    """Return who asks, for what becomes of the answer."""
    return replace(context.reader, use=output.use)


def limit_of(output: FigureOutput, limit: int) -> int:
    """Return how many items a list has: a file has all, unless the command names a limit."""
    source = click.get_current_context().get_parameter_source("limit")
    return NO_LIMIT if output.files and source is ParameterSource.DEFAULT else limit


def write_list(
    context: QueryContext,
    output: FigureOutput,
    ask: AskPage[Item],
    lay_out: LayOutList[Item],
    page: PageRange,
) -> None:
    """Write the list into each file; all of it, unless the command names a limit.

    Raises QuipuError FILE, and what the query layer raises.
    """
    source = click.get_current_context().get_parameter_source("limit")
    most = None if source is ParameterSource.DEFAULT else page.limit
    at = to_datetime(moment_of_list(context))
    for format_, path in output.files.items():
        with open_list(context.settings) as pool:
            items = read_whole_list(pool, CHANNEL, ask, page, most, COMMAND_WITHIN_S)
            table = lay_out(items, at, context.lang, notes_of(output))
            write_file(path, export_file(table, format_).parts)
        message = _("{file} is written.", file=path)
        click.echo(message.in_language(context.lang), err=True)


def page_or_files(
    context: QueryContext,
    output: FigureOutput,
    page: PageRange,
    ask: AskAt[Item],
    lay_out: LayOutList[Item],
) -> Page[Item] | None:
    """Return a page for the screen; None where the list was written into files.

    Raises what `write_list` raises.
    """
    if not output.files:
        with open_queries(context.settings) as queries:
            return ask(queries, context.reader, context.as_of, page)
    reader, at = reader_of_files(context, output), moment_of_list(context)
    write_list(
        context, output, lambda queries, place: ask(queries, reader, at, place), lay_out, page
    )
    return None


def write_items(
    context: QueryContext,
    output: FigureOutput,
    items: Sequence[Item],
    lay_out: LayOutList[Item],
) -> None:
    """Write a list that was read already into each file. Raises QuipuError FILE."""
    at = to_datetime(moment_of_list(context))
    for format_, path in output.files.items():
        table = lay_out(items, at, context.lang, notes_of(output))
        write_file(path, export_file(table, format_).parts)
        message = _("{file} is written.", file=path)
        click.echo(message.in_language(context.lang), err=True)


def notes_of(output: FigureOutput) -> list[UserMessage]:
    """Return what a file must say of the records that it leaves out."""
    return [LEFT_OUT_OF_LIST, *([LEFT_OUT_OF_LIST_FOR_COURT] if output.for_court else [])]
