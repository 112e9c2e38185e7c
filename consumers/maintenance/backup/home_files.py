"""List what of a data folder is backed up, and read it while it is in use."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from infra.settings import Settings

SQLITE = b"SQLite format 3\0"
PART = 1024 * 1024
_FOLDERS = ("types", "access", "nodes", "checkpoints", "keys")
_JOURNALS = ("-wal", "-shm", "-journal")


def home_files(settings: Settings, with_keys: bool) -> list[str]:
    """Return the files to back up, by their place in the data folder, sorted.

    `with_keys`: private keys and passwords too. Links are left out.
    """
    paths = [settings.home / "quipu.toml"]
    for folder in _FOLDERS:
        paths += (settings.home / folder).rglob("*")
    names = [
        path.relative_to(settings.home).as_posix()
        for path in paths
        if path.is_file() and not path.is_symlink()
    ]
    return sorted(
        name
        for name in names
        if not name.endswith(_JOURNALS)
        and not Path(name).name.startswith(".")
        and (with_keys or not is_secret(name))
    )


def is_secret(name: str) -> bool:
    """Say whether a file of the data folder holds a private key or a password."""
    parts = Path(name).parts
    return "keys" in parts[:-1] or name.endswith((".password", ".token", ".secret"))


def read_file(path: Path) -> Iterator[bytes]:
    """Yield the content of a file; of a database, as of one moment. Raises OSError, sqlite3.Error.

    SQLite copies a database that others write to page by page, and begins again where needed.
    """
    with path.open("rb") as file:
        is_database = file.read(len(SQLITE)) == SQLITE
    if not is_database:
        yield path.read_bytes()
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / "copy"
        with (
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        with copy.open("rb") as file:
            while part := file.read(PART):
                yield part
