"""`quipu goals`: what the exchange knows of them, and the events by which a seat or owner acts."""

from __future__ import annotations

import click

from consumers.cli.goals import goals_group
from infra.cli.requests import step_command
from producers.cli import goals
from schemas.i18n import _

for _writing in (goals.set_command, goals.decide_command):
    goals_group.add_command(_writing)
_HELP = _("Write what became of a goal or decision, by your node.")
goals_group.add_command(step_command("step", _HELP))
commands: list[click.Command] = [goals_group]
