"""`quipu match`: which rows of two lists, or of one, are of one person. It needs no exchange."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from rich.console import Console

from infra.command_line import argument, command, option
from infra.settings import Settings
from infra.system_errors import reason_of
from producers.model import Refusal
from schemas import words
from schemas.i18n import UserMessage, _

if TYPE_CHECKING:
    from producers.list_matching.list_mapping import ListMapping
    from producers.list_matching.run import MatchError

EVERY_S = 5.0
"""Seconds between two lines of progress."""
_LIST = click.Path(exists=True, dir_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@command(
    "match",
    help=_("Find the rows of two lists, or of one list, that are of one person."),
)
@argument("first", type=_LIST, metavar="A")
@argument("second", type=_LIST, metavar="[B]", required=False)
@option("--mapping", type=_LIST, help=_("TOML file that says which columns hold what."))
@option("--train", is_flag=True, help=_("Learn the weights from the lists; compares all columns."))
@option("--out", type=_FILE, help=_("CSV file of the pairs; otherwise they are printed."))
@option("--clusters", type=_FILE, help=_("CSV file that puts each row into a group."))
@option(
    "--least",
    type=click.FloatRange(0.001, 0.999999),
    default=0.5,
    show_default=True,
    help=_("Probability from which a pair is written."),
)
@option(
    "--join",
    type=click.FloatRange(0.001, 0.999999),
    default=0.95,
    show_default=True,
    help=_("Probability from which a pair joins two groups."),
)
@click.pass_obj
def match_command(
    settings: Settings,
    first: Path,
    second: Path | None,
    mapping: Path | None,
    train: bool,
    out: Path | None,
    clusters: Path | None,
    least: float,
    join: float,
) -> None:
    """Write id_a, id_b, probability, evidence; with --clusters also id, cluster."""
    # here, so that other commands need not wait for numpy and pyarrow
    from producers.list_matching.pair_writer import PairWriter
    from producers.list_matching.run import MatchRequest, match_lists

    progress = MatchProgress(settings.lang, Console(stderr=True, soft_wrap=True))
    request = MatchRequest(first, second, mapping, train, min(least, join))
    match = match_lists(request, progress)
    writer = PairWriter(match, settings.lang, join)
    with _opened(out) as stream, _without_search_for_cycles():
        writer.write_pairs(stream)
    progress.say(_("{pairs} pairs written.", pairs=writer.pairs))
    if clusters is not None:
        try:
            groups = writer.write_clusters(clusters)
        except OSError as error:
            raise _unwritable(clusters, error) from error
        progress.say(_("{groups} groups of more than one row.", groups=groups))


@contextlib.contextmanager
def _without_search_for_cycles() -> Iterator[None]:
    """Let Python not look for cycles: pairs make none, and looking takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextlib.contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield click.get_text_stream("stdout")
        return
    try:
        stream = out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise _unwritable(out, error) from error
    with stream:
        yield stream


def _unwritable(path: Path, error: OSError) -> MatchError:
    from producers.list_matching.run import MatchError

    return MatchError(
        _("{path} cannot be written ({reason}).", path=path, reason=reason_of(error)),
        _("Give the path of a file in a folder where you may write."),
    )


class MatchProgress:
    """Say on stderr what is compared, what is left out, and now and then how far the run is."""

    def __init__(self, lang: str, console: Console) -> None:
        self._lang, self._console = lang, console
        self._next = time.monotonic() + EVERY_S

    def say(self, message: UserMessage) -> None:
        """Print one line to stderr in the language of the user."""
        self._console.print(message.in_language(self._lang), markup=False, highlight=False)

    def _now_and_then(self, message: UserMessage) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY_S
            self.say(message)

    def on_rows(self, path: Path, rows: int) -> None:
        """Say how many rows are read."""
        self._now_and_then(_("{path}: {rows} rows read.", path=path, rows=rows))

    def on_refusal(self, path: Path, refusal: Refusal) -> None:
        """Say which line is left out, and why."""
        why = words.message(refusal.code, self._lang, field=refusal.column, detail=refusal.detail)
        self.say(_("{path}, line {line}: left out. {why}", path=path, line=refusal.line, why=why))

    def on_mapping(self, mapping: ListMapping, compared: list[str]) -> None:
        """Say which columns are compared, and which are not."""
        for field in mapping.fields:
            if field.name in compared:
                columns = ", ".join(dict.fromkeys(field.columns + field.columns_b))
                self.say(_("compared: {field} ({columns})", field=field.name, columns=columns))
        left = [c for field in mapping.fields if field.name not in compared for c in field.columns]
        if left:
            self.say(_("not compared without --train: {columns}", columns=", ".join(left)))
        if mapping.unused:
            self.say(_("not recognised: {columns}", columns=", ".join(mapping.unused)))

    def on_pairs(self, pairs: int) -> None:
        """Say how many pairs are compared."""
        self._now_and_then(_("{pairs} pairs compared.", pairs=pairs))


commands: list[click.Command] = [match_command]
