"""Write the figures of seven days, and what ended in them, as lines of a terminal. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from consumers.health.finding_memory import Episode
from consumers.health.finding_texts import moment_text
from consumers.health.humanize import humanize_seconds
from consumers.health.terminal import MARKS
from consumers.health.week import Week, figure_lines
from schemas.i18n import _

TITLE_WIDTH = 20
MOST_EPISODES = 12


def week_lines(week: Week, ended: Sequence[Episode], now: int, lang: str) -> list[str]:
    """Return the lines, 80 characters each at most. `now`: ms since 1970 UTC."""
    figures = figure_lines(week, now)
    if not figures:
        return [_("No figures yet: the monitor of `quipu up` notes them.").in_language(lang)]
    lines = [
        _("The last seven days; each sign is four hours, the worst of them.").in_language(lang)
    ]
    for figure in figures:
        title = figure.title.in_language(lang)[:TITLE_WIDTH]
        lines.append(f"{title:<{TITLE_WIDTH}} {figure.bars} {figure.worst:>7} {figure.newest:>7}")
    lines.append(_("The last two columns: the worst, and now.").in_language(lang))
    newest = sorted(ended, key=lambda episode: -(episode.until_at or 0))[:MOST_EPISODES]
    for episode in newest:
        lasted = humanize_seconds(((episode.until_at or now) - episode.since_at) / 1000)
        since = moment_text(episode.since_at, now)
        text = episode.message.in_language(lang)
        lines.append(f"{MARKS[episode.degree]} {since} ({lasted}) {text}"[:80])
    return lines
