"""`quipu mapping`: try out a mapping on a file, or have one suggested. Nothing is published."""

import shlex
import sys
import time
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import click

from infra.coded_options import WordChoice
from infra.command_line import argument, group, json_option, option
from infra.keys import keyring
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.mapping_edit import INTRODUCTION, hold_dialog
from producers.cli.new_file import FORCE, exists_already, write_file
from producers.cli.render_dry_run import DryRunPrinter
from producers.cli.render_readings import print_readings
from producers.cli.source_file import source_file
from producers.errors import bad_mapping
from producers.events.draft import EventOrigin
from producers.ingest.dry_run import DryRun, DryRunCounts, SampleEvent
from producers.mapping.edit.dialog import ask
from producers.mapping.file_mapping import FileMapping, RowSharing
from producers.mapping.loader import load_file_mapping
from producers.mapping.mapping import RowMapping
from producers.mapping.suggest import Suggestion, suggest
from producers.mapping.suggest.inspect_file import inspect
from producers.mapping.suggest.match_fields import event_type_names
from producers.mapping.suggest.render_toml import render_toml
from producers.mapping.type_check import check_mapping
from producers.model import MappedRow, Notice, SourceRow
from producers.node_config import NodeConfig
from producers.outbox.store import Outbox
from producers.sources.reader import read
from schemas.codes import CodeSets, code_sets
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType, event_type
from schemas.hidden_characters import make_visible
from schemas.i18n import _, ngettext
from schemas.model import COUNTRIES

_LOOKED_AT = 1000  # rows, to find out in which country a file's events are
_UNREAD = frozenset({"EMPTY_FILE", "UNREADABLE_FILE", "BAD_ENCODING"})


@group(
    "mapping",
    help=_("Mappings: from a national file to events."),
)
def mapping_group() -> None:
    """Group the commands of mappings."""


@mapping_group.command(
    "check",
    help=_("Try a mapping on a file; publishes nothing."),
)
@argument("file", type=source_file)
@option(
    "--mapping",
    "mappings",
    required=True,
    multiple=True,
    metavar="M",
    help=_("Name or path of the mapping; several for rows of several shapes."),
)
@option(
    "--node",
    metavar="N",
    help=_("Use this node's country and code lists."),
)
@option(
    "--rows",
    type=click.IntRange(0, 1_000),
    default=5,
    show_default=True,
    help=_("Rows to show."),
)
@json_option
@click.pass_obj
def check_command(
    settings: Settings,
    /,
    file: Path,
    mappings: tuple[str, ...],
    node: str | None,
    rows: int,
    as_json: bool,
) -> None:
    """Exit codes: 0 nothing wrong, 1 some row is, 2 the file or the mapping cannot be read."""
    file_mapping = load_file_mapping(*mappings)
    checks = [
        _check(settings, file, mapping, node, rows, as_json) for mapping in file_mapping.mappings
    ]
    notices = _notices(file, file_mapping)
    notices += [notice for counts, _content in checks for notice in counts.doubts.notices()]
    if as_json:
        notice_records = [notice.as_json() for notice in notices]
        contents = [{**content, "notices": notice_records} for _counts, content in checks]
        echo_json(contents[0] if len(contents) == 1 else contents, default=bytes.hex)
    else:
        render_report.print_notices(notices, settings.lang, render_report.make_console())
    sys.exit(max(_exit_code(counts) for counts, _content in checks))


def _check(
    settings: Settings, file: Path, mapping: RowMapping, node: str | None, rows: int, as_json: bool
) -> tuple[DryRunCounts, dict[str, Any]]:
    """Try one mapping on a file, and print the results unless JSON is wanted.

    Returns the counts and the JSON.
    """
    counts, dry_run = DryRunCounts(), _dry_run(settings, file, mapping, node)
    samples = dry_run.samples(islice(read(file, mapping.source, mapping.columns), _LOOKED_AT), rows)
    problems = dry_run.problems(read(file, mapping.source, mapping.columns), counts)
    if as_json:
        records = [problem.as_json() for problem in problems]
        return counts, _as_json(file, mapping, samples, records, counts)
    printer = DryRunPrinter(dry_run, settings.lang, render_report.make_console())
    printer.print_samples(samples)
    if node is None:
        printer.print_assumed_country()
    printer.print_problems(problems)
    print_readings(counts.readings, settings.lang, render_report.make_console())
    printer.print_unreleased(counts)
    printer.print_counts(file.name, counts)
    return counts, {}


def _notices(file: Path, mapping: FileMapping) -> list[Notice]:
    """Read a file once more for what is left out of it, or in doubt."""
    notices: list[Notice] = []
    sharing = RowSharing(mapping)
    for row in read(file, mapping.source, mapping.columns, notices.append):
        sharing.share([row])
    return [*notices, *sharing.notices()]


@mapping_group.command("suggest", help=_("Propose a mapping for a file."))
@argument("file", type=source_file)
@option(
    "--type",
    "type_",
    type=WordChoice("event_type", event_type_names()),
    metavar="T",
    help=_("Event type; otherwise the most likely."),
)
@option(
    "--country",
    type=WordChoice("country", COUNTRIES),
    help=_("The file's country."),
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    help=_("A new file; otherwise the screen."),
)
@FORCE
@click.pass_obj
def suggest_command(
    settings: Settings,
    /,
    file: Path,
    type_: str | None,
    country: str | None,
    out: Path | None,
    force: bool,
) -> None:
    """Exit codes: 0 proposed, 1 no field is without a doubt, 2 there is nothing to propose from."""
    suggestion = suggest(file, type_, country, settings.lang)
    if out is None:
        click.echo(suggestion.text, nl=False)
    else:
        write_file(out, suggestion.text, force=force)
    _print_doubts(suggestion, settings.lang)
    if out is not None:
        render_report.print_message(
            settings.lang,
            _(
                "{out}: check its comments, then try: quipu mapping check {file} --mapping {path}",
                out=out,
                file=shlex.quote(str(file)),
                path=shlex.quote(str(out)),
            ),
        )
    sys.exit(0 if suggestion.certain_fields else 1)


