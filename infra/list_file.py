"""Write what a list command shows into a CSV file: the option `--csv`, and what it does.

What asks the exchange for released records offers more formats (`consumers.cli.list_files`); its
CSV has the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from infra.command_line import option
from infra.csv_text import csv_parts
from infra.errors import QuipuError
from infra.system_errors import reason_of
from infra.terminal import echo_error
from schemas.i18n import _

csv_option = option(
    "--csv",
    "csv_path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("Write a CSV file."),
)
"""`csv_path`: write a file, instead of what is printed; None prints."""


def write_csv(
    path: Path, names: Sequence[str], rows: Iterable[Sequence[object]], lang: str
) -> None:
    """Write a list into a new file, and say so on standard error.

    `names`: of the columns, for programs: the same in every language. Raises QuipuError FILE.
    """
    if click.get_current_context().params.get("as_json"):
        raise json_and_file()
    write_file(path, csv_parts(names, rows))
    echo_error(_("{file} is written.", file=path).in_language(lang))


def json_and_file() -> QuipuError:
    """Return the error for a command that should print JSON and write a file at once."""
    return QuipuError(
        _("--json writes to the screen, and --out into a file."),
        _("Leave one of them out; --out FILE.json writes JSON into a file."),
        "FILE",
    )


def moment(ms: int | None) -> datetime | None:
    """Return the moment of ms since 1970 UTC; None for none."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file that does not exist yet. What is not whole is removed again.

    Raises QuipuError FILE.
    """
    try:
        with path.open("xb") as file:
            try:
                file.writelines(parts)
            except BaseException:
                path.unlink()
                raise
    except OSError as error:
        raise QuipuError(
            _("{file} cannot be written: {error}.", file=path, error=reason_of(error)),
            _("Name a file that does not exist yet, in a folder of yours."),
            "FILE",
        ) from error
