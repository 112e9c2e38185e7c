"""Take the name of a national system's file on the command line."""

from __future__ import annotations

from pathlib import Path

from producers.errors import NodeError
from schemas.i18n import _


def source_file(text: str) -> Path:
    """Return the path of a file that exists, before any work begins; a type of click.

    Raises NodeError NO_FILE.
    """
    path = Path(text)
    if path.is_dir():
        raise NodeError(
            _("{path} is a folder, not a file.", path=path),
            _("Name one file. For a whole folder use `quipu watch`."),
            "NO_FILE",
        )
    if not path.exists():
        raise NodeError(
            _("There is no file {path}.", path=path),
            _('Check the name. A name with blanks needs quotes: "{name} …".', name=path.name),
            "NO_FILE",
        )
    return path
