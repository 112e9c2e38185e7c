"""Print what commands show of config: tables of entries, and from when a change holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from infra.list_table import print_rows
from infra.registry.config_writer import ConfigChange
from infra.settings import Settings
from producers.cli.render_report import make_console, print_message
from schemas.i18n import UserMessage, _


def since(settings: Settings, written: ConfigChange) -> str:
    """Say from when a change of config is in effect."""
    if not written.holds_from:
        return _("from the beginning").in_language(settings.lang)
    moment = datetime.fromtimestamp(written.holds_from / 1000, UTC)
    return _("from {moment:%Y-%m-%d %H:%M:%S} UTC", moment=moment).in_language(settings.lang)


def print_change(
    settings: Settings, written: ConfigChange, text: UserMessage, **names: str
) -> None:
    """Print that a change was written. `text`: has the hole `since` and those of `names`."""
    message = text.with_values(**names, since=since(settings, written))
    print_message(settings.lang, message)


def print_table(
    lang: str,
    headings: Iterable[UserMessage],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    main: int | None = None,
) -> None:
    """Print rows of cells under headings, as `print_rows` takes them."""
    texts = [heading.in_language(lang) for heading in headings]
    print_rows(make_console(), texts, rows, numbers, main)


def decision_text(moment_ms: int, author: str, reason: str) -> UserMessage:
    """Say who decided, since when it holds (ms since 1970 UTC), and why."""
    if not moment_ms:
        return _("from the beginning, by {author}: {reason}", author=author or "—", reason=reason)
    moment = f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%Y-%m-%d %H:%M}"
    return _(
        "from {moment} UTC, by {author}: {reason}",
        moment=moment,
        author=author or "—",
        reason=reason or "—",
    )
