"""Write a file that a command makes, and replace none unasked."""

from __future__ import annotations

from pathlib import Path

from infra.command_line import option
from infra.system_errors import reason_of
from producers.errors import NodeError, bad_mapping
from schemas.i18n import _

FORCE = option("--force", is_flag=True, help=_("Replace the file that --out names."))


def write_file(out: Path, text: str, *, force: bool) -> None:
    """Write a mapping; one that is there only with `force`. Raises MappingError, NodeError."""
    try:
        with out.open("w" if force else "x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise exists_already(out) from error
    except OSError as error:
        raise bad_mapping(
            str(out), _("cannot be written ({strerror})", strerror=reason_of(error))
        ) from error


def exists_already(out: Path) -> NodeError:
    """Return the error for a file that is there, where --force was not given."""
    return NodeError(
        _("There is a file {path} already.", path=out),
        _("Give another name with --out, or replace it with --force."),
        "FILE_EXISTS",
    )
