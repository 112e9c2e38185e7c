"""`quipu rule`: its commands on config and files, and those that ask the exchange's records."""

from __future__ import annotations

import click

from consumers.cli.rule_trials import trial_commands
from producers.cli.rules import rule_group

for trial_command in trial_commands:
    rule_group.add_command(trial_command)

commands: list[click.Command] = [rule_group]
