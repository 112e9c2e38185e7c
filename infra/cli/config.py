"""Show, check and describe the configuration: `quipu config`."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from infra.command_line import CommandGroup, group, json_option
from infra.kafka_access import ProcessName
from infra.list_file import csv_option, write_csv
from infra.list_table import print_rows
from infra.setting_keys import (
    ENVIRONMENT_PREFIX,
    SETTINGS,
    SettingEntry,
    SettingForm,
    json_schema,
    nearest_key,
    unknown_variables,
)
from infra.settings import Settings, StatedSetting, stated_settings
from infra.terminal import echo_json, make_console
from schemas.i18n import UserMessage, _

_FILES = (SettingForm.FILE, SettingForm.PRIVATE_FILE)
_PLACEHOLDERS = {"{process}": tuple(ProcessName), "{role}": ("reader", "writer", "migrator")}
_FOR_OTHERS = stat.S_IRWXO  # a group may be that of a secret store


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """Say what holds for a setting. `source`: its variable, quipu.toml, up, default or unset."""

    key: str
    value: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """Say what is wrong with a setting, and what to do about it."""

    setting: str
    message: UserMessage
    remedy: UserMessage


def in_force(
    stated: Mapping[str, StatedSetting], discovered: Mapping[str, str | None]
) -> list[SettingInForce]:
    """Return every setting in order. `discovered`: addresses of the `quipu up` that runs here."""
    return [_in_force(setting, stated, discovered) for setting in SETTINGS]


def _in_force(
    setting: SettingEntry, stated: Mapping[str, StatedSetting], discovered: Mapping[str, str | None]
) -> SettingInForce:
    if setting.key in stated:
        written = stated[setting.key]
        return SettingInForce(setting.key, written.value, written.source)
    if discovered.get(setting.key):
        return SettingInForce(setting.key, discovered[setting.key], "up")
    if setting.default is not None:
        return SettingInForce(setting.key, setting.default, "default")
    return SettingInForce(setting.key, None, "unset")


def find_problems(
    stated: Mapping[str, StatedSetting], environ: Mapping[str, str], home: Path
) -> list[ConfigProblem]:
    """Return what `load` does not refuse: unknown variables, and files that cannot be used."""
    problems = [_unknown_variable(name) for name in unknown_variables(environ)]
    for setting in SETTINGS:
        if setting.form in _FILES and setting.key in stated:
            for path in _paths(stated[setting.key].value, home):
                problems += _file_problems(setting, path)
    return problems


def _unknown_variable(name: str) -> ConfigProblem:
    near = nearest_key(name.removeprefix(ENVIRONMENT_PREFIX))
    remedy = (
        _("If you meant {near}, correct the name.", near=ENVIRONMENT_PREFIX + near.upper())
        if near
        else _("Delete it, or leave it if another program needs it.")
    )
    return ConfigProblem(name, _("Nothing reads this environment variable."), remedy)


def _paths(text: str, home: Path) -> Iterator[Path]:
    """Name the files of a setting: all that exist where it holds a placeholder, or the first."""
    for placeholder, names in _PLACEHOLDERS.items():
        if placeholder in text:
            paths = [home / Path(text.replace(placeholder, name)).expanduser() for name in names]
            yield from [path for path in paths if path.exists()] or paths[:1]
            return
    yield home / Path(text).expanduser()


def _file_problems(setting: SettingEntry, path: Path) -> Iterable[ConfigProblem]:
    try:
        mode = path.stat().st_mode
        with path.open("rb"):
            pass
    except OSError as error:
        yield ConfigProblem(
            setting.key,
            _("{path} cannot be read: {error}.", path=path, error=error.strerror),
            _("Correct the path, or give the user who runs Quipu the right to read it."),
        )
        return
    if setting.form is SettingForm.PRIVATE_FILE and mode & _FOR_OTHERS:
        yield ConfigProblem(
            setting.key,
            _("{path} can be read by other users of this machine.", path=path),
            _("Run `chmod 600 {path}`.", path=path),
        )


@group("config", help=_("The configuration: where each value comes from, and whether it holds."))
def config_group() -> None:
    """Hold the commands on the configuration."""


@config_group.command("show", help=_("Show every setting, its value and where it comes from."))
@json_option
@csv_option
@click.pass_obj
def show_command(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """Print the settings in force. Passwords are in files, so that none is shown."""
    rows = in_force(stated_settings(os.environ, settings.home), _discovered(settings))
    if csv_path:
        cells = (tuple(asdict(row).values()) for row in rows)
        write_csv(csv_path, ("key", "value", "source"), cells, settings.lang)
        return
    if as_json:
        echo_json({"home": str(settings.home), "settings": [asdict(row) for row in rows]})
        return
    lang = settings.lang
    headings = [text.in_language(lang) for text in (_("Setting"), _("Value"), _("From"))]
    home = ("home", str(settings.home), "QUIPU_HOME, --home")
    others = ((row.key, row.value or "–", _source(row.source, lang)) for row in rows)
    print_rows(make_console(), headings, [home, *others], main=1)


@config_group.command("check", help=_("Check the configuration without connecting anywhere."))
@json_option
@click.pass_obj
def check_command(settings: Settings, as_json: bool) -> None:
    """Print what is wrong; what cannot be read at all is refused before this runs."""
    stated = stated_settings(os.environ, settings.home)
    problems = find_problems(stated, os.environ, settings.home)
    lang = settings.lang
    if as_json:
        echo_json(
            [
                {
                    "setting": problem.setting,
                    "message": problem.message.in_language(lang),
                    "remedy": problem.remedy.in_language(lang),
                }
                for problem in problems
            ]
        )
    else:
        for problem in problems:
            click.echo(f"{problem.setting}: {problem.message.in_language(lang)}")
            click.echo(f"  {problem.remedy.in_language(lang)}")
        if not problems:
            text = _("The configuration can be used. Settings written: {count}.", count=len(stated))
            click.echo(text.in_language(lang))
    if problems:
        sys.exit(1)


@config_group.command("schema", help=_("Print the JSON Schema of quipu.toml, for editors."))
def schema_command() -> None:
    """Print the schema that `docs/production.md` names for editors."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _discovered(settings: Settings) -> Mapping[str, str | None]:
    endpoints = settings.discovered
    addresses = {"kafka": endpoints.kafka, "clickhouse": endpoints.clickhouse, "api": endpoints.api}
    return {key: None if value is None else str(value) for key, value in addresses.items()}


def _source(source: str, lang: str) -> str:
    words = {"up": _("`quipu up`"), "default": _("default"), "unset": _("not set")}
    return words[source].in_language(lang) if source in words else source


commands: list[CommandGroup] = [config_group]
