"""Copy the rows in conflict to the file that the command names."""

from pathlib import Path

import click

from infra.system_errors import reason_of
from producers.errors import NodeError
from producers.ingest.conflicts import write_conflicts
from producers.ingest.report import RunReport
from producers.mapping.file_mapping import FileMapping
from schemas.i18n import _


def copy_conflicts(
    file: Path, mapping: FileMapping, report: RunReport, target: Path, lang: str
) -> None:
    """Copy the rows in conflict and say on stderr where they are, and what to do with them.

    Raises NodeError where the copy cannot be written.
    """
    stem = target.with_suffix("") if target.suffix else target
    try:
        copy = write_conflicts(file, mapping, report, stem)
    except OSError as error:
        raise NodeError(
            _("The file {path} cannot be written ({error}).", path=target, error=reason_of(error)),
            _("What was published stays published. Name another file with --conflicts and repeat."),
            "UNREADABLE_FILE",
        ) from error
    if copy is not None:
        text = _(
            "Rows in conflict: {path}. Keep those that correct their record, and run: "
            "quipu correct {path} --node {node} --mapping {mapping} --reason CODE",
            path=copy,
            node=report.node,
            mapping=" --mapping ".join(member.name for member in mapping.mappings),
        )
        click.echo(text.in_language(lang), err=True)
    elif report.ingested.conflict_indexes:
        text = _(
            "This format has no copy of single rows. The conflicts are listed above: correct the "
            "file itself."
        )
        click.echo(text.in_language(lang), err=True)
