"""Examine everything that this machine needs, line by line: `quipu doctor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import click

from infra.cli.config import find_problems
from infra.command_line import command, json_option, option
from infra.doctor.check import Check, CheckResult, worst
from infra.doctor.clickhouse import check_clickhouse
from infra.doctor.kafka import check_kafka
from infra.doctor.machine import (
    check_certificates,
    check_release,
    check_rights,
    check_space,
    home_of,
)
from infra.doctor.members import check_members
from infra.errors import QuipuError
from infra.kafka_access import ProcessName, node_process
from infra.settings import Settings, StatedSetting, stated_settings
from infra.terminal import echo_json, wrap_lines
from schemas.i18n import UserMessage, _

_SIGNS = {
    CheckResult.OK: "✓",
    CheckResult.WARNING: "!",
    CheckResult.FAILED: "✗",
    CheckResult.UNKNOWN: "?",
}
_COLOURS = {CheckResult.OK: "green", CheckResult.WARNING: "yellow", CheckResult.FAILED: "red"}
_WIDTH = 80


@command(
    "doctor",
    help=_("Examine this machine and its engines, and say what to do."),
    exit_codes=_("Exit code: 0 nothing failed, 1 a check failed, 2 wrong use."),
)
@option("--node", metavar="N", help=_("Examine Kafka as this country node, without ClickHouse."))
@json_option
@click.pass_obj
def doctor_command(settings: Settings, node: str | None, as_json: bool) -> None:
    """Print every check with its remedy."""
    checks = examine(settings, node)
    if as_json:
        echo_json([_record(check, settings.lang) for check in checks])
    else:
        for check in checks:
            _print(check, settings.lang)
    if worst(checks) is CheckResult.FAILED:
        sys.exit(1)


def examine(settings: Settings, node: str | None = None) -> list[Check]:
    """Examine the machine, then the engines. `node`: a country's machine has no ClickHouse."""
    stated = stated_settings(os.environ, settings.home)
    checks = [check_release(), *_configuration(settings, stated), check_space(home_of(settings))]
    if settings.home.exists():
        checks.append(check_rights(settings.home))
    checks += check_certificates(stated, settings.home, datetime.now(UTC))
    checks += _examined(_("Kafka"), lambda: _kafka(settings, node))
    if not node:
        checks += check_members(settings.acting_as(ProcessName.TOPICS))
        checks += _examined(_("ClickHouse"), lambda: check_clickhouse(settings))
    return checks


def _configuration(settings: Settings, stated: dict[str, StatedSetting]) -> Iterable[Check]:
    problems = find_problems(stated, os.environ, settings.home)
    for problem in problems:
        yield Check(
            _("setting {name}", name=problem.setting),
            CheckResult.FAILED,
            problem.message,
            problem.remedy,
        )
    if not problems:
        yield Check(_("configuration"), CheckResult.OK, _("Every setting can be used."))


def _examined(subject: UserMessage, examine_engine: Callable[[], list[Check]]) -> list[Check]:
    """Return the checks of an engine; a key, address or password that is missing fails it."""
    try:
        return examine_engine()
    except QuipuError as error:
        return [Check(subject, CheckResult.FAILED, error.message, error.remedy)]


def _kafka(settings: Settings, node: str | None) -> list[Check]:
    process = node_process(node) if node else ProcessName.TOPICS
    is_embedded = settings.configured.kafka is None
    return check_kafka(settings.acting_as(process).kafka, is_embedded, node is not None)


def _record(check: Check, lang: str) -> dict[str, str | None]:
    return {
        "subject": check.subject.in_language(lang),
        "result": check.result,
        "seen": check.seen.in_language(lang),
        "remedy": check.remedy.in_language(lang) if check.remedy else None,
    }


def _print(check: Check, lang: str) -> None:
    sign = click.style(_SIGNS[check.result], fg=_COLOURS.get(check.result), bold=True)
    text = f"{check.subject.in_language(lang)}: {check.seen.in_language(lang)}"
    click.echo(f"{sign} " + wrap_lines(text, _WIDTH - 2).replace("\n", "\n  "))
    if check.remedy and check.result is not CheckResult.OK:
        remedy = wrap_lines(check.remedy.in_language(lang), _WIDTH - 4)
        click.echo("    " + remedy.replace("\n", "\n    "))


commands: list[click.Command] = [doctor_command]
