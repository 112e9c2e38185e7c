"""Keep the passwords that the processes of one data folder show to its engines.

    credentials/<engine>-<user>.password    one line; for example clickhouse-reader.password

The folder has mode 0700, each file 0600. A file appears whole or not at all, and the first one
stays: two processes that start together agree on it.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from infra.errors import KeyringError
from schemas.i18n import _

_PASSWORD_BYTES = 32
_MAX_PASSWORD_BYTES = 1024


def password_file(folder: Path, engine: str, user: str) -> Path:
    """Name the file of a user's password. `folder`: the data folder's `credentials_dir`."""
    return folder / f"{engine}-{user}.password"


def ensure_password(folder: Path, engine: str, user: str) -> str:
    """Return the user's password, generated where none is kept yet.

    Raises KeyringError CREDENTIAL when the folder cannot be written or the file is damaged.
    """
    path = password_file(folder, engine, user)
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _publish(path, secrets.token_urlsafe(_PASSWORD_BYTES))
        except OSError as error:
            raise _unusable(path, error.strerror or str(error)) from error
    return read_password(path)


def read_password(path: Path) -> str:
    """Read a password: the file's first line.

    Raises KeyringError CREDENTIAL when it is missing, empty, or readable by every user of the
    machine. The error never quotes the content.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_MAX_PASSWORD_BYTES + 1)
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error
    if mode & stat.S_IRWXO:
        raise KeyringError(
            _("Every user of this machine may read the password in {path}.", path=path),
            _("Change the password, then allow its owner alone: chmod 600 {path}", path=path),
            "CREDENTIAL",
        )
    if len(content) > _MAX_PASSWORD_BYTES:
        raise _unusable(path, f"> {_MAX_PASSWORD_BYTES} bytes")
    try:
        password = content.decode().partition("\n")[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise _unusable(path, "≠ UTF-8") from error
    if not password:
        raise _unusable(path, "0 bytes")
    return password


def _publish(path: Path, password: str) -> None:
    """Write the file under another name first, so that nobody reads a part of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{password}\n")
            file.flush()
            os.fsync(file.fileno())
        _link_first(part, path)
    finally:
        part.unlink(missing_ok=True)


def _link_first(part: Path, path: Path) -> None:
    """Give the file its name unless another process was first; a link never replaces."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return


def _unusable(path: Path, why: str) -> KeyringError:
    return KeyringError(
        _("The password in {path} cannot be used: {why}.", path=path, why=why),
        _(
            "Check that the file exists and that this user may read it. "
            "In a data folder, delete it and start `quipu up` again: it makes a new one."
        ),
        "CREDENTIAL",
    )
