"""`quipu operation`: what the exchange knows of them, and the steps by which a node acts."""

from __future__ import annotations

import click

from consumers.cli.operations import operation_group
from infra.cli.requests import step_command
from schemas.i18n import _

_HELP = _("Write the next step of an operation, by your node.")
operation_group.add_command(step_command("answer", _HELP))
commands: list[click.Command] = [operation_group]