@mapping_group.command(
    "edit", help=_("Make a mapping by answering questions about a file's columns.")
)
@argument("file", type=source_file)
@option(
    "--country",
    type=WordChoice("country", COUNTRIES),
    help=_("The file's country."),
)
@option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help=_("The mapping to write: a new file."),
)
@FORCE
@click.pass_context
def edit_command(
    ctx: click.Context, /, file: Path, country: str | None, out: Path, force: bool
) -> None:
    """Write the mapping, then try it on the file. Exit codes: those of `mapping check`."""
    lang = ctx.obj.lang
    if out.exists() and not force:
        raise exists_already(out)
    seen = inspect(file)
    render_report.print_message(lang, INTRODUCTION)
    plan = hold_dialog(ask(seen, file.stem, country or "", lang), lang)
    write_file(out, render_toml(seen, plan, file.name, lang).text, force=force)
    render_report.print_message(
        lang, _("\n{out} is written. This is what it makes of the file:", out=out)
    )
    mappings = (_as_path(out),)
    ctx.invoke(check_command, file=file, mappings=mappings, node=None, rows=1, as_json=False)


def _as_path(out: Path) -> str:
    """Give a path that is not taken for the name of a mapping in the library."""
    return str(out if out.suffix == ".toml" or out.parent != Path() else Path("./") / out.resolve())


def _print_doubts(suggestion: Suggestion, lang: str) -> None:
    """List on stderr what a person must check, so that the mapping itself can go to a file."""
    doubts = suggestion.doubts
    if not suggestion.certain_fields:
        text = _("No field is certain. Choose the type with --type, or write the mapping by hand.")
        click.echo(text.in_language(lang), err=True)
    heading = ngettext("{count} choice to check:", "{count} choices to check:", len(doubts))
    click.echo(heading.in_language(lang), err=True)
    for doubt in doubts:
        click.echo(f"  {make_visible(doubt)}", err=True)


def _exit_code(counts: DryRunCounts) -> int:
    if not counts.good and not counts.repeated and counts.rows <= 1 and set(counts.codes) & _UNREAD:
        return 2
    return 1 if counts.codes else 0


def _dry_run(settings: Settings, file: Path, mapping: RowMapping, node: str | None) -> DryRun:
    config, secret = _node_config(settings, node) if node else (None, bytes(32))
    codes = code_sets(config.code_lists if config else {})
    origin = EventOrigin(
        node=node or "?",
        country=config.country if config else _country(file, mapping),
        authority=config.authority if config else "?",
        id_secret=secret,
        validator=EnvelopeValidator(codes),
    )
    kind = _kind(mapping, config, codes)
    check_mapping(mapping, kind, codes)
    return DryRun(mapping, kind, origin, int(time.time() * 1000))


def _kind(mapping: RowMapping, config: NodeConfig | None, codes: CodeSets) -> EventType:
    """Give the mapping's event type as config has it, if it does, with the codes in effect."""
    text = config.schemas.get(mapping.type) if config else None
    if text is None:
        released = known_type(mapping.type, f"{mapping.name}: type")
        if not (config and config.code_lists):
            return released
        text = released.format.text
    return EventType(text, codes)


def known_type(name: str, where: str) -> EventType:
    """Give the event type of this name. Raises MappingError, naming `where`, if there is none."""
    try:
        return event_type(name)
    except ConfigRefusedError as error:
        raise bad_mapping(where, _("there is no event type {name}", name=name)) from error


def _node_config(settings: Settings, node: str) -> tuple[NodeConfig | None, bytes]:
    """Read what the node's outbox remembers of config (None at first), and its secret of ids.

    Raises KeyringError for a node that is not here.
    """
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        return outbox.node_config(), keys.id_secret


def _country(file: Path, mapping: RowMapping) -> str:
    """Give the country of the mapping, else that of the first place that a row names, else CO."""
    if "place_country" in mapping.envelope:
        return str(mapping.envelope["place_country"])
    for row in islice(read(file, mapping.source, mapping.columns), _LOOKED_AT):
        mapped = mapping.apply(row.row, row.number) if isinstance(row, SourceRow) else None
        if isinstance(mapped, MappedRow) and mapped.envelope.get("subdivision"):
            return str(mapped.envelope["subdivision"])[:2]
    return "CO"


def _as_json(
    file: Path,
    row_mapping: RowMapping,
    samples: list[SampleEvent],
    problems: list[dict[str, Any]],
    counts: DryRunCounts,
) -> dict[str, Any]:
    return {
        "file": file.name,
        "mapping": row_mapping.name,
        "type": row_mapping.type,
        "rows": counts.rows,
        "good": counts.good,
        "repeated": counts.repeated,
        "retracting": counts.retracting,
        "codes": dict(counts.codes.most_common()),
        "released_to_nobody": sorted(counts.unreleased),
        "readings": counts.readings.as_json(),
        "problems": problems,
        "samples": [asdict(sample) for sample in samples],
    }


commands: list[click.Command] = [mapping_group]
