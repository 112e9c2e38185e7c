"""Every command that lists something writes its list into a CSV file, too."""

from __future__ import annotations

import click

from tests.unit.infra.cli.test_help_of_commands import COMMANDS, LEAVES

LISTS = {
    *("alert contacts", "config show", "hit-lookup asked", "hits", "receipts", "request times"),
    *("retention periods", "search", "user log", "watch-list hits", "watch-list show"),
    *("reviews", "disclosures", "indicators", "events"),
}
"""Lists that neither their name nor the first word of their help calls so."""


def is_list(path: str) -> bool:
    command = COMMANDS[path]
    with click.Context(command):
        first = (command.help or "").split(" ")[0]
    return path.rsplit(maxsplit=1)[-1] == "list" or first == "List" or path in LISTS


def options_of(path: str) -> set[str]:
    return {name for parameter in COMMANDS[path].params for name in parameter.opts}


def test_no_list_forgets_the_file() -> None:
    lists = [path for path in LEAVES if is_list(path)]
    assert len(lists) > 25
    assert [path for path in lists if "--csv" not in options_of(path)] == []
    assert not LISTS - set(LEAVES)
