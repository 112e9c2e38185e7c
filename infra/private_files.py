"""Keep the data folder to the user who runs Quipu: folders 0700, files 0600."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

UMASK = 0o077
"""What a process that writes there takes from the rights of new files and folders."""
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private() -> None:
    """Make this process, and those it starts, create files for its own user alone."""
    os.umask(UMASK)


def mend_rights(home: Path) -> int:
    """Take a folder, and all in it, from every other user; return how many entries were open.

    Releases before this one made the folder readable by all. The folder itself comes last, so a
    mending that was cut short begins again. Links are not followed. Raises OSError.
    """
    if not stat.S_IMODE(home.stat().st_mode) & FOR_OTHERS:
        return 0
    mended = sum(
        _mend(Path(folder, name))
        for folder, folders, files in os.walk(home)
        for name in (*folders, *files)
    )
    mended += _mend(home)
    log.warning("data_folder_rights_mended", folder=str(home), entries=mended)
    return mended


def _mend(path: Path) -> bool:
    """Close one entry; what has gone meanwhile needs no mending."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & FOR_OTHERS:
            return False
        path.chmod(stat.S_IMODE(mode) & ~FOR_OTHERS)
    except FileNotFoundError:
        return False
    return True
