"""Acknowledge what is known already: `quipu ack`."""

from __future__ import annotations

import getpass
import logging
from collections.abc import Sequence
from datetime import timedelta

import click

from consumers.health.acknowledgements import make_acknowledgements
from consumers.health.collector import CLI_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import evaluate
from consumers.health.finding_texts import DEGREE_NAMES, acknowledged_text, since_text
from consumers.health.findings import Finding
from consumers.health.state_files import (
    add_acknowledgements,
    end_acknowledgements,
    read_acknowledgements,
    read_memory,
)
from consumers.health.terminal import MARKS
from infra import data_folder
from infra.clock import now_ms
from infra.command_line import argument, command, option
from infra.errors import QuipuError
from infra.option_types import DURATION
from infra.settings import Settings
from schemas.i18n import _, ngettext

LONGEST = timedelta(days=7)
MOST_REASON = 200
"""Characters of a reason, and of the name of who gives it."""


@command(
    "ack",
    help=_("Acknowledge a known finding of health, with reason and time; or list the findings."),
)
@argument("subject", required=False)
@option("--reason", help=_("Why it may wait, for the next operator. Name no person of a record."))
@option(
    "--for",
    "duration",
    type=DURATION,
    default="4h",
    show_default=True,
    help=_("For how long: 30m, 4h, 2d; 7d at most."),
)
@option("--by", "who", help=_("Who says so; the user of this machine unless given."))
@option("--end", "is_ended", is_flag=True, help=_("It counts again from now on."))
@click.pass_obj
def ack_command(
    settings: Settings,
    subject: str | None,
    reason: str | None,
    duration: timedelta,
    who: str | None,
    is_ended: bool,
) -> None:
    """Acknowledge each finding of a part as it is: another cause, or a graver one, counts again."""
    now = now_ms()
    if subject is not None and is_ended:
        _end(settings, subject)
        return
    findings = _findings(settings, now)
    if subject is None:
        _list(settings, findings, now)
        return
    if not reason or not reason.strip():
        raise click.UsageError(_("Give a --reason.").in_language(settings.lang))
    matching = [finding for finding in findings if finding.subject == subject]
    if not matching:
        raise _no_finding(subject, findings)
    until = now + int(min(duration, LONGEST).total_seconds() * 1000)
    newer = make_acknowledgements(
        matching,
        (who or getpass.getuser())[:MOST_REASON],
        reason.strip()[:MOST_REASON],
        now,
        until,
    )
    data_folder.prepare(settings)
    add_acknowledgements(settings, newer, now)
    for finding, known in zip(matching, newer, strict=True):
        click.echo(f"i {finding.message.in_language(settings.lang)}")
        click.echo(f"  {acknowledged_text(known).in_language(settings.lang)}")


def _findings(settings: Settings, now: int) -> Sequence[Finding]:
    """Return the findings as they are, without what was acknowledged before."""
    for client in ("kafka", "clickhouse_driver"):
        logging.getLogger(client).setLevel(logging.CRITICAL)
    facts = FactsCollector(settings).facts(CLI_TIMEOUT_S)
    return evaluate(facts, read_memory(settings, now)).findings


def _list(settings: Settings, findings: Sequence[Finding], now: int) -> None:
    known = {entry.key: entry for entry in read_acknowledgements(settings) if entry.until > now}
    if not findings:
        click.echo(_("There is nothing to acknowledge.").in_language(settings.lang))
    for finding in findings:
        since = since_text(finding, now)
        degree = DEGREE_NAMES[finding.degree].in_language(settings.lang)
        parts = [degree, finding.message.in_language(settings.lang)]
        parts += [since.in_language(settings.lang)] if since is not None else []
        click.echo(f"{MARKS[finding.degree]} {finding.subject}: {' · '.join(parts)}")
        if str(finding.key) in known:
            text = acknowledged_text(known[str(finding.key)])
            click.echo(f"  {text.in_language(settings.lang)}")


def _end(settings: Settings, subject: str) -> None:
    count = end_acknowledgements(settings, subject)
    text = ngettext("{count} acknowledgement ended.", "{count} acknowledgements ended.", count)
    click.echo(text.in_language(settings.lang))


def _no_finding(subject: str, findings: Sequence[Finding]) -> QuipuError:
    subjects = ", ".join(dict.fromkeys(finding.subject for finding in findings)) or "–"
    return QuipuError(
        _("There is no finding on {subject} now.", subject=subject),
        _("There are findings on: {subjects}.", subjects=subjects),
        "NOT_FOUND",
    )


commands: list[click.Command] = [ack_command]
