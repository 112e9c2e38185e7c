"""Show how far a command of a node is while it runs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from producers.ingest.report import RunProgress
from producers.model import Reason
from schemas.i18n import _, ngettext


@contextmanager
def progress_line(
    lang: str, shown: bool, console: Console
) -> Iterator[Callable[[RunProgress], None]]:
    """Show the progress in one line on a terminal; elsewhere a line every few seconds.

    Yields the function that receives the progress.
    """
    if shown and not console.is_terminal:
        yield LineProgress(lang, lambda line: console.print(line, soft_wrap=True, markup=False))
        return
    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    task = bar.add_task("", total=None)
    announced: list[Reason] = [""]

    def watch(progress: RunProgress) -> None:
        bar.update(
            task,
            description=_line(progress, lang),
            total=progress.sealed or None,
            completed=progress.answered,
        )
        if progress.unavailable and progress.unavailable != announced[0]:
            console.print(f"[yellow]{_away(progress.unavailable, lang)}[/yellow]", soft_wrap=True)
        elif announced[0] and not progress.unavailable:
            console.print(_("Kafka answers again.").in_language(lang))
        announced[0] = progress.unavailable

    if not shown:
        yield lambda _progress: None
        return
    with bar:
        yield watch


class LineProgress:
    """Writes how far a run is where no terminal is: a line every EVERY_S seconds at most.

    It also says at once when Kafka does not answer, and when it answers again.
    """

    EVERY_S = 10.0

    def __init__(
        self,
        lang: str,
        write: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`write` takes a line; `clock` counts seconds."""
        self._lang, self._write, self._clock = lang, write, clock
        self._began_at = self._last_at = clock()
        self._unavailable: Reason = ""

    def __call__(self, progress: RunProgress) -> None:
        """Take the progress as it is now."""
        if progress.unavailable and progress.unavailable != self._unavailable:
            self._write(_away(progress.unavailable, self._lang))
        elif self._unavailable and not progress.unavailable:
            self._write(_("Kafka answers again.").in_language(self._lang))
        self._unavailable = progress.unavailable
        now = self._clock()
        if now - self._last_at >= self.EVERY_S:
            self._last_at = now
            self._write(f"{_line(progress, self._lang)} · {now - self._began_at:.0f} s")


def _line(progress: RunProgress, lang: str) -> str:
    if progress.erasing:
        return ngettext(
            "{count} erasure under way (a minute or more)",
            "{count} erasures under way (a minute or more)",
            progress.erasing,
        ).in_language(lang)
    return _(
        "{rows:,} read · {sealed:,} sealed · {answered:,} answered",
        rows=progress.rows,
        sealed=progress.sealed,
        answered=progress.answered,
    ).in_language(lang)


def _away(why: Reason, lang: str) -> str:
    return _(
        "Kafka does not answer ({short}). Your records are safe in the outbox. "
        "Retrying (Ctrl-C to stop).",
        short=why,
    ).in_language(lang)
